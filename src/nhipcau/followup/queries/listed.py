"""Assignments as the coordinator's lists and files show them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst

from nhipcau.core.clocks import said, spoken
from nhipcau.plans.models import NO_DATE

from ..models import Assignment
from ..words import standing

_CHUNK = 2000
_NEEDED = (
    "public_id", "role", "ended", "progress", "percent", "is_open", "due", "word_due", "last_word", "last_word_at",
    "last_asked_at", "open_obstacles", "task_id", "task__public_id", "task__code", "task__text", "plan_id", "plan__slug",
    "plan__symbol", "plan__title", "organisation_id", "organisation__public_id", "organisation__name",
    "organisation__short_name",
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class BoardRow:
    """One assignment in a list."""

    pk: int
    public_id: str
    url: str
    agency: str
    agency_id: str
    role: str
    plan: str
    plan_slug: str
    code: str
    text: str
    state: str
    state_words: str
    progress: str
    percent: int | None
    due_day: dt.date | None
    distance: str
    word_day: dt.date | None
    last_word: str
    last_word_day: dt.date | None
    asked_day: dt.date | None
    obstacles: int

    @property
    def address(self) -> str:
        """Where its page stands, for readers elsewhere."""
        return f"{settings.SITE_URL}{self.url}"

    @property
    def due_words(self) -> str:
        """Its last day as it is written."""
        return spoken(self.due_day) if self.due_day else ""


def board_row_list(keys: Iterable[int], today: dt.date) -> list[BoardRow]:
    """The assignments of these primary keys as rows, in that order: sorting keys alone and fetching the rows of one page
    after takes a third of the time."""
    wanted = list(keys)
    found = {row.pk: row for row in with_needed(Assignment.objects.filter(pk__in=wanted))}
    return [_row(found[pk], today) for pk in wanted if pk in found]


def with_needed(found: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """The assignments with all that a row says of them."""
    return found.select_related("task", "plan", "organisation").only(*_NEEDED)


def entries(found: QuerySet[Assignment], today: dt.date) -> Iterator[BoardRow]:
    """All of them, one after the other, for a file."""
    for row in with_needed(found).iterator(chunk_size=_CHUNK):
        yield _row(row, today)


def _row(row: Assignment, today: dt.date) -> BoardRow:
    kind, words = standing(row, today)
    return BoardRow(
        pk=row.pk,
        public_id=row.public_id,
        url=f"/viec/{row.public_id}/",
        agency=row.organisation.label,
        agency_id=row.organisation.public_id,
        role=str(row.get_role_display()),
        plan=row.plan.label,
        plan_slug=row.plan.slug,
        code=row.task.code,
        text=row.task.text,
        state=kind,
        state_words=words,
        progress=capfirst(str(row.get_progress_display())),
        percent=row.percent,
        due_day=None if row.due == NO_DATE else row.due,
        distance="" if row.due == NO_DATE else said(row.due, today),
        word_day=None if row.word_due == NO_DATE else row.word_due,
        last_word=row.last_word,
        last_word_day=_day(row.last_word_at),
        asked_day=_day(row.last_asked_at),
        obstacles=row.open_obstacles,
    )


def _day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localtime(moment).date() if moment else None
