"""Whom a plan names for which task today, and what is already assigned."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from nhipcau.core.written import Written
from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Group
from nhipcau.plans.models import Plan, Task, TaskAgency, TimeKind
from nhipcau.plans.queries.tasks import day_of

from ..models import Assignment, Progress, Rhythm, Taken, TaskRhythm
from ..periods import ENDLESS, turn_end, usual_rhythm

Key = tuple[int, int]  # primary keys of task and organisation


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """One agency that a task names, by itself or through a group."""

    task: Task
    organisation_id: int
    role: str
    group_id: int | None
    rhythm: str


def wanted(plan: Plan, today: dt.date) -> dict[Key, Wanted]:
    """Who has to do what by the live tasks of the plan. A group stands for its members of today and for those of the
    plan's day that have ended since: their work waits for a successor. An agency named twice leads; what is named by
    itself goes before a group."""
    rows = TaskAgency.objects.filter(task__plan=plan, task__state=Task.State.LIVE).select_related("task", "group")
    named = sorted(rows.order_by("pk"), key=lambda row: (row.role != TaskAgency.Role.LEAD, row.group_id is not None))
    members: dict[int, set[int]] = {}
    days = {today, day_of(plan)}
    for row in named:
        if row.group is not None and row.group.pk not in members:
            members[row.group.pk] = _members(row.group, days, today)
    rhythms = rhythms_of({row.task_id for row in named})
    found: dict[Key, Wanted] = {}
    for row in named:
        ids = members[row.group_id] if row.group_id else {row.organisation_id} if row.organisation_id else set()
        rhythm = rhythms.get(row.task_id) or usual_rhythm(row.task.time_kind)
        for organisation_id in sorted(ids):
            found.setdefault(
                (row.task_id, organisation_id), Wanted(row.task, organisation_id, row.role, row.group_id, rhythm)
            )
    return found


def _members(group: Group, days: set[dt.date], today: dt.date) -> set[int]:
    ids: set[int] = set()
    for day in days:
        members = organisations.members(group, on=day)
        ended = Q(valid_to__lt=today)
        ids |= set((members if day == today else members.filter(ended)).values_list("pk", flat=True))
    return ids


def rhythms_of(task_ids: Collection[int]) -> dict[int, str]:
    """The rhythms that were set for these tasks."""
    return dict(TaskRhythm.objects.filter(task__in=task_ids).values_list("task_id", "rhythm"))


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """What recording progress needs to know of a task: how often a word is expected, and whether the task was taken from
    a plan above, where it then shows."""

    rhythm: str
    is_taken: bool


def asked_of(task_id: int) -> Asked:
    """As above. One query."""
    time_kind, rhythm, is_taken = _ASKED(task_id)[0]
    return Asked(rhythm or usual_rhythm(time_kind), is_taken)


_ASKED = Written(
    lambda task: (
        Task.objects.filter(pk=task)
        .annotate(above=Exists(Taken.objects.filter(lower=OuterRef("pk"))))
        .order_by()
        .values_list("time_kind", "rhythm__rhythm", "above")
    )
)


def running(plan: Plan) -> dict[Key, Assignment]:
    """The assignments of the plan that are followed today, locked."""
    rows = Assignment.objects.select_for_update(of=("self",)).filter(plan=plan, ended=Assignment.Ended.RUNNING)
    return {(row.task_id, row.organisation_id): row for row in rows.order_by("pk")}


def heirs_of_named(plan: Plan, named: Collection[Key]) -> set[int]:
    """The assignments (primary keys) that go on with the work of an agency which the plan still names, be it through
    others that ended since. One query."""
    rows = Assignment.objects.filter(plan=plan).exclude(passed_to=None)
    passed = {row[0]: row for row in rows.values_list("pk", "passed_to_id", "task_id", "organisation_id")}
    found: set[int] = set()
    for _pk, heir, task_id, organisation_id in passed.values():
        while (task_id, organisation_id) in named and heir not in found:
            found.add(heir)
            heir = passed[heir][1] if heir in passed else heir
    return found


def latest_ended(plan: Plan, keys: Collection[Key]) -> dict[Key, Assignment]:
    """Of those keys, the assignment that ended last."""
    if not keys:
        return {}
    rows = Assignment.objects.filter(plan=plan).exclude(ended=Assignment.Ended.RUNNING).order_by("ended_at", "pk")
    return {key: row for row in rows if (key := (row.task_id, row.organisation_id)) in set(keys)}


def period_candidates(today: dt.date, limit: int) -> list[Assignment]:
    """Running assignments whose period or year is over; locked, the oldest first."""
    rows = _over(today).select_for_update(of=("self",)).select_related("task")
    return list(rows.order_by("pk")[:limit])


def period_candidates_exist(today: dt.date) -> bool:
    """Whether any period is over."""
    return _over(today).exists()


def _over(today: dt.date) -> QuerySet[Assignment]:
    half, quarter = (today.month + 5) // 6, (today.month + 2) // 3
    of_today = (str(today.year), f"{today.year}-H{half}", f"{today.year}-Q{quarter}", f"{today:%Y-%m}")
    begun = Q(task__start=None) | Q(task__start__lte=today)
    going = Q(task__due=None) | Q(task__due__gte=today)
    over = ~Q(period="") & begun & going & ~Q(period__in=of_today)
    goes_on = Q(is_open=True) | ~Q(task__time_kind=TimeKind.ONCE)
    moves = over | Q(year__lt=today.year) & goes_on | _comes_round(today)
    return Assignment.objects.filter(moves, ended=Assignment.Ended.RUNNING)


def _comes_round(today: dt.date) -> Q:
    """What goes on without end, was said to be done, and is in a later turn of its rhythm: its next word is for this
    one, or an earlier."""
    monthly = Q(task__rhythm=None) | Q(task__rhythm__rhythm=Rhythm.MONTHLY)
    this_turn = Q(word_due__lte=turn_end(Rhythm.MONTHLY, today)) & monthly
    for rhythm in (Rhythm.WEEKLY, Rhythm.QUARTERLY):
        this_turn |= Q(word_due__lte=turn_end(rhythm, today), task__rhythm__rhythm=rhythm)
    return Q(is_open=False, progress=Progress.DONE, task__time_kind__in=ENDLESS) & this_turn
