"""What a lower plan took in of a higher one is written down from their comparison, and counted above."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from nhipcau.core.acts import Act, act
from nhipcau.plans.models import Alignment, Plan
from nhipcau.plans.queries.alignments import ready_alignment

from .. import rules
from ..models import Taken
from ..queries.cascade import below_of_many, may_take_in, taken_by, uppers_about
from ._raising import put_below, raise_up

_BATCH = 500


@act("followup.take_in", may=rules.may_settle)
def take_in(act: Act, alignment: Alignment, today: dt.date) -> tuple[int, int]:
    """Write down which tasks of the higher plan the lower one took in, by the newest comparison of the two, and count the
    progress of those above anew. Returns how many pairs came and how many went; a second call changes nothing.

    Only of plans that stand one above the other (``queries.cascade.may_take_in``).
    """
    higher, lower = alignment.higher, alignment.lower
    newest = ready_alignment(higher, lower)
    wanted = taken_by(newest) if newest is not None and may_take_in(newest) else {}
    held = {
        (row.higher_id, row.lower_id): row
        for row in Taken.objects.select_for_update(of=("self",)).filter(higher__plan=higher, lower__plan=lower)
    }
    gone = [row for pair, row in held.items() if pair not in wanted]
    new = [Taken(higher_id=pair[0], lower_id=pair[1], kind=kind) for pair, kind in wanted.items() if pair not in held]
    changed = []
    for pair, row in held.items():
        if pair in wanted and row.kind != wanted[pair]:
            row.kind = wanted[pair]
            changed.append(row)
    Taken.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Taken.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
    Taken.objects.bulk_update(changed, ("kind",), batch_size=_BATCH)
    _count({pair[0] for pair in {*held, *wanted}}, lower.organisation_id, today)
    act.changed(came=len(new), went=len(gone))
    return len(new), len(gone)


@act("followup.count_below", may=rules.may_settle)
def count_below_plan(act: Act, plan: Plan, today: dt.date) -> int:
    """Count anew what the plan's assignments tell those above: after they began, ended, came into a new period, or days
    passed. Returns how many above changed."""
    higher = set(Taken.objects.filter(lower__plan=plan).values_list("higher_id", flat=True))
    changed = _count(higher, plan.organisation_id, today)
    act.changed(changed=changed)
    return changed


def _count(higher: Collection[int], organisation_id: int, today: dt.date) -> int:
    """Count what is below the organisation's running assignments for these tasks; from there on upward."""
    uppers = uppers_about(higher, organisation_id)
    found = below_of_many(uppers, today)
    changed = [upper for upper in uppers if put_below(upper, found[upper.pk])]
    for upper in changed:
        raise_up(upper)
    return len(changed)
