"""From the contract's ``plan/1`` object back to the values of ``vanban.model``: for programs that keep plans as JSON."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from vanban.model import (
    Citation,
    Doubt,
    Duty,
    Header,
    Lines,
    Obligation,
    Plan,
    Reporting,
    Section,
    Signature,
    Source,
    Task,
    When,
)

_Row = Mapping[str, Any]


def plan_from(value: _Row, source: Source, outline: Sequence[Section] = ()) -> Plan:
    """The plan that ``value`` (what ``Plan.to_dict`` gives) describes, read from ``source``. The values are taken as they
    stand; what is missing is empty. Raises ``KeyError``, ``TypeError`` or ``ValueError`` when it is not such an object."""
    header = value["header"]
    return Plan(
        source=source,
        header=Header(**{**header, "date": _day(header.get("date"))}),
        citations=tuple(
            Citation(
                row["doc_type"],
                row["symbol"],
                _day(row["date"]),
                row["issuer"],
                row["title"],
                row["is_basis"],
                tuple(_lines(span) for span in row["mentions"]),
            )
            for row in value["citations"]
        ),
        tasks=tuple(Task(**_entry(row, "lead", "coordinating")) for row in value["tasks"]),
        duties=tuple(Duty(**_entry(row, "agencies")) for row in value["duties"]),
        reporting=tuple(Reporting(**_entry(row, "who")) for row in value["reporting"]),
        obligations=tuple(Obligation(**_entry(row, "who")) for row in value["obligations"]),
        recipients=tuple(value["recipients"]),
        signature=Signature(**value["signature"]),
        doubts=tuple(Doubt(**{**row, "lines": row["lines"] and _lines(row["lines"])}) for row in value["doubts"]),
        outline=tuple(outline),
    )


def _entry(row: _Row, *names: str) -> dict[str, Any]:
    """The fields of a task, duty, report or obligation; ``names`` are its lists of agencies."""
    out = {**row, "lines": _lines(row["lines"]), **{name: tuple(row[name]) for name in names}}
    if "time" in row:
        out["time"] = _when(row["time"])
    return out


def _when(row: _Row | None) -> When | None:
    if row is None:
        return None
    known = {field.name for field in dataclasses.fields(When)}
    days = {"start": _day(row.get("start")), "due": _day(row.get("due"))}
    return When(**{**{name: row[name] for name in known & row.keys()}, **days})


def _lines(span: Sequence[int]) -> Lines:
    first, last = span
    return int(first), int(last)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
