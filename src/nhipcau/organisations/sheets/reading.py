"""Reading a table of the directory from CSV or XLSX bytes: what cells there are, then which column each stands in."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Iterable

from django.utils.translation import gettext as _

from nhipcau.core import sandbox

from .. import parsing
from ..parsing import MAX_BYTES, MAX_COLUMNS
from .columns import TABLES, Row, Table, recognise

__all__ = ["MAX_BYTES", "MAX_ROWS", "SheetProblem", "read_packed", "read_sent", "read_sheet"]

MAX_ROWS = 5000
SECONDS, MEGABYTES = 20, 1024
READ = "nhipcau.organisations.parsing:read"

log = logging.getLogger(__name__)


class SheetProblem(Exception):
    """The file is no table that can be read; ``message`` says what to do, in the reader's language."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def read_sent(content: bytes) -> Table:
    """The table in a CSV or XLSX file that came from outside: opened in the sandbox. Raises ``SheetProblem``."""
    if len(content) > MAX_BYTES:
        raise SheetProblem(_said("large"))
    order = {"content": base64.b64encode(content).decode()}
    try:
        answer = sandbox.run(READ, order, seconds=SECONDS, megabytes=MEGABYTES)
    except (sandbox.OverTime, sandbox.OverMemory) as problem:
        raise SheetProblem(_said("unpacked")) from problem
    except sandbox.Broken as problem:
        log.warning("A directory's table broke its reader: %s", problem)
        raise SheetProblem(_said("not-a-book")) from problem
    if code := answer.get("unreadable"):
        raise SheetProblem(_said(code))
    return _table(answer["lines"])


def read_sheet(content: bytes) -> Table:
    """The table in a CSV or XLSX file of the house itself, told apart by content. Raises ``SheetProblem``."""
    try:
        return _table(parsing.lines_of(content))
    except parsing.Unreadable as problem:
        raise SheetProblem(_said(problem.code)) from problem


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


def _said(code: str) -> str:
    return {
        "empty": _("Tệp không có nội dung. Bạn hãy chọn tệp khác, hoặc tải tệp mẫu về điền."),
        "large": _("Tệp lớn hơn 2 MB. Danh bạ là một bảng chữ; bạn hãy bỏ hình ảnh hoặc chia thành nhiều tệp."),
        "other-kind": _("Tệp này không phải CSV hay XLSX. Bạn hãy mở bằng phần mềm bảng tính rồi lưu lại thành XLSX."),
        "not-a-table": _("Tệp này không phải CSV hay XLSX. Bạn hãy chọn đúng tệp danh bạ."),
        "letters": _("Không đọc được chữ trong tệp CSV. Bạn hãy lưu lại với mã UTF-8, hoặc lưu thành XLSX."),
        "torn": _("Tệp CSV bị hỏng ở một ô quá dài hoặc thiếu dấu nháy. Bạn hãy lưu lại thành XLSX."),
        "unpacked": _("Bảng tính này quá lớn khi mở ra. Bạn hãy chỉ giữ lại bảng danh bạ."),
        "not-a-book": _("Tệp này không phải bảng tính XLSX đọc được. Bạn hãy mở bằng phần mềm bảng tính rồi lưu lại."),
    }[code]


def _table(lines: Iterable[tuple[int, list[str]]]) -> Table:
    heads: tuple[str, dict[int, str]] | None = None
    rows: list[Row] = []
    for number, cells in lines:
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


def _storable(text: str) -> str:
    """A text without what no database takes: NUL, halves of a pair of UTF-16."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def _plain(cell: str) -> str:
    """A cell without the apostrophe that our own export puts before what looks like a formula."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text
