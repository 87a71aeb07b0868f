"""Obstacles: who may be asked about one, which the actor may read, what waits for whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from nhipcau.core.actors import Actor
from nhipcau.core.models import Clock
from nhipcau.core.rooms import Finding
from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Organisation
from nhipcau.plans.models import TaskAgency

from ..models import Assignment, Obstacle, ObstacleStep
from .seen import visible_assignments

CLOCK = "followup.obstacle"  # the kind of thing for which the clock of an answer runs
UNSETTLED = (Obstacle.State.OPEN, Obstacle.State.ANSWERED)  # what still stands in the way


def may_be_asked(assignment: Assignment) -> list[Organisation]:
    """Who can remove what stands in the way: first the organisation that owns the plan, then for a coordinator those that
    lead the task, those above the agency, the nearest first, and at last the others that the task names. None twice; besides
    the owner only those that exist today. Three queries."""
    named = assignment.task.agencies.exclude(organisation=None).order_by("pk").values_list("organisation_id", "role")
    by_role: dict[bool, list[int]] = {True: [], False: []}
    for pk, role in named:
        by_role[role == TaskAgency.Role.LEAD].append(pk)
    return _in_order(
        [assignment.owner_id, *by_role[True], *_above(assignment.organisation), *by_role[False]], assignment
    )


def may_be_passed_to(obstacle: Obstacle) -> list[Organisation]:
    """To whom the organisation that was asked may pass an obstacle on: those above it, those directly below it, and all
    that may be asked anyway; never back to who raised it."""
    assignment, asked = obstacle.assignment, obstacle.asked
    below = Organisation.objects.filter(parent=asked).values_list("pk", flat=True)
    anyway = [one.pk for one in may_be_asked(assignment)]
    found = _in_order([*_above(asked), *below, *anyway], assignment)
    return [one for one in found if one.pk != asked.pk]


def _above(organisation: Organisation) -> list[int]:
    return [int(part) for part in reversed(organisation.path.split("/")) if part and int(part) != organisation.pk]


def _in_order(ids: Iterable[int], assignment: Assignment) -> list[Organisation]:
    wanted = [pk for pk in dict.fromkeys(ids) if pk != assignment.organisation_id]
    answers = organisations.valid_on(timezone.localdate()) | Q(pk=assignment.owner_id)  # the owner answers for its plan
    living = Organisation.objects.filter(answers, pk__in=wanted).in_bulk()
    return [living[pk] for pk in wanted if pk in living]


def visible_obstacles(actor: Actor) -> QuerySet[Obstacle]:
    """The obstacles that the actor may read: of assignments that they may read, and those that their organisation, or one
    below it, was asked about or passed on."""
    if actor.is_system:
        return Obstacle.objects.all()
    if actor.organisation_id is None or not actor.roles:
        return Obstacle.objects.none()
    below = organisations.reach(actor).order_by().values("pk")
    passed = ObstacleStep.objects.filter(organisation__in=below).values("obstacle_id")
    mine = visible_assignments(actor).order_by().values("pk")
    return Obstacle.objects.filter(Q(assignment__in=mine) | Q(asked__in=below) | Q(pk__in=passed))


def visible_obstacle(actor: Actor, public_id: str) -> Obstacle | None:
    """One obstacle with what its page needs, or None when it does not exist for this actor."""
    rows = visible_obstacles(actor).select_related(
        "asked", "assignment__task", "assignment__organisation", "assignment__owner", "assignment__plan"
    )
    return rows.defer("assignment__plan__outline", "assignment__plan__recipients").filter(public_id=public_id).first()


def obstacles_asked(actor: Actor) -> QuerySet[Obstacle]:
    """What waits for an answer of the actor's organisation, what is due first at the head."""
    waiting = Obstacle.objects.filter(asked=actor.organisation_id or 0, state=Obstacle.State.OPEN)
    return _listed(waiting.order_by("due", "pk"))


def obstacles_raised(actor: Actor) -> QuerySet[Obstacle]:
    """What the actor's organisation raised and is not settled: the answered ones first, since they wait for it."""
    raised = Obstacle.objects.filter(assignment__organisation=actor.organisation_id or 0, state__in=UNSETTLED)
    return _listed(raised.order_by("state", "due", "pk"))


def obstacles_followed(actor: Actor) -> QuerySet[Obstacle]:
    """The other unsettled obstacles that the actor may read, the oldest first."""
    others = visible_obstacles(actor).filter(state__in=UNSETTLED)
    mine = Q(assignment__organisation=actor.organisation_id) | Q(asked=actor.organisation_id, state=Obstacle.State.OPEN)
    return _listed(others.exclude(mine).order_by("due", "pk"))


def _listed(rows: QuerySet[Obstacle]) -> QuerySet[Obstacle]:
    return rows.select_related("asked", "assignment__task", "assignment__organisation", "assignment__plan").defer(
        "assignment__plan__outline", "assignment__plan__recipients", "assignment__plan__signature"
    )


def unsettled_on(assignment: Assignment) -> int:
    """How many obstacles still stand in the way of an assignment."""
    return Obstacle.objects.filter(assignment=assignment, state__in=UNSETTLED).count()


def about(obstacle: Obstacle) -> str:
    """The key of notices and needs about an obstacle."""
    return f"{CLOCK}:{obstacle.public_id}"


def answers_wait() -> bool:
    """Whether anybody waits for an answer."""
    return Obstacle.objects.filter(state=Obstacle.State.OPEN).exists()


def moved_by_clock() -> list[Obstacle]:
    """The obstacles that wait for an answer and whose clock says another day than they do, set to say the same. Two
    queries."""
    waiting = Obstacle.objects.select_for_update().filter(state=Obstacle.State.OPEN)
    found = {obstacle.public_id: obstacle for obstacle in waiting}
    moved = []
    running = Clock.objects.filter(subject_kind=CLOCK, closed_at=None, subject_id__in=list(found))
    for key, due_at in running.values_list("subject_id", "due_at"):
        day = timezone.localtime(due_at).date()
        if found[key].due != day:
            found[key].due = day
            moved.append(found[key])
    return moved


def found_obstacles(actor: Actor, public_ids: Collection[str]) -> dict[str, Finding]:
    """What these obstacles are called and where they are, for those who may read them."""
    rows = visible_obstacles(actor).filter(public_id__in=public_ids).select_related("assignment__organisation")
    return {
        row.public_id: Finding(
            Truncator(row.text).chars(120), reverse("obstacle", args=[row.public_id]), row.assignment.organisation.label
        )
        for row in rows
    }
