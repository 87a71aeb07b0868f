"""An official document as PDF: A4, tagged, PDF/A-2a and PDF/UA-1, its fonts embedded, the same bytes every time.

from vanban.write.pdf import to_pdf

pathlib.Path("ke-hoach.pdf").write_bytes(to_pdf(document))
"""

from __future__ import annotations

import datetime as dt
import functools
import importlib.resources
import json
import re

from vanban.official import OfficialDocument, Problem, Unprintable
from vanban.write.laying import laid
from vanban.write.pdf.fonts import FontMissing
from vanban.write.pdf.fonts import folder as font_folder
from vanban.write.pdf.fonts import fonts as installed
from vanban.write.pdf.printing import Refused, printed
from vanban.write.pdf.values import values

__all__ = ["FontMissing", "to_pdf"]

_UNDATED = dt.date(1970, 1, 1)
_NO_GLYPH = re.compile(r"the text (.+?) could not be displayed", re.DOTALL)


def to_pdf(document: OfficialDocument) -> bytes:
    """The document printed. The file says that it was made on the document's own day (1970 where it has none), so that
    the same document gives the same bytes. Raises ``Unprintable`` with what is to be mended, ``FontMissing``."""
    given = json.dumps(values(laid(document)), ensure_ascii=False)
    try:
        return printed(_template(), given, document.date or _UNDATED, _folder(), installed(), font_folder())
    except Refused as refused:
        raise _refusal(refused) from refused


@functools.cache
def _template() -> str:
    return importlib.resources.files(__package__).joinpath("official.typ").read_text("utf-8")


def _folder() -> str:
    return str(importlib.resources.files(__package__))


def _refusal(refused: Refused) -> Exception:
    """What a document did that cannot be printed; the refusal itself where it is not the document's fault."""
    message = str(refused)
    missing = _NO_GLYPH.search(message)
    if missing:
        signs = missing[1].strip('`"')
        vi = f"Phông chữ Times New Roman không có ký tự «{signs}». Bạn hãy bỏ hoặc thay ký tự này."
        return Unprintable((Problem("text", vi, f"Times New Roman has no sign “{signs}”. Remove or replace it."),))
    if "SVG" in message:
        vi = "Hình vẽ (SVG) không đọc được hoặc dẫn tới tệp bên ngoài. Bạn hãy tạo lại hình."
        en = "A drawing (SVG) cannot be read, or refers to another file. Make it anew."
        return Unprintable((Problem("picture", vi, en),))
    return refused
