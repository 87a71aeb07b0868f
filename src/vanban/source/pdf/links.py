"""The web addresses behind words of a PDF page (link annotations)."""

from __future__ import annotations

import ctypes

import pypdfium2
import pypdfium2.raw as pdfium

from vanban.source.lines import web_address

_MOST = 500  # link annotations of a page that are looked at
_LONGEST = 2048
_LONGEST_WORDS = 300


def read(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> list[tuple[str, str]]:
    """The words that each link of ``page`` covers, and the address that it leads to."""
    found: list[tuple[str, str]] = []
    textpage = None
    position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    try:
        for _ in range(_MOST):
            if not pdfium.FPDFLink_Enumerate(page.raw, position, link):
                break
            url = _address(document, link)
            if url is None:
                continue
            if textpage is None:
                textpage = page.get_textpage()
            found.append((_words(textpage, link), url))
    finally:
        if textpage is not None:
            textpage.close()
    return found


def _address(document: pypdfium2.PdfDocument, link: pdfium.FPDF_LINK) -> str | None:
    action = pdfium.FPDFLink_GetAction(link)
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return None
    buffer = ctypes.create_string_buffer(_LONGEST)
    size = pdfium.FPDFAction_GetURIPath(document.raw, action, buffer, _LONGEST)
    return web_address(buffer.value.decode("utf-8", "replace")) if 0 < size <= _LONGEST else None


def _words(textpage: pypdfium2.PdfTextPage, link: pdfium.FPDF_LINK) -> str:
    box = pdfium.FS_RECTF()
    if not pdfium.FPDFLink_GetAnnotRect(link, box):
        return ""
    text: str = textpage.get_text_bounded(box.left, box.bottom, box.right, box.top)
    return text.strip().split("\n")[0].strip()[:_LONGEST_WORDS]
