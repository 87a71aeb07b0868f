"""Pictures of the pages of texts, whole or cut to some lines, drawn once and kept on the disk.

They stand under ``DATA_DIR/pages`` by the hash of their file and may be deleted at any time. Who asks has been asked
whether they may see the text.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import io
import logging
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from PIL import Image

from nhipcau.core import files, sandbox

from ..models import Layout, Line, Text

WIDTH = 1_400  # pixels: a line is sharp on a good screen, a page weighs about 200 kB
DRAW = "nhipcau.documents.drawing:draw"
SECONDS_A_PAGE = 20.0
_AT_ONCE = 2  # pages that one web process has drawn at the same time: each may take the sandbox's whole memory
_AIR = 0.006  # around what is cut out, as a share of the page
_A4 = 297 / 210
_NEAR = 3  # lines

logger = logging.getLogger(__name__)
_drawing = threading.BoundedSemaphore(_AT_ONCE)
_locks = [threading.Lock() for _ in range(16)]


class HasText(Protocol):
    """A line: its number and its text."""

    number: int
    text: str


class NoPicture(Exception):
    """The file has no such page, or it cannot be drawn."""


class Busy(Exception):
    """Other pages are being drawn; this one may be asked for again."""


@dataclasses.dataclass(frozen=True, slots=True)
class Cut:
    """A piece of a page: from the first to the last of its lines that are shown; ``height`` for one of 1,000 wide."""

    page: int
    first: int
    last: int
    height: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Picture:
    """What some lines look like on their page: addresses of the piece of it and of the page, its number, the height where
    the piece is 1,000 wide, and the words read from it."""

    source: str
    page: str
    number: int
    height: int
    words: str


def page_of(text: Text, page: int, is_scan: bool) -> Path:
    """Where the picture of a page stands; it is drawn now if need be. Raises ``NoPicture``, ``Busy``."""
    place = place_of(text, page, is_scan)
    if place.is_file():
        with contextlib.suppress(OSError):
            os.utime(place)  # in use: the oldest go first
        return place
    with _locks[hash((text.file.sha256, page)) % len(_locks)]:
        if not place.is_file():
            if not _drawing.acquire(timeout=SECONDS_A_PAGE):
                raise Busy
            try:
                draw(text, [(page, is_scan)], seconds=SECONDS_A_PAGE)
            finally:
                _drawing.release()
    if not place.is_file():
        raise NoPicture
    return place


def draw(
    text: Text,
    pages: Iterable[tuple[int, bool]],
    *,
    seconds: float,
    progress: sandbox.Progress = lambda _done, _total: None,
    watch: Callable[[], None] = lambda: None,
) -> None:
    """Draw the pages (number, whether it was read as a scan) that are not there yet. What cannot be drawn stays away."""
    wanted = [(page, place_of(text, page, is_scan), is_scan) for page, is_scan in pages]
    wanted = [row for row in wanted if not row[1].is_file()]
    if not wanted:
        return
    wanted[0][1].parent.mkdir(parents=True, exist_ok=True)
    make_room()
    try:
        sandbox.run(
            DRAW,
            {
                "path": str(files.path_of(text.file)),
                "width": WIDTH,
                "pages": [[page, str(place), scan] for page, place, scan in wanted],
            },
            seconds=seconds,
            megabytes=settings.READING_MEGABYTES,
            progress=progress,
            watch=watch,
        )
    except (sandbox.OverTime, sandbox.OverMemory, sandbox.Broken, files.Gone) as problem:
        logger.warning("pages of %s could not be drawn: %r", text.public_id, problem)


def make_room() -> None:
    """Delete the pictures that were not looked at for longest, until they take no more than they may."""
    kept = []
    for path in (settings.DATA_DIR / "pages").glob("*/*/*"):
        with contextlib.suppress(FileNotFoundError):
            stat = path.stat()
            kept.append((stat.st_mtime, stat.st_size, path))
    total = sum(size for _time, size, _path in kept)
    for _time, size, path in sorted(kept):
        if total <= settings.PAGES_BYTES:
            break
        path.unlink(missing_ok=True)
        total -= size


def place_of(text: Text, page: int, is_scan: bool) -> Path:
    """Where the picture of a page stands, drawn or not."""
    name = f"{page}-{WIDTH}{'s' if is_scan else ''}.webp"
    folder: Path = settings.DATA_DIR / "pages" / text.file.sha256[:2] / text.file.sha256
    return folder / name


# --- lines of a page -------------------------------------------------------------------------------------------------


def layout_of(text: Text | None) -> Layout | None:
    """Where the lines of a text stand; None for a text without pages."""
    return Layout.objects.filter(text_of=text).first() if text is not None and text.pages else None


def cuts(layout: Layout | None, pages: Iterable[int] | None = None) -> Callable[[int, int], list[Cut]]:
    """A function that gives, for a first and a last line, the pieces of pages on which they stand; only of ``pages``
    where given."""
    boxes = {row[0]: row for row in layout.boxes} if layout is not None else {}
    allowed = None if pages is None else frozenset(pages)
    broad = {row[1]: 0.0 for row in boxes.values()}
    for page in broad:
        left, right = _width([row for row in boxes.values() if row[1] == page])
        broad[page] = max(0.05, right - left)

    def found(first: int, last: int) -> list[Cut]:
        by_page: dict[int, list[Sequence[float]]] = {}
        for number in range(first, last + 1):
            row = boxes.get(number)
            if row is not None and (allowed is None or row[1] in allowed):
                by_page.setdefault(int(row[1]), []).append(row)
        return [
            Cut(
                page,
                int(rows[0][0]),
                int(rows[-1][0]),
                round(1_000 * _A4 * (max(r[5] for r in rows) - min(r[3] for r in rows) + 2 * _AIR) / broad[page]),
            )
            for page, rows in by_page.items()
        ]

    return found


def of_lines(cut: Callable[[int, int], list[Cut]], address: str, lines: Sequence[HasText]) -> list[Picture]:
    """The pictures of a run of lines (``cut``: from ``cuts``); ``address``: that of page 0."""
    if not lines:
        return []
    way, _end = address.rsplit("0", 1)
    words = {line.number: line.text for line in lines}
    found = []
    for piece in cut(lines[0].number, lines[-1].number):
        page = f"{way}{piece.page}.webp"
        read = " ".join(words[n] for n in range(piece.first, piece.last + 1) if n in words)
        found.append(Picture(f"{page}?dong={piece.first}-{piece.last}", page, piece.page, piece.height, read))
    return found


def of_scan(text: Text, lines: Sequence[Line]) -> list[Picture]:
    """The pictures of a run of lines of a text, as far as they were read from pictures."""
    layout = layout_of(text)
    if layout is None or not layout.ocr_pages:
        return []
    cut, address = cuts(layout, layout.ocr_pages), reverse("text_page", args=[text.public_id, 0])
    return [picture for run in _runs(lines) for picture in of_lines(cut, address, run)]


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines in runs: a few blank ones do not part them."""
    runs: list[list[Line]] = []
    for line in lines:
        if runs and line.number - runs[-1][-1].number <= _NEAR:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def lead_to_pages(text: Text, lines: Iterable[Line]) -> None:
    """Give the lines of a text with drawable pages the address of their page (``picture``)."""
    if layout_of(text) is None:
        return
    way, _end = reverse("text_page", args=[text.public_id, 0]).rsplit("0", 1)
    for line in lines:
        line.picture = f"{way}{line.page}.webp" if line.page else ""


