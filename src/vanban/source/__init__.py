"""Any file → numbered lines with its media type, its tables and the quality of its text.

Nothing here uses the network, runs what a file carries (macros, scripts) or trusts what it says about its own size.
"""

from __future__ import annotations

import hashlib
import importlib
import pathlib
import stat
from collections.abc import Callable, Sequence

from vanban.errors import Unreadable, unreadable
from vanban.model import Line, Link, Quality, Source, Table
from vanban.source import limits, quality, sniff, text
from vanban.source.lines import Block, Numberer
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
    pages: int | None = None
    tables: tuple[Table, ...] = ()
    links: tuple[Link, ...] = ()
    empty_pages: tuple[int, ...] = ()
    judged: Quality | None = None
    if kind == sniff.TEXT:
        lines = text.read(data)
        pages = lines[-1].page
    elif kind == sniff.PDF:
        # Loaded when needed: text and Word files must not wait for the PDF library.
        read = importlib.import_module("vanban.source.pdf").read
        found = read(data, password=password, progress=progress)
        lines, tables, _ = _numbered(found.blocks)
        links = _placed(found.links, lines)
        pages, empty_pages, judged = found.pages, found.empty_pages, "broken" if found.unmapped else None
    else:
        module = "vanban.source.docx" if kind == sniff.DOCX else "vanban.source.html"
        lines, tables, links = _numbered(importlib.import_module(module).read(data))
    if not any(line.text for line in lines):
        raise unreadable("empty")
    return Source(
        name=(name or "").encode("utf-8", "replace").decode(),  # a path may hold bytes that are no text
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=kind,
        pages=pages,
        lines=lines,
        tables=tables,
        quality=judged or _judge(lines),
        empty_pages=empty_pages,
        links=links,
    )


def _numbered(blocks: list[Block]) -> tuple[tuple[Line, ...], tuple[Table, ...], tuple[Link, ...]]:
    numberer = Numberer()
    numberer.add(blocks)
    return tuple(numberer.lines), tuple(numberer.tables), tuple(numberer.links)


def _placed(found: Sequence[tuple[int, str, str]], lines: tuple[Line, ...]) -> tuple[Link, ...]:
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
