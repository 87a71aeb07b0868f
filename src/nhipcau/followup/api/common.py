"""What every address of this room shares: who calls, which assignment is meant, how an organisation is named."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Schema

from nhipcau.core.actors import Actor
from nhipcau.core.api import Caller, caller_of, not_found, token_needed
from nhipcau.organisations.models import Organisation, Role

from ..models import Assignment
from ..queries.seen import visible_assignments

router = Router()
READ, WRITE, ASK = "read:assignments", "write:progress", "write:chases"


class Named(Schema):
    """An organisation by its id and name."""

    id: str
    name: str


def named(organisation: Organisation) -> dict[str, Any]:
    """An organisation as every answer names it."""
    return {"id": organisation.public_id, "name": organisation.name}


def reader(request: HttpRequest) -> Actor:
    """Who reads. Raises ``ApiProblem`` (401, 403) without a key that may."""
    return _caller(request, READ).actor


def writer(request: HttpRequest) -> Actor:
    """The organisation of a key that may write, as one of its officers."""
    return dataclasses.replace(_caller(request, WRITE).actor, roles=frozenset({str(Role.OFFICER)}))


def asker(request: HttpRequest) -> Actor:
    """The organisation of a key that may ask others, as one of its coordinators."""
    return dataclasses.replace(_caller(request, ASK).actor, roles=frozenset({str(Role.COORDINATOR)}))


def one_assignment(actor: Actor, public_id: str) -> Assignment:
    """An assignment that the caller may read, with what answers say of it. Raises ``ApiProblem`` (404)."""
    row = with_facts(visible_assignments(actor)).filter(public_id=public_id).first()
    if row is None:
        raise not_found()
    return row


def with_facts(found: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Assignments with what answers say of them."""
    return found.select_related("task", "plan", "organisation", "owner").defer(
        "task__folded", "plan__outline", "plan__recipients", "plan__signature", "plan__folded"
    )


def _caller(request: HttpRequest, scope: str) -> Caller:
    caller = caller_of(request, scope)
    if caller.scopes is None:
        raise token_needed()
    return caller
