"""A duty to report is settled by the report itself: the room that sends it says so here, with the report as evidence, and
takes it back where the report has to be mended."""

from __future__ import annotations

import datetime as dt
from typing import Any

from nhipcau.core.actors import Actor, Answer
from nhipcau.core.acts import Act, act

from .. import rules
from ..models import Assignment, ClosedPeriod, Note, Progress
from ._writing import Given, write_word


def _may_settle(actor: Actor, assignment: Assignment, *_arguments: Any, **_named: Any) -> Answer:
    """Who works for the agency that sent the report, or the house where that was decided elsewhere."""
    return actor.is_system or rules.may_record(actor, assignment)


def _may_reopen(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """That a report has to be mended is said by its receiver: the house writes it down."""
    return actor.is_system


@act("followup.settle_duty", may=_may_settle)
def settle_duty(
    act: Act, assignment: Assignment, *, period: str, on: dt.date, text: str, proof: Given, key: str
) -> bool:
    """Close a period of a duty to report as done on this day, with the report as evidence. ``period`` that is over by now
    is closed there: a late report never counts for the period that runs. ``key``: the same again changes nothing. Returns
    whether anything changed."""
    if Note.objects.filter(assignment=assignment, key=key).exists():
        return False
    if assignment.period == period:
        write_word(act, assignment, progress=Progress.DONE, key=key, text=text, evidence=(proof,))
        return True
    closed = ClosedPeriod.objects.filter(assignment=assignment, period=period).exclude(progress=Progress.DONE)
    changed = closed.update(progress=Progress.DONE, percent=100, done_on=on)
    act.changed(period=period, done_on=on, proof=proof.ref_id)
    return bool(changed)


@act("followup.reopen_duty", may=_may_reopen)
def reopen_duty(act: Act, assignment: Assignment, *, period: str, text: str, key: str) -> bool:
    """The report has to be mended: the duty is to be done still. Nothing changes where somebody has said otherwise since.
    Returns whether anything changed."""
    if Note.objects.filter(assignment=assignment, key=key).exists():
        return False
    if assignment.period == period:
        if assignment.progress != Progress.DONE:
            return False
        write_word(act, assignment, progress=Progress.IN_PROGRESS, key=key, text=text)
        return True
    closed = ClosedPeriod.objects.filter(assignment=assignment, period=period, progress=Progress.DONE)
    changed = closed.update(progress=Progress.IN_PROGRESS, percent=None, done_on=None)
    act.changed(period=period, why=text)
    return bool(changed)
