"""What stands behind a figure of a report: rows of the register, and of a merged report the reports that it adds up."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from django.utils.module_loading import import_string

from nhipcau.core import rooms
from nhipcau.core.actors import Actor
from nhipcau.core.rooms import FigureRow
from nhipcau.organisations.models import Organisation
from vanban.text import fold

from ..figures import counted
from ..models import Report, ReportFigure, ReportRow
from .reading import merged_into, rows_behind


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
    """``parts``: of a merged report, its own rows first; ``rows``: those that count; ``units``: organisations among the rows;
    ``others``: of a figure that another room counts, what it counts for this organisation in the days of the round,
    ``hidden``: how many of these the reader may not see."""

    figure: ReportFigure
    parts: list[Part]
    rows: list[ReportRow]
    units: list[Organisation]
    is_of_another_room: bool = False
    others: list[FigureRow] = dataclasses.field(default_factory=list)
    hidden: int = 0


def behind(actor: Actor, report: Report, figure: ReportFigure) -> Behind:
    """What stands behind a figure of a report, for its reader. Six queries."""
    own = counted(figure.key)
    rows = [row for row in rows_behind(report) if own.of(row)] if own is not None else []
    received = merged_into(report)
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
    found = Behind(figure, parts, rows, list(units.values()))
    offered = next((one for one in rooms.figures() if one.key == figure.key), None)
    if offered is not None:
        days = report.round.first, report.round.last
        found.is_of_another_room = True
        found.others = import_string(offered.rows)(actor, report.organisation_id, *days)
        counted_now = import_string(offered.count)([report.organisation_id], *days)
        found.hidden = max(0, counted_now.get(report.organisation_id, 0) - len(found.others))
    return found


def picked(rows: Collection[ReportRow], *, q: str = "", unit: str = "") -> list[ReportRow]:
    """The rows of one organisation (public id) whose task has these words."""
    words = fold(q).split()
    return [
        row
        for row in rows
        if (not unit or row.organisation.public_id == unit)
        and all(word in fold(f"{row.task.code} {row.task.text}") for word in words)
    ]
