"""From a stored file to the reading of it: ``vanban`` reads it in the sandbox, with what the platform knows. No tables are
written here."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from nhipcau.core import sandbox
from nhipcau.organisations.models import Organisation
from vanban import model
from vanban.errors import Unreadable
from vanban.knowledge import Agency, Knowledge

from . import corpus, parsing
from .reviewing import unsure

Progress = Callable[[int, int], None]

READ = "nhipcau.plans.parsing:read"
LOOKED_AT = 0.9  # a word put right less surely than this is shown to the reviewer by itself
AT_ONCE = 2  # locked files that one web process opens at the same time: each may take the sandbox's whole memory
_WORDS = {
    "too-slow": (
        "Tệp mất quá nhiều thời gian để đọc nên việc đọc đã dừng. Bản gốc vẫn còn; bạn hãy tách riêng phần kế hoạch, "
        "hoặc dán nội dung văn bản.",
        "The file takes too long to read, so the reading was ended. The original is kept: take out the part with the "
        "plan, or paste the text.",
    ),
    "too-heavy": (
        "Tệp cần quá nhiều bộ nhớ để đọc nên việc đọc đã dừng. Bản gốc vẫn còn; bạn hãy tách riêng phần kế hoạch, "
        "hoặc dán nội dung văn bản.",
        "The file takes too much memory to read, so the reading was ended. The original is kept: take out the part with "
        "the plan, or paste the text.",
    ),
}

_opening = threading.BoundedSemaphore(AT_ONCE)


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """What was read: the contract's object, the outline, the lines, and what they do not show (``Reading.behind``)."""

    plan: dict[str, Any]
    outline: list[dict[str, Any]]
    source: model.Source
    behind: dict[str, Any] = dataclasses.field(default_factory=dict)
    words: unsure.Read = unsure.NOTHING


class TooSlow(Exception):
    """The file takes longer to read than a page may wait."""


class Busy(Exception):
    """Other locked files are being opened; this one has to wait for another try."""


def agencies_for(organisation: Organisation) -> list[list[str | None]]:
    """The agencies of the tree that the organisation belongs to and that the readers do not know by themselves."""
    root = organisation.path.split("/")[0]
    own = Organisation.objects.filter(path__startswith=f"{root}/").values_list(
        "name", "level", "kind", "valid_from", "valid_to"
    )
    known = {row.name for row in Knowledge.packaged().agency_rows}
    return [parsing.row_of(Agency(*row)) for row in own if row[0] not in known]


def read(path: Path, *, name: str, organisation: Organisation, progress: Progress, watch: Callable[[], None]) -> Found:
    """Read a stored file. ``watch`` is asked now and then whether the reading is still wanted.

    Raises ``vanban.errors.Unreadable``, ``sandbox.Broken``, and what ``progress`` and ``watch`` raise.
    """
    try:
        return _read(path, name, organisation, None, settings.READING_SECONDS, progress, watch)
    except sandbox.OverTime as problem:
        raise Unreadable("too-slow", *_WORDS["too-slow"]) from problem


def read_with_password(path: Path, *, name: str, organisation: Organisation, password: str, seconds: float) -> Found:
    """Read an encrypted file while a page waits, so that its password need not be kept anywhere.

    Raises ``Unreadable``, ``TooSlow`` when it takes longer than ``seconds``, ``Busy`` and ``sandbox.Broken``.
    """
    if not _opening.acquire(timeout=max(0.0, seconds / 4)):
        raise Busy
    try:
        return _read(path, name, organisation, password, seconds)
    except sandbox.OverTime as problem:
        raise TooSlow from problem
    finally:
        _opening.release()


def _read(
    path: Path,
    name: str,
    organisation: Organisation,
    password: str | None,
    seconds: float,
    progress: Progress = lambda _page, _pages: None,
    watch: Callable[[], None] = lambda: None,
) -> Found:
    arguments = {
        "path": str(path),
        "name": name,
        "password": password,
        "agencies": agencies_for(organisation),
        "model": corpus.model_for(organisation),
    }
    try:
        answer = sandbox.run(
            READ,
            arguments,
            seconds=seconds,
            megabytes=settings.READING_MEGABYTES,
            progress=progress,
            watch=watch,
        )
    except sandbox.OverMemory as problem:
        raise Unreadable("too-heavy", *_WORDS["too-heavy"]) from problem
    if said := answer.get("unreadable"):
        raise Unreadable(said["code"], said["vi"], said["en"], keep=said["keep"])
    source = _source(answer, is_open=password is None)
    return Found(answer["plan"], answer["outline"], source, answer["behind"], _words(answer, source))


def _words(answer: dict[str, Any], source: model.Source) -> unsure.Read:
    """The words that were read from pictures with doubt, and those of torn text that were put right."""
    lines = {line.number: line.text for line in source.lines}
    words = [
        unsure.Word(w.line, w.start, w.end, w.text, lines[w.line][w.start : w.end], w.confidence) for w in source.unsure
    ]
    changes: dict[int, list[tuple[int, int, str]]] = {}
    for line, start, end, found, proposed, confidence, alternatives, is_only_suggested in answer["restored"]:
        stands = found if is_only_suggested else proposed
        if stands != found:
            changes.setdefault(line, []).append((start, end, stands))
        if confidence < LOOKED_AT or is_only_suggested:
            others = (proposed, *alternatives) if is_only_suggested else alternatives
            words.append(unsure.Word(line, start, end, found, stands, confidence, tuple(others)))
    for number, made in changes.items():
        for start, end, new in reversed(made):
            lines[number] = lines[number][:start] + new + lines[number][end:]
    return unsure.Read(lines, changes, words)


def _source(answer: dict[str, Any], is_open: bool) -> model.Source:
    """The source as it was read, without its tables. What is kept of it are its lines and, where the file is open to be
    drawn without a password, their places on the pages."""
    said = answer["plan"]["source"]
    return model.Source(
        name=said["name"],
        sha256=said["sha256"],
        media_type=said["media_type"],
        pages=said["pages"],
        lines=tuple(model.Line(*line) for line in answer["lines"]),
        quality=said["text_quality"],
        ocr_pages=tuple(answer["ocr_pages"]),
        boxes=tuple(model.Box(*box) for box in answer["boxes"]) if is_open else (),
        unsure=tuple(model.UnsureWord(*word) for word in answer["unsure"]),
    )
