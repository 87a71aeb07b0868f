"""Assignments, starting from those that the actor may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from nhipcau.core.actors import Actor
from nhipcau.core.keys import written_out
from nhipcau.core.once import once
from nhipcau.core.recall import NOBODY, recalled
from nhipcau.core.written import Written
from nhipcau.organisations import queries as organisations
from nhipcau.plans.models import Plan, Task

from ..models import Assignment


def visible_assignments(actor: Actor) -> QuerySet[Assignment]:
    """The assignments that ``actor`` may read; the only place that says so for them and all that hangs on them.

    An organisation sees its own and those of organisations below it, all those of plans that it or one below it owns
    (who gives a task follows it), and, as lead of a task, those of its coordinators. Public plans show their tasks to
    everyone, never who is how far.
    """
    if actor.is_system:
        return Assignment.objects.all()
    if actor.organisation_id is None or not actor.roles:
        return Assignment.objects.none()
    below = organisations.reach(actor).order_by().values("pk")
    led = _led_by(actor).values("task_id")
    return Assignment.objects.filter(Q(organisation_id__in=below) | Q(owner_id__in=below) | Q(task_id__in=led))


def sees(actor: Actor, row: Assignment, leads: bool | None = None) -> bool:
    """What ``visible_assignments`` says, of one row that was read with its organisation and owner: for a single row the
    database would look at all that the actor leads. ``leads``: whether the actor's organisation leads the task; one query
    where it is not given and matters. What was passed on is seen also by who goes on with it."""
    if not _looks_after(actor):
        return False
    here = actor.organisation_id
    if actor.is_system or row.organisation.is_within(here) or row.owner.is_within(here):
        return True
    if _LEADS(here or 0, row.task_id) if leads is None else leads:
        return True
    return row.passed_to_id is not None and sees(actor, _with_people().get(pk=row.passed_to_id), False)


def _with_people() -> QuerySet[Assignment]:
    return Assignment.objects.select_related("organisation", "owner")


def visible_at_task(actor: Actor, task: Task) -> QuerySet[Assignment]:
    """The running assignments of one task, of a plan read with its organisation, that are among
    ``visible_assignments``: all of it, or those of the actor's organisation and the ones below it."""
    running = Assignment.objects.filter(task=task, ended="")
    if not _looks_after(actor):
        return running.none()
    if actor.is_system or task.plan.organisation.is_within(actor.organisation_id):
        return running
    if _LEADS(actor.organisation_id or 0, task.pk):
        return running
    return running.filter(organisation__in=organisations.reach(actor).order_by().values("pk"))


def _led_by(actor: Actor) -> QuerySet[Assignment]:
    return Assignment.objects.filter(organisation_id=actor.organisation_id or 0, role="lead", ended="")


_LEADS = Written(
    lambda organisation, task: Assignment.objects.filter(
        organisation=organisation, task=task, role="lead", ended=""
    ).values_list("pk")[:1]
)


def visible_assignment(actor: Actor, public_id: str) -> Assignment | None:
    """One assignment with what its page needs, or None when it does not exist for this actor."""
    found = _ONE(public_id)
    return found[0] if found and sees(actor, found[0]) else None


_NOT_SHOWN = (
    *(f"plan__{name}" for name in ("outline", "recipients", "signature", "folded", "sort_key")),
    *(f"task__{name}" for name in ("folded", "sort_key")),
    *(f"{who}__{name}" for who in ("organisation", "owner")
      for name in ("legal_basis", "source", "folded", "short_folded", "sort_key")),
)  # fmt: skip
_ONE = Written(
    lambda public_id: (
        Assignment.objects.filter(public_id=public_id)
        .select_related("task__rhythm", "plan", "organisation", "owner")
        .defer(*_NOT_SHOWN)
    )
)


def followed_assignments(actor: Actor) -> QuerySet[Assignment]:
    """Those of plans that the actor's organisation or one below it owns: what its coordinators and heads follow up, and
    its auditors look at. A part of ``visible_assignments``."""
    owners = written_out(_owner_ids(actor))
    return Assignment.objects.filter(owner__in=owners) if _looks_after(actor) else Assignment.objects.none()


def held_assignments(actor: Actor) -> QuerySet[Assignment]:
    """Those that the actor's organisation and the ones below it have to do themselves. A part of
    ``visible_assignments``."""
    below = organisations.reach(actor).order_by().values("pk")
    return Assignment.objects.filter(organisation__in=below) if _looks_after(actor) else Assignment.objects.none()


def _looks_after(actor: Actor) -> bool:
    return actor.is_system or (actor.organisation_id is not None and bool(actor.roles))


def _owner_ids(actor: Actor) -> tuple[int, ...]:
    """Who has plans, among the organisations that the actor reaches: few, so that an index is walked for each."""

    def made() -> tuple[int, ...]:
        below = organisations.reach(actor).order_by().values("pk")
        return tuple(
            Plan.objects.filter(organisation__in=below).order_by().values_list("organisation_id", flat=True).distinct()
        )

    key = ("plan owners", actor.organisation_id, actor.is_system, bool(actor.roles))
    return once(key, lambda: recalled(key, made, near=NOBODY))
