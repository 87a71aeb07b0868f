"""What one decision of a reviewer changes in a reading, kept so that it can be taken back. Pure."""

from __future__ import annotations

import copy
from typing import Any

from vanban.text import fold

from .contents import BadPointer, Content, get, is_name, is_name_list, places_of, put


class Overtaken(Exception):
    """What is to be taken back was changed again by a later decision."""


class Changes:
    """Applies changes to a content object and notes each with what stood there before."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.values: list[list[Any]] = []  # [pointer, before, after]
        self.matches: list[list[Any]] = []  # [folded name, before, after]

    def put(self, pointer: str, value: Any) -> None:
        """Put a value in its place; nothing is noted where it stands there already. Raises ``BadPointer``."""
        before = copy.deepcopy(get(self.content, pointer))
        if before != value:
            put(self.content, pointer, value)
            self.values.append([pointer, before, copy.deepcopy(value)])

    def mark(self, entry: str, sign: str, is_set: bool) -> None:
        """Set or clear a sign of an entry ("removed")."""
        before = copy.deepcopy(get(self.content, entry))
        after = {key: value for key, value in before.items() if key != sign} | ({sign: True} if is_set else {})
        self.put(entry, after)

    def add(self, section: str, entry: dict[str, Any]) -> str:
        """Add an entry at the end of its section; returns its pointer."""
        self.put(f"/{section}", [*get(self.content, f"/{section}"), {**entry, "added": True}])
        return f"/{section}/{len(self.content[section]) - 1}"

    def rename(self, name: str, names: list[str]) -> None:
        """Put one or more names in the place of a name, wherever it stands; no name twice in a list."""
        for pointer in sorted({place.rsplit("/", 1)[0] for place in places_of(self.content, name)}):
            new: list[str] = []
            for other in get(self.content, pointer):
                new.extend(names if fold(other) == fold(name) else [other])
            self.put(pointer, list(dict.fromkeys(new)))

    def mean(self, name: str, target: dict[str, str] | None) -> None:
        """Note which agency or group ({"kind", "id"}) a name means; None forgets it."""
        known = self.content.setdefault("matches", {})
        before = known.get(fold(name))
        if before != target:
            if target is None:
                known.pop(fold(name), None)
            else:
                known[fold(name)] = target
            self.matches.append([fold(name), before, target])

    def __bool__(self) -> bool:
        return bool(self.values or self.matches)

    def record(self) -> dict[str, Any]:
        """The changes as they are kept with the decision."""
        return {"values": self.values, "matches": self.matches}


def take_back(content: Content, record: dict[str, Any]) -> None:
    """Put everything back as it stood before the recorded changes. Raises ``Overtaken`` and then changes nothing."""
    trial = copy.deepcopy(content)
    known = trial.setdefault("matches", {})
    for pointer, before, after in reversed(record["values"]):
        try:
            if get(trial, pointer) != after:
                raise Overtaken(pointer)
        except BadPointer as error:
            raise Overtaken(pointer) from error
        put(trial, pointer, before)
    for name, before, after in reversed(record["matches"]):
        if known.get(name) != after:
            raise Overtaken(name)
        if before is None:
            known.pop(name, None)
        else:
            known[name] = before
    content.clear()
    content.update(trial)


def moved(where: str, before: Content, after: Content) -> str | None:
    """Where a pointer to a name leads after names were changed; None when its name stands nowhere any more."""
    if not is_name(where):
        return where
    try:
        name = get(before, where)
    except BadPointer:
        return where
    pointer, _index = where.rsplit("/", 1)
    names = get(after, pointer) if is_name_list(pointer) else []
    here = next((i for i, other in enumerate(names) if fold(other) == fold(name)), None)
    if here is not None:
        return f"{pointer}/{here}"
    return next(iter(places_of(after, name)), None)
