"""What a new edition of a report changes is drafted by comparing it with the edition before, and read by who gets it."""

import pytest
from django.test import Client
from tests.factories import make_member
from tests.reporting.test_duties import City

from nhipcau.core.acts import Refused
from nhipcau.core.worker import run_due_jobs
from nhipcau.documents.actions.outgoing import return_document
from nhipcau.documents.models import Outgoing
from nhipcau.reporting.actions import add_sentence, correct_report, edit_figure, edit_sentence, leave_out, submit_report
from nhipcau.reporting.editions import what_changed
from nhipcau.reporting.models import Report, ReportFigure, Sentence

pytestmark = pytest.mark.django_db


def said(*texts: str, key: str = "", part: str = "proposals", **more) -> list[Sentence]:
    return [Sentence(part=part, key=f"{key}{at}" if key else "", text=text, **more) for at, text in enumerate(texts)]


class TestCompared:
    def test_the_same_says_nothing(self):
        assert (
            what_changed(said("Một.", "Hai."), said("Một.", "Hai."), {"a": 1}, [ReportFigure(key="a", value=1)]) == ""
        )

    def test_each_kind_with_its_words(self):
        before = [*said("Đã mở 12 lớp.", key="task:"), *said("Đề nghị cấp kinh phí cho xã.", "Câu sẽ bỏ hẳn đi.")]
        after = [*said("Đã mở 14 lớp.", key="task:"), *said("Đề nghị cấp kinh phí cho phường.", "Hội nghị ngày 05/11.")]
        figure = ReportFigure(key="tasks.done", label="Đã hoàn thành", value=14)
        assert what_changed(before, after, {"tasks.done": 12}, [figure]) == (
            "Sửa số liệu: Đã hoàn thành: 14 (bản trước: 12). "
            "Sửa câu: “Đã mở 14 lớp” (bản trước: “Đã mở 12 lớp”); "
            "“Đề nghị cấp kinh phí cho phường” (bản trước: “Đề nghị cấp kinh phí cho xã”). "
            "Bổ sung: “Hội nghị ngày 05/11”. Bỏ: “Câu sẽ bỏ hẳn đi”."
        )

    def test_a_gap_that_was_filled_is_new_and_headings_count_for_nothing(self):
        before = said("Đề xuất: chưa nêu.", key="proposals:", kind=Sentence.Kind.GAP)
        after = [
            *said("Cấp thêm loa.", key="proposals:", kind=Sentence.Kind.ANSWER),
            *said("Nhóm", key="group:", kind=Sentence.Kind.HEADING),
        ]
        assert what_changed(before, after, {}, []) == "Bổ sung: “Cấp thêm loa”."

    def test_many_are_counted_and_long_ones_cut(self):
        text = what_changed([], said(*(f"Câu thứ {n}, {'rất dài ' * 40}" for n in range(9))), {}, [])
        assert text.endswith("và 05 chỗ khác.")
        assert len(text) < 800


def test_nothing_changed_is_not_sent_again_and_what_changed_is_drafted():
    here = City()
    report = here.send(here.opened())
    edition = correct_report(here.officer, report)
    with pytest.raises(Refused) as told:
        submit_report(here.officer, edition, version=edition.version)
    assert told.value.reason.startswith("Bản mới chưa khác bản đã gửi.")
    edition.refresh_from_db()
    seen = edition.figures.get(key="evidence.total")
    edit_figure(here.officer, edition, seen.key, value=3, reason="Ba tệp gửi thư", seen=seen.shown)
    edition.refresh_from_db()
    outgoing = submit_report(here.officer, edition, version=edition.version)
    assert outgoing.what_changed.startswith("Sửa số liệu: Minh chứng kèm theo: 03 (bản trước: 0).")
    assert (outgoing.replaces, outgoing.edition) == (report.outgoing, 2)


def test_the_writers_words_stand_above_the_drafted_ones_and_follow_a_return():
    here = City()
    report = here.send(here.opened())
    edition = correct_report(here.officer, report, what_changed="Theo yêu cầu của thành phố.")
    add_sentence(here.officer, edition, part="proposals", text="Đề nghị cấp thêm loa.")
    client = Client()
    client.force_login(make_member(here.ward, "officer"))
    address = f"/bao-cao/{edition.public_id}/"
    page = client.get(address).content.decode()
    assert "Theo yêu cầu của thành phố. Bổ sung: “Đề nghị cấp thêm loa”." in page
    version = Report.objects.get(pk=edition.pk).version
    given = {"do": "submit", "version": version, "changed": "Thêm một đề nghị."}
    assert client.post(f"{address}lam/", given).status_code == 302
    outgoing = Outgoing.objects.get(report=edition)
    assert (outgoing.what_changed, outgoing.state) == ("Thêm một đề nghị.", "submitted")
    return_document(here.head, outgoing, comment="Nêu rõ hơn.")
    run_due_jobs()
    fresh = Report.objects.get(pk=edition.pk)
    again = submit_report(here.officer, fresh, version=fresh.version, what_changed="Thêm đề nghị cấp 02 loa.")
    assert (again.pk, again.what_changed, again.replaces) == (outgoing.pk, "Thêm đề nghị cấp 02 loa.", report.outgoing)


def test_sentences_changed_left_out_and_added_in_an_edition_are_told_apart():
    here = City()
    report = here.opened()
    add_sentence(here.officer, report, part="proposals", text="Đề nghị cấp thêm loa.\nĐề nghị mở lớp.")
    report = here.send(report)
    edition = correct_report(here.officer, report)
    first, second = edition.sentences.filter(key="").order_by("position")
    edit_sentence(here.officer, edition, first.public_id, text="Đề nghị cấp thêm 02 loa.", seen=first.seal)
    leave_out(here.officer, edition, second.public_id, seen=second.seal)
    edition.refresh_from_db()
    outgoing = submit_report(here.officer, edition, version=edition.version)
    assert outgoing.what_changed == (
        "Sửa câu: “Đề nghị cấp thêm 02 loa” (bản trước: “Đề nghị cấp thêm loa”). Bỏ: “Đề nghị mở lớp”."
    )
