"""The page of a report: what it shows, to whom, what can be done on it, with htmx and without."""

import json
from pathlib import Path

import jsonschema
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import (
    make_actor,
    make_assignment,
    make_member,
    make_organisation,
    make_plan,
    make_round,
    make_task,
    say,
)

from nhipcau.followup.models import Evidence, Progress
from nhipcau.organisations.models import Role
from nhipcau.reporting import actions
from nhipcau.reporting.models import Report, ReportFigure, Sentence

pytestmark = pytest.mark.django_db
SCHEMA = Path(__file__).parents[2] / "docs" / "contracts" / "report.schema.json"
HTMX = {"HTTP_HX_REQUEST": "true"}


def browser(organisation, *roles) -> Client:
    client = Client()
    client.force_login(make_member(organisation, *roles))
    return client


class Office:
    """A province and its commune, whose officer has a report of two tasks to write; one is silent."""

    def __init__(self) -> None:
        self.province = make_organisation("Ủy ban nhân dân tỉnh Hòa An", kind="committee")
        self.commune = make_organisation("Ủy ban nhân dân xã Tân An", parent=self.province, kind="committee")
        self.plan = make_plan(self.province)
        self.officer = make_actor(self.commune, "officer")
        self.told, self.silent = (
            make_assignment(self.commune, make_task(self.plan, text=text, lead=[self.commune], time_kind="once"))
            for text in ("Mở chuyên mục.", "Phát bản tin.")
        )
        say(self.officer, self.told, Progress.DONE, "Đã mở")
        self.round = make_round(self.province, self.commune, plan=self.plan)
        self.report = self.round.reports.get(organisation=self.commune)
        self.above = self.round.reports.get(organisation=self.province)
        self.client = browser(self.commune, Role.OFFICER)

    def drafted(self) -> "Office":
        actions.draft_report(self.officer, self.report)
        return self

    def sent(self) -> "Office":
        self.drafted()
        Report.objects.filter(pk=self.report.pk).update(state=Report.State.SENT, sent_at=timezone.now())
        return self

    def address(self, name="report", *more) -> str:
        return reverse(name, args=[self.report.public_id, *more])

    def page(self, client=None, **given) -> str:
        return (client or self.client).get(self.address(), given).content.decode()

    def one(self, **fields) -> Sentence:
        return self.report.sentences.filter(**fields).order_by("position")[0]

    def do(self, do, client=None, **given):
        return (client or self.client).post(self.address("act_on_report"), {"do": do, **given}, follow=True)


def test_a_waiting_report_offers_to_be_drafted_and_then_to_be_signed():
    office = Office()
    assert ">Lập bản thảo từ sổ</button>" in office.page()
    page = office.do("draft").content.decode()
    assert ">Trình ký, 3 chỗ còn thiếu</button>" in page
    assert "Mở chuyên mục: đã hoàn thành" in page


def test_the_page_has_forms_that_work_without_script():
    office = Office().drafted()
    one = office.one(key=f"task:{office.told.pk}")
    assert '<textarea id="t-' + one.public_id in office.page(sua=one.public_id)
    answer = office.client.post(office.address("sentence", one.public_id), {"text": "Đã có.", "seen": one.seal})
    assert answer.url == f"{office.address()}#c-{one.public_id}"
    page = office.page()
    assert "Đã có." in page and f"Bản thảo từ sổ: {one.drafted}" in page


