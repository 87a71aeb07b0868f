"""What the pages of this room read: the search over every room, and whose site this is."""

from __future__ import annotations

import dataclasses
from typing import Any

from nhipcau.core import rooms
from nhipcau.core.actors import Actor
from nhipcau.organisations.models import Level, Organisation, OrganisationKind
from vanban.text import fold

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
    if not folded:
        return []
    return [
        Group(label, hits[:SHOWN], len(hits) > SHOWN) for label, hits in rooms.findings(actor, folded, limit=SHOWN + 1)
    ]


def office() -> str:
    """The name of the committee at the top of this site; "" when there is none yet or several."""
    tops = Organisation.objects.filter(parent=None, kind=OrganisationKind.COMMITTEE).exclude(level=Level.CENTRAL)
    names = list(tops.values_list("name", flat=True)[:2])
    return names[0] if len(names) == 1 else ""
