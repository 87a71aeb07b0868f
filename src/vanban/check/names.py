"""Where a plan names agencies, and what two writings of one name share."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator

from vanban.check.case import Case
from vanban.knowledge import KEPT, Agency, Knowledge, Successor
from vanban.model import Lines
from vanban.text import fold, nfc

REMARK = re.compile(r"\([^()]*\)")
_BLOCK, _HEADING = 40, 6  # lines that the block below a task, the heading above a duty may take


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where the plan names an agency. ``weight``: 0 it has work to do, 1 it is only named."""

    name: str
    where: str | None
    lines: Lines | None
    weight: int


def places_of(case: Case) -> Iterator[Place]:
    """Every agency that the plan gives a task, a duty or a part in reporting, and its issuer."""
    plan = case.plan
    for at, task in enumerate(plan.tasks):
        for field in ("lead", "coordinating"):
            for n, name in enumerate(getattr(task, field)):
                yield Place(name, f"/tasks/{at}/{field}/{n}", task.lines, 0)
    for at, duty in enumerate(plan.duties):
        for n, name in enumerate(duty.agencies):
            yield Place(name, f"/duties/{at}/agencies/{n}", duty.lines, 0)
    for at, report in enumerate(plan.reporting):
        for n, name in enumerate(report.who):
            yield Place(name, f"/reporting/{at}/who/{n}", report.lines, 0)
        for part, value in (("to", report.to), ("via", report.via)):
            if value:
                yield Place(value, f"/reporting/{at}/{part}", report.lines, 0)
    if plan.header.issuer:
        yield Place(plan.header.issuer, "/header/issuer", None, 0)


def printed_lines(case: Case, place: Place) -> Lines | None:
    """The lines on which the name itself stands, at its entry or in the block below it."""
    mended = next((d.lines for d in case.plan.doubts if d.where == place.where and d.kind == "repaired-agency"), None)
    if place.lines is None or place.weight or not case.is_sound or not case.lines or mended is not None:
        return mended or place.lines
    words = r"\s+".join(re.escape(word) for word in nfc(place.name).split())
    # A duty's agency stands in the heading above it, a task's in the block below.
    above = _HEADING if (place.where or "").startswith("/duties") else 0
    start = case.offset(place.lines[0] - above)
    match = re.compile(words, re.IGNORECASE).search(case.text, start, case.offset(place.lines[1] + _BLOCK))
    return case.lines_at(match.start(), match.end()) if match else place.lines


@functools.lru_cache(maxsize=KEPT)
def names_of(knowledge: Knowledge) -> dict[str, tuple[str, list[Successor], list[Agency]]]:
    """By key: the name, what took its place, the rows of agencies with it."""
    out: dict[str, tuple[str, list[Successor], list[Agency]]] = {}
    for agency in knowledge.agency_rows:
        out.setdefault(key_of(agency.name), (agency.name, [], []))[2].append(agency)
    for row in knowledge.successors:
        if row.kind == "agency":
            out.setdefault(key_of(row.of), (row.of, [], []))[1].append(row)
    return out


def keys_of(name: str, knowledge: Knowledge) -> Iterator[str]:
    """Keys to look ``name`` up by: as printed, then without the place that its body belongs to."""
    whole = key_of(spelled(REMARK.sub("", name), knowledge))
    yield whole
    bare = re.sub(r" (?:cac )?(?:tinh|thanh pho|tp|huyen|quan|thi xa)(?: \w+){0,5}$", "", whole)
    if bare != whole:
        yield bare


@functools.lru_cache(maxsize=4096)
def spelled(name: str, knowledge: Knowledge) -> str:
    """``name`` with its abbreviations written out: "Sở TT&TT" → "Sở Thông tin và Truyền thông"."""
    return " ".join(knowledge.abbreviations.get(word, word) for word in nfc(name).split())


@functools.lru_cache(maxsize=8192)
def key_of(name: str) -> str:
    """A name reduced to its words: no marks, no dashes, commas or "và"."""
    return " ".join(word for word in re.sub(r"[^\w]+", " ", fold(name)).split() if word != "va")
