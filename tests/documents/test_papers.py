"""Official documents written from live data: every kind, from real rows, ready to be printed."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.module_loading import import_string
from tests.factories import (
    make_actor,
    make_alignment,
    make_assignment,
    make_member,
    make_organisation,
    make_plan,
    make_reading,
    make_task,
    make_user,
)
from tests.plans.finding_parts import FAULTY

from nhipcau.core import rooms
from nhipcau.core.acts import Actor
from nhipcau.core.models import User
from nhipcau.documents.models import Outgoing
from nhipcau.documents.queries.outgoing.ready import obstacles
from nhipcau.documents.queries.papers import (
    Composed,
    NothingToWrite,
    composed,
    names_of,
    sampled,
    shipped,
    with_attached,
)
from nhipcau.documents.wording import wrong_in
from nhipcau.followup.actions import chase
from nhipcau.followup.models import Assignment, Chase, Obstacle, Step
from nhipcau.organisations.models import Membership, Organisation
from nhipcau.plans.actions import confirm_reading
from nhipcau.plans.models import AlignmentQuestion
from nhipcau.plans.papers import pair_id
from vanban.lint import lint
from vanban.official import (
    Block,
    Heading,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
    problems,
    text_of,
    written_date,
)
from vanban.write import to_docx, to_pdf

pytestmark = pytest.mark.django_db


class House:
    """A province with a plan that gives two departments late tasks, and a ward whose plan carries it out."""

    def __init__(self) -> None:
        self.today = timezone.localdate()
        self.province = make_organisation("Ủy ban nhân dân tỉnh Hòa An", kind="committee", level="province")
        self.justice = make_organisation("Sở Tư pháp", parent=self.province, kind="department", level="province")
        self.home = make_organisation("Sở Nội vụ", parent=self.province, kind="department", level="province")
        self.ward = make_organisation(
            "Ủy ban nhân dân phường Bình An", parent=self.province, kind="committee", level="commune"
        )
        self.plan = make_plan(self.province, symbol="15/KH-UBND", date=dt.date(2026, 2, 12))
        self.lower = make_plan(self.ward, symbol="32/KH-UBND", date=dt.date(2026, 3, 5))
        late = self.today - dt.timedelta(days=3)
        self.rows = [
            make_assignment(agency, make_task(self.plan, code=f"II.{n}", lead=[agency]), due=late)
            for n, agency in enumerate((self.justice, self.home), 1)
        ]
        self.officer = make_member(self.justice, "officer")
        Step.objects.create(assignment=self.rows[0], position=1, text="Xây dựng chương trình", person=self.officer)
        Step.objects.create(assignment=self.rows[0], position=2, text="Gửi giấy mời", due=self.today)
        self.coordinator = make_actor(self.province, "coordinator")
        keys = [row.pk for row in self.rows]
        answer_by = self.today + dt.timedelta(days=3)
        self.chase: Chase = chase(self.coordinator, keys, words="Đề nghị báo cáo", key="k", answer_by=answer_by)
        self.obstacle = Obstacle.objects.create(
            assignment=self.rows[0], text="Chưa có kinh phí", proposal="Bổ sung kinh phí", asked=self.province
        )
        make_task(self.lower, code="III.1", lead=[self.ward])
        self.checker = make_actor(self.province, "officer")
        self.checked = confirm_reading(self.checker, make_reading(self.checker, FAULTY))
        self.alignment = make_alignment(self.plan, self.lower, dropped=[("II.1", "Tổ chức hội nghị")])
        AlignmentQuestion.objects.create(
            higher=self.plan, lower=self.lower, part="task", code="II.1", text="Tổ chức hội nghị",
            answer="elsewhere", words="Kế hoạch số 20/KH-UBND",
        )  # fmt: skip

    def cases(self) -> dict[str, tuple[Actor, str]]:
        """Every kind of document: who writes it, about what."""
        own = Actor(self.officer.pk, self.justice.pk, frozenset({"officer"}))
        ward = make_actor(self.ward, "officer")
        pair = pair_id(self.plan, self.lower)
        return {
            "followup.reminder": (self.coordinator, self.chase.public_id),
            "followup.meeting": (self.coordinator, self.chase.public_id),
            "followup.reminder_now": (self.coordinator, self.province.public_id),
            "followup.obstacle_meeting": (self.coordinator, self.obstacle.public_id),
            "followup.unit_plan": (own, self.rows[0].public_id),
            "followup.unit_plan_whole": (own, self.justice.public_id),
            "plans.submission": (ward, self.lower.public_id),
            "plans.register": (self.coordinator, self.plan.public_id),
            "plans.findings": (self.coordinator, self.checked.public_id),
            "plans.alignment": (self.coordinator, pair),
            "plans.answer": (ward, pair),
        }


HERE = ("plans.", "followup.")  # rooms above test their own
KINDS = sorted(paper.kind for paper in rooms.papers("") if paper.kind.startswith(HERE))


@pytest.fixture
def house() -> House:
    return House()


def made_of(house: House, kind: str) -> Composed:
    actor, public_id = house.cases()[kind]
    made = composed(actor, kind, public_id)
    assert made is not None
    return made


def words_of(official: OfficialDocument) -> str:
    """All that stands in the body, annexes left out."""
    return " | ".join(said for block in official.body for said in _said(block))


def _said(block: Block) -> list[str]:
    if isinstance(block, Table):
        return [text_of(line) for row in block.rows for cell in row for line in cell.lines]
    if isinstance(block, Paragraph):
        return [text_of(block.runs)]
    return [block.title] if isinstance(block, Heading) else []


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.person_id))
    return client


def test_every_kind_is_tried_here(house):
    assert sorted(house.cases()) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_written_from_data_nothing_stands_in_its_way(kind, house):
    made = made_of(house, kind)
    assert obstacles(made.official) == ()
    assert made.told == ()


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_words_ask_for_nothing_that_there_is_not(kind, house):
    paper = rooms.paper(kind)
    assert paper is not None
    values = import_string(paper.sample)()
    assert wrong_in(shipped(paper), names_of(paper), values.blocks) == []
    assert problems(sampled(house.ward, paper, shipped(paper))) == ()
    assert set(values.blocks) == {name for name in paper.names if name.startswith("bảng ")}


@pytest.mark.parametrize("kind", KINDS)
def test_who_may_not_see_the_data_cannot_write_it(kind, house):
    _actor, public_id = house.cases()[kind]
    elsewhere = make_organisation("Ủy ban nhân dân tỉnh Khác", kind="committee")
    stranger = make_actor(elsewhere, "officer", "coordinator", "head")
    assert composed(stranger, kind, public_id) is None
    assert signed_in(stranger).get(f"/van-ban-di/moi/{kind}/?tu={public_id}").status_code == 404


@pytest.mark.parametrize(("kind", "role"), [("followup.reminder", "officer"), ("followup.unit_plan", "auditor")])
def test_who_has_not_the_role_cannot_write_it(kind, role, house):
    actor, public_id = house.cases()[kind]
    other = make_actor(Organisation.objects.get(pk=actor.organisation_id), role)
    assert composed(other, kind, public_id) is None


# --- what the documents say -------------------------------------------------------------------------------------------


def test_a_reminder_names_each_agency_with_its_late_tasks(house):
    official = made_of(house, "followup.reminder").official
    assert (official.type, official.issuer, official.parent, official.code, official.place) == (
        "Công văn", "ỦY BAN NHÂN DÂN TỈNH HÒA AN", "", "UBND-VX", "Hòa An",
    )  # fmt: skip
    assert official.subject == "đôn đốc thực hiện Kế hoạch số 15/KH-UBND"
    assert official.addressees == ("Sở Nội vụ", "Sở Tư pháp")
    assert official.signature == Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))
    said = words_of(official)
    due = f"{house.today - dt.timedelta(days=3):%d/%m/%Y}"
    assert (
        f"còn 02 nhiệm vụ của 02 cơ quan, đơn vị quá hạn hoặc chưa có báo cáo, cụ thể như sau: | STT | Nhiệm vụ | Thời hạn | Tình trạng | Sở Nội vụ: 01 nhiệm vụ | 1 | II.2. Tham mưu tổ chức hội nghị | {due} | Quá hạn 03 ngày"
        in said
    )
    assert f"của từng nhiệm vụ trước hết {written_date(house.chase.answer_by)}." in said


def test_what_was_answered_and_done_is_not_asked_again(house):
    Assignment.objects.filter(pk=house.rows[1].pk).update(is_open=False, progress="done")
    made = made_of(house, "followup.reminder")
    assert made.official.addressees == ("Sở Tư pháp",)
    assert made.addressees == (house.justice,)
    Assignment.objects.update(is_open=False)
    with pytest.raises(NothingToWrite):
        made_of(house, "followup.reminder")


def test_many_agencies_stand_in_an_annex(house):
    late = house.today - dt.timedelta(days=8)
    for number in range(10):
        agency = make_organisation(f"Sở số {number}", parent=house.province, kind="department")
        make_assignment(agency, make_task(house.plan, lead=[agency]), due=late)
    official = made_of(house, "followup.reminder_now").official
    assert official.addressees == ("Các cơ quan, đơn vị có tên tại Phụ lục kèm theo",)
    assert "còn 12 nhiệm vụ của 12 cơ quan, đơn vị" in words_of(official)
    assert "minh chứng của từng nhiệm vụ trong thời gian sớm nhất." in words_of(official)
    [annex] = official.annexes
    assert (annex.title, annex.attached, annex.landscape) == (
        "DANH MỤC NHIỆM VỤ QUÁ HẠN HOẶC CHƯA CÓ BÁO CÁO",
        "Kèm theo Công văn của Ủy ban nhân dân tỉnh Hòa An",
        True,
    )
    meeting = made_of(house, "followup.meeting").official
    assert meeting.addressees == ("Đại diện lãnh đạo Sở Nội vụ", "Đại diện lãnh đạo Sở Tư pháp")


def test_a_units_plan_rests_on_the_higher_plan_and_names_posts_not_people(house):
    official = made_of(house, "followup.unit_plan").official
    assert (official.parent, official.issuer, official.code) == ("UBND TỈNH HÒA AN", "SỞ TƯ PHÁP", "KH-STP")
    assert official.signature.lines == ("GIÁM ĐỐC",)
    assert official.bases[-1] == (
        "Căn cứ Kế hoạch số 15/KH-UBND ngày 12 tháng 02 năm 2026 của Ủy ban nhân dân tỉnh Hòa An về truyền thông chính "
        "sách trên địa bàn tỉnh"
    )
    said = words_of(official)
    assert house.officer.name not in said
    today = f"{house.today:%d/%m/%Y}"
    assert said.count("Cán bộ phụ trách") == 1
    assert (
        f"1 | Xây dựng chương trình | Cán bộ phụ trách | Không ghi | 2 | Gửi giấy mời | Chưa phân công | {today}"
        in said
    )


def test_a_plan_without_steps_is_not_written(house):
    Step.objects.all().delete()
    client = signed_in(house.cases()["followup.unit_plan"][0])
    answer = client.post(f"/van-ban-di/moi/followup.unit_plan/?tu={house.rows[0].public_id}", follow=True)
    assert "Việc này chưa có bước nào" in answer.content.decode()
    assert not Outgoing.objects.exists()


def test_the_head_signs_or_who_stands_in_for_them(house):
    head = make_member(house.province, "head", user=make_user("Trần Thị Bình"))
    assert made_of(house, "followup.reminder").official.signature.name == "Trần Thị Bình"
    deputy = make_user("Lê Văn Cường")
    Membership.objects.create(person=deputy, organisation=house.province, role="head", stands_in_for=head)
    assert made_of(house, "followup.reminder").official.signature == Signature(
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Lê Văn Cường"
    )
    make_member(house.province, "head", user=make_user("Phạm Thị Dung"))  # nobody knows which of two
    assert made_of(house, "followup.reminder").official.signature.name == ""


def test_a_submission_goes_up_with_the_register_behind_it(house):
    made = made_of(house, "plans.submission")
    assert made.official.addressees == ("Ủy ban nhân dân tỉnh Hòa An",)
    assert made.addressees == (house.province,)
    assert made.official.code == "TTr-UBND"
    assert "1. Kế hoạch giao" not in words_of(made.official)  # the mark stands apart
    [annex] = made.official.annexes
    assert annex.landscape
    [table] = [block for block in annex.body if isinstance(block, Table)]
    assert [text_of(line) for cell in table.rows[1] for line in cell.lines][:2] == [
        "III.1",
        "Tham mưu tổ chức hội nghị",
    ]


def test_findings_go_to_whose_plan_it_is(house):
    made = made_of(house, "plans.findings")
    assert made.official.addressees == ("Đơn vị soạn thảo kế hoạch",)
    [annex] = made.official.annexes
    [table] = [block for block in annex.body if isinstance(block, Table)]
    assert len(table.rows) > 2


def test_legal_bases_are_those_in_force_on_the_day(house):
    """Of what a plan of 2024 rests on, a decree was replaced since: the submission of today names what took its place."""
    made = composed(house.checker, "plans.submission", house.checked.public_id)
    assert made is not None
    assert "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16 tháng 6 năm 2025" in made.official.bases
    assert not any("09/2017/NĐ-CP" in basis for basis in made.official.bases)
    assert any("244/2026/NĐ-CP" in basis for basis in made.official.bases)
    assert len(made.told) == 1
    before = composed(house.checker, "plans.submission", house.checked.public_id, on=dt.date(2024, 6, 1))
    assert before is not None
    assert any("09/2017/NĐ-CP" in basis for basis in before.official.bases)
    assert any("77/2015/QH13" in basis for basis in before.official.bases)


# --- pages --------------------------------------------------------------------------------------------------------------


def test_one_click_makes_a_draft(house):
    client = signed_in(house.coordinator)
    page = client.get(f"/don-doc/{house.chase.public_id}/").content.decode()
    address = f"/van-ban-di/moi/followup.reminder/?tu={house.chase.public_id}"
    assert f'action="{address}"' in page
    shown = client.get(address).content.decode()
    assert "Kế hoạch số 15/KH-UBND" in shown
    answer = client.post(address)
    draft = Outgoing.objects.get()
    assert answer.headers["Location"] == f"/van-ban-di/{draft.public_id}/"
    assert (draft.about_kind, draft.about_id) == ("followup.chase", house.chase.public_id)
    assert [row.organisation for row in draft.sent_to.order_by("organisation__sort_key")] == [house.home, house.justice]
    assert draft.official.subject == "đôn đốc thực hiện Kế hoạch số 15/KH-UBND"


@pytest.mark.parametrize(("form", "start"), [("docx", b"PK"), ("pdf", b"%PDF-")])
def test_a_comparison_goes_out_as_a_document(form, start, house):
    client = signed_in(make_actor(house.province, "auditor"))
    address = f"/so-sanh/{house.plan.slug}/{house.lower.slug}/"
    assert f"{address}tai-ve.{form}" in client.get(address).content.decode()
    answer = client.get(f"{address}tai-ve.{form}")
    assert answer.content.startswith(start)


def test_the_number_of_questions_does_not_grow_with_the_tasks(house, django_assert_max_num_queries):
    for _number in range(20):
        make_assignment(
            house.justice, make_task(house.plan, lead=[house.justice]), due=house.today - dt.timedelta(days=1)
        )
    with django_assert_max_num_queries(20):
        composed(house.coordinator, "followup.reminder_now", "")


@pytest.mark.parametrize("kind", KINDS)
def test_printed_it_keeps_the_layout_of_the_decree(kind, house):
    """As it leaves the house: signed, numbered, dated; DOCX and PDF, measured."""
    signed = dataclasses.replace(
        made_of(house, kind).official,
        number=8,
        date=dt.date(2026, 11, 24),
        signature=Signature(made_of(house, kind).official.signature.lines, "Trần Thị Bình"),
    )
    official = with_attached(signed, "Ủy ban nhân dân tỉnh Hòa An")
    found = {form: lint(write(official)) for form, write in (("docx", to_docx), ("pdf", to_pdf))}
    assert found == {"docx": (), "pdf": ()}


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        ("followup.reminder", "/don-doc/{house.chase.public_id}/"),
        ("followup.obstacle_meeting", "/vuong-mac/{house.obstacle.public_id}/"),
        ("plans.alignment", "/so-sanh/{house.plan.slug}/{house.lower.slug}/"),
    ],
)
def test_the_thing_and_its_document_lead_to_each_other(kind, page, house):
    actor, public_id = house.cases()[kind]
    client = signed_in(actor)
    client.post(f"/van-ban-di/moi/{kind}/?tu={public_id}")
    draft = Outgoing.objects.get()
    here = page.format(house=house)
    assert f'href="/van-ban-di/{draft.public_id}/"' in client.get(here).content.decode()
    assert f'href="{here}' in client.get(f"/van-ban-di/{draft.public_id}/").content.decode()
