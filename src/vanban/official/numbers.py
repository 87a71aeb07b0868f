"""Numbers, dates and marks as official documents write them (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II)."""

from __future__ import annotations

import datetime as dt

# Khoản 6.đ: points are lettered by the Vietnamese alphabet.
LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """A number from 1 to 399 in Roman figures. Raises ValueError outside."""
    if not 1 <= number <= 399:
        raise ValueError(f"no Roman figure for {number}")
    found = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        found += sign * count
    return found


def letter(number: int) -> str:
    """The letter of the number-th point: a, b, c, d, đ, e, g …; after y: aa, ab … Raises ValueError below 1."""
    if number < 1:
        raise ValueError(f"no letter for {number}")
    rounds, index = divmod(number - 1, len(LETTERS))
    return (LETTERS[rounds - 1] if rounds else "") + LETTERS[index]


def written_number(number: int | None) -> str:
    """A document's number: below 10 with a zero before it (khoản 3); blanks where there is none yet."""
    return "     " if number is None else f"{number:02d}"


def symbol_of(number: int | None, code: str) -> str:
    """The symbol as printed after "Số: ": "08/KH-UBND"."""
    return f"{written_number(number)}/{code}"


def written_date(day: dt.date | None) -> str:
    """A day as written after the place: days below 10 and the months 1 and 2 with a zero before (khoản 4)."""
    if day is None:
        return "ngày      tháng      năm      "
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def annex_mark(position: int, count: int) -> str:
    """What stands above the title of an annex: "Phụ lục", or "Phụ lục II" where there are several
    (mục III, khoản 1)."""
    return "Phụ lục" if count == 1 else f"Phụ lục {roman(position)}"
