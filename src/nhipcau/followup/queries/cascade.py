"""Which assignments above a lower plan carries out, and how far it is there."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection

from django.db.models import Count, Q

from nhipcau.plans.models import Alignment, Plan, Task

from ..models import Assignment, Progress, Taken

_NOT_TAKEN = ("dropped", "added")  # the kinds of pairs in which one side is empty


@dataclasses.dataclass(frozen=True, slots=True)
class Below:
    """How far a lower plan is with what it took in: how many assignments, done, late, no longer untouched."""

    count: int
    done: int
    late: int
    begun: int


def uppers_of(lower: Assignment) -> list[Assignment]:
    """The running assignments that the owner of the lower plan has from plans above, for tasks that the lower task takes
    in; locked."""
    higher = Taken.objects.filter(lower=lower.task_id).values("higher_id")
    rows = Assignment.objects.filter(task__in=higher, organisation_id=lower.owner_id, ended=Assignment.Ended.RUNNING)
    return list(rows.select_for_update(of=("self",)))


def below_of(upper: Assignment, today: dt.date) -> Below:
    """What the upper assignment's organisation does for it by its own plans: assignments of those tasks, done, late."""
    lower = Taken.objects.filter(higher=upper.task_id, lower__plan__organisation=upper.organisation_id).values(
        "lower_id"
    )
    rows = Assignment.objects.filter(task__in=lower, ended=Assignment.Ended.RUNNING).order_by()
    found = rows.aggregate(
        count=Count("pk"),
        done=Count("pk", filter=Q(progress=Progress.DONE)),
        late=Count("pk", filter=Q(is_open=True, due__lt=today)),
        begun=Count("pk", filter=~Q(progress=Progress.NOT_STARTED)),
    )
    return Below(**found)


def below_of_many(uppers: Collection[Assignment], today: dt.date) -> dict[int, Below]:
    """``below_of`` for several assignments of one organisation, by their keys. One query."""
    none = Below(0, 0, 0, 0)
    if not uppers:
        return {}
    owners = {upper.organisation_id for upper in uppers}
    lower = Taken.objects.filter(higher__in={upper.task_id for upper in uppers}, lower__plan__organisation__in=owners)
    running = Q(lower__assignments__ended=Assignment.Ended.RUNNING)
    rows = lower.filter(running).order_by().values_list("higher_id", "lower__assignments__owner_id")
    counted = rows.annotate(
        count=Count("lower__assignments"),
        done=Count("lower__assignments", filter=Q(lower__assignments__progress=Progress.DONE)),
        late=Count("lower__assignments", filter=Q(lower__assignments__is_open=True, lower__assignments__due__lt=today)),
        begun=Count("lower__assignments", filter=~Q(lower__assignments__progress=Progress.NOT_STARTED)),
    )
    found = {(task, owner): Below(*numbers) for task, owner, *numbers in counted}
    return {upper.pk: found.get((upper.task_id, upper.organisation_id), none) for upper in uppers}


def uppers_about(task_ids: Collection[int], organisation_id: int) -> list[Assignment]:
    """The running assignments that an organisation has for these tasks; locked."""
    rows = Assignment.objects.filter(task__in=task_ids, organisation_id=organisation_id, ended=Assignment.Ended.RUNNING)
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def may_take_in(alignment: Alignment) -> bool:
    """Whether the lower plan of a comparison stands below the higher: in the tree of organisations, or where the two
    stand in none together, because it names the higher as its basis and the higher took in nothing of it, be it through
    others. So what is below never comes round to itself."""
    higher, lower = alignment.higher, alignment.lower
    if higher.organisation_id != lower.organisation_id:
        if lower.organisation.is_within(higher.organisation_id):
            return True
        if higher.organisation.is_within(lower.organisation_id):
            return False
    return alignment.cites_higher and not _took_in(higher, lower)


def _took_in(plan: Plan, other: Plan) -> bool:
    """Whether a plan took in something of another, directly or through others."""
    seen: set[int] = set()
    level = {plan.pk}
    while level:
        seen |= level
        above = Taken.objects.filter(lower__plan__in=level).order_by().values_list("higher__plan_id", flat=True)
        level = set(above.distinct()) - seen
    return other.pk in seen - {plan.pk}


def taken_by(alignment: Alignment) -> dict[tuple[int, int], str]:
    """Which tasks and duties of the higher plan stand in which of the lower one, by a comparison: the keys of both, and
    the kind of the pair. What a plan has dropped since is left out. Two queries."""
    keys = {side: _keys(plan) for side, plan in (("higher", alignment.higher), ("lower", alignment.lower))}
    found: dict[tuple[int, int], str] = {}
    for pair in alignment.result.get("vi", {}).get("pairs", ()):
        if pair["kind"] in _NOT_TAKEN:
            continue
        for above in pair["higher"]:
            for below in pair["lower"]:
                both = keys["higher"].get((pair["part"], above)), keys["lower"].get((pair["part"], below))
                if both[0] is not None and both[1] is not None and both[0] != both[1]:
                    found.setdefault((both[0], both[1]), pair["kind"])
    return found


def _keys(plan: Plan) -> dict[tuple[str, str], int]:
    """The live tasks and duties of a plan by kind and code; of two with one code the first, as the comparison has it."""
    live = Task.objects.filter(plan=plan, state=Task.State.LIVE, kind__in=(Task.Kind.TASK, Task.Kind.DUTY))
    found: dict[tuple[str, str], int] = {}
    for kind, code, pk in live.order_by("position").values_list("kind", "code", "pk"):
        found.setdefault((kind, code), pk)
    return found


def plans_with_upper(higher: Plan | None = None) -> list[Plan]:
    """The plans that took in something of a plan above (of this one), deepest organisations first, so that what changes
    there is counted on the way up."""
    taken = Taken.objects.filter(higher__plan=higher) if higher is not None else Taken.objects.all()
    lower = taken.order_by().values("lower__plan_id")
    plans = (
        Plan.objects.filter(pk__in=lower)
        .select_related("organisation")
        .only("pk", "organisation", "organisation__path")
    )
    return sorted(plans, key=lambda plan: (-plan.organisation.path.count("/"), plan.pk))
