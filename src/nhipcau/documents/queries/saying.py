"""How documents say numbers and days, cite a document, and lay a table. Vietnamese only: documents speak no other
language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from vanban.official import Run, Table, TableCell, plain, written_date

from ..wording import neat

__all__ = ["about", "counted", "day", "dayly", "headed", "listed", "neat", "ruled", "shortened", "written_date"]

Cell = str | TableCell
# A title that begins with one of these says itself what it does: "… triển khai", not "… về triển khai".
_DOING = ("triển khai", "thực hiện", "tổ chức", "ban hành", "phê duyệt", "quy định", "sửa đổi", "hướng dẫn", "phối hợp")


def counted(number: int, noun: str) -> str:
    """ "03 nhiệm vụ", "12 nhiệm vụ": numbers below ten with a zero before them, as offices write."""
    return f"{number:02d} {noun}"


def day(value: dt.date) -> str:
    """A day inside a sentence: "ngày 05 tháng 3 năm 2026" (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II, khoản 4)."""
    return written_date(value)


def dayly(value: dt.date | None) -> str:
    """A day in a table: dd/mm/yyyy; "" for none."""
    return f"{value:%d/%m/%Y}" if value is not None and value.year < 9999 else ""


def listed(items: Iterable[str]) -> str:
    """ "a, b và c"."""
    found = [item for item in items if item]
    return f"{', '.join(found[:-1])} và {found[-1]}" if len(found) > 1 else "".join(found)


def shortened(text: str, size: int) -> str:
    """A text of at most ``size`` signs, cut at a word, without the sign that closed it."""
    flat = neat(text).rstrip(" .;,:")
    if len(flat) <= size:
        return flat
    return f"{flat[: flat.rfind(' ', 0, size)].rstrip(' .;,:–-')} …"


def about(title: str) -> str:
    """A title as it follows the name of its document: " về truyền thông chính sách"; "" for none."""
    flat = neat(title).rstrip(" .;,:")
    if not flat:
        return ""
    inner = flat[:1].lower() + flat[1:] if flat[1:2].islower() or flat[1:2] == " " else flat
    is_said = inner.startswith((*_DOING, "về "))
    return f" {inner}" if is_said else f" về {inner}"


def ruled(
    heads: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[float], centred: Iterable[int] = (0,)
) -> Table:
    """A table with one row of heads. Cells are texts, or cells where they are merged or have several lines; ``centred``:
    the columns that stand in the middle."""
    middle = set(centred)
    return Table(
        rows=(
            tuple(TableCell((plain(neat(head)),), align="center") for head in heads),
            *(tuple(_cell(cell, at in middle) for at, cell in enumerate(row)) for row in rows),
        ),
        widths=tuple(widths),
    )


def headed(text: str, columns: int) -> tuple[TableCell, ...]:
    """A row of one cell over all columns that says, in bold, what the rows below it belong to."""
    return (TableCell(((Run(neat(text), bold=True),),), columns=columns),)


def _cell(cell: Cell, is_centred: bool) -> TableCell:
    if isinstance(cell, TableCell):
        return cell
    lines = tuple(plain(said) for line in cell.splitlines() if (said := neat(line)))
    return TableCell(lines, align="center" if is_centred else "left")
