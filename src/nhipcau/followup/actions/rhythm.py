"""How often whoever follows a task wants to hear of it."""

from __future__ import annotations

import functools
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor, Answer
from nhipcau.core.acts import Act, Refused, act
from nhipcau.plans.models import NO_DATE, Task

from .. import rules
from ..models import Assignment, Rhythm, TaskRhythm
from ..periods import usual_rhythm, word_due
from ..queries.people import doers_of


def _may(actor: Actor, task: Task, *_arguments: Any, **_named: Any) -> Answer:
    return rules.may_set_rhythm(actor, task.plan.organisation)


@act("followup.set_rhythm", may=_may)
def set_rhythm(act: Act, task: Task, *, rhythm: str) -> int:
    """Ask all agencies of a task for a word this often from now on; nobody is silent because of it before the week, month
    or quarter of today is over. Returns for how many running assignments the next day for a word moved; their people are
    told. Raises ``Refused`` for a rhythm that does not exist."""
    if rhythm not in Rhythm.values:
        raise Refused(_("Bạn hãy chọn một nhịp: hằng tuần, hằng tháng, hằng quý hoặc không cần."))
    held = TaskRhythm.objects.filter(task=task).first()
    if (held.rhythm if held else usual_rhythm(task.time_kind)) == rhythm:
        return 0
    TaskRhythm.objects.update_or_create(task=task, defaults={"rhythm": rhythm})
    rows = Assignment.objects.select_for_update(of=("self",)).filter(task=task, ended=Assignment.Ended.RUNNING)
    moved = [row for row in rows if _moved(row, rhythm)]
    Assignment.objects.bulk_update(moved, ("word_due", "next_day"), batch_size=500)
    act.changed(rhythm=rhythm)
    people = doers_of(*{row.organisation_id for row in moved}) - {act.actor.person_id}
    act.tell(
        people, "followup.rhythm_set", functools.partial(_said, task, rhythm), reverse("task", args=[task.public_id])
    )
    return len(moved)


def _moved(row: Assignment, rhythm: str) -> bool:
    today, before = timezone.localdate(), row.word_due
    last = timezone.localtime(row.last_word_at).date() if row.last_word_at else None
    by_last = word_due(rhythm, today, last)
    row.word_due = max(by_last, word_due(rhythm, today, None)) if by_last != NO_DATE else NO_DATE
    row.prepare()
    return row.word_due != before


def _said(task: Task, rhythm: str) -> str:
    facts = {"task": task.text[:120], "rhythm": Rhythm(rhythm).label}
    if rhythm == Rhythm.NONE:
        return _("Việc “%(task)s” từ nay không cần báo theo nhịp.") % facts
    return _("Việc “%(task)s” từ nay cần báo một câu %(rhythm)s.") % facts
