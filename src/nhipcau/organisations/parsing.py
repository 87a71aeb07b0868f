"""The cells of a CSV or XLSX file as text: done inside the sandbox to what is uploaded. No Django here: see
``core.sandbox``."""

from __future__ import annotations

import base64
import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl

from nhipcau.core.sandbox import is_out_of_memory

MAX_BYTES = 2 * 1024 * 1024
MAX_COLUMNS = 60
MAX_LINES = 20_000  # of the sheet, blank ones too: a row may say of itself that it is the thousand-millionth
MAX_FILLED = 5100  # lines with something in them; whoever reads them takes fewer still
MAX_UNPACKED = 20 * 1024 * 1024  # of the parts of a book, and of all its text: many cells may share one long text

Lines = list[tuple[int, list[str]]]


class Unreadable(Exception):
    """The file is no table: ``empty``, ``large``, ``other-kind``, ``not-a-table``, ``letters``, ``torn``, ``unpacked`` or
    ``not-a-book``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read(_progress: Callable[[int, int], None], *, content: str) -> dict[str, Any]:
    """``lines`` of a file (its bytes in base64), or why it has none (``unreadable``): the sandbox's part."""
    try:
        return {"lines": lines_of(base64.b64decode(content))}
    except Unreadable as problem:
        return {"unreadable": problem.code}


def lines_of(content: bytes) -> Lines:
    """The lines of a table that are not blank, with their numbers and their cells as text. Raises ``Unreadable``."""
    if not content.strip():
        raise Unreadable("empty")
    if len(content) > MAX_BYTES:
        raise Unreadable("large")
    if content.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise Unreadable("other-kind")
    lines: Lines = []
    length = 0
    for number, cells in enumerate(_xlsx_lines(content) if content.startswith(b"PK") else _csv_lines(content), start=1):
        if not any(cells):
            continue
        length += sum(map(len, cells))
        if length > MAX_UNPACKED:
            raise Unreadable("unpacked")
        lines.append((number, cells))
        if len(lines) >= MAX_FILLED:
            break
    return lines


def _csv_lines(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";,\t", key=first.count)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield cells[:MAX_COLUMNS]
    except csv.Error as problem:
        raise Unreadable("torn") from problem


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise Unreadable("letters") from problem
    if "\x00" in text:
        raise Unreadable("not-a-table")
    return text


def _xlsx_lines(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
                raise Unreadable("unpacked")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            for values in book.worksheets[0].iter_rows(max_row=MAX_LINES, max_col=MAX_COLUMNS, values_only=True):
                yield [_text(value) for value in values]
        finally:
            book.close()
    except Unreadable:
        raise
    except Exception as problem:  # a damaged, encrypted or hostile book may break its reader in any way
        if is_out_of_memory(problem):
            raise
        raise Unreadable("not-a-book") from problem


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
