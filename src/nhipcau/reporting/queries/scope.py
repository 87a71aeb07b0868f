"""Which plans a round is about."""

from __future__ import annotations

from nhipcau.plans.models import Alignment, Plan

from ..models import Round


def plans_of(round_: Round) -> list[int]:
    """The plans that a round is about: its own and those by which lower organisations carry it out (by alignment), down to
    the last; without a plan of its own, all plans of the organisation that collects."""
    if round_.plan_id is None:
        return list(Plan.objects.filter(organisation=round_.organisation_id).values_list("pk", flat=True))
    found: dict[int, None] = {}
    layer = [round_.plan_id]
    while layer:
        found |= dict.fromkeys(layer)
        below = Alignment.objects.filter(higher__in=layer).values_list("lower", flat=True)
        layer = [pk for pk in sorted(set(below)) if pk not in found]
    return list(found)
