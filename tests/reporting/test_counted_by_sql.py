"""Over three levels, with a correction and a report that never came, every figure of the report at the top is what SQL counts
in the tables of the follow-up, which shares no code with the reports."""

import datetime as dt
import random

import pytest
from django.db import connection
from django.utils import timezone
from tests.factories import make_actor, make_assignment, make_organisation, make_plan, make_round, make_task, say

from nhipcau.followup.actions import Given
from nhipcau.followup.models import Assignment, Obstacle, Progress
from nhipcau.organisations.models import Organisation
from nhipcau.reporting.actions import correct_report, draft_report, merge_reports
from nhipcau.reporting.models import Report

pytestmark = pytest.mark.django_db

_RUNNING = "FROM followup_assignment a WHERE a.ended = '' AND a.organisation_id IN ({units})"
_DONE_ON = "(SELECT max(n.at) FROM followup_note n WHERE n.assignment_id = a.id AND n.taken_back_at IS NULL AND n.progress = 'done')"
COUNTS = {
    "tasks.total": f"SELECT count(*) {_RUNNING}",
    "tasks.lead": f"SELECT count(*) {_RUNNING} AND a.role = 'lead'",
    "tasks.done": f"SELECT count(*) {_RUNNING} AND a.progress = 'done'",
    "tasks.done_late": f"SELECT count(*) {_RUNNING} AND a.progress = 'done' AND a.due < {{day}} AND {_DONE_ON} IS NOT NULL",
    "tasks.running": f"SELECT count(*) {_RUNNING} AND a.progress = 'in_progress'",
    "tasks.waiting": f"SELECT count(*) {_RUNNING} AND a.progress = 'not_started'",
    "tasks.cannot": f"SELECT count(*) {_RUNNING} AND a.progress = 'cannot'",
    "tasks.overdue": f"SELECT count(*) {_RUNNING} AND a.progress <> 'done' AND a.due < {{day}}",
    "tasks.silent": (
        f"SELECT count(*) {_RUNNING} AND a.progress <> 'done' AND NOT EXISTS "
        "(SELECT 1 FROM followup_note n WHERE n.assignment_id = a.id AND n.taken_back_at IS NULL)"
    ),
    "evidence.total": (
        "SELECT count(*) FROM followup_evidence e JOIN followup_note n ON n.id = e.note_id "
        "JOIN followup_assignment a ON a.id = n.assignment_id "
        "WHERE n.taken_back_at IS NULL AND a.organisation_id IN ({units})"
    ),
    "obstacles.raised": (
        "SELECT count(*) FROM followup_obstacle o JOIN followup_assignment a ON a.id = o.assignment_id "
        "WHERE o.state <> 'withdrawn' AND a.organisation_id IN ({units})"
    ),
    "obstacles.settled": (
        "SELECT count(*) FROM followup_obstacle o JOIN followup_assignment a ON a.id = o.assignment_id "
        "WHERE o.state = 'settled' AND a.organisation_id IN ({units})"
    ),
}


class ThreeLevels:
    """A province, two cities with three wards each, a department; random words by a given seed."""

    def __init__(self, seed: int) -> None:
        self.dice, self.today = random.Random(seed), timezone.localdate()
        self.province = make_organisation("Ủy ban nhân dân tỉnh", kind="committee")
        self.department = make_organisation("Sở Tư pháp", parent=self.province)
        self.cities = [make_organisation(f"Thành phố {number}", parent=self.province) for number in (1, 2)]
        self.wards = [
            make_organisation(f"Phường {city.name[-1]}.{number}", parent=city)
            for city in self.cities
            for number in (1, 2, 3)
        ]
        self.everyone = [*self.wards, *self.cities, self.department]
        plan = make_plan(self.province, date=dt.date(self.today.year, 1, 1))
        days = (-20, -5, 10, None)
        tasks = [
            make_task(
                plan, text=f"Việc {number}.", lead=self.everyone, time_kind="once" if days_away else "continuous",
                due=self.today + dt.timedelta(days=days_away) if days_away else None,
            )
            for number, days_away in enumerate(days)
        ]  # fmt: skip
        for organisation in [*self.everyone, self.province]:
            for task in tasks:
                role = self.dice.choice(("lead", "coordinating"))
                self.tell(organisation, make_assignment(organisation, task, role=role))
        self.round = make_round(self.province, *self.everyone, plan=plan)
        for ward in self.wards:
            self.round.reports.filter(organisation=ward).update(receiver=ward.parent, depth=2)

    def tell(self, organisation: Organisation, assignment: Assignment) -> None:
        actor = make_actor(organisation, "officer")
        for turn in range(self.dice.randrange(3)):
            proofs = [Given(name="Tin", url="https://x.example/tin")] if self.dice.random() < 0.5 else []
            say(actor, assignment, self.dice.choice(Progress.values), f"Lời {turn}", evidence=proofs)
        if self.dice.random() < 0.3:
            state = self.dice.choice(("open", "settled", "withdrawn"))
            Obstacle.objects.create(assignment=assignment, text="Thiếu kinh phí", asked=self.province, state=state)

    def report(self, organisation: Organisation) -> Report:
        return self.round.reports.filter(organisation=organisation).order_by("-edition")[0]

    def write(self, organisation: Organisation) -> None:
        actor, report = make_actor(organisation, "coordinator"), self.report(organisation)
        if report.was_sent:
            report = correct_report(actor, report, what_changed="Cập nhật.")
            Report.objects.filter(pk=report.replaces_id).update(state="replaced")
        (merge_reports if organisation in self.cities else draft_report)(actor, report)
        Report.objects.filter(pk=report.pk).update(state="sent", sent_at=timezone.now())

    def counted(self, organisations: list[Organisation]) -> dict[str, int]:
        units = ", ".join(str(one.pk) for one in organisations)
        found = {}
        for key, sql in COUNTS.items():
            with connection.cursor() as cursor:
                cursor.execute(
                    sql.format(units=units, day=f"DATE '{self.today}'" if _is_postgres() else f"'{self.today}'")
                )
                found[key] = cursor.fetchone()[0]
        return found

    def stated(self) -> dict[str, int]:
        report = merge_reports(make_actor(self.province, "coordinator"), self.report(self.province))
        return {one.key: one.shown for one in report.figures.all() if one.key in COUNTS}


def _is_postgres() -> bool:
    return connection.vendor == "postgresql"


@pytest.mark.parametrize("seed", [1, 2])
def test_the_figures_at_the_top_are_those_of_sql(seed):
    here = ThreeLevels(seed)
    left_out = here.wards[4]
    for organisation in here.everyone:
        if organisation != left_out:
            here.write(organisation)
    included = [one for one in [*here.everyone, here.province] if one != left_out]
    assert here.stated() == here.counted(included)

    corrected = here.wards[1]
    for assignment in Assignment.objects.filter(organisation=corrected):
        here.tell(corrected, assignment)
    before = here.stated()
    here.write(corrected)
    assert here.stated() == before  # its city has not passed it on
    here.write(here.cities[0])
    assert here.stated() == here.counted(included)

    here.write(left_out)
    here.write(here.cities[1])
    assert here.stated() == here.counted([*here.everyone, here.province])
