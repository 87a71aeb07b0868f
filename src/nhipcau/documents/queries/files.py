"""Official documents as files: what the address calls them, their media types, and who writes them."""

from __future__ import annotations

from collections.abc import Callable

from vanban.official import OfficialDocument
from vanban.write import to_docx, to_pdf

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF_TYPE = "application/pdf"
FORMS: dict[str, tuple[str, Callable[[OfficialDocument], bytes]]] = {
    "docx": (DOCX_TYPE, to_docx),
    "pdf": (PDF_TYPE, to_pdf),
}
