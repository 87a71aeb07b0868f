"""The title of a document whose printed type was lost: some sites drop the line "KẾ HOẠCH" between number and title."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from vanban.header.fragments import Fragment
from vanban.header.title import Title
from vanban.knowledge import Knowledge

_NUMBER = re.compile(
    r"^\W*s[oố]\s*[:.]?\s*\d+[a-z]?\s*(?:/\s*\d{4}\s*)?[/-]\s*(?P<type>[A-ZĐa-z]{2,4})\s*[/-]", re.IGNORECASE
)
_PLACE_DATE = re.compile(r"ngay .*(?:thang|/).*\d{4}|ngay\W+thang")
_FEWEST_WORDS = 4


def find_untyped(pieces: Sequence[Fragment], knowledge: Knowledge) -> Title | None:
    """The title in capitals right below number and date, its type told by the symbol; None where there is none."""
    for index, piece in enumerate(pieces):
        number = _NUMBER.match(piece.text)
        if number is None:
            continue
        printed = number["type"]
        doc_type = knowledge.type_by_abbreviation(printed) or knowledge.type_by_abbreviation(printed.upper())
        if doc_type is None or not doc_type.in_symbol:
            continue
        start = index + 1
        while start < len(pieces) and start <= index + 2 and _PLACE_DATE.search(pieces[start].low):
            start += 1
        title = list(itertools.takewhile(lambda part: part.capitals, pieces[start : start + 12]))
        text = " ".join(" ".join(part.text.split()) for part in title)
        if len(text.split()) >= _FEWEST_WORDS:
            return Title(doc_type, text, start, title[0].number, title[0].number, title[-1].number)
    return None
