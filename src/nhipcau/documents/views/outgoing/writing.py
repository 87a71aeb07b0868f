"""A document is begun and written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.core import rooms
from nhipcau.core.actors import No, Refused
from nhipcau.core.views import official
from vanban.official import Table, text_of
from vanban.official.plaintext import kept_in, place_names

from ...actions import outgoing as actions
from ...forms import NewForm, WritingForm
from ...models import Outgoing
from ...queries.outgoing.blank import blank
from ...queries.outgoing.people import names_of
from ...rules import outgoing as rules
from .common import SECTION, actor_of, found_or_404, own_organisation


@official
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """A new document: its type and what it is about; its head and foot are filled in."""
    organisation = own_organisation(request)
    if isinstance(refusal := rules.may_draft(actor_of(request), organisation=organisation), No):
        raise Refused(refusal.reason)
    form = NewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        content = blank(organisation, form.cleaned_data["doc_type"], form.cleaned_data["subject"])
        made = actions.draft_document(actor_of(request), content, organisation=organisation)
        return redirect("write_outgoing", made.public_id)
    context = {"section": SECTION, "form": form, "papers": rooms.papers("")}
    return render(request, "documents/outgoing/begin.html", context, status=422 if form.errors else 200)


@official
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, public_id: str) -> HttpResponse:
    """The document as its writers change it. Who writes on what somebody else has changed meanwhile is told, keeps what
    was typed, and sees the other's words beside it."""
    found = found_or_404(request, public_id)
    if isinstance(refusal := rules.may_edit(actor_of(request), found), No):
        raise Refused(refusal.reason)
    form = WritingForm(request.POST if request.method == "POST" else None, outgoing=found)
    other: Outgoing | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.edit_document(
                actor_of(request),
                found,
                form.official(),
                version=form.cleaned_data["version"],
                addressees=form.addressees_here(),
            )
        except actions.Outdated as outdated:
            other = outdated.outgoing
            typed = request.POST.copy()  # what was typed stays; the next saving knows what it writes over
            typed["version"] = str(other.version)
            form.data = typed
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("outgoing" if "xong" in request.POST else "write_outgoing", made.public_id)
    return render(request, "documents/outgoing/write.html", _context(found, form, other), status=_status(form, other))


def _status(form: WritingForm, other: Outgoing | None) -> int:
    if other is not None:
        return 409
    return 422 if form.is_bound and not form.is_valid() else 200


def _context(found: Outgoing, form: WritingForm, other: Outgoing | None) -> dict[str, Any]:
    last = found.steps.order_by("-pk").first() if other is not None else None
    return {
        "section": SECTION,
        "outgoing": found,
        "form": form,
        "kept": _kept(found),
        "other": WritingForm(outgoing=other) if other is not None else None,
        "who": names_of([last.person_id]).get(last.person_id, "") if last is not None else "",
        "when": last.at if last is not None else None,
    }


def _kept(found: Outgoing) -> list[tuple[str, str]]:
    """What stands for each table and picture of the body, and what it is."""
    kept = kept_in(found.official.body)
    said = []
    for name, block in zip(place_names(kept), kept, strict=True):
        if isinstance(block, Table):
            heads = [" ".join(text_of(line) for line in cell.lines) for cell in block.rows[0]] if block.rows else []
            size = _("%(rows)d dòng, %(columns)d cột") % {"rows": len(block.rows), "columns": len(block.widths)}
            said.append((name, f"{size}: {' | '.join(heads)}"[:160]))
        else:
            said.append((name, block.alt.partition(". ")[0][:160]))  # its title; the figures follow it
    return said
