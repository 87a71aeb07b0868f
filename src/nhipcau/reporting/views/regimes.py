"""Regimes of reporting: what recurs, with the ten fields of Nghị định 09/2019/NĐ-CP, and when the next round opens."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nhipcau.core.actors import Actor, No, Refused
from nhipcau.core.timekeeping import work_calendar
from nhipcau.core.views import official
from nhipcau.organisations.models import Organisation

from .. import rules
from ..actions import change_regime, end_regime, make_regime
from ..figures import known_figures
from ..forms import RegimeForm, close_words
from ..models import Regime
from ..periods import limit_in_words
from ..queries.regimes import coming, opens_on, outline_choices, outlines_for, units_of, visible_duty, visible_regimes
from ..words import moment_words


@dataclasses.dataclass(frozen=True, slots=True)
class _Listed:
    """A regime in the list: its limit in words and its next period."""

    row: Regime
    due: str
    next: dict[str, Any] | None


@official
@require_safe
def regimes(request: HttpRequest) -> HttpResponse:
    """Those that run, and those that ended."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = visible_regimes(actor).select_related("organisation", "plan").order_by("ended_at", "name", "pk")[:500]
    now, calendar = timezone.now(), work_calendar()
    listed = [_Listed(row, limit_in_words(row.due_limit), _next(row, now, calendar)) for row in rows]
    context = {
        "section": "reports",
        "running": [one for one in listed if one.row.ended_at is None],
        "ended": [one for one in listed if one.row.ended_at is not None],
        "may_make": actor.has(*rules.COLLECTORS),
    }
    return render(request, "reporting/regimes.html", context)


def _next(row: Regime, now: Any, calendar: Any) -> dict[str, Any] | None:
    period = coming(row, now, calendar)
    if period is None:
        return None
    return {"period": period, "due": moment_words(period.due_at), "opens": opens_on(period, row.frequency)}


@official
@require_safe
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    """One regime: its ten fields, its rounds, the next one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = _regime(actor, public_id)
    next_one = _next(found, timezone.now(), work_calendar())
    rounds = list(found.rounds.defer("outline").order_by("-last", "-pk")[:24])
    opened = None
    if next_one is not None:
        opened = next((one for one in rounds if one.period == next_one["period"].name), None)
    labels = known_figures()
    context = {
        "section": "reports",
        "regime": found,
        "due": limit_in_words(found.due_limit),
        "closes": close_words(found.closes_on, found.frequency),
        "figures": [labels.get(key, key) for key in found.figures],
        "rounds": rounds,
        "next": next_one,
        "opened": opened,
        "units": len(units_of(found)) if found.ended_at is None else 0,
        "may_keep": bool(rules.may_keep_regime(actor, found)),
    }
    return render(request, "reporting/regime.html", context)


@official
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """A regime is laid down or changed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = _regime(actor, public_id) if public_id else None
    collector = found.organisation if found is not None else _own(actor)
    if found is not None and isinstance(answer := rules.may_keep_regime(actor, found), No):
        raise Refused(answer.reason)
    if isinstance(answer := rules.may_collect(actor, collector), No):
        raise Refused(answer.reason)
    task = visible_duty(actor, request.GET["viec"]) if request.GET.get("viec") else None
    instance = found or Regime(organisation=collector, receivers=collector.name[:300])
    form = RegimeForm(request.POST or None, outlines=outline_choices(collector.pk), instance=instance)
    problem = ""
    if request.method == "POST" and form.is_valid():
        values = form.values({row.public_id: row for row in outlines_for(collector.pk)})
        try:
            if found is not None:
                kept = change_regime(actor, Regime.objects.get(pk=found.pk), values)
            else:
                kept = make_regime(actor, collector, values | ({"plan": task.plan, "task": task} if task else {}))
        except Refused as refusal:
            problem = refusal.reason
        else:
            messages.success(request, _("Đã ghi chế độ báo cáo."))
            return redirect("regime", kept.public_id)
    context = {"section": "reports", "regime": found, "form": form, "problem": problem}
    status = 409 if problem else 400 if form.is_bound and form.errors else 200
    return render(request, "reporting/regime_write.html", context, status=status)


@official
@require_POST
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    """No further round is opened."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    end_regime(actor, _regime(actor, public_id))
    messages.success(request, _("Đã kết thúc chế độ báo cáo. Các kỳ đang mở vẫn tiếp tục."))
    return redirect("regime", public_id)


def _own(actor: Actor) -> Organisation:
    found = Organisation.objects.filter(pk=actor.organisation_id or 0).first()
    if found is None:
        raise Http404
    return found


def _regime(actor: Actor, public_id: str) -> Regime:
    rows = visible_regimes(actor).select_related("organisation", "plan__organisation", "task", "outline")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
