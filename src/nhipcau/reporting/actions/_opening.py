"""A round opened together with its regime, or by its regime's own clock: acts made of acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from nhipcau.core.actors import Actor
from nhipcau.core.timekeeping import work_calendar
from nhipcau.organisations.models import Organisation

from ..models import Regime, Round
from ..outlines import USUAL, outline_from_dict
from ..periods import Period
from ..printing import period_words
from ..queries.regimes import coming, opens_on, units_of
from .regimes import make_regime
from .rounds import Asked, open_round


def make_and_open(actor: Actor, organisation: Organisation, values: Mapping[str, Any] | None, asked: Asked) -> Round:
    """Open a round, laying down its regime first where ``values`` are given: both or nothing."""
    with transaction.atomic():
        if values is not None:
            regime = make_regime(actor, organisation, values)
            asked = Asked(**{**_fields(asked), "regime": regime})
        return open_round(actor, organisation, asked)


def _fields(asked: Asked) -> dict[str, Any]:
    return {name: getattr(asked, name) for name in Asked.__slots__}


def open_due_round(actor: Actor, regime: Regime, now: dt.datetime) -> Round | None:
    """Open the next round of a running regime when its day has come; None where it is too early, nobody would report, or
    it is open already. A second call changes nothing."""
    period = coming(regime, now, work_calendar())
    if period is None or timezone.localdate(now) < opens_on(period, regime.frequency):
        return None
    if Round.objects.filter(regime=regime, period=period.name).exists():
        return None
    units = units_of(regime)
    return open_round(actor, regime.organisation, asked_of(regime, period, units)) if units else None


def asked_of(regime: Regime, period: Period, unit_ids: list[int]) -> Asked:
    """What the round of a regime for a period asks for."""
    words = period_words(Round(period=period.name, first=period.first, last=period.last))
    return Asked(
        name=f"{regime.name}, {words}"[:300],
        period=period.name,
        first=period.first,
        last=period.last,
        due_at=period.due_at,
        unit_ids=tuple(unit_ids),
        days_between=regime.days_between,
        outline=outline_from_dict(regime.outline.content) if regime.outline is not None else USUAL,
        figures=tuple(regime.figures),
        plan=regime.plan,
        task=regime.task,
        regime=regime,
    )
