"""Periods and turns that come round: the end of a year, work without an end, work that comes back, far-off days."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from tests.factories import (
    make_actor,
    make_agency_group,
    make_assignment,
    make_organisation,
    make_plan,
    make_task,
)

from nhipcau.core.acts import SYSTEM
from nhipcau.core.models import Clock, Notice
from nhipcau.core.worker import run_due_jobs
from nhipcau.followup.actions import (
    extend_assignment,
    open_periods,
    raise_obstacle,
    record_progress,
    set_rhythm,
    settle_plan,
)
from nhipcau.followup.models import Assignment, ClosedPeriod, Obstacle
from nhipcau.followup.queries.wanted import period_candidates_exist
from nhipcau.organisations import actions as directory
from nhipcau.plans.models import NO_DATE, Task

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def province():
    return make_organisation("Tỉnh", kind="committee")


@pytest.fixture
def office(province):
    return make_organisation("Sở A", parent=province)


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def told(row: Assignment, when: dt.datetime, progress: str = "done") -> None:
    """As if somebody had written it then."""
    Assignment.objects.filter(pk=row.pk).update(
        progress=progress, is_open=progress != "done", last_word_at=when, version=row.version + 1
    )


def run_until(day: dt.date) -> int:
    moved = 0
    while count := open_periods(SYSTEM, day):
        moved += count
    return moved


def test_a_period_that_was_done_early_in_the_morning_was_done_on_that_day(province, office):
    plan = make_plan(province)
    make_task(plan, lead=[office], time_kind="yearly", month_day="11-10")
    settle_plan(SYSTEM, plan, dt.date(2025, 11, 1))
    told(Assignment.objects.get(), at(dt.date(2025, 11, 11), 6, 30))
    assert run_until(dt.date(2026, 1, 1)) == 1
    closed = ClosedPeriod.objects.get()
    assert (closed.progress, closed.done_on) == ("done", dt.date(2025, 11, 11))


def test_work_without_an_end_is_never_done_for_good(province, office):
    """ "Done" of what goes on for ever holds until the next turn of its rhythm begins, or, without one, the year."""
    plan = make_plan(province)
    monthly, weekly, quarterly, silent, other = (
        make_task(plan, lead=[office], time_kind=kind)
        for kind in ("continuous", "continuous", "daily", "continuous", "other")
    )
    settle_plan(SYSTEM, plan, timezone.localdate())
    coordinator, officer = make_actor(province, "coordinator"), make_actor(office)
    for task, rhythm in ((weekly, "weekly"), (quarterly, "quarterly"), (silent, "none")):
        set_rhythm(coordinator, task, rhythm=rhythm)
    for row in Assignment.objects.all():
        record_progress(officer, row, version=row.version, progress="done", key=f"khoa-{row.pk}")
    today = timezone.localdate()

    def open_ones() -> set[int]:
        return set(Assignment.objects.filter(is_open=True).values_list("task_id", flat=True))

    assert run_until(today) == 0
    assert not period_candidates_exist(today)
    assert run_until(today + dt.timedelta(days=7 - today.weekday())) >= 1
    assert weekly.pk in open_ones()
    month_after = (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    run_until(month_after)
    assert {weekly.pk, monthly.pk} <= open_ones()
    run_until(dt.date(today.year + 1, 7, 1))
    assert open_ones() == {monthly.pk, weekly.pk, quarterly.pk, silent.pk}, "what depends is as it was left"
    row = Assignment.objects.get(task=monthly)
    assert (row.progress, row.word_due > today) == ("in_progress", True)


def test_what_is_due_in_years_is_followed_now(province, office):
    plan = make_plan(province)
    make_task(plan, lead=[office], due=dt.date(2030, 12, 31))
    settle_plan(SYSTEM, plan, TODAY)
    row = Assignment.objects.get()
    assert (row.year, row.due, row.word_due) == (2026, dt.date(2030, 12, 31), dt.date(2026, 12, 31))
    run_until(dt.date(2027, 1, 1))
    row.refresh_from_db()
    assert row.year == 2027
    told(row, at(dt.date(2027, 3, 1), 9))
    assert run_until(dt.date(2028, 1, 1)) == 0, "done is done, in the year in which it was"


def test_a_plan_that_makes_the_yearly_monthly_begins_at_once(province, office):
    plan = make_plan(province)
    task = make_task(plan, lead=[office], time_kind="yearly", month_day="11-30")
    settle_plan(SYSTEM, plan, TODAY)
    Task.objects.filter(pk=task.pk).update(time_kind="monthly", month_day="", day=25)
    settle_plan(SYSTEM, plan, TODAY)
    row = Assignment.objects.get()
    assert (row.period, row.due) == ("2026-11", dt.date(2026, 11, 25))
    assert settle_plan(SYSTEM, plan, TODAY) == (0, 0)
    assert run_until(dt.date(2026, 12, 1)) == 1


def test_who_comes_back_into_a_group_goes_on_or_begins_anew(province, office):
    plan = make_plan(province)
    make_task(plan, lead=[make_agency_group(province)], time_kind="yearly", month_day="11-30")
    settle_plan(SYSTEM, plan, TODAY)
    row, coordinator = Assignment.objects.get(), make_actor(province, "coordinator")
    later = dt.date(2026, 12, 20)
    Assignment.objects.filter(pk=row.pk).update(due=later)
    told(row, at(TODAY, 9), "done")

    def leave_and_come_back(day: dt.date) -> Assignment:
        for kind in ("service", "department"):
            office.kind = kind
            office.save()
            settle_plan(SYSTEM, plan, day)
        return Assignment.objects.get()

    row = leave_and_come_back(TODAY)
    assert (row.period, row.progress, row.due, row.is_open) == ("2026", "done", later, False)
    row = leave_and_come_back(dt.date(2027, 2, 1))
    assert (row.period, row.progress, row.due, row.is_open) == ("2027", "not_started", dt.date(2027, 11, 30), True)
    assert ClosedPeriod.objects.values_list("period", "progress").get() == ("2026", "done")
    assert coordinator


def test_what_stood_in_the_way_of_work_that_is_over_waits_for_nobody(province, office):
    other = make_organisation("Sở B", parent=province)
    plan = make_plan(province)
    task = make_task(plan, lead=[make_agency_group(province)])
    settle_plan(SYSTEM, plan, TODAY)
    asked, officer = make_actor(province, "head"), make_actor(office)
    row = Assignment.objects.get(organisation=office)
    raise_obstacle(officer, row, text="Chưa có kinh phí", asked=province)
    Task.objects.filter(pk=task.pk).update(state=Task.State.WITHDRAWN)
    settle_plan(SYSTEM, plan, TODAY)
    obstacle = Obstacle.objects.get()
    row.refresh_from_db()
    assert (obstacle.state, row.open_obstacles, obstacle.steps.get().kind) == ("withdrawn", 0, "withdrawn")
    assert not Clock.objects.filter(closed_at=None).exists()
    assert not Notice.objects.filter(person=asked.person_id, settled_at=None).exists()
    assert other


def test_agencies_are_told_what_they_get_and_lose_with_the_directory(province, office):
    """What a new plan gives is said when it is confirmed; here nothing was."""
    group = make_agency_group(province, "Các cơ quan liên quan", is_open=True, kinds=[])
    plan = make_plan(province)
    for _n in range(2):
        make_task(plan, lead=[group])
    settle_plan(SYSTEM, plan, timezone.localdate())
    officer, coordinator = make_actor(office), make_actor(province, "coordinator")

    def said() -> list[str]:
        rows = Notice.objects.filter(person=officer.person_id, kind__startswith="followup.").order_by("pk")
        return [notice.text for notice in rows]

    for members in ([office], []):
        directory.name_members(coordinator, group, members)
        run_due_jobs()
    assert said() == [
        f"Cơ quan bạn được giao 2 việc của kế hoạch {plan.label}.",
        f"Cơ quan bạn không còn 2 việc của kế hoạch {plan.label}. Những gì đã ghi vẫn được giữ.",
    ]
    run_due_jobs()
    assert len(said()) == 2


def test_extended_work_stays_extended_when_its_plan_is_settled_again(province, office):
    row = make_assignment(office, make_task(make_plan(province), lead=[office], due=timezone.localdate()))
    later = timezone.localdate() + dt.timedelta(days=10)
    extend_assignment(make_actor(province, "head"), row, new_due=later, reason="Chờ kinh phí")
    settle_plan(SYSTEM, row.plan, timezone.localdate())
    row.refresh_from_db()
    assert (row.due, row.stated_due == NO_DATE) == (later, False)
