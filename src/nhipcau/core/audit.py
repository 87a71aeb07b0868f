"""Appending to the audit trail and proving that nobody has touched it."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.db.models import Max
from django.utils import timezone

from .models import AuditChain, AuditEvent, AuditKey, TrailCheck
from .written import Written

START = "0" * 64  # what the first event of a chain follows
INSTALLATION = 0  # the chain of acts that belong to no organisation


def append(
    *,
    organisation_id: int,
    person_id: int | None,
    act: str,
    subject: models.Model | None,
    changes: Mapping[str, Any],
    is_far: bool = True,
) -> AuditEvent:
    """Write one event at the end of the organisation's chain. Must run inside the act's transaction. ``is_far``: see
    ``recall``."""
    kind = subject._meta.label_lower if subject is not None else ""
    subject_id = str(subject.pk) if subject is not None else ""
    chain = _end_of(organisation_id)
    event = AuditEvent(
        organisation_id=organisation_id,
        seq=chain.last_seq + 1,
        at=timezone.now(),
        person_id=person_id,
        act=act,
        subject_kind=kind,
        subject_id=subject_id,
        fields=_digests(kind, subject_id, changes),
        previous_hash=chain.last_hash,
    )
    event.hash = _hash(event)
    event.save(force_insert=True)
    chain.last_seq, chain.last_hash = event.seq, event.hash
    chain.far_seq += is_far
    chain.save(update_fields=("last_seq", "far_seq", "last_hash"))
    return event


def _end_of(organisation_id: int) -> AuditChain:
    """The end of the chain, locked; a new one where the organisation has none."""
    found = _CHAIN(organisation_id)
    return found[0] if found else AuditChain.objects.select_for_update().get_or_create(pk=organisation_id)[0]


_CHAIN = Written(lambda organisation: AuditChain.objects.select_for_update().filter(organisation_id=organisation))


def verify(organisation_id: int) -> Iterator[str]:
    """Walk one chain; yields a sentence for each break (a changed, missing or forged event, or one that an earlier walk
    found otherwise). Nothing yielded: it holds.

    Acts may go on meanwhile: the chain is walked to the end that it had when the walk began.
    """
    events = AuditEvent.objects.filter(organisation_id=organisation_id)
    last = events.aggregate(last=Max("seq"))["last"] or 0
    length, head_hash = head(organisation_id)  # read after ``last``: an end before it was not written by an act
    noted = _noted(organisation_id)
    previous, seq = START, 0
    for event in events.filter(seq__lte=length).order_by("seq").iterator(2000):
        seq += 1
        if event.seq != seq:
            yield f"organisation {organisation_id}: event {seq} is missing"
            seq = event.seq
        if event.previous_hash != previous:
            yield f"organisation {organisation_id}: event {event.seq} does not follow the event before it"
        if event.hash != _hash(event):
            yield f"organisation {organisation_id}: event {event.seq} was changed"
        if noted.pop(event.seq, event.hash) != event.hash:
            yield f"organisation {organisation_id}: event {event.seq} is not the one that an earlier check found there"
        previous = event.hash
    if noted:
        yield f"organisation {organisation_id}: an earlier check found {max(noted)} events"
    if seq != length or last > length:
        yield f"organisation {organisation_id}: the chain's end is missing ({length} expected, {max(seq, last)} found)"
    elif head_hash != previous:
        yield f"organisation {organisation_id}: event {seq} is not the one that was written last"


def _noted(organisation_id: int) -> dict[int, str]:
    """The ends that the chain had at earlier walks: who writes the whole chain anew must know of these too."""
    checks = TrailCheck.objects.filter(organisation_id=organisation_id, length__gt=0).order_by("at")
    return dict(checks.values_list("length", "last_hash"))


def chains() -> list[int]:
    """Every organisation that has a chain, events without one, or had one at an earlier walk."""
    with_events = AuditEvent.objects.values_list("organisation_id", flat=True).distinct()
    checked = TrailCheck.objects.filter(length__gt=0).values_list("organisation_id", flat=True).distinct()
    return sorted({*AuditChain.objects.values_list("organisation_id", flat=True), *with_events, *checked})


def event_noted(start: str) -> AuditEvent | None:
    """The event whose hash begins so, as somebody noted it on paper; None: no chain bears it any more. Raises
    ``ValueError`` for what is too short to prove anything, or no hash."""
    if not re.fullmatch(r"[0-9a-f]{16,64}", start):
        raise ValueError(start)
    return AuditEvent.objects.filter(hash__startswith=start).first()


def head(organisation_id: int) -> tuple[int, str]:
    """Length and last hash of a chain. Noted on paper, they prove later that nobody rewrote the whole chain."""
    chain = AuditChain.objects.filter(organisation_id=organisation_id).first()
    return (chain.last_seq, chain.last_hash) if chain is not None else (0, START)


def forget(subject: models.Model) -> None:
    """Destroy the key of a subject's digests: what they stood for can no longer be tested by anyone."""
    AuditKey.objects.filter(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk)).update(key=b"")


def _digests(kind: str, subject_id: str, changes: Mapping[str, Any]) -> dict[str, str]:
    if not changes:
        return {}
    found = _KEY(kind, subject_id)
    key = found[0] if found else _new_key(kind, subject_id)
    if not key.key:  # the subject was forgotten: an empty key would let anyone test values
        return dict.fromkeys(sorted(changes), "")
    return {
        name: hmac.new(bytes(key.key), _canonical(value), hashlib.sha256).hexdigest()[:32]
        for name, value in sorted(changes.items())
    }


_KEY = Written(lambda kind, subject: AuditKey.objects.filter(subject_kind=kind, subject_id=subject))


def _new_key(kind: str, subject_id: str) -> AuditKey:
    made = {"key": secrets.token_bytes(32)}
    return AuditKey.objects.get_or_create(subject_kind=kind, subject_id=subject_id, defaults=made)[0]


def _hash(event: AuditEvent) -> str:
    facts = [
        event.organisation_id,
        event.seq,
        event.at.isoformat(),
        event.person_id,
        event.act,
        event.subject_kind,
        event.subject_id,
        event.fields,
    ]
    return hashlib.sha256(event.previous_hash.encode() + _canonical(facts)).hexdigest()


def _canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()
