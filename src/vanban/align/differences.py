"""Where two texts differ: their tokens laid side by side, and what each difference does to the duty."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from vanban.align.names import Names, is_inside
from vanban.align.tokens import Token, exact, fold
from vanban.align.words import AMOUNTS, CONDITIONS, DOING, EMPTY_PHRASES, HELPING, LADDER, MANNER, NARROWING, SOFT
from vanban.fuzzy import skeleton, word_cost

Direction = Literal["narrowed", "widened", "weakened", "strengthened", "changed"]
Same = Callable[[Token, Token], bool]
#: Texts of which less than these shares of the longer and of the shorter are common were written anew: they are shown
#: whole.
_REWRITTEN = (0.45, 0.6)
#: Letters of a torn passage this much (of 100) like those of the other plan are taken for the same words.
_TORN_ALIKE, _TORN_SINGLE = 62, 44
_JOINING = frozenset({"va", exact("và"), exact("hoặc"), "hoac", exact("cùng"), "cung", "&"})
#: Words that stand by a figure without changing it.
_BY_FIGURES = frozenset(("toi", "thieu", "it", "nhat", "da", "tren", "duoi", "khoang", "tu", "dat", "so"))
#: What a unit calls itself: "lãnh đạo Sở" is "lãnh đạo Phòng" one level down.
_UNITS = frozenset((exact("sở"), exact("phòng"), exact("bộ")))
#: "số" says nothing before a number, but "chính quyền số" is a thing.
_COUNT = frozenset(("so", exact("số")))
#: How often, from most to least.
_OFTEN = ("ngay", "tuan", "thang", "quy", "nam")
OFTEN = frozenset((*_OFTEN, *(exact(word) for word in ("ngày", "tuần", "tháng", "quý", "năm"))))
#: Short words that are never taken for a scan's noise.
_TELLING = frozenset({"chi", "mot", "moi", "phai", "nua"})
#: In a torn text a word may stand this far (for each letter) from the one in its place: one that could not be read, and
#: one that was read as another word.
_TORN_WORD, _READ_WORD, _TORN_SHORT = 0.4, 0.22, 0.61
_NUMBER = re.compile(r"^\d{1,9}(?:[.,]\d+)?%?$")


@dataclasses.dataclass(frozen=True, slots=True)
class Span:
    """A difference: the tokens that only the one, only the other has; what it does; whether torn words stand in it."""

    higher: tuple[Token, ...]
    lower: tuple[Token, ...]
    direction: Direction
    is_verb: bool = False
    doubtful: bool = False
    reason: Literal["", "place", "soft"] = ""


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


def matcher(names: Names) -> Same:
    """Whether two tokens say the same, each at its own level."""
    known: dict[tuple[str, str, str, str], bool] = {}
    near: dict[tuple[str, str], bool] = {}

    def torn(higher: Token, lower: Token) -> bool:
        one, other = higher.raw or skeleton(higher.key), lower.raw or skeleton(lower.key)
        if "?" in (one, other):
            return False
        if (one, other) not in near:
            longest = max(len(one), len(other))
            limit = _TORN_WORD if higher.doubtful or lower.doubtful else _READ_WORD
            apart = abs(len(one) - len(other)) > 2 or Levenshtein.distance(one, other, score_cutoff=2) > 2
            near[one, other] = (
                bool(one and other) and not apart and word_cost(other, one) <= max(limit * longest, _TORN_SHORT)
            )
        return near[one, other]

    def same(higher: Token, lower: Token) -> bool:
        if higher.sort == "word" == lower.sort:
            if higher.key in _UNITS and lower.key in _UNITS:
                return True
            return higher.key == lower.key or ((higher.raw or lower.raw) != "" and torn(higher, lower))
        if {higher.sort, lower.sort} == {"group", "below"}:
            return "places" in (higher.key, lower.key)
        if higher.sort != lower.sort:
            return higher.literal == lower.literal
        ask = (higher.sort, higher.key, lower.sort, lower.key)
        if ask not in known:
            if higher.sort == "agency":
                known[ask] = names.is_same(higher.key, lower.key) or names.stands_for(higher.key, lower.key) is not None
            else:
                known[ask] = higher.key == lower.key or higher.sort in ("place", "below")
        return known[ask]

    return same


def weight(token: Token) -> float:
    """How much a token counts."""
    return 0.2 if token.is_stop else 1.0


def side_by_side(higher: Sequence[Token], lower: Sequence[Token], same: Same) -> list[tuple[int, int]]:
    """The places of the tokens that meet, in order: the heaviest common sequence, unbroken runs preferred."""
    begin, rows, columns = 0, len(higher), len(lower)
    while begin < rows and begin < columns and same(higher[begin], lower[begin]):
        begin += 1
    while rows > begin and columns > begin and same(higher[rows - 1], lower[columns - 1]):
        rows, columns = rows - 1, columns - 1
    met = [(at, at) for at in range(begin)]
    middle = _heaviest(higher[begin:rows], lower[begin:columns], same)
    met += [(begin + left, begin + right) for left, right in middle]
    return met + [(rows + at, columns + at) for at in range(len(higher) - rows)]


def _heaviest(higher: Sequence[Token], lower: Sequence[Token], same: Same) -> list[tuple[int, int]]:
    if not higher or not lower:
        return []
    width = len(lower) + 1
    best = [[0.0] * width for _ in range(len(higher) + 1)]
    run = [[False] * width for _ in range(len(higher) + 1)]
    for row, left in enumerate(higher, 1):
        above, now, before = best[row - 1], best[row], run[row - 1]
        gain = weight(left)
        for column, right in enumerate(lower, 1):
            skip = above[column] if above[column] >= now[column - 1] else now[column - 1]
            if same(left, right):
                fit = gain if left.sort != "word" or left.key == right.key else 0.8 * gain
                taken = above[column - 1] + fit + (0.15 if before[column - 1] else 0.0)
                if taken > skip:
                    now[column], run[row][column] = taken, True
                    continue
            now[column] = skip
    out: list[tuple[int, int]] = []
    row, column = len(higher), len(lower)
    while row and column:
        if run[row][column]:
            out.append((row - 1, column - 1))
            row, column = row - 1, column - 1
        elif best[row - 1][column] >= best[row][column - 1]:
            row -= 1
        else:
            column -= 1
    return out[::-1]


def compare(higher: Sequence[Token], lower: Sequence[Token], same: Same, *, several: bool = False) -> Comparison:
    """How the text ``lower`` differs from ``higher``. ``several``: they were put together of several, so that what is
    repeated in one may stand once in the other."""
    met = side_by_side(higher, lower, same)
    higher, lower = _as_met(higher, lower, met)
    met = _slid(higher, lower, met)
    share = _share(higher, lower, met)
    pairs = tuple((higher[left], lower[right]) for left, right in met)
    gaps = _gaps(higher, lower, met)
    head, gaps = _head(higher, lower, met, gaps)
    if share < _REWRITTEN[0] and _share(higher, lower, met, min) < _REWRITTEN[1]:
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
        place = _place(left, higher) if left else _place(right, lower)
        left, right = _untitled(left, higher), _untitled(right, lower)
        held = [any(token.sort == "place" for token in side) for side in (left, right)]
        left, right = _meaning(left), _meaning(right)
        if not left and right and all(t.sort in ("agency", "group") for t in right):
            beside = _beside_group(right, lower)
            named.extend(beside)
            right = [t for t in right if t not in beside]
        if _for_committee(left) or _for_committee(right):
            continue
        said = [" ".join(token.literal for token in side) for side in (left, right)]
        if said[0] != said[1] and not _torn_alike(left, right):
            span = _judged(tuple(left), tuple(right), place)
            if held[0] != held[1] and bool(left) != bool(right) and (right if held[0] else left):
                span = dataclasses.replace(span, direction="narrowed" if held[0] else "widened", reason="place")
            spans.append(span)
    return Comparison(tuple(spans), share, False, tuple(named), head, pairs)


def _as_met(
    higher: Sequence[Token], lower: Sequence[Token], met: Sequence[tuple[int, int]]
) -> tuple[list[Token], list[Token]]:
    """The tokens, torn words that meet a whole one read as that one."""
    ones, others = list(higher), list(lower)
    for left, right in met:
        one, other = ones[left], others[right]
        if one.sort == other.sort == "word" and one.key != other.key:
            if other.raw:
                others[right] = dataclasses.replace(other, key=one.key, shown=one.shown, doubtful=False)
            else:
                ones[left] = dataclasses.replace(one, key=other.key, shown=other.shown, doubtful=False)
    return ones, others


def _slid(higher: Sequence[Token], lower: Sequence[Token], met: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The meeting places moved so that what is on one side only begins behind a comma where it can: "công chức, [viên
    chức]" rather than "công [chức, viên] chức"."""
    out = [(-1, -1), *met]
    for at in range(len(out) - 1):
        for side in (0, 1):
            begin, end = out[at][side], out[at + 1][side]
            if end - begin < 2 or out[at + 1][1 - side] - out[at][1 - side] != 1:
                continue
            step = _step((higher, lower)[side], begin, end)
            places = [at + 1 + k for k in range(step)] if step > 0 else [at - k for k in range(-step)]
            stand = [end + k for k in range(step)] if step > 0 else [begin - k for k in range(-step)]
            if [out[place][side] for place in places if 0 < place < len(out)] != stand:
                continue
            for place, now in zip(places, stand, strict=True):
                out[place] = _put(out[place], side, now - (end - begin - 1) if step > 0 else now + (end - begin - 1))
    return out[1:]


