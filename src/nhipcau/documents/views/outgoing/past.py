"""What a document said before: one writing of it, what it changed, and the way back to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.core.actors import Refused
from nhipcau.core.views import official

from ...actions import outgoing as actions
from ...queries.outgoing.past import changes, writing
from ...queries.outgoing.people import names_of
from ...queries.outgoing.ready import showable
from ...queries.outgoing.seen import is_of_the_house, written_by
from ...rules import outgoing as rules
from .common import SECTION, actor_of, found_or_404, version_of


@official
@require_http_methods(["GET", "HEAD", "POST"])
def past(request: HttpRequest, public_id: str, place: int) -> HttpResponse:
    """GET: this writing, what it changed, how the document differs now. POST: write the document as it was then."""
    actor, found = actor_of(request), found_or_404(request, public_id)
    held = writing(found, place) if is_of_the_house(actor, found) else None
    if held is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        moment = timezone.localtime(held.step.at)
        note = f"Khôi phục bản {place}, viết lúc {moment:%H:%M ngày %d/%m/%Y}"  # a record, in the language of documents
        try:
            actions.edit_document(actor, found, held.official, version=version_of(request), note=note)
        except Refused as refusal:
            if not rules.drafts_for(actor, found.organisation_id):
                raise
            problem = refusal.reason
            found = found_or_404(request, public_id)
        else:
            messages.success(request, _("Đã khôi phục bản %(place)d.") % {"place": place})
            return redirect("outgoing", found.public_id)
    since = changes(held.official, found.official)
    context = {
        "section": SECTION,
        "outgoing": found,
        "writing": held,
        "shown": showable(held.official),
        "since": since,
        "who": names_of([held.step.person_id]).get(held.step.person_id, ""),
        "may_restore": bool(since) and bool(rules.may_edit(actor, found)) and written_by(found) is None,
        "problem": problem,
    }
    return render(request, "documents/outgoing/past.html", context, status=422 if problem else 200)
