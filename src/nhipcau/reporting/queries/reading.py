"""A report as it is read and printed: its sentences, figures and rows, and those of the reports merged into it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict

from django.db.models import Max, Prefetch, Q
from django.db.models.functions import Coalesce

from nhipcau.core.keys import written_out
from nhipcau.documents.models import Outgoing
from nhipcau.organisations.models import Organisation
from nhipcau.plans.models import Task

from ..models import Report, ReportRow, ReportStep
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


def collects(report: Report) -> bool:
    """Whether others report to this organisation in the round: its report is merged, never drafted by itself alone."""
    return Report.objects.filter(round=report.round_id, receiver=report.organisation_id).exists()


def ids_below(report: Report, *, now: bool = False) -> list[int]:
    """The report and those merged into it, into those, and so on: where the rows behind its figures stand. One query.

    Merged is what had come when the report above was drafted last, in the edition of that moment; what came or was
    corrected since is not. ``now``: what would be merged into ``report`` itself at this moment."""
    sent = (
        Report.objects.filter(round=report.round_id, sent_at__isnull=False)
        .annotate(came=Coalesce(Max("steps__at", filter=Q(steps__kind=ReportStep.Kind.SENT)), "sent_at"))
        .order_by("organisation_id", "edition")
    )
    below: dict[int | None, list[_Came]] = defaultdict(list)
    for fields in sent.values_list("receiver_id", "pk", "organisation_id", "came", "drafted_at"):
        below[fields[0]].append(_Came(*fields[1:]))
    found = [report.pk]
    layer = [(report.organisation_id, None if now else report.drafted_at)]
    while layer:
        organisation_id, until = layer.pop()
        newest = {
            one.organisation_id: one for one in below.pop(organisation_id, []) if until is None or one.came <= until
        }
        found += [one.pk for one in newest.values()]
        layer += [(one.organisation_id, one.drafted_at or one.came) for one in newest.values()]
    return found


@dataclasses.dataclass(frozen=True, slots=True)
class _Came:
    pk: int
    organisation_id: int
    came: dt.datetime
    drafted_at: dt.datetime | None


def merged_into(report: Report) -> list[Report]:
    """The reports that stand in this one since it was drafted last, each in the edition of that moment; by organisation
    name. Two queries."""
    inside = Report.objects.filter(pk__in=written_out(ids_below(report)), receiver=report.organisation_id)
    return list(inside.select_related("organisation").order_by("organisation__sort_key", "pk"))


def come_since(report: Report) -> list[Report]:
    """The reports sent to this one that it has not merged: they came, or were corrected, after it was drafted last."""
    if report.drafted_at is None:
        return []
    merged = set(ids_below(report))
    return [one for one in received_by(report) if one.pk not in merged]


def rows_behind(report: Report) -> list[ReportRow]:
    """The rows of the report and of those merged into it, by organisation, with organisation and task. Three queries."""
    return _rows(ids_below(report))


def rows_received(report: Report) -> list[ReportRow]:
    """The rows of the reports that ``report`` would merge now, and of those merged into them. Three queries."""
    return _rows([pk for pk in ids_below(report, now=True) if pk != report.pk])


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
        Report.objects.select_related("round__plan__organisation", "organisation__parent", "receiver")
        .prefetch_related(
            Prefetch("outgoing", queryset=Outgoing.objects.only("pk", "public_id", "state")),
        )
        .get(pk=report.pk)
    )
    sentences = list(whole.sentences.filter(is_removed=False))
    return Printable(whole, sentences, list(whole.figures.all()), rows_behind(whole))
