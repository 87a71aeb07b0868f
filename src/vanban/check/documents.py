"""A cited document: where it is named, how a message names it, what is known of it."""

from __future__ import annotations

import functools
import re

from vanban.check.case import Case
from vanban.citations import Mention
from vanban.citations.symbols import symbol_key
from vanban.knowledge import KEPT, Knowledge, Validity
from vanban.model import Citation

#: The year in the number of a legal document: 09/2017/NĐ-CP.
YEAR = re.compile(r"^\d+/(\d{4})/")


def row_of(knowledge: Knowledge, citation: Citation, *, loose: bool = False) -> Validity | None:
    """The row of a citation with a symbol. One without a year needs the date (``loose``: the year of it)."""
    if citation.symbol is None:
        return None
    for row in _rows(knowledge).get(symbol_key(citation.symbol), ()):
        if YEAR.match(row.symbol):
            return row
        if citation.date is None or row.issued is None:
            continue
        if citation.date == row.issued or (loose and citation.date.year == row.issued.year):
            return row
    return None


@functools.lru_cache(maxsize=KEPT)
def _rows(knowledge: Knowledge) -> dict[str, list[Validity]]:
    rows: dict[str, list[Validity]] = {}
    for row in knowledge.validity:
        rows.setdefault(symbol_key(row.symbol), []).append(row)
    return rows


def mentions_of(case: Case, citation: Citation) -> list[Mention]:
    """The places that name ``citation``."""
    if citation.symbol is None:
        return [m for m in case.mentions if m.symbol is None and m.title == citation.title]
    key = symbol_key(citation.symbol)
    spans_ = set(citation.mentions)
    return [
        m
        for m in case.mentions
        if m.symbol is not None and symbol_key(m.symbol) == key and case.lines_at(m.start, m.end) in spans_
    ]


def name_of(case: Case, citation: Citation) -> str:
    """How a message names the document: "Nghị định 09/2017/NĐ-CP", "Luật Tiếp cận thông tin"."""
    if citation.symbol is None:
        return citation.title or "?"
    kind = case.knowledge.type_by_abbreviation(citation.doc_type or "")
    name = kind.name if kind else citation.doc_type or ""
    return f"{name} {citation.symbol}".strip()
