"""What waits for one person in this room, and what stands on their first page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import Need
from nhipcau.core.timekeeping import work_calendar
from nhipcau.organisations.models import Role

from ...models import Addressee, Outgoing
from ...rules import outgoing as rules
from ...rules.arriving import in_time
from ..arriving import keepers_of, to_enter, with_their_days
from .listed import Waiting, to_do, unopened, waiting_rows

MOST = 50  # of one kind


def needs(person_id: int, actors: list[Actor], now: dt.datetime) -> list[Need]:
    """Documents to sign, to number, to send and to mend, and what has arrived: to be entered in the book by who keeps it,
    to be read by the others. Three queries for each organisation in whose name the person acts, two more where something
    is to be entered."""
    found: list[Need] = []
    today = timezone.localdate(now)
    for actor in actors:
        if actor.has(*rules.DRAFTERS):
            for group in to_do(actor):
                asked = (row for row in group.rows[:MOST] if _is_asked(group.kind, row, actor))
                found += [_need(group.kind, row, today) for row in asked]
            entered = list(_to_enter(actor, today))
            found += [*entered, *_arrivals(actor, {need.url for need in entered})]
    return found


def _is_asked(kind: str, row: Outgoing, actor: Actor) -> bool:
    """Numbers and sending are asked of who drafted it and of coordinators, though every officer may do them."""
    if kind not in ("number", "send") or actor.has(Role.COORDINATOR):
        return True
    return row.drafted_by in (actor.person_id, None)


def _need(kind: str, row: Any, today: dt.date) -> Need:
    said = {
        "sign": _("Chờ bạn ký: %(document)s"),
        "number": _("Đã ký, chờ lấy số: %(document)s"),
        "send": _("Đã có số, chờ gửi: %(document)s"),
        "mend": _("Trả lại để sửa: %(document)s"),
    }[kind]
    name = f"{row.doc_type} {row.symbol}".strip()
    text = said % {"document": Truncator(f"{name}: {row.subject}").chars(140)}
    key = f"documents.outgoing:{row.public_id}:{kind}"
    is_clerks = kind in ("number", "send") and row.signed_at is not None
    due = in_time(timezone.localdate(row.signed_at), bool(row.urgency), work_calendar()) if is_clerks else None
    urgency = "late" if due is not None and due < today else "soon"
    return Need(f"documents.{kind}", key, text, reverse("outgoing", args=[row.public_id]), due, urgency)


def _to_enter(actor: Actor, today: dt.date) -> Iterator[Need]:
    rows = list(to_enter(actor)[:MOST]) if actor.has(*rules.CLERKS) else []
    if not rows or actor.person_id not in keepers_of(actor.organisation_id or 0):
        return
    for one in with_their_days(rows, today):
        said = _("Chờ vào sổ văn bản đến: %(document)s của %(who)s") % _facts(one.row)
        yield _of_arrival(one.row, "enter", said, one.by, "late" if one.is_late else "soon")


def _arrivals(actor: Actor, said_before: set[str]) -> Iterator[Need]:
    for row in unopened(actor)[:MOST]:
        need = _of_arrival(row, "open", _("%(who)s gửi %(document)s") % _facts(row), None, "calm")
        if need.url not in said_before:
            yield need


def _facts(row: Addressee) -> dict[str, str]:
    document = row.outgoing
    words = Truncator(f"{document.doc_type} {document.symbol}: {document.subject}").chars(140)
    return {"who": document.organisation.label, "document": words}


def _of_arrival(row: Addressee, kind: str, said: str, due: dt.date | None, urgency: str) -> Need:
    public_id = row.outgoing.public_id
    key = f"documents.outgoing:{public_id}:{kind}:{row.organisation_id}"
    return Need(f"documents.{kind}", key, said, reverse("outgoing", args=[public_id]), due, urgency)


def signing_card(actor: Actor) -> dict[str, Any] | None:
    """What waits longest for this person's signature, and how many documents do; None where none does. One query, for those
    who sign."""
    if actor.organisation_id is None or not actor.has(*rules.SIGNERS):
        return None
    rows = waiting_rows(actor).filter(state=Outgoing.State.SUBMITTED).defer("content").order_by("changed_at", "pk")
    waiting = list(rows[:MOST])
    return {"first": waiting[0], "count": len(waiting)} if waiting else None


def waiting_card(actor: Actor) -> dict[str, Any] | None:
    """How many documents wait for each other act of the actor, how many have arrived unread, and for clerks how many are to be
    entered in the book; None where there are none, after one query."""
    if actor.organisation_id is None or not actor.has(*rules.DRAFTERS):
        return None
    arrived = _keys(unopened(actor), "arrived")
    own, booked = _keys(waiting_rows(actor), "own"), _keys(to_enter(actor), "booked")
    asked = [arrived, booked] if actor.has(*rules.CLERKS) else [arrived]
    kinds = [kind for (kind,) in own.union(*asked, all=True)]
    if not kinds:
        return None
    groups: list[Waiting] = [group for group in to_do(actor) if group.kind != "sign"] if "own" in kinds else []
    counts = {kind: kinds.count(kind) for kind in ("arrived", "booked")}
    return {"groups": groups, **counts} if groups or any(counts.values()) else None


def _keys(rows: QuerySet[Any], kind: str) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = rows.order_by().annotate(of=Value(kind, CharField())).values_list("of")
    return found
