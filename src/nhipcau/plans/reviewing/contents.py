"""The object of a reading (contract ``plan/1``) as the review works on it. Pure.

While a reading is reviewed, its ``current`` object keeps every entry in its place, so that a JSON Pointer into it stays
true: an entry that the reviewer takes out is marked ``removed``, one that they add stands at the end, marked ``added``.
``matches`` says which agency or group a name means where the reviewer has said so, ``known`` what the directory said
when the name was first met: folded name → {"kind", "id", "name"}. ``scope`` is the organisation in whose tree names are
meant.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from typing import Any

from vanban.text import fold

Content = dict[str, Any]

# Where agencies are named: section of the object → fields that are lists of names.
AGENCY_FIELDS = {
    "tasks": ("lead", "coordinating"),
    "duties": ("agencies",),
    "reporting": ("who",),
    "obligations": ("who",),
}
ENTRIES = tuple(AGENCY_FIELDS)


class BadPointer(LookupError):
    """The pointer leads to nothing in this object."""


def steps(pointer: str) -> list[str]:
    """The parts of a JSON Pointer (RFC 6901). Raises ``BadPointer``."""
    if pointer and not pointer.startswith("/"):
        raise BadPointer(pointer)
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def get(content: Content, pointer: str) -> Any:
    """The value at a JSON Pointer. Raises ``BadPointer``."""
    value: Any = content
    for step in steps(pointer):
        value = _into(value, step, pointer)
    return value


def has(content: Content, pointer: str) -> bool:
    """Whether the pointer leads to a value."""
    try:
        get(content, pointer)
    except BadPointer:
        return False
    return True


def put(content: Content, pointer: str, value: Any) -> None:
    """Put a value where the pointer leads; the place must exist. Raises ``BadPointer``."""
    *way, last = steps(pointer) or [""]
    holder: Any = content
    for step in way:
        holder = _into(holder, step, pointer)
    _into(holder, last, pointer)
    holder[int(last) if isinstance(holder, list) else last] = copy.deepcopy(value)


def _into(value: Any, step: str, pointer: str) -> Any:
    if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
        return value[int(step)]
    if isinstance(value, dict) and step in value:
        return value[step]
    raise BadPointer(pointer)


def live(content: Content, section: str) -> list[tuple[int, dict[str, Any]]]:
    """The entries of a section that were not taken out, with their places."""
    return [(i, entry) for i, entry in enumerate(content.get(section, ())) if not entry.get("removed")]


def names(content: Content) -> Iterator[tuple[str, str]]:
    """Every agency name of the entries that count, with its pointer."""
    for section, fields in AGENCY_FIELDS.items():
        for i, entry in live(content, section):
            for field in fields:
                for j, name in enumerate(entry[field]):
                    yield f"/{section}/{i}/{field}/{j}", name


def places_of(content: Content, name: str) -> list[str]:
    """Where this name (marks and case aside) stands."""
    wanted = fold(name)
    return [pointer for pointer, other in names(content) if fold(other) == wanted]


def meant(content: Content) -> dict[str, str]:
    """What each folded name is called in the directory: what the reviewer said goes before what the directory said."""
    said = {**content.get("known", {}), **content.get("matches", {})}
    return {name: target["name"] for name, target in said.items()}


def explained(content: Content) -> dict[str, str]:
    """What the reviewer said that names mean: folded name → name in the directory."""
    return {name: target["name"] for name, target in content.get("matches", {}).items()}


def is_name(pointer: str) -> bool:
    """Whether the pointer leads to one agency's name."""
    way = steps(pointer)
    return len(way) == 4 and way[2] in AGENCY_FIELDS.get(way[0], ())


def is_name_list(pointer: str) -> bool:
    """Whether the pointer leads to a list of agencies' names."""
    way = steps(pointer)
    return len(way) == 3 and way[2] in AGENCY_FIELDS.get(way[0], ())


def entry_of(pointer: str) -> str | None:
    """The pointer of the entry that the pointer is about ("/tasks/3"), or None for the header and the signature."""
    way = steps(pointer)
    return f"/{way[0]}/{way[1]}" if len(way) >= 2 and way[0] not in ("header", "signature") else None


def stated_day(content: Content) -> dt.date | None:
    """The plan's date; where it has none, the newest date that it cites: it cannot be older than that."""
    stated = content["header"]["date"]
    if stated:
        return dt.date.fromisoformat(stated)
    cited = [c["date"] for c in content["citations"] if c["date"]]
    return dt.date.fromisoformat(max(cited)) if cited else None
