"""The officer's first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.core import clocks, rooms
from nhipcau.core.views import official

IMPORTERS = ("officer", "coordinator", "head")  # whom the page invites; the rule itself stands in plans.rules


@official
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The next step first: the cards that the rooms offer to this actor."""
    actor = request.actor  # type: ignore[attr-defined]
    today = timezone.localdate()
    context = {
        "cards": rooms.cards(actor),
        "today": today,
        "weekday": clocks.weekday(today),
        "may_import": actor.has(*IMPORTERS),
        "may_manage": actor.has("administrator"),
        "section": "home",
    }
    return render(request, "home/home.html", context)
