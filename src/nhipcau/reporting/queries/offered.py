"""For which period a round can be opened from a plan's duty or a regime: after this year's day the year that was missed is
asked about, not passed over in silence."""

from __future__ import annotations

import dataclasses
import datetime as dt

from nhipcau.core.clocks import Limit, WorkCalendar, compute
from nhipcau.organisations.models import Organisation

from ..models import Frequency, Regime, Round
from ..periods import LATEST, Period, coming_period, period_on
from ..printing import period_words
from ..words import moment_words


@dataclasses.dataclass(frozen=True, slots=True)
class Offered:
    """A period for which a round can be opened. ``round``: the one that is open for it already; ``is_sent``: whether its
    collected report has left; ``is_past``: whether its day has passed."""

    period: Period
    words: str
    due: str
    is_past: bool
    round: Round | None = None
    is_sent: bool = False


def periods_offered(regime: Regime, collector: Organisation, now: dt.datetime, calendar: WorkCalendar) -> list[Offered]:
    """The period whose report is due next and, of a yearly report, before it the one whose day passed lately. Two queries."""
    days = {"due_limit": regime.due_limit, "closes_on": regime.closes_on}
    coming = coming_period(regime.frequency, now, calendar, **days)
    found = [coming]
    if regime.frequency == Frequency.YEARLY:
        missed = period_on(regime.frequency, coming.first - dt.timedelta(days=1), calendar, **days)
        is_lately = now - missed.due_at <= dt.timedelta(days=LATEST)
        if is_lately and (regime.plan is None or regime.plan.date is None or regime.plan.date <= missed.last):
            found.insert(0, missed)
    rounds = Round.objects.filter(organisation=collector, period__in=[one.name for one in found]).defer("outline")
    rounds = rounds.filter(regime=regime) if regime.pk is not None else rounds.filter(plan=regime.plan)
    there = {one.period: one for one in rounds.order_by("-closed_at", "-pk")}
    sent = set(
        rounds.filter(reports__organisation=collector, reports__sent_at__isnull=False).values_list("period", flat=True)
    )
    return [
        Offered(
            one,
            period_words(Round(period=one.name, first=one.first, last=one.last)),
            moment_words(one.due_at),
            one.due_at < now,
            there.get(one.name),
            one.name in sent,
        )
        for one in found
    ]


def chosen(offered: list[Offered], name: str) -> Offered:
    """The period of this name, else the first whose report has not left."""
    by_name = {one.period.name: one for one in offered}
    return by_name.get(name) or next((one for one in offered if not one.is_sent), offered[-1])


def new_due(one: Offered, now: dt.datetime, calendar: WorkCalendar) -> dt.datetime:
    """Until when a round of the period would run: its own day, or, where that has passed, the end of the fifth working day
    from now."""
    if not one.is_past:
        return one.period.due_at
    return compute(Limit("working_days", number=5), now, calendar).due
