"""Reports become one report: figures are sums, every sentence leads to where it comes from, what is missing is a gap; and it
is printed as an official document."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from tests.factories import make_actor, make_assignment, make_organisation, make_plan, make_round, make_task, say

from nhipcau.followup.actions import raise_obstacle
from nhipcau.followup.models import Assignment, Progress, Taken
from nhipcau.plans.models import Alignment
from nhipcau.reporting.actions import (
    add_sentence,
    correct_report,
    draft_report,
    edit_figure,
    edit_sentence,
    merge_reports,
)
from nhipcau.reporting.alike import said_by
from nhipcau.reporting.models import Report, Sentence
from nhipcau.reporting.printing import official_of
from nhipcau.reporting.queries.reading import come_since, printable, rows_behind
from vanban.official import Heading, Picture, Table, problems

pytestmark = pytest.mark.django_db


class Province:
    """A province with three communes, of which two have sent their reports on one plan of two tasks."""

    def __init__(self) -> None:
        today = timezone.localdate()
        self.province = make_organisation("Ủy ban nhân dân tỉnh Bình Minh", kind="committee")
        names = ("Ủy ban nhân dân xã An Hòa", "Ủy ban nhân dân xã Bình Tân", "Ủy ban nhân dân xã Cẩm Sơn")
        self.communes = [make_organisation(name, parent=self.province, kind="committee") for name in names]
        plan = make_plan(self.province, date=dt.date(today.year, 1, 1))
        late = today - dt.timedelta(days=3)
        self.tasks = [
            make_task(plan, text=text, lead=self.communes, time_kind="once", due=due)
            for text, due in (("Phát bản tin.", None), ("Tập huấn.", late))
        ]
        self.round = make_round(self.province, *self.communes, plan=plan)
        self.report = self.round.reports.get(organisation=self.province)
        self.coordinator = make_actor(self.province, "coordinator")
        for number, commune in enumerate(self.communes):
            officer = make_actor(commune, "officer")
            first, second = (make_assignment(commune, task) for task in self.tasks)
            say(officer, first, Progress.DONE, f"Đã phát {number + 1} số")
            if number == 0:
                say(officer, second, Progress.DONE)
            report = self.round.reports.get(organisation=commune)
            draft_report(officer, report)
            if number < 2:
                Sentence.objects.create(
                    report=report, part="proposals", position=990, text="Đề nghị cấp thêm máy phát thanh."
                )
                Report.objects.filter(pk=report.pk).update(state=Report.State.SENT, sent_at=timezone.now())

    def texts(self, part: str) -> list[str]:
        return list(self.report.sentences.filter(part=part).values_list("text", flat=True))


def test_what_was_sent_is_added_up_and_what_was_not_is_a_gap():
    here = Province()
    merge_reports(here.coordinator, here.report)
    figures = {one.key: one.value for one in here.report.figures.all()}
    assert (figures["tasks.total"], figures["tasks.done"], figures["tasks.done_late"], figures["tasks.overdue"]) == (
        4, 3, 1, 1,
    )  # fmt: skip
    assert here.texts("figures")[:2] == [
        "Đã nhận 02/03 báo cáo của các đơn vị.",
        "Chưa nhận được báo cáo của: Ủy ban nhân dân xã Cẩm Sơn.",
    ]
    assert here.texts("late") == [
        "Tập huấn: 01 đơn vị quá hạn chưa hoàn thành (Ủy ban nhân dân xã Bình Tân).",
        "Nguyên nhân: chưa nêu.",
    ]
    assert here.report.sentences.get(text="Nguyên nhân: chưa nêu.").kind == Sentence.Kind.GAP
    assert here.texts("proposals") == ["Đề nghị cấp thêm máy phát thanh (Ủy ban nhân dân các xã An Hòa, Bình Tân)."]


def test_every_sentence_leads_to_reports_rows_or_figures():
    here = Province()
    merge_reports(here.coordinator, here.report)
    bare = [one.text for one in here.report.sentences.filter(kind="sentence") if not one.refs and not one.figures]
    assert bare == []


def test_it_is_printed_as_an_official_document():
    here = Province()
    merge_reports(here.coordinator, here.report)
    made = official_of(printable(here.report), on=timezone.localdate())
    assert problems(made) == ()
    titles = [block.title for block in made.body if isinstance(block, Heading)]
    assert titles[:3] == ["TÌNH HÌNH CHỈ ĐẠO, TRIỂN KHAI", "KẾT QUẢ THỰC HIỆN", "Số liệu chung"]
    assert sum(1 for block in made.body if isinstance(block, Table | Picture)) == 2
    [annex] = made.annexes
    table = annex.body[-1]
    assert isinstance(table, Table)
    assert len(table.rows) == 1 + 2 + 4  # its head, a line for each commune, its tasks


# --- several levels ----------------------------------------------------------------------------------------------------


class Levels:
    """A province, a city with two wards, and a department; all of them report on one plan of one task, which the city
    gives to its wards by two tasks of a plan of its own."""

    def __init__(self) -> None:
        today = timezone.localdate()
        self.province = make_organisation("Ủy ban nhân dân tỉnh", kind="committee")
        self.city = make_organisation("Ủy ban nhân dân thành phố", parent=self.province, kind="committee")
        self.department = make_organisation("Sở Tư pháp", parent=self.province)
        names = ("Ủy ban nhân dân phường 1", "Ủy ban nhân dân phường 2")
        self.wards = [make_organisation(name, parent=self.city, kind="committee") for name in names]
        self.everyone = (self.city, self.department, *self.wards)
        self.plan = make_plan(self.province, date=dt.date(today.year, 1, 1))
        city_plan = make_plan(self.city, date=dt.date(today.year, 2, 1))
        due = {"time_kind": "once", "due": today - dt.timedelta(days=1)}
        self.task = make_task(self.plan, text="Mở chuyên mục.", lead=[self.city, self.department], **due)
        self.lower = [
            make_task(city_plan, text=f"Mở chuyên mục {number}.", lead=self.wards, **due) for number in (1, 2)
        ]
        Alignment.objects.create(
            higher=self.plan, higher_version=1, lower=city_plan, lower_version=1, state=Alignment.State.READY
        )
        Taken.objects.bulk_create(Taken(higher=self.task, lower=task, kind="kept") for task in self.lower)
        for task in self.lower:
            for ward in self.wards:
                make_assignment(ward, task)
        for organisation in (self.city, self.department):
            make_assignment(organisation, self.task)
        self.round = make_round(self.province, *self.everyone, plan=self.plan)
        self.round.reports.filter(organisation__in=self.wards).update(receiver=self.city, depth=2)

    def report(self, organisation) -> Report:
        return self.round.reports.exclude(state=Report.State.REPLACED).get(organisation=organisation)

    def actor(self, organisation):
        return make_actor(organisation, "coordinator")

    def merge(self, organisation) -> Report:
        return merge_reports(self.actor(organisation), self.report(organisation))

    def draft(self, organisation, *said: str, part: str = "proposals") -> Report:
        report = draft_report(self.actor(organisation), self.report(organisation))
        for text in said:
            add_sentence(self.actor(organisation), report, part=part, text=text)
        return report

    def send(self, organisation) -> None:
        report = self.report(organisation)
        Report.objects.filter(pk=report.pk).update(state=Report.State.SENT, sent_at=timezone.now())
        if report.replaces_id:
            Report.objects.filter(pk=report.replaces_id).update(state=Report.State.REPLACED)

    def said(self, organisation, part: str, **fields) -> list[str]:
        return list(self.report(organisation).sentences.filter(part=part, **fields).values_list("text", flat=True))


def test_words_that_go_up_two_levels_name_only_who_wrote_them_and_lead_down_level_by_level():
    here = Levels()
    for ward, said in zip(here.wards, ("Đề nghị cấp thêm máy phát.", "Kiến nghị cấp thêm  máy phát"), strict=True):
        here.draft(ward, said)
        here.send(ward)
    here.draft(here.department, "Cấp thêm máy phát;")
    here.send(here.department)
    here.merge(here.city)
    both = "Ủy ban nhân dân các phường 1, 2"
    assert here.said(here.city, "proposals") == [f"Đề nghị cấp thêm máy phát ({both})."]
    here.send(here.city)
    top = here.merge(here.province)
    assert here.said(here.province, "proposals") == [f"Cấp thêm máy phát (Sở Tư pháp; {both})."]
    [sentence] = top.sentences.filter(part="proposals")
    names = {one.public_id: one for one in Sentence.objects.select_related("report__organisation")}
    assert [names[key].report.organisation.name for _kind, key in sentence.refs] == ["Sở Tư pháp", here.city.name]
    middle = names[sentence.refs[1][1]]
    assert [names[key].report.organisation.name for _kind, key in middle.refs] == [ward.name for ward in here.wards]


def test_words_that_the_level_between_changed_are_its_own_unless_the_names_still_stand():
    here = Levels()
    here.draft(here.wards[0], "Đề nghị cấp thêm máy phát.", "Đề nghị mở lớp tập huấn.")
    here.send(here.wards[0])
    report = here.merge(here.city)
    kept, other = report.sentences.filter(part="proposals", key__startswith="quoted:")
    edit_sentence(
        here.actor(here.city), report, kept.public_id, seen=kept.seal,
        text="Đề nghị cấp thêm 02 máy phát (Ủy ban nhân dân phường 1).",
    )  # fmt: skip
    edit_sentence(here.actor(here.city), report, other.public_id, seen=other.seal, text="Đề nghị mở 03 lớp tập huấn.")
    here.send(here.city)
    here.merge(here.province)
    assert here.said(here.province, "proposals") == [
        "Đề nghị cấp thêm 02 máy phát (Ủy ban nhân dân phường 1).",
        "Đề nghị mở 03 lớp tập huấn (Ủy ban nhân dân thành phố).",
    ]


def test_what_differs_by_a_word_that_means_something_is_said_twice():
    here = Levels()
    here.draft(here.wards[0], "Đề nghị cấp thêm 2 máy phát.", "Chưa cấp đủ kinh phí.")
    here.draft(here.wards[1], "Đề nghị cấp thêm 03 máy phát.", "Đã cấp đủ kinh phí.")
    for ward in here.wards:
        here.send(ward)
    here.merge(here.city)
    assert len(here.said(here.city, "proposals")) == 4


def test_tasks_of_lower_plans_count_with_the_task_that_they_answer():
    here = Levels()
    first, second = here.wards
    for task in here.lower:
        say(here.actor(first), Assignment.objects.get(organisation=first, task=task), Progress.DONE)
    say(here.actor(second), Assignment.objects.get(organisation=second, task=here.lower[0]), Progress.DONE)
    for ward in here.wards:
        here.draft(ward)
        here.send(ward)
    here.merge(here.city)
    assert here.said(here.city, "tasks", kind="sentence") == [
        "Mở chuyên mục: 01/03 đơn vị đã hoàn thành (33,3%); 01 đơn vị hoàn thành chậm; 02 đơn vị đang thực hiện."
    ]
    here.send(here.city)
    here.merge(here.province)
    assert here.said(here.province, "tasks", kind="sentence") == here.said(here.city, "tasks", kind="sentence")
    assert here.said(here.province, "late", key__startswith="late:") == [
        "Mở chuyên mục: 02 đơn vị quá hạn chưa hoàn thành (Ủy ban nhân dân phường 2, Ủy ban nhân dân thành phố)."
    ]


def test_the_obstacles_of_who_merges_stand_beside_those_of_others():
    here = Levels()
    row = Assignment.objects.get(organisation=here.city)
    raise_obstacle(here.actor(here.city), row, text="Thiếu kinh phí vận hành.", proposal="", asked=here.province)
    here.draft(here.wards[0], "Thiếu kinh phí vận hành", part="obstacles")
    here.send(here.wards[0])
    here.merge(here.city)
    assert here.said(here.city, "obstacles") == [
        "Thiếu kinh phí vận hành (Ủy ban nhân dân thành phố, Ủy ban nhân dân phường 1)."
    ]
    assert here.said(here.city, "late", key__startswith="why:") == [
        "Nguyên nhân: thiếu kinh phí vận hành (Ủy ban nhân dân thành phố); 01 đơn vị chưa nêu nguyên nhân."
    ]


def test_merged_again_after_a_correction_the_new_edition_counts_and_peoples_words_stay():
    here = Levels()
    ward = here.wards[0]
    here.draft(ward, "Đề nghị cấp thêm máy phát.")
    here.send(ward)
    report = here.merge(here.city)
    [quoted] = report.sentences.filter(part="proposals")
    words = "Đề nghị tỉnh cấp máy phát cho các phường."
    edit_sentence(here.actor(here.city), report, quoted.public_id, text=words, seen=quoted.seal)
    assert come_since(here.report(here.city)) == []

    correct_report(here.actor(ward), here.report(ward), what_changed="Sửa số máy.")
    new = Report.objects.get(organisation=ward, edition=2)
    said = new.sentences.get(part="proposals", key="")
    edit_sentence(here.actor(ward), new, said.public_id, text="Đề nghị cấp 05 máy phát.", seen=said.seal)
    edit_figure(here.actor(ward), new, "evidence.total", value=7, reason="Đếm lại", seen=0)
    Report.objects.filter(pk=new.pk).update(state=Report.State.SENT, sent_at=timezone.now())
    Report.objects.filter(pk=new.replaces_id).update(state=Report.State.REPLACED)
    assert [one.pk for one in come_since(here.report(here.city))] == [new.pk]
    assert {row.report_id for row in rows_behind(here.report(here.city))} == {report.pk, new.replaces_id}

    report = here.merge(here.city)
    assert here.said(here.city, "proposals") == [
        words,
        "Đề nghị cấp 05 máy phát (Ủy ban nhân dân phường 1).",
    ]
    assert report.figures.get(key="evidence.total").value == 7
    assert come_since(report) == []
    assert {row.report_id for row in rows_behind(report)} == {report.pk, new.pk}


def test_a_report_that_came_after_the_one_above_it_was_drafted_is_in_neither_its_figures_nor_its_rows():
    here = Levels()
    here.draft(here.wards[0])
    here.send(here.wards[0])
    here.merge(here.city)
    here.send(here.city)
    here.draft(here.wards[1])
    here.send(here.wards[1])
    top = here.merge(here.province)
    assert top.figures.get(key="tasks.total").value == 3
    assert {row.organisation for row in rows_behind(top)} == {here.city, here.wards[0]}
    assert [one.organisation for one in come_since(here.report(here.city))] == [here.wards[1]]


def test_no_number_of_nothing_stands_in_a_merged_report():
    here = Levels()
    for ward in here.wards:
        here.draft(ward)
        here.send(ward)
    report = here.merge(here.city)
    assert [one.text for one in report.sentences.all() if re.search(r"\b00?/|\b0 đơn vị", one.text)] == []
    say(here.actor(here.wards[0]), Assignment.objects.filter(organisation=here.wards[0])[0], Progress.IN_PROGRESS)
    correct_report(here.actor(here.wards[0]), here.report(here.wards[0]), what_changed="Thêm tin.")
    draft_report(here.actor(here.wards[0]), Report.objects.get(organisation=here.wards[0], edition=2))
    new = Report.objects.filter(organisation=here.wards[0], edition=2)
    new.update(state=Report.State.SENT, sent_at=timezone.now())
    Report.objects.filter(pk=new.get().replaces_id).update(state=Report.State.REPLACED)
    here.merge(here.city)
    assert here.said(here.city, "tasks", kind="sentence") == [
        "Mở chuyên mục: chưa có đơn vị nào trong 03 đơn vị hoàn thành; 02 đơn vị đang thực hiện; "
        "01 đơn vị chưa có thông tin (Ủy ban nhân dân phường 2)."
    ]


def test_merging_asks_the_database_no_more_questions_for_more_reports(django_assert_max_num_queries):
    here = Levels()
    for ward in here.wards:
        here.draft(ward, "Đề nghị cấp thêm máy phát.")
        here.send(ward)
    actor = here.actor(here.city)
    report = here.report(here.city)
    with django_assert_max_num_queries(60):
        merge_reports(actor, report)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Đề nghị bổ sung kinh phí.", "Kính đề nghị bổ sung kinh phí", True),
        ("Uỷ ban hoà giải 05 vụ", "Ủy ban hòa giải 5 vụ.", True),
        ("Đã chi 1.200.000 đồng", "Đã chi 1200000 đồng", True),
        ("Thiếu các cán bộ chuyên trách", "Vẫn thiếu cán bộ chuyên trách", True),
        ("Xã Tân An chưa có cán bộ", "Xã Tấn An chưa có cán bộ", False),
        ("Đã có cán bộ chuyên trách", "Chưa có cán bộ chuyên trách", False),
        ("Cấp 05 máy phát thanh", "Cấp 50 máy phát thanh", False),
        ("Bổ sung kinh phí cho xã", "Bổ sung kinh phí cho tỉnh", False),
    ],
)
def test_what_says_the_same(one, other, same):
    assert (said_by(one) == said_by(other)) is same
