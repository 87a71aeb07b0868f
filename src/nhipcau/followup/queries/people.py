"""Who is told of something: the people who work for an organisation, or follow its plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from nhipcau.core.models import User
from nhipcau.core.written import Written
from nhipcau.organisations.models import Membership
from nhipcau.organisations.queries import valid_on

from ..rules import DOERS


def doers_of(*organisation_ids: int) -> set[int]:
    """The ids of the people who do the work of these organisations today: officers, coordinators, heads."""
    return _people(organisation_ids, DOERS)


def _people(organisation_ids: Collection[int], roles: Collection[str]) -> set[int]:
    return set(_held(organisation_ids, roles).values_list("person_id", flat=True))


def _held(
    organisation_ids: Collection[int], roles: Collection[str], today: dt.date | None = None
) -> QuerySet[Membership]:
    """Memberships that hold today, of people who are active."""
    today = today or timezone.localdate()
    return Membership.objects.filter(
        valid_on(today), organisation_id__in=organisation_ids, role__in=roles, person__is_active=True
    )


_COLLEAGUES = Written(
    lambda organisation, today: (
        User.objects.filter(pk__in=_held([organisation], DOERS, today).values("person_id"))
        .only("name")
        .order_by("name", "pk")
    )
)


def acting_for(person_id: int | None, today: dt.date | None = None) -> QuerySet[Membership, Any]:
    """The ids of an official and of those in whose place they act today, to stand inside another query."""
    held = Membership.objects.filter(valid_on(today or timezone.localdate()), person=person_id or 0).order_by()
    return held.annotate(whose=Coalesce("stands_in_for_id", "person_id")).values("whose")


def works_for(person_id: int, organisation_id: int) -> bool:
    """Whether the person does the work of the organisation today."""
    return person_id in doers_of(organisation_id)


def colleagues(organisation_id: int) -> list[User]:
    """The people who do the work of the organisation today, by name."""
    return _COLLEAGUES(organisation_id, today=timezone.localdate())


def names_of(person_ids: Collection[int | None]) -> dict[int, str]:
    """The names of these people. One query, none for nobody."""
    ids = {pk for pk in person_ids if pk}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
