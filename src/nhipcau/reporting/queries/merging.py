"""What goes into a merged report besides rows and figures: what people wrote, why tasks are late, which tasks answer which."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, Q

from nhipcau.followup.models import Taken
from nhipcau.plans.models import Task

from ..models import Report, Sentence
from ..quoting import QUOTED

_DEEPEST = 8  # levels of organisations, and of plans, one above the other


def own_words(reports: Collection[Report], parts: Collection[str]) -> tuple[list[Sentence], dict[str, Sentence]]:
    """What these reports say in their own words, by organisation: everything in these parts of the outline, in others what
    people added; and the sentences that those quote, by public id. A query for each level of quoting."""
    added = Q(key="") | Q(key__startswith=QUOTED)
    sentences = (
        Sentence.objects.filter(Q(part__in=parts) | added, report__in=reports, is_removed=False)
        .exclude(kind__in=(Sentence.Kind.GAP, Sentence.Kind.HEADING))
        .exclude(key__endswith=":none", text=F("drafted"))
        .exclude(Q(key__startswith="next:") & ~Q(key="next:none"))
        .exclude(key="words")
        .exclude(key__startswith="figures:")
        .select_related("report__organisation", "organisation")
        .order_by("report__organisation__sort_key", "report_id", "position")
    )
    found = list(sentences)
    return found, _quoted_by(found)


def _quoted_by(sentences: Collection[Sentence]) -> dict[str, Sentence]:
    found: dict[str, Sentence] = {}
    layer = list(sentences)
    for _level in range(_DEEPEST):
        wanted = {
            key for one in layer if one.key.startswith(QUOTED) for kind, key in one.refs if kind == "reporting.sentence"
        }
        wanted -= found.keys()
        if not wanted:
            break
        rows = Sentence.objects.filter(public_id__in=wanted).select_related("report__organisation", "organisation")
        layer = list(rows)
        found |= {one.public_id: one for one in layer}
    return found


def reasons_of(report_ids: Collection[int]) -> dict[int, Sentence]:
    """Why rows of these reports are late, where people said it: by the row's key. One query."""
    return _written_of("why:", report_ids)


def told_of(report_ids: Collection[int]) -> dict[int, Sentence]:
    """What people wrote of rows of these reports in place of what the register says: by the row's key. One query."""
    return _written_of("task:", report_ids)


def _written_of(start: str, report_ids: Collection[int]) -> dict[int, Sentence]:
    written = Sentence.objects.filter(
        report__in=report_ids, key__startswith=start, is_removed=False, row__isnull=False
    ).select_related("organisation")
    written = written.exclude(kind=Sentence.Kind.GAP).exclude(text=F("drafted")).order_by("pk")
    return {one.row_id: one for one in written if one.row_id is not None}


def answers_to(plan_id: int | None, task_ids: Collection[int]) -> dict[int, list[Task]]:
    """For tasks of lower plans: the tasks of the plan that they answer, through the plans in between. A query a level."""
    if plan_id is None:
        return {}
    above: dict[int, set[int]] = {pk: {pk} for pk in task_ids}
    for _level in range(_DEEPEST):
        asked = {pk for reached in above.values() for pk in reached}
        pairs = Taken.objects.filter(lower__in=asked).exclude(lower__plan=plan_id).values_list("lower_id", "higher_id")
        steps: dict[int, set[int]] = {}
        for lower, higher in pairs:
            steps.setdefault(lower, set()).add(higher)
        if not steps:
            break
        above = {pk: {higher for one in reached for higher in steps.get(one, {one})} for pk, reached in above.items()}
    reached = {pk for some in above.values() for pk in some}
    tasks = Task.objects.filter(pk__in=reached, plan=plan_id).defer("folded").in_bulk()
    return {
        pk: sorted((tasks[one] for one in some if one in tasks), key=lambda task: task.position)
        for pk, some in above.items()
        if pk not in tasks and any(one in tasks for one in some)
    }
