"""Tables as files: CSV that spreadsheets read with its Vietnamese, XLSX with real dates. Rows are written as they come, so
that a long table takes no memory; no cell is ever a formula."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import re
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import IO, Any

from django.http import FileResponse, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"csv": CSV_TYPE, "xlsx": XLSX_TYPE}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """A CSV file in pieces: UTF-8 with its mark, dates as dd/mm/yyyy, None as nothing."""
    yield codecs.BOM_UTF8
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(heads)
    for number, row in enumerate(rows, start=1):
        writer.writerow([_plain(value) for value in row])
        if number % 500 == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def xlsx_file(
    title: str, heads: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[Any]], dates: Collection[int] = ()
) -> IO[bytes]:
    """An XLSX workbook of one sheet with a frozen head and a filter; ``dates`` are the places of the columns that hold
    dates. An open temporary file, at its beginning."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    bold, wrap = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    sheet.append([new_cell(sheet, head, font=bold, alignment=wrap) for head in heads])
    # A row is written out as it is appended, so the same cells serve every row: looks are given once.
    cells = [new_cell(sheet, None, alignment=wrap) for _head in heads]
    for at in dates:
        cells[at].number_format = "dd/mm/yyyy"
    count = 1
    for count, row in enumerate(rows, start=2):  # noqa: B007 the number of the last row is read below
        for cell, value in zip(cells, row, strict=True):
            _put(cell, value)
        sheet.append(cells)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{count}"
    file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    book.save(file)
    file.seek(0)
    return file


def download(made: Any, form: str, name: str, media_type: str = "") -> StreamingHttpResponse:
    """A download of what was made (a file that is open, or pieces), named ``name.form``; no cache keeps it."""
    filename, media_type = f"{name}.{form}", media_type or TYPES[form]
    if hasattr(made, "read"):
        response: StreamingHttpResponse = FileResponse(made, as_attachment=True, filename=filename)
        response["Content-Type"] = media_type
    else:
        response = StreamingHttpResponse(made, content_type=media_type)
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "private, no-store"
    return response


def harmless(value: Any) -> Any:
    """A text that no spreadsheet takes for a formula (CSV injection, OWASP): a leading = + - @ is quoted."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def new_cell(sheet: Any, value: Any, **looks: Any) -> WriteOnlyCell:
    """A cell of a workbook with its value and looks."""
    cell = WriteOnlyCell(sheet)
    _put(cell, value)
    for name, look in looks.items():
        setattr(cell, name, look)
    return cell


def _put(cell: WriteOnlyCell, value: Any) -> None:
    """Give a cell its value. XML 1.0 knows no control characters: a workbook with one cannot be opened."""
    if isinstance(value, str):
        cell.value = _CONTROL.sub("", value)
        cell.data_type = "s"  # a text that begins with "=" stays a text
    else:
        cell.value = value


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return f"{value.day:02}/{value.month:02}/{value.year}"
    return "" if value is None else harmless(value)


def _taken(buffer: io.StringIO) -> bytes:
    taken = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return taken