def _put(pair: tuple[int, int], side: int, place: int) -> tuple[int, int]:
    return (place, pair[1]) if side == 0 else (pair[0], place)


def _step(text: Sequence[Token], begin: int, end: int) -> int:
    """By how many tokens the stretch between ``begin`` and ``end`` can move, forwards or (negative) backwards, to begin
    behind a comma; 0 where it does already or cannot."""
    if begin < 0 or text[begin].comma:
        return 0
    for step in (1, 2, 3):
        if begin + step < end and end + step <= len(text):
            same = all(_alike(text[begin + 1 + k], text[end + k]) for k in range(step))
            if same and text[begin + step].comma:
                return step
        if begin - step >= 0 and end - step > begin:
            same = all(_alike(text[begin - k], text[end - 1 - k]) for k in range(step))
            if same and text[begin - step].comma:
                return -step
    return 0


def _alike(one: Token, other: Token) -> bool:
    return one.sort == other.sort == "word" and one.key == other.key


def _share(
    higher: Sequence[Token],
    lower: Sequence[Token],
    met: Sequence[tuple[int, int]],
    of: Callable[[float, float], float] = max,
) -> float:
    whole = of(sum(map(weight, higher)), sum(map(weight, lower))) or 1.0
    return sum(weight(higher[left]) for left, _ in met) / whole


