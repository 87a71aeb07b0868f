"""Reports become one report: figures are sums, every sentence leads to where it comes from, what is missing is a gap; and it
is printed as an official document."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.factories import make_actor, make_assignment, make_organisation, make_plan, make_round, make_task, say

from nhipcau.followup.models import Progress
from nhipcau.reporting.actions import draft_report, merge_reports
from nhipcau.reporting.models import Report, Sentence
from nhipcau.reporting.printing import official_of
from nhipcau.reporting.queries.reading import printable
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
        "Tập huấn: 01 đơn vị chưa hoàn thành, đã quá hạn (Ủy ban nhân dân xã Bình Tân).",
    ]
    assert here.texts("proposals") == [
        "Đề nghị cấp thêm máy phát thanh (Ủy ban nhân dân xã An Hòa, Ủy ban nhân dân xã Bình Tân)."
    ]


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
    assert titles[:3] == ["CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI", "KẾT QUẢ THỰC HIỆN", "Số liệu chung"]
    assert sum(1 for block in made.body if isinstance(block, Table | Picture)) == 3
    [annex] = made.annexes
    table = annex.body[-1]
    assert isinstance(table, Table)
    assert len(table.rows) == 1 + 2 + 4  # its head, a line for each commune, its tasks
