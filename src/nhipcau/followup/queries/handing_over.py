"""Agencies that have ended and still have work: what they have, and who took over from them."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from nhipcau.core.actors import Actor
from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Alias, Organisation, Succession
from nhipcau.organisations.queries.succession import tier_of
from vanban.text import fold

from ..models import Assignment
from ..rules import may_move_work

MOST = 200  # ended agencies, and organisations to choose from, on one page


@dataclasses.dataclass(slots=True)
class Heir:
    """Who takes over from an agency that ended, by the table of successions: the name and the part of the work that it
    states, and the organisation of the directory, where there is one of that name."""

    name: str
    topic: str
    basis: str
    organisation: Organisation | None = None


@dataclasses.dataclass(slots=True)
class Ended:
    """An agency that has ended, how much it still has to do, and who took over."""

    organisation: Organisation
    count: int
    heirs: list[Heir]
    moved: int = 0  # of what was moved already

    @property
    def only_heir(self) -> Organisation | None:
        """The one organisation that takes over all, where the table names exactly one and the directory has it."""
        known = {heir.organisation.pk: heir.organisation for heir in self.heirs if heir.organisation is not None}
        return next(iter(known.values())) if len(self.heirs) == len(known) == 1 else None


def ended_agencies(actor: Actor) -> list[Ended]:
    """The agencies in the actor's reach that have ended and still have running assignments, with their heirs. Four
    queries."""
    below = organisations.reach(actor).filter(valid_to__lt=timezone.localdate())
    running = Count("assignments", filter=Q(assignments__ended=Assignment.Ended.RUNNING))
    rows = list(below.annotate(running_count=running).filter(running_count__gt=0).order_by("sort_key")[:MOST])
    heirs = heirs_of(rows)
    return [Ended(row, row.running_count, heirs[row.pk]) for row in rows]


def heirs_of(ended: Collection[Organisation]) -> dict[int, list[Heir]]:
    """Who took over from these agencies, each matched with the living organisation of that name that stands nearest to
    the agency: below the same parent first. Three queries at most."""
    found: dict[int, list[Heir]] = {row.pk: [] for row in ended}
    if not ended:
        return found
    by_name: dict[tuple[str, str], list[Succession]] = defaultdict(list)
    for row in (
        Succession.objects.filter(of_folded__in={fold(one.name) for one in ended}).exclude(name="").order_by("pk")
    ):
        by_name[row.of_folded, row.level].append(row)
    for one in ended:
        tier = tier_of(one)
        found[one.pk] = [Heir(row.name, row.topic, row.basis) for row in by_name[fold(one.name), tier]]
    named = _living(heir.name for heirs in found.values() for heir in heirs)
    for one in ended:
        for heir in found[one.pk]:
            heir.organisation = _nearest(one, named[fold(heir.name)])
    return found


def _living(names: Iterable[str]) -> dict[str, list[Organisation]]:
    """The organisations of today with these names, by folded name or alias."""
    wanted = {fold(name) for name in names}
    found: dict[str, list[Organisation]] = defaultdict(list)
    if not wanted:
        return found
    today = organisations.valid_on(timezone.localdate())
    for one in Organisation.objects.filter(today, Q(folded__in=wanted) | Q(short_folded__in=wanted)):
        for name in {one.folded, one.short_folded} & wanted:
            found[name].append(one)
    aliases = Alias.objects.filter(organisations.valid_on(timezone.localdate(), "organisation__"), folded__in=wanted)
    for alias in aliases.select_related("organisation"):
        if alias.organisation not in found[alias.folded]:
            found[alias.folded].append(alias.organisation)
    return found


def _nearest(ended: Organisation, candidates: list[Organisation]) -> Organisation | None:
    """The candidate that shares most of the way down the tree with the agency, and does not stand in another tree."""
    path = ended.path.split("/")[:-2]

    def shared(one: Organisation) -> int:
        return sum(a == b for a, b in zip(path, one.path.split("/"), strict=False))

    near = [one for one in candidates if one.pk != ended.pk and (shared(one) or not path)]
    return max(near, key=lambda one: (shared(one), one.level == ended.level, -one.pk), default=None)


def possible_heirs(actor: Actor, ended: Organisation) -> QuerySet[Organisation]:
    """The living organisations to which the actor may move the work of an agency that ended."""
    found = organisations.reach(actor).filter(organisations.valid_on(timezone.localdate())).exclude(pk=ended.pk)
    return found.order_by("sort_key")


def assignments_to_move(ended: Organisation) -> QuerySet[Assignment]:
    """What an agency still has to do, in the order of its plans."""
    rows = Assignment.objects.filter(organisation=ended, ended=Assignment.Ended.RUNNING)
    return (
        rows.select_related("task", "plan")
        .defer("plan__outline", "plan__recipients", "plan__signature")
        .order_by("plan__sort_key", "plan_id", "task__position")
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Moved:
    """Work that was moved from one agency to another and is running there."""

    predecessor: Organisation
    successor: Organisation
    count: int


def moved_work(actor: Actor) -> list[Moved]:
    """Between which agencies of the actor's reach work was moved and still runs at the successor. Two queries."""
    below = organisations.reach(actor).order_by().values("pk")
    rows = Assignment.objects.filter(
        ended=Assignment.Ended.SUCCEEDED,
        organisation__in=below,
        passed_to__ended=Assignment.Ended.RUNNING,
        passed_to__organisation__in=below,
    ).order_by()
    pairs = list(rows.values_list("organisation_id", "passed_to__organisation_id").annotate(count=Count("pk"))[:MOST])
    named = Organisation.objects.in_bulk({pk for former, heir, _count in pairs for pk in (former, heir)})
    found = [Moved(named[former], named[heir], count) for former, heir, count in pairs]
    return sorted(found, key=lambda one: (one.predecessor.sort_key, one.successor.sort_key))


def ended_panel(actor: Actor, organisation: Organisation) -> dict[str, Any] | None:
    """For the page of an agency that has ended: how much it still has to do, for those who may move it. One query for
    them, none for others."""
    has_ended = organisation.valid_to is not None and organisation.valid_to < timezone.localdate()
    if not has_ended or not may_move_work(actor) or not organisation.is_within(actor.organisation_id):
        return None
    count = Assignment.objects.filter(organisation=organisation, ended=Assignment.Ended.RUNNING).count()
    return {"agency": organisation, "count": count} if count else None
