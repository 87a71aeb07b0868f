"""Makers of test things: each gives a whole, valid thing; say only what the test is about."""

from __future__ import annotations

import itertools
from typing import Any

from nhipcau.core.acts import Actor
from nhipcau.core.models import User
from nhipcau.organisations.models import Level, Membership, Organisation, OrganisationKind, Role

_count = itertools.count(1)


def make_user(name: str = "Nguyễn Văn An", email: str | None = None, **fields: Any) -> User:
    return User.objects.create_user(email or f"can-bo-{next(_count)}@example.vn", "mat-khau-dai-1", name=name, **fields)


def make_organisation(name: str | None = None, parent: Organisation | None = None, **fields: Any) -> Organisation:
    """An organisation with its path in place; below ``parent`` when one is given."""
    organisation = Organisation.objects.create(
        name=name or f"Sở Thử nghiệm {next(_count)}",
        parent=parent,
        kind=fields.pop("kind", OrganisationKind.DEPARTMENT),
        level=fields.pop("level", Level.PROVINCE),
        **fields,
    )
    organisation.path = f"{parent.path if parent else ''}{organisation.pk}/"
    organisation.save(update_fields=["path"])
    return organisation


def make_member(organisation: Organisation, *roles: str, user: User | None = None) -> User:
    """A person with these roles (officer unless said) in an organisation."""
    user = user or make_user()
    for role in roles or (Role.OFFICER,):
        Membership.objects.create(person=user, organisation=organisation, role=role)
    return user


def make_actor(organisation: Organisation, *roles: str) -> Actor:
    """An actor who holds these roles (officer unless said) in an organisation."""
    held = roles or (Role.OFFICER,)
    user = make_member(organisation, *held)
    return Actor(person_id=user.pk, organisation_id=organisation.pk, roles=frozenset(held))
