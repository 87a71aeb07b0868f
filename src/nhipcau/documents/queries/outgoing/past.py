"""What a document said before: each writing of it, who wrote it and when, and what it changed."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Iterator
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vanban.official import OfficialDocument
from vanban.official.plaintext import body_text
from vanban.official.stored import from_dict

from ...models import Outgoing, OutgoingStep
from ..papers import with_attached
from .ready import as_draft

_AROUND = 2  # unchanged lines shown beside a changed one
_LABELS = {
    "type": gettext_noop("Loại văn bản"),
    "subject": gettext_noop("Trích yếu"),
    "issuer": gettext_noop("Cơ quan ban hành"),
    "parent": gettext_noop("Cơ quan chủ quản"),
    "code": gettext_noop("Ký hiệu, sau số"),
    "place": gettext_noop("Địa danh"),
    "urgency": gettext_noop("Độ khẩn"),
    "authority": gettext_noop("Thẩm quyền ban hành"),
    "bases": gettext_noop("Căn cứ"),
    "addressees": gettext_noop("Kính gửi"),
    "recipients": gettext_noop("Nơi nhận"),
    "archive": gettext_noop("Lưu"),
}
_WORDS = re.compile(r"\s+|[^\s]+")
Hand = Literal["same", "gone", "new"]


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line that stayed, went or came."""

    hand: Hand
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """One part of a document that a writing changed: its name, and its lines, each in pieces; an empty line stands where
    unchanged ones are left out."""

    name: str
    lines: tuple[tuple[Piece, ...], ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Writing:
    """One writing of a document: its place among them (from 1), its step, its words, and those before it."""

    place: int
    step: OutgoingStep
    official: OfficialDocument
    before: OfficialDocument | None

    @property
    def changes(self) -> list[Part]:
        """What it changed; nothing for the first."""
        return changes(self.before, self.official) if self.before is not None else []


def places(steps: list[OutgoingStep], outgoing: Outgoing) -> dict[int, int]:
    """The place of each writing among a document's steps, by the key of the step. One query, without the words."""
    keys = list(_writings(outgoing).values_list("pk", flat=True))
    shown = {step.pk for step in steps}
    return {key: place for place, key in enumerate(keys, start=1) if key in shown}


def writing(outgoing: Outgoing, place: int) -> Writing | None:
    """One writing with its words; None where there is none of this place."""
    if not 1 <= place <= 10_000:
        return None
    found = list(_writings(outgoing)[max(0, place - 2) : place])
    if len(found) < min(place, 2):
        return None
    before = from_dict(found[0].content) if place > 1 else None
    return Writing(place, found[-1], from_dict(found[-1].content), before)


def was_first(outgoing: Outgoing, official: OfficialDocument) -> bool:
    """Whether these are the words with which the document was begun, number and date aside."""
    first = _writings(outgoing).first()
    held = with_attached(as_draft(official), outgoing.organisation.name)
    return first is not None and from_dict(first.content) == held


def _writings(outgoing: Outgoing) -> Any:
    return OutgoingStep.objects.filter(outgoing=outgoing, content__isnull=False).order_by("at", "pk")


def changes(before: OfficialDocument, after: OfficialDocument) -> list[Part]:
    """What differs between two documents, part by part; number and date are the register's."""
    old, new = dict(_parts(before)), dict(_parts(after))
    names = list(dict.fromkeys((*old, *new)))
    found = (
        (name, _compared(old.get(name, []), new.get(name, []))) for name in names if old.get(name) != new.get(name)
    )
    return [Part(name, lines) for name, lines in found]


def _parts(official: OfficialDocument) -> Iterator[tuple[str, list[str]]]:
    for name, label in _LABELS.items():
        value = getattr(official, name)
        yield _(label), [value] if isinstance(value, str) else list(value)
    block = official.signature
    yield _("Người ký"), [*block.lines, *([block.name] if block.name else [])]
    yield _("Nội dung"), _lines(official.body)
    for number, annex in enumerate(official.annexes, start=1):
        across = [_("(trang nằm ngang)")] if annex.landscape else []
        yield _("Phụ lục %(n)d") % {"n": number}, [annex.title, *across, *_lines(annex.body)]


def _lines(body: Any) -> list[str]:
    """A body as people write it; a kept table as its own rows, so that a changed cell is seen."""
    found = []
    for block in body:
        text = body_text((block,))
        rows = getattr(block, "rows", None)
        if rows is not None and text.startswith("["):
            text = "\n".join(
                " | ".join(" ".join("".join(run.text for run in line) for line in cell.lines) for cell in row)
                for row in rows
            )
        found += [line for line in text.split("\n") if line.strip()]
    return found


def _compared(old: list[str], new: list[str]) -> tuple[tuple[Piece, ...], ...]:
    lines: list[tuple[Piece, ...]] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > 2000).get_opcodes():
        if tag == "equal":
            same = [(Piece("same", line),) for line in old[a:b]]
            cut = len(same) > 2 * _AROUND + 1
            lines += [*same[:_AROUND], (), *same[-_AROUND:]] if cut else same
            continue
        pairs = min(b - a, d - c) if tag == "replace" else 0
        lines += [_worded(old[a + n], new[c + n]) for n in range(pairs)]
        lines += [(Piece("gone", line),) for line in old[a + pairs : b]]
        lines += [(Piece("new", line),) for line in new[c + pairs : d]]
    return tuple(lines)


def _worded(old: str, new: str) -> tuple[Piece, ...]:
    """One line in pieces: word by word where the lines resemble each other, else one gone and one new."""
    was, now = _WORDS.findall(old), _WORDS.findall(new)
    match = difflib.SequenceMatcher(None, was, now, autojunk=False)
    if len(was) + len(now) > 2000 or match.ratio() < 0.3:
        return (Piece("gone", old), Piece("new", new))
    pieces: list[Piece] = []
    for tag, a, b, c, d in match.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(was[a:b])))
            continue
        pieces += [Piece("gone", "".join(was[a:b]))] if b > a else []
        pieces += [Piece("new", "".join(now[c:d]))] if d > c else []
    return tuple(pieces)