Gap = tuple[list[Token], list[Token]]


def _gaps(higher: Sequence[Token], lower: Sequence[Token], met: Sequence[tuple[int, int]]) -> list[Gap]:
    """What stands between the tokens that meet; a lone word without meaning between two gaps joins them."""
    out: list[Gap] = []
    left = right = 0
    islands: list[Token] = []
    for at, (row, column) in enumerate([*met, (len(higher), len(lower))]):
        gap = (list(higher[left:row]), list(lower[right:column]))
        if gap[0] or gap[1]:
            if out and at and len(islands) == 1 and all(token.is_stop for token in islands):
                out[-1][0].extend([*islands, *gap[0]])
                out[-1][1].extend([*islands, *gap[1]])
            else:
                out.append(gap)
            islands = []
        if row < len(higher):
            islands.append(higher[row])
        left, right = row + 1, column + 1
    return out


def _for_committee(tokens: Sequence[Token]) -> bool:
    """Whether ``tokens`` are "tham mưu (giúp) UBND …": how an office acts through its committee, no difference."""
    return _words(tokens[:2]) == "tham muu" and len(tokens) <= 4 and _is_committee(tokens[-1])


def _is_committee(token: Token) -> bool:
    return token.sort == "agency" and fold(token.key).startswith(("uy ban nhan dan", "ubnd", "chu tich"))


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
    had = f" {_words(higher)} "
    out: list[tuple[Token, ...]] = []
    clause: list[Token] = []
    for token in (*lower, None):
        if token is not None:
            clause.append(token)
        if clause and (token is None or token.comma or token.ends):
            words = f" {_words(clause)} "
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
    if any(token.sort == "place" for token in kept) and not narrows(kept):
        kept = [token for token in kept if token.sort != "place"] if len(kept) == 1 else kept
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
    if len(figures) == 1 and len(left) <= 1 and len(right) <= 1 and not any(_NUMBER.match(t.key) for t in others):
        return True  # a lone figure that a scan printed for a letter
    if not any(token.unsure for token in (*left, *right)):
        return False
    one, other = ("".join(_letters(token) for token in side) for side in (left, right))
    if not one or not other:
        return len(left) + len(right) == 1 and len(one or other) <= 4 and (one or other) not in _TELLING
    limit = _TORN_SINGLE if len(left) == len(right) == 1 else _TORN_ALIKE
    return fuzz.ratio(one, other) >= limit


