"""Which documents of organisations' own an actor may read; the only place that says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from nhipcau.core import rooms
from nhipcau.core.actors import Actor
from nhipcau.core.rooms import Finding, Source
from nhipcau.core.words import has_words
from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Role
from vanban.text import search_patterns

from ...models import Addressee, Outgoing, OutgoingStep, RegisterNumber, Text


def visible_outgoings(actor: Actor) -> QuerySet[Outgoing]:
    """The documents that the actor may read: those of the own organisation, whatever their state; for auditors those of
    organisations below as well; and those that were sent to the own organisation."""
    if actor.is_system:
        return Outgoing.objects.all()
    if actor.organisation_id is None or not actor.roles:
        return Outgoing.objects.none()
    return Outgoing.objects.filter(_kept(actor) | Q(pk__in=_sent_to(actor)))


def kept_outgoings(actor: Actor) -> QuerySet[Outgoing]:
    """Of these the ones that the actor reads from inside: not those that were only sent to the own organisation."""
    if actor.organisation_id is None or not actor.roles:
        return Outgoing.objects.none()
    return Outgoing.objects.filter(_kept(actor))


def _kept(actor: Actor) -> Q:
    own = Q(organisation=actor.organisation_id)
    below = Q(organisation__in=organisations.reach(actor).order_by().values("pk"))
    return own | below if actor.has(Role.AUDITOR) else own


def visible_outgoing(actor: Actor, public_id: str) -> Outgoing | None:
    """One document with what its page needs, or None when it does not exist for this actor."""
    rows = visible_outgoings(actor).select_related("organisation", "pdf", "docx", "document", "replaces", "replaced_by")
    return rows.filter(public_id=public_id).first()


def _sent_to(actor: Actor) -> QuerySet[Addressee, dict[str, int]]:
    own = Addressee.objects.filter(organisation=actor.organisation_id, outgoing__state=Outgoing.State.SENT)
    return own.values("outgoing_id")  # type: ignore[return-value]


def texts_received(actor: Actor) -> QuerySet[Any, Any]:
    """The texts (keys) of documents that were sent to the actor's organisation."""
    if actor.organisation_id is None or not actor.roles:
        return Text.objects.none().values("pk")
    sent = Outgoing.objects.filter(state=Outgoing.State.SENT, sent_to__organisation=actor.organisation_id)
    return Text.objects.filter(file__in=sent.order_by().values("pdf")).values("pk")


def is_of_the_house(actor: Actor, outgoing: Outgoing) -> bool:
    """Whether the actor reads it as its own organisation does, or its auditors, and not as one to whom it was sent."""
    is_own = actor.organisation_id == outgoing.organisation_id
    return is_own or (actor.has(Role.AUDITOR) and outgoing.organisation.is_within(actor.organisation_id))


def written_by(outgoing: Outgoing) -> Source | None:
    """The kind of thing from which the document's body comes, where people change it there and not here."""
    return rooms.source(outgoing.about_kind) if outgoing.about_kind else None


def steps_shown(actor: Actor, outgoing: Outgoing) -> list[OutgoingStep]:
    """Its history; to whom it was sent, only that it was sent, opened by them, and replaced."""
    steps = outgoing.steps.select_related("organisation").defer("content")
    if is_of_the_house(actor, outgoing):
        return list(steps)
    kinds = OutgoingStep.Kind
    own = Q(kind=kinds.RECEIVED, organisation=actor.organisation_id or 0)
    return list(steps.filter(own | Q(kind__in=(kinds.SENT, kinds.REPLACED))))


def documents_about(actor: Actor, kind: str, ids: Collection[str]) -> dict[str, list[Outgoing]]:
    """The documents that were made from these things of one kind, as far as the actor may read them, the newest first. One
    query."""
    rows = visible_outgoings(actor).filter(about_kind=kind, about_id__in=list(ids)).order_by("-created_at", "-pk")
    found: dict[str, list[Outgoing]] = defaultdict(list)
    for row in rows.exclude(state=Outgoing.State.DROPPED).defer("content"):
        found[row.about_id].append(row)
    return dict(found)


def find_outgoings(actor: Actor, folded: str, limit: int) -> list[Finding]:
    """What the search over everything finds among them, the newest first."""
    return [finding for _key, finding in outgoings_to_choose(actor, folded, limit)]


def outgoings_to_choose(actor: Actor, folded: str, limit: int) -> list[tuple[str, Finding]]:
    """The same, with the public id of each."""
    if not actor.roles and not actor.is_system:
        return []
    rows = visible_outgoings(actor).filter(has_words("folded", *search_patterns(folded)))
    rows = rows.exclude(state=Outgoing.State.DROPPED).select_related("organisation").defer("content")
    return [(row.public_id, _finding(row)) for row in rows.order_by("-changed_at", "-pk")[:limit]]


def outgoings_shown(actor: Actor, public_ids: Collection[str]) -> dict[str, Finding]:
    """What these documents are called and where they are, for those who may read them."""
    rows = visible_outgoings(actor).filter(public_id__in=public_ids).select_related("organisation").defer("content")
    return {row.public_id: _finding(row) for row in rows}


def outgoings_traced(keys: Collection[int]) -> dict[int, Finding]:
    """What the audit trail shows of these documents."""
    rows = Outgoing.objects.filter(pk__in=keys).select_related("organisation").defer("content")
    return {row.pk: _finding(row) for row in rows}


def numbers_traced(keys: Collection[int]) -> dict[int, Finding]:
    """What the audit trail shows of these numbers."""
    rows = RegisterNumber.objects.filter(pk__in=keys)
    return {row.pk: Finding(row.symbol, reverse("register_of_numbers"), row.subject[:160]) for row in rows}


def _finding(row: Outgoing) -> Finding:
    title = f"{row.doc_type} {row.symbol}".strip()
    detail = f"{row.organisation.label} · {row.get_state_display()}"
    return Finding(f"{title}: {row.subject[:120]}", reverse("outgoing", args=[row.public_id]), detail)
