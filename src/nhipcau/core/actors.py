"""Who acts, and how a rule answers. No tables: rules and manifests may import it at any time."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in whose name, and with which roles there. ``person_id`` None is the system itself or a stranger."""

    person_id: int | None = None
    organisation_id: int | None = None
    roles: frozenset[str] = frozenset()
    is_system: bool = False

    def has(self, *roles: str) -> bool:
        """Whether the actor holds one of ``roles`` in the organisation for which they act."""
        return not self.roles.isdisjoint(roles)


STRANGER = Actor()
SYSTEM = Actor(is_system=True)


@dataclasses.dataclass(frozen=True, slots=True)
class No:
    """A rule's refusal: false, with the reason in the reader's language."""

    reason: str

    def __bool__(self) -> bool:
        return False


Answer = bool | No


class Refused(Exception):
    """The rule of an act said no. ``reason`` is a sentence for the person who asked."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
