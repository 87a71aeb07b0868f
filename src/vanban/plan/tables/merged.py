"""Which columns the cells of a short row stand in, where a cell above reaches down over the others."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from vanban.plan.tables.fits import suits
from vanban.plan.tables.grid import GridCell


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
        score = sum(suits(kinds.get(column), cell.text) for column, cell in zip(places, row, strict=True))
        if best is None or score > best[0]:
            best = (score, places)
    return best[1] if best else tuple(range(len(row)))
