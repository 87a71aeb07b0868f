"""The program Tesseract, started once a picture: the words that it reads, with their places and how sure it is.

Tesseract 4 or 5 with the Vietnamese data ("vie"); on Debian the packages tesseract-ocr, tesseract-ocr-vie and
tesseract-ocr-osd. It runs in a process group of its own under a limit of time that holds also where this process dies.
"""

from __future__ import annotations

import dataclasses
import functools
import io
import os
import re
import shutil
import subprocess
from collections.abc import Sequence

from PIL import Image

from vanban.errors import unreadable
from vanban.source import programs

PAGE_SECONDS = 90
LANGUAGE = "vie"
_KEPT = ("PATH", "TESSDATA_PREFIX", "TMPDIR", "HOME", "LD_LIBRARY_PATH")
_WORD_LEVEL = "5"
_MAX_TSV = 50_000_000


@dataclasses.dataclass(slots=True)
class Word:
    """A word as read: its box in pixels of the picture, how sure (0 to 1), and the line that it stands in."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float
    line: tuple[int, ...]


def program() -> str:
    """The path of Tesseract. Raises ``Unreadable`` ("ocr-missing") where it or its Vietnamese data is not installed."""
    path = shutil.which("tesseract")
    if path is None or LANGUAGE not in _languages(path, os.environ.get("TESSDATA_PREFIX")):
        raise unreadable("ocr-missing")
    return path


def is_installed() -> bool:
    """Whether pictures can be read here."""
    path = shutil.which("tesseract")
    return path is not None and LANGUAGE in _languages(path, os.environ.get("TESSDATA_PREFIX"))


@functools.lru_cache(maxsize=8)
def _languages(path: str, _data: str | None) -> frozenset[str]:
    try:
        said = _run([path, "--list-langs"], b"", 20)
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(said.decode("utf-8", "replace").split())


def words(picture: Image.Image, dpi: int, *, mode: int = 3) -> list[Word]:
    """The words in ``picture`` (grey), in Tesseract's order. ``mode`` is its page segmentation: 3 finds blocks and
    columns itself, 6 takes one block, 7 one line.

    Raises ``Unreadable`` ("ocr-missing", "ocr-failed").
    """
    arguments = ["-l", LANGUAGE, "--oem", "1", "--psm", str(mode), "--dpi", str(dpi), "-c", "tessedit_create_tsv=1"]
    return list(_parsed(_ask(picture, arguments)))


def turn(picture: Image.Image, dpi: int) -> int | None:
    """How many quarter turns clockwise set ``picture`` upright, by its script; None where that cannot be told."""
    path = program()
    if "osd" not in _languages(path, os.environ.get("TESSDATA_PREFIX")):
        return None
    try:
        said = _ask(picture, ["-l", "osd", "--psm", "0", "--dpi", str(dpi)], on_text=True).decode("utf-8", "replace")
    except subprocess.SubprocessError:
        return None
    match = re.search(r"Rotate: (\d+)\s+Orientation confidence: ([\d.]+)", said)
    return int(match[1]) // 90 % 4 if match and float(match[2]) >= 0.5 else None


def _ask(picture: Image.Image, arguments: Sequence[str], *, on_text: bool = False) -> bytes:
    path = program()
    held = io.BytesIO()
    picture.save(held, "PPM")
    try:
        return _run([path, "stdin", "stdout", *arguments], held.getvalue(), PAGE_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        if on_text:
            raise subprocess.SubprocessError from error
        raise unreadable("ocr-failed") from error


def _run(command: Sequence[str], given: bytes, seconds: int) -> bytes:
    """What ``command`` writes. Raises ``OSError`` and ``subprocess.SubprocessError``."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment |= {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C"}
    return programs.run(command, given=given, seconds=seconds, environment=environment)


def _parsed(table: bytes) -> list[Word]:
    found: list[Word] = []
    for row in table[:_MAX_TSV].decode("utf-8", "replace").splitlines():
        fields = row.split("\t", 11)
        if len(fields) < 12 or fields[0] != _WORD_LEVEL or not fields[11].strip():
            continue
        page, block, paragraph, line = (int(fields[at]) for at in (1, 2, 3, 4))
        left, top, width, height = (int(fields[at]) for at in (6, 7, 8, 9))
        sure = max(0.0, min(1.0, float(fields[10]) / 100))
        place = (page, block, paragraph, line)
        found.append(Word(fields[11].strip(), left, top, left + width, top + height, sure, place))
    return found
