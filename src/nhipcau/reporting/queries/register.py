"""What the register says of organisations in the days of a round: one row for each assignment, as facts for a report."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from nhipcau.followup.models import Assignment, ClosedPeriod, Evidence, Extension, Note, Obstacle, Progress
from nhipcau.followup.queries import last_day_of
from nhipcau.plans.models import NO_DATE, Task, TimeKind

from ..models import ReportRow, Round
from .duties import duties_in
from .scope import plans_of

_MOST = 500  # keys in one question to the database


def assignments_of(round_: Round, organisation_ids: Collection[int]) -> QuerySet[Assignment]:
    """The assignments of these organisations that belong into a round: running, of its plans, given by its last day. The duty
    that the round itself answers is none of them: no report says of itself that it is late."""
    answered = [duty.assignment for duty in duties_in(round_, organisation_ids)]
    held = Assignment.objects.filter(ended="", plan__in=plans_of(round_), organisation__in=list(organisation_ids))
    when_asked = Q(task__kind=Task.Kind.REPORTING, task__time_kind=TimeKind.OTHER)
    says_so = when_asked | Q(task__kind=Task.Kind.DUTY, task__text__startswith="Báo cáo ")
    for plan, first, last in {(one.plan_id, one.task.first_line, one.task.last_line) for one in answered}:
        # What was read from the same lines: the same duty once more, as a task, or for when it is asked.
        held = held.exclude(says_so, plan=plan, task__first_line=first, task__last_line=last)
    return (
        held.exclude(pk__in=[one.pk for one in answered])
        .filter(Q(plan__date__isnull=True) | Q(plan__date__lte=round_.last))
        .order_by("plan_id", "task__position", "pk")
    )


def rows_of(round_: Round, organisation_ids: Collection[int]) -> dict[int, list[ReportRow]]:
    """The rows of these organisations (not saved, without a report), in the order of the plans. What was finished before
    the days of the round is left out. Eight queries for 500 assignments and fewer."""
    today = timezone.localdate()
    wanted = list(assignments_of(round_, organisation_ids).select_related("task").defer("task__folded"))
    told = _told(round_, [row.pk for row in wanted])
    found: dict[int, list[ReportRow]] = {pk: [] for pk in organisation_ids}
    for assignment in wanted:
        row = _row(assignment, told.get(assignment.pk) or _Told(), round_, today)
        if row is not None:
            row.position = len(found[assignment.organisation_id]) + 1
            found[assignment.organisation_id].append(row)
    return found


@dataclasses.dataclass(slots=True)
class _Word:
    key: str
    on: dt.date
    progress: str
    percent: int | None
    text: str


@dataclasses.dataclass(slots=True)
class _Told:
    """What was said of one assignment: words in the days of the round, how it stood before the first word after them,
    its periods that ended then, evidence, obstacles, how often its day was moved."""

    words: list[_Word] = dataclasses.field(default_factory=list)
    stood: tuple[str, int | None] | None = None
    periods: list[ClosedPeriod] = dataclasses.field(default_factory=list)
    evidence: list[dict[str, str]] = dataclasses.field(default_factory=list)
    obstacles: list[dict[str, str]] = dataclasses.field(default_factory=list)
    extended: int = 0


def _row(assignment: Assignment, told: _Told, round_: Round, today: dt.date) -> ReportRow | None:
    last_word = told.words[-1] if told.words else None
    progress, percent, due, done_on = _stood(assignment, told, round_)
    finished_before = (
        progress == Progress.DONE
        and not assignment.period
        and last_word is None
        and assignment.last_word_at is not None
        and timezone.localdate(assignment.last_word_at) < round_.first
    )
    if finished_before:
        return None
    is_done = progress == Progress.DONE
    late_by = done_on if is_done else min(today, round_.last)
    return ReportRow(
        assignment=assignment,
        organisation_id=assignment.organisation_id,
        task=assignment.task,
        role=assignment.role,
        progress=progress,
        percent=percent,
        due=due,
        done_on=done_on if is_done else None,
        is_late=late_by is not None and due != NO_DATE and late_by > due,
        is_silent=last_word is None and not is_done and not assignment.from_below,
        periods=len(told.periods),
        periods_done=sum(1 for period in told.periods if period.progress == Progress.DONE),
        extended=told.extended,
        word=next((word.text for word in reversed(told.words) if word.text), ""),
        word_id=last_word.key if last_word else "",
        word_on=last_word.on if last_word else None,
        evidence=told.evidence,
        obstacles=told.obstacles,
    )


def _stood(assignment: Assignment, told: _Told, round_: Round) -> tuple[str, int | None, dt.date, dt.date | None]:
    """Progress, percentage, due day and the day on which it was done, as of the last day of the round."""
    done_on = next((word.on for word in reversed(told.words) if word.progress == Progress.DONE), None)
    if assignment.period_start is not None and assignment.period_start > round_.last and told.periods:
        period = told.periods[-1]  # a new period has begun since
        return period.progress, period.percent, period.due, period.done_on or done_on
    if told.stood is not None and not told.words:
        progress, percent = told.stood
    elif told.stood is not None:
        progress, percent = told.words[-1].progress, told.words[-1].percent
    else:
        progress, percent = assignment.progress, assignment.percent
    if progress == Progress.DONE and done_on is None and assignment.last_word_at is not None:
        done_on = timezone.localdate(assignment.last_word_at)
    return progress, percent, assignment.due, done_on


def _told(round_: Round, keys: list[int]) -> dict[int, _Told]:
    found: dict[int, _Told] = defaultdict(_Told)
    first = timezone.make_aware(dt.datetime.combine(round_.first, dt.time()))
    after = timezone.make_aware(dt.datetime.combine(round_.last + dt.timedelta(days=1), dt.time()))
    for some in _parts(keys):
        _read_words(found, some, first, after)
        _read_periods(found, some, round_)
        _read_evidence(found, some, first, after)
        _read_obstacles(found, some, first, after)
        moved = Extension.objects.filter(assignment__in=some, at__gte=first, at__lt=after)
        for key in moved.values_list("assignment_id", flat=True):
            found[key].extended += 1
    return found


def _read_words(found: dict[int, _Told], keys: list[int], first: dt.datetime, after: dt.datetime) -> None:
    notes = Note.objects.filter(assignment__in=keys, taken_back_at=None, at__gte=first).order_by("at", "pk")
    fields = ("assignment_id", "public_id", "at", "progress", "percent", "text", "before")
    for key, public_id, at, progress, percent, text, before in notes.values_list(*fields).iterator():
        if at < after:
            day = timezone.localdate(at)
            found[key].words.append(_Word(public_id, day, progress, percent, text))
        elif found[key].stood is None:
            found[key].stood = (before.get("progress", progress), before.get("percent"))


def _read_periods(found: dict[int, _Told], keys: list[int], round_: Round) -> None:
    years = range(round_.first.year, round_.last.year + 1)
    for period in ClosedPeriod.objects.filter(assignment__in=keys, year__in=years).order_by("period", "pk"):
        if round_.first <= last_day_of(period.period) <= round_.last:
            found[period.assignment_id].periods.append(period)


def _read_evidence(found: dict[int, _Told], keys: list[int], first: dt.datetime, after: dt.datetime) -> None:
    shown = Evidence.objects.filter(
        note__assignment__in=keys, note__taken_back_at=None, note__at__gte=first, note__at__lt=after
    ).order_by("-note__at", "-pk")
    for key, public_id, name, at in shown.values_list("note__assignment_id", "public_id", "name", "note__at"):
        found[key].evidence.append({"id": public_id, "name": name, "on": timezone.localdate(at).isoformat()})


def _read_obstacles(found: dict[int, _Told], keys: list[int], first: dt.datetime, after: dt.datetime) -> None:
    """Those raised in the days of the round, and older ones that stand open still."""
    raised = Obstacle.objects.filter(
        Q(raised_at__gte=first) | Q(state__in=(Obstacle.State.OPEN, Obstacle.State.ANSWERED)),
        assignment__in=keys,
        raised_at__lt=after,
    ).exclude(state=Obstacle.State.WITHDRAWN)
    for one in raised.order_by("raised_at", "pk"):
        found[one.assignment_id].obstacles.append(
            {"id": one.public_id, "text": one.text, "proposal": one.proposal, "state": one.state}
        )


def _parts(keys: list[int]) -> Iterable[list[int]]:
    return (keys[start : start + _MOST] for start in range(0, len(keys), _MOST))
