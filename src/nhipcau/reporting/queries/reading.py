"""A report as it is read and printed: its sentences, figures and rows, and those of the reports merged into it."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Prefetch

from nhipcau.documents.models import Outgoing

from ..models import Report, ReportRow
from ..printing import Printable

_RECEIVED = (Report.State.SENT, Report.State.ACCEPTED, Report.State.ASKED)


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


def ids_below(report: Report) -> list[int]:
    """The report and all that were sent to it, to those, and so on: where the rows behind its figures stand. One query."""
    sent = Report.objects.filter(round=report.round_id, sent_at__isnull=False, state__in=_RECEIVED)
    below: dict[int | None, list[tuple[int, int]]] = defaultdict(list)
    for pk, organisation_id, receiver_id in sent.order_by("pk").values_list("pk", "organisation_id", "receiver_id"):
        below[receiver_id].append((pk, organisation_id))
    found, layer = [report.pk], [report.organisation_id]
    while layer:
        reached = [one for organisation_id in layer for one in below.pop(organisation_id, [])]
        found += [pk for pk, _organisation_id in reached if pk not in found]
        layer = [organisation_id for _pk, organisation_id in reached]
    return found


def rows_behind(report: Report) -> list[ReportRow]:
    """The rows of the report and of those merged into it, by organisation, with organisation and task. Two queries."""
    rows = ReportRow.objects.filter(report__in=ids_below(report)).select_related("organisation", "task")
    return list(rows.defer("task__folded").order_by("organisation__sort_key", "organisation_id", "position", "pk"))


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
