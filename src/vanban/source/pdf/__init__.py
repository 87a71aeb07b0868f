"""PDF, read by position: reading order, columns, ruled tables over page breaks; pages without a good text layer are
drawn and read as scans (``vanban.source.scan``).

PDFium reads the file; its form and script engine is never started, so that nothing in the file can run.
"""

from __future__ import annotations

import dataclasses
import importlib
import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from vanban.errors import Unreadable, unreadable
from vanban.source import limits, quality
from vanban.source.lines import Block
from vanban.source.pdf import bomb, glyphs, grid, links, pictures, rules
from vanban.source.pdf.document import Page, put_together, take_apart

_LOCK = threading.Lock()  # PDFium may be used by one thread at a time
# A page with fewer signs than this and a picture over this share of it is a scan: its text is a scanner's stamp.
_SCAN_SIGNS, _SCAN_PICTURE = 60, 0.6
_MAX_UNMAPPED = 0.05  # of the signs on a page; beyond this its text layer is broken
_MAX_STRANGE = 0.03  # of its letters are of scripts that stand in no Vietnamese text: its font lies about its letters
_STRANGE = re.compile(r"[\u0400-\u052f\u0530-\u06ff\u0e00-\u0fff\u1680-\u17ff\ua640-\ua69f]")
_LEAST_STRANGE = 20

Progress = Callable[[int, int], None]


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """What a PDF holds. ``unmapped``: its fonts do not say which letters many of its signs are. ``sizes`` of the pages
    are in points, as the boxes of the blocks; ``words`` are those read from pictures, by page."""

    blocks: list[Block]
    pages: int
    empty_pages: tuple[int, ...]
    unmapped: bool
    links: tuple[tuple[int, str, str], ...] = ()  # page, words that bear the link, web address
    sizes: dict[int, tuple[float, float]] = dataclasses.field(default_factory=dict)
    words: dict[int, tuple[Any, ...]] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(slots=True)
class _Text:
    """The text layer of a page, and what speaks for reading the page as a picture instead."""

    page: Page
    seen: int
    unmapped: int
    signs: int
    words: str
    links: list[tuple[str, str]]
    is_broken: bool | None
    pictures: pictures.Pictures  # looked at only where the text may be no good

    @property
    def is_scan(self) -> bool:
        """Whether the page is a picture, its text at most a scanner's stamp."""
        if not self.signs:
            return self.pictures.any
        return self.signs < _SCAN_SIGNS and self.pictures.share >= _SCAN_PICTURE

    @property
    def lies(self) -> bool:
        """Whether the layer does not say what the page shows, picture or not."""
        strange = len(_STRANGE.findall(self.words))
        return self.unmapped > _MAX_UNMAPPED * self.seen or (
            strange >= _LEAST_STRANGE and strange > _MAX_STRANGE * self.signs
        )


def read(data: bytes, *, password: str | None = None, progress: Progress | None = None) -> Found:
    """Read a PDF; ``progress(page, pages)`` is called after each page, pages with a good text layer first.

    Raises ``Unreadable`` ("encrypted", "wrong-password", "encrypted-pdf-method", "damaged", "too-many-pages",
    "too-much-text", "no-text", "no-letters", "bomb"; for scans "ocr-missing", "ocr-failed", "no-words",
    "picture-too-large").
    """
    bomb.check(data)
    with _LOCK:
        document = _open(data, password)
    try:
        return _read(document, progress)
    except pypdfium2.PdfiumError as error:
        raise unreadable("damaged", kind="PDF") from error
    finally:
        with _LOCK:
            document.close()


def picture_of(data: bytes, number: int, width: int | None, password: str | None = None) -> tuple[Any, float]:
    """Page ``number`` as a picture and its dots an inch: ``width`` pixels wide and turned as its text runs, or (None) as
    it is drawn to be read as a scan.

    Raises ``Unreadable`` as ``read`` does, ``ValueError`` for a page that is not there.
    """
    bomb.check(data)
    with _LOCK:
        document = _open(data, password)
        try:
            if not 1 <= number <= len(document):
                raise ValueError(number)
            page = document[number - 1]
            found = pictures.look(page)
            if width is None:
                dpi = pictures.reading_dpi(page, found)
                return pictures.draw(page, dpi), dpi
            frame = glyphs.read(page.raw).frame
            dpi = 72 * width / max(1.0, frame.width)
            return pictures.draw(page, dpi, quarters=frame.turn), dpi
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


