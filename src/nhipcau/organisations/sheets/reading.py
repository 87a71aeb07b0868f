"""Reading a table of the directory from CSV or XLSX bytes: limits first, then cells as text."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from .columns import TABLES, Row, Table, recognise

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 5000
MAX_COLUMNS = 60
MAX_LINES = 20_000  # of the sheet, blank ones too: a row may say of itself that it is the thousand-millionth
MAX_UNPACKED = 20 * 1024 * 1024


class SheetProblem(Exception):
    """The file is no table that can be read; ``message`` says what to do, in the reader's language."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def read_sheet(content: bytes) -> Table:
    """The table in a CSV or XLSX file, told apart by content. Raises ``SheetProblem``."""
    if not content.strip():
        raise SheetProblem(_("Tệp không có nội dung. Bạn hãy chọn tệp khác, hoặc tải tệp mẫu về điền."))
    if len(content) > MAX_BYTES:
        raise SheetProblem(
            _("Tệp lớn hơn 2 MB. Danh bạ là một bảng chữ; bạn hãy bỏ hình ảnh hoặc chia thành nhiều tệp.")
        )
    if content.startswith(b"PK"):
        return _table(_xlsx_lines(content))
    if content.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise SheetProblem(
            _("Tệp này không phải CSV hay XLSX. Bạn hãy mở bằng phần mềm bảng tính rồi lưu lại thành XLSX.")
        )
    return _table(_csv_lines(content))


def read_packed(packed: str) -> Table:
    """The table that ``writing.pack`` put into a form. Raises ``SheetProblem`` where it was cut or changed beyond
    reading."""
    try:
        kind, rows = json.loads(packed)
        fields = {column.field for column in TABLES[kind]}
        made = tuple(
            Row(int(number), {field: _storable(str(text)) for field, text in cells.items() if field in fields})
            for number, cells in rows[: MAX_ROWS + 1]
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as problem:
        raise SheetProblem(_("Nội dung xem trước không còn nguyên. Bạn hãy tải tệp lên lại.")) from problem
    return Table(kind, made)


def _table(lines: Iterable[list[str]]) -> Table:
    heads: tuple[str, dict[int, str]] | None = None
    rows: list[Row] = []
    for number, cells in enumerate(lines, start=1):
        if not any(cells):
            continue
        if heads is None:
            heads = recognise(cells[:MAX_COLUMNS])
            if heads is None and number > 10:
                break
            continue
        if len(rows) >= MAX_ROWS:
            raise SheetProblem(_("Tệp có hơn 5.000 dòng. Bạn hãy chia thành nhiều tệp."))
        rows.append(Row(number, {field: _plain(cells[i]) for i, field in heads[1].items() if i < len(cells)}))
    if heads is None:
        raise SheetProblem(
            _("Không thấy dòng tiêu đề có cột “Tên đầy đủ” và “Cấp”. Bạn hãy tải tệp mẫu về và giữ nguyên dòng đầu.")
        )
    rows = [row for row in rows if any(row.cells.values())]
    if not rows:
        raise SheetProblem(_("Dưới dòng tiêu đề chưa có dòng nào. Bạn hãy điền ít nhất một cơ quan rồi tải lại."))
    return Table(heads[0], tuple(rows))


def _csv_lines(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";,\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as problem:
        raise SheetProblem(
            _("Tệp CSV bị hỏng ở một ô quá dài hoặc thiếu dấu nháy. Bạn hãy lưu lại thành XLSX.")
        ) from problem


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise SheetProblem(
            _("Không đọc được chữ trong tệp CSV. Bạn hãy lưu lại với mã UTF-8, hoặc lưu thành XLSX.")
        ) from problem
    if "\x00" in text:
        raise SheetProblem(_("Tệp này không phải CSV hay XLSX. Bạn hãy chọn đúng tệp danh bạ."))
    return text


def _xlsx_lines(content: bytes) -> Iterator[list[str]]:
    not_a_book = _("Tệp này không phải bảng tính XLSX đọc được. Bạn hãy mở bằng phần mềm bảng tính rồi lưu lại.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
                raise SheetProblem(_("Bảng tính này quá lớn khi mở ra. Bạn hãy chỉ giữ lại bảng danh bạ."))
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            for values in book.worksheets[0].iter_rows(max_row=MAX_LINES, max_col=MAX_COLUMNS, values_only=True):
                yield [_text(value) for value in values]
        finally:
            book.close()
    except SheetProblem:
        raise
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        KeyError,
        ValueError,
        IndexError,
        TypeError,
        SyntaxError,
    ) as problem:
        raise SheetProblem(not_a_book) from problem
    except (AttributeError, ArithmeticError, OSError, EOFError, NotImplementedError, RuntimeError) as problem:
        raise SheetProblem(not_a_book) from problem  # encrypted or damaged parts
    except (zipfile.LargeZipFile, zlib.error) as problem:
        raise SheetProblem(not_a_book) from problem


def _storable(text: str) -> str:
    """A text without what no database takes: NUL, halves of a pair of UTF-16."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def _plain(cell: str) -> str:
    """A cell without the apostrophe that our own export puts before what looks like a formula."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
