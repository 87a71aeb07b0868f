"""What waits for one person in this room, and what stands on their first page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import Need
from nhipcau.organisations.models import Role

from ...models import Outgoing
from ...rules import outgoing as rules
from .listed import Waiting, to_do, unopened, waiting_rows

MOST = 50  # of one kind


def needs(person_id: int, actors: list[Actor], now: dt.datetime) -> list[Need]:
    """Documents to sign, to number, to send and to mend, and what has arrived unread. Two queries for each organisation
    in whose name the person acts."""
    found: list[Need] = []
    for actor in actors:
        if actor.has(*rules.DRAFTERS):
            for group in to_do(actor):
                found += [_need(group.kind, row) for row in group.rows[:MOST] if _is_asked(group.kind, row, actor)]
            found += _arrivals(actor)
    return found


def _is_asked(kind: str, row: Outgoing, actor: Actor) -> bool:
    """Numbers and sending are asked of who drafted it and of coordinators, though every officer may do them."""
    if kind not in ("number", "send") or actor.has(Role.COORDINATOR):
        return True
    return row.drafted_by in (actor.person_id, None)


def _need(kind: str, row: Outgoing) -> Need:
    said = {
        "sign": _("Chờ bạn ký: %(document)s"),
        "number": _("Đã ký, chờ lấy số: %(document)s"),
        "send": _("Đã có số, chờ gửi: %(document)s"),
        "mend": _("Trả lại để sửa: %(document)s"),
    }[kind]
    name = f"{row.doc_type} {row.symbol}".strip()
    text = said % {"document": Truncator(f"{name}: {row.subject}").chars(140)}
    key = f"documents.outgoing:{row.public_id}:{kind}"
    return Need(f"documents.{kind}", key, text, reverse("outgoing", args=[row.public_id]), None, "soon")


def _arrivals(actor: Actor) -> Iterator[Need]:
    for row in unopened(actor)[:MOST]:
        document = row.outgoing
        facts = {
            "who": document.organisation.label,
            "document": Truncator(f"{document.doc_type} {document.symbol}: {document.subject}").chars(140),
        }
        key = f"documents.outgoing:{document.public_id}:open:{row.organisation_id}"
        url = reverse("outgoing", args=[document.public_id])
        yield Need("documents.open", key, _("%(who)s gửi %(document)s") % facts, url, None, "calm")


def signing_card(actor: Actor) -> dict[str, Any] | None:
    """What waits longest for this person's signature, and how many documents do; None where none does. One query, for those
    who sign."""
    if actor.organisation_id is None or not actor.has(*rules.SIGNERS):
        return None
    rows = waiting_rows(actor).filter(state=Outgoing.State.SUBMITTED).defer("content").order_by("changed_at", "pk")
    waiting = list(rows[:MOST])
    return {"first": waiting[0], "count": len(waiting)} if waiting else None


def waiting_card(actor: Actor) -> dict[str, Any] | None:
    """How many documents wait for each other act of the actor, and how many have arrived unread; None where there are none,
    after one query."""
    if actor.organisation_id is None or not actor.has(*rules.DRAFTERS):
        return None
    arrived = _keys(unopened(actor), "arrived")
    kinds = [kind for (kind,) in _keys(waiting_rows(actor), "own").union(arrived, all=True)]
    if not kinds:
        return None
    groups: list[Waiting] = [group for group in to_do(actor) if group.kind != "sign"] if "own" in kinds else []
    count = kinds.count("arrived")
    return {"groups": groups, "arrived": count} if groups or count else None


def _keys(rows: QuerySet[Any], kind: str) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = rows.order_by().annotate(of=Value(kind, CharField())).values_list("of")
    return found
