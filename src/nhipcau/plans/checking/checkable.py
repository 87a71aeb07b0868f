"""From the object of a reading, as the review works on it, to the plan that the rules read. Pure.

Entries that the reviewer took out are no part of the plan. They keep their places in the object, so that pointers into
the plan are not pointers into the object: ``Checkable.place`` leads back.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from vanban import model
from vanban.contract import plan_from

from ..reviewing.contents import Content, live, steps

Rows = Sequence[tuple[int, str, int | None]]
_SECTIONS = ("citations", "tasks", "duties", "reporting", "obligations")
_PLAN = ("header", *_SECTIONS, "recipients", "signature", "doubts")
_MARKS = ("removed", "added")  # what the review puts on an entry; no field of the contract


@dataclasses.dataclass(frozen=True, slots=True)
class Checkable:
    """The plan, and for each section the places that its entries have in the object."""

    plan: model.Plan
    places: Mapping[str, Sequence[int]]

    def place(self, where: str | None) -> str | None:
        """A pointer into the plan as a pointer into the object."""
        if where is None or not (way := steps(where)) or way[0] not in self.places or len(way) < 2:
            return where
        return "/" + "/".join((way[0], str(self.places[way[0]][int(way[1])]), *way[2:]))


def checkable(
    content: Content,
    outline: Sequence[Mapping[str, Any]],
    rows: Rows,
    behind: Mapping[str, Any],
) -> Checkable:
    """The plan of a reading: ``content`` as it stands, its outline, its lines, and what stands ``behind`` them (links,
    and the lines that tables take; see ``Reading.behind``)."""
    kept = {section: live(content, section) for section in _SECTIONS}
    places = {section: [place for place, _entry in entries] for section, entries in kept.items()}
    value = {name: content[name] for name in _PLAN}
    for section, entries in kept.items():
        value[section] = [{name: part for name, part in entry.items() if name not in _MARKS} for _i, entry in entries]
    value["doubts"] = _doubts(content, places)
    said = content["source"]
    source = model.Source(
        name=said["name"],
        sha256=said["sha256"],
        media_type=said["media_type"],
        pages=said["pages"],
        lines=tuple(model.Line(*row) for row in rows),
        quality=said["text_quality"],
        tables=tuple(model.Table((), (first, last)) for first, last in behind.get("tables", ())),
        links=tuple(model.Link(line, url) for line, url in behind.get("links", ())),
    )
    sections = [model.Section(s["code"], s["title"], (s["lines"][0], s["lines"][1])) for s in outline]
    return Checkable(plan_from(value, source, sections), places)


def _doubts(content: Content, places: Mapping[str, Sequence[int]]) -> list[dict[str, Any]]:
    """The doubts of the reading whose entries are in the plan, with pointers into it."""
    found = []
    for doubt in content["doubts"]:
        way = steps(doubt["where"])
        if len(way) > 1 and way[0] in places:
            place = int(way[1])
            if place not in places[way[0]]:
                continue
            way[1] = str(places[way[0]].index(place))
            doubt = {**doubt, "where": "/" + "/".join(way)}
        found.append(doubt)
    return found
