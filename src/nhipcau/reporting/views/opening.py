"""A round of reports is opened: from a plan's duty, a regime, or ad hoc, with a preview of who reports until when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from nhipcau.core.actors import Actor, Refused
from nhipcau.core.timekeeping import work_calendar
from nhipcau.core.views import official
from nhipcau.organisations.models import Organisation
from nhipcau.plans.models import Plan, Task

from .. import rules
from ..actions import make_and_open
from ..actions.rounds import Asked
from ..figures import known_figures
from ..forms import DueForm, RoundForm, asked_outline
from ..models import Regime, Round
from ..queries import regimes as queried
from ..queries.offered import Offered, chosen, new_due, periods_offered
from ..words import typed_moment

MORNING = dt.time(10, 0)


@official
@require_http_methods(["GET", "HEAD", "POST"])
def open_new(request: HttpRequest) -> HttpResponse:
    """The page on which a round is prepared, looked at and opened: from a plan's duty, a regime, or for today."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    collector = Organisation.objects.filter(pk=actor.organisation_id or 0).first()
    if collector is None or not rules.may_collect(actor, collector):
        raise Refused(_("Chỉ điều phối và lãnh đạo của cơ quan tổng hợp mới mở và sửa kỳ báo cáo."))
    given = request.POST if request.method == "POST" else request.GET
    task, regime = _origin(actor, collector, given)
    plan = task.plan if task is not None else regime.plan if regime is not None else None
    known = queried.candidates(collector, plan)
    groups = queried.groups_to_ask(collector, known)
    outlines = queried.outline_choices(collector.pk)
    proposed = queried.proposed_regime(task, collector) if task is not None else regime
    offered = periods_offered(proposed, collector, timezone.now(), work_calendar()) if proposed is not None else []
    period = chosen(offered, given.get("ky", "")) if offered else None
    initial = _initial(proposed, period, known, task)
    data = _with_groups(request.POST, groups) if request.method == "POST" else None
    form = RoundForm(data, units=[one.public_id for one in known], outlines=outlines, initial=initial)
    looked_at = None
    problem = ""
    if data is None:
        looked_at = _preview(collector, known, initial, plan)
    elif form.is_valid():
        looked_at = _preview(collector, known, form.cleaned_data, plan)
        if request.POST.get("do") == "open" and form.is_told:
            try:
                made = _open(
                    actor, collector, form, proposed if task is not None or regime is not None else None, known, plan
                )
            except Refused as refusal:
                problem = refusal.reason
            else:
                count = made.reports.count() - 1
                said = ngettext(
                    "Đã mở kỳ báo cáo và báo cho %(n)s đơn vị.", "Đã mở kỳ báo cáo và báo cho %(n)s đơn vị.", count
                )
                messages.success(request, said % {"n": count})
                return redirect("round", made.public_id)
    ticked = set(data.getlist("units") if data is not None else initial["units"])
    context = {
        "section": "reports",
        "form": form,
        "task": task,
        "regime": regime,
        "plan": plan,
        "proposed": proposed,
        "preview": looked_at,
        "tree": ticks(known, ticked),
        "groups": groups,
        "chosen": len(ticked),
        "is_quick": proposed is None,
        "problem": problem,
        "can_recur": task is not None,
        "offered": offered,
        "period": period,
        "opened": period.round if period is not None else None,
    }
    status = 409 if problem else 400 if data is not None and form.errors else 200
    return render(request, "reporting/round_open.html", context, status=status)


@official
@require_safe
def due_said(request: HttpRequest) -> HttpResponse:
    """What a due moment that is being typed means: a piece of a form."""
    form = DueForm(request.GET)
    form.is_valid()
    return render(request, "reporting/due_told.html", {"form": form})


def _origin(actor: Actor, collector: Organisation, given: QueryDict) -> tuple[Task | None, Regime | None]:
    """The duty of a plan or the regime that a round is opened from; 404 for one that does not exist for the actor."""
    if key := given.get("viec", ""):
        task = queried.visible_duty(actor, key)
        if task is None:
            raise Http404
        there = Regime.objects.filter(organisation=collector, task=task, ended_at=None).select_related(
            "plan", "outline"
        )
        return (None, regime) if (regime := there.first()) is not None else (task, None)
    if key := given.get("che-do", ""):
        regime = queried.visible_regimes(actor).filter(public_id=key, organisation=collector, ended_at=None).first()
        if regime is None:
            raise Http404
        return None, regime
    return None, None


