"""The library, for officials. The pages of one document and of one text stand in ``public.py``."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nhipcau.core.actors import Actor
from nhipcau.core.recall import recalled
from nhipcau.core.views import official

from .. import queries

PAGE = 50
HOLDINGS = ("held", "cited")


@official
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """Every document that is held here or cited by a text that the actor may read."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    given = {
        name: request.GET.get(name, "").replace("\x00", "").strip()[:200] for name in ("q", "type", "year", "holding")
    }
    readable, place = queries.readable_once(actor), queries.place_of(actor)
    types, years = recalled(("library choices", *place), lambda: queries.choices(readable))
    year = int(given["year"]) if given["year"].isdecimal() and int(given["year"]) in years else None
    holding = given["holding"] if given["holding"] in HOLDINGS else ""
    found = queries.library(readable, q=given["q"], doc_type=given["type"], year=year, holding=holding)
    pages = Paginator(found.only("pk"), PAGE)
    # Counted once until something changes: Paginator takes what stands in ``count``.
    asked = (given["q"], given["type"], year, holding)
    pages.count = recalled(("library count", *place, *asked), found.order_by().count)
    page = pages.get_page(request.GET.get("page"))
    shown = found.model.objects.filter(pk__in=[document.pk for document in page.object_list])
    context: dict[str, Any] = {
        "section": "documents",
        "given": {**given, "year": year, "holding": holding},
        "is_filtered": bool(given["q"] or given["type"] or year or holding),
        "types": types,
        "years": years,
        "page_obj": page,
        "count": page.paginator.count,
        "documents": queries.told(readable, queries.with_counts(readable, shown).order_by("sort_key", "pk")),
    }
    part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    response = render(request, "documents/list.html" if part else "documents/documents.html", context)
    response["Vary"] = "HX-Request"
    return response
