"""Regimes of reporting: what a plan's duty to report proposes, who would report, until when each level, and where a plan
leaves no day to aggregate."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Mapping

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.core.actors import Actor
from nhipcau.core.clocks import LimitError, WorkCalendar, spoken
from nhipcau.core.keys import written_out
from nhipcau.core.timekeeping import work_calendar
from nhipcau.followup.models import Assignment
from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Group, Organisation
from nhipcau.organisations.queries import valid_on
from nhipcau.plans.models import Plan, Task
from nhipcau.plans.queries.citing import full_name, short_name
from nhipcau.plans.queries.plans import visible_plans

from .. import periods, rules
from ..models import Frequency, Outline, Regime, Report, Round
from ..outlines import SHIPPED
from ..tree import Place, dues, leaves_no_day, places
from ..words import moment_words
from .scope import plans_of

MOST = 2000  # organisations from which one chooses
_FREQUENCIES = {"yearly", "half_yearly", "quarterly", "monthly"}
OPENS_BEFORE = {  # days before the collected report is due at which a running regime opens its round
    Frequency.YEARLY: 45,
    Frequency.HALF_YEARLY: 30,
    Frequency.QUARTERLY: 21,
    Frequency.MONTHLY: 14,
}


# --- regimes ---------------------------------------------------------------------------------------------------------------


def visible_regimes(actor: Actor) -> QuerySet[Regime]:
    """The regimes of the actor's organisation, of those below it, and those in whose rounds one of these reports."""
    if actor.is_system:
        return Regime.objects.all()
    if actor.organisation_id is None or not actor.roles:
        return Regime.objects.none()
    below = organisations.reach(actor).order_by().values("pk")
    reports = Report.objects.filter(organisation__in=below, round__regime__isnull=False).values("round__regime_id")
    return Regime.objects.filter(Q(organisation__in=below) | Q(pk__in=reports))


def coming(regime: Regime, now: dt.datetime, calendar: WorkCalendar) -> periods.Period | None:
    """The period whose report a running regime wants next; None where none recurs."""
    if regime.ended_at is not None or regime.frequency not in _FREQUENCIES:
        return None
    try:
        return periods.coming_period(
            regime.frequency, now, calendar, due_limit=regime.due_limit, closes_on=regime.closes_on
        )
    except LimitError:
        return None


def opens_on(period: periods.Period, frequency: str) -> dt.date:
    """The day on which the house opens the round of a period by itself."""
    return timezone.localtime(period.due_at).date() - dt.timedelta(days=OPENS_BEFORE[Frequency(frequency)])


def units_of(regime: Regime) -> list[int]:
    """Who reports in the next round of a regime: those who have assignments of its plan; without a plan, those of its last
    round."""
    if regime.plan is not None:
        return units_of_plan(regime.plan, regime.organisation)
    last = regime.rounds.order_by("-last", "-pk").first()
    if last is None:
        return []
    rows = last.reports.exclude(organisation=regime.organisation_id).exclude(state=Report.State.REPLACED)
    there = rows.filter(valid_on(timezone.localdate(), "organisation__"))
    return sorted(set(there.values_list("organisation_id", flat=True)))


def outlines_for(organisation_id: int | None) -> QuerySet[Outline]:
    """The outlines that an organisation may use: its own and those of organisations above it."""
    if organisation_id is None:
        return Outline.objects.none()
    above = [organisation_id, *organisations.ancestors_ids(organisation_id)]
    return Outline.objects.filter(organisation__in=above).select_related("organisation")


# --- who would report ------------------------------------------------------------------------------------------------------


def units_of_plan(plan: Plan, collector: Organisation) -> list[int]:
    """Every organisation that has running assignments of the plan or of lower plans that carry it out; one that has ended
    stays until its work was handed over. Of another organisation's plan only those below the collector."""
    probe = Round(plan_id=plan.pk, organisation_id=collector.pk)
    held = Assignment.objects.filter(ended="", plan__in=written_out(plans_of(probe)))
    units = Organisation.objects.filter(pk__in=held.order_by().values("organisation_id"))
    if plan.organisation_id != collector.pk:
        units = units.filter(path__startswith=collector.path)
    return list(units.exclude(pk=collector.pk).order_by("sort_key", "pk").values_list("pk", flat=True)[:MOST])


def _day_of(collector: Organisation) -> dt.date:
    """The day on which the collector's units are looked up: today, or the last day of one that has ended."""
    return min(timezone.localdate(), collector.valid_to or dt.date.max)


def candidates(collector: Organisation, plan: Plan | None = None) -> list[Organisation]:
    """Whom the collector may ask: the organisations below it and those that have assignments of its plan."""
    asked = Q(path__startswith=collector.path) & valid_on(_day_of(collector))
    if plan is not None:
        asked |= Q(pk__in=written_out(units_of_plan(plan, collector)))
    found = Organisation.objects.filter(asked).exclude(pk=collector.pk)
    return list(found.only("pk", "public_id", "name", "short_name", "path", "parent_id", "sort_key")[:MOST])


