"""The one form of a document among those that are printed alike: what is read back from a file is in this form.

- The mark that closes what a document says, "./." (Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.1–1.10), is printed,
  not part of the value: "… thực hiện" and "… thực hiện." at the end are both printed "… thực hiện./.", and read as the first.
- Cells of a table's head are always centred and bold: they say "center", and their runs do not say "bold".
- Widths of columns are shares in thousandths that add up to 1.
- A blank between two hands belongs to the first.
- Minutes print no place and date in their head (Phụ lục III, mẫu 1.9).
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

from vanban.official.document import (
    Align,
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
from vanban.official.types import form_of

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
        dataclasses.replace(annex, body=tuple(settled_block(block) for block in annex.body))
        for annex in document.annexes
    )
    body = tuple(settled_block(block) for block in without_end_mark(document.body))
    found = dataclasses.replace(document, body=body, annexes=annexes)
    return dataclasses.replace(found, place="", date=None) if form_of(document.type) == "minutes" else found


def settled_widths(widths: Sequence[float]) -> tuple[float, ...]:
    """Shares in thousandths that add up to 1, each at least one: what falls off by rounding goes to those that lost most."""
    whole = sum(widths)
    exact = [width / whole * _SHARES for width in widths]
    shares = [max(1, math.floor(share)) for share in exact]
    lost = sorted(range(len(exact)), key=lambda n: (shares[n] - exact[n], n))
    for n in lost[: max(0, _SHARES - sum(shares))]:
        shares[n] += 1
    shares[shares.index(max(shares))] -= sum(shares) - _SHARES
    return tuple(share / _SHARES for share in shares)


def settled_block(block: Block) -> Block:
    """A block as it is read back from what is printed of it."""
    if isinstance(block, Paragraph):
        return dataclasses.replace(block, runs=_joined(block.runs))
    if not isinstance(block, Table):
        return block
    rows = tuple(
        tuple(_cell(cell, head=position < block.head_rows) for cell in row) for position, row in enumerate(block.rows)
    )
    return dataclasses.replace(block, rows=rows, widths=settled_widths(block.widths))


def _cell(cell: TableCell, *, head: bool) -> TableCell:
    lines = tuple(_joined(_thin(line) if head else line) for line in cell.lines)
    # Where nothing is printed nothing stands at a side.
    align: Align = "center" if head else cell.align if lines else "left"
    return dataclasses.replace(cell, align=align, lines=lines)


def _thin(runs: Runs) -> Runs:
    """Runs that do not say "bold"."""
    return tuple(dataclasses.replace(run, bold=False) for run in runs)


def _joined(runs: Runs) -> Runs:
    """Neighbours of one hand as one run; blanks between hands at the end of the first."""
    found: list[Run] = []
    for run in runs:
        text = run.text
        if found and text.startswith(" "):
            found[-1] = dataclasses.replace(found[-1], text=found[-1].text.rstrip() + " ")
            text = text.lstrip()
        if found and (found[-1].bold, found[-1].italic) == (run.bold, run.italic):
            found[-1] = dataclasses.replace(found[-1], text=found[-1].text + text)
        elif text:
            found.append(dataclasses.replace(run, text=text))
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
