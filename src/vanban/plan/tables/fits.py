"""How well cells suit the columns of a table of tasks: what tells the rows of a printed table apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from vanban.agencies.names import starts_agency
from vanban.text import fold

_TIME = re.compile(
    r"thuong xuyen|lien tuc|\b(?:hang|moi) (?:nam|quy|thang|tuan|ngay)|\btuan\b|"
    r"^(?:dinh ky|cac dip|ky hop|truoc|sau khi|trong)\b|\bnam\b|\bquy\b|\bqui\b|\bthang\b|\d{4}|\d/\d|^theo\b"
)
_COLLECTIVE = re.compile(r"^(?:Các|các|Sở, |sở, |Cơ quan|Đơn vị|Địa phương|UBND các|Ủy ban nhân dân các)")
NUMBER = re.compile(r"^(?:\d{1,3}(?:\.\d{1,2})*|[IVX]+|[A-HĐ]|[a-zđ]|\([\da-z]{1,2}\))[.)]?$")
_INDEX = re.compile(r"^\(?\d{1,2}\)?$")
_DITTO = re.compile(r"^[-–]?\s*(?:nt|như\s+trên)\s*[-–]?\.?$|^[\"”“]$|^//$", re.IGNORECASE)
_SHORT = re.compile(r"^[A-ZĐ&.\-/ ]{2,14}$")
_SHORTER, _NO_NUMBER = 0.35, 0.4  # a row that lacks a cell; a full row whose number is not printed


class _HasText(Protocol):
    @property
    def text(self) -> str: ...


def suits(role: str | None, text: str) -> float:
    """How well a cell's text suits a column of ``role``: from -2 (not at all) to 2."""
    text = text.strip()
    if not text:
        return 0.0
    named = text.lstrip("-+•* ")
    agency = starts_agency(named) or bool(re.match(r"(?:Chủ trì|Phối hợp|Thực hiện)\s*:", named))
    time = bool(_TIME.search(fold(text))) and not agency and len(text.split()) <= 14
    if role == "number":
        return 2.0 if NUMBER.match(text) else -2.0
    if role in ("lead", "coordinating", "both"):
        if not agency:
            return 0.3 if _DITTO.match(text) or _SHORT.match(text) else -1.0
        return 1.0 + (0.5 if (role == "coordinating") == bool(_COLLECTIVE.match(named)) else 0.0)
    if role == "time":
        return 1.5 if time else 0.3 if _DITTO.match(text) else -1.5
    if role == "task":
        return 0.2 + min(1.0, len(text.split()) / 8) - (0.8 if agency and len(text.split()) < 12 else 0.0)
    return -0.3 if agency or time else 0.3


class Fits:
    """Scores runs of cells as rows of one table."""

    def __init__(
        self, cells: Sequence[_HasText], columns: int, roles: Mapping[str, int], *, marked: bool = True
    ) -> None:
        """``marked``: the text marks its cells, so that a row without a number is one whose number stands above."""
        self.cells, self.columns, self.marked = cells, columns, marked
        kinds = {column: role for role, column in roles.items()}
        self.kinds = [kinds.get(column) for column in range(columns)]
        self.known: dict[tuple[int, int], float] = {}

    def row(self, at: int, length: int) -> float:
        """How well the ``length`` cells from ``at`` on make a row: the higher, the better; below 0 for a poor one."""
        texts = [self.cells[i].text for i in range(at, at + length)]
        filled = [text for text in texts if text]
        if not filled:
            return -4.0
        if length == self.columns and (self.marked or not any(NUMBER.match(text) for text in texts[1:])):
            return self._full(texts)
        if len(filled) == 1:
            return self._title(filled[0])
        if not self.marked and any(NUMBER.match(text) for text in texts[1:]):
            return -4.0  # a number begins a row
        if texts[0] and NUMBER.match(texts[0]) and len(filled) == 2 and length <= 3:
            return 1.8 if not starts_agency(filled[1]) else 0.2
        return self._part(at, texts)

    def _full(self, texts: Sequence[str]) -> float:
        if all(_INDEX.match(text) or not text for text in texts):
            return 2.0
        score = sum(suits(kind, text) for kind, text in zip(self.kinds, texts, strict=True)) + 0.5
        return score - (_NO_NUMBER if "number" in self.kinds and not texts[self.kinds.index("number")] else 0.0)

    def _title(self, text: str) -> float:
        """A group's title, which reaches over all columns."""
        words = len(text.split())
        if words > 40 or NUMBER.match(text):
            return -3.0
        if starts_agency(text) or (bool(_TIME.search(fold(text))) and words < 8):
            return -1.2
        return 0.6 if text.isupper() else 0.2

    def _part(self, at: int, texts: Sequence[str]) -> float:
        """Fewer cells than columns, put where they suit best in their order."""
        width = self.columns
        best = [0.0] + [float("-inf")] * len(texts)  # best[k]: the first k cells are placed
        for column in range(width):
            for k in range(len(texts), 0, -1):
                if best[k - 1] > float("-inf"):
                    best[k] = max(best[k], best[k - 1] + self._cell(at + k - 1, column))
        lost = 0.0 if self.marked or not texts[0] or NUMBER.match(texts[0]) else 1.5
        return best[-1] - _SHORTER * (width - len(texts)) - lost

    def _cell(self, place: int, column: int) -> float:
        key = (place, column)
        if key not in self.known:
            self.known[key] = suits(self.kinds[column], self.cells[place].text)
        return self.known[key]