def groups_to_ask(collector: Organisation, there: Collection[Organisation]) -> list[tuple[Group, list[str]]]:
    """The groups of the collector with the public ids of their members that may be asked; empty ones are left out."""
    known = {one.pk: one.public_id for one in there}
    found = []
    for group in Group.objects.filter(scope=collector).order_by("name", "pk")[:50]:
        members = organisations.members(group, _day_of(collector)).values_list("pk", flat=True)
        inside = [known[pk] for pk in members if pk in known]
        if inside:
            found.append((group, inside))
    return found


# --- what a plan's duty proposes ------------------------------------------------------------------------------------------


def duties_of(plan: Plan) -> QuerySet[Task]:
    """What a plan says of reporting, in its order."""
    return plan.tasks.filter(kind=Task.Kind.REPORTING, state=Task.State.LIVE).order_by("position")


def visible_duty(actor: Actor, public_id: str) -> Task | None:
    """One duty to report of a plan that the actor may see."""
    rows = Task.objects.filter(kind=Task.Kind.REPORTING, state=Task.State.LIVE, plan__in=visible_plans(actor))
    return rows.select_related("plan__organisation", "plan__document").filter(public_id=public_id).first()


def proposed_regime(task: Task, collector: Organisation) -> Regime:
    """The regime (not saved) that a plan's duty to report asks for, with the ten fields of Nghị định 09/2019/NĐ-CP,
    Điều 7."""
    plan = task.plan
    frequency = task.time_kind if task.time_kind in _FREQUENCIES else Frequency.YEARLY
    limit, closes_on = "", ""
    if task.month_day and frequency == Frequency.YEARLY:
        month, day = (int(part) for part in task.month_day.split("-"))
        after = dt.date(2023, month, min(day, 28) if month == 2 else day) + dt.timedelta(days=1)
        limit = f"before_day {after.day:02}/{after.month:02}"
    elif task.day and frequency == Frequency.MONTHLY:
        limit, closes_on = f"calendar_days {task.day}", ""
    said = str(Frequency(frequency).label)
    via = _(" qua %(via)s") % {"via": task.via} if task.via else ""
    return Regime(
        organisation=collector,
        name=f"Báo cáo {said} kết quả thực hiện {short_name(plan)}"[:300],
        content=" ".join(task.text.split()),
        reporters="Các cơ quan, đơn vị được giao nhiệm vụ tại Kế hoạch",
        receivers=f"{task.to or collector.name}{via}"[:300],
        method="Văn bản điện tử, gửi và nhận trên hệ thống này",
        due_limit=limit,
        frequency=frequency,
        closes_on=closes_on,
        figures=[],
        guidance="Lập bản thảo từ sổ theo dõi, bổ sung, trình ký và gửi trên hệ thống",
        legal_basis=full_name(plan)[:300],
        plan=plan,
        task=task,
    )


def duty_panel(actor: Actor, subject: Task | Plan) -> dict[str, object] | None:
    """What the page of a plan, or of its duty to report, offers to those who collect: to open a round of it. Two queries."""
    if actor.organisation_id is None or not actor.has(*rules.COLLECTORS):
        return None
    if isinstance(subject, Task):
        duties = [subject] if subject.kind == Task.Kind.REPORTING and subject.state == Task.State.LIVE else []
    else:
        # Those that recur first: they propose their days themselves.
        duties = sorted(duties_of(subject)[:12], key=lambda one: one.time_kind not in _FREQUENCIES)[:6]
    if not duties:
        return None
    plan_id = duties[0].plan_id
    rounds = Round.objects.filter(organisation=actor.organisation_id, plan=plan_id, closed_at=None)
    return {
        "duties": duties,
        "rounds": list(rounds.only("public_id", "name", "due_at").order_by("due_at")[:4]),
        "is_plan": not isinstance(subject, Task),
    }


# --- what would be opened ----------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class Level:
    """One level of a round before it is opened: how many organisations, until when, whether it has time."""

    depth: int
    count: int
    due: str
    is_tight: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Branch:
    """One organisation in the tree of a round before it is opened."""

    name: str
    depth: int
    due: str
    below: int


@dataclasses.dataclass(frozen=True, slots=True)
class Preview:
    """Who will report to whom, until when, and what stands in the way."""

    levels: list[Level]
    branches: list[Branch]
    warnings: list[str]

    @property
    def units(self) -> int:
        """How many are asked, the collector aside."""
        return len(self.branches) - 1


