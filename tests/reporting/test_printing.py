"""A report as an official document says what stands in it: sentences as people left them, gaps as gaps, figures beside those
of the round before, names as they are."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.factories import make_actor, make_assignment, make_organisation, make_plan, make_round, make_task, say

from nhipcau.followup.models import Progress
from nhipcau.reporting.actions import add_sentence, draft_report, edit_figure, leave_out
from nhipcau.reporting.models import Report, Round
from nhipcau.reporting.printing import filled, official_of, period_words
from nhipcau.reporting.queries.reading import printable
from vanban.official import Heading, Paragraph, Table, problems, text_of


class Ward:
    """A ward with a drafted report on two tasks, one of them silent."""

    def __init__(self) -> None:
        self.city = make_organisation("Ủy ban nhân dân thành phố", kind="committee")
        self.ward = make_organisation("Ủy ban nhân dân Phường 7", parent=self.city, kind="committee")
        plan = make_plan(self.city, date=dt.date(timezone.localdate().year, 1, 1))
        tasks = [make_task(plan, text=text, lead=[self.ward]) for text in ("Mở chuyên mục.", "Phát bản tin.")]
        self.officer = make_actor(self.ward, "officer")
        assignments = [make_assignment(self.ward, task) for task in tasks]
        say(self.officer, assignments[0], Progress.DONE, "Đã có 12 bài")
        self.round = make_round(self.city, self.ward, plan=plan)
        self.report = draft_report(self.officer, self.round.reports.get(organisation=self.ward))

    def made(self):
        return official_of(printable(Report.objects.get(pk=self.report.pk)), on=timezone.localdate())

    def lines(self) -> list[str]:
        return [
            block.title if isinstance(block, Heading) else text_of(block.runs)
            for block in self.made().body
            if isinstance(block, Heading | Paragraph)
        ]


@pytest.mark.django_db
class TestPrinted:
    def test_a_gap_is_printed_as_one_and_what_was_left_out_is_not(self):
        here = Ward()
        gap = "(Phát bản tin: chưa có thông tin trong kỳ báo cáo.)"
        assert here.lines().count(gap) == 1
        sentence = here.report.sentences.get(text__startswith="Phát bản tin")
        leave_out(here.officer, here.report, sentence.public_id, seen=sentence.seal)
        assert gap not in here.lines()

    def test_what_a_person_wrote_stands_in_it_as_it_is(self):
        here = Ward()
        add_sentence(here.officer, here.report, part="direction", text="Đã ban hành {plan} & <b>hướng dẫn</b>.")
        assert "Đã ban hành {plan} & <b>hướng dẫn</b>." in here.lines()
        assert problems(here.made()) == ()

    def test_figures_stand_beside_those_of_the_round_before(self):
        here = Ward()
        here.report.figures.filter(key="tasks.done").update(before=3)
        edit_figure(here.officer, here.report, "evidence.total", value=1234, reason="Bản giấy", seen=0)
        [table] = [block for block in here.made().body if isinstance(block, Table)]
        cells = [[" ".join(text_of(line) for line in cell.lines) for cell in row] for row in table.rows]
        assert cells[0] == ["TT", "Chỉ tiêu", "Đơn vị tính", "Kỳ này", "Kỳ trước", "Tăng, giảm"]
        assert {row[1]: row[3:] for row in cells[1:] if row[1] in ("Đã hoàn thành", "Minh chứng kèm theo")} == {
            "Đã hoàn thành": ["1", "3", "-2"],
            "Minh chứng kèm theo": ["1.234", "", ""],
        }

    def test_printing_asks_the_database_the_same_for_many_rows(self, django_assert_max_num_queries):
        here = Ward()
        with django_assert_max_num_queries(12):
            printable(Report.objects.get(pk=here.report.pk))


def test_only_names_of_the_outline_are_filled_and_never_twice():
    assert filled("{plan} của {who}, {organisation}", {"plan": "{organisation}", "organisation": "UBND"}) == (
        "{organisation} của {who}, UBND"
    )


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2026", "năm 2026"),
        ("2026-Q4", "quý IV năm 2026"),
        ("2026-H1", "sáu tháng đầu năm 2026"),
        ("2026-11", "tháng 11 năm 2026"),
        ("2026-11-22", "từ ngày 01/11/2026 đến ngày 22/11/2026"),
    ],
)
def test_the_days_of_a_round_as_people_say_them(period, words):
    assert period_words(Round(period=period, first=dt.date(2026, 11, 1), last=dt.date(2026, 11, 22))) == words
