"""What a reviewer can decide about a doubt, and what each decision does to the reading. Pure."""

from __future__ import annotations

import dataclasses

from django.utils.translation import gettext as _

from . import values
from .changes import Changes
from .contents import Content, entry_of, get, has, is_name, steps
from .doubting import UNMATCHED
from .values import BadValue

ACCEPT, FOUND, EMPTY, TYPED, NAMED, DROP = "accept", "found", "empty", "typed", "named", "drop"
HOWS = (ACCEPT, FOUND, EMPTY, TYPED, NAMED, DROP)


@dataclasses.dataclass(frozen=True, slots=True)
class Target:
    """An agency or a group of the directory that a name means."""

    kind: str  # organisation or group
    public_id: str
    name: str


@dataclasses.dataclass(frozen=True, slots=True)
class Decision:
    """accept what stands there · found: what the file has · empty · typed by hand · named: an agency of the directory ·
    drop: take the name or the entry out."""

    how: str
    typed: str = ""
    target: Target | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """The doubt that is decided: its kind, the place it is about, what the file has, what the reader proposed."""

    kind: str
    where: str
    found: str | None
    proposed: str | None


def place_of(where: str) -> str:
    """The place whose value a person decides about: a doubt inside a time is about the whole time."""
    way = steps(where)
    return "/" + "/".join(way[:3]) if len(way) > 3 and way[2] == "time" else where


def decide(content: Content, question: Question, decision: Decision) -> Changes:
    """Apply a decision to the content. Raises ``BadValue`` with a sentence where what was typed does not fit."""
    changes = Changes(content)
    where = place_of(question.where)
    if not has(content, where):
        if decision.how == ACCEPT:
            return changes
        raise BadValue(_("Mục này đã thay đổi. Hãy tải lại trang."))
    if decision.how == DROP:
        _drop(changes, where)
    elif decision.how == NAMED:
        _name(changes, where, question, decision)
    elif decision.how != ACCEPT:
        _write(changes, where, _new_text(content, where, question, decision))
    return changes


def _new_text(content: Content, where: str, question: Question, decision: Decision) -> str:
    if decision.how == EMPTY:
        return ""
    if decision.how == TYPED:
        return decision.typed
    stands = values.shown(where, get(content, where))
    found, proposed = question.found or "", question.proposed or ""
    return stands.replace(proposed, found) if proposed and proposed in stands else found


def _write(changes: Changes, where: str, typed: str) -> None:
    stands = get(changes.content, where)
    if isinstance(stands, dict) and values.sort_of(where) != "when":
        raise BadValue(_("Hãy sửa từng phần của mục này bằng nút “Sửa” bên cạnh."))
    value = values.parse(changes.content, where, typed)
    if is_name(where):
        changes.rename(stands, value)
    else:
        changes.put(where, value)


def _drop(changes: Changes, where: str) -> None:
    if is_name(where):
        changes.rename(get(changes.content, where), [])
        return
    entry = entry_of(where)
    if entry is None:
        raise BadValue(_("Phần này không bỏ được; bạn có thể để trống."))
    changes.mark(entry, "removed", True)


def _name(changes: Changes, where: str, question: Question, decision: Decision) -> None:
    """A name means an agency of the directory. Words that the file has clearly stay as they are; torn words, which the
    reader could only guess at, take the agency's own name."""
    if decision.target is None or not is_name(where):
        raise BadValue(_("Hãy chọn một cơ quan trong danh bạ."))
    name = get(changes.content, where)
    if question.kind not in UNMATCHED:
        changes.rename(name, [decision.target.name])
        name = decision.target.name
    changes.mean(name, {"kind": decision.target.kind, "id": decision.target.public_id})
