"""One assignment with all that hangs on it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from nhipcau.core import clocks
from nhipcau.core.actors import Actor
from nhipcau.core.once import once
from nhipcau.core.written import Written
from nhipcau.plans.models import NO_DATE, TaskAgency

from .. import words
from ..models import (
    Assignment,
    ChaseLine,
    ClosedPeriod,
    Evidence,
    Extension,
    Note,
    Obstacle,
    ObstacleStep,
    Rhythm,
    Step,
    Taken,
    TaskRhythm,
)
from ..periods import usual_rhythm
from .people import names_of
from .seen import sees, visible_assignments

NOTES = 60  # of the history, the newest; the rest behind a door
OTHERS = 60
BELOW = 40
_ANY = "XXXXXXXXXX"  # stands for a public id in an address that is looked up once


@dataclasses.dataclass(slots=True)
class Entry:
    """One line of the history: what kind of thing happened, when, and the row itself."""

    at: dt.datetime
    kind: str
    thing: Any
    who: str = ""
    may_correct: bool = False
    period: str = ""


@dataclasses.dataclass(slots=True)
class Other:
    """Another agency with the same task: its state and address only where the reader may see them."""

    row: Assignment
    role: str
    sign: str = ""
    state: str = ""
    url: str = ""


@dataclasses.dataclass(slots=True)
class Due:
    """The last day and how it came about."""

    day: dt.date | None
    distance: str
    why: list[str]
    extensions: list[Extension]
    word_due: dt.date | None
    rhythm: str
    period: str


def others_of(row: Assignment, actor: Actor, today: dt.date) -> list[Other]:
    """Who else has the task: all names, and the states that the actor may see, lead first."""
    shown = _OTHERS(row.task_id, row.pk)
    leads = any(
        one.organisation_id == actor.organisation_id and one.role == TaskAgency.Role.LEAD and not one.ended
        for one in (row, *shown)
    )
    for other in shown:
        other.owner = row.owner  # of one task, so of one plan
    return _others(shown, {other.pk for other in shown if sees(actor, other, leads)}, today)


_OTHERS = Written(
    lambda task, own: Assignment.objects.filter(task=task, ended="")
    .exclude(pk=own)
    .select_related("organisation")
    .order_by("-role", "organisation__sort_key")
    .only(
        "public_id", "task_id", "role", "ended", "progress", "due", "word_due", "passed_to", "organisation__name",
        "organisation__path",
    )[:OTHERS]
)  # fmt: skip


def _others(rows: Iterable[Assignment], seen: Collection[int], today: dt.date) -> list[Other]:
    roles = {value: str(label) for value, label in TaskAgency.Role.choices}
    address = reverse("assignment", args=[_ANY])
    return [
        Other(row, roles[row.role], *words.standing(row, today), address.replace(_ANY, row.public_id))
        if row.pk in seen
        else Other(row, roles[row.role])
        for row in rows
    ]


def extensions_of(row: Assignment) -> list[Extension]:
    """All of the assignment and of those that it goes on with, the oldest first."""
    return _EXTENSIONS(_keys(row))


_EXTENSIONS = Written(lambda keys: Extension.objects.filter(assignment__in=keys))
_CLOSED = Written(lambda keys: ClosedPeriod.objects.filter(assignment__in=keys))


def due_of(row: Assignment, today: dt.date, extended: Iterable[Extension]) -> Due:
    """The day by which it is to be done, each step of its computation, and when the next word is expected. ``extended``:
    as ``extensions_of`` gives it."""
    rhythm: TaskRhythm | None = getattr(row.task, "rhythm", None)  # most tasks have none
    extensions = [one for one in extended if one.period == row.period]
    own = [one for one in extensions if one.assignment_id == row.pk]
    if own or row.due == row.stated_due:  # else what a predecessor was given holds for who goes on with it
        extensions = own
    why = clocks.reasons(row.task.stated_time, row.task.time_text, row.stated_due) if row.stated_due != NO_DATE else []
    return Due(
        day=row.due if row.due != NO_DATE else None,
        distance=clocks.said(row.due, today) if row.due != NO_DATE and row.is_open else "",
        why=why,
        extensions=extensions,
        word_due=row.word_due if row.word_due != NO_DATE and row.is_open else None,
        rhythm=str(Rhythm(rhythm.rhythm if rhythm else usual_rhythm(row.task.time_kind)).label),
        period=words.period_words(row.period),
    )


def history(
    row: Assignment, extended: Iterable[Extension], names: Mapping[int, str], limit: int = NOTES
) -> tuple[list[Entry], bool]:
    """What happened with the assignment, the newest first, and whether there is more. Words of its predecessors belong to
    it. Seven queries, however long it is, and one where ``names`` (by id) lacks somebody."""
    keys = _keys(row)
    closed = _CLOSED(keys)
    may_be_chased = row.last_asked_at is not None or closed or len(keys) > 1  # a new period forgets when it was asked
    entries = [
        *_notes(keys, limit),
        *(Entry(period.closed_at, "closed", period) for period in closed),
        *(Entry(e.at, "extension", e) for e in extended),
        *(_chases(keys) if may_be_chased else ()),
        *_obstacles(keys),
    ]
    entries += [
        Entry(former.ended_at or row.created_at, "taken_over", former)
        for former in predecessors(row)
        if former.passed_to_id == row.pk
    ]
    if row.passed_to is not None:
        entries.append(Entry(row.ended_at or row.passed_to.created_at, "handed_over", row.passed_to))
    entries.sort(key=lambda entry: entry.at, reverse=True)
    shown = entries[:limit]
    _name_people(shown, names)
    return shown, len(entries) > limit


def _keys(row: Assignment) -> tuple[int, ...]:
    """The assignment and those that it goes on with."""
    return (row.pk, *(former.pk for former in predecessors(row)))


def predecessors(row: Assignment) -> list[Assignment]:
    """The assignments of abolished agencies with which this one goes on, be it through others that ended since. One query,
    and one for each step further back."""

    def made() -> list[Assignment]:
        found: dict[int, Assignment] = {}
        level: tuple[int, ...] = (row.pk,)
        while level:
            former = _FORMER(row.task_id, level)
            level = tuple(one.pk for one in former if found.setdefault(one.pk, one) is one)
        return list(found.values())

    return once(("predecessors", row.pk), made)


# Of the same task always: without that, SQLite reads the whole table.
_FORMER = Written(
    lambda task, level: (
        Assignment.objects.filter(task=task, passed_to__in=level).select_related("organisation").order_by("pk")
    )
)


def _notes(keys: tuple[int, ...], limit: int) -> list[Entry]:
    return [Entry(note.at, "note", note) for note in _NOTES(keys, limit=limit)]


_NOTES = Written(
    lambda keys, limit: (
        Note.objects.filter(assignment__in=keys)
        .select_related("corrects")
        .prefetch_related(Prefetch("evidence", Evidence.objects.select_related("file").order_by("pk")))
        .order_by("-pk")[: limit + 1]
    )
)


def _chases(keys: tuple[int, ...]) -> list[Entry]:
    return [Entry(line.chase.at, "chase", line) for line in _CHASED(keys)]


_CHASED = Written(lambda keys: ChaseLine.objects.filter(assignment__in=keys).select_related("chase__organisation"))


def _obstacles(keys: tuple[int, ...]) -> list[Entry]:
    return [Entry(obstacle.raised_at, "obstacle", obstacle) for obstacle in _OBSTACLES(keys)]


_OBSTACLES = Written(
    lambda keys: (
        Obstacle.objects.filter(assignment__in=keys)
        .select_related("asked")
        .prefetch_related(Prefetch("steps", ObstacleStep.objects.select_related("to", "organisation")))
    )
)


# Who asked for news is said by the name of the organisation alone.
_WRITERS = {"note": "person_id", "extension": "person_id", "obstacle": "raised_by"}


def _name_people(entries: list[Entry], known: Mapping[int, str]) -> None:
    writers = {person for entry in entries if (person := _writer(entry))}
    names = names_of(writers.difference(known)) | dict(known)
    for entry in entries:
        entry.who = names.get(_writer(entry), "")


def _writer(entry: Entry) -> int:
    return (getattr(entry.thing, _WRITERS[entry.kind]) or 0) if entry.kind in _WRITERS else 0


def steps(row: Assignment) -> list[Step]:
    """The unit's own plan, in order."""
    return _STEPS(row.pk)


_STEPS = Written(
    lambda assignment: Step.objects.filter(assignment=assignment).select_related("person").order_by("position", "pk")
)


def below(row: Assignment, actor: Actor, today: dt.date) -> list[Other]:
    """The rows behind "3/9 việc xong": what the organisation's own plans make of the task, as far as the actor sees it."""
    if not row.below:
        return []
    lower = Taken.objects.filter(higher=row.task_id, lower__plan__organisation=row.organisation_id).values("lower_id")
    rows = visible_assignments(actor).filter(task__in=lower, ended="").select_related("task", "organisation", "plan")
    found = rows.order_by("-is_open", "due", "pk")
    shown = list(found.defer("plan__outline", "plan__recipients", "plan__signature")[:BELOW])
    return _others(shown, {one.pk for one in shown}, today)


def evidence_of(actor: Actor, public_id: str) -> Evidence | None:
    """One piece of evidence with its file, or None where the actor may not see its assignment."""
    related = ("file", "note__assignment__organisation", "note__assignment__owner")
    found = Evidence.objects.filter(public_id=public_id).select_related(*related).first()
    return found if found is not None and sees(actor, found.note.assignment) else None