def test_with_htmx_one_line_and_the_next_step_come_back():
    office = Office().drafted()
    one = office.one(kind="gap", key="question:1")
    answer = office.client.post(
        office.address("sentence", one.public_id), {"text": "Kế hoạch 05.", "seen": one.seal}, **HTMX
    )
    said = answer.content.decode()
    assert (said.count("<li class"), said.count("Trình ký, 2 chỗ còn thiếu")) == (1, 1)
    assert office.one(pk=one.pk).kind == "answer"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_answer_in_a_gap_names_its_task(headers):
    office = Office().drafted()
    gap = office.one(key=f"task:{office.silent.pk}")
    given = {"do": "answer", "text": "Đã phát 03 số", "seen": gap.seal, "part": gap.part}
    answer = office.client.post(office.address("sentence", gap.public_id), given, **headers)
    assert answer.status_code == (200 if headers else 302)
    assert office.one(pk=gap.pk).text == "Phát bản tin: đã phát 03 số."


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_who_writes_over_anothers_words_sees_both(headers):
    office = Office().drafted()
    one = office.one(part="tasks")
    actions.edit_sentence(office.officer, office.report, one.public_id, text="Câu của họ.", seen=one.seal)
    answer = office.client.post(
        office.address("sentence", one.public_id), {"text": "Câu của tôi.", "seen": one.seal}, **headers
    )
    page = answer.content.decode()
    assert answer.status_code == (200 if headers else 409)
    assert "<p>Câu của họ.</p>" in page and ">Câu của tôi.</textarea>" in page
    assert office.one(pk=one.pk).text == "Câu của họ."


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_words_for_a_sentence_that_is_gone_become_a_new_one(headers):
    office = Office().drafted()
    one = office.one(part="tasks")
    Sentence.objects.filter(pk=one.pk).delete()
    given = {"text": "Lời tôi gõ.", "seen": one.seal, "part": "tasks"}
    page = office.client.post(office.address("sentence", one.public_id), given, **headers).content.decode()
    assert ">Lời tôi gõ.</textarea>" in page and 'name="part" value="tasks"' in page


def test_a_sentence_is_added_with_and_without_htmx():
    office = Office().drafted()
    one = office.one(part="tasks")
    form = office.client.get(office.address("add_sentence"), {"part": "tasks", "after": one.public_id}, **HTMX)
    assert f'name="after" value="{one.public_id}"' in form.content.decode()
    assert 'name="after"' in office.page(them=f"tasks:{one.public_id}")
    given = {"part": "tasks", "after": one.public_id, "text": "Ngoài ra, xã đã phát 20 bản tin."}
    office.client.post(office.address("add_sentence"), given)
    assert "Ngoài ra, xã đã phát 20 bản tin." in office.page()
    empty = office.client.post(office.address("add_sentence"), given | {"text": " "})
    assert (empty.status_code, "Bạn hãy gõ câu cần thêm." in empty.content.decode()) == (422, True)


def test_a_sentence_opens_what_proves_it():
    office = Office()
    note = office.told.notes.get()
    evidence = Evidence.objects.create(note=note, url="https://example.vn/chuyen-muc", name="Chuyên mục trên cổng")
    office.drafted()
    one = office.one(key=f"task:{office.told.pk}")
    whole = office.client.get(office.address("sentence_sources", one.public_id)).content.decode()
    piece = office.client.get(office.address("sentence_sources", one.public_id), **HTMX).content.decode()
    for said in (whole, piece):
        assert f'<a href="{evidence.url}">Chuyên mục trên cổng</a>' in said
        assert f'<a href="/viec/{office.told.public_id}/">Đã mở</a>' in said
    assert "<html" in whole and "<html" not in piece


def test_a_sentence_about_figures_opens_the_figures():
    office = Office().drafted()
    one = office.one(key="figures:total")
    said = office.client.get(office.address("sentence_sources", one.public_id)).content.decode()
    assert f'<a href="{office.address("report_figure", "tasks.done")}">Đã hoàn thành: 1 nhiệm vụ</a>' in said


