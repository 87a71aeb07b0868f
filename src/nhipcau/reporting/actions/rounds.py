"""Rounds are opened, moved and closed; every organisation that has to report gets its report to write."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core.acts import Act, Refused, act
from nhipcau.core.timekeeping import work_calendar
from nhipcau.organisations.models import Organisation
from nhipcau.plans.models import Plan, Task

from .. import rules
from ..models import Regime, Report, ReportStep, Round
from ..outlines import USUAL, Outline, outline_to_dict, with_figures
from ..tree import dues
from ._asking import places_of, tell_writers

LONGEST = 731  # days that one round may cover


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """What is asked in a round. ``unit_ids``: who reports (the organisation that collects always takes part)."""

    name: str
    period: str
    first: dt.date
    last: dt.date
    due_at: dt.datetime
    unit_ids: tuple[int, ...]
    days_between: int = 3
    outline: Outline = USUAL
    figures: tuple[str, ...] = ()
    plan: Plan | None = None
    task: Task | None = None  # the plan's duty to report that this round answers
    regime: Regime | None = None


@act("reporting.open_round", may=rules.may_collect)
def open_round(act: Act, organisation: Organisation, asked: Asked) -> Round:
    """Ask for reports: one for each unit and one for the organisation that collects; who writes them is told.

    The same period of a regime again, and the same question sent again, give back the round that is there. Raises
    ``Refused`` for days that cannot be.
    """
    there = _there(organisation, asked)
    if there is not None:
        return there
    _check(asked)
    made = Round.objects.create(
        organisation=organisation,
        regime=asked.regime,
        plan=asked.plan,
        task=asked.task,
        name=asked.name.strip(),
        period=asked.period,
        first=asked.first,
        last=asked.last,
        due_at=asked.due_at,
        days_between=asked.days_between,
        outline=outline_to_dict(with_figures(asked.outline, asked.figures)),
        figures=list(asked.figures),
        before=_round_before(asked, organisation),
        person_id=act.actor.person_id,
    )
    laid = places_of(organisation, asked.unit_ids)
    levels = dues(asked.due_at, [place.depth for place in laid], asked.days_between, work_calendar())
    reports = Report.objects.bulk_create(
        Report(
            round=made,
            organisation_id=place.organisation_id,
            receiver_id=place.receiver_id,
            depth=place.depth,
            due_at=levels[place.depth],
        )
        for place in laid
    )
    act.changed(round=made.public_id, name=made.name, due_at=made.due_at, reports=len(reports))
    tell_writers(act, made, reports)
    act.announce("reporting.round_opened", made, f"/bao-cao/ky/{made.public_id}/")
    return made


@act("reporting.move_round", may=rules.may_run)
def move_round(act: Act, round_: Round, *, due_at: dt.datetime, reason: str) -> Round:
    """Give more or less time; what every level has is computed anew, and those who have not sent are told. Raises
    ``Refused`` without a reason."""
    if not reason.strip():
        raise Refused(_("Bạn hãy ghi lý do đổi thời hạn."))
    if due_at == round_.due_at:
        return round_
    reports = list(round_.reports.exclude(state=Report.State.REPLACED))
    levels = dues(due_at, [report.depth for report in reports], round_.days_between, work_calendar())
    waiting = [report for report in reports if not report.was_sent]
    for report in waiting:
        report.due_at = levels[report.depth]
    Report.objects.bulk_update(waiting, ("due_at",))
    act.changed(due_at=due_at, before=round_.due_at, reason=reason)
    round_.due_at = due_at
    round_.save(update_fields=["due_at"])
    ReportStep.objects.bulk_create(
        ReportStep(
            report=report,
            kind=ReportStep.Kind.EXTENDED,
            text=reason.strip(),
            organisation_id=round_.organisation_id,
            person_id=act.actor.person_id,
        )
        for report in waiting
    )
    tell_writers(act, round_, waiting)
    return round_


@act("reporting.close_round", may=rules.may_run)
def close_round(act: Act, round_: Round) -> Round:
    """Nothing more is awaited: nobody is reminded of it any longer. What was sent stays readable."""
    round_.closed_at = timezone.now()
    round_.save(update_fields=["closed_at"])
    for report in round_.reports.filter(sent_at=None):
        act.settle(f"reporting.report:{report.public_id}")
    act.changed(closed_at=round_.closed_at)
    return round_


def _there(organisation: Organisation, asked: Asked) -> Round | None:
    if asked.regime is not None:
        return Round.objects.filter(regime=asked.regime, period=asked.period).first()
    same = Round.objects.filter(organisation=organisation, regime=None, plan=asked.plan, closed_at=None)
    same = same.filter(name=asked.name.strip(), period=asked.period, first=asked.first, last=asked.last)
    return same.filter(due_at=asked.due_at).first()


def _check(asked: Asked) -> None:
    if not asked.name.strip():
        raise Refused(_("Bạn hãy đặt tên cho kỳ báo cáo."))
    if asked.last < asked.first:
        raise Refused(_("Ngày chốt số liệu phải sau ngày bắt đầu. Bạn hãy xem lại hai ngày này."))
    if (asked.last - asked.first).days > LONGEST:
        raise Refused(_("Một kỳ báo cáo không dài quá hai năm. Bạn hãy xem lại hai ngày này."))


def _round_before(asked: Asked, organisation: Organisation) -> Round | None:
    """The round of the same regime, or of the same plan by the same organisation, that closed its figures last."""
    rounds = Round.objects.filter(organisation=organisation, last__lt=asked.first)
    rounds = rounds.filter(regime=asked.regime) if asked.regime else rounds.filter(plan=asked.plan, regime=None)
    length = (asked.last - asked.first).days
    near = [one for one in rounds.order_by("-last")[:12] if abs((one.last - one.first).days - length) <= 7]
    return near[0] if near else None
