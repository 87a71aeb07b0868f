"""Assignments as their organisation's people see them in their list, with what can be done there."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import secrets
from collections.abc import Iterable, Mapping
from typing import cast

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor
from nhipcau.core.clocks import WorkCalendar
from nhipcau.core.recall import NOBODY, recalled
from nhipcau.core.timekeeping import work_calendar
from nhipcau.core.written import Written
from nhipcau.plans.models import TaskAgency
from nhipcau.plans.queries.rows import agencies_of

from .. import rules, words
from ..models import Assignment, Note, Progress

_ANY = "XXXXXXXXXX"
Leads = dict[int, tuple[list[str], int]]  # by task
_COLUMNS = (
    "public_id", "task_id", "plan_id", "owner_id", "organisation_id", "role", "ended", "period", "progress", "percent",
    "is_open", "due", "word_due", "next_day", "last_word", "last_word_at", "last_asked_at", "open_obstacles", "below",
    "below_done", "from_below", "version",
    "task__public_id", "task__code", "task__text", "task__kind", "task__time_kind",
    "plan__slug", "plan__symbol", "plan__title",
)  # fmt: skip


@dataclasses.dataclass(slots=True)
class Job:
    """One assignment as its organisation's people see it in their list."""

    row: Assignment
    url: str
    sign: str
    state: str
    due: str
    who: str
    takes_percent: bool
    may_record: bool
    key: str
    progresses: tuple[tuple[str, str, bool], ...]
    undo: str = ""  # public id of the note that can be taken back
    asked_by: str = ""

    @property
    def told(self) -> str:
        """What stands there as the last word."""
        return str(self.row.get_progress_display())


def near_of(actor: Actor) -> int:
    """Whose acts change what the organisation has to do: its own, besides those that reach far."""
    return actor.organisation_id or NOBODY


def jobs_of(keys: Iterable[int], actor: Actor, today: dt.date) -> dict[int, Job]:
    """These assignments as a list shows them, by primary key. At most four queries, however many."""
    wanted = tuple(keys)
    if not wanted:
        return {}

    def made() -> tuple[list[Assignment], Leads]:
        rows = _JOBS(wanted)
        return rows, _leads(rows)

    rows, leads = recalled(("jobs", wanted), made, near=near_of(actor))
    return shown_jobs(rows, actor, today, leads)


_JOBS = Written(lambda keys: Assignment.objects.filter(pk__in=keys).select_related("task", "plan").only(*_COLUMNS))


def shown_jobs(rows: Iterable[Assignment], actor: Actor, today: dt.date, leads: Leads | None = None) -> dict[int, Job]:
    """As ``jobs_of``, of rows that were read already, with their tasks and plans."""
    found = {row.pk: row for row in rows}
    leads = _leads(found.values()) if leads is None else leads
    undone = notes_to_undo(actor, found)
    calendar, address = _calendar(), reverse("assignment", args=[_ANY])
    return {key: _job(row, actor, today, calendar, leads, undone, address) for key, row in found.items()}


def _leads(rows: Iterable[Assignment]) -> Leads:
    """Who leads the tasks at which the organisation helps."""
    helped = [row.task_id for row in rows if row.role == TaskAgency.Role.COORDINATING]
    return agencies_of(helped) if helped else {}


def own_job(row: Assignment, actor: Actor, today: dt.date) -> Job:
    """One row that was read already, as its own page shows it: who leads stands elsewhere there."""
    undone = notes_to_undo(actor, {row.pk: row})
    return _job(row, actor, today, _calendar(), {}, undone, reverse("assignment", args=[_ANY]))


def _calendar() -> WorkCalendar:
    """Read only where a day is near: after each act it is read anew."""
    return cast(WorkCalendar, SimpleLazyObject(work_calendar))


def notes_to_undo(actor: Actor, rows: Mapping[int, Assignment]) -> dict[int, str]:
    """Of these assignments (by key), the notes that the actor wrote last and may still take back."""
    since = timezone.now() - rules.TAKING_BACK
    lately = [key for key, row in rows.items() if row.last_word_at is not None and row.last_word_at >= since]
    if not lately or actor.person_id is None:
        return {}
    notes = _LAST_WORDS(tuple(lately), day=since.replace(hour=0, minute=0, second=0, microsecond=0))
    last = {note[0]: note for note in notes if note[-1] >= since}
    return {key: note for key, person_id, note, _at in last.values() if person_id == actor.person_id}


_LAST_WORDS = Written(
    lambda keys, day: (
        Note.objects.filter(assignment__in=keys, at__gte=day, taken_back_at=None)
        .order_by("pk")
        .values_list("assignment_id", "person_id", "public_id", "at")
    )
)


def _job(
    row: Assignment,
    actor: Actor,
    today: dt.date,
    calendar: WorkCalendar,
    leads: Leads,
    undone: dict[int, str],
    address: str,
) -> Job:
    sign, state = words.standing(row, today, calendar)
    return Job(
        row=row,
        url=address.replace(_ANY, row.public_id),
        sign=sign,
        state=state,
        due=words.due_words(row, today),
        who=_who(row, leads),
        takes_percent=words.takes_percent(row.task.time_kind),
        may_record=not row.ended and rules.does(actor, row),
        key=secrets.token_hex(10),
        progresses=_taps(get_language(), row.progress if row.last_word_at is not None else ""),
        undo=undone.get(row.pk, ""),
    )  # fmt: skip


@functools.lru_cache(maxsize=20)
def _taps(_language: str | None, told: str) -> tuple[tuple[str, str, bool], ...]:
    """What a tap can say: value, words in this language, whether it was said last."""
    return tuple((value, str(label), value == told) for value, label in Progress.choices)


def _who(row: Assignment, leads: Leads) -> str:
    if row.role == TaskAgency.Role.LEAD:
        return _("Cơ quan bạn chủ trì")
    names = leads.get(row.task_id, ([], 0))[0]
    if not names:
        return _("Cơ quan bạn phối hợp")
    return _("Cơ quan bạn phối hợp, %(who)s chủ trì") % {"who": "; ".join(names)}
