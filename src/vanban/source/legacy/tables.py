"""The tables of the encodings, each as the letters of Windows-1252 (as which such bytes are shown) → Vietnamese.

TCVN3 is TCVN 5712:1993, set VN3 (ABC fonts): one byte a letter, and no capital letters with tone: those are the small
letter in an "H" font, the small letter in a line of capitals, or the plain capital followed by the small letter.
VNI-Windows: a base letter followed by a mark of its own byte.
"""

from __future__ import annotations

import dataclasses
import functools
import unicodedata
from collections.abc import Mapping

_TONED = "àảãáạ ằẳẵắặ ầẩẫấậ èẻẽéẹ ềểễếệ ìỉĩíị òỏõóọ ồổỗốộ ờởỡớợ ùủũúụ ừửữứự ỳỷỹýỵ".replace(" ", "")
_TCVN3 = (
    "B5 B6 B7 B8 B9 BB BC BD BE C6 C7 C8 C9 CA CB CC CE CF D0 D1 D2 D3 D4 D5 D6 D7 D8 DC DD DE DF E1 E2 E3 E4 "
    "E5 E6 E7 E8 E9 EA EB EC ED EE EF F1 F2 F3 F4 F5 F6 F7 F8 F9 FA FB FC FD FE"
)
_TCVN3_PLAIN = "ĂÂÊÔƠƯĐăâêôơưđ"  # A1 to AE
# Each group of the alphabet's letters in VNI: base letter, and the mark bytes for the five tones in the order above.
_VNI_MARKS = {"": "øûõùï", "ă": "èúüéë", "â": "àåãáä"}
_VNI_SINGLE = {"ì": "ì", "ỉ": "æ", "ĩ": "ó", "í": "í", "ị": "ò", "ỵ": "î", "đ": "ñ", "ơ": "ô", "ư": "ö"}
_TONE_MARKS = "\u0300\u0309\u0303\u0301\u0323"


@dataclasses.dataclass(frozen=True, slots=True)
class Encoding:
    """One way of writing Vietnamese in a byte a sign: ``table`` maps what Windows-1252 shows to the letter meant."""

    name: str
    table: Mapping[str, str]
    has_capitals: bool  # whether capitals with tone have codes of their own

    @property
    def longest(self) -> int:
        """The most signs that stand for one letter."""
        return max(map(len, self.table))


def shown(byte: int) -> str:
    """A byte as Windows-1252 shows it; the five that it does not know as ISO 8859-1 does."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _without_tone(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONE_MARKS))


@functools.cache
def _tcvn3() -> Encoding:
    table = {shown(int(code, 16)): letter for code, letter in zip(_TCVN3.split(), _TONED, strict=True)}
    table |= {shown(0xA1 + at): letter for at, letter in enumerate(_TCVN3_PLAIN)}
    # Converters write a capital with tone as the capital and the small letter: "A" and "µ" for "À".
    capitals = {letter: shown(0xA1 + at) for at, letter in enumerate(_TCVN3_PLAIN[:6])} | {c: c for c in "AEIOUY"}
    for sign, letter in list(table.items()):
        if letter in _TONED:
            table[capitals[_without_tone(letter).upper()] + sign] = letter.upper()
    return Encoding("TCVN3", table, has_capitals=False)


@functools.cache
def _vni() -> Encoding:
    table: dict[str, str] = {}

    def put(signs: str, letter: str) -> None:
        table[signs] = letter
        table[signs.upper()] = letter.upper()
        if len(signs) == 2:  # typed with the capital lock for one of the two
            table[signs[0].upper() + signs[1]] = letter.upper()
            table[signs[0] + signs[1].upper()] = letter

    for letter, sign in _VNI_SINGLE.items():
        put(sign, letter)
    for base in "aeouy":
        for tone, mark in zip(_TONE_MARKS, _VNI_MARKS[""], strict=True):
            put(base + mark, unicodedata.normalize("NFC", base + tone))
    for kind, plain, mark in (("ă", "a", "ê"), ("â", "a", "â"), ("â", "e", "â"), ("â", "o", "â")):
        letter = {"a": {"ă": "ă", "â": "â"}[kind], "e": "ê", "o": "ô"}[plain]
        put(plain + mark, letter)
        for tone, sign in zip(_TONE_MARKS, _VNI_MARKS[kind], strict=True):
            put(plain + sign, unicodedata.normalize("NFC", letter + tone))
    for letter, sign in (("ơ", "ô"), ("ư", "ö")):
        for tone, mark in zip(_TONE_MARKS, _VNI_MARKS[""], strict=True):
            put(sign + mark, unicodedata.normalize("NFC", letter + tone))
    return Encoding("VNI", table, has_capitals=True)


ENCODINGS: Mapping[str, Encoding] = {encoding.name: encoding for encoding in (_tcvn3(), _vni())}
