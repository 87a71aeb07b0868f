"""Who is told of a document: the people who hold a role in an organisation, and how a person holds it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef
from django.utils import timezone

from nhipcau.core.models import User
from nhipcau.organisations.models import Membership, Role
from nhipcau.organisations.queries import valid_on

from ...models import Outgoing
from ...rules import outgoing as rules


def holders(organisation_ids: Iterable[int], roles: Collection[str]) -> set[int]:
    """The people (ids) who hold one of these roles in one of these organisations today."""
    held = Membership.objects.filter(
        valid_on(timezone.localdate()),
        organisation_id__in=list(organisation_ids),
        role__in=roles,
        person__is_active=True,
    )
    return set(held.values_list("person_id", flat=True))


def addressed_to_nobody(outgoing: Outgoing) -> list[str]:
    """The organisations to which a document goes and where nobody would read it here: not in use yet, or ended. One query."""
    read = Membership.objects.filter(
        valid_on(timezone.localdate()), organisation=OuterRef("organisation"), role__in=rules.DRAFTERS,
        person__is_active=True,
    )  # fmt: skip
    rows = outgoing.sent_to.filter(~Exists(read)).order_by("organisation__sort_key")
    return list(rows.values_list("organisation__name", flat=True))


def clerks_of(outgoing: Outgoing) -> set[int]:
    """Who is told that a signed document waits for its number or its sending: who drafted it and the coordinators of its
    organisation, not every officer who could do it; all of those where there is neither."""
    clerks = holders([outgoing.organisation_id], rules.CLERKS)
    wanted = holders([outgoing.organisation_id], (Role.COORDINATOR,)) | ({outgoing.drafted_by or 0} & clerks)
    return wanted or clerks


def standing_in(person_id: int | None, organisation_id: int, role: str) -> Membership | None:
    """By whose leave the person holds this role today, where it is not their own; None where it is."""
    held = list(
        Membership.objects.filter(
            valid_on(timezone.localdate()), person_id=person_id, organisation_id=organisation_id, role=role
        ).select_related("stands_in_for")
    )
    return None if not held or any(one.stands_in_for_id is None for one in held) else held[0]


def names_of(person_ids: Iterable[int | None]) -> dict[int | None, str]:
    """The names of these people. One query, none for nobody."""
    ids = {pk for pk in person_ids if pk}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
