"""Where two organisations tell of what looks like the same event, so that it is not counted twice.

It is found by what is the same for certain (the same file, the same link to one article, the same thing of this house), or
by words that are nearly the same and name the same place, day or quantities within a few days. What many say in the same
words is a turn of speech, not an event; the front page of a site is not one either. A person decides. Pure.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from .alike import digest, words_of

Reason = Literal["file", "link", "thing", "words"]
DAYS = 3  # between two words on one event that do not say its day
DAYS_SAID = 45  # between two words that say the same day
MANY = 3  # organisations that use the same words or cite the same document, beyond which it is no event
LIKE = 0.6  # least share of words that two have in common
SPECIFIC = 2  # least number of things named by both: a day counts as two, a place and a quantity as one each

_NAME = re.compile(r"(?<![.!?…:]\s)(?<!^)\b[A-ZĐÀ-ỸƯƠ][^\W\d_]*(?:\s+(?:[A-ZĐÀ-ỸƯƠ][^\W\d_]*|\d+))*")
_DAY = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})(?:[/.-]\d{4})?\b")
_QUANTITY = re.compile(r"(?<![\d/.,-])\d{1,3}(?:\.\d{3})+(?![\d/])|(?<![\d/.,-])\d+(?![\d/.,-]*\d)")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|zalo\w*|ref|src", re.ASCII)
_PICTURES = ("image/",)


@dataclasses.dataclass(frozen=True, slots=True)
class Proof:
    """What is shown as evidence: its public id and name, and by what it is known again (digest of the file, link, thing)."""

    id: str
    name: str
    file: str = ""
    media_type: str = ""
    url: str = ""
    thing: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Told:
    """One thing told by an organisation: ``id`` (of the note or sentence), whose it is, for which task, when, in which
    words, with what evidence. ``on`` None: a sentence of a report, which has no day of its own."""

    id: str
    organisation_id: int
    task_id: int | None
    text: str
    on: dt.date | None = None
    proofs: tuple[Proof, ...] = ()
    names: frozenset[str] = frozenset()  # words of the organisation's own name


@dataclasses.dataclass(frozen=True, slots=True)
class Overlap:
    """What several tell of what may be one event, and why it is thought so (with what they share)."""

    told: tuple[Told, ...]
    reasons: tuple[tuple[Reason, str], ...]

    @property
    def key(self) -> str:
        """The same as long as the same things are told by the same."""
        return digest(*sorted(one.id for one in self.told))


def overlaps(told: Sequence[Told]) -> list[Overlap]:
    """What may have been told twice, the surest first."""
    pairs: list[tuple[str, str, Reason, str]] = [*_by_proof(told), *_by_words(told)]
    by_id = {one.id: one for one in told}
    leader = {one: one for one in by_id}

    def led(one: str) -> str:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for one, other, _reason, _what in pairs:
        leader[led(other)] = led(one)
    members: dict[str, list[Told]] = defaultdict(list)
    reasons: dict[str, dict[tuple[Reason, str], None]] = defaultdict(dict)
    for one, _other, reason, what in pairs:
        reasons[led(one)][reason, what] = None
    for told_by in by_id.values():
        if led(told_by.id) in reasons:
            members[led(told_by.id)].append(told_by)
    order: tuple[Reason, ...] = ("file", "link", "thing", "words")
    found = [
        Overlap(tuple(some), tuple(sorted(reasons[key], key=lambda one: order.index(one[0]))))
        for key, some in members.items()
    ]
    return sorted(found, key=lambda one: (order.index(one.reasons[0][0]), -len(one.told), one.key))


def plain_link(url: str) -> str:
    """A link by which an article is known again: without scheme, "www.", trailing slash, fragment and tracking; "" where it
    leads to no one thing (the front page of a site, a section)."""
    parts = urlsplit(url.strip().lower())
    query = sorted((name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name))
    path = parts.path.rstrip("/")
    last = path.rsplit("/", 1)[-1]
    is_article = (
        last.count("-") >= 3 or bool(re.search(r"\d{3,}", last)) or any(re.search(r"\d{3,}", v) for _n, v in query)
    )
    if not parts.netloc or not is_article:
        return ""
    return f"{parts.netloc.removeprefix('www.')}{path}" + "".join(f"&{name}={value}" for name, value in query)


def _by_proof(told: Iterable[Told]) -> Iterable[tuple[str, str, Reason, str]]:
    places: dict[tuple[Reason, str], list[tuple[Told, Proof]]] = defaultdict(list)
    for one in told:
        for proof in one.proofs:
            if proof.file:
                places["file", proof.file].append((one, proof))
            if proof.url and (link := plain_link(proof.url)):
                places["link", link].append((one, proof))
            if proof.thing:
                places["thing", proof.thing].append((one, proof))
    for (reason, _what), some in places.items():
        units = {one.organisation_id for one, _proof in some}
        # Many hold the same paper from above; a photograph or an article is of one event, however many show it.
        is_paper = reason == "thing" or (reason == "file" and not some[0][1].media_type.startswith(_PICTURES))
        if len(units) < 2 or (is_paper and len(units) > MANY):
            continue
        first, proof = some[0]
        yield from ((first.id, other.id, reason, proof.url or proof.name) for other, _proof in some[1:])


@dataclasses.dataclass(frozen=True, slots=True)
class _Read:
    told: Told
    words: frozenset[str]
    days: frozenset[tuple[int, int]]
    quantities: frozenset[str]
    places: frozenset[str]

    @property
    def features(self) -> frozenset[str]:
        days, quantities = (f"d{day}" for day in self.days), (f"q{one}" for one in self.quantities)
        return frozenset((*days, *quantities, *(f"p{one}" for one in self.places)))


def _read(told: Told) -> _Read:
    text = " ".join(told.text.split())
    bare = _DAY.sub(" ", text)
    days = frozenset((int(day), int(month)) for day, month in _DAY.findall(text) if 1 <= int(month) <= 12)
    quantities = frozenset(
        one for one in (found.replace(".", "").lstrip("0") for found in _QUANTITY.findall(bare)) if one
    )
    names = (" ".join(words_of(found)) for found in _NAME.findall(text))
    places = frozenset(name for name in names if name and not set(name.split()) <= told.names and " " in name)
    return _Read(told, frozenset(words_of(text)), days, quantities, places)


def _by_words(told: Iterable[Told]) -> Iterable[tuple[str, str, Reason, str]]:
    read = [_read(one) for one in told if len(one.text) >= 20]  # signs: less tells of no event
    using: dict[str, list[_Read]] = defaultdict(list)
    for one in read:
        for feature in one.features:
            using[feature].append(one)
    looked: set[tuple[str, str]] = set()
    same: dict[str, set[str]] = defaultdict(set)
    for some in using.values():
        if len(some) > 60:  # a number that everybody has tells nothing
            continue
        for place, one in enumerate(some):
            for other in some[place + 1 :]:
                pair = (min(one.told.id, other.told.id), max(one.told.id, other.told.id))
                if pair not in looked and _is_same_event(one, other):
                    same[one.told.id].add(other.told.id)
                    same[other.told.id].add(one.told.id)
                looked.add(pair)
    whose = {one.told.id: one.told.organisation_id for one in read}
    for one_id, others in same.items():
        if len({whose[key] for key in others} | {whose[one_id]}) > MANY:
            continue  # a turn of speech
        yield from ((one_id, other, "words", "") for other in sorted(others) if one_id < other)


def _is_same_event(one: _Read, other: _Read) -> bool:
    if one.told.organisation_id == other.told.organisation_id:
        return False
    shared_days = one.days & other.days
    if one.days and other.days and not shared_days:
        return False
    if (
        one.quantities
        and other.quantities
        and not (one.quantities <= other.quantities or other.quantities <= one.quantities)
    ):
        return False
    if one.told.on is not None and other.told.on is not None:
        apart = abs((one.told.on - other.told.on).days)
        if apart > (DAYS_SAID if shared_days else DAYS):
            return False
    elif not shared_days:
        return False  # a sentence of a report must say the day itself
    large = {value for value in one.quantities & other.quantities if len(value) > 1}
    specific = 2 * len(shared_days) + len(large) + len(one.places & other.places)
    likeness = len(one.words & other.words) / len(one.words | other.words)
    return specific >= SPECIFIC and likeness >= LIKE
