"""What reports ask of people: on the first page, in letters and lists of needs, in calendars, in the search."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import Event, Finding, Need
from vanban.text import fold

from ..models import Outline, Regime, Report, Round
from ..rules import WRITERS
from ..words import moment_words
from .rounds import ListFilter, collected, sent_to, shown_rounds, to_write, waits_to_be_merged
from .seen import visible_rounds

MOST = 200
SOON = dt.timedelta(days=14)  # so long before its moment a report begins to wait for an act
NEAR = dt.timedelta(days=3)


def reports_card(actor: Actor) -> dict[str, Any] | None:
    """The next report of the actor's organisation and what it collects; None where there is neither. One query where no
    round is open for it (who collects has a report of its own in every round)."""
    if actor.organisation_id is None or not actor.has(*WRITERS):
        return None
    if not Report.objects.filter(organisation=actor.organisation_id, round__closed_at=None).exists():
        return None
    now = timezone.now()
    writing = [one for one in to_write(actor, ListFilter(), now) if one.step]
    rounds = shown_rounds(actor, collected(actor, ListFilter(), now)[:3], now)
    if not writing and not rounds:
        return None
    return {"card": {"next": writing[0] if writing else None, "count": len(writing), "rounds": rounds}}


def needs(person_id: int, actors: list[Actor], now: dt.datetime) -> list[Need]:
    """The reports that a person's organisations have to write, to answer for, to merge. Two queries for each organisation."""
    doing = [actor for actor in actors if actor.organisation_id and actor.has(*WRITERS)]
    if not doing:
        return []
    rows = Report.objects.filter(
        organisation__in=[actor.organisation_id for actor in doing], round__closed_at=None, replaced_by=None
    )
    open_states = (Report.State.WAITING, Report.State.DRAFT, Report.State.ASKED)
    found = list(rows.filter(state__in=open_states).select_related("round").order_by("due_at", "pk")[:MOST])
    by_office: dict[int, list[Report]] = {}
    for row in found:
        by_office.setdefault(row.organisation_id, []).append(row)
    return [need for office, own in by_office.items() for need in _needs(office, own, now)]


def _needs(office: int, rows: list[Report], now: dt.datetime) -> Iterator[Need]:
    received = sent_to(office, [row.round_id for row in rows])
    for row in rows:
        url = reverse("report", args=[row.public_id])
        facts = {"name": Truncator(row.round.name).chars(110), "due": moment_words(row.due_at)}
        key = f"reporting.report:{row.public_id}"
        day = timezone.localtime(row.due_at).date()
        if row.state == Report.State.ASKED:
            text = _("Báo cáo được yêu cầu bổ sung: %(name)s") % facts
            yield Need("reporting.asked", f"{key}:asked", text, url, None, "soon")
            continue
        got = received.get(row.round_id)
        if row.is_open and got is not None and waits_to_be_merged(row, got):
            text = _("Đã nhận đủ %(n)s báo cáo, bạn tổng hợp được rồi: %(name)s") % (facts | {"n": got.sent})
            yield Need("reporting.merge", f"{key}:merge", text, url, day, _urgency(row, now))
        elif row.sent_at is None and row.due_at <= now + SOON:
            late = row.due_at < now
            said = _("Báo cáo quá hạn từ %(due)s: %(name)s") if late else _("Gửi báo cáo trước %(due)s: %(name)s")
            yield Need("reporting.due", f"{key}:due", said % facts, url, day, _urgency(row, now))


def _urgency(row: Report, now: dt.datetime) -> str:
    if row.due_at < now:
        return "late"
    return "soon" if row.due_at <= now + NEAR else "calm"


def events(
    actors: list[Actor], *, person_id: int | None, organisation_id: int | None, first: dt.date, last: dt.date
) -> list[Event]:
    """Until when reports are due: of the organisation, or of those in whose names the person acts. One query."""
    if person_id is not None:
        mine = [actor.organisation_id for actor in actors if actor.organisation_id is not None]
    else:
        mine = [organisation_id] if organisation_id is not None else []
    rows = Report.objects.filter(
        organisation__in=mine, sent_at=None, round__closed_at=None, edition=1, due_at__date__range=(first, last)
    )
    return [
        Event(
            uid=f"bao-cao-{row.public_id}",
            title=_("Gửi báo cáo: %(name)s") % {"name": Truncator(row.round.name).chars(120)},
            url=reverse("report", args=[row.public_id]),
            at=row.due_at,
            description=row.organisation.name,
        )
        for row in rows.select_related("round", "organisation").order_by("due_at", "pk")[:1000]
    ]


def find_rounds(actor: Actor, folded: str, limit: int) -> list[Finding]:
    """Rounds whose name holds these words. One query."""
    words = folded.split()
    found = []
    rows = (
        visible_rounds(actor).select_related("organisation").only("public_id", "name", "due_at", "organisation__name")
    )
    for row in rows.order_by("-due_at", "-pk")[:1000]:
        if words and all(word in fold(row.name) for word in words):
            found.append(Finding(row.name, reverse("round", args=[row.public_id]), row.organisation.name))
        if len(found) == limit:
            break
    return found


def rounds_traced(keys: Any) -> dict[int, Finding]:
    """Rounds as the audit trail shows them."""
    rows = Round.objects.filter(pk__in=list(keys)).only("public_id", "name")
    return {row.pk: Finding(row.name, reverse("round", args=[row.public_id])) for row in rows}


def found_rounds(actor: Actor, public_ids: Any) -> dict[str, Finding]:
    """Rounds at which other things point, without what the actor may not see. One query."""
    rows = visible_rounds(actor).filter(public_id__in=list(public_ids)).select_related("organisation")
    found = rows.only("public_id", "name", "organisation__name")
    return {
        row.public_id: Finding(row.name, reverse("round", args=[row.public_id]), row.organisation.name) for row in found
    }


def regimes_traced(keys: Any) -> dict[int, Finding]:
    """Regimes as the audit trail shows them."""
    rows = Regime.objects.filter(pk__in=list(keys)).only("public_id", "name")
    return {row.pk: Finding(row.name, reverse("regime", args=[row.public_id])) for row in rows}


def outlines_traced(keys: Any) -> dict[int, Finding]:
    """Outlines as the audit trail shows them."""
    rows = Outline.objects.filter(pk__in=list(keys)).only("public_id", "name")
    return {row.pk: Finding(row.name, reverse("outline", args=[row.public_id])) for row in rows}
