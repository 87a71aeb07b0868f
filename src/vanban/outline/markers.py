"""Printed labels at the head of a line: I. / 1. / 1.1. / a) / (1) / - / +."""

from __future__ import annotations

import dataclasses
import re

from vanban.outline.letters import UPPER

#: Ranks of the kinds of labels, outermost first (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.5.d).
RANK = {
    "part": 0,
    "roman": 1,
    "number": 2,
    "number2": 3,
    "number3": 4,
    "number4": 5,
    "letter": 6,
    "paren": 7,
    "dash": 8,
    "plus": 9,
    "text": 10,
}

#: Letters that enumerate points in Vietnamese documents: no f, j, w, z.
LETTERS = "abcdđeghiklmnopqrstuvxy"

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_PART = re.compile(r"^(PHẦN|Phần|CHƯƠNG|Chương)\s+((?:THỨ|thứ)\s+\w+|[IVX]{1,5}|\d{1,2})\s*[.:]?\s*")
_ARTICLE = re.compile(r"^(?:Điều|ĐIỀU)\s+(\d{1,2})\s*[.:]\s+(?=\S)")
# "III - IV/2019" is the tail of a wrapped time.
_ROMAN = re.compile(
    rf"^([IVX|l1]{{1,5}})\s*(?:[.)/]\s*(?=\S)|[-–]\s*(?=[{UPPER}])(?![IVX]{{1,4}}\s*(?:[/.,;]|năm|$)|[Qq]uý\s))"
)
_ROMAN_TORN = re.compile(r"^([IVXHTYlỊÌ1|]{1,5})\s*[.,]\s+(?=\S)")
_TORN = {ord("H"): "II", ord("T"): "I", ord("Y"): "V", ord("Ị"): "I", ord("Ì"): "I"}
# "II CÔNG TÁC RÀ SOÁT VĂN BẢN"; "(QUÝ) II NĂM 2025" is the tail of a title.
_ROMAN_BARE = re.compile(rf"^(I{{1,3}}|IV|VI{{0,3}}|IX|X)\s+(?!NĂM)(?=[{UPPER}]{{2,}}\s+[{UPPER}]{{2,}})")
_ROMAN_ALONE = re.compile(r"^([IVX]{1,5})\s*[.)]$")
_CAPITAL = re.compile(r"^([A-HĐ])\s*[./]\s+(?=[^\W\d_]{2})")
_NESTED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){1,3})\s*[.):]?(?:\s+|$)(?=[^\W\d_\"“(]|$)")
_NUMBER = re.compile(rf"^(\d{{1,2}})\s*(?:[.)](?!\d)\s*|[/:](?=\s)\s*|[-–]\s*(?=[{UPPER}][^{UPPER}\d]))")
# "Nhiệm vụ 1: Tổ chức điều tra …" without any other label.
_COUNTED = re.compile(
    r"^(?:Nhiệm\s+vụ|Hoạt\s+động|Nội\s+dung|Giải\s+pháp|Dự\s+án|Tiểu\s+dự\s+án|Chuyên\s+đề|Mô\s+hình)\s+(?:số\s+)?(\d{1,2})"
    r"\s*[:.]\s+(?=\S)"
)
_LETTER = re.compile(r"^([A-Za-zĐđ¢])\s*(?:\)|[.](?=\s)|/(?=\s))\s*")
_PAREN = re.compile(r"^\((\d{1,2}|[ivx]{1,4}|[a-zđ])\)\s*(?=\S)")
_DASH = re.compile(r"^[-–—−•·●▪■♦◦→➢➔✓✔❖*\uf0b7\uf02d\uf0a7\uf0d8\uf076](?![-–—*\d])\s*")
_PLUS = re.compile(r"^\+\s*(?!\d)")


@dataclasses.dataclass(frozen=True, slots=True)
class Marker:
    """A label as read: its kind (a key of ``RANK``), what stands for it in a code, its place in its sequence."""

    kind: str
    label: str
    value: int
    parts: tuple[int, ...] = ()
    printed: str = ""

    @property
    def rank(self) -> int:
        """How deep the kind stands: 0 is outermost."""
        return RANK[self.kind]


def roman_value(text: str) -> int | None:
    """The value of a Roman numeral up to XXXIX, or None. ``|``, ``l`` and ``1`` read as I (scans print them for it)."""
    numeral = text.replace("|", "I").replace("l", "I").replace("1", "I")
    if not re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,3})", numeral) or not numeral:
        return None
    total = 0
    for left, right in zip(numeral, f"{numeral[1:]} ", strict=True):
        value = _ROMAN_VALUES[left]
        total += -value if _ROMAN_VALUES.get(right, 0) > value else value
    return total