def preview(
    collector: Organisation,
    unit_ids: Collection[int],
    due_at: dt.datetime,
    days_between: int,
    now: dt.datetime,
    plan: Plan | None = None,
) -> Preview:
    """The round as it would be opened. Three queries and fewer."""
    found = Organisation.objects.in_bulk([*unit_ids, collector.pk])
    laid = places(collector.pk, {pk: one.path for pk, one in found.items()})
    calendar = work_calendar()
    levels = dues(due_at, [place.depth for place in laid], days_between, calendar)
    tight = leaves_no_day(levels, now)
    warnings = [_tight_words(depth, levels, now) for depth in tight]
    if plan is not None:
        warnings += same_day_warnings(plan, collector, laid, levels, found)
    today = timezone.localdate(now)
    if ended := [
        one for one in found.values() if one.pk != collector.pk and one.valid_to is not None and one.valid_to < today
    ]:
        said = ngettext(
            "%(n)s đơn vị đã chấm dứt hoạt động mà còn giữ việc (%(names)s). Bạn nên chuyển việc cho cơ quan kế thừa trước, "
            "hoặc bỏ chọn.",
            "%(n)s đơn vị đã chấm dứt hoạt động mà còn giữ việc (%(names)s). Bạn nên chuyển việc cho cơ quan kế thừa trước, "
            "hoặc bỏ chọn.",
            len(ended),
        )
        names = ", ".join(one.label for one in ended[:3]) + ("…" if len(ended) > 3 else "")
        warnings.append(said % {"n": len(ended), "names": names})
    return Preview(
        [
            Level(depth, sum(place.depth == depth for place in laid), moment_words(due), depth in tight)
            for depth, due in levels.items()
        ],
        _branches(laid, found, levels),
        warnings,
    )


def _tight_words(depth: int, levels: Mapping[int, dt.datetime], now: dt.datetime) -> str:
    facts = {"level": depth + 1, "due": moment_words(levels[depth])}
    if levels[depth] <= now:
        return _(
            "Cấp %(level)s phải gửi trước %(due)s, là lúc đã qua. Bạn lùi thời hạn hoặc bớt số ngày giữa hai cấp."
        ) % (facts)
    return _("Cấp %(level)s gửi cùng ngày với cấp trên (%(due)s) nên cấp trên không còn ngày nào để tổng hợp.") % facts


def _branches(
    laid: Collection[Place], found: Mapping[int, Organisation], levels: Mapping[int, dt.datetime]
) -> list[Branch]:
    children: dict[int | None, list[Place]] = {}
    for place in laid:
        children.setdefault(place.receiver_id, []).append(place)
    made: list[Branch] = []

    def walk(above: int | None) -> None:
        for place in sorted(children.get(above, ()), key=lambda one: found[one.organisation_id].sort_key):
            below = len(children.get(place.organisation_id, ()))
            due = moment_words(levels[place.depth])
            made.append(Branch(found[place.organisation_id].name, place.depth, due, below))
            walk(place.organisation_id)

    walk(None)
    return made


def same_day_warnings(
    plan: Plan,
    collector: Organisation,
    laid: Collection[Place],
    levels: Mapping[int, dt.datetime],
    found: Mapping[int, Organisation],
) -> list[str]:
    """Where the own plan of an organisation that reports collects no earlier than it has to report itself: which plan, its
    day, and what the round gives instead. Two queries."""
    depths = {place.organisation_id: place.depth for place in laid}
    probe = Round(plan_id=plan.pk, organisation_id=collector.pk)
    lower = [pk for pk in plans_of(probe) if pk != plan.pk]
    if not lower:
        return []
    tasks = Task.objects.filter(plan__in=written_out(lower), kind=Task.Kind.REPORTING, state=Task.State.LIVE)
    said = []
    for task in tasks.exclude(month_day="").select_related("plan").order_by("plan_id", "position"):
        depth = depths.get(task.plan.organisation_id)
        if depth is None or depth == 0:
            continue
        month, day = (int(part) for part in task.month_day.split("-"))
        own = dt.date(levels[0].year, month, min(day, 28) if month == 2 else day)
        given = levels[depth]
        if own <= given.date() and own < levels[0].date():
            continue
        facts = {
            "plan": task.plan.label,
            "unit": found[task.plan.organisation_id].label,
            "own": spoken(own),
            "due": moment_words(given),
            "top": moment_words(levels[0]),
            "below": moment_words(levels[depth + 1]) if depth + 1 in levels else "",
        }
        if facts["below"]:
            words = _(
                "%(plan)s của %(unit)s hẹn báo cáo đến %(own)s, còn cấp trên phải xong trước %(top)s: không còn ngày nào để "
                "tổng hợp. Kỳ này %(unit)s gửi trước %(due)s, đơn vị dưới gửi trước %(below)s."
            )
        else:
            words = _(
                "%(plan)s của %(unit)s hẹn báo cáo đến %(own)s, còn cấp trên phải xong trước %(top)s: không còn ngày nào để "
                "tổng hợp. Kỳ này %(unit)s gửi trước %(due)s."
            )
        said.append(words % facts)
    return list(dict.fromkeys(said))


def outline_choices(organisation_id: int | None) -> list[tuple[str, str]]:
    """The outlines to choose from: key and name; those that come with the software first."""
    shipped = {"usual": _("Báo cáo kết quả thực hiện kế hoạch"), "short": _("Báo cáo nhanh")}
    own = [(one.public_id, one.name) for one in outlines_for(organisation_id)]
    return [*((key, shipped.get(key, key)) for key in SHIPPED), *own]
