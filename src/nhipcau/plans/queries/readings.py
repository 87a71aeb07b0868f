"""Readings on their way to becoming plans, starting from those that the actor may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from nhipcau.core.actors import Actor
from nhipcau.core.models import User
from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Organisation
from vanban.text import fold

from ..models import Doubt, Reading
from ..reviewing import contents
from ..reviewing.doubting import EDITED, UNMATCHED

LEFT = (Doubt.State.OPEN, Doubt.State.LATER)
RECENTLY = dt.timedelta(days=30)


def visible_readings(actor: Actor) -> QuerySet[Reading]:
    """The readings that the actor may read: those of their organisation and of the organisations below it."""
    return Reading.objects.filter(organisation__in=organisations.reach(actor))


def with_counts(readings: QuerySet[Reading]) -> QuerySet[Reading]:
    """The readings, each with ``left`` (stops to look at still) and ``points`` (all stops)."""
    asked = ~Q(doubts__kind=EDITED)
    return readings.annotate(
        points=Count("doubts__stop", filter=asked, distinct=True),
        left=Count("doubts__stop", filter=asked & Q(doubts__state__in=LEFT), distinct=True),
    )


def stops_left(reading: Reading) -> int:
    """How many stops of its review are to be looked at still."""
    left = reading.doubts.filter(state__in=LEFT).exclude(kind=EDITED)
    return left.order_by().values("stop").distinct().count()


def waiting_readings(actor: Actor) -> QuerySet[Reading]:
    """What waits for the review of the actor's own organisation, the oldest first, with ``left`` and ``points``."""
    mine = visible_readings(actor).filter(organisation_id=actor.organisation_id or 0, state=Reading.State.REVIEW)
    return with_counts(mine).select_related("organisation").order_by("created_at", "pk")


def listed_readings(actor: Actor) -> QuerySet[Reading]:
    """What the list of readings shows: all that is on its way, and what was confirmed in the last month."""
    shown = ~Q(state__in=(Reading.State.DISCARDED, Reading.State.CONFIRMED)) | Q(
        state=Reading.State.CONFIRMED, changed_at__gte=timezone.now() - RECENTLY
    )
    return (
        with_counts(visible_readings(actor).filter(shown))
        .select_related("organisation", "job")
        .defer("found", "current", "outline")
        .order_by("-changed_at", "-pk")
    )


def scope_and_day(reading: Reading, content: dict[str, Any]) -> tuple[Organisation, dt.date | None]:
    """In whose tree and on which day the plan's names are meant: the issuer's, when the directory knows it, else that
    of the organisation that imports the plan; on the plan's date, None where it states none."""
    day = contents.stated_day(content)
    issuer = content["header"]["issuer"]
    if issuer:
        found = organisations.resolve([issuer], reading.organisation, day)[issuer].organisation
        # A department that imports its committee's plan stands in the committee's tree: near names are meant first.
        if found is not None and not reading.organisation.path.startswith(found.path):
            return found, day
    return reading.organisation, day


def known_names(matches: Mapping[str, organisations.Match]) -> dict[str, dict[str, str]]:
    """What the directory says of names, as a reading keeps it: folded name → {"kind", "id", "name"}."""
    known: dict[str, dict[str, str]] = {}
    for name, match in matches.items():
        target = match.organisation or match.group
        if target is not None:
            kind = "group" if match.organisation is None else "organisation"
            known[fold(name)] = {"kind": kind, "id": target.public_id, "name": target.name}
    return known


def learnt_names(reading: Reading) -> dict[str, dict[str, str]]:
    """What the directory knows today of the names that the review still asks about, as ``known_names`` gives it."""
    asked = reading.doubts.filter(kind__in=UNMATCHED, state__in=LEFT).values_list("found", flat=True)
    names = sorted({name for name in asked if name})
    if not names:
        return {}
    day = contents.stated_day(reading.current)
    return known_names(organisations.resolve(names, scope_of(reading), day))


def scope_of(reading: Reading) -> Organisation:
    """In whose tree the names of a reading were looked for when it was read, or since its issuer was changed."""
    public_id = reading.current.get("scope")
    found = organisations.organisation_by_public_id(public_id) if public_id else None
    return found or reading.organisation


def person_name(person_id: int | None) -> str:
    """The name of a person who worked on a reading; "" where it is not known."""
    return User.objects.filter(pk=person_id).values_list("name", flat=True).first() or "" if person_id else ""
