"""Calendar dates in running text."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import NamedTuple

# Words of a date as they are printed, and as a text layer without Vietnamese letters garbles them ("ngay 07 thang 03iam
# 2024"). All patterns of this package run on `flat` text, so they hold no marks.
NAM = r"(?:n[ai][ai]?m|iam)"
THANG = r"th[ai][ai]?ng"
DATE = (
    rf"(?:(?P<d1>\d{{1,2}})\s*{THANG}\s*(?P<m1>\d{{1,2}})\s*,?\s*{NAM}\s*(?P<y1>\d{{4}})"
    r"|(?P<d2>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<m2>\d{1,2})\s?(?P=sep)\s?(?P<y2>\d{4}))(?!\d)"
)
_FULL = re.compile(r"(?<![\d/.-])" + DATE)
_DAY_MONTH = re.compile(
    rf"(?<![\d/.-])(?:ngay\s+)?(?P<d>\d{{1,2}})\s?/\s?(?P<m>\d{{1,2}})(?![\d/.-]|\s?[/-]\s?[a-z\d])"
    rf"|ngay\s+(?P<d2>\d{{1,2}})\s+{THANG}\s+(?P<m2>\d{{1,2}})(?!\d|[/-]\d)"
)
_MONTH = re.compile(
    rf"(?<![\d/.-])(?:{THANG}\s+)?(?P<m>\d{{1,2}})\s?(?:/|-|{NAM}\s)\s?(?P<y>(?:19|20)\d{{2}})(?![\d/])"
)


class Partial(NamedTuple):
    """A date of which only a part is printed: day and month, or month and year."""

    year: int | None
    month: int
    day: int | None


class FoundDate(NamedTuple):
    """A date in a text (in NFC): its value and where it begins and ends, the word "ngày" not counted."""

    value: dt.date | Partial
    start: int
    end: int


def flat(text: str) -> str:
    """``text`` in lower case without marks, character for character, so that offsets stay the same (text in NFC)."""
    return text.translate(_FLAT)


class _Flat(dict[int, str]):
    """Each character's plain form, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _flat_char(chr(code))
        return self[code]


_FLAT = _Flat()


def _flat_char(char: str) -> str:
    if char in "đĐ":
        return "d"
    if char.isspace():
        return " "
    if char in "–—−‑":
        return "-"
    bare = "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c)).lower()
    return bare if len(bare) == 1 else char


def make_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def date_of(match: re.Match[str]) -> dt.date | None:
    """The date of a match of ``DATE``, or None where the calendar has no such day."""
    day, month, year = (match["d1"] or match["d2"], match["m1"] or match["m2"], match["y1"] or match["y2"])
    return make_date(int(year), int(month), int(day))


def find_dates(text: str) -> list[FoundDate]:
    """Every date printed in ``text`` (in NFC), in order: whole dates, "15/11" and "tháng 12/2024" as ``Partial``.

    Days that no calendar has ("31/02/2025") and the numbers of documents ("12/2024/TT-BTC") are not dates.
    """
    low = flat(text)
    found: list[FoundDate] = []
    taken = [False] * (len(low) + 1)

    def take(value: dt.date | Partial | None, start: int, end: int) -> None:
        if value is not None and not any(taken[start:end]):
            found.append(FoundDate(value, start, end))
        for i in range(start, end):
            taken[i] = True

    for match in _FULL.finditer(low):
        take(date_of(match), match.start(), match.end())
    for match in _MONTH.finditer(low):
        if not low[match.end() : match.end() + 2].lstrip().startswith(("/", "-")):
            take(_partial(int(match["y"]), int(match["m"]), None), match.start("m"), match.end())
    for match in _DAY_MONTH.finditer(low):
        group = "d" if match["d"] else "d2"
        day, month = int(match[group]), int(match["m"] or match["m2"])
        take(_partial(None, month, day), match.start(group), match.end())
    return sorted(found, key=lambda f: f.start)


def find_date(text: str) -> dt.date | None:
    """The first whole date printed in ``text``, or None."""
    return next((f.value for f in find_dates(unicodedata.normalize("NFC", text)) if isinstance(f.value, dt.date)), None)


def _partial(year: int | None, month: int, day: int | None) -> Partial | None:
    """A partial date that some calendar year can hold, or None."""
    return Partial(year, month, day) if make_date(year or 2000, month, day or 1) else None
