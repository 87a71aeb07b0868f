"""A report as it is read and printed: its sentences, figures and rows, and those of the reports merged into it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Prefetch

from nhipcau.core.keys import written_out
from nhipcau.documents.models import Outgoing
from nhipcau.organisations.models import Organisation
from nhipcau.plans.models import Task

from ..models import Report, ReportRow
from ..outlines import SHIPPED, Outline
from ..printing import Printable

_RECEIVED = (Report.State.SENT, Report.State.ACCEPTED, Report.State.ASKED)


def shipped_outline(key: str) -> Outline:
    """An outline that comes with the software ("usual", "short")."""
    return SHIPPED[key]


def received_by(report: Report) -> list[Report]:
    """The reports sent to this report's organisation in the round, the newest edition of each; by organisation name."""
    sent = Report.objects.filter(
        round=report.round_id, receiver=report.organisation_id, sent_at__isnull=False, state__in=_RECEIVED
    )
    return list(sent.select_related("organisation").order_by("organisation__sort_key", "pk"))


def awaited_by(report: Report) -> list[Report]:
    """The reports that this one still waits for; by organisation name."""
    waiting = Report.objects.filter(round=report.round_id, receiver=report.organisation_id, sent_at=None, edition=1)
    return list(waiting.select_related("organisation").order_by("organisation__sort_key", "pk"))


def came_late(report: Report) -> list[Report]:
    """The reports for this one of which the first edition was sent after its day (a correction neither mends nor makes that);
    by organisation name. One query."""
    firsts = Report.objects.filter(round=report.round_id, receiver=report.organisation_id, edition=1)
    late = firsts.filter(sent_at__gt=F("due_at")).select_related("organisation")
    return list(late.order_by("organisation__sort_key", "pk"))


def collects(report: Report) -> bool:
    """Whether others report to this organisation in the round: its report is merged, never drafted by itself alone."""
    return Report.objects.filter(round=report.round_id, receiver=report.organisation_id).exists()


def ids_below(report: Report) -> list[int]:
    """The report and those merged into it, into those, and so on: where the rows behind its figures stand. Of one that was
    never drafted, what it would merge now. A query a level.

    Merged is what stood there when the report above was drafted last, in the edition of that moment; what came or was
    corrected since is not."""
    first = report.merged if report.drafted_at is not None else [one.pk for one in received_by(report)]
    return [report.pk, *down_from(first)]


def down_from(layer: Sequence[int]) -> list[int]:
    """These reports and all that were merged into them, into those, and so on. A query a level."""
    found: dict[int, None] = {}
    while layer:
        found |= dict.fromkeys(layer)
        inside = Report.objects.filter(pk__in=written_out(layer)).order_by("pk").values_list("merged", flat=True)
        layer = [pk for merged in inside for pk in merged if pk not in found]
    return list(found)


def merged_into(report: Report) -> list[Report]:
    """The reports that stand in this one since it was drafted last, each in the edition of that moment; by organisation
    name. One query."""
    inside = Report.objects.filter(pk__in=written_out(report.merged))
    return list(inside.select_related("organisation").order_by("organisation__sort_key", "pk"))


def come_since(report: Report) -> list[Report]:
    """The reports sent to this one that it has not merged: they came, or were corrected, after it was drafted last."""
    if report.drafted_at is None:
        return []
    return [one for one in received_by(report) if one.pk not in report.merged]


def rows_behind(report: Report) -> list[ReportRow]:
    """The rows of the report and of those merged into it, by organisation, with organisation and task. Three queries."""
    return _rows(ids_below(report))


def rows_received(reports: Sequence[Report]) -> list[ReportRow]:
    """The rows of these reports and of those merged into them. Three queries and one a level."""
    return _rows(down_from([one.pk for one in reports]))


def _rows(reports: list[int]) -> list[ReportRow]:
    """Each organisation and each task is read once, however many rows have it."""
    rows = list(
        ReportRow.objects.filter(report__in=reports)
        .order_by("organisation__sort_key", "organisation_id", "position", "pk")
        .iterator(chunk_size=500)  # never all of them twice in memory
    )
    organisations = Organisation.objects.in_bulk({row.organisation_id for row in rows})
    tasks = Task.objects.defer("folded").in_bulk({row.task_id for row in rows})
    for row in rows:
        row.organisation, row.task = organisations[row.organisation_id], tasks[row.task_id]
    return rows


def printable(report: Report) -> Printable:
    """What is printed of a report."""
    whole = (
        Report.objects.select_related(
            "round__plan__organisation", "round__plan__document", "organisation__parent", "receiver"
        )
        .prefetch_related(
            Prefetch("outgoing", queryset=Outgoing.objects.only("pk", "public_id", "state")),
        )
        .get(pk=report.pk)
    )
    sentences = list(whole.sentences.filter(is_removed=False))
    return Printable(whole, sentences, list(whole.figures.all()), rows_behind(whole))
