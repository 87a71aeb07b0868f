"""The peer of ``bench/align.py``: tasks and duties paired by their common words in threes, kinds told by a few regexes.

As one would write it in an afternoon: it takes the same two plans as read, knows the words that answer one another at the
two levels, and calls a pair changed where its words are not nearly the same.
"""

from __future__ import annotations

import collections
import re

from vanban.model import Duty, Plan, Task
from vanban.text import fold

LEVELS = (
    (r"\b(?:bo|so|phong)\b", "X"),
    (r"\b(?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong)\b(?: [a-z]+ [a-z]+)?", "P"),
    (r"\bubnd|uy ban nhan dan\b", "U"),
)
STRONG = re.compile(r"^(?:chu tri|chi dao|ban hanh|to chuc|trien khai)")
WEAK = re.compile(r"^(?:phoi hop|tham gia|huong dan|theo doi)")
LEAST = 0.3


def plain(text: str) -> str:
    """The words of ``text``, folded, level words as one."""
    out = re.sub(r"[^\w\s]", " ", fold(text))
    for pattern, sign in LEVELS:
        out = re.sub(pattern, sign, out)
    return " ".join(out.split())


def grams(text: str) -> collections.Counter[str]:
    """How often each run of three letters stands in ``text``."""
    return collections.Counter(text[at : at + 3] for at in range(max(1, len(text) - 2)))


def alike(one: collections.Counter[str], other: collections.Counter[str]) -> float:
    """The share of common runs."""
    return 2 * sum((one & other).values()) / max(1, sum(one.values()) + sum(other.values()))


def agencies(entry: Task | Duty) -> list[str]:
    """The agencies of an entry."""
    return [*entry.lead, *entry.coordinating] if isinstance(entry, Task) else list(entry.agencies)


def kind(higher: Task | Duty, lower: Task | Duty, score: float) -> str:
    """What became of ``higher`` in ``lower``."""
    one, other = plain(higher.text), plain(lower.text)
    if STRONG.match(one) and WEAK.match(other):
        return "weakened"
    if WEAK.match(one) and STRONG.match(other):
        return "strengthened"
    if score >= 0.9:
        same_time = (
            not isinstance(higher, Task)
            or not isinstance(lower, Task)
            or ((higher.time and plain(higher.time.text)) == (lower.time and plain(lower.time.text)))
        )
        return "kept" if same_time and len(agencies(higher)) == len(agencies(lower)) else "changed"
    lengths = len(one.split()), len(other.split())
    if lengths[1] < lengths[0] * 0.85:
        return "narrowed"
    return "widened" if lengths[1] > lengths[0] * 1.15 else "changed"


def pairs(higher: Plan, lower: Plan, part: str) -> list[list[str]]:
    """[higher code, lower code, kind] of each entry, best matches first come, first served."""
    ours, theirs = (plan.tasks if part == "task" else plan.duties for plan in (higher, lower))
    left, right = ([grams(plain(entry.text)) for entry in side] for side in (ours, theirs))
    scores = sorted(
        ((alike(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right)), key=lambda row: -row[0]
    )
    met: dict[int, tuple[int, float]] = {}
    for score, i, j in scores:
        if score >= LEAST and i not in met and j not in {other for other, _ in met.values()}:
            met[i] = (j, score)
    out = []
    for i, entry in enumerate(ours):
        if i in met:
            j, score = met[i]
            out.append([entry.code, theirs[j].code, kind(entry, theirs[j], score)])
        else:
            out.append([entry.code, "", "dropped"])
    taken = {j for j, _ in met.values()}
    return out + [["", entry.code, "added"] for j, entry in enumerate(theirs) if j not in taken]
