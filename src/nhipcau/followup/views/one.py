"""One assignment: what the plan says, who has it, how far it is, what happened."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.core import refs, rooms
from nhipcau.core.actors import Actor
from nhipcau.core.views import official
from nhipcau.plans.queries.plans import sees_plan

from .. import gathering, rules, words
from ..models import Assignment, Note
from ..queries import one as queried
from ..queries.jobs import own_job
from ..queries.obstacles import UNSETTLED
from ..queries.people import colleagues
from ..queries.seen import sees, visible_assignment


@official
@require_safe
def assignment(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page."""
    row = visible_assignment(request.actor, public_id)  # type: ignore[attr-defined]
    if row is None:
        raise Http404
    return page(request, row)


def page(request: HttpRequest, row: Assignment, *, typed: Any = None, status: int = 200, **more: Any) -> HttpResponse:
    """The page of an assignment that the actor may see; ``typed``: what a form that could not be taken said."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today = timezone.localdate()
    sign, state = words.standing(row, today)
    may_record, may_plan_steps = bool(rules.may_record(actor, row)), bool(rules.may_plan_steps(actor, row))
    people = colleagues(row.organisation_id) if may_plan_steps else []
    extended = queried.extensions_of(row)
    entries, has_more = queried.history(
        row,
        extended,
        {person.pk: person.name for person in people},
        1000 if request.GET.get("lich-su") == "het" else queried.NOTES,
    )
    context = {
        "section": "mine" if actor.organisation_id == row.organisation_id else "board",
        "row": row,
        "task": row.task,
        "plan": row.plan,
        "sees_plan": sees_plan(actor, row.plan),
        "sign": sign,
        "state": state,
        "due": queried.due_of(row, today, extended),
        "others": queried.others_of(row, actor, today),
        "entries": _shown(entries, actor, row),
        "has_more": has_more,
        "steps": queried.steps(row),
        "below": queried.below(row, actor, today),
        "job": own_job(row, actor, today) if may_record else None,
        "typed": typed,
        "corrected": _corrected(request, row),
        "may_record": may_record,
        "obstacles": [entry for entry in entries if entry.kind == "obstacle" and entry.thing.state in UNSETTLED],
        "may_extend": bool(rules.may_extend(actor, row)),
        "may_set_rhythm": not row.ended and bool(rules.may_set_rhythm(actor, row.owner)),
        "may_plan_steps": may_plan_steps,
        "colleagues": people,
        "next": reverse("assignment", args=[row.public_id]),
        "today": today,
        "panels": rooms.panels("followup.assignment", actor, row),
    }
    return render(request, "followup/assignment.html", {**context, **more}, status=status)


def _corrected(request: HttpRequest, row: Assignment) -> Note | None:
    """The note that the reader wants to put right, where the address names one."""
    wanted = request.GET.get("sua", "")
    return Note.objects.filter(assignment=row, public_id=wanted[:10]).first() if wanted else None


def _shown(entries: list[queried.Entry], actor: Actor, row: Assignment) -> list[queried.Entry]:
    """The entries with what only the page says of them."""
    now = timezone.now()
    notes = [entry.thing for entry in entries if entry.kind == "note"]
    pointed = {one: refs.Ref(one.ref_kind, one.ref_id) for note in notes for one in note.evidence.all() if one.ref_kind}
    things = refs.shown(actor, pointed.values()) if pointed else {}
    for entry in entries:
        thing = entry.thing
        if entry.kind == "note":
            thing.shown = list(thing.evidence.all())
            for evidence in thing.shown:
                evidence.is_picture = gathering.is_picture(evidence)
                evidence.thing = things[pointed[evidence]] if evidence in pointed else None
            is_old = now - thing.at > rules.TAKING_BACK
            entry.may_correct = is_old and thing.person_id == actor.person_id and thing.assignment_id == row.pk
        elif entry.kind == "handed_over":
            thing.is_seen = sees(actor, thing)
        elif entry.kind == "closed":
            entry.period = words.period_words(thing.period)
    return entries
