"""A new version beside the live one: what was added, changed, taken out, and what stayed. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from rapidfuzz import fuzz

from vanban.text import fold

ALIKE = 60.0  # least likeness of two texts under one code
VERY_ALIKE = 80.0  # and under different codes: items move when others are added before them


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """One thing that a plan orders, as it is compared. ``details``: every other value that a version can change."""

    kind: str
    code: str
    text: str
    details: dict[str, Any] = dataclasses.field(default_factory=dict)


T = TypeVar("T")
U = TypeVar("U")


@dataclasses.dataclass(frozen=True, slots=True)
class Pair(Generic[T, U]):
    """An item of the live version and its successor, with the names of the values that differ."""

    old: T
    new: U
    differences: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Comparison(Generic[T, U]):
    """What became of each item."""

    added: list[U]
    changed: list[Pair[T, U]]
    gone: list[T]
    same: list[Pair[T, U]]


def compare(
    old: Sequence[T], new: Sequence[U], of_old: Callable[[T], Item], of_new: Callable[[U], Item]
) -> Comparison[T, U]:
    """Match the items of two versions one to one: by code and text, then by text, then by likeness."""
    before, after = [of_old(o) for o in old], [of_new(n) for n in new]
    matched = _match(before, after)
    changed: list[Pair[T, U]] = []
    same: list[Pair[T, U]] = []
    for j, i in sorted((j, i) for i, j in matched.items()):
        pair = Pair(old[i], new[j], _differences(before[i], after[j]))
        (changed if pair.differences else same).append(pair)
    successors = set(matched.values())
    return Comparison(
        added=[n for j, n in enumerate(new) if j not in successors],
        changed=changed,
        gone=[o for i, o in enumerate(old) if i not in matched],
        same=same,
    )


def _match(before: list[Item], after: list[Item]) -> dict[int, int]:
    folded_before, folded_after = [fold(i.text) for i in before], [fold(i.text) for i in after]
    matched: dict[int, int] = {}
    exact: tuple[Callable[[Item, str], Hashable], ...] = (
        lambda item, text: (item.kind, item.code, text),
        lambda item, text: (item.kind, text),
    )
    for key in exact:
        _match_equal(before, after, folded_before, folded_after, matched, key)
    taken = set(matched.values())
    likely = [
        (score, i, j)
        for i, old in enumerate(before)
        if i not in matched
        for j, new in enumerate(after)
        if j not in taken and old.kind == new.kind
        if (score := _likeness(old, new, folded_before[i], folded_after[j]))
    ]
    for _score, i, j in sorted(likely, key=lambda found: (-found[0], found[1], found[2])):
        if i not in matched and j not in taken:
            matched[i] = j
            taken.add(j)
    return matched


def _match_equal(
    before: list[Item],
    after: list[Item],
    folded_before: list[str],
    folded_after: list[str],
    matched: dict[int, int],
    key: Callable[[Item, str], Hashable],
) -> None:
    taken = set(matched.values())
    free: dict[Hashable, list[int]] = {}
    for j, item in enumerate(after):
        if j not in taken:
            free.setdefault(key(item, folded_after[j]), []).append(j)
    for i, item in enumerate(before):
        waiting = free.get(key(item, folded_before[i]))
        if i not in matched and waiting:
            matched[i] = waiting.pop(0)


def _likeness(old: Item, new: Item, old_text: str, new_text: str) -> float:
    is_same_code = bool(old.code) and old.code == new.code
    score = fuzz.ratio(old_text, new_text, score_cutoff=ALIKE if is_same_code else VERY_ALIKE)
    return score + 10 if score and is_same_code else score


def _differences(old: Item, new: Item) -> tuple[str, ...]:
    differing = [name for name in ("code", "text") if getattr(old, name) != getattr(new, name)]
    names = dict.fromkeys((*old.details, *new.details))
    return (*differing, *(name for name in names if old.details.get(name) != new.details.get(name)))
