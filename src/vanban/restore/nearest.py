"""The syllables nearest to a torn word: a trie of syllables gone through beside the word, letter by letter."""

from __future__ import annotations

import dataclasses
import heapq
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence

from vanban.restore.channel import LETTERS, NEVER, Channel, Table
from vanban.restore.syllables import skeleton

_ADDED, _ADDED_SIGN = 6.0, 4.2  # the cost of a letter or another sign that stands for nothing
_SPREAD = 9.0  # a syllable this much dearer than the nearest is no candidate
_BLUR = 3.0  # what a marked syllable may cost less than its unmarked letters
_MOST = 24  # unmarked syllables whose marked forms are looked at


@dataclasses.dataclass(frozen=True, slots=True)
class Node:
    """A node of the trie of unmarked syllables: what follows, and the syllables that end here."""

    following: dict[str, Node] = dataclasses.field(default_factory=dict)
    words: list[str] = dataclasses.field(default_factory=list)


def trie(words: Iterable[str]) -> Node:
    """The trie of ``words`` (small letters) by their unmarked letters."""
    root = Node()
    for word in words:
        node = root
        for letter in skeleton(word):
            node = node.following.setdefault(letter, Node())
        node.words.append(word)
    return root


def nearest(channel: Channel, found: str, root: Node, limit: float) -> list[tuple[str, float]]:
    """Syllables (small letters) under ``root`` that ``found`` may stand for, with their costs, nearest first."""
    search = _Search(channel, found)
    first = search.nearest(root, limit)
    if first is None:
        return []
    ends = search.ends(root, min(limit, first.cost + _SPREAD))
    if len(ends) < _MOST and sum(len(end.node.words) for end in ends) <= _MOST:  # so few that some more are looked at
        least = min(cost for _, cost in search.words(first))
        ends = search.ends(root, min(limit, least + _SPREAD + _BLUR))
    out: dict[str, float] = {}
    for end in ends[:_MOST]:
        if end.cost > first.cost + _SPREAD and len(out) > _MOST:
            break
        out.update(search.words(end))
    dearest = min(limit, min(out.values()) + _SPREAD)
    return sorted([pair for pair in out.items() if pair[1] <= dearest], key=lambda pair: pair[1])


#: What one letter may be: the least cost of all; lost; one sign, or two, that end at each place of the found word.
_Ways = tuple[float, float, Sequence[float], Sequence[float]]
#: The least of the costs; those of the beginnings of the found word, by their lengths, after two that never are; infinite
#: where they are too dear, as all are but those from one length to another; then these two lengths.
_Row = tuple[float, list[float], int, int]
#: The row before a letter, the ways of the letter, and the same of the letter before it.
_Path = tuple[_Row, _Ways, "_Path | None"]


@dataclasses.dataclass(frozen=True, slots=True)
class _End:
    """A node that the whole found word may stand for, at what cost and on which way."""

    cost: float
    node: Node
    row: _Row
    path: _Path | None


