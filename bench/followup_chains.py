"""The audit trail of made-up acts: one event for each, in the order of time, chained as ``audit.append`` chains them."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any

from bulk import insert
from nhipcau.core import audit
from nhipcau.core.models import AuditChain, AuditEvent, AuditKey

_EVENT = "organisation_id seq at person_id act subject_kind subject_id fields previous_hash hash"
Acts = dict[int, list[tuple[Any, ...]]]  # by organisation: when, who, what, the subject's kind and key, the values


def write_chains(acts: Acts) -> None:
    """Write the chains of organisations that have none yet; the acts are taken out of ``acts``."""
    keys: dict[tuple[str, str], bytes] = {}
    heads: list[tuple[int, int, int, str]] = []
    insert(AuditEvent, _EVENT, _events(acts, keys, heads))
    insert(AuditChain, "organisation_id last_seq far_seq last_hash", heads)
    insert(AuditKey, "subject_kind subject_id key", ((*subject, key) for subject, key in keys.items()))
    acts.clear()


def _events(
    all_acts: Acts, keys: dict[tuple[str, str], bytes], heads: list[tuple[int, int, int, str]]
) -> Iterator[tuple[Any, ...]]:
    for organisation_id, acts in sorted(all_acts.items()):
        previous = audit.START
        for seq, (at, person, act, kind, pk, said) in enumerate(sorted(acts, key=lambda act: act[0]), start=1):
            subject, fields = str(pk), {}
            if said:
                key = keys.setdefault((kind, subject), hashlib.sha256(f"bench {kind} {subject}".encode()).digest())
                fields = {name: _digest(key, value) for name, value in sorted(said.items())}
            event = AuditEvent(
                organisation_id=organisation_id, seq=seq, at=at, person_id=person, act=act, subject_kind=kind,
                subject_id=subject, fields=fields, previous_hash=previous,
            )  # fmt: skip
            event.hash = audit._hash(event)
            yield organisation_id, seq, at, person, act, kind, subject, json.dumps(fields), previous, event.hash
            previous = event.hash
        heads.append((organisation_id, len(acts), 0, previous))


def _digest(key: bytes, value: Any) -> str:
    return hmac.new(key, audit._canonical(value), hashlib.sha256).hexdigest()[:32]
