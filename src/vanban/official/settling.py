"""The one form of a document among those that are printed alike: what is read back from a file is in this form.

- The mark that closes what a document says, "./." (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, mục 6), is printed, not
  part of the value: "… thực hiện" and "… thực hiện." at the end are both printed "… thực hiện./.", and read as the first.
- Cells of a table's head are always centred and bold: they say "center", and their runs do not say "bold".
- Widths of columns are shares in thousandths that add up to 1.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

from vanban.official.document import (
    Block,
    Heading,
    OfficialDocument,
    Paragraph,
    Run,
    Runs,
    Table,
    TableCell,
    plain,
)
from vanban.official.layout import END_MARK

_SHARES = 1000


def with_end_mark(body: tuple[Block, ...]) -> tuple[Block, ...]:
    """The body as printed. The mark follows the last words; after a table, a picture or a heading without a title it
    stands in a paragraph of its own. An empty body has none, and none is ever doubled."""
    body = without_end_mark(body)
    if not body:
        return body
    last = body[-1]
    if isinstance(last, Paragraph) and last.runs:
        *before, run = last.runs
        runs = (*before, dataclasses.replace(run, text=run.text + END_MARK))
        return (*body[:-1], dataclasses.replace(last, runs=runs))
    if isinstance(last, Heading) and last.title:
        return (*body[:-1], dataclasses.replace(last, title=last.title + END_MARK))
    return (*body, Paragraph(plain(END_MARK)))


def without_end_mark(body: tuple[Block, ...]) -> tuple[Block, ...]:
    """The body without the mark, and without the full stop that the mark takes the place of."""
    if not body:
        return body
    last = body[-1]
    if isinstance(last, Paragraph):
        runs = _open(last.runs)
        kept = dataclasses.replace(last, runs=runs)
        return (*body[:-1], kept) if runs or last.mark else without_end_mark(body[:-1])
    if isinstance(last, Heading):
        return (*body[:-1], dataclasses.replace(last, title=_bare(last.title)))
    return body


def settled(document: OfficialDocument) -> OfficialDocument:
    """The document as it is read back from what is printed of it: ``settled(parsed) == parsed``."""
    annexes = tuple(
        dataclasses.replace(annex, body=tuple(_block(block) for block in annex.body)) for annex in document.annexes
    )
    body = tuple(_block(block) for block in without_end_mark(document.body))
    return dataclasses.replace(document, body=body, annexes=annexes)


def settled_widths(widths: Sequence[float]) -> tuple[float, ...]:
    """Shares in thousandths that add up to 1, each at least one: what falls off by rounding goes to those that lost most."""
    whole = sum(widths)
    exact = [width / whole * _SHARES for width in widths]
    shares = [max(1, math.floor(share)) for share in exact]
    order = sorted(range(len(exact)), key=lambda n: (shares[n] - exact[n], n))
    for n in order[: max(0, _SHARES - sum(shares))]:
        shares[n] += 1
    return tuple(share / _SHARES for share in shares)


def _block(block: Block) -> Block:
    if not isinstance(block, Table):
        return block
    head = tuple(tuple(_head_cell(cell) for cell in row) for row in block.rows[: block.head_rows])
    return dataclasses.replace(block, rows=head + block.rows[block.head_rows :], widths=settled_widths(block.widths))


def _head_cell(cell: TableCell) -> TableCell:
    return dataclasses.replace(cell, align="center", lines=tuple(_thin(line) for line in cell.lines))


def _thin(runs: Runs) -> Runs:
    """Runs without bold; those of one hand are one."""
    found: list[Run] = []
    for run in runs:
        if found and found[-1].italic == run.italic:
            found[-1] = dataclasses.replace(found[-1], text=found[-1].text + run.text)
        else:
            found.append(dataclasses.replace(run, bold=False))
    return tuple(found)


def _open(runs: Runs) -> Runs:
    """Runs without the mark, which may begin in one run and end in another."""
    kept: list[Run] = list(runs)
    tail = "".join(run.text for run in runs)
    surplus = len(tail) - len(_bare(tail))
    while kept and surplus:
        run = kept.pop()
        left = run.text[: max(0, len(run.text) - surplus)]
        surplus -= len(run.text) - len(left)
        if left:
            kept.append(dataclasses.replace(run, text=left))
    return tuple(kept)


def _bare(text: str) -> str:
    text = text.rstrip()
    while text.endswith((END_MARK, ".")) and not text.endswith(".."):
        text = text.removesuffix(END_MARK) if text.endswith(END_MARK) else text.removesuffix(".")
        text = text.rstrip()
    return text
