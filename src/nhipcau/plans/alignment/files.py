"""A comparison as XLSX, CSV and JSON: every item of both plans, what differs first."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .. import exports
from . import words
from .sheet import Quote, Row, Sheet, summary

_WIDTHS = (14, 14, 14, 14, 60, 50, 10, 50, 10, 24)


def _heads(heads: Sequence[str]) -> list[str]:
    return [
        _("Khác nhau"),
        _("Loại"),
        _("Mục cấp trên"),
        _("Mục cấp dưới"),
        _("Điều khác"),
        heads[0],
        _("Dòng gốc"),
        heads[1],
        _("Dòng gốc"),
        _("Ghi chú"),
    ]


def _cells(sheet: Sheet) -> list[list[str]]:
    rows = [_of(row) for row in sheet.rows]
    for kept in sheet.kept:
        codes = ["; ".join(kept.higher), "; ".join(kept.lower)]
        rows.append([words.kind("kept"), words.part(kept.part), *codes, "", kept.text, "", "", "", ""])
    return rows


def _of(row: Row) -> list[str]:
    part = words.part(row.part) if row.part else ""
    return [
        row.label,
        part,
        "; ".join(row.higher),
        "; ".join(row.lower),
        row.text,
        *_said(row.quotes[0]),
        *_said(row.quotes[1]),
        _("chữ trong tệp gốc đã sửa dấu") if row.is_mended else "",
    ]


def _said(quotes: Sequence[Quote]) -> list[str]:
    lines = dict.fromkeys(str(quote.line) for quote in quotes if quote.line)
    return ["\n".join(quote.text for quote in quotes), "; ".join(lines)]


def csv_file(result: Mapping[str, Any], sheet: Sheet, heads: Sequence[str]) -> bytes:
    """A CSV file: UTF-8 with its mark so that spreadsheets read the Vietnamese; no text is taken for a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([exports.harmless(head) for head in _heads(heads)])
    writer.writerows([exports.harmless(cell) for cell in row] for row in _cells(sheet))
    return codecs.BOM_UTF8 + buffer.getvalue().encode()


def xlsx_file(result: Mapping[str, Any], sheet: Sheet, heads: Sequence[str]) -> bytes:
    """A workbook: the differences with a frozen head and a filter, then who stands for whom."""
    book = Workbook(write_only=True)
    page = book.create_sheet(_("So sánh"))
    page.freeze_panes = "A4"
    for at, width in enumerate(_WIDTHS, start=1):
        page.column_dimensions[get_column_letter(at)].width = width
    bold, wrap = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    page.append([exports.new_cell(page, summary(sheet), font=bold)])
    page.append([])
    page.append([exports.new_cell(page, head, font=bold, alignment=wrap) for head in _heads(heads)])
    rows = _cells(sheet)
    for row in rows:
        page.append([exports.new_cell(page, value, alignment=wrap) for value in row])
    page.auto_filter.ref = f"A3:{get_column_letter(len(_WIDTHS))}{len(rows) + 3}"
    _counterparts(book, sheet, bold, wrap)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _counterparts(book: Workbook, sheet: Sheet, bold: Font, wrap: Alignment) -> None:
    if not sheet.counterparts:
        return
    page = book.create_sheet(_("Cơ quan tương ứng"))
    for at, width in enumerate((50, 50, 80), start=1):
        page.column_dimensions[get_column_letter(at)].width = width
    heads = (_("Cấp trên"), _("Cấp dưới"), _("Theo"))
    page.append([exports.new_cell(page, head, font=bold) for head in heads])
    for row in sheet.counterparts:
        page.append([exports.new_cell(page, value, alignment=wrap) for value in row])


def json_file(result: Mapping[str, Any], sheet: Sheet, heads: Sequence[str]) -> bytes:
    """The object of the contract ``alignment/1``."""
    return json.dumps(result, ensure_ascii=False, indent=1).encode()


Write = Callable[[Mapping[str, Any], Sheet, Sequence[str]], bytes]
# Form of the address → media type and what makes the bytes.
FORMS: dict[str, tuple[str, Write]] = {
    "csv": (exports.CSV_TYPE, csv_file),
    "xlsx": (exports.XLSX_TYPE, xlsx_file),
    "json": (exports.JSON_TYPE, json_file),
}
