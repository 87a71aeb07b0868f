"""Things of any room, pointed at by kind and public id: the only link that may point upward.

A room offers its things in its manifest (``Offers.subjects``); who keeps a ``Ref`` shows it through ``shown``, which asks
the room for the reader's rights each time.
"""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from vanban.text import fold

from . import rooms
from .actors import Actor
from .rooms import Finding

_WRITTEN = re.compile(r"([a-z_]{1,30}\.[a-z_]{1,29}):([\w-]{1,40})", re.ASCII)


@dataclasses.dataclass(frozen=True, slots=True)
class Ref:
    """One thing: its kind ("plans.task") and its public id."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def of(cls, written: str) -> Ref | None:
        """The thing that a form or an address names ("plans.task:4c2x"); None where it names none."""
        found = _WRITTEN.fullmatch(written.strip())
        return cls(*found.groups()) if found else None


@dataclasses.dataclass(frozen=True, slots=True)
class Shown:
    """A thing as one reader sees it; ``is_hidden``: it is there, and not for this reader (nothing is told of it)."""

    ref: Ref
    title: str
    url: str = ""
    detail: str = ""
    is_hidden: bool = False


def shown(actor: Actor, refs: Iterable[Ref]) -> dict[Ref, Shown]:
    """How the actor sees these things. One question to a room for each kind, however many there are. What does not exist
    any longer and what is not for the actor are told alike."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    wanted = list(dict.fromkeys(refs))
    for ref in wanted:
        by_kind[ref.kind].append(ref.id)
    found = {kind: rooms.things(kind, actor, ids) for kind, ids in by_kind.items()}
    return {ref: _shown(ref, found[ref.kind].get(ref.id)) for ref in wanted}


def _shown(ref: Ref, finding: Finding | None) -> Shown:
    if finding is None:
        return Shown(ref, _("một tài liệu trong hệ thống (bạn không có quyền xem)"), is_hidden=True)
    return Shown(ref, finding.title, finding.url, finding.detail)


def seen(actor: Actor, written: str) -> Shown | None:
    """The thing that a form names, if the actor may see it: only such may be given as evidence."""
    ref = Ref.of(written)
    if ref is None:
        return None
    found = shown(actor, [ref])[ref]
    return None if found.is_hidden else found


def choices(actor: Actor, words: str, limit: int = 8) -> list[tuple[Any, list[Shown]]]:
    """What the actor may choose that has these words, by kind: its label and the things, in the order of the rooms."""
    folded = fold(words).strip()
    if not folded:
        return []
    made = []
    for subject in rooms.offered_things():
        hits = import_string(subject.search or "")(actor, folded, limit)
        things = [Shown(Ref(subject.kind, key), hit.title, hit.url, hit.detail) for key, hit in hits]
        if things:
            made.append((subject.label, things))
    return made
