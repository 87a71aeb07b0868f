"""Lines cut into units: words that may be put right, and what is never altered (numbers, symbols, addresses, names)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from vanban.restore.syllables import skeleton

Kind = Literal["word", "number", "code", "address", "abbreviation", "label", "name"]

#: The kinds whose text is left as found: at most a suggestion is made.
PROTECTED: frozenset[Kind] = frozenset({"number", "code", "address", "abbreviation", "label", "name"})

_CHUNK = re.compile(r"\S+")
_ADDRESS = re.compile(r"https?:|www\.|\w@[\w-]+\.\w|\.(?:vn|com|gov|org|net|aspx|html?)\b", re.IGNORECASE)
_LABEL = re.compile(r"[-–—+•*]+|\(?(?:[a-zđ¢&]|\d{1,2}|[ivx]{1,4})\)|(?:\d{1,2}\.)+\d{0,2}[.)]?|[IVX|l1ƖTYH]{1,5}[.,]")
_LEAD = "\"'“”‘’«([{<*•…-–—.,;:/"
_TRAIL = "\"'“”‘’»)]}>.,;:!?…-–—*/"
_JOIN = re.compile(r"[-–—/]")
_LETTER = re.compile(r"[^\W\d_]")
_MEASURE = re.compile(
    r"\d+(?:h|m[23]?|k|kg|g|km2?|ha|cm|mm|kv|kw|mw|gb|tb|mb|s|p|tr|tỷ|ty|đ|d|x|l|v)\d{0,2}", re.IGNORECASE
)
_FULL = re.compile(r"[.!?][\"'”’)\]]*$")
_END = re.compile(r"[.;!?][\"'”’)\]]*$")
_SURNAMES = frozenset(
    """nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh trinh truong mai dao doan luong ha
    luu cao chau phung thai ta to quach kieu dam lai tong trieu""".split()  # noqa: SIM905 - a list of names
)
_HONORIFIC = frozenset({"ong", "ba", "d/c", "dc", "chi"})


@dataclasses.dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its line (index) and place in it, its letters, its kind, whether a sentence or a part of one begins
    with it, whether a capital is usual there, and whether it is the first of its line."""

    line: int
    start: int
    end: int
    text: str
    kind: Kind
    begins: bool = False
    opens: bool = False
    leads: bool = False


def units(lines: Sequence[str], abbreviations: Collection[str]) -> list[Unit]:
    """The units of ``lines``. ``abbreviations``: those known, in capitals and with marks dropped."""
    out: list[Unit] = []
    ended = full = True
    for at, line in enumerate(lines):
        found = list(_line(at, line, abbreviations))
        for place, unit in enumerate(found):
            label = place == 0 and unit.kind == "label"
            place_of = (unit.line, unit.start, unit.end, unit.text, unit.kind)
            out.append(Unit(*place_of, begins=ended or label, opens=full, leads=place == 0))
            tail = _tail(line, unit, found, place)
            ended = label or bool(tail and _END.search(tail))
            full = label or bool(tail and _FULL.search(tail))
    return _named(out)


def _tail(line: str, unit: Unit, found: Sequence[Unit], place: int) -> str:
    """What stands between ``unit`` and the next one on its line, without blanks."""
    end = found[place + 1].start if place + 1 < len(found) else len(line)
    return line[unit.end : end].strip()


def _line(at: int, line: str, abbreviations: Collection[str]) -> Iterator[Unit]:
    chunks = list(_CHUNK.finditer(line))
    capitals = [_capitals(chunk.group(), abbreviations) for chunk in chunks]
    for place, chunk in enumerate(chunks):
        text, start = chunk.group(), chunk.start()
        if place == 0 and _LABEL.fullmatch(text) and (len(chunks) > 1 or not _LETTER.search(text)):
            yield Unit(at, start, start + len(text), text, "label")
            continue
        if text.isalpha() and text.islower():  # most words of any text
            yield Unit(at, start, start + len(text), text, "word")
            continue
        if _ADDRESS.search(text):
            yield Unit(at, start, start + len(text), text, "address")
            continue
        beside = capitals[max(place - 1, 0) : place] + capitals[place + 1 : place + 2]
        heading = capitals[place] and (any(beside) or len(chunks) == 1)
        core = text.strip()
        left = len(core) - len(core.lstrip(_LEAD))
        core = core.lstrip(_LEAD).rstrip(_TRAIL)
        if core:
            yield from _core(at, start + left, core, heading)


