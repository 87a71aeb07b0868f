"""Which columns the cells of a short row stand in, where a cell above reaches down over the others."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from vanban.agencies.names import starts_agency
from vanban.plan.tables.grid import GridCell
from vanban.text import fold

_TIME = re.compile(r"thuong xuyen|\bhang (?:nam|quy|thang)|\bnam\b|\bquy\b|\bqui\b|\bthang\b|\d{4}|\d/\d|^theo\b")
_COLLECTIVE = re.compile(r"^(?:Các|các|Sở, |sở, |Cơ quan|Đơn vị|Địa phương|UBND các|Ủy ban nhân dân các)")


def placed(
    row: Sequence[GridCell], roles: Mapping[str, int], columns: int, above: Sequence[GridCell]
) -> tuple[int, ...]:
    """For each cell of ``row``, which has fewer than ``columns`` cells, the column that it most likely stands in.

    The order is kept; of all ways to place the cells the one is taken in which most of them suit their column. Where
    several do, the first columns are filled, but a collective ("Các sở, ngành") rather helps than leads.
    """
    kinds = {column: role for role, column in roles.items()}
    width = min(columns, max(len(above), len(row)))
    best: tuple[float, tuple[int, ...]] | None = None
    for places in itertools.combinations(range(width), len(row)):
        score = sum(_suits(kinds.get(column), cell.text) for column, cell in zip(places, row, strict=True))
        if best is None or score > best[0]:
            best = (score, places)
    return best[1] if best else tuple(range(len(row)))


def _suits(role: str | None, text: str) -> float:
    """How well a cell's text suits a column of ``role``: from -2 (not at all) to 2."""
    text = text.strip()
    if not text:
        return 0.0
    agency = starts_agency(text)
    time = bool(_TIME.search(fold(text))) and not agency and len(text.split()) <= 14
    if role == "number":
        return 2.0 if re.match(r"^(?:\d[\d.]*|[IVX]+|[a-zđ])[.)]?$", text) else -2.0
    if role in ("lead", "coordinating", "both"):
        helps = 0.5 if (role == "coordinating") == bool(_COLLECTIVE.match(text)) else 0.0
        return 1.0 + helps if agency else -1.0
    if role == "time":
        return 1.5 if time else -1.5
    if role == "task":
        return 0.2 + min(1.0, len(text.split()) / 8) - (0.8 if agency and len(text.split()) < 12 else 0.0)
    return -0.3 if agency or time else 0.3
