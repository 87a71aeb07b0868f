"""Any file → numbered lines with its media type, its tables and the quality of its text.

Nothing here uses the network, runs what a file carries (macros, scripts) or trusts what it says about its own size.
"""

from __future__ import annotations

import dataclasses
import hashlib
import importlib
import pathlib
import stat
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from vanban.errors import Unreadable, unreadable
from vanban.model import Box, Cell, Line, Link, Quality, Source, Table, UnsureWord
from vanban.source import legacy, limits, places, quality, sniff, text
from vanban.source.lines import SOFT_HYPHEN, Numberer
from vanban.text import nfc

Progress = Callable[[int, int], None]

__all__ = ["Progress", "Unreadable", "load"]


def load(
    data: bytes | pathlib.Path,
    *,
    name: str | None = None,
    password: str | None = None,
    progress: Progress | None = None,
) -> Source:
    """Read a file (its path, or its bytes) as numbered lines.

    ``name`` is the name to show (by default that of the path); ``password`` opens an encrypted PDF and is not kept;
    ``progress(page, pages)`` is called after each page of a paged file. Raises ``Unreadable``, and nothing else, when
    the file cannot be read.
    """
    if not isinstance(data, bytes):
        name = data.name if name is None else name
        data = _contents(data)
    if len(data) > limits.MAX_BYTES:
        raise unreadable("too-large", limit=limits.MAX_BYTES // limits.MEGABYTE)
    if not data:
        raise unreadable("empty")
    kind = sniff.media_type(data)
    found = _READERS[kind](data, password, progress)
    lines, tables, is_legacy = _in_unicode(found)
    if not any(line.text for line in lines):
        raise unreadable("empty")
    return Source(
        name=(name or "").encode("utf-8", "replace").decode(),  # a path may hold bytes that are no text
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=kind,
        pages=found.pages,
        lines=lines,
        tables=tables,
        quality="legacy" if is_legacy else found.quality or _judge(lines),
        empty_pages=found.empty_pages,
        links=found.links,
        ocr_pages=found.ocr_pages,
        boxes=found.boxes,
        unsure=found.unsure,
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Found:
    """What a reader of one kind of file gives: see ``Source``. ``converted``: lines that came from a legacy encoding."""

    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    links: tuple[Link, ...] = ()
    pages: int | None = None
    empty_pages: tuple[int, ...] = ()
    quality: Quality | None = None
    converted: frozenset[int] = frozenset()
    ocr_pages: tuple[int, ...] = ()
    boxes: tuple[Box, ...] = ()
    unsure: tuple[UnsureWord, ...] = ()


def _text(data: bytes, _password: str | None, _progress: Progress | None) -> _Found:
    lines = text.read(data)
    return _Found(lines, pages=lines[-1].page)


def _pdf(data: bytes, password: str | None, progress: Progress | None) -> _Found:
    # Loaded when needed: text and Word files must not wait for the PDF library.
    found = importlib.import_module("vanban.source.pdf").read(data, password=password, progress=progress)
    return _paged(found, found.links, "broken" if found.unmapped else None)


def _picture(kind: str) -> _Reader:
    def read(data: bytes, _password: str | None, progress: Progress | None) -> _Found:
        return _paged(importlib.import_module("vanban.source.scan").read_file(data, kind, progress=progress), (), "ocr")

    return read


def _paged(found: Any, links: Sequence[tuple[int, str, str]], judged: Quality | None) -> _Found:
    """A file with pages (``pdf.Found``, ``scan.Scans``), of which some were read from pictures."""
    numberer = Numberer()
    numberer.add(found.blocks)
    lines, tables = tuple(numberer.lines), tuple(numberer.tables)
    unsure: tuple[UnsureWord, ...] = ()
    if found.words:
        read = importlib.import_module("vanban.source.scan").mended(lines, frozenset(found.words))
        lines, tables = read.lines, _recelled(tables, read.lines)
        unsure = places.unsure(lines, numberer.boxes, found.words, read.words)
        rest = _judge(tuple(line for line in lines if line.page not in found.words))
        judged = judged or ("ocr" if rest == "good" else rest)
    return _Found(
        lines,
        tables,
        _placed(links, lines),
        found.pages,
        found.empty_pages,
        judged,
        ocr_pages=tuple(sorted(found.words)),
        boxes=places.boxes(lines, numberer.boxes, found.sizes),
        unsure=unsure,
    )


def _blocks(module: str, name: str = "read") -> _Reader:
    """A reader of a file without pages: the module's function of that name gives its blocks."""

    def read(data: bytes, _password: str | None, _progress: Progress | None) -> _Found:
        numberer = Numberer()
        numberer.add(getattr(importlib.import_module(f"vanban.source.{module}"), name)(data))
        return _Found(
            tuple(numberer.lines),
            tuple(numberer.tables),
            tuple(numberer.links),
            converted=frozenset(numberer.converted),
        )

    return read


_Reader = Callable[[bytes, str | None, Progress | None], _Found]
_READERS: Mapping[str, _Reader] = {
    sniff.TEXT: _text,
    sniff.PDF: _pdf,
    sniff.DOCX: _blocks("docx"),
    sniff.HTML: _blocks("html"),
    sniff.MHTML: _blocks("mhtml"),
    sniff.RTF: _blocks("rtf"),
    sniff.DOC: _blocks("office", "read_doc"),
    sniff.ODT: _blocks("office", "read_odt"),
    **{kind: _picture(kind) for kind in sniff.PICTURES},
}


def _in_unicode(found: _Found) -> tuple[tuple[Line, ...], tuple[Table, ...], bool]:
    """The lines and tables with every legacy encoding turned into Unicode, and whether there was any."""
    texts = [line.text for line in found.lines]
    mended = legacy.mended(texts)
    new = mended.lines
    if found.converted:
        new = tuple(legacy.with_capitals(new, [line.number in found.converted for line in found.lines]))
    is_legacy = bool(mended.encodings or found.converted)
    new = tuple(text.replace(SOFT_HYPHEN, "") if SOFT_HYPHEN in text else text for text in new)
    if new == tuple(texts):
        return found.lines, found.tables, is_legacy
    lines = tuple(dataclasses.replace(line, text=text) for line, text in zip(found.lines, new, strict=True))
    return lines, _recelled(found.tables, lines), is_legacy


def _recelled(tables: Sequence[Table], lines: Sequence[Line]) -> tuple[Table, ...]:
    """The tables with the words that their lines have now."""

    def cell(old: Cell) -> Cell:
        first, last = old.lines
        return dataclasses.replace(old, text="\n".join(line.text for line in lines[first - 1 : last]).strip("\n"))

    return tuple(
        dataclasses.replace(table, rows=tuple(tuple(cell(old) for old in row) for row in table.rows))
        for table in tables
    )


def _placed(found: Sequence[tuple[int, str, str]], lines: Sequence[Line]) -> tuple[Link, ...]:
    """The links of a paged file (page, words that bear the link, address), each at the line that holds its words; at
    the page's first line where none does."""
    out: list[Link] = []
    for page, words, url in found if lines else ():
        on_page = [line for line in lines if line.page == page] or list(lines[:1])
        key = "".join(nfc(words).split())
        at = next((line for line in on_page if key and key in "".join(line.text.split())), on_page[0])
        out.append(Link(at.number, url))
    return tuple(dict.fromkeys(out))


def _judge(lines: tuple[Line, ...]) -> Quality:
    pages: dict[int | None, list[str]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line.text)
    return quality.judge(["\n".join(page) for page in pages.values()])


def _contents(path: pathlib.Path) -> bytes:
    """The bytes of a file or a pipe, never more than the limit; its size is looked at before it is read."""
    shown = path.name or str(path)
    try:
        info = path.stat()
        if not (stat.S_ISREG(info.st_mode) or stat.S_ISFIFO(info.st_mode)):
            raise unreadable("not-a-file", name=shown)
        if info.st_size > limits.MAX_BYTES:
            raise unreadable("too-large", limit=limits.MAX_BYTES // limits.MEGABYTE)
        with path.open("rb") as file:
            return file.read(limits.MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # ValueError: a zero byte in the path
        raise unreadable("missing", name=shown) from error
    except PermissionError as error:
        raise unreadable("forbidden", name=shown) from error
    except OSError as error:
        raise unreadable("io", name=shown) from error
