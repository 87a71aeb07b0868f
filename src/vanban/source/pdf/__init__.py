"""PDF with a text layer, read by position: reading order, columns, ruled tables over page breaks.

PDFium reads the file; its form and script engine is never started, so that nothing in the file can run.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable

import pypdfium2
import pypdfium2.raw as pdfium

from vanban.errors import Unreadable, unreadable
from vanban.source import limits
from vanban.source.lines import Block
from vanban.source.pdf import bomb, glyphs, grid, links, rules
from vanban.source.pdf.document import Page, put_together, take_apart

_LOCK = threading.Lock()  # PDFium may be used by one thread at a time
# A page with fewer signs than this and a picture over this share of it is a scan: its text is a scanner's stamp.
_SCAN_SIGNS, _SCAN_PICTURE = 60, 0.6
_MAX_UNMAPPED = 0.05  # of the signs on a page; beyond this its text layer is broken


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """What a PDF holds. ``unmapped``: its fonts do not say which letters many of its signs are."""

    blocks: list[Block]
    pages: int
    empty_pages: tuple[int, ...]
    unmapped: bool
    links: tuple[tuple[int, str, str], ...] = ()  # page, words that bear the link, web address


def read(data: bytes, *, password: str | None = None, progress: Callable[[int, int], None] | None = None) -> Found:
    """Read the text layer of a PDF; ``progress(page, pages)`` is called after each page.

    Raises ``Unreadable`` ("encrypted", "wrong-password", "encrypted-pdf-method", "damaged", "too-many-pages",
    "too-much-text", "no-text", "no-letters", "bomb").
    """
    bomb.check(data)
    with _LOCK:
        document = _open(data, password)
        try:
            return _read(document, progress)
        except pypdfium2.PdfiumError as error:
            raise unreadable("damaged", kind="PDF") from error
        finally:
            document.close()


def _open(data: bytes, password: str | None) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        raise _refusal(error, password) from error


def _refusal(error: pypdfium2.PdfiumError, password: str | None) -> Unreadable:
    if error.err_code == pdfium.FPDF_ERR_PASSWORD:
        return unreadable("encrypted" if password is None else "wrong-password")
    if error.err_code == pdfium.FPDF_ERR_SECURITY:
        return unreadable("encrypted-pdf-method")
    return unreadable("damaged", kind="PDF")


def _read(document: pypdfium2.PdfDocument, progress: Callable[[int, int], None] | None) -> Found:
    count = len(document)
    if count > limits.MAX_PAGES:
        raise unreadable("too-many-pages", pages=count, limit=limits.MAX_PAGES)
    if count == 0:
        raise unreadable("damaged", kind="PDF")
    pages: list[Page] = []
    seen = unmapped = 0
    empty: list[int] = []
    linked: list[tuple[int, str, str]] = []
    for number in range(1, count + 1):
        text, found, scanned, linked_words = _page(document, number)
        seen += text.seen
        unmapped += text.unmapped
        if seen > limits.MAX_CHARACTERS:
            raise unreadable("too-much-text")
        if not text.glyphs or scanned:
            empty.append(number)
        pages.append(found)
        linked.extend((number, words, url) for words, url in linked_words)
        if progress is not None:
            progress(number, count)
    if len(empty) == count:
        raise unreadable("no-letters" if unmapped else "no-text")
    return Found(put_together(pages), count, tuple(empty), unmapped > _MAX_UNMAPPED * seen, tuple(linked))


def _page(document: pypdfium2.PdfDocument, number: int) -> tuple[glyphs.PageText, Page, bool, list[tuple[str, str]]]:
    """The text of a page, the page taken apart, whether it is a scan, and its links."""
    page = document[number - 1]
    try:
        text = glyphs.read(page.raw)
        ruling = rules.read(page.raw, text.frame) if text.glyphs else rules.Rules([], [])
        scanned = 0 < len(text.glyphs) < _SCAN_SIGNS and rules.pictured(page.raw, _SCAN_PICTURE)
        return text, take_apart(number, text, grid.find(ruling), ruling.level), scanned, links.read(document, page)
    finally:
        page.close()
