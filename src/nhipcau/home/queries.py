"""What the pages of this room read: the search over every room."""

from __future__ import annotations

import dataclasses
from typing import Any

from nhipcau.core import rooms
from nhipcau.core.actors import Actor
from vanban.text import fold, search_patterns

SHOWN = 20  # hits of one kind on the page; who wants more opens that room's own list


@dataclasses.dataclass(frozen=True)
class Group:
    """Hits of one kind. ``more``: there are others beyond those shown."""

    label: Any
    hits: list[rooms.Finding]
    more: bool


def what_is_found(actor: Actor, query: str) -> list[Group]:
    """What every room finds for ``query`` and ``actor`` may see, by kind; [] for a query without words."""
    folded = fold(query)
    if not search_patterns(folded):
        return []
    return [
        Group(label, hits[:SHOWN], len(hits) > SHOWN) for label, hits in rooms.findings(actor, folded, limit=SHOWN + 1)
    ]
