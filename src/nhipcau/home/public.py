"""Pages that anyone may open: what is planned, and the search over everything that the reader may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from nhipcau.core import rooms
from nhipcau.core.light import light

from .queries import what_is_found

LONGEST = 200  # signs of a query that are read


@require_safe
@light
def front(request: HttpRequest) -> HttpResponse:
    """The public front page: the parts that the rooms offer, in order."""
    return render(request, "home/front.html", {"parts": rooms.public_parts()})


@require_safe
@light
def search(request: HttpRequest) -> HttpResponse:
    """What is found for ``q``, by kind; a stranger finds public things only. A script gets the results alone."""
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    groups = what_is_found(request.actor, query)  # type: ignore[attr-defined]
    context = {"query": query, "groups": groups, "total": sum(len(group.hits) for group in groups), "section": "search"}
    template = "home/search_results.html" if request.htmx else "home/search.html"  # type: ignore[attr-defined]
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
