"""Two texts laid side by side: which tokens say the same, and what stands between them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from rapidfuzz.distance import Levenshtein

from vanban.align.names import Names
from vanban.align.spelling import exact, fold
from vanban.align.tokens import Token
from vanban.fuzzy import skeleton, word_cost

Same = Callable[[Token, Token], bool]
#: What a unit calls itself: "lãnh đạo Sở" is "lãnh đạo Phòng" one level down.
_UNITS = frozenset((exact("sở"), exact("phòng"), exact("bộ")))
#: In a torn text a word may stand this far (for each letter) from the one in its place: one that could not be read, and
#: one that was read as another word.
_TORN_WORD, _READ_WORD, _TORN_SHORT = 0.4, 0.22, 0.61


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


def as_met(
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


def slid(higher: Sequence[Token], lower: Sequence[Token], met: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
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


def share_of(
    higher: Sequence[Token],
    lower: Sequence[Token],
    met: Sequence[tuple[int, int]],
    of: Callable[[float, float], float] = max,
) -> float:
    whole = of(sum(map(weight, higher)), sum(map(weight, lower))) or 1.0
    return sum(weight(higher[left]) for left, _ in met) / whole


Gap = tuple[list[Token], list[Token]]


def gaps_between(higher: Sequence[Token], lower: Sequence[Token], met: Sequence[tuple[int, int]]) -> list[Gap]:
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


def words_of(tokens: Sequence[Token]) -> str:
    """The tokens' words, folded, between blanks."""
    return " ".join(fold(token.key) if token.sort == "word" else f"<{token.sort}>" for token in tokens)
