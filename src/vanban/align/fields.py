"""Agencies, times and forms of two entries compared."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from vanban.align.names import Names, group_parts, is_inside
from vanban.model import When
from vanban.text import fold


@dataclasses.dataclass(frozen=True, slots=True)
class Agencies:
    """What two lists of agencies have in common and what not.

    ``counterparts``: (higher, lower, where it is laid down) that stand for one another under other names; ``lost`` and
    ``gained``: on one side only; ``named``: on one side only, but held by a collective that both sides have;
    ``vague``: collectives without a name ("các cơ quan liên quan") that one side leaves out.
    """

    counterparts: tuple[tuple[str, str, str], ...] = ()
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()

    @property
    def differ(self) -> bool:
        """Whether other agencies are meant."""
        return bool(self.lost or self.gained)


def agencies(higher: Sequence[str], lower: Sequence[str], names: Names) -> Agencies:
    """Compares two lists of agencies, each at its own level. One may stand for several, as a town's one centre does for
    the province's paper and its broadcaster."""
    counterparts: list[tuple[str, str, str]] = []
    met: tuple[set[str], set[str]] = (set(), set())
    for left in higher:
        for right in lower:
            parts = group_parts(left), group_parts(right)
            if names.is_same(left, right) or (parts[0] and parts[0] == parts[1]):
                met[0].add(left)
                met[1].add(right)
    for left in (name for name in higher if name not in met[0] and not group_parts(name)):
        for right in (name for name in lower if not group_parts(name)):
            source = None if names.is_same(left, right) else names.stands_for(left, right)
            if source is not None:
                counterparts.append((left, right, source))
                met[0].add(left)
                met[1].add(right)
    _halves(higher, lower, met)
    lost = [name for name in higher if name not in met[0]]
    gained = [name for name in lower if name not in met[1]]
    vague = [name for name in (*lost, *gained) if group_parts(name) == {"related"}]
    lost, gained = ([name for name in side if name not in vague] for side in (lost, gained))
    held = any(group_parts(name) >= {"bodies"} for name in higher) and any(
        group_parts(name) >= {"bodies"} for name in lower
    )
    named = [name for name in gained if held and not group_parts(name) and is_inside(name)]
    unnamed = [name for name in lost if held and not group_parts(name) and is_inside(name)]
    return Agencies(
        tuple(counterparts),
        tuple(name for name in lost if name not in unnamed),
        tuple(name for name in gained if name not in named),
        tuple(named),
        tuple(unnamed),
        tuple(vague),
    )


def _halves(higher: Sequence[str], lower: Sequence[str], met: tuple[set[str], set[str]]) -> None:
    """Marks collectives as met whose parts all stand on the other side, in one entry or in two."""
    sides = (higher, lower)
    parts = [frozenset().union(*(group_parts(name) for name in side)) for side in sides]
    for at, side in enumerate(sides):
        for name in side:
            mine = group_parts(name) - {"related"}
            if mine and mine <= parts[1 - at]:
                met[at].add(name)


def same_time(higher: When | None, lower: When | None) -> bool:
    """Whether two times mean the same."""
    if higher is None or lower is None:
        return higher is lower
    if _words(higher.text) == _words(lower.text):
        return True
    meant = [(t.kind, t.start, t.due, t.month_day, t.day) for t in (higher, lower)]
    return meant[0] == meant[1] and higher.kind != "other"


def _words(text: str) -> str:
    bare = fold(text).replace("hang ", "hang ")
    for lead in ("hoan thanh ", "thuc hien ", "thoi gian "):
        bare = bare.removeprefix(lead)
    return "".join(c for c in bare if c.isalnum())
