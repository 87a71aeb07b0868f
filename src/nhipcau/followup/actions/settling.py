"""Assignments follow the plan, its groups and the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from nhipcau.core.acts import Act, act
from nhipcau.plans.models import NO_DATE, Plan, Task, TaskAgency, TimeKind

from .. import rules
from ..models import Assignment, ClosedPeriod, Progress
from ..periods import ENDLESS, Period, length_of, period_on, usual_rhythm, word_due
from ..queries.wanted import (
    Wanted,
    heirs_of_named,
    latest_ended,
    period_candidates,
    rhythms_of,
    running,
    wanted,
)
from ._ending import tell_of, withdraw_obstacles

_BATCH = 500
_PERIOD = ("period", "period_start", "year", "stated_due", "due", "word_due", "next_day")
_STATE = ("progress", "percent", "is_open", "last_asked_at", "from_below", "version")


@act("followup.settle", may=rules.may_settle)
def settle_plan(act: Act, plan: Plan, today: dt.date, *, tells: bool = False) -> tuple[int, int]:
    """Give every agency that the plan names an assignment for each of its tasks, and end those that it no longer names.

    Returns how many began and how many ended; a second call changes nothing. What ended before begins again as the same
    row, with its history; what a successor took over stays with the successor. ``tells``: the people of the agencies are
    told, where nobody else does (of a new plan the act tells them that confirms it).
    """
    named = wanted(plan, today)
    held = running(plan)
    heirs = heirs_of_named(plan, named)
    kept = {key: row for key, row in held.items() if key in named or row.pk in heirs}
    gone = [row for key, row in held.items() if key not in kept]
    former = latest_ended(plan, [key for key in named if key not in held])
    new, back, closed = [], [], []
    for key, want in named.items():
        if key in held:
            continue
        row = former.get(key)
        if row is None:
            new.append(_begin(Assignment(task=want.task, plan=plan, owner_id=plan.organisation_id), want, today))
        elif row.ended != Assignment.Ended.SUCCEEDED:
            closed += _come_back(row, want, today)
            back.append(row)
    _end(gone, named)
    withdraw_obstacles(act, gone)
    changed = [row for key, row in kept.items() if _brought_up(row, named.get(key), today, row.pk in heirs)]
    Assignment.objects.bulk_create(new, batch_size=_BATCH)
    Assignment.objects.bulk_update(
        [*back, *changed], ("role", "group", "ended", "ended_at", *_PERIOD, *_STATE), batch_size=_BATCH
    )
    ClosedPeriod.objects.bulk_create(closed, batch_size=_BATCH, ignore_conflicts=True)
    if tells:
        tell_of(act, plan, began=[*new, *back], ended=gone)
    act.changed(began=len(new) + len(back), ended=len(gone))
    return len(new) + len(back), len(gone)


def _begin(row: Assignment, want: Wanted, today: dt.date) -> Assignment:
    row.organisation_id, row.role, row.group_id = want.organisation_id, want.role, want.group_id
    row.ended, row.ended_at = Assignment.Ended.RUNNING, None
    _open(row, want.task, today, want.rhythm)
    return row


def _come_back(row: Assignment, want: Wanted, today: dt.date) -> list[ClosedPeriod]:
    """Begin again what ended: in the same period as it was left, with its extension; in a later one anew. Returns the
    period that is thereby closed, if any."""
    left = _closed(row) if row.period and row.period != period_on(want.task.stated_time, today).name else None
    extended = row.due if row.due > row.stated_due and left is None else None
    if left is not None:
        _reset(row)
    _begin(row, want, today)
    if extended is not None:
        row.due = max(row.due, extended)
        row.prepare()
    return [left] if left is not None else []


def _year(period: Period, today: dt.date) -> int:
    """The year in whose lists an assignment stands: this one, also for what is due in years, unless it begins later."""
    begins = period.year if period.name else period.start.year if period.start else today.year
    return max(begins, today.year)


def _open(row: Assignment, task: Task, today: dt.date, rhythm: str) -> None:
    """Put the assignment into the period of today."""
    period = period_on(task.stated_time, today)
    row.period, row.period_start, row.year = period.name, period.start, _year(period, today)
    row.stated_due = row.due = period.due
    row.word_due = word_due(rhythm, max(today, task.start) if task.start else today, None)
    row.prepare()


def _end(rows: Iterable[Assignment], named: dict[tuple[int, int], Wanted]) -> None:
    still = {task_id for task_id, _organisation_id in named}
    for row in rows:
        left = row.group_id is not None and row.task_id in still
        row.ended = Assignment.Ended.LEFT if left else Assignment.Ended.WITHDRAWN
        row.ended_at = timezone.now()
        row.prepare()
    Assignment.objects.bulk_update(rows, ("ended", "ended_at", "is_open"), batch_size=_BATCH)


def _brought_up(row: Assignment, want: Wanted | None, today: dt.date, took_over: bool) -> bool:
    """Bring a running assignment to what the plan says now; whether that changed anything. An extension stays where it
    is later than the plan's new day, and the lead that was taken over from a predecessor."""
    if want is None:
        return False
    before = row.role, row.group_id, row.stated_due, row.due, row.period
    if not (took_over and row.role == TaskAgency.Role.LEAD):
        row.role, row.group_id = want.role, want.group_id
    period = period_on(want.task.stated_time, today)
    if length_of(period.name) != length_of(row.period):  # the plan made something monthly of what was yearly, say
        row.period, row.period_start = period.name, period.start
    if period.name == row.period and period.due != row.stated_due:
        was_extended = row.due != row.stated_due
        row.stated_due = period.due
        row.due = max(row.due, period.due) if was_extended and period.due != NO_DATE else period.due
    row.prepare()
    return before != (row.role, row.group_id, row.stated_due, row.due, row.period)


