"""A document is begun and written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.core.actors import No, Refused
from nhipcau.core.views import official
from vanban.official.plaintext import body_text

from ...actions import outgoing as actions
from ...forms import NewForm, WritingForm
from ...models import Outgoing
from ...queries.letterhead import letterhead
from ...queries.outgoing.blank import blank, untouched
from ...queries.outgoing.past import changes
from ...queries.outgoing.people import names_of
from ...queries.outgoing.seen import written_by
from ...rules import outgoing as rules
from .common import SECTION, about_of, actor_of, found_or_404, own_organisation, version_of


@official
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """A new document: its type and what it is about; its head and foot are filled in."""
    organisation = own_organisation(request)
    if isinstance(refusal := rules.may_draft(actor_of(request), organisation=organisation), No):
        raise Refused(refusal.reason)
    drafter = actor_of(request).person_id
    is_sent = request.method == "POST"
    unit = "" if is_sent else letterhead(organisation, drafter=drafter).unit
    form = NewForm(request.POST if is_sent else None, initial={"unit": unit})
    if is_sent and form.is_valid():
        given = form.cleaned_data
        content = blank(organisation, given["doc_type"], given["subject"], unit=given["unit"], drafter=drafter)
        made = untouched(organisation, drafter, content)
        made = made or actions.draft_document(actor_of(request), content, organisation=organisation)
        return redirect("write_outgoing", made.public_id)
    context = {"section": SECTION, "form": form}
    return render(request, "documents/outgoing/begin.html", context, status=422 if form.errors else 200)


@official
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, public_id: str) -> HttpResponse:
    """The document as its writers change it. Who writes on what somebody else has changed meanwhile is told, keeps what
    was typed, and sees the other's words beside it."""
    actor, found = actor_of(request), found_or_404(request, public_id)
    is_sent = request.method == "POST"
    refusal = rules.may_edit(actor, found)
    if isinstance(refusal, No) and not (is_sent and rules.drafts_for(actor, found.organisation_id)):
        raise Refused(refusal.reason)
    form = WritingForm(request.POST if is_sent else None, outgoing=found, drafter=actor.person_id)
    if not is_sent:
        return _page(request, found, form)
    if isinstance(refusal, No):  # closed while it was being written: what was typed stays on the page
        return _page(request, found, form, status=409, problem=refusal.reason)
    if version_of(request) not in (0, found.version):
        return _outdated(request, found, form)  # told first: what was typed was meant for older words, right or not
    if not form.is_valid():
        return _page(request, found, form, status=422)
    to, version = form.addressees_here(), form.cleaned_data["version"]
    try:
        made = actions.edit_document(actor, found, form.official(), version=version, addressees=to)
    except actions.Outdated as outdated:
        return _outdated(request, outdated.outgoing, form)
    except Refused as closed:
        return _page(request, found, form, status=409, problem=closed.reason)
    messages.success(request, _("Đã lưu."))
    return redirect("outgoing" if "xong" in request.POST else "write_outgoing", made.public_id)


def _outdated(request: HttpRequest, other: Outgoing, form: WritingForm) -> HttpResponse:
    """Somebody has written meanwhile: what was typed stays beside what they wrote, and the next saving knows what it
    writes over."""
    is_valid = form.is_valid()
    last = other.steps.order_by("-pk").first()
    typed = request.POST.copy()
    typed["version"] = str(other.version)
    form.data = typed
    theirs = {
        "body": body_text(other.official.body),
        "changes": changes(form.official(), other.official) if is_valid else [],
        "who": names_of([last.person_id]).get(last.person_id, "") if last is not None else "",
        "when": last.at if last is not None else None,
    }
    return _page(request, other, form, status=409, other=theirs)


def _page(
    request: HttpRequest,
    found: Outgoing,
    form: WritingForm,
    *,
    status: int = 200,
    other: dict[str, Any] | None = None,
    problem: str = "",
) -> HttpResponse:
    context = {
        "section": SECTION,
        "outgoing": found,
        "form": form,
        "source": written_by(found),
        "about": about_of(request, found),
        "other": other,
        "problem": problem,
    }
    return render(request, "documents/outgoing/write.html", context, status=status)
