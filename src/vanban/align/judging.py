"""What a difference between two texts does to the duty."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import Literal

from vanban.align.laying import words_of
from vanban.align.spelling import exact, fold
from vanban.align.tokens import Token
from vanban.align.words import AMOUNTS, HELPING, LADDER, NARROWING, SOFT

Direction = Literal["narrowed", "widened", "weakened", "strengthened", "changed"]
_JOINING = frozenset({"va", exact("và"), exact("hoặc"), "hoac", exact("cùng"), "cung", "&"})
#: Words that stand by a figure without changing it.
_BY_FIGURES = frozenset(("toi", "thieu", "it", "nhat", "da", "tren", "duoi", "khoang", "tu", "dat", "so"))
#: How often, from most to least.
_OFTEN = ("ngay", "tuan", "thang", "quy", "nam")
OFTEN = frozenset((*_OFTEN, *(exact(word) for word in ("ngày", "tuần", "tháng", "quý", "năm"))))
NUMBER = re.compile(r"^\d{1,9}(?:[.,]\d+)?%?$")


@dataclasses.dataclass(frozen=True, slots=True)
class Span:
    """A difference: the tokens that only the one, only the other has; what it does; whether torn words stand in it."""

    higher: tuple[Token, ...]
    lower: tuple[Token, ...]
    direction: Direction
    is_verb: bool = False
    doubtful: bool = False
    reason: Literal["", "place", "soft"] = ""


def narrows(tokens: Sequence[Token]) -> bool:
    """Whether ``tokens`` hold a phrase that bounds what is to be done."""
    words = f"{words_of(tokens)} "
    if any(f" {mark.strip()} " in f" {words}" for mark in NARROWING):
        return True
    return bool(re.search(r"(?:^|thong tin |tin |bai )(?:ve|lien quan den) <place>|^(?:chi )?doi voi ", words))


Place = Literal["first", "member", "attribute"]


def place_in(gap: Sequence[Token], text: Sequence[Token]) -> Place:
    """How what one side only has stands in its text: as a member of a list, as the text's first words, or as what says
    more of the word before it ("các trường công lập")."""
    first = next(at for at, token in enumerate(text) if token is gap[0])
    after = first + len(gap)
    if (gap[-1].comma and not gap[-1].ends) or gap[0].literal in _JOINING or gap[-1].literal in _JOINING:
        return "member"
    if after < len(text) and text[after].literal in _JOINING:
        return "member"
    if first == 0:
        return "first"
    return "member" if text[first - 1].comma else "attribute"


def judged(left: tuple[Token, ...], right: tuple[Token, ...], place: Place, *, dated: bool = False) -> Span:
    """What it does to the duty that ``right`` stands in the place of ``left``.

    A member lost from a list narrows, one gained widens; with what says more of a word, and with what bounds the duty, it
    is the other way about. ``dated``: a figure here is part of a date.
    """
    doubtful = any(token.doubtful for token in (*left, *right))
    if (not left or not right) and words_of(left or right) in SOFT:
        return Span(left, right, "strengthened" if left else "weakened", True, doubtful, "soft")
    verbs = _verb_step(left, right)
    if verbs is not None:
        return Span(left, right, verbs, True, doubtful)
    if not left or not right:
        bounds = place == "attribute" or narrows(left or right)
        direction: Direction = "narrowed" if bounds == (not left) else "widened"
        return Span(left, right, "changed" if place == "first" and not bounds else direction, False, doubtful)
    amount = None if dated else _amount(left, right)
    return Span(left, right, amount or _members(left, right) or "changed", False, doubtful)


def _verb_step(left: Sequence[Token], right: Sequence[Token]) -> Direction | None:
    """Whether one verb of the ladder stands for another, or a helping verb came or went."""
    one, other = words_of(left), words_of(right)
    for helping in HELPING:
        if not left and re.fullmatch(rf"{helping}(?: giup| cho| voi)?(?: <(?:agency|group)>)*", other):
            return "weakened"
        if not right and re.fullmatch(rf"{helping}(?: giup| cho| voi)?(?: <(?:agency|group)>)*", one):
            return "strengthened"
    if one in LADDER and other in LADDER and LADDER[one] != LADDER[other]:
        return "weakened" if LADDER[other] < LADDER[one] else "strengthened"
    return None


def _members(left: Sequence[Token], right: Sequence[Token]) -> Direction | None:
    """Whether one of two lists has all the members of the other and more."""
    one, other = (
        {
            member.strip().removeprefix("các ")
            for part in " ".join(f"{t.shown}{',' if t.comma else ''}" for t in side).lower().split(",")
            for member in part.split(" và ")
            if member.strip()
        }
        for side in (left, right)
    )
    return "narrowed" if other < one else "widened" if one < other else None


def _amount(left: Sequence[Token], right: Sequence[Token]) -> Direction | None:
    """Whether less or more is asked: a figure, or a word of amount."""
    one = [token.key for token in left if NUMBER.match(token.key)]
    other = [token.key for token in right if NUMBER.match(token.key)]
    loose = [t for t in (*left, *right) if not NUMBER.match(t.key) and fold(t.key) not in _BY_FIGURES]
    if len(one) == len(other) == 1 and len(loose) <= 1:
        before, after = (float(text[0].rstrip("%").replace(".", "").replace(",", ".")) for text in (one, other))
        return None if before == after else "narrowed" if after < before else "widened"
    if words_of(left) in _OFTEN and words_of(right) in _OFTEN:
        rarer = _OFTEN.index(words_of(right)) > _OFTEN.index(words_of(left))
        return "narrowed" if rarer else "widened"
    ranks = [
        next(
            (rank for rank, words in enumerate(AMOUNTS) if any(f" {w} " in f" {words_of(side)} " for w in words)), None
        )
        for side in (left, right)
    ]
    if ranks[0] is not None and ranks[1] is not None and ranks[0] != ranks[1]:
        return "narrowed" if ranks[1] > ranks[0] else "widened"
    return None