@act("followup.open_periods", may=rules.may_settle)
def open_periods(act: Act, today: dt.date, limit: int = 2000) -> int:
    """Close the periods that are over and open those of today; what goes on without end, or is late from another year,
    moves into the year of today; what goes on without end and was said to be done is open again when the next turn of its
    rhythm begins, or the next year. Returns how many assignments moved, at most about ``limit``: call it until it moves none.
    """
    moved, closed = [], []
    rows = period_candidates(today, limit)
    set_by_hand = rhythms_of({row.task_id for row in rows})
    for row in rows:
        period = period_on(row.task.stated_time, today)
        if period.name != row.period:
            closed.append(_closed(row))
            _reset(row)
            _open(row, row.task, today, set_by_hand.get(row.task_id) or usual_rhythm(row.task.time_kind))
        elif row.progress == Progress.DONE and row.task.time_kind in ENDLESS:
            row.progress, row.percent = Progress.IN_PROGRESS, None
            row.version += 1
            row.prepare()
        row.year = _year(period, today) if _goes_on(row) else row.year
        moved.append(row)
    ClosedPeriod.objects.bulk_create(closed, batch_size=_BATCH, ignore_conflicts=True)
    Assignment.objects.bulk_update(moved, (*_PERIOD, *_STATE), batch_size=_BATCH)
    act.changed(moved=len(moved), today=today)
    return len(moved)


def _goes_on(row: Assignment) -> bool:
    return row.is_open or row.task.time_kind != TimeKind.ONCE


def _closed(row: Assignment) -> ClosedPeriod:
    is_done = row.progress == Progress.DONE and row.last_word_at is not None
    done_on = timezone.localtime(row.last_word_at).date() if is_done else None
    return ClosedPeriod(
        assignment=row,
        period=row.period,
        year=int(row.period[:4]),
        progress=row.progress,
        percent=row.percent,
        due=row.due,
        done_on=done_on,
    )


def _reset(row: Assignment) -> None:
    row.progress, row.percent, row.last_asked_at, row.from_below = Progress.NOT_STARTED, None, None, False
    row.version += 1
