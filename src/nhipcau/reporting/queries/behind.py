"""What stands behind a figure of a report: rows of the register, and of a merged report the reports that it adds up."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from django.utils.module_loading import import_string

from nhipcau.core import rooms
from nhipcau.organisations.models import Organisation
from vanban.text import fold

from ..figures import counted
from ..models import Report, ReportFigure, ReportRow
from .reading import received_by, rows_behind


@dataclasses.dataclass(slots=True)
class Part:
    """What one organisation adds to a figure. ``report``: its report, None for the organisation's own rows; ``shown``: what
    it states; ``value``: what its register gives."""

    organisation: Organisation
    report: Report | None
    shown: int
    value: int
    reason: str = ""


@dataclasses.dataclass(slots=True)
class Behind:
    """``parts``: of a merged report, its own rows first; ``rows``: those that count; ``url``: where another room shows what it
    counted; ``units``: organisations among the rows."""

    figure: ReportFigure
    parts: list[Part]
    rows: list[ReportRow]
    url: str
    units: list[Organisation]


def behind(report: Report, figure: ReportFigure) -> Behind:
    """What stands behind a figure of a report. Five queries."""
    own = counted(figure.key)
    rows = [row for row in rows_behind(report) if own.of(row)] if own is not None else []
    received = received_by(report)
    stated = {one.report_id: one for one in ReportFigure.objects.filter(report__in=received, key=figure.key)}
    parts: list[Part] = []
    for one in received:
        theirs = stated.get(one.pk)
        if theirs is not None:
            parts.append(Part(one.organisation, one, theirs.shown, theirs.value, theirs.reason))
    if received:
        rest = figure.value - sum(part.shown for part in parts)
        parts.insert(0, Part(report.organisation, None, rest, rest))
    units = {row.organisation_id: row.organisation for row in rows}
    return Behind(figure, parts, rows, _address(report, figure.key), list(units.values()))


def picked(rows: Collection[ReportRow], *, q: str = "", unit: str = "") -> list[ReportRow]:
    """The rows of one organisation (public id) whose task has these words."""
    words = fold(q).split()
    return [
        row
        for row in rows
        if (not unit or row.organisation.public_id == unit)
        and all(word in fold(f"{row.task.code} {row.task.text}") for word in words)
    ]


def _address(report: Report, key: str) -> str:
    for offered in rooms.figures():
        if offered.key == key:
            return str(import_string(offered.rows)(report.organisation_id, report.round.first, report.round.last))
    return ""
