"""Báo cáo: what one has to write, the next step first; what one collects."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.core import remembered
from nhipcau.core.actors import Actor
from nhipcau.core.views import official

from .. import rules
from ..queries.rounds import ListFilter, collected, shown_rounds, to_write

PAGE = 30


@official
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    wanted = ListFilter.of(request.GET)
    if last_time := remembered.address(request, "reporting.reports", wanted.address(q="")):
        return redirect(last_time)
    now = timezone.now()
    writing = to_write(actor, wanted, now) if wanted.side != "collect" else []
    rounds = collected(actor, wanted, now)
    page = Paginator(rounds, PAGE).get_page(request.GET.get("page", "1")) if wanted.side != "write" else None
    context = {
        "section": "reports",
        "wanted": wanted,
        "sides": [(value, wanted.address(side=value)) for value in ("", "write", "collect")],
        "writing": writing,
        "next": writing[0] if writing and writing[0].step and not wanted.q else None,
        "page_obj": page,
        "rounds": shown_rounds(actor, page.object_list, now) if page is not None else [],
        "filters_on": bool(wanted.state or wanted.q),
        "may_open": actor.has(*rules.COLLECTORS),
    }
    return render(request, "reporting/list.html", context)
