"""Publishing a plan and taking it back. Its page and the list of plans stand in ``public.py``."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from nhipcau.core.actors import Actor
from nhipcau.core.views import official
from nhipcau.plans.actions import publishing
from nhipcau.plans.models import Plan, Task
from nhipcau.plans.queries.plans import visible_plan


@official
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the plan to everyone."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    made = publishing.publish_plan(actor, _found(actor, slug))
    count = made.tasks.filter(state=Task.State.LIVE, kind=Task.Kind.TASK).count()
    said = ngettext(
        "Đã công bố %(plan)s với %(n)s nhiệm vụ. Mọi người đọc được mà không cần đăng nhập.",
        "Đã công bố %(plan)s với %(n)s nhiệm vụ. Mọi người đọc được mà không cần đăng nhập.",
        count,
    )
    messages.success(request, said % {"plan": made.label, "n": count})
    return redirect("plan", slug=made.slug)


@official
@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Close the plan to strangers again."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    made = publishing.withdraw_plan(actor, _found(actor, slug))
    messages.success(request, _("Đã rút %(plan)s khỏi trang công khai.") % {"plan": made.label})
    return redirect("plan", slug=made.slug)


def _found(actor: Actor, slug: str) -> Plan:
    plan = visible_plan(actor, slug)
    if plan is None:
        raise Http404
    return plan