def _width(rows: Sequence[Sequence[float]]) -> tuple[float, float]:
    """From where to where the print of a page goes: all pieces of a page are as wide, so that they are as large."""
    return max(0.0, min(row[2] for row in rows) - 2 * _AIR), min(1.0, max(row[4] for row in rows) + 2 * _AIR)


def serve(request: HttpRequest, text: Text | None, page: int) -> HttpResponse:
    """A page of a text as a picture; ``dong=12-15`` cuts these lines out of it. Raises ``Http404``."""
    layout = layout_of(text)
    if text is None or layout is None or not any(row[1] == page for row in layout.boxes):
        raise Http404
    first, last = _span(request.GET.get("dong", ""))
    tag = hashlib.sha256(f"{text.file.sha256} {page} {first} {last} {WIDTH}".encode()).hexdigest()[:32]
    if request.headers.get("If-None-Match") == f'"{tag}"':
        return _told(HttpResponse(status=304), tag)
    try:
        place = page_of(text, page, page in layout.ocr_pages)
    except NoPicture as problem:
        raise Http404 from problem
    except Busy:
        return HttpResponse(status=503, headers={"Retry-After": "10"})
    picture = place.read_bytes() if not first else _piece(place, layout, page, first, last)
    return _told(HttpResponse(picture, content_type="image/webp"), tag)


def _told(response: HttpResponse, tag: str) -> HttpResponse:
    response["ETag"] = f'"{tag}"'
    response["Cache-Control"] = "private, max-age=600"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _span(text: str) -> tuple[int, int]:
    """The lines that the address names; (0, 0): the whole page."""
    first, _dash, last = text.partition("-")
    last = last or first
    if not (first.isdecimal() and last.isdecimal() and len(first) < 9 and len(last) < 9):
        return 0, 0
    return int(first), max(int(first), int(last))


def _piece(place: Path, layout: Layout, page: int, first: int, last: int) -> bytes:
    """These lines out of the picture of their page, cut once."""
    kept = place.with_name(f"{place.stem}-{first}-{last}.webp")
    with contextlib.suppress(FileNotFoundError):
        return kept.read_bytes()
    picture = _cut(place.read_bytes(), [row for row in layout.boxes if row[1] == page], first, last)
    unfinished = kept.with_name(f"{kept.name}.{threading.get_native_id()}")
    unfinished.write_bytes(picture)
    unfinished.rename(kept)
    return picture


def _cut(picture: bytes, boxes: Sequence[Sequence[float]], first: int, last: int) -> bytes:
    """The lines from ``first`` to ``last`` out of the picture of a page. Raises ``Http404`` where none is on it."""
    rows = [row for row in boxes if first <= row[0] <= last]
    if not rows:
        raise Http404
    left, right = _width(boxes)
    top = max(0.0, min(row[3] for row in rows) - _AIR)
    bottom = min(1.0, max(row[5] for row in rows) + _AIR)
    with Image.open(io.BytesIO(picture), formats=["WEBP"]) as page:
        width, height = page.size
        edges = (round(left * width), round(top * height), round(right * width), round(bottom * height))
        cut = page.crop((edges[0], edges[1], max(edges[2], edges[0] + 1), max(edges[3], edges[1] + 1)))
    out = io.BytesIO()
    cut.save(out, "WEBP", quality=80, method=2)
    return out.getvalue()
