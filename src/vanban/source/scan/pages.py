"""The pages of a scan, read some at a time."""

from __future__ import annotations

import collections
import concurrent.futures
import dataclasses
import os
from collections.abc import Callable, Iterable

from PIL import Image

from vanban.errors import unreadable
from vanban.source.lines import Block
from vanban.source.pdf.document import Page, put_together
from vanban.source.scan import tesseract
from vanban.source.scan.pictures import File
from vanban.source.scan.reading import ReadPage
from vanban.source.scan.reading import read as read_page
from vanban.source.scan.tesseract import Word

Progress = Callable[[int, int], None]
Given = tuple[int, Image.Image, float | None]  # number of the page, its picture, its dots an inch

_MOST_AT_ONCE = 4


@dataclasses.dataclass(frozen=True, slots=True)
class Scans:
    """What was read from pictures: the blocks of the document, the pages' sizes in points and their words, by page."""

    blocks: list[Block]
    pages: int
    empty_pages: tuple[int, ...]
    sizes: dict[int, tuple[float, float]]
    words: dict[int, tuple[Word, ...]]


def read(given: Iterable[Given], done: Callable[[int], None] | None = None) -> list[ReadPage]:
    """Read pages; ``done(number)`` is called after each, in order. Each picture is asked for when there is room for it.

    Raises ``Unreadable`` ("ocr-missing", "ocr-failed") and what ``given`` and ``done`` raise.
    """
    tesseract.program()
    out: list[ReadPage] = []
    at_once = max(1, min(_MOST_AT_ONCE, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2))
    waiting: collections.deque[concurrent.futures.Future[ReadPage]] = collections.deque()

    def take() -> None:
        found = waiting.popleft().result()
        out.append(found)
        if done is not None:
            done(found.page.number)

    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        try:
            for number, picture, dpi in given:
                waiting.append(pool.submit(read_page, picture, dpi, number))
                if len(waiting) > at_once:
                    take()
            while waiting:
                take()
        finally:
            for future in waiting:
                future.cancel()
    return out


def read_file(data: bytes, media_type: str, *, progress: Progress | None = None) -> Scans:
    """Read a picture file; ``progress(page, pages)`` is called after each page.

    Raises ``Unreadable`` ("damaged", "picture-too-large", "picture-too-small", "too-many-pages", "ocr-missing",
    "ocr-failed", "no-words").
    """
    file = File(data, media_type)
    tesseract.program()
    given = ((number, *file.page(number)) for number in range(1, file.pages + 1))
    found = read(given, None if progress is None else lambda number: progress(number, file.pages))
    if not any(page.words for page in found):
        raise unreadable("no-words")
    return put(found, [page.page for page in found])


def put(found: list[ReadPage], pages: list[Page]) -> Scans:
    """The document of ``pages``, of which ``found`` were read from pictures."""
    return Scans(
        blocks=put_together(pages),
        pages=len(pages),
        empty_pages=tuple(page.page.number for page in found if not page.words),
        sizes={page.number: (page.width, page.height) for page in pages},
        words={page.page.number: page.words for page in found},
    )
