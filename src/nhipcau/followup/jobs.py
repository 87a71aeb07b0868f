"""Work of this room that takes longer than a page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from nhipcau.core.actors import SYSTEM, Actor
from nhipcau.core.jobs import Run, job, periodic
from nhipcau.plans.models import Plan

from .actions import open_periods, settle_plan
from .queries.wanted import period_candidates_exist


def _house_of(plan: Plan) -> Actor:
    """The house itself, acting in the name of the plan's organisation."""
    return Actor(organisation_id=plan.organisation_id, is_system=True)


@job("followup.settle")
def settle(run: Run, *, act: str, subject_id: int | None) -> None:
    """After a plan was confirmed: its assignments."""
    for plan in Plan.objects.filter(reading_id=subject_id or 0):
        settle_plan(_house_of(plan), plan, timezone.localdate())


@job("followup.settle_all")
def settle_all(run: Run, **_said: Any) -> None:
    """After the directory changed, and once a day, since agencies begin and end with days: all plans."""
    plans = list(Plan.objects.order_by("pk").only("pk", "organisation_id"))
    for number, plan in enumerate(plans, start=1):
        run.progress(number, len(plans))
        settle_plan(_house_of(plan), plan, timezone.localdate())


@periodic("followup.daily", every=dt.timedelta(days=1))
def daily(run: Run) -> None:
    """Once a day: agencies begin and end, and join groups, with days."""
    settle_all(run)


def _periods_are_over() -> bool:
    return period_candidates_exist(timezone.localdate())


@periodic("followup.open_periods", every=dt.timedelta(hours=1), when=_periods_are_over)
def open_due_periods(run: Run) -> None:
    """Soon after midnight what comes back begins its next period; a run that was killed is simply done again."""
    while open_periods(SYSTEM, timezone.localdate()):
        run.check()