def _initial(
    proposed: Regime | None, offered: Offered | None, known: list[Organisation], task: Task | None
) -> dict[str, Any]:
    """What the form shows first."""
    now, today = timezone.now(), timezone.localdate()
    everything = list(known_figures())
    if proposed is None or offered is None:
        tomorrow = work_calendar().next_working(today + dt.timedelta(days=1))
        due_at = timezone.make_aware(dt.datetime.combine(tomorrow, MORNING))
        return {
            "name": "",
            "first": today.replace(day=1),
            "last": today,
            "due_at": due_at,
            "due": typed_moment(due_at),
            "days_between": 0,
            "outline": "short",
            "figures": everything,
            "units": [],
            "recurs": False,
        }
    keys = {one.pk: one.public_id for one in known}
    ids = queried.units_of(proposed)
    due_at = new_due(offered, now, work_calendar())
    return {
        "name": f"{proposed.name}, {offered.words}"[:300],
        "first": offered.period.first,
        "last": offered.period.last,
        "due_at": due_at,
        "due": typed_moment(due_at),
        "days_between": proposed.days_between,
        "outline": proposed.outline.public_id if proposed.outline is not None else "usual",
        "figures": proposed.figures or everything,
        "units": [keys[pk] for pk in ids if pk in keys],
        "recurs": task is not None and task.time_kind == proposed.frequency,
    }


def _with_groups(data: QueryDict, groups: list[Any]) -> QueryDict:
    """What was sent, with the members of the groups that were ticked among the units."""
    given = data.copy()
    ticked = set(data.getlist("groups"))
    inside = [key for group, keys in groups if group.public_id in ticked for key in keys]
    given.setlist("units", list(dict.fromkeys([*data.getlist("units"), *inside])))
    return given


def _preview(
    collector: Organisation, known: list[Organisation], fields: dict[str, Any], plan: Plan | None
) -> queried.Preview:
    wanted = set(fields["units"])
    ids = [one.pk for one in known if one.public_id in wanted]
    return queried.preview(collector, ids, fields["due_at"], fields["days_between"], timezone.now(), plan)


def _open(
    actor: Actor,
    collector: Organisation,
    form: RoundForm,
    proposed: Regime | None,
    known: list[Organisation],
    plan: Plan | None,
) -> Round:
    fields = form.cleaned_data
    own = {one.public_id: one for one in queried.outlines_for(collector.pk)}
    values = None
    if proposed is not None and proposed.pk is None and fields["recurs"]:
        names = (
            "name", "content", "reporters", "receivers", "method", "due_limit", "frequency", "closes_on", "guidance",
            "legal_basis", "plan", "task",
        )  # fmt: skip
        values = {name: getattr(proposed, name) for name in names}
        values |= {
            "days_between": fields["days_between"],
            "outline": own.get(fields["outline"]),
            "figures": fields["figures"],
        }
    wanted = set(fields["units"])
    asked = Asked(
        name=fields["name"],
        period=_period_name(proposed, fields),
        first=fields["first"],
        last=fields["last"],
        due_at=fields["due_at"],
        unit_ids=tuple(one.pk for one in known if one.public_id in wanted),
        days_between=fields["days_between"],
        outline=asked_outline(fields["outline"], own, fields["asks"]),
        figures=tuple(fields["figures"]),
        plan=plan,
        task=proposed.task if proposed is not None else None,
        regime=proposed if proposed is not None and proposed.pk is not None else None,
    )
    return make_and_open(actor, collector, values, asked)


def _period_name(proposed: Regime | None, fields: dict[str, Any]) -> str:
    """The name of the period in which the figures close; of what is asked for once the day on which it is asked."""
    if proposed is None:
        return timezone.localdate().isoformat()
    last: dt.date = fields["last"]
    if proposed.frequency == "yearly":
        return str(last.year)
    if proposed.frequency == "half_yearly":
        return f"{last.year}-H{1 if last.month <= 6 else 2}"
    if proposed.frequency == "quarterly":
        return f"{last.year}-Q{(last.month + 2) // 3}"
    return f"{last:%Y-%m}"


def ticks(known: list[Organisation], chosen: set[str]) -> list[dict[str, Any]]:
    """Organisations to tick, in the order of the tree, each under the one above it."""
    ids = {one.pk for one in known}
    children: dict[int | None, list[Organisation]] = {}
    for one in sorted(known, key=lambda one: one.sort_key):
        children.setdefault(one.parent_id if one.parent_id in ids else None, []).append(one)
    made: list[dict[str, Any]] = []

    def walk(above: int | None, level: int) -> None:
        for one in children.get(above, ()):
            made.append({"one": one, "level": min(level, 4), "is_ticked": one.public_id in chosen})
            walk(one.pk, level + 1)

    walk(None, 0)
    return made
