"""Runs the rules on a reading and keeps what they found until something that they read changes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import logging
from collections.abc import Callable

from django.core.cache import cache

from nhipcau.core import jobs
from vanban import check

from ..models import Reading
from ..reviewing.contents import Content
from . import facts
from .checkable import Rows, checkable
from .shown import Noted, noted

log = logging.getLogger(__name__)
AT_ONCE = 2000  # lines: so long a plan takes about a quarter of a second; a longer one is left to a job
KEPT = 7 * 24 * 3600  # seconds
ASKED = 300  # seconds in which the same job is not asked for twice
# What was kept by another version of the software, of other rules or of another shape, is not taken up.
_SHAPE = hashlib.sha256(repr(([field.name for field in dataclasses.fields(Noted)], *check.RULES)).encode()).hexdigest()[
    :8
]
_LOOK_UP = ("known", "matches", "scope")  # what the directory said of names: no rule reads it


@dataclasses.dataclass(frozen=True, slots=True)
class Checked:
    """What the rules found, with pointers into the reading's object. ``is_waiting``: a job is looking; what is shown until
    then may be older than the reading, or nothing. ``is_broken``: the rules broke on this plan; the log says where."""

    findings: tuple[Noted, ...]
    is_waiting: bool = False
    is_broken: bool = False


def checked(reading: Reading, rows: Callable[[], Rows], *, day: dt.date, language: str) -> Checked:
    """What there is to object to in the reading as it stands, on ``day``. ``rows``: gives the lines of its text, asked
    for where the rules must be run."""
    known = facts.facts_for(reading.organisation)
    key = _key(reading, day, language, known.digest)
    if (found := cache.get(key)) is not None:
        return Checked(found)
    if reading.current["source"]["line_count"] <= AT_ONCE:
        found = run(reading, rows(), day=day, language=language, known=known)
        return Checked(found or (), is_broken=found is None)
    if cache.add(f"{key}:asked", 1, ASKED):
        arguments = {"reading_id": reading.pk, "day": day.isoformat(), "language": language}
        jobs.enqueue("plans.check", arguments, organisation_id=reading.organisation_id)
    return Checked(cache.get(_latest(reading, language), ()), is_waiting=True)


def checked_lately(reading: Reading, rows: Callable[[], Rows], *, day: dt.date, language: str) -> Checked:
    """The same, except that what was found before the last change of the reading will do: for the pieces of a page that
    an act sends back. The next whole page is right again."""
    found = cache.get(_latest(reading, language))
    return checked(reading, rows, day=day, language=language) if found is None else Checked(found)


def run(
    reading: Reading, rows: Rows, *, day: dt.date, language: str, known: facts.Facts | None = None
) -> tuple[Noted, ...] | None:
    """Run the rules and keep what they found. ``known``: the facts for the reading's organisation. None where a rule broke
    on the plan: no page about a plan fails because of a rule."""
    known = known or facts.facts_for(reading.organisation)
    try:
        found = _found(reading, rows, day, language, known)
    except Exception:
        log.exception("the rules broke on reading %s", reading.public_id)
        return None
    cache.set_many({_key(reading, day, language, known.digest): found, _latest(reading, language): found}, KEPT)
    return found


def _found(reading: Reading, rows: Rows, day: dt.date, language: str, known: facts.Facts) -> tuple[Noted, ...]:
    subject = checkable(reading.current, reading.outline, rows, reading.behind)
    texts = {number: text for number, text, _page in rows}
    findings = check.check(subject.plan, as_of=day, knowledge=known.knowledge(), language=language)
    return tuple(noted(finding, subject.place(finding.where), reading.current, texts) for finding in findings)


def _key(reading: Reading, day: dt.date, language: str, digest: str) -> str:
    return f"findings:{_SHAPE}:{reading.pk}:{_content_digest(reading.current)}:{day.isoformat()}:{language}:{digest}"


def _latest(reading: Reading, language: str) -> str:
    return f"findings:{_SHAPE}:{reading.pk}:{language}"


def _content_digest(content: Content) -> str:
    read = {name: part for name, part in content.items() if name not in _LOOK_UP}
    return hashlib.sha256(json.dumps(read, sort_keys=True).encode()).hexdigest()[:16]
