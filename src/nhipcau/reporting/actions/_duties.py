"""What a report does to the duty to report in the register. Called inside acts."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from nhipcau.core.actors import Actor
from nhipcau.documents.models import Outgoing
from nhipcau.followup.actions import Given, reopen_duty, settle_duty
from nhipcau.organisations.models import Role

from ..models import Report
from ..queries.duties import duties_of


def settle_duties(report: Report, *, again: str = "") -> None:
    """The organisation's duty to report is done: by who sent the document, with the report as evidence. ``again``: what
    makes this time another one than the first (it was asked about in between)."""
    outgoing = report.outgoing
    if outgoing is None or report.sent_at is None:
        return
    actor = _sender(report, outgoing) if not again else Actor(organisation_id=report.organisation_id, is_system=True)
    text = f"Đã gửi {outgoing.doc_type.lower()} số {outgoing.symbol} ngày {_day(report):%d/%m/%Y}"
    text += f" cho {report.receiver.name}." if report.receiver is not None else "."
    proof = Given(
        name=f"{outgoing.doc_type} số {outgoing.symbol}", ref_kind="reporting.report", ref_id=report.public_id
    )
    for duty in duties_of(report):
        key = f"report:{report.public_id}:{again}" if again else f"report:{report.public_id}"
        settle_duty(actor, duty.assignment, period=duty.period, on=_first_day(report), text=text, proof=proof, key=key)


def reopen_duties(report: Report, why: str) -> None:
    """The report has to be mended: the duty is open again until the new edition has left."""
    house = Actor(organisation_id=report.organisation_id, is_system=True)
    receiver = report.receiver.name if report.receiver is not None else ""
    text = f"{receiver} yêu cầu bổ sung báo cáo: {why}"
    key = f"report:{report.public_id}:asked:{report.version}"
    for duty in duties_of(report):
        reopen_duty(house, duty.assignment, period=duty.period, text=text, key=key)


def _sender(report: Report, outgoing: Outgoing) -> Actor:
    """Who sent the document, in the name of the organisation."""
    step = outgoing.steps.filter(kind="sent").last()
    person = step.person_id if step is not None else None
    if person is None:
        return Actor(organisation_id=report.organisation_id, is_system=True)
    return Actor(person_id=person, organisation_id=report.organisation_id, roles=frozenset({str(Role.OFFICER)}))


def _first_day(report: Report) -> dt.date:
    """The day on which the first edition left: a correction neither mends lateness nor makes any."""
    while report.replaces is not None:
        report = report.replaces
    return _day(report)


def _day(report: Report) -> dt.date:
    return timezone.localdate(report.sent_at)