def _capitals(text: str, abbreviations: Collection[str]) -> bool:
    """Whether a chunk is a word in capitals, as headings print them, rather than an abbreviation."""
    if text.islower():
        return False
    core = "".join(c for c in text if _LETTER.match(c))
    bare = skeleton(core)
    vowel = any(letter in "AEIOUY" for letter in bare)
    return len(core) >= 2 and core.isupper() and vowel and len(core) <= 7 and bare not in abbreviations


def _core(at: int, start: int, core: str, heading: bool) -> Iterator[Unit]:
    """The units of a chunk without its punctuation: parts of a compound each by itself, a symbol whole."""
    kind = _kind(core, heading)
    if kind != "word" or not _JOIN.search(core):
        yield Unit(at, start, start + len(core), core, kind)
        return
    place = 0
    for part in re.split(r"([-–—/])", core):
        if part and not _JOIN.fullmatch(part):
            yield Unit(at, start + place, start + place + len(part), part, _kind(part, heading))
        place += len(part)


def _kind(core: str, heading: bool) -> Kind:
    letters = [c for c in core if _LETTER.match(c)]
    digits = sum(c.isdigit() for c in core)
    capitals = sum(c.isupper() for c in letters)
    if digits:
        return _digits(core, letters, digits, capitals)
    if not letters:
        return "word" if core in ("¢", "&", "@", "€") else "number"
    if "/" in core and (capitals > core.count("/") + 1 or any(len(p) < 2 for p in core.split("/"))):
        return "code"
    if "&" in core[1:-1] and capitals * 2 > len(letters):
        return "abbreviation"
    if capitals >= 2 and not (heading and capitals == len(letters)):
        parts = [part for part in _JOIN.split(core) if part]
        return "abbreviation" if any(sum(c.isupper() for c in part) >= 2 for part in parts) else "word"
    if len(letters) == 1 and capitals and len(core) == 1 and core not in "ÔÝƠÁÀ":
        return "abbreviation"
    return "word"


def _digits(core: str, letters: Sequence[str], digits: int, capitals: int) -> Kind:
    """The kind of a chunk with digits: "d6i" is a torn word, "15m2", "H5N1", "407/QD" and "3a" are not."""
    if not letters:
        return "number"
    if re.search(r"[/%:=+]|\d[.,]\d", core) or capitals > 1 or (capitals and not core[0].isupper()):
        return "code"
    if re.search(r"\d{2}", core) and not re.fullmatch(r"1[06][^\W\d_]+|[^\W\d_]+[0-9]{2}[^\W\d_]*", core):
        return "code"
    if _MEASURE.fullmatch(core) or digits > 2 or re.fullmatch(r"[2357]\w", core):
        return "code"
    torn = re.fullmatch("[TSCĐBPL][64]", core)  # "T6 chirc": Tổ chức
    return "code" if core[0].isupper() and core[1:].isdigit() and not torn else "word"


def _named(found: list[Unit]) -> list[Unit]:
    """``found`` with the names of persons marked: a surname and more capitalised words, alone on a line, after "ông"
    or "bà", or three and more together."""
    out = list(found)
    by_line: dict[int, int] = {}
    for unit in found:
        by_line[unit.line] = by_line.get(unit.line, 0) + 1
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and found[end].line == found[at].line and _titled(found[end]):
            end += 1
        size = end - at
        if size >= 2 and _surname(found[at].text):
            before = skeleton(found[at - 1].text.lower()) if at else ""
            alone = by_line[found[at].line] == size
            if alone or size >= 3 or before in _HONORIFIC:
                out[at:end] = [dataclasses.replace(unit, kind="name") for unit in found[at:end]]
        at = max(end, at + 1)
    return out


def _titled(unit: Unit) -> bool:
    return unit.kind == "word" and unit.text[0].isupper() and not unit.text[1:].isupper()


def _surname(text: str) -> bool:
    bare = skeleton(text.lower())
    return bare in _SURNAMES or bare.replace("&", "e") in _SURNAMES
