"""Việc của tôi: what one's organisation has to do, the next step first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.core import clocks, remembered
from nhipcau.core.actors import Actor
from nhipcau.core.views import official
from nhipcau.plans.models import TaskAgency

from ..queries.mine import PAGE, MineFilter
from ..queries.mine import mine as queried


@official
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    wanted = MineFilter.of(request.GET)
    if last_time := remembered.address(request, "followup.mine", wanted.address(group="")):
        return redirect(last_time)
    today = timezone.localdate()
    number = request.GET.get("page", "1")
    page = max(1, int(number)) if number.isdecimal() and len(number) < 6 else 1
    found = queried(actor, wanted, today, page)
    context: dict[str, Any] = {
        "section": "mine",
        "mine": found,
        "wanted": wanted,
        "filters_on": bool(wanted.role or wanted.plan or wanted.own),
        "roles": TaskAgency.Role.choices,
        "today": today,
        "weekday": clocks.weekday(today),
        "next": request.get_full_path(),
        "pages": _pages(wanted, found, page),
    }
    return render(request, "followup/mine.html", context)


def _pages(wanted: MineFilter, found: Any, page: int) -> dict[str, str]:
    """The way to the pages before and after, where one group is shown alone."""
    if not wanted.group:
        return {}
    count, here = found.groups[0].count, wanted.address()
    return {
        "before": f"{here}&page={page - 1}" if page > 1 else "",
        "after": f"{here}&page={page + 1}" if page * PAGE < count else "",
    }
