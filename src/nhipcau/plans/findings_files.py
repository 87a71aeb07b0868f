"""The open findings of a plan as a text to copy and as a workbook: what is sent to whoever drafted the plan."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from vanban.text import fold

from .checking.shown import Findings, Shown
from .exports import XLSX_TYPE

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_WIDTHS = (6, 12, 12, 14, 80, 60, 34)


def response(findings: Findings, name: str, form: str) -> HttpResponse:
    """The open findings as ``txt`` (shown by the browser, to copy) or ``xlsx`` (a download)."""
    filename = f"{slugify(fold(name))[:60] or 'ke-hoach'}-{findings.day.isoformat()}.{form}"
    if form == "xlsx":
        made = HttpResponse(workbook(findings), content_type=XLSX_TYPE)
        made["Content-Disposition"] = f'attachment; filename="{filename}"'
    else:
        made = HttpResponse(text(findings, name), content_type="text/plain; charset=utf-8")
        made["Content-Disposition"] = f'inline; filename="{filename}"'
    made["Cache-Control"] = "private, no-store"
    return made


def text(findings: Findings, name: str) -> str:
    """The list as a person would write it into a letter."""
    return "\n".join(_lines(findings, name)) + "\n"


def _lines(findings: Findings, name: str) -> Iterator[str]:
    day = findings.day.strftime("%d/%m/%Y")
    yield _("Những điều cần xem lại trong kế hoạch %(name)s, xét theo ngày %(day)s") % {"name": name, "day": day}
    if not findings.open:
        yield _("Không có điều gì.")
    number = 0
    for _severity, shown in findings.by_severity:
        for one in shown:
            number += 1
            where = ", ".join(part for part in (one.noted.code, place(one)) if part)
            yield ""
            yield f"{number}. {severity_word(one)}{f' ({where})' if where else ''}: {one.noted.message}"
            if one.noted.suggestion:
                yield "   " + _("Lời văn đề xuất: %(words)s") % {"words": one.noted.suggestion}


def workbook(findings: Findings) -> bytes:
    """The list as an XLSX workbook with a frozen head."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Điều cần xem lại")
    sheet.freeze_panes = "A2"
    sheet.append([_("Số"), _("Mức độ"), _("Mục"), _("Dòng"), _("Nội dung"), _("Lời văn đề xuất"), _("Quy tắc")])
    for number, one in enumerate((one for _severity, shown in findings.by_severity for one in shown), start=1):
        noted = one.noted
        values = (severity_word(one), noted.code, place(one), noted.message, noted.suggestion or "", one.title)
        sheet.cell(number + 1, 1, number)
        for column, value in enumerate(values, start=2):
            cell = sheet.cell(number + 1, column)
            cell.value = _CONTROL.sub("", value)
            cell.data_type = "s"  # a text that begins with "=" stays a text
    wrap = Alignment(wrap_text=True, vertical="top")
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.cell(1, column).font = Font(bold=True)
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = wrap
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def severity_word(shown: Shown) -> str:
    """How grave it is, in a word."""
    words = {
        "error": pgettext("finding", "Lỗi"),
        "warning": pgettext("finding", "Cảnh báo"),
        "note": pgettext("finding", "Lưu ý"),
    }
    return words[shown.noted.severity]


def place(shown: Shown) -> str:
    """The lines that it is about, in words; "" where it is about the whole document."""
    if shown.noted.lines is None:
        return ""
    first, last = shown.noted.lines
    if first == last:
        return _("dòng %(n)s") % {"n": first}
    return _("dòng %(a)s–%(b)s") % {"a": first, "b": last}
