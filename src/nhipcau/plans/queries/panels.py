"""What plans add to pages of rooms below."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from nhipcau.core.actors import Actor
from nhipcau.organisations.models import Organisation

from .plans import Sight
from .register import RegisterFilter, filtered_tasks


def organisation_panel(actor: Actor, organisation: Organisation) -> dict[str, Any] | None:
    """How many live tasks, duties and reports visible to the actor name the organisation: as lead, as helper, and
    through its groups besides; each number with the register's address that lists exactly these."""
    if not actor.roles:
        return None
    sight, today = Sight(actor), timezone.localdate()
    by_itself = RegisterFilter(agency=organisation.public_id, kind="all")
    counts = {
        part: filtered_tasks(sight, wanted, today).order_by().count()
        for part, wanted in (
            ("lead", RegisterFilter(agency=organisation.public_id, kind="all", role="lead")),
            ("coordinating", RegisterFilter(agency=organisation.public_id, kind="all", role="coordinating")),
            ("through", RegisterFilter(agency=organisation.public_id, kind="all", through="1")),
        )
    }
    register = reverse("register")
    return {
        **counts,
        "lead_url": register + by_itself.address(role="lead"),
        "coordinating_url": register + by_itself.address(role="coordinating"),
        "through_url": register + by_itself.address(through="1"),
    }