def _read(document: pypdfium2.PdfDocument, progress: Progress | None) -> Found:
    with _LOCK:
        count = len(document)
    if count > limits.MAX_PAGES:
        raise unreadable("too-many-pages", pages=count, limit=limits.MAX_PAGES)
    if count == 0:
        raise unreadable("damaged", kind="PDF")
    texts: list[_Text] = []
    for number in range(1, count + 1):
        with _LOCK:
            texts.append(_page(document, number))
        if sum(text.seen for text in texts) > limits.MAX_CHARACTERS:
            raise unreadable("too-much-text")
    chosen = _to_be_drawn(texts)
    done = 0

    def note(_number: int) -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, count)

    for text in texts:
        if text.page.number not in chosen:
            note(text.page.number)
    scanned = _scanned(document, texts, chosen, note)
    return _found(texts, scanned)


def _page(document: pypdfium2.PdfDocument, number: int) -> _Text:
    """The text layer of a page, its links and its pictures."""
    page = document[number - 1]
    try:
        text = glyphs.read(page.raw)
        ruling = rules.read(page.raw, text.frame) if text.glyphs else rules.Rules([], [])
        found = take_apart(number, text, grid.find(ruling), ruling.level)
        words = " ".join([piece.text for piece in found.free] + [c.text for t in found.tables for c in t.cells])
        signs, broken = len(text.glyphs), quality.is_broken(words)
        seen = pictures.NONE if signs >= _SCAN_SIGNS and broken is False else pictures.look(page)
        return _Text(found, text.seen, text.unmapped, signs, words, links.read(document, page), broken, seen)
    finally:
        page.close()


def _to_be_drawn(texts: list[_Text]) -> frozenset[int]:
    """The pages that are read from their picture: scans, and pages whose text layer is broken or lies."""
    chosen = {text.page.number for text in texts if text.is_scan or text.lies}
    mostly = sum(text.is_broken is True for text in texts) > sum(text.is_broken is False for text in texts)
    for text in texts:
        broken = text.is_broken or (text.is_broken is None and mostly)
        if broken and text.pictures.share >= _SCAN_PICTURE:
            chosen.add(text.page.number)
    return frozenset(chosen)


def _scanned(
    document: pypdfium2.PdfDocument, texts: list[_Text], chosen: frozenset[int], note: Callable[[int], None]
) -> dict[int, Any]:
    """The ``chosen`` pages as read from their pictures. Where no OCR is installed: none, or where no page has a text
    ``Unreadable`` ("ocr-missing")."""
    if not chosen:
        return {}
    if len(chosen) > limits.MAX_SCANS:
        raise unreadable("too-many-pages", pages=len(chosen), limit=limits.MAX_SCANS)
    scan = importlib.import_module("vanban.source.scan")  # text is read without its libraries
    if not scan.is_installed():
        if any(text.signs and not text.is_scan for text in texts):
            return {}
        raise unreadable("ocr-missing")

    def given() -> Iterator[tuple[int, Any, float]]:
        for text in texts:
            if text.page.number in chosen:
                with _LOCK:
                    page = document[text.page.number - 1]
                    try:
                        dpi = pictures.reading_dpi(page, text.pictures)
                        picture = pictures.draw(page, dpi)
                    finally:
                        page.close()
                yield text.page.number, picture, dpi

    return {page.page.number: page for page in scan.read(given(), note)}


def _found(texts: list[_Text], scanned: dict[int, Any]) -> Found:
    pages, empty, words = [], [], {}
    for text in texts:
        number = text.page.number
        read_anew = scanned.get(number)
        if read_anew is not None and read_anew.words:
            pages.append(read_anew.page)
            words[number] = read_anew.words
            continue
        pages.append(text.page)
        if not text.signs or text.is_scan:
            empty.append(number)
    left = [text for text in texts if text.page.number not in words]
    seen, unmapped = sum(text.seen for text in left), sum(text.unmapped for text in left)
    if len(empty) == len(texts):
        raise unreadable("no-letters" if unmapped else "no-words" if scanned else "no-text")
    return Found(
        put_together(pages),
        len(texts),
        tuple(empty),
        unmapped > _MAX_UNMAPPED * seen,
        tuple((text.page.number, *link) for text in texts for link in text.links),
        {page.number: (page.width, page.height) for page in pages},
        words,
    )
