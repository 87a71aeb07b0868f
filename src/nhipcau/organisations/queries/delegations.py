"""Who stands in for whom."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from nhipcau.core.models import User

from ..models import Membership, Organisation, Role
from ..rules import DELEGABLE
from .tree import valid_on


def delegations_of(person_id: int | None) -> list[Membership]:
    """What the person lent and was lent, the newest first."""
    rows = Membership.objects.exclude(stands_in_for=None).filter(Q(person_id=person_id) | Q(stands_in_for_id=person_id))
    return list(rows.select_related("person", "stands_in_for", "organisation").order_by("-valid_to", "-pk")[:100])


def colleagues(person_id: int | None, organisation: Organisation) -> QuerySet[User]:
    """The others who hold a role of their own in the organisation today, by name."""
    held = Membership.objects.filter(valid_on(timezone.localdate()), organisation=organisation, stands_in_for=None)
    people = User.objects.filter(pk__in=held.values("person_id"), is_active=True).exclude(pk=person_id or 0)
    return people.order_by("sort_key")


def own_roles(person_id: int | None, organisation: Organisation) -> list[tuple[str, str]]:
    """The roles of their own that a person may lend there today."""
    held = Membership.objects.filter(
        valid_on(timezone.localdate()), person_id=person_id, organisation=organisation, stands_in_for=None
    )
    own = set(held.values_list("role", flat=True)) & set(DELEGABLE)
    return [(role.value, str(role.label)) for role in Role if role in own]