def _letters(token: Token) -> str:
    return token.raw if token.raw.isalpha() else skeleton(token.key)


def _words(tokens: Sequence[Token]) -> str:
    """The tokens' words, folded, between blanks."""
    return " ".join(fold(token.key) if token.sort == "word" else f"<{token.sort}>" for token in tokens)


def narrows(tokens: Sequence[Token]) -> bool:
    """Whether ``tokens`` hold a phrase that bounds what is to be done."""
    words = f"{_words(tokens)} "
    if any(f" {mark.strip()} " in f" {words}" for mark in NARROWING):
        return True
    return bool(re.search(r"(?:^|thong tin |tin |bai )(?:ve|lien quan den) <place>|^(?:chi )?doi voi ", words))


Place = Literal["first", "member", "attribute"]


def _place(gap: Sequence[Token], text: Sequence[Token]) -> Place:
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


def _judged(left: tuple[Token, ...], right: tuple[Token, ...], place: Place) -> Span:
    """What it does to the duty that ``right`` stands in the place of ``left``.

    A member lost from a list narrows, one gained widens; with what says more of a word, and with what bounds the duty, it
    is the other way about.
    """
    doubtful = any(token.doubtful for token in (*left, *right))
    if (not left or not right) and _words(left or right) in SOFT:
        return Span(left, right, "strengthened" if left else "weakened", True, doubtful, "soft")
    verbs = _verb_step(left, right)
    if verbs is not None:
        return Span(left, right, verbs, True, doubtful)
    if not left or not right:
        bounds = place == "attribute" or narrows(left or right)
        direction: Direction = "narrowed" if bounds == (not left) else "widened"
        return Span(left, right, "changed" if place == "first" and not bounds else direction, False, doubtful)
    return Span(left, right, _amount(left, right) or _members(left, right) or "changed", False, doubtful)


def _verb_step(left: Sequence[Token], right: Sequence[Token]) -> Direction | None:
    """Whether one verb of the ladder stands for another, or a helping verb came or went."""
    one, other = _words(left), _words(right)
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
    one = [token.key for token in left if _NUMBER.match(token.key)]
    other = [token.key for token in right if _NUMBER.match(token.key)]
    loose = [t for t in (*left, *right) if not _NUMBER.match(t.key) and fold(t.key) not in _BY_FIGURES]
    if len(one) == len(other) == 1 and len(loose) <= 1:
        before, after = (float(text[0].rstrip("%").replace(".", "").replace(",", ".")) for text in (one, other))
        return None if before == after else "narrowed" if after < before else "widened"
    if _words(left) in _OFTEN and _words(right) in _OFTEN:
        rarer = _OFTEN.index(_words(right)) > _OFTEN.index(_words(left))
        return "narrowed" if rarer else "widened"
    ranks = [
        next((rank for rank, words in enumerate(AMOUNTS) if any(f" {w} " in f" {_words(side)} " for w in words)), None)
        for side in (left, right)
    ]
    if ranks[0] is not None and ranks[1] is not None and ranks[0] != ranks[1]:
        return "narrowed" if ranks[1] > ranks[0] else "widened"
    return None