def test_a_figure_opens_to_its_rows_and_is_exported():
    office = Office().drafted()
    page = office.client.get(office.address("report_figure", "tasks.done")).content.decode()
    assert ("Mở chuyên mục" in page, "Phát bản tin" in page) == (True, False)
    csv = office.client.get(office.address("report_figure_file", "tasks.total", "csv"))
    lines = b"".join(csv.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 3 and lines[0].startswith("Cơ quan,Mã,Nhiệm vụ")
    filtered = office.client.get(office.address("report_figure", "tasks.total"), {"q": "ban tin"}, **HTMX)
    assert "Mở chuyên mục" not in filtered.content.decode()


def test_a_figure_by_hand_shows_the_register_beside_it():
    office = Office().drafted()
    address = office.address("report_figure", "tasks.done")
    wrong = office.client.post(address, {"value": "hai", "reason": "x", "seen": "1"})
    bare = office.client.post(address, {"value": "2", "reason": "", "seen": "1"})
    assert (wrong.status_code, bare.status_code) == (422, 422)
    office.client.post(address, {"value": "2", "reason": "Xong sau ngày chốt", "seen": "1"})
    page = office.page()
    assert (
        '<a class="fig" href="' + address + '">2</a><span class="state need" title="Xong sau ngày chốt">sổ: 1<' in page
    )
    assert "Đã hoàn thành: 2, sổ: 1" in page
    office.client.post(address, {"do": "restore"})
    assert "sổ: 1" not in office.page()


def test_a_number_typed_over_in_a_sentence_is_told_from_the_register():
    office = Office().drafted()
    one = office.one(key="figures:total")
    text = one.text.replace("Tổng số 02", "Tổng số 07")
    actions.edit_sentence(office.officer, office.report, one.public_id, text=text, seen=one.seal)
    assert "Nhiệm vụ được giao: sổ: 2" in office.page()


def test_drafted_anew_it_says_what_changed_once():
    office = Office().drafted()
    say(office.officer, office.silent, Progress.DONE, "Phát ba số")
    page = office.do("draft").content.decode()
    assert "Lập lại bản thảo: điều đã đổi" in page
    assert "Đã hoàn thành: từ 1 thành 2" in page
    assert "điều đã đổi" not in office.page()


def test_the_figures_of_the_round_before_stand_beside():
    office = Office()
    office.round.before = make_round(office.province, office.commune, name="Năm trước", period="2020")
    office.round.save()
    old = office.round.before.reports.get(organisation=office.commune)
    ReportFigure.objects.create(report=old, key="tasks.total", position=1, label="Nhiệm vụ được giao", value=5)
    Report.objects.filter(pk=old.pk).update(state=Report.State.SENT, sent_at=timezone.now())
    office.drafted()
    page = office.page()
    assert '<td class="off-right">5</td><td class="off-right">-3</td>' in page
    assert "giảm 03 (từ 05 xuống 02)" in page


def test_it_is_submitted_from_the_page_and_then_closed():
    office = Office().drafted()
    stale = office.do("submit", version="1")
    assert (stale.status_code, "vừa được người khác sửa" in stale.content.decode()) == (409, True)
    office.report.refresh_from_db()
    page = office.do("submit", version=str(office.report.version)).content.decode()
    assert "Xem văn bản chờ ký" in page and 'name="do" value="edit"' not in page


def test_a_draft_is_its_writers_alone_and_what_was_sent_is_read_by_the_receiver():
    office = Office().drafted()
    above = browser(office.province, Role.COORDINATOR)
    assert above.get(office.address()).status_code == 404
    office.sent()
    page = office.page(above)
    assert "Chấp nhận báo cáo" in page and "Mở chuyên mục: đã hoàn thành" in page and ">Sửa</a>" not in page
    assert office.do("ask", above, text="Thêm số liệu").content.decode().count("Thêm số liệu") >= 1
    assert "Lập bản bổ sung" in office.page()
    answer = office.do("correct", text="Bổ sung số liệu")
    new = office.report.replaced_by
    assert answer.redirect_chain[-1][0] == reverse("report", args=[new.public_id])


def test_a_sentence_left_out_is_not_in_what_is_sent_and_comes_back():
    office = Office().drafted()
    one = office.one(part="tasks")
    address = office.address("sentence", one.public_id)
    office.client.post(address, {"do": "leave_out", "seen": one.seal})
    left_out = office.one(pk=one.pk)
    texts = [said["text"] for part in office.client.get(office.address("report_json")).json()["parts"]
             for said in part["sentences"]]  # fmt: skip
    assert (left_out.is_removed, one.text in texts) == (True, False)
    office.client.post(address, {"do": "take_in", "seen": left_out.seal})
    assert office.one(pk=one.pk).is_removed is False


def test_odd_questions_are_no_accidents():
    office = Office().drafted()
    tries = [
        office.client.get(office.address(), {"sua": "\x00", "them": "::::"}),
        office.client.post(office.address("act_on_report"), {"do": "khong-co"}),
        office.client.post(office.address("act_on_report"), {"do": "submit", "version": "x" * 50}),
        office.client.post(office.address("sentence", "khongcocau"), {"text": "x", "seen": "", "part": "khong-co"}),
        office.client.get(office.address("sentence", "khongcocau")),
        office.client.get(office.address("report_figure", "khong.co")),
        office.client.get(office.address("report_figure_file", "tasks.total", "exe")),
        office.client.get(office.address("report_file", "exe")),
        office.client.get(
            office.address("report_figure", "tasks.total"), {"page": "-1", "unit": "\x00", "q": "a" * 999}
        ),
    ]
    assert [answer.status_code for answer in tries] == [200, 404, 409, 409, 404, 404, 404, 404, 200]


def test_readers_do_not_write():
    office = Office().sent()
    above = browser(office.province, *Role.values)
    one = office.one(part="tasks")
    tries = [
        above.post(office.address("sentence", one.public_id), {"text": "x", "seen": one.seal}),
        above.post(office.address("add_sentence"), {"part": "tasks", "text": "x"}),
        above.post(office.address("report_figure", "tasks.done"), {"value": "9", "reason": "x", "seen": "1"}),
        above.post(office.address("act_on_report"), {"do": "draft"}),
    ]
    assert [answer.status_code for answer in tries] == [403] * 4
    assert above.get(office.address("report_figure", "tasks.done")).status_code == 200


def test_the_figure_of_a_merged_report_opens_to_the_reports_below():
    office = Office().sent()
    coordinator = make_actor(office.province, "coordinator")
    actions.merge_reports(coordinator, office.above)
    above = browser(office.province, Role.COORDINATOR)
    page = above.get(reverse("report_figure", args=[office.above.public_id, "tasks.done"])).content.decode()
    assert f'<a href="{office.address("report_figure", "tasks.done")}">Ủy ban nhân dân xã Tân An</a>' in page
    assert "Mở chuyên mục" in page


def test_it_is_told_to_machines_as_the_contract_says():
    office = Office().drafted()
    answer = office.client.get(office.address("report_json"))
    data = json.loads(answer.content)
    jsonschema.validate(data, json.loads(SCHEMA.read_text()))
    figures = {one["key"]: one["value"] for one in data["figures"]}
    assert (figures["tasks.total"], len(data["rows"])) == (2, 2)


def test_it_is_previewed_as_docx_and_pdf():
    office = Office().drafted()
    starts = {form: office.client.get(office.address("report_file", form)).content[:4] for form in ("docx", "pdf")}
    assert starts == {"docx": b"PK\x03\x04", "pdf": b"%PDF"}


def test_charts_stand_in_the_page_with_their_table_and_without_styles():
    office = Office().drafted()
    page = office.page()
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg"') >= 1
    assert "style=" not in page and "Bảng số của biểu đồ" in page


def test_a_long_report_takes_as_many_questions_as_a_short_one(django_assert_max_num_queries):
    office = Office()
    for number in range(30):
        task = make_task(office.plan, text=f"Việc {number}.", lead=[office.commune], time_kind="once")
        make_assignment(office.commune, task)
    office.drafted()
    office.page()
    with django_assert_max_num_queries(32):
        office.page()
