"""One document and one original: for everyone who may read the plan that they belong to; elsewhere 404."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nhipcau.core import files, rooms
from nhipcau.core.actors import Actor
from nhipcau.core.light import light

from . import queries
from .models import Text
from .queries import pictures

CITING_PAGE = 20
LEAF = 1000  # lines of an original on one page
HITS = 200


@require_safe
@light
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """A document: what is known of it, who cites it and where, its text when it is held."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    readable = queries.readable_once(actor)
    found = queries.visible_documents(readable).filter(slug=slug).first()
    if found is None:
        raise Http404
    page = Paginator(queries.citing_texts(readable, found), CITING_PAGE).get_page(request.GET.get("page"))
    citing = list(page.object_list)
    queries.told(readable, [found, *(row.text_of.document for row in citing if row.text_of.document is not None)])
    context: dict[str, Any] = {
        "section": "documents",
        "document": found,
        "is_official": bool(actor.roles),
        "texts": list(readable.filter(document=found).order_by("-pk")),
        "citing": queries.quoted(citing, found),
        "page_obj": page,
        "count": page.paginator.count,
        "panels": rooms.panels("documents.document", actor, found),
        **queries.validity_facts(found, queries.visible_documents(readable)),
    }
    return render(request, "documents/document.html", context)


@require_safe
@light
def text(request: HttpRequest, public_id: str) -> HttpResponse:
    """An original, line by line: ``tu`` and ``den`` light a range, ``q`` finds inside, ``trang`` turns the leaf."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = _text(actor, public_id)
    first = _number(request, "tu", found.line_count)
    last = max(_number(request, "den", found.line_count) or first, first)
    leaves = max(1, -(-found.line_count // LEAF))
    leaf = _number(request, "trang", leaves) or (max(first, 1) - 1) // LEAF + 1
    q = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    lines = queries.text_lines(found, (leaf - 1) * LEAF + 1, leaf * LEAF)
    pictures.lead_to_pages(found, lines)
    hits, hit_count = queries.lines_with(found, q, HITS)
    context: dict[str, Any] = {
        "section": "documents",
        "text": found,
        "is_official": bool(actor.roles),
        "lines": lines,
        "first": first,
        "last": last,
        "leaf": leaf,
        "leaves": range(1, leaves + 1),
        "q": q,
        "hits": hits,
        "hit_count": hit_count,
        "panels": rooms.panels("documents.text", actor, found),
    }
    return render(request, "documents/text.html", context)


@require_safe
def text_file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The file itself, as it was uploaded."""
    found = _text(request.actor, public_id)  # type: ignore[attr-defined]
    return files.serve(found.file, found.name)


@require_safe
def text_page(request: HttpRequest, public_id: str, page: int) -> HttpResponse:
    """A page of the original as a picture; ``dong=12-15``: only these lines of it."""
    return pictures.serve(request, _text(request.actor, public_id), page)  # type: ignore[attr-defined]


def _text(actor: Actor, public_id: str) -> Text:
    found = queries.readable_text(actor, public_id)
    if found is None:
        raise Http404
    return found


def _number(request: HttpRequest, name: str, most: int) -> int:
    """A number of the address between 1 and ``most``; 0 where there is none."""
    given = request.GET.get(name, "")
    return max(1, min(int(given), most)) if given.isdecimal() and len(given) < 9 and most else 0
