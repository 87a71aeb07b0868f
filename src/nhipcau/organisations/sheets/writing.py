"""Writing a table of the directory: CSV and XLSX for people, and the packed form that a preview carries to its
confirmation."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

import openpyxl
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from .columns import Column, Table

# A cell that begins so is run as a formula by spreadsheet programs; an apostrophe makes it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """``text`` as a spreadsheet may open it without running anything."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_bytes(columns: tuple[Column, ...], rows: Iterable[dict[str, str]]) -> bytes:
    """The table as CSV in UTF-8 with a byte-order mark, as spreadsheet programs expect it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(column.head for column in columns)
    writer.writerows([safe_cell(row.get(column.field, "")) for column in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(columns: tuple[Column, ...], rows: Iterable[dict[str, str]], title: str) -> bytes:
    """The table as XLSX: head frozen and bold, every cell text."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        wide = column.field in {"name", "parent", "scope", "legal_basis", "aliases", "source", "members"}
        sheet.column_dimensions[get_column_letter(number)].width = 42 if wide else 18
    heads = []
    for column in columns:
        cell = openpyxl.cell.WriteOnlyCell(sheet, value=column.head)
        cell.font = Font(bold=True)
        heads.append(cell)
    sheet.append(heads)
    for row in rows:
        sheet.append([safe_cell(row.get(column.field, "")) for column in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pack(table: Table) -> str:
    """The table as one line of text for a hidden field; ``reading.read_packed`` reads it."""
    rows = [[row.number, {k: v for k, v in row.cells.items() if v}] for row in table.rows]
    return json.dumps([table.kind, rows], ensure_ascii=False, separators=(",", ":"))
