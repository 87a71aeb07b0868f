"""Blanks that a web page lost or put where none belongs: "S ở Tài chính", "Thờ i gian", "nhândân", "Đơnvị chủ trì".

Vietnamese is written with a blank between syllables, and what a syllable may look like is narrow (an initial, a vowel
that bears at most one tone mark, one of eight finals), so both faults show by themselves. Words are parted only into
syllables that the same document or the packaged lexicon uses, since "khoanh" and "kho anh" are both well formed.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence

from vanban.model import Line
from vanban.outline.letters import LOWER, UPPER, bare
from vanban.text import nfc

_ONSET = r"(?:ngh|ng|nh|ph|th|tr|ch|kh|gh|gi|qu|[bcdghklmnprstvx])"
_VOWELS = r"[aeiouy]{1,3}"
_CODA = r"(?:ng|nh|ch|[cmnpt])"
_SYLLABLE = re.compile(rf"^{_ONSET}?{_VOWELS}{_CODA}?$")
_NEEDS_CODA = re.compile(r"(?:[âăấầẩẫậắằẳẵặ]|iê|iế|iề|iể|iễ|iệ|uố|uồ|uổ|uỗ|uộ|uô|ươ|ướ|ườ|ưở|ưỡ|ượ)$")
_HEAD = re.compile(r"^(?:[BCDĐGHKLMNPQRSTVX]|Ng|Ngh|Nh|Ph|Th|Tr|Ch|Kh|Gh)$")
#: Ends of syllables that are no words of their own.
_TAIL = re.compile(r"^(?:[iơưêếềệếứữựốồộấầậắằặu]|[cmnpt]|ng|nh|ch|ên|ện|ền|ông|ương|ường)$")
_MARKED = re.compile(r"[^\x00-\x7f]")
_STOPS = re.compile(r"^(?P<before>[“\"(]*)(?P<word>[^\W\d_]+)(?P<after>[.,;:)”\"/]*)$")
#: "Tháng5/2023", "năm1989" and "SởTư", "vớiỦy": what stands behind begins with a figure or a capital.
_DATED = re.compile(r"^([“\"(]?(?:[Nn]gày|[Tt]háng|[Nn]ăm|[Qq]uý))(\d\S*)$")
_CAPITAL_INSIDE = re.compile(rf"^([{UPPER}]?[{LOWER}]+)([{UPPER}][{LOWER}]*)$")
#: Behind these a single letter is a name ("điểm a", "nhóm B", "lớp c", "hạng T").
_LETTERED = frozenset(("điểm", "khoản", "mục", "nhóm", "lớp", "loại", "hạng", "phụ", "biểu", "tiết", "khu", "vitamin"))


def is_syllable(word: str) -> bool:
    """Whether ``word`` is formed as a Vietnamese syllable."""
    low = word.lower()
    return bool(_SYLLABLE.match(bare(low))) and not _NEEDS_CODA.search(low)


def respace(lines: Sequence[Line], known: Iterable[str] = ()) -> tuple[Line, ...]:
    """``lines`` with torn syllables joined and run-together words parted; the same lines where nothing is amiss.

    ``known`` are words that may stand alone, in small letters, besides those of the document itself.
    """
    words = [nfc(line.text).split() for line in lines]
    counts: dict[str, int] = {}
    for printed in words:
        for word in printed:
            match = _STOPS.match(word)
            if match and is_syllable(match["word"]):
                counts[match["word"].lower()] = counts.get(match["word"].lower(), 0) + 1
    vocabulary = frozenset(counts) | frozenset(known)
    out: list[Line] = []
    for line, found in zip(lines, words, strict=True):
        joined = _joined(found, vocabulary)
        mended = [piece for word in joined for piece in _parted(word, vocabulary)]
        out.append(line if mended == found else dataclasses.replace(line, text=" ".join(mended)))
    return tuple(out)


def _joined(words: Sequence[str], vocabulary: frozenset[str]) -> list[str]:
    """Torn syllables made whole: "S ở" → "Sở", "Thờ i" → "Thời"."""
    out: list[str] = []
    for at, word in enumerate(words):
        if out and (whole := _whole(out, word, at, vocabulary)) is not None:
            out[-1] = whole
        else:
            out.append(word)
    return out


def _whole(out: Sequence[str], word: str, at: int, vocabulary: frozenset[str]) -> str | None:
    left, match = out[-1], _STOPS.match(word)
    if match is None or match["before"] or not match["word"].islower():
        return None
    if len(out) > 1 and out[-2].lower() in _LETTERED:
        return None
    opened = re.match(r"^([“\"(]*)(\w+)$", left)
    if opened is None:
        return None
    whole = opened[2] + match["word"]
    if whole.lower() not in vocabulary or not is_syllable(whole):
        return None
    lone = bool(_HEAD.match(opened[2]))  # no vowel, so no word
    tail = at > 0 and len(opened[2]) > 1 and bool(_TAIL.match(match["word"]))
    return left + word if lone or tail else None


def _parted(word: str, vocabulary: frozenset[str]) -> list[str]:
    """Words that were run together, parted: "nhândân" → "nhân", "dân"."""
    dated = _DATED.match(word)
    if dated:
        return [dated[1], dated[2]]
    match = _STOPS.match(word)
    if match is not None and (inner := _CAPITAL_INSIDE.match(match["word"])) is not None:
        both = {inner[1].lower(), inner[2].lower()}
        if _MARKED.search(inner[1]) and both <= vocabulary and is_syllable(inner[1]) and is_syllable(inner[2]):
            return [f"{match['before']}{inner[1]}", f"{inner[2]}{match['after']}"]
        return [word]
    if match is None or len(match["word"]) < 5 or not _MARKED.search(match["word"]) or is_syllable(match["word"]):
        return [word]
    core = match["word"]
    places = [
        at
        for at in range(2, len(core) - 1)
        if core[:at].lower() in vocabulary
        and core[at:].lower() in vocabulary
        and is_syllable(core[:at])
        and is_syllable(core[at:])
        and (core[at:].islower() or core.isupper())
    ]
    if not places:
        return [word]
    at = max(places)  # the longer first syllable: "toàn|quốc", "quản|lý"
    return [f"{match['before']}{core[:at]}", f"{core[at:]}{match['after']}"]
