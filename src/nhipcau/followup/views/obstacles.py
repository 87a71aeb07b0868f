"""Obstacles: what waits for an answer, one with all that was said, and the forms of its acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nhipcau.core.actors import Actor, No, Refused
from nhipcau.core.timekeeping import running_clock, unfold
from nhipcau.core.views import official

from .. import actions, rules
from ..acting_forms import AnswerForm, ObstacleForm, PassForm, ReopenForm
from ..models import Obstacle
from ..queries import obstacles as queried
from ..queries.people import doers_of, names_of
from ..queries.seen import visible_assignment

PAGE, MANY = 30, 100


@official
@require_safe
def obstacles(request: HttpRequest) -> HttpResponse:
    """What waits for an answer of mine, what my organisation raised, and what else stands in the way of those below."""
    actor = _actor(request)
    others = Paginator(queried.obstacles_followed(actor), PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "mine",
        "asked": list(queried.obstacles_asked(actor)[:MANY]),
        "raised": list(queried.obstacles_raised(actor)[:MANY]),
        "page_obj": others,
        "today": timezone.localdate(),
    }
    return render(request, "followup/obstacles.html", context)


@official
@require_http_methods(["GET", "HEAD", "POST"])
def raise_obstacle(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say what stands in the way of an assignment, and to whom."""
    actor = _actor(request)
    row = visible_assignment(actor, public_id)
    if row is None:
        raise Http404
    if isinstance(refusal := rules.may_raise_obstacle(actor, row), No):
        raise Refused(refusal.reason)
    choices = queried.may_be_asked(row)
    form = ObstacleForm(
        request.POST or None, choices=choices, initial={"asked": choices[0].public_id} if choices else {}
    )
    if request.method == "POST" and form.is_valid():
        made = actions.raise_obstacle(actor, row, **form.cleaned_data)
        people = len(doers_of(made.asked_id) - {actor.person_id})
        if people:
            messages.success(request, _("Đã gửi tới %(who)s, %(n)s người được báo.") % _said(made, people))
        else:
            said = _(
                "Đã gửi tới %(who)s. Ở đó chưa ai có vai trò trong Nhịp Cầu nên chưa ai được báo: bạn hãy gọi điện."
            )
            messages.warning(request, said % _said(made, 0))
        return redirect("obstacle", made.public_id)
    context = {"section": "mine", "row": row, "form": form}
    return render(request, "followup/obstacle_form.html", context, status=422 if form.is_bound else 200)


@official
@require_safe
def obstacle(request: HttpRequest, public_id: str) -> HttpResponse:
    """One obstacle: who raised it before whom, when an answer is due and why, and what happened."""
    return _page(request, _found(request, public_id))


@official
@require_POST
def act_on_obstacle(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer it, pass it on, settle it, put it again or take it back: ``do`` says which."""
    found = _found(request, public_id)
    do = request.POST.get("do", "")
    if do not in _ACTS:
        raise Http404
    act, said = _ACTS[do]
    form = _form(do, found, request.POST)
    if form is not None and not form.is_valid():
        return _page(request, found, do=do, form=form)
    given = form.cleaned_data if form is not None else {}
    try:
        act(_actor(request), found, **given)
    except Refused as refusal:
        if not isinstance(_rule(do)(_actor(request), found), No):
            return _page(request, found, do=do, form=form, problem=refusal.reason)
        raise
    messages.success(request, str(said()))
    return redirect("obstacle", found.public_id)


_ACTS: dict[str, tuple[Callable[..., Any], Callable[[], str]]] = {
    "answer": (actions.answer_obstacle, lambda: _("Đã trả lời. Cơ quan nêu vướng mắc được báo.")),
    "pass": (actions.forward_obstacle, lambda: _("Đã chuyển. Cơ quan mới được báo, hạn trả lời tính lại từ hôm nay.")),
    "settle": (actions.settle_obstacle, lambda: _("Đã ghi: vướng mắc được gỡ.")),
    "reopen": (actions.reopen_obstacle, lambda: _("Đã nêu lại. Cơ quan được hỏi trả lời thêm một lần.")),
    "withdraw": (actions.withdraw_obstacle, lambda: _("Đã rút vướng mắc.")),
}


def _rule(do: str) -> Callable[..., Any]:
    return rules.may_answer_obstacle if do in {"answer", "pass"} else rules.may_close_obstacle


def _form(do: str, found: Obstacle, data: Any = None) -> forms.Form | None:
    if do == "answer":
        return AnswerForm(data)
    if do == "pass":
        return PassForm(data, choices=queried.may_be_passed_to(found), prefix="chuyen")
    return ReopenForm(data, prefix="lai") if do == "reopen" else None


def _page(
    request: HttpRequest, found: Obstacle, *, do: str = "", form: forms.Form | None = None, problem: str = ""
) -> HttpResponse:
    actor = _actor(request)
    steps = list(found.steps.select_related("to", "organisation"))
    may_answer, may_close = bool(rules.may_answer_obstacle(actor, found)), bool(rules.may_close_obstacle(actor, found))
    clock = running_clock(queried.CLOCK, found.public_id)
    is_answered = found.state == Obstacle.State.ANSWERED
    wanted = [*(("answer", "pass") if may_answer else ()), *(("reopen",) if may_close and is_answered else ())]
    row = found.assignment
    context = {
        "section": "mine",
        "obstacle": found,
        "row": row,
        "sees_row": visible_assignment(actor, row.public_id) is not None,
        "steps": steps,
        "names": names_of({found.raised_by, *(step.person_id for step in steps)}),
        "why": unfold(clock) if clock is not None else [],
        "today": timezone.localdate(),
        "may_answer": may_answer,
        "may_close": may_close,
        "forms": {name: form if name == do else _form(name, found) for name in wanted},
        "wrong": form if form is not None and form.errors else None,
        "problem": problem,
        "address": reverse("act_on_obstacle", args=[found.public_id]),
    }
    return render(request, "followup/obstacle.html", context, status=422 if do else 200)


def _found(request: HttpRequest, public_id: str) -> Obstacle:
    found = queried.visible_obstacle(_actor(request), public_id)
    if found is None:
        raise Http404
    return found


def _said(made: Obstacle, people: int) -> dict[str, Any]:
    return {"who": made.asked.name, "n": people}


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
