"""A unit's own plan for one of its assignments: its steps, each with a person and a day."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor, Answer
from nhipcau.core.acts import Act, Refused, act
from nhipcau.core.models import User
from nhipcau.plans.models import NO_DATE

from .. import rules
from ..models import Assignment, Step
from ..queries.people import works_for

LONGEST, MOST = 500, 100  # signs of a step; steps of an assignment


def _may_change(actor: Actor, step: Step, *_arguments: Any, **_named: Any) -> Answer:
    return rules.may_plan_steps(actor, step.assignment)


@act("followup.add_step", may=rules.may_plan_steps)
def add_step(
    act: Act, assignment: Assignment, *, text: str, person: User | None = None, due: dt.date | None = None
) -> Step:
    """Add a step at the end; the person is told. The same words for the same person and day give back the step that is
    there, so that a form sent twice adds one. Raises ``Refused`` without words, for a person of another organisation, or
    where there are too many."""
    words, day = _words(text), due or NO_DATE
    _check(person, assignment)
    there = assignment.steps.filter(text=words, person=person, due=day, done_at=None).first()
    if there is not None:
        return there
    last = assignment.steps.aggregate(last=Max("position"))["last"]
    if last is not None and assignment.steps.count() >= MOST:
        raise Refused(_("Một việc có tối đa %(n)s bước. Bạn hãy gộp hoặc bỏ bớt.") % {"n": MOST})
    position = 0 if last is None else last + 1
    step = Step.objects.create(assignment=assignment, position=position, text=words, person=person, due=day)
    act.changed(step=step.public_id, text=words, person=step.person_id, due=day)
    _tell(act, step, person)
    return step


@act("followup.change_step", may=_may_change)
def change_step(act: Act, step: Step, *, text: str, person: User | None = None, due: dt.date | None = None) -> Step:
    """Write a step anew; a person who gets it is told. Raises ``Refused`` as ``add_step`` does."""
    words, day = _words(text), due or NO_DATE
    is_new_person = person is not None and person.pk != step.person_id
    if is_new_person:
        _check(person, step.assignment)
    step.text, step.person, step.due = words, person, day
    step.save(update_fields=("text", "person", "due"))
    act.changed(text=words, person=step.person_id, due=day)
    _tell(act, step, person if is_new_person else None)
    return step


@act("followup.move_step", may=_may_change)
def move_step(act: Act, step: Step, *, to: int) -> Step:
    """Put a step at this place among those of its assignment, counted from 0; beyond the last is last."""
    rows = list(Step.objects.select_for_update().filter(assignment=step.assignment_id))
    rows.remove(step)
    rows.insert(max(0, to), step)
    for position, row in enumerate(rows):
        row.position = position
    Step.objects.bulk_update(rows, ("position",))
    act.changed(position=step.position)
    return step


@act("followup.finish_step", may=_may_change)
def finish_step(act: Act, step: Step, *, is_done: bool = True) -> Step:
    """Tick a step off, or take the tick back. Doing so twice changes nothing."""
    if is_done == (step.done_at is not None):
        return step
    step.done_at = timezone.now() if is_done else None
    step.done_by = act.actor.person_id if is_done else None
    step.save(update_fields=("done_at", "done_by"))
    act.changed(done=is_done)
    return step


@act("followup.remove_step", may=_may_change)
def remove_step(act: Act, step: Step) -> None:
    """Take a step out of the unit's plan. What is done stays. Raises ``Refused`` for one that is done."""
    if step.done_at is not None:
        raise Refused(_("Bước này đã xong nên được giữ lại. Nếu đánh dấu nhầm, bạn hãy bỏ dấu xong trước."))
    act.changed(removed=step.public_id)
    Step.objects.filter(pk=step.pk).delete()


def _words(text: str) -> str:
    words = " ".join(text.split())[:LONGEST]
    if not words:
        raise Refused(_("Bạn hãy ghi bước này làm gì."))
    return words


def _check(person: User | None, assignment: Assignment) -> None:
    if person is not None and not works_for(person.pk, assignment.organisation_id):
        raise Refused(_("%(name)s không có vai trò ở cơ quan này. Bạn hãy chọn người khác.") % {"name": person.name})


def _tell(act: Act, step: Step, person: User | None) -> None:
    if person is None or person.pk == act.actor.person_id:
        return
    url = reverse("assignment", args=[step.assignment.public_id])
    act.tell([person.pk], "followup.step_given", functools.partial(_said, step), url)


def _said(step: Step) -> str:
    facts = {"step": step.text[:150], "task": step.assignment.task.text[:100], "due": f"{step.due:%d/%m/%Y}"}
    if step.due == NO_DATE:
        return _("Bạn được giao bước “%(step)s” của việc “%(task)s”.") % facts
    return _("Bạn được giao bước “%(step)s” của việc “%(task)s”, hạn đến hết ngày %(due)s.") % facts
