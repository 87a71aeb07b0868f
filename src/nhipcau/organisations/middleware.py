"""Who acts: the signed-in person, in the name of one of their organisations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from nhipcau.core import recall
from nhipcau.core.acts import STRANGER, Actor
from nhipcau.core.once import one_request
from nhipcau.core.written import Written

from .models import Membership
from .queries import known_path, office_name, valid_on

SESSION_KEY = "organisation"


_HELD = Written(
    lambda person, today: (
        Membership.objects.filter(valid_on(today), person_id=person).select_related("organisation").order_by("id")
    )
)


def memberships_of(person_id: int, today: dt.date) -> list[Membership]:
    """The roles that a person holds today, with their organisations. One query."""
    found = _HELD(person_id, today=today)
    for membership in found:
        known_path(membership.organisation)
    return found


def actor_from(person_id: int, held: list[Membership], wanted_organisation_id: int | None) -> Actor:
    """The actor: in the organisation they chose, else in the first where they hold a role."""
    if not held:
        return Actor(person_id=person_id)
    chosen = next((m for m in held if m.organisation_id == wanted_organisation_id), held[0]).organisation_id
    return Actor(
        person_id=person_id,
        organisation_id=chosen,
        roles=frozenset(m.role for m in held if m.organisation_id == chosen),
    )


class ActorMiddleware:
    """Puts ``request.memberships`` (the roles held today), ``request.actor`` and ``request.office`` (whose site it is)
    there, computed when first asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def held() -> list[Membership]:
            return memberships_of(request.user.pk, timezone.localdate()) if request.user.is_authenticated else []

        def actor() -> Actor:
            if not request.user.is_authenticated:
                return STRANGER
            found = actor_from(request.user.pk, request.memberships, request.session.get(SESSION_KEY))  # type: ignore[attr-defined]
            recall.stands_in(found.organisation_id or 0)
            return found

        request.memberships = SimpleLazyObject(held)  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(actor)  # type: ignore[attr-defined]
        request.office = SimpleLazyObject(office_name)  # type: ignore[attr-defined]
        with one_request():
            return self.get_response(request)
