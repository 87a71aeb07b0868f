"""Where two texts differ: their tokens laid side by side, and what each difference does to the duty."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from rapidfuzz import fuzz

from vanban.align.judging import NUMBER, Span, judged, narrows, place_in
from vanban.align.laying import Gap, Same, as_met, gaps_between, share_of, side_by_side, slid, words_of
from vanban.align.names import is_inside
from vanban.align.spelling import exact, fold
from vanban.align.tokens import Token
from vanban.align.verbs import for_committee, head_verb, phrase_end, with_verb
from vanban.align.words import EMPTY_PHRASES, NARROWING
from vanban.fuzzy import skeleton

#: Texts of which less than these shares of the longer and of the shorter are common were written anew: they are shown
#: whole.
_REWRITTEN = (0.45, 0.6)
#: Letters of a torn passage this much (of 100) like those of the other plan are taken for the same words.
_TORN_ALIKE, _TORN_SINGLE, _TORN_PERHAPS = 62, 44, 48
#: "số" says nothing before a number, but "chính quyền số" is a thing.
_COUNT = frozenset(("so", exact("số")))
#: Short words that are never taken for a scan's noise.
_TELLING = frozenset({"chi", "mot", "moi", "phai", "nua"})


@dataclasses.dataclass(frozen=True, slots=True)
class Comparison:
    """What was found between two texts. ``share``: how much of them is common; ``named``: agencies that one side names
    beside the collective that holds them; ``head``: the verbs that answer, where these differ in strength; ``met``: the
    tokens that answer one another. Of a text that was written anew: ``gone``, the agencies that it no longer names, and
    ``limits``, the clauses that bound the duty now."""

    spans: tuple[Span, ...]
    share: float
    rewritten: bool
    named: tuple[Token, ...] = ()
    head: Span | None = None
    met: tuple[tuple[Token, Token], ...] = ()
    gone: tuple[Token, ...] = ()
    limits: tuple[tuple[Token, ...], ...] = ()


def compare(higher: Sequence[Token], lower: Sequence[Token], same: Same, *, several: bool = False) -> Comparison:
    """How the text ``lower`` differs from ``higher``. ``several``: they were put together of several, so that what is
    repeated in one may stand once in the other."""
    met = side_by_side(higher, lower, same)
    higher, lower = as_met(higher, lower, met)
    met = slid(higher, lower, met)
    share = share_of(higher, lower, met)
    pairs = tuple((higher[left], lower[right]) for left, right in met)
    gaps = gaps_between(higher, lower, met)
    head, gaps = differing_head(higher, lower, met, gaps)
    if share < _REWRITTEN[0] and share_of(higher, lower, met, min) < _REWRITTEN[1]:
        whole = Span(tuple(higher), tuple(lower), "changed", doubtful=any(token.doubtful for token in lower))
        gone = [t for t in higher if t.sort == "agency" and not any(same(t, other) for other in lower)]
        return Comparison((whole,), share, True, (), head, pairs, tuple(gone), _limits(higher, lower))
    spans: list[Span] = []
    named: list[Token] = []
    for left, right in gaps:
        if several:
            left = [token for token in left if not any(same(token, other) for other in lower)]
            right = [token for token in right if not any(same(other, token) for other in higher)]
        if not left and not right:
            continue
        place = place_in(left, higher) if left else place_in(right, lower)
        left, right = _untitled(left, higher), _untitled(right, lower)
        held = [any(token.sort == "place" for token in side) for side in (left, right)]
        left, right = _meaning(left), _meaning(right)
        if not left and right and all(t.sort in ("agency", "group") for t in right):
            beside = _beside_group(right, lower)
            named.extend(beside)
            right = [t for t in right if t not in beside]
        if for_committee(left) or for_committee(right):
            continue
        said = [" ".join(token.literal for token in side) for side in (left, right)]
        if said[0] != said[1] and not _torn_alike(left, right):
            span = judged(tuple(left), tuple(right), place, dated=_is_dated(left, higher))
            if _perhaps_torn(left, right):
                span = dataclasses.replace(span, doubtful=True)
            if held[0] != held[1] and bool(left) != bool(right) and (right if held[0] else left):
                span = dataclasses.replace(span, direction="narrowed" if held[0] else "widened", reason="place")
            spans.append(span)
    return Comparison(tuple(spans), share, False, tuple(named), head, pairs)


def _untitled(gap: list[Token], text: Sequence[Token]) -> list[Token]:
    """``gap`` without the title of a document cited by its number, where the whole title is missing on the other side;
    what is changed inside a title counts."""
    at = next((place for place, token in enumerate(gap) if token.titled), None)
    if at is None:
        return gap
    before = next(place for place, token in enumerate(text) if token is gap[at]) - 1
    if before >= 0 and text[before].titled:
        return gap
    return [token for token in gap if not token.titled]


def _limits(higher: Sequence[Token], lower: Sequence[Token]) -> tuple[tuple[Token, ...], ...]:
    """The clauses of ``lower`` that hold a narrowing phrase which ``higher`` does not have."""
    had = f" {words_of(higher)} "
    out: list[tuple[Token, ...]] = []
    clause: list[Token] = []
    for token in (*lower, None):
        if token is not None:
            clause.append(token)
        if clause and (token is None or token.comma or token.ends):
            words = f" {words_of(clause)} "
            marks = [f" {mark.strip()} " for mark in NARROWING]
            new = next((mark for mark in marks if mark in words and mark not in had), None)
            if new is not None:
                out.append(tuple(clause[words[: words.index(new)].count(" ") :]))
            clause = []
    return tuple(out)


def _meaning(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without what says nothing: empty words at either end, formulas ("theo quy định")."""
    kept = list(tokens)
    for phrase in EMPTY_PHRASES:
        words = phrase.split()
        at = 0
        while at + len(words) <= len(kept):
            if [fold(t.key) if t.sort == "word" else "" for t in kept[at : at + len(words)]] == words:
                del kept[at : at + len(words)]
            else:
                at += 1
    while kept and kept[0].is_stop and not narrows(kept):
        kept.pop(0)
    while kept and kept[-1].is_stop and not narrows(kept) and not (len(kept) > 1 and kept[-1].literal in _COUNT):
        kept.pop()
    if len(kept) == 1 and (kept[0].sort == "place" or words_of(kept) == "viec") and not narrows(kept):
        return []
    return kept


