"""Codes of entries: the printed path, unique within the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def unique(codes: Sequence[str]) -> list[str]:
    """The same codes in the same order, each once: several entries under one heading are counted ("V.2.1", "V.2.2"), and
    what still coincides (a numbering that restarts) is told apart by a star."""
    counts = Counter(codes)
    at: Counter[str] = Counter()
    taken: set[str] = set()
    given: list[str] = []
    for printed in codes:
        code = printed
        if counts[printed] > 1:
            at[printed] += 1
            code = f"{printed}.{at[printed]}"
        while code in taken:
            code = f"{code}*"
        taken.add(code)
        given.append(code)
    return given
