"""Official documents from live data: one click makes a draft; where something stands in the way, a page says what."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nhipcau.core import rooms
from nhipcau.core.actors import Actor, No, Refused
from nhipcau.core.views import official
from nhipcau.core.views.gate import next_page
from vanban.official import problems

from ..actions.outgoing import draft_document
from ..queries import papers as queries
from ..queries.outgoing.blank import untouched
from ..rules.wordings import may_keep_wording, may_write_papers
from ..wording import Unfilled


@official
@require_http_methods(["GET", "HEAD", "POST"])
def write_paper(request: HttpRequest, kind: str) -> HttpResponse:
    """GET: what the document will say. POST: it becomes a draft of the actor's organisation."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if isinstance(refusal := may_write_papers(actor), No):
        raise Refused(refusal.reason)
    public_id = (request.POST.get("tu") or request.GET.get("tu", "")).replace("\x00", "")[:80]
    paper = rooms.paper(kind)
    if paper is None:
        raise Http404
    context: dict[str, Any] = {
        "section": "outgoings", "paper": paper, "tu": public_id, "may_keep_wording": bool(may_keep_wording(actor)),
    }  # fmt: skip
    try:
        made = queries.composed(actor, kind, public_id)
    except queries.NothingToWrite as nothing:
        messages.warning(request, str(nothing.reason))
        return redirect(next_page(request, None, reverse("home")))
    except Unfilled as unfilled:
        return render(request, "documents/papers/write.html", {**context, "wrong": unfilled.wrong}, status=422)
    if made is None:
        raise Http404
    found = problems(made.official)
    if request.method != "POST" or found:
        context |= {"made": made, "official": made.official, "problems": found}
        return render(request, "documents/papers/write.html", context, status=422 if found else 200)
    draft = untouched(made.organisation, actor.person_id, made.official, made.about) or draft_document(
        actor, made.official, organisation=made.organisation, about=made.about, addressees=made.addressees
    )
    for said in made.told:
        messages.warning(request, said)
    return redirect("outgoing", draft.public_id)
