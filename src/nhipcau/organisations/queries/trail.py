"""The audit trail as auditors read it: who did what, for which organisation, when, about what."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from nhipcau.core import rooms
from nhipcau.core.actors import Actor
from nhipcau.core.models import AuditEvent, TrailCheck, User

from ..models import Membership, Organisation
from .tree import reach

_CHUNK = 1000
_FIRST, _LAST = dt.date(1900, 1, 1), dt.date(9000, 1, 1)


@dataclasses.dataclass(frozen=True, slots=True)
class TrailFilter:
    """Which events are wanted; empty: all. Days are local, both included."""

    organisation: str = ""  # public id; else the actor's own
    below: bool = False  # also those below it
    act: str = ""
    person: str = ""  # words of the name
    first: dt.date | None = None
    last: dt.date | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class TrailRow:
    """One event in words. ``person`` "": the house itself; ``about`` None: nothing that has a page."""

    at: dt.datetime
    organisation: str
    person: str
    act: str
    words: Any
    about: rooms.Finding | None
    fields: list[str]
    seq: int
    hash: str


def trail_events(actor: Actor, about: Organisation, wanted: TrailFilter) -> QuerySet[AuditEvent]:
    """The events of an organisation (and those below it), newest first; only what the actor reaches."""
    ids = reach(actor).filter(path__startswith=about.path) if wanted.below else reach(actor).filter(pk=about.pk)
    events = AuditEvent.objects.filter(organisation_id__in=ids.order_by().values("pk"))
    if wanted.act:
        events = events.filter(act=wanted.act) if "." in wanted.act else events.filter(act__startswith=f"{wanted.act}.")
    if wanted.person:
        people = User.objects.filter(name__icontains=wanted.person).order_by().values("pk")
        events = events.filter(person_id__in=people)
    if wanted.first:
        events = events.filter(at__gte=_midnight(wanted.first))
    if wanted.last:
        events = events.filter(at__lt=_midnight(min(wanted.last, _LAST) + dt.timedelta(days=1)))
    return events.order_by("-at", "-organisation_id", "-seq")


def _midnight(day: dt.date) -> dt.datetime:
    """The beginning of a day; days so far away that no moment of them can be told count as the last that can."""
    day = min(max(day, _FIRST), _LAST)
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def trail_rows(events: Iterable[AuditEvent]) -> list[TrailRow]:
    """The events in words; a few queries for all of them."""
    shown = list(events)
    people = dict(User.objects.filter(pk__in={e.person_id for e in shown if e.person_id}).values_list("pk", "name"))
    places = Organisation.objects.filter(pk__in={e.organisation_id for e in shown}).order_by()
    names = dict(places.values_list("pk", "name"))
    subjects, words = _subjects(shown), rooms.act_names()
    return [
        TrailRow(
            at=event.at,
            organisation=names.get(event.organisation_id, ""),
            person=people.get(event.person_id, "?") if event.person_id else "",
            act=event.act,
            words=words.get(event.act, event.act),
            about=subjects.get((event.subject_kind, event.subject_id)),
            fields=sorted(event.fields),
            seq=event.seq,
            hash=event.hash,
        )
        for event in shown
    ]


def all_rows(events: QuerySet[AuditEvent]) -> Iterator[TrailRow]:
    """All the events in words, a part at a time."""
    source = events.iterator(_CHUNK)
    while part := list(islice(source, _CHUNK)):
        yield from trail_rows(part)


def latest_check(organisation_id: int) -> TrailCheck | None:
    """How the chain stood when it was last walked."""
    return TrailCheck.objects.filter(organisation_id=organisation_id).order_by("-at").first()


def _subjects(events: list[AuditEvent]) -> dict[tuple[str, str], rooms.Finding]:
    keys: dict[str, set[int]] = defaultdict(set)
    for event in events:
        if event.subject_id.isdigit():
            keys[event.subject_kind].add(int(event.subject_id))
    found: dict[tuple[str, str], rooms.Finding] = {}
    for kind, ids in keys.items():
        found |= {(kind, str(pk)): finding for pk, finding in rooms.traced(kind, ids).items()}
    return found


def organisations_shown(keys: Iterable[int]) -> dict[int, rooms.Finding]:
    """Organisations as the audit trail shows them."""
    found = Organisation.objects.filter(pk__in=list(keys)).values_list("pk", "public_id", "name")
    return {pk: rooms.Finding(name, reverse("organisation", args=[public_id])) for pk, public_id, name in found}


def memberships_shown(keys: Iterable[int]) -> dict[int, rooms.Finding]:
    """Roles as the audit trail shows them: whose, where."""
    rows = Membership.objects.filter(pk__in=list(keys)).select_related("person", "organisation")
    return {
        row.pk: rooms.Finding(
            f"{row.person.name}: {row.get_role_display()}", reverse("organisation", args=[row.organisation.public_id])
        )
        for row in rows
    }