def to_roman(value: int) -> str:
    """``value`` (1..39) as a Roman numeral."""
    numeral = "X" * (value // 10)
    return numeral + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][value % 10]


def read_marker(line: str) -> tuple[Marker, str] | None:
    """The label that opens ``line`` and the text behind it; None where the line opens with none."""
    for reader in (_read_part, _read_roman, _read_nested, _read_number, _read_counted, _read_letter, _read_bullet):
        found = reader(line)
        if found is not None:
            marker, rest = found
            return dataclasses.replace(marker, printed=line[: len(line) - len(rest)].strip()), rest
    return None


def _read_part(line: str) -> tuple[Marker, str] | None:
    article = _ARTICLE.match(line)
    if article is not None:
        return Marker("part", f"Đ{int(article[1])}", int(article[1])), line[article.end() :]
    match = _PART.match(line)
    if match is None:
        match = _CAPITAL.match(line)
        if match is None or not is_heading_like(line[match.end() :]):
            return None
        return Marker("part", match[1], ord(match[1])), line[match.end() :]
    rest = line[match.end() :]
    if rest and not is_heading_like(rest):
        return None
    return Marker("part", match[2].upper().replace(" ", ""), roman_value(match[2]) or 0), rest


def is_heading_like(text: str) -> bool:
    """Whether ``text`` is printed in capitals, as headings of sections are."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= 0.6 * len(letters)


def _torn_roman(line: str) -> re.Match[str] | None:
    """A numeral that a scan prints with other letters ("IH." for III, "TV." for IV), before a heading in capitals."""
    match = _ROMAN_TORN.match(line)
    return match if match and is_heading_like(line[match.end() :]) and len(line[match.end() :]) > 5 else None


def _bare_roman(line: str) -> re.Match[str] | None:
    """A numeral without its stop, before a heading in capitals."""
    match = _ROMAN_BARE.match(line)
    return match if match and line.upper() == line else None


def _read_roman(line: str) -> tuple[Marker, str] | None:
    match = _ROMAN_ALONE.match(line) or _ROMAN.match(line) or _torn_roman(line) or _bare_roman(line)
    if match is None or match[1].isdigit():
        return None
    value = roman_value(match[1].translate(_TORN))
    rest = line[match.end() :]
    if value is None or (match[1] == "l" and not is_heading_like(rest)):
        return None
    if rest and not (rest[0].isupper() or rest[0] in '“"('):
        return None
    return Marker("roman", to_roman(value), value), rest


def _read_nested(line: str) -> tuple[Marker, str] | None:
    match = _NESTED.match(line)
    if match is None:
        return None
    parts = tuple(int(part) for part in match[1].split("."))
    rest = line[match.end() :]
    if rest and rest[0].islower() and not rest[0].isupper():
        return None
    return Marker(f"number{len(parts)}", ".".join(map(str, parts)), parts[-1], parts), rest


def _read_number(line: str) -> tuple[Marker, str] | None:
    match = _NUMBER.match(line)
    if match is None or int(match[1]) == 0:
        return None
    rest = line[match.end() :]
    if rest and rest[0].islower():
        return None
    return Marker("number", str(int(match[1])), int(match[1])), rest


def _read_counted(line: str) -> tuple[Marker, str] | None:
    match = _COUNTED.match(line)
    if match is None:
        return None
    return Marker("number4", str(int(match[1])), int(match[1])), line[match.end() :]


def _read_letter(line: str) -> tuple[Marker, str] | None:
    match = _PAREN.match(line)
    if match is not None:
        label = match[1]
        value = int(label) if label.isdigit() else roman_value(label.upper()) or LETTERS.find(label) + 1
        return Marker("paren", label, value), line[match.end() :]
    match = _LETTER.match(line)
    if match is None:
        return None
    letter = match[1].lower().replace("¢", "c")
    rest = line[match.end() :]
    closing = match[0].rstrip()[-1:]
    if letter not in LETTERS or (closing != ")" and (match[1].isupper() or not rest[:1].isupper())):
        return None
    return Marker("letter", letter, LETTERS.index(letter) + 1), rest


def _read_bullet(line: str) -> tuple[Marker, str] | None:
    match = _DASH.match(line)
    if match is not None:
        return Marker("dash", "-", 0), line[match.end() :]
    match = _PLUS.match(line)
    return None if match is None else (Marker("plus", "+", 0), line[match.end() :])