# --- the verb that answers ---------------------------------------------------------------------------------------


def head_verb(tokens: Sequence[Token]) -> tuple[int, str, int]:
    """The verb that says who answers: where it stands, the verb itself (empty where it is none of the ladder), its step."""
    at = _behind_conditions(tokens)
    while at < len(tokens):
        rest = _words(tokens[at : at + 4])
        manner = next((phrase for phrase in MANNER if f"{rest} ".startswith(f"{phrase} ")), None)
        if manner:
            at += len(manner.split())
        elif tokens[at].sort in ("agency", "group") and at + 1 < len(tokens):
            at += 1
        elif rest.startswith("tham muu") and (skip := _for_own_committee(tokens, at)):
            at = skip
        else:
            break
    rest = _words(tokens[at : at + 4])
    verb = max((v for v in LADDER if f"{rest} ".startswith(f"{v} ")), key=len, default="")
    return at, verb, LADDER.get(verb, DOING)


def _for_own_committee(tokens: Sequence[Token], at: int) -> int | None:
    """Behind "tham mưu (giúp, cho) UBND …": the committee itself then does what follows."""
    for end in range(at + 2, min(at + 5, len(tokens) - 1)):
        if _is_committee(tokens[end]):
            return end + 1
        if tokens[end].sort != "word":
            return None
    return None


def _behind_conditions(tokens: Sequence[Token]) -> int:
    """Where the first clause begins that says what is to be done, rather than upon what."""
    at = 0
    while any(f"{_words(tokens[at : at + 4])} ".startswith(condition) for condition in CONDITIONS):
        begins = (place + 1 for place in range(at, len(tokens) - 1) if tokens[place].comma)
        following = next((place for place in begins if _begins_clause(tokens, place)), None)
        if following is None:
            return 0
        at = following
    return at


def _begins_clause(tokens: Sequence[Token], at: int) -> bool:
    words = f"{_words(tokens[at : at + 4])} "
    openings = (*LADDER, *MANNER, *CONDITIONS, "tong hop", "ra soat", "xay dung", "bao cao", "bo tri", "trinh ", "lap ")
    return tokens[at].sort in ("agency", "group") or any(words.startswith(opening) for opening in openings)


def _head(
    higher: Sequence[Token], lower: Sequence[Token], met: Sequence[tuple[int, int]], gaps: list[Gap]
) -> tuple[Span | None, list[Gap]]:
    """The verbs that answer, where they differ in strength, and the gaps without them."""
    (left, first, one), (right, second, other) = head_verb(higher), head_verb(lower)
    if one == other or not higher or not lower:
        return None, gaps
    at_left, at_right = {a for a, _ in met}, {b for _, b in met}
    if (not first and right in at_right) or (not second and left in at_left):
        return None, gaps  # a verb before it came or went; the verb itself is the same
    left_end, right_end = _phrase_end(higher, left, at_left), _phrase_end(lower, right, at_right)
    if left_end == left or right_end == right:  # the other side's verb was put before this one's
        left_end, right_end = _with_verb(higher, left_end), _with_verb(lower, right_end)
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


def _phrase_end(tokens: Sequence[Token], at: int, met: set[int]) -> int:
    """Where the phrase of the verb ends: at the first common word that is no verb of the ladder."""
    end = at
    while end < len(tokens) and end < at + 14:
        words = _words(tokens[end : end + 2])
        if words in LADDER:
            end += 2
        elif end in met:
            break
        else:
            end += 1
    return end


def _with_verb(tokens: Sequence[Token], end: int) -> int:
    return min(end + 2, len(tokens))
