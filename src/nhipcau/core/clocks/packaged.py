"""What ships with the software: the calendar and the limits of law, each row with its source."""

from __future__ import annotations

import csv
import datetime as dt
import functools
from pathlib import Path
from typing import Any

from vanban.text import search_text

from .workdays import Entry, WorkCalendar

DATA = Path(__file__).resolve().parents[1] / "data"


def packaged_rows(name: str) -> list[dict[str, str]]:
    """The rows of a shipped table, as they are written."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def packaged_days() -> list[tuple[Entry, bool]]:
    """Every shipped row of the calendar, and whether it applies: what was only proposed does not."""
    return [
        (
            Entry(
                day=dt.date.fromisoformat(row["date"]),
                kind=row["kind"],
                name=row["name"],
                basis=row["basis"],
                confirmed=row["confirmed"] == "yes",
            ),
            row["applies"] == "yes",
        )
        for row in packaged_rows("calendar.csv")
    ]


@functools.cache
def packaged_calendar() -> WorkCalendar:
    """The calendar as it ships."""
    return WorkCalendar(entry for entry, applies in packaged_days() if applies)


def day_values() -> list[dict[str, Any]]:
    """The shipped calendar as fields of ``CalendarDay``."""
    return [
        {
            "date": entry.day,
            "kind": entry.kind,
            "name": entry.name,
            "basis": entry.basis,
            "confirmed": entry.confirmed,
            "applies": applies,
        }
        for entry, applies in packaged_days()
    ]


def rule_values() -> list[dict[str, Any]]:
    """The shipped limits of law as fields of ``LegalRule``."""
    return [
        row
        | {
            "valid_from": dt.date.fromisoformat(row["valid_from"]),
            "valid_to": dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            "folded": search_text(row["code"], row["name"], row["basis"], row["note"]),
        }
        for row in packaged_rows("legal_rules.csv")
    ]
