"""What follows in this room when a report's official document was returned, given up or sent."""

from __future__ import annotations

from nhipcau.core.actors import Actor
from nhipcau.core.jobs import Run, job
from nhipcau.documents.models import Outgoing

from .actions import document_came_back, document_was_sent
from .models import Report


@job("reporting.follow_document")
def follow_document(run: Run, *, act: str, subject_id: int | None) -> None:
    """After an act on an official document that is a report's: the report stands as its document does."""
    reports = Report.objects.select_related("outgoing", "organisation", "round", "receiver", "replaces")
    for report in reports.filter(outgoing=subject_id or 0):
        house = Actor(organisation_id=report.organisation_id, is_system=True)
        if report.outgoing is None:
            continue
        if report.outgoing.state == Outgoing.State.SENT:
            document_was_sent(house, report)
        elif report.outgoing.state in (Outgoing.State.RETURNED, Outgoing.State.DROPPED):
            last = report.outgoing.steps.last()
            document_came_back(house, report, comment=last.text if last else "")