class _Search:
    """One found word beside the trie: the found word is cut in every way, each letter of a syllable is read as no sign,
    one or two, and signs between may stand for nothing."""

    def __init__(self, channel: Channel, found: str) -> None:
        self.found = found
        self.added = [0.0, *(_ADDED if sign.isalnum() else _ADDED_SIGN for sign in found)]
        capitals = len(found) > 1 and sum(c.isupper() for c in found) * 2 > sum(c.isalpha() for c in found)
        self.rest = channel.capital if capitals else channel.small
        self.first = self.rest if capitals or found[:1].islower() else channel.either
        self.rest_ways = self._ways(self.rest)
        self.first_ways = self.rest_ways if self.first is self.rest else self._ways(self.first)

    def _ways(self, table: Table) -> dict[str, _Ways]:
        found, never = self.found, (math.inf,) * len(LETTERS)
        one = [never, *(table.column(sign) for sign in found)]
        two = [never, never, *(table.column(a + b) for a, b in itertools.pairwise(found))]
        least = map(min, table.lost, *one, *two)
        ways = zip(least, table.lost, zip(*one, strict=True), zip(*two, strict=True), strict=True)
        return dict(zip(LETTERS, ways, strict=True))

    def _start(self, bound: float) -> _Row:
        costs = [cost for cost in itertools.accumulate(self.added) if cost <= bound]
        padding = [math.inf] * (len(self.added) - len(costs))
        return (0.0, [math.inf, math.inf, *costs, *padding], 0, len(costs) - 1)

    def _follow(self, before: _Row, ways: _Ways, bound: float) -> _Row | None:
        """The row after one letter more; None where all is dearer than ``bound``."""
        _, row, start, stop = before
        _, lost, one, two = ways
        added = self.added
        size = len(added)
        new = [math.inf] * (size + 2)
        first = end = -1
        last = low = math.inf
        for at in range(start, size):
            cost = row[at + 2] + lost
            other = row[at + 1] + one[at]
            if other < cost:
                cost = other
            other = row[at] + two[at]
            if other < cost:
                cost = other
            other = last + added[at]
            if other < cost:
                cost = other
            if cost <= bound:
                new[at + 2] = last = cost
                end = at
                if cost < low:
                    low = cost
                if first < 0:
                    first = at
            elif at > stop:
                if at > stop + 1 or at + 1 == size or row[at + 1] + two[at + 1] > bound:
                    break
                last = math.inf
            else:
                last = math.inf
        return None if first < 0 else (low, new, first, end)

    def nearest(self, root: Node, limit: float) -> _End | None:
        """The nearest unmarked syllable within ``limit``: the nodes are gone through cheapest first."""
        out: _End | None = None
        counter = itertools.count()
        heap: list[tuple[float, int, Node, _Row, _Path | None]] = [(0.0, 0, root, self._start(limit), None)]
        while heap:
            low, _, node, row, path = heapq.heappop(heap)
            if low > limit:
                break
            table = self.rest_ways if path else self.first_ways
            for letter, child in node.following.items():
                ways = table[letter]
                if row[0] + ways[0] > limit:
                    continue
                new = self._follow(row, ways, limit)
                if new is None:
                    continue
                chain = (row, ways, path)
                cost = new[1][-1]
                if child.words and cost <= limit and (out is None or cost < out.cost):
                    out = _End(cost, child, new, chain)
                    limit = cost
                if child.following:
                    heapq.heappush(heap, (new[0], next(counter), child, new, chain))
        return out

    def ends(self, root: Node, limit: float) -> list[_End]:
        """The unmarked syllables within ``limit``, nearest first."""
        out: list[_End] = []
        stack: list[tuple[Node, _Row, _Path | None]] = [(root, self._start(limit), None)]
        while stack:
            node, row, path = stack.pop()
            table = self.rest_ways if path else self.first_ways
            for letter, child in node.following.items():
                ways = table[letter]
                if row[0] + ways[0] > limit:
                    continue
                new = self._follow(row, ways, limit)
                if new is None:
                    continue
                chain = (row, ways, path)
                if child.words and new[1][-1] <= limit:
                    out.append(_End(new[1][-1], child, new, chain))
                if child.following:
                    stack.append((child, new, chain))
        out.sort(key=lambda end: end.cost)
        return out

    def words(self, end: _End) -> Iterator[tuple[str, float]]:
        """The marked syllables of ``end`` with their costs: its letters stand for the pieces on the cheapest way, the
        rest of the found word was added."""
        pieces = self._pieces(end)
        whole = sum(self.added)
        for word in end.node.words:
            total = whole
            table = self.first.costs
            for letter, (piece, spared) in zip(word, pieces, strict=True):
                total += table[letter].get(piece, NEVER) - spared
                table = self.rest.costs
            yield word, total

    def _pieces(self, end: _End) -> list[tuple[str, float]]:
        """For each letter the piece of the found word that stands for it, and what that would cost if it was added."""
        out: list[tuple[str, float]] = []
        at = len(self.found)
        row, path = end.row[1], end.path
        while path is not None:
            (_, before, _, _), (_, lost, one, two), path = path
            while True:
                cost = row[at + 2]
                if before[at + 2] + lost == cost:
                    taken = 0
                elif before[at + 1] + one[at] == cost:
                    taken = 1
                elif before[at] + two[at] == cost:
                    taken = 2
                else:
                    at -= 1
                    continue
                break
            out.append((self.found[at - taken : at], sum(self.added[at - taken + 1 : at + 1])))
            at -= taken
            row = before
        return out[::-1]
