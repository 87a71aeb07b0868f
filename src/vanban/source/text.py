"""Plain text: which encoding, and which lines."""

from __future__ import annotations

import codecs
import re
import unicodedata

from vanban.errors import unreadable
from vanban.model import Line
from vanban.source import legacy
from vanban.source.lines import clean
from vanban.source.quality import looks_vietnamese, vietnamese_share

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NEWLINE = re.compile(r"\r\n|\r|\n")
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\v\x1a\x00")
# What a Western Windows file has beside ASCII: quotes, dashes, dots, signs.
_PUNCTUATION_1252 = frozenset("‘’“”–—…•§°€\u00a0")


def decode(data: bytes) -> str:
    """The text of ``data``: by its byte-order mark, as UTF-8, as UTF-16 without a mark, as Windows-1258; a legacy Vietnamese
    encoding as Windows-1252 shows it (``vanban.source.legacy`` turns it into letters).

    Raises ``Unreadable`` ("binary" when it is no text, "encoding" when it is text in an encoding that is not read).
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(_strict(data[len(mark) :], encoding))
    if (guess := _utf16_without_mark(data)) is not None:
        return _checked(guess)
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if _controls(data.decode("latin-1")) > 0:
        raise unreadable("binary")
    if (shown := legacy.as_shown(data)) is not None:
        return shown
    for encoding, sensible in (("cp1258", _sensible_vietnamese), ("cp1252", _sensible_western)):
        try:
            text = unicodedata.normalize("NFC", data.decode(encoding))
        except UnicodeDecodeError:
            continue
        if sensible(text):
            return text
    raise unreadable("encoding")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise unreadable("encoding") from error


def _utf16_without_mark(data: bytes) -> str | None:
    """``data`` as UTF-16 without a mark: ASCII letters in it show as zero bytes on one side only."""
    sample = data[:4000]
    if len(sample) < 4 or len(data) % 2:
        return None
    high, low = sample[0::2].count(0) / (len(sample) // 2), sample[1::2].count(0) / (len(sample) // 2)
    for here, there, encoding in ((low, high, "utf-16-le"), (high, low, "utf-16-be")):
        if here > 0.3 and there < 0.05:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    return None


def _controls(text: str) -> float:
    """The share of characters that no text file has."""
    bad = sum(1 for c in text if c < " " and c not in _ALLOWED_CONTROLS or c == "\x7f" or "\ue000" <= c <= "\uf8ff")
    return (bad + text.count("\x00")) / max(len(text), 1)


def _checked(text: str) -> str:
    unassigned = sum(1 for c in text[:20_000] if unicodedata.category(c) in ("Cn", "Cs"))
    if _controls(text) > 0.01 or unassigned > 0.01 * min(len(text), 20_000):
        raise unreadable("binary")
    return text


def _sensible_vietnamese(text: str) -> bool:
    words, share = vietnamese_share(text)
    return words >= 5 and share >= 0.25 and looks_vietnamese(text)


def _sensible_western(text: str) -> bool:
    foreign = [c for c in text if c > "\x7f"]
    return len(foreign) <= 0.12 * len(text) and all(c in _PUNCTUATION_1252 for c in foreign)


def split(text: str) -> list[str]:
    """The physical lines of ``text`` as an editor counts them: only LF, CR LF and CR end a line, and an end of line at
    the very end begins no further one. A form feed or a Unicode separator stays in its line."""
    lines = _NEWLINE.split(text)
    if lines and not lines[-1]:
        lines.pop()
    return lines


def read(data: bytes) -> tuple[Line, ...]:
    """Line N of the answer is physical line N of the file: empty lines keep their number, marks are in NFC.

    A form feed begins a new page; lines have a page only where the file has form feeds.
    Raises ``Unreadable`` ("binary", "encoding", "empty").
    """
    text = decode(data)
    if not text.strip("\ufeff\x00\x1a \t\r\n\f\v\u00a0"):
        raise unreadable("empty")
    paged = "\f" in text.rstrip()
    page = 1
    lines: list[Line] = []
    for number, line in enumerate(split(text), start=1):
        words = line.rstrip("\f")
        page += len(words) - len(words.replace("\f", "")) if words.strip() else 0
        lines.append(Line(number, _visible(line), page if paged else None))
        page += len(line) - len(words) if words.strip() else line.count("\f")
    return tuple(lines)


def _visible(line: str) -> str:
    """``line`` in NFC: blanks at its ends dropped, control characters (form feed, tab …) as blanks."""
    return clean("".join(" " if c < " " else c for c in line)).strip()
