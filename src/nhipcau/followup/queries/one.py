"""One assignment with all that hangs on it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from django.db.models import Prefetch, QuerySet

from nhipcau.core import clocks
from nhipcau.core.actors import Actor
from nhipcau.core.models import User
from nhipcau.plans.models import NO_DATE

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
from .seen import visible_assignments

NOTES = 60  # of the history, the newest; the rest behind a door
OTHERS = 60
BELOW = 40


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
    """Another agency with the same task: its state only where the reader may see it."""

    row: Assignment
    sign: str = ""
    state: str = ""
    is_seen: bool = False


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
    rows = Assignment.objects.filter(task=row.task_id, ended="").exclude(pk=row.pk).select_related("organisation")
    found = list(rows.order_by("-role", "organisation__sort_key")[:OTHERS])
    seen = set(visible_assignments(actor).filter(pk__in=[other.pk for other in found]).values_list("pk", flat=True))
    return [
        Other(other, *words.standing(other, today), is_seen=True) if other.pk in seen else Other(other)
        for other in found
    ]


def due_of(row: Assignment, today: dt.date) -> Due:
    """The day by which it is to be done, each step of its computation, and when the next word is expected."""
    rhythm = TaskRhythm.objects.filter(task=row.task_id).first()
    extensions = list(row.extensions.filter(period=row.period))
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


def history(row: Assignment, limit: int = NOTES) -> tuple[list[Entry], bool]:
    """What happened with the assignment, the newest first, and whether there is more. Words of its predecessors belong to
    it. Nine queries, however long it is."""
    keys = [row.pk, *_predecessors(row)]
    entries = [
        *_notes(keys, limit),
        *(Entry(c.closed_at, "closed", c) for c in ClosedPeriod.objects.filter(assignment__in=keys)),
        *(Entry(e.at, "extension", e) for e in Extension.objects.filter(assignment__in=keys)),
        *_chases(keys),
        *_obstacles(keys),
    ]
    former = row.taken_over_from
    if former is not None:
        entries.append(Entry(row.created_at, "taken_over", former))
    entries += [
        Entry(row.ended_at or later.created_at, "handed_over", later)
        for later in row.taken_over_by.prefetch_related("organisation")  # joined, SQLite reads the whole table
    ]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    _name_people(entries)
    return entries[:limit], len(entries) > limit


def _predecessors(row: Assignment) -> list[int]:
    keys: list[int] = []
    former = row.taken_over_from
    while former is not None and former.pk not in keys and len(keys) < 5:
        keys.append(former.pk)
        former = former.taken_over_from
    return keys


def _notes(keys: list[int], limit: int) -> list[Entry]:
    evidence = Prefetch("evidence", Evidence.objects.select_related("file").order_by("pk"))
    notes = Note.objects.filter(assignment__in=keys).select_related("corrects").prefetch_related(evidence)
    return [Entry(note.at, "note", note) for note in notes.order_by("-pk")[: limit + 1]]


def _chases(keys: list[int]) -> list[Entry]:
    lines = ChaseLine.objects.filter(assignment__in=keys).select_related("chase__organisation")
    return [Entry(line.chase.at, "chase", line) for line in lines]


def _obstacles(keys: list[int]) -> list[Entry]:
    steps = Prefetch("steps", ObstacleStep.objects.select_related("to", "organisation"))
    rows = Obstacle.objects.filter(assignment__in=keys).select_related("asked").prefetch_related(steps)
    return [Entry(obstacle.raised_at, "obstacle", obstacle) for obstacle in rows]


_WRITERS = {"note": "person_id", "extension": "person_id", "obstacle": "raised_by"}


def _name_people(entries: list[Entry]) -> None:
    ids = {person for entry in entries if (person := _writer(entry))}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
    for entry in entries:
        entry.who = names.get(_writer(entry) or 0, "")


def _writer(entry: Entry) -> int | None:
    if entry.kind == "chase":
        return entry.thing.chase.person_id  # type: ignore[no-any-return]
    return getattr(entry.thing, _WRITERS.get(entry.kind, ""), None) if entry.kind in _WRITERS else None


def steps(row: Assignment) -> QuerySet[Step]:
    """The unit's own plan, in order."""
    return row.steps.select_related("person").order_by("position", "pk")


def below(row: Assignment, actor: Actor, today: dt.date) -> list[Other]:
    """The rows behind "3/9 việc xong": what the organisation's own plans make of the task, as far as the actor sees it."""
    if not row.below:
        return []
    lower = Taken.objects.filter(higher=row.task_id, lower__plan__organisation=row.organisation_id).values("lower_id")
    rows = visible_assignments(actor).filter(task__in=lower, ended="").select_related("task", "organisation", "plan")
    shown = rows.order_by("-is_open", "due", "pk").defer("plan__outline", "plan__recipients", "plan__signature")[:BELOW]
    return [Other(one, *words.standing(one, today), is_seen=True) for one in shown]


def evidence_of(actor: Actor, public_id: str) -> Evidence | None:
    """One piece of evidence with its file, or None where the actor may not see its assignment."""
    seen = visible_assignments(actor).values("pk")
    return Evidence.objects.filter(public_id=public_id, note__assignment__in=seen).select_related("file").first()
