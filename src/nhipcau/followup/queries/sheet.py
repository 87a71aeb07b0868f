"""What one sheet of paper says to a head: who is late or silent, and with what."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from nhipcau.core.actors import Actor
from nhipcau.core.keys import written_out
from nhipcau.core.recall import recalled
from nhipcau.plans.models import NO_DATE

from .board import AgencyFigures, BoardFilter, board_rows, conditions

LINES = 42  # of agencies and their tasks that stand on one page beside everything else
TASKS = 3  # of each agency, fewer where that leaves room for more agencies; the rest is counted
_CHARS = 88


@dataclasses.dataclass(frozen=True, slots=True)
class SheetTask:
    """One late or silent task of an agency."""

    assignment: str  # its public id
    code: str
    text: str
    due: dt.date | None  # None: not late, but silent
    silent_since: dt.date | None
    last_word: dt.datetime | None


@dataclasses.dataclass(frozen=True, slots=True)
class SheetAgency:
    """One agency on the sheet: its figures, its gravest tasks, and how many more there are."""

    figures: AgencyFigures
    tasks: tuple[SheetTask, ...]
    more: int


@dataclasses.dataclass(frozen=True, slots=True)
class Sheet:
    """The agencies that fit, and what is left out: how many agencies, with how many late and silent assignments."""

    agencies: tuple[SheetAgency, ...]
    left_agencies: int
    left_late: int
    left_silent: int


def sheet_of(actor: Actor, wanted: BoardFilter, figures: Sequence[AgencyFigures], today: dt.date) -> Sheet:
    """The sheet of these figures (the worst first), cut to what one page holds. One query."""
    troubled = [row for row in figures if row.counts["trouble"]]
    most = next((most for most in range(TASKS, 1, -1) if sum(_lines(row, most) for row in troubled) <= LINES), 1)
    shown, lines = [], 0
    for row in troubled:
        if (lines := lines + _lines(row, most)) > LINES:
            break
        shown.append(row)
    tasks = _tasks(actor, wanted, [row.pk for row in shown], today)
    left = troubled[len(shown) :]
    agencies = tuple(
        SheetAgency(row, tuple(tasks.get(row.pk, ())[:most]), max(0, row.counts["trouble"] - most)) for row in shown
    )
    return Sheet(agencies, len(left), sum(r.counts["late"] for r in left), sum(r.counts["silent"] for r in left))


def _lines(row: AgencyFigures, most: int) -> int:
    """How many lines an agency takes with so many of its tasks."""
    return 1 + min(row.counts["trouble"], most)


def _tasks(actor: Actor, wanted: BoardFilter, agencies: list[int], today: dt.date) -> dict[int, list[SheetTask]]:
    wanted = dataclasses.replace(wanted, state="", sort="")

    def made() -> dict[int, list[SheetTask]]:
        rows = board_rows(actor, wanted, today).filter(
            conditions(today)["trouble"], organisation__in=written_out(agencies)
        )
        found: dict[int, list[SheetTask]] = {}
        fields = ("organisation_id", "public_id", "task__code", "task__text", "due", "word_due", "last_word_at")
        for pk, key, code, text, due, word_due, last in rows.order_by("due", "word_due", "pk").values_list(*fields):
            if len(mine := found.setdefault(pk, [])) < TASKS:
                is_late = due != NO_DATE and due < today
                silent_since = word_due if word_due < today else None
                mine.append(SheetTask(key, code, _cut(text), due if is_late else None, silent_since, last))
        return found

    key = ("board sheet", actor.organisation_id, actor.is_system, wanted, today, tuple(agencies))
    return recalled(key, made) if agencies else {}


def _cut(text: str) -> str:
    return text if len(text) <= _CHARS else f"{text[:_CHARS].rsplit(' ', 1)[0]}…"
