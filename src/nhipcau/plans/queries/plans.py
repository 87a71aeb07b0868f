"""Plans, starting from those that the actor may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from nhipcau.core.actors import Actor
from nhipcau.core.keys import written_out
from nhipcau.core.once import once
from nhipcau.core.recall import NOBODY, recalled
from nhipcau.organisations import queries as organisations
from nhipcau.plans.models import Plan, TaskAgency


class Sight:
    """What an actor sees from where they stand: the organisations above theirs and the groups it belongs to today, read
    once. A page makes one and hands it to all its queries; whoever asks a single question passes the actor itself."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.organisation_id = actor.organisation_id

    @cached_property
    def above(self) -> tuple[int, ...]:
        """Ids of the organisations above."""
        here = self.organisation_id
        return recalled(("above", here), lambda: organisations.ancestors_ids(here), near=NOBODY) if here else ()

    @cached_property
    def groups(self) -> list[int]:
        """Ids of the groups (few) that include the organisation."""
        here, today = self.organisation_id, timezone.localdate()
        if here is None:
            return []
        return recalled(("groups", here, today), lambda: organisations.group_ids_of(here, on=today), near=NOBODY)

    @cached_property
    def meant(self) -> Q:
        """Picks the ``TaskAgency`` rows that mean the organisation: by itself, or by one of its groups."""
        means = Q(organisation_id=self.organisation_id)
        return means | Q(group_id__in=self.groups) if self.groups else means

    @property
    def place(self) -> tuple[int | None, bool, bool, dt.date]:
        """All that what is seen depends on besides the data: two actors who stand here see the same."""
        return self.organisation_id, bool(self.actor.roles), self.actor.is_system, timezone.localdate()

    @cached_property
    def keys(self) -> RawSQL | QuerySet[Plan, Any]:
        """The keys of the visible plans. While they are few they are read once, so that the other queries of the page
        need not find them again (on 22,000 tasks that halves a page); else a query to stand inside the others."""
        keys = self._first_keys
        return written_out(keys) if len(keys) <= _FEW else visible_plans(self).order_by().values("pk")

    @property
    def reading(self) -> Hashable:
        """The same for all who see the same plans: what is found in them for one holds for every other. Most agencies of
        a province see the same."""
        keys = self._first_keys
        return tuple(keys) if len(keys) <= _FEW else self.place

    def sees(self, plan: Plan) -> bool:
        """Whether a plan that was read already is one of the visible ones. No query for what everyone may read."""
        if plan.is_public:
            return True
        keys = self._first_keys
        return plan.pk in keys if len(keys) <= _FEW else visible_plans(self).filter(pk=plan.pk).exists()

    @cached_property
    def _first_keys(self) -> list[int]:
        return recalled(("visible plans", self.place), self._read_keys, near=NOBODY)

    def _read_keys(self) -> list[int]:
        return list(visible_plans(self).order_by("pk").values_list("pk", flat=True)[: _FEW + 1])


Viewer = Actor | Sight
_FEW = 1000


def sight_of(viewer: Viewer) -> Sight:
    """The sight of an actor, made once in a request; a sight stays what it is."""
    return viewer if isinstance(viewer, Sight) else once(("sight", viewer), lambda: Sight(viewer))


def visible_plans(viewer: Viewer) -> QuerySet[Plan]:
    """The plans that ``viewer`` may read; the only place that says so for plans and all that hangs on them.

    Everyone: public plans. An organisation also: its own and those of organisations below it, those of organisations
    above it, and those that name it or a group that it belongs to today.
    """
    sight = sight_of(viewer)
    if sight.actor.is_system:
        return Plan.objects.all()
    if sight.organisation_id is None:
        return Plan.objects.filter(is_public=True)
    near = Q(is_public=True) | Q(organisation_id__in=organisations.reach(sight.actor).order_by().values("pk"))
    if sight.above:
        near |= Q(organisation_id__in=sight.above)
    # Not a correlated EXISTS: one walk over the rows that mean the organisation is 60 times quicker on 22,000 tasks; and
    # not one walk with OR: each of the two is answered from an index alone.
    naming = TaskAgency.objects.order_by().values("task__plan")
    near |= Q(pk__in=naming.filter(organisation_id=sight.organisation_id))
    if sight.groups:
        near |= Q(pk__in=naming.filter(group_id__in=sight.groups))
    return Plan.objects.filter(near)


def sees_plan(viewer: Viewer, plan: Plan) -> bool:
    """Whether a plan that was read already is one of ``visible_plans``: see ``Sight.sees``."""
    return sight_of(viewer).sees(plan)


def visible_plan(viewer: Viewer, slug: str) -> Plan | None:
    """One plan with what its page needs, or None when it does not exist for this viewer."""
    plans = Plan.objects.filter(pk__in=sight_of(viewer).keys).select_related(
        "organisation", "document", "text", "reading"
    )
    return plans.defer("reading__found", "reading__current", "reading__outline").filter(slug=slug).first()


def granted_texts(actor: Actor) -> QuerySet[Plan, int]:
    """The texts that may be read because their plan may."""
    return Plan.objects.filter(pk__in=sight_of(actor).keys).order_by().values_list("text", flat=True)


def meant(organisation_id: int) -> Q:
    """Picks the ``TaskAgency`` rows that mean this organisation: by itself, or by a group it belongs to today."""
    return Sight(Actor(organisation_id=organisation_id)).meant
