"""Work of this room that takes longer than a page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from nhipcau.core.actors import SYSTEM, Actor
from nhipcau.core.jobs import Run, job, periodic, waits
from nhipcau.plans.models import Alignment, Plan

from .actions import count_below_plan, follow_calendar, open_periods, settle_plan, take_in
from .queries.cascade import plans_with_upper
from .queries.obstacles import answers_wait
from .queries.wanted import period_candidates_exist


def _house_of(plan: Plan) -> Actor:
    """The house itself, acting in the name of the plan's organisation."""
    return Actor(organisation_id=plan.organisation_id, is_system=True)


@job("followup.settle")
def settle(run: Run, *, act: str, subject_id: int | None) -> None:
    """After a plan was confirmed: its assignments, and what they tell those above."""
    for plan in Plan.objects.filter(reading_id=subject_id or 0):
        settle_plan(_house_of(plan), plan, timezone.localdate())
        for lower in (plan, *plans_with_upper(plan)):
            count_below_plan(_house_of(lower), lower, timezone.localdate())


@job("followup.cascade")
def cascade(run: Run, *, act: str, subject_id: int | None) -> None:
    """After two plans were compared: what the lower one took in shows in the higher one."""
    for alignment in Alignment.objects.filter(pk=subject_id or 0).select_related("higher", "lower__organisation"):
        take_in(_house_of(alignment.higher), alignment, timezone.localdate())


@job("followup.settle_all")
def settle_all(run: Run, **_said: Any) -> None:
    """After the directory changed, and once a day, since agencies begin and end with days: all plans."""
    plans = list(Plan.objects.order_by("pk").only("pk", "organisation_id", "reading_id", "slug", "symbol", "title"))
    for number, plan in enumerate(plans, start=1):
        run.progress(number, len(plans))
        # Whoever confirms a plan tells its agencies then; what it gave may be settled here before its own turn comes.
        is_new = waits("followup.settle", {"act": "plans.confirm", "subject_id": plan.reading_id})
        settle_plan(_house_of(plan), plan, timezone.localdate(), tells=not is_new)
    count_all_below(run)


def count_all_below(run: Run) -> None:
    """What is done and late below, counted above: days passed, agencies went, periods began."""
    for plan in plans_with_upper():
        run.check()
        count_below_plan(_house_of(plan), plan, timezone.localdate())


@periodic("followup.daily", every=dt.timedelta(days=1), label=gettext_lazy("Xem lại phân công theo ngày"))
def daily(run: Run) -> None:
    """Once a day: agencies begin and end, and join groups, with days; and what is late below is counted above."""
    settle_all(run)


def _periods_are_over() -> bool:
    return period_candidates_exist(timezone.localdate())


@periodic(
    "followup.open_periods",
    every=dt.timedelta(hours=1),
    when=_periods_are_over,
    label=gettext_lazy("Mở kỳ mới của việc lặp lại"),
)
def open_due_periods(run: Run) -> None:
    """Soon after midnight what comes back begins its next period; a run that was killed is simply done again."""
    while open_periods(SYSTEM, timezone.localdate()):
        run.check()
    count_all_below(run)


@periodic(
    "followup.follow_calendar",
    every=dt.timedelta(hours=1),
    when=answers_wait,
    label=gettext_lazy("Tính lại hạn trả lời theo lịch làm việc"),
)
def follow_moved_clocks(run: Run) -> None:
    """The days for answers, after the working calendar changed."""
    follow_calendar(SYSTEM)
