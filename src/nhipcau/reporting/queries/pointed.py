"""Things of this room at which others point (``core.refs``): reports, sentences and rows, for those who may read the
report; and reports for the audit trail."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import Finding

from ..models import Report, ReportRow, Sentence
from ..writing import status
from .seen import visible_reports


def found_reports(actor: Actor, public_ids: Collection[str]) -> dict[str, Finding]:
    """Reports by their round and organisation."""
    rows = visible_reports(actor).filter(public_id__in=list(public_ids)).select_related("organisation", "round")
    return {row.public_id: _of_report(row) for row in rows}


def found_sentences(actor: Actor, public_ids: Collection[str]) -> dict[str, Finding]:
    """Sentences by their words, in their place in their report."""
    seen = visible_reports(actor).order_by().values("pk")
    rows = Sentence.objects.filter(public_id__in=list(public_ids), report__in=seen)
    return {
        row.public_id: Finding(
            Truncator(row.text).chars(120),
            f"{reverse('report', args=[row.report.public_id])}#c-{row.public_id}",
            row.report.organisation.label,
        )
        for row in rows.select_related("report__organisation")
    }


def found_rows(actor: Actor, keys: Collection[str]) -> dict[str, Finding]:
    """Rows (by primary key) by their task and organisation and how it stood; the task is opened."""
    ids = [int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) < 18]
    seen = visible_reports(actor).order_by().values("pk")
    rows = ReportRow.objects.filter(pk__in=ids, report__in=seen)
    found = {}
    for row in rows.select_related("organisation", "task", "assignment", "report__round").defer("task__folded"):
        as_of = min(row.report.round.last, timezone.localdate())
        url = (
            reverse("assignment", args=[row.assignment.public_id])
            if row.assignment is not None
            else reverse("report", args=[row.report.public_id])
        )
        found[str(row.pk)] = Finding(row.organisation.name, url, status(row, as_of))
    return found


def reports_traced(keys: Iterable[int]) -> dict[int, Finding]:
    """Reports for the audit trail."""
    rows = Report.objects.filter(pk__in=list(keys)).select_related("organisation", "round")
    return {row.pk: _of_report(row) for row in rows}


def _of_report(row: Report) -> Finding:
    return Finding(f"{row.organisation.name}: {row.round.name}"[:200], reverse("report", args=[row.public_id]))
