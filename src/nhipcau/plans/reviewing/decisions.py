"""What a reviewer can decide about a doubt, and what each decision does to the reading. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from . import values
from .changes import Changes
from .contents import Content, entry_of, get, has, is_name, live, steps
from .doubting import UNMATCHED
from .values import BadValue

ACCEPT, FOUND, EMPTY, TYPED, NAMED, DROP, LAST = "accept", "found", "empty", "typed", "named", "drop", "last"
HOWS = (ACCEPT, FOUND, EMPTY, TYPED, NAMED, DROP, LAST)


@dataclasses.dataclass(frozen=True, slots=True)
class Target:
    """An agency or a group of the directory that a name means."""

    kind: str  # organisation or group
    public_id: str
    name: str


@dataclasses.dataclass(frozen=True, slots=True)
class Decision:
    """accept what stands there · found: what the file has · empty · typed by hand · named: an agency of the directory ·
    drop: take the name or the entry out · last: a shared block belongs to the last of its entries alone."""

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
    elif decision.how == LAST:
        _to_last(changes, where)
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
        return
    for place in same_places(changes.content, where):
        changes.put(place, value)


def same_places(content: Content, where: str) -> list[str]:
    """The places that a doubt about this one speaks for: the same issuer of several citations is asked about once."""
    way = steps(where)
    if len(way) != 3 or way[0] != "citations" or way[2] != "issuer":
        return [where]
    stands = get(content, where)
    return [f"/citations/{i}/issuer" for i, c in live(content, "citations") if c["issuer"] == stands]


def shared_run(content: Content, where: str) -> list[int]:
    """The tasks that share one block with the task at this place, in their order."""
    i = int(steps(where)[1])
    runs = runs_of(content["tasks"])
    return next(run for run in runs if i in run)


def runs_of(tasks: Sequence[Mapping[str, Any]]) -> list[list[int]]:
    """The tasks in runs: those that share one block together, every other by itself."""
    runs: list[list[int]] = []
    for i, task in enumerate(tasks):
        if runs and task["shared_block"] and _same_block(tasks[runs[-1][-1]], task):
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


_BLOCK = ("lead", "coordinating", "form", "time")


def _same_block(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    is_sibling = one["code"].rpartition(".")[0] == other["code"].rpartition(".")[0]
    return bool(one["shared_block"]) and is_sibling and all(one[part] == other[part] for part in _BLOCK)


def _to_last(changes: Changes, where: str) -> None:
    """The block is the last task's own; those before it have neither agencies nor time."""
    if steps(where)[0] != "tasks":
        raise BadValue(_("Hãy sửa từng phần của mục này bằng nút “Sửa” bên cạnh."))
    *earlier, last = shared_run(changes.content, where)
    for i in earlier:
        task = get(changes.content, f"/tasks/{i}")
        bare: dict[str, Any] = {"lead": [], "coordinating": [], "form": None, "time": None, "shared_block": False}
        changes.put(f"/tasks/{i}", {**task, **bare})
    changes.put(f"/tasks/{last}/shared_block", False)


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
    target = decision.target
    changes.mean(name, {"kind": target.kind, "id": target.public_id, "name": target.name})
