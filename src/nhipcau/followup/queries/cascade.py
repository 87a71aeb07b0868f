"""Which assignments above a lower plan carries out, and how far it is there."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.db.models import Count, Max, Q

from ..models import Assignment, Progress, Taken


@dataclasses.dataclass(frozen=True, slots=True)
class Below:
    """How far a lower plan is with what it took in."""

    count: int
    done: int
    late: int
    last_word_at: dt.datetime | None


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
        last=Max("last_word_at"),
    )
    return Below(found["count"], found["done"], found["late"], found["last"])
