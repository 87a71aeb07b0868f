"""A unit's own plan goes along with its work."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from django.db.models import Count

from ..models import Assignment, Step
from ..queries.people import doers_of


def copy_steps(heirs: Mapping[int, Assignment]) -> None:
    """Write the steps of each assignment (by primary key) behind those that its heir has, with the person where they work
    for the heir now too. What was planned stays readable where it was."""
    steps = list(Step.objects.filter(assignment__in=heirs).order_by("assignment", "position", "pk"))
    if not steps:
        return
    own = Step.objects.filter(assignment__in=[heir.pk for heir in heirs.values()]).order_by().values("assignment")
    places = Counter({row["assignment"]: row["n"] for row in own.annotate(n=Count("pk"))})
    workers: dict[int, set[int]] = defaultdict(set)
    for organisation_id in {heirs[step.assignment_id].organisation_id for step in steps}:
        workers[organisation_id] = doers_of(organisation_id)
    made = []
    for step in steps:
        heir = heirs[step.assignment_id]
        works = step.person_id in workers[heir.organisation_id]
        made.append(
            Step(
                assignment=heir,
                position=places[heir.pk],
                text=step.text,
                person_id=step.person_id if works else None,
                due=step.due,
                done_at=step.done_at,
                done_by=step.done_by,
            )
        )
        places[heir.pk] += 1
    Step.objects.bulk_create(made)
