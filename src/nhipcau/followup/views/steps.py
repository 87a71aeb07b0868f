"""A unit's own plan for an assignment, kept with plain forms."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhipcau.core.actors import Actor, Refused
from nhipcau.core.forms import DayField, typed_day
from nhipcau.core.views import official

from ..actions.steps import add_step, finish_step, move_step, remove_step
from ..models import Assignment, Step
from ..queries.people import colleagues
from ..queries.seen import visible_assignment
from . import one


@official
@require_POST
def steps(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add a step, tick one, move one up, take one out: by ``do``."""
    row = visible_assignment(request.actor, public_id)  # type: ignore[attr-defined]
    if row is None:
        raise Http404
    try:
        _do(request, row)
    except Refused as refused:
        typed = {name: request.POST.get(name, "") for name in ("text", "person", "due")}
        return one.page(request, row, status=403, step_problem=refused.reason, step_typed=typed)
    return redirect(reverse("assignment", args=[row.public_id]) + "#cac-buoc")


def _do(request: HttpRequest, row: Assignment) -> None:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = request.POST.get("do", "add")
    if asked == "add":
        _add(request, actor, row)
        return
    step = Step.objects.filter(assignment=row, public_id=request.POST.get("step", "")).first()
    if step is None:
        raise Refused(_("Bước này không còn nữa. Bạn hãy tải lại trang."))
    if asked == "up":
        before = row.steps.filter(position__lt=step.position).count()
        move_step(actor, step, to=max(0, before - 1))
    elif asked == "remove":
        remove_step(actor, step)
    else:
        finish_step(actor, step, is_done=asked != "open")


def _add(request: HttpRequest, actor: Actor, row: Assignment) -> None:
    wanted, day = request.POST.get("person", ""), request.POST.get("due", "")
    person = next((one for one in colleagues(row.organisation_id) if str(one.pk) == wanted), None)
    if wanted and person is None:
        raise Refused(_("Người này không còn vai trò ở cơ quan bạn. Bạn hãy chọn người khác."))
    due = typed_day(day)
    if day.strip() and due is None:
        raise Refused(str(DayField.default_error_messages["invalid"]))
    add_step(actor, row, text=request.POST.get("text", ""), person=person, due=due)
