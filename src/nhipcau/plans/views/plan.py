"""Plans: the list of them; publishing one and taking it back. The page of one stands in ``public.py``."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from nhipcau.core.actors import Actor
from nhipcau.core.views import official
from nhipcau.plans.actions import publishing
from nhipcau.plans.models import Plan, Task
from nhipcau.plans.queries import outline
from nhipcau.plans.queries.plans import sight_of, visible_plan
from vanban.text import fold

PAGE = 50


@official
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan that the actor may see, the newest first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    q = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    found = Plan.objects.filter(pk__in=sight_of(actor).keys)
    total = found.order_by().count()
    for word in fold(q).split():
        found = found.filter(document__folded__contains=word)
    page = Paginator(found.order_by(*outline.NEWEST_FIRST).only("pk"), PAGE).get_page(request.GET.get("page"))
    shown = Plan.objects.filter(pk__in=[plan.pk for plan in page.object_list])
    rows = outline.with_counts(shown).select_related("organisation").order_by(*outline.NEWEST_FIRST)
    context = {
        "section": "plans",
        "q": q,
        "total": total,
        "page_obj": page,
        "plans": rows.defer("outline", "recipients", "signature"),
        "today": timezone.localdate(),
    }
    return render(request, "plans/plans.html", context)


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
