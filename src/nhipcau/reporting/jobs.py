"""What follows in this room when a report's official document was returned, given up or sent; rounds that open by
themselves."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy

from nhipcau.core.actors import Actor, Refused
from nhipcau.core.jobs import Run, job, periodic
from nhipcau.documents.models import Outgoing

from .actions import document_came_back, document_was_sent, open_due_round
from .models import Regime, Report


@job("reporting.follow_document")
def follow_document(run: Run, *, act: str, subject_id: int | None) -> None:
    """After an act on an official document that is a report's: the report stands as its document does."""
    reports = Report.objects.select_related("outgoing", "organisation", "round", "receiver", "replaces")
    for report in reports.filter(outgoing=subject_id or 0):
        house = Actor(organisation_id=report.organisation_id, is_system=True)
        if report.outgoing is None or report.was_sent:
            continue  # an act that changes nothing would stand in the trail
        if report.outgoing.state == Outgoing.State.SENT:
            document_was_sent(house, report)
        elif report.outgoing.is_open or report.outgoing.state == Outgoing.State.DROPPED:
            last = report.outgoing.steps.last()
            document_came_back(house, report, comment=last.text if last else "")


def _regimes_run() -> bool:
    return Regime.objects.filter(ended_at=None).exists()


@periodic(
    "reporting.open_due_rounds",
    every=dt.timedelta(hours=12),
    when=_regimes_run,
    label=gettext_lazy("Mở kỳ báo cáo định kỳ đến ngày"),
)
def open_due_rounds(run: Run) -> None:
    """Twice a day: the next round of every running regime whose day has come. What is wrong with one stops no other."""
    for regime in Regime.objects.filter(ended_at=None).select_related("organisation", "plan", "outline").order_by("pk"):
        run.check()
        try:
            open_due_round(Actor(organisation_id=regime.organisation_id, is_system=True), regime, timezone.now())
        except Refused:
            continue
