"""Which entry of the lower plan carries out which of the higher: one to one by likeness, then what was split or merged."""

from __future__ import annotations

import collections
import dataclasses
import math
from collections.abc import Mapping, Sequence

from vanban.align.laying import Same, side_by_side
from vanban.align.names import Names
from vanban.align.tokens import Token

#: Below this likeness two entries have nothing to do with one another.
_LEAST, _LEAST_SAME_AGENCY = 0.42, 0.3
#: An entry is a part of a pair when this share of it stands there, and this share is not yet answered by its partner.
_COVERED, _NEW = 0.72, 0.25


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """A task or duty as it is paired: its place in the plan (0 to 1), its tokens, who answers for it, its heading."""

    code: str
    where: float
    tokens: tuple[Token, ...]
    agencies: tuple[str, ...]
    heading: tuple[Token, ...] = ()


@dataclasses.dataclass(slots=True)
class Match:
    """Entries that answer one another, by their places in the two lists, and how alike they are."""

    higher: list[int]
    lower: list[int]
    score: float


def pair(higher: Sequence[Entry], lower: Sequence[Entry], names: Names, same: Same) -> list[Match]:
    """The matches; an entry that is in none has no answer."""
    weights = _weights([*higher, *lower])
    bags = [[_bag(entry.tokens) for entry in side] for side in (higher, lower)]
    found: list[tuple[float, float, int, int]] = []
    for row, col in _candidates(bags[0], bags[1]):
        alike = _alike(bags[0][row], bags[1][col], weights)
        agency = _agency_share(higher[row].agencies, lower[col].agencies, names)
        if alike < (_LEAST_SAME_AGENCY if agency == 1.0 else _LEAST):
            continue
        heading = _alike(_bag(higher[row].heading), _bag(lower[col].heading), weights)
        near = 1.0 - abs(higher[row].where - lower[col].where)
        found.append((0.76 * alike + 0.12 * agency + 0.04 * heading + 0.08 * near, alike, row, col))
    found.sort(key=lambda entry: (-entry[0], entry[2], entry[3]))
    rows: set[int] = set()
    columns: set[int] = set()
    out: list[Match] = []
    for _, alike, row, col in found:
        if row not in rows and col not in columns:
            rows.add(row)
            columns.add(col)
            out.append(Match([row], [col], alike))
    _join_parts(out, higher, lower, weights, same)
    return sorted(out, key=lambda match: match.higher[0])


Bag = Mapping[str, int]


def _bag(tokens: Sequence[Token]) -> Bag:
    return collections.Counter(
        token.key if token.sort in ("word", "document") else f"<{token.sort}>"
        for token in tokens
        if not token.is_stop and not token.titled
    )


def _weights(entries: Sequence[Entry]) -> Mapping[str, float]:
    """How much each word tells: the rarer among the entries, the more."""
    counted: collections.Counter[str] = collections.Counter()
    for entry in entries:
        counted.update(set(_bag(entry.tokens)))
    return {key: 0.3 if key.startswith("<") else math.log(1 + len(entries) / count) for key, count in counted.items()}


def _candidates(higher: Sequence[Bag], lower: Sequence[Bag]) -> list[tuple[int, int]]:
    """The pairs that share a word which is not in nearly all."""
    holders: dict[str, list[int]] = collections.defaultdict(list)
    for column, bag in enumerate(lower):
        for key in bag:
            if not key.startswith("<"):
                holders[key].append(column)
    often = max(12, len(lower) // 3)
    out: set[tuple[int, int]] = set()
    for row, bag in enumerate(higher):
        for key in bag:
            columns = holders.get(key, ())
            if len(columns) <= often:
                out.update((row, column) for column in columns)
    return sorted(out)


def _alike(one: Bag, other: Bag, weights: Mapping[str, float]) -> float:
    """How alike two bags of words are: between the common share of both and that of the shorter."""
    common = sum(min(count, other.get(key, 0)) * weights.get(key, 1.0) for key, count in one.items())
    left, right = (sum(count * weights.get(key, 1.0) for key, count in bag.items()) for bag in (one, other))
    if not left or not right:
        return 0.0
    return 0.55 * 2 * common / (left + right) + 0.45 * common / min(left, right)


def _agency_share(higher: Sequence[str], lower: Sequence[str], names: Names) -> float:
    """The share of the agencies of the one that have their counterpart among those of the other."""
    if not higher or not lower:
        return 0.5
    met = sum(any(names.is_same(a, b) or names.stands_for(a, b) is not None for b in lower) for a in higher)
    return met / len(higher)


def _join_parts(
    matches: list[Match],
    higher: Sequence[Entry],
    lower: Sequence[Entry],
    weights: Mapping[str, float],
    same: Same,
) -> None:
    """Adds to the matches what was split off or merged in: an entry without an answer that mostly stands in a matched
    one, in words that its partner leaves open."""
    for is_higher, entries in ((False, lower), (True, higher)):
        taken = {at for match in matches for at in (match.higher if is_higher else match.lower)}
        for at, entry in enumerate(entries):
            if at in taken:
                continue
            best: tuple[float, Match] | None = None
            for match in matches:
                others = (
                    [lower[k].tokens for k in match.lower] if is_higher else [higher[k].tokens for k in match.higher]
                )
                mine = [higher[k].tokens for k in match.higher] if is_higher else [lower[k].tokens for k in match.lower]
                covered = _covered(entry.tokens, others, mine, weights, same, flipped=not is_higher)
                if covered and (best is None or covered > best[0]):
                    best = (covered, match)
            if best is not None:
                (best[1].higher if is_higher else best[1].lower).append(at)
    for match in matches:
        match.higher.sort()
        match.lower.sort()


def _covered(
    tokens: Sequence[Token],
    others: Sequence[Sequence[Token]],
    partners: Sequence[Sequence[Token]],
    weights: Mapping[str, float],
    same: Same,
    *,
    flipped: bool,
) -> float:
    """The share of ``tokens`` that stands in ``others``, if enough of it stands where ``partners`` leave it open."""
    if sum(not token.is_stop for token in tokens) < 3:
        return 0.0
    whole = [token for text in others for token in text]
    taken = [token for text in partners for token in text]

    def met(one: Sequence[Token], other: Sequence[Token]) -> list[tuple[int, int]]:
        if flipped:
            return [(b, a) for a, b in side_by_side(other, one, same)]
        return side_by_side(one, other, same)

    def weigh(token: Token) -> float:
        return 0.05 if token.is_stop else weights.get(token.key, 0.3)

    total = sum(map(weigh, tokens)) or 1.0
    if len({token.key for token in tokens} & {token.key for token in whole}) < 3:
        return 0.0
    answered = {b for _, b in met(taken, whole)}
    pairs = met(tokens, whole)
    covered = sum(weigh(tokens[a]) for a, _ in pairs) / total
    new = sum(weigh(tokens[a]) for a, b in pairs if b not in answered) / total
    return covered if covered >= _COVERED and new >= _NEW else 0.0
