"""The days on which things are next due move on with the calendar."""

from __future__ import annotations

import datetime as dt

from nhipcau.core.acts import Act, act
from nhipcau.plans import rules
from nhipcau.plans.models import Task
from nhipcau.plans.queries.register import gone_by

_BATCH = 500


@act("plans.move_dates", may=rules.may_move_dates)
def move_dates(act: Act, today: dt.date) -> int:
    """Give each recurring task whose day has gone by its next day; returns how many moved. A second call moves
    nothing."""
    tasks = list(gone_by(today))
    for task in tasks:
        task.prepare(today)
    moved = Task.objects.bulk_update(tasks, ("next_due",), batch_size=_BATCH)
    act.changed(moved=moved, today=today)
    return moved