def _beside_group(agencies: Sequence[Token], text: Sequence[Token]) -> list[Token]:
    """The agencies that stand in a list with a collective that holds them."""
    return [
        token
        for token in agencies
        if token.sort == "agency"
        and is_inside(token.key)
        and any(
            other.sort == "group" and 0 <= other.start - token.end <= 90 and "bodies" in other.key for other in text
        )
    ]


def _torn_alike(left: Sequence[Token], right: Sequence[Token]) -> bool:
    """Whether two passages may well be the same words, torn."""
    figures = [t for t in (*left, *right) if t.raw == "?" and len(t.key) <= 2]
    others = [t for t in (*left, *right) if t not in figures]
    if len(figures) == 1 and len(left) <= 1 and len(right) <= 1 and not any(NUMBER.match(t.key) for t in others):
        return True  # a lone figure that a scan printed for a letter
    if not any(token.unsure for token in (*left, *right)):
        return False
    one, other = ("".join(_letters(token) for token in side) for side in (left, right))
    if not one or not other:
        return len(left) + len(right) == 1 and len(one or other) <= 4 and (one or other) not in _TELLING
    limit = _TORN_SINGLE if len(left) == len(right) == 1 else _TORN_ALIKE
    return fuzz.ratio(one, other) >= limit


def _is_dated(gap: Sequence[Token], text: Sequence[Token]) -> bool:
    """Whether ``gap`` goes on a date or a number of an article, so that its figure is no amount."""
    at = next((place for place, token in enumerate(text) if gap and token is gap[0]), 0)
    return at > 0 and fold(text[at - 1].literal) in ("ngay", "thang", "nam", "so", "dieu", "khoan", "quy")


def _perhaps_torn(left: Sequence[Token], right: Sequence[Token]) -> bool:
    """Whether what a torn text has here looks somewhat like what the other has, so that a person should look."""
    if not left or not right or not any(token.raw for token in (*left, *right)):
        return False
    one, other = ("".join(_letters(token) for token in side) for side in (left, right))
    return fuzz.ratio(one, other) >= _TORN_PERHAPS


def _letters(token: Token) -> str:
    return token.raw if token.raw.isalpha() else skeleton(token.key)


def differing_head(
    higher: Sequence[Token], lower: Sequence[Token], met: Sequence[tuple[int, int]], gaps: list[Gap]
) -> tuple[Span | None, list[Gap]]:
    """The verbs that answer, where they differ in strength, and the gaps without them."""
    (left, first, one), (right, second, other) = head_verb(higher), head_verb(lower)
    if one == other or not higher or not lower:
        return None, gaps
    at_left, at_right = {a for a, _ in met}, {b for _, b in met}
    if (not first and right in at_right) or (not second and left in at_left):
        return None, gaps  # a verb before it came or went; the verb itself is the same
    left_end, right_end = phrase_end(higher, left, at_left), phrase_end(lower, right, at_right)
    if left_end == left or right_end == right:  # the other side's verb was put before this one's
        left_end, right_end = with_verb(higher, left_end), with_verb(lower, right_end)
    span = Span(
        tuple(higher[left:left_end]),
        tuple(lower[right:right_end]),
        "weakened" if other < one else "strengthened",
        True,
        False,
    )
    used = {id(token) for token in (*higher[:left_end], *lower[:right_end])}
    rest = [([t for t in a if id(t) not in used], [t for t in b if id(t) not in used]) for a, b in gaps]
    return span, [gap for gap in rest if gap[0] or gap[1]]
