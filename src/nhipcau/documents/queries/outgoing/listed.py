"""Lists of documents: what waits for the reader, everything of the house by filter, what has arrived."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.core.actors import Actor
from nhipcau.core.words import has_words
from vanban.text import search_patterns

from ...models import Addressee, Outgoing
from ...rules import outgoing as rules
from .seen import kept_outgoings

_STATE = Outgoing.State
STATES = {
    "under_way": pgettext_lazy("several", "đang soạn, chờ ký"),
    "signed": pgettext_lazy("several", "đã ký, chưa gửi"),
    "sent": pgettext_lazy("several", "đã gửi"),
    "dropped": pgettext_lazy("several", "đã bỏ"),
}
_OF = {
    "under_way": (_STATE.DRAFT, _STATE.RETURNED, _STATE.SUBMITTED),
    "signed": (_STATE.SIGNED, _STATE.NUMBERED),
    "sent": (_STATE.SENT,),
    "dropped": (_STATE.DROPPED,),
}
_WAITING = 50  # of one kind, before the list


@dataclasses.dataclass(frozen=True, slots=True)
class OutgoingFilter:
    """What a list of documents is narrowed to. ``state``: a key of ``STATES``; "" shows everything but what was dropped."""

    q: str = ""
    doc_type: str = ""
    year: int | None = None
    state: str = ""

    @classmethod
    def of(cls, given: QueryDict) -> OutgoingFilter:
        """As an address says it; what makes no sense counts for nothing."""
        text = {name: given.get(name, "").replace("\x00", "").strip()[:200] for name in ("q", "type", "year", "state")}
        year = (
            int(text["year"])
            if text["year"].isascii() and text["year"].isdecimal() and len(text["year"]) == 4 and text["year"] != "0000"
            else None
        )
        return cls(text["q"], text["type"], year, text["state"] if text["state"] in STATES else "")

    def __bool__(self) -> bool:
        return self != OutgoingFilter()


def filtered(rows: QuerySet[Outgoing], wanted: OutgoingFilter) -> QuerySet[Outgoing]:
    """The rows that a filter picks, what moved last first."""
    if wanted.q:
        rows = rows.filter(has_words("folded", *search_patterns(wanted.q)))
    if wanted.doc_type:
        rows = rows.filter(doc_type=wanted.doc_type)
    if wanted.year:
        rows = rows.filter(Q(date__year=wanted.year) | Q(date=None, created_at__year=wanted.year))
    rows = rows.filter(state__in=_OF[wanted.state]) if wanted.state else rows.exclude(state=_STATE.DROPPED)
    return rows.order_by("-changed_at", "-pk")


def own_outgoings(actor: Actor) -> QuerySet[Outgoing]:
    """The documents of the actor's organisation; an auditor's list holds those of organisations below as well."""
    return kept_outgoings(actor).select_related("organisation").defer("content")


def choices(actor: Actor) -> tuple[list[str], list[int]]:
    """The types and years that occur among them."""
    rows = own_outgoings(actor).order_by()
    types = sorted(set(rows.values_list("doc_type", flat=True).distinct()))
    years = {day.year for day in rows.exclude(date=None).dates("date", "year")}
    return types, sorted(years, reverse=True)


@dataclasses.dataclass(slots=True)
class Waiting:
    """Documents that wait for one act of the reader."""

    kind: str
    title: Any
    rows: list[Outgoing]


_TITLES = {
    "sign": _("Chờ bạn ký"),
    "number": _("Đã ký, chờ lấy số"),
    "send": _("Đã có số, chờ gửi"),
    "mend": _("Được trả lại để sửa"),
}


def to_do(actor: Actor) -> list[Waiting]:
    """What waits for this person: to sign, to number, to send, to mend; empty kinds are left out. Each with ``urgency``, the
    word that is printed on it. One query."""
    groups: dict[str, list[Outgoing]] = {kind: [] for kind in wanted_kinds(actor)}
    kind_of = {_kind_state(kind): kind for kind in groups}
    rows = waiting_rows(actor).select_related("organisation").defer("content")
    rows = rows.annotate(urgency=F("content__urgency"))
    for row in rows.order_by("changed_at", "pk")[: _WAITING * len(_TITLES)]:
        groups[kind_of[_STATE(row.state)]].append(row)
    return [Waiting(kind, _TITLES[kind], found) for kind, found in groups.items() if found]


def waiting_rows(actor: Actor) -> QuerySet[Outgoing]:
    """The documents that wait for an act of this person; one to be mended waits for who drafted it."""
    states = [_kind_state(kind) for kind in wanted_kinds(actor)]
    rows = Outgoing.objects.filter(organisation=actor.organisation_id or 0, state__in=states)
    return rows.exclude(~Q(drafted_by=actor.person_id) & Q(drafted_by__isnull=False), state=_STATE.RETURNED)


def wanted_kinds(actor: Actor) -> list[str]:
    """Which kinds of waiting documents are this actor's to move on."""
    kinds = ["sign"] if actor.has(*rules.SIGNERS) else []
    kinds += ["number", "send"] if actor.has(*rules.CLERKS) else []
    return [*kinds, *(["mend"] if actor.has(*rules.DRAFTERS) else [])]


def _kind_state(kind: str) -> Outgoing.State:
    return {
        "sign": _STATE.SUBMITTED,
        "number": _STATE.SIGNED,
        "send": _STATE.NUMBERED,
        "mend": _STATE.RETURNED,
    }[kind]


def received(actor: Actor) -> QuerySet[Addressee]:
    """What was sent to the actor's organisation: unopened first, then the newest."""
    if actor.organisation_id is None or not actor.roles:
        return Addressee.objects.none()
    rows = Addressee.objects.filter(organisation=actor.organisation_id, outgoing__state=_STATE.SENT)
    rows = rows.select_related("outgoing__organisation", "outgoing__replaced_by").defer("outgoing__content")
    return rows.order_by(Case(When(opened_at=None, then=0), default=1), "-sent_at", "-pk")


def unopened(actor: Actor) -> QuerySet[Addressee]:
    """What was sent to the actor's organisation and nobody there has opened."""
    return received(actor).filter(opened_at=None)
