"""What may be told twice in the reports behind a merged one: both sides beside each other, and the decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.core.actors import Refused
from nhipcau.core.views import official

from .. import actions, rules
from ..models import Report
from ..queries.conflicts import conflicts_of
from .report_common import SECTION, actor_of, found_or_404, number_from


@official
@require_http_methods(["GET", "HEAD", "POST"])
def conflicts(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page, and the form of each: one event (counted once), or several."""
    found = found_or_404(request, public_id)
    if request.method != "POST":
        return _page(request, found)
    key = request.POST.get("key", "")
    try:
        actions.settle_overlap(
            actor_of(request),
            found,
            key,
            answer=request.POST.get("answer", ""),
            text=request.POST.get("text", ""),
            figure=request.POST.get("figure", ""),
            less=number_from(request.POST.get("less", "")) or 0,
        )
    except Refused as refusal:
        if not rules.may_write(actor_of(request), found):
            raise
        return _page(request, found, status=422, problem=refusal.reason, typed=request.POST)
    messages.success(request, _("Đã ghi quyết định của bạn."))
    return redirect(f"{reverse('report_conflicts', args=[found.public_id])}#t-{key if key.isalnum() else ''}")


def _page(request: HttpRequest, found: Report, status: int = 200, **more: Any) -> HttpResponse:
    shown = conflicts_of(found)
    context = {
        "section": SECTION,
        "report": found,
        "round": found.round,
        "conflicts": shown,
        "waiting": sum(1 for one in shown if one.settled is None),
        "figures": [one for one in found.figures.all() if one.shown > 0],
        "labels": {one.key: one.label for one in found.figures.all()},
        "may_write": bool(rules.may_write(actor_of(request), found)),
        **more,
    }
    return render(request, "reporting/conflicts.html", context, status=status)
