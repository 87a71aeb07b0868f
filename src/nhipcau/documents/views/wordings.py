"""The words of an organisation's documents: the list, one kind with its preview, and back to the shipped words."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nhipcau.core import rooms
from nhipcau.core.actors import Actor, No, Refused
from nhipcau.core.models import User
from nhipcau.core.rooms import Paper
from nhipcau.core.views import official
from nhipcau.organisations.models import Organisation
from vanban.official import OfficialDocument, Unprintable

from ..actions.wordings import ChangedMeanwhile, drop_wording, keep_wording
from ..models import Wording
from ..queries import papers as queries
from ..queries.files import FORMS
from ..rules.wordings import may_keep_wording
from ..wording import Unfilled, Words
from ..wording_form import WordingForm


@official
@require_safe
def wordings(request: HttpRequest) -> HttpResponse:
    """Every kind of document that can be written from data, and whose words it is written in. One query."""
    actor = _actor(request)
    own = {row.kind: row for row in Wording.objects.filter(organisation_id=actor.organisation_id or 0)}
    rows = [
        {"paper": paper, "own": own.get(paper.kind), "doc_type": _type(paper, own.get(paper.kind))}
        for paper in rooms.papers("")
    ]
    context = {"section": "outgoings", "rows": rows, "may_keep": bool(may_keep_wording(actor))}
    return render(request, "documents/papers/wordings.html", context)


@official
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: HttpRequest, kind: str) -> HttpResponse:
    """The words of one kind of document: read, try, save."""
    actor, paper, organisation = _kept(request, kind)
    own = queries.own_wording(organisation.pk, kind)
    if request.method != "POST":
        words = Words.of(own.words) if own is not None else queries.shipped(paper)
        initial = {**words.to_dict(), "version": own.version if own else 0}
        form = WordingForm(initial=initial, paper=paper, organisation=organisation)
        return _page(request, form, own, _sample(organisation, paper, words))
    form = WordingForm(request.POST, paper=paper, organisation=organisation)
    if not form.is_valid() or request.POST.get("do") == "preview":
        return _page(request, form, own, form.sample, status=422 if form.errors else 200)
    try:
        keep_wording(actor, kind, form.words(), version=form.cleaned_data["version"] or 0)
    except ChangedMeanwhile as refusal:
        form.add_error(None, refusal.reason)
        return _page(request, form, own, form.sample, status=409)
    messages.success(request, _("Đã lưu mẫu «%(name)s». Văn bản soạn từ nay dùng lời này.") % {"name": paper.label})
    return redirect("wordings")


@official
@require_POST
def preview_wording(request: HttpRequest, kind: str) -> HttpResponse:
    """The sample in the words that are being typed, for the part of the page that shows it."""
    _actor_of, paper, organisation = _kept(request, kind)
    form = WordingForm(request.POST, paper=paper, organisation=organisation)
    form.is_valid()
    return render(request, "documents/papers/preview.html", {"form": form, "official": form.sample})


@official
@require_POST
def drop(request: HttpRequest, kind: str) -> HttpResponse:
    """Back to the words that come with the software."""
    actor, paper, _organisation = _kept(request, kind)
    if drop_wording(actor, kind):
        messages.success(request, _("Mẫu «%(name)s» lại dùng lời có sẵn.") % {"name": paper.label})
    return redirect("wordings")


@official
@require_safe
def sample_file(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """The sample as it is printed in the saved words: docx or pdf."""
    actor, paper = _actor(request), _paper(kind)
    organisation = Organisation.objects.filter(pk=actor.organisation_id or 0).first()
    if form not in FORMS or organisation is None:
        raise Http404
    official_document = _sample(organisation, paper, queries.words_for(paper, organisation.pk))
    if official_document is None:
        raise Http404
    media_type, write = FORMS[form]
    try:
        body = write(official_document)
    except Unprintable:
        raise Http404 from None
    disposition = content_disposition_header(as_attachment=True, filename=f"mau-{kind.replace('.', '-')}.{form}")
    return HttpResponse(body, content_type=media_type, headers={"Content-Disposition": disposition or "attachment"})


def _page(
    request: HttpRequest, form: WordingForm, own: Wording | None, sample: OfficialDocument | None, status: int = 200
) -> HttpResponse:
    blocks = set(form.paper_blocks())
    context: dict[str, Any] = {
        "section": "outgoings",
        "form": form,
        "paper": form.paper,
        "own": own,
        "who": User.objects.filter(pk=own.person_id or 0).values_list("name", flat=True).first() if own else "",
        "official": sample,
        "names": [(f"{{{name}}}", label, name in blocks) for name, label in queries.names_of(form.paper).items()],
    }
    return render(request, "documents/papers/wording.html", context, status=status)


def _sample(organisation: Organisation, paper: Paper, words: Words) -> OfficialDocument | None:
    try:
        return queries.sampled(organisation, paper, words)
    except Unfilled:  # words saved before a name was given up: the form tells which
        return None


def _kept(request: HttpRequest, kind: str) -> tuple[Actor, Paper, Organisation]:
    """Who may keep these words, of which kind, for whom."""
    actor, paper = _actor(request), _paper(kind)
    if isinstance(refusal := may_keep_wording(actor), No):
        raise Refused(refusal.reason)
    organisation = Organisation.objects.filter(pk=actor.organisation_id or 0).first()
    if organisation is None:
        raise Http404
    return actor, paper, organisation


def _type(paper: Paper, own: Wording | None) -> str:
    return Words.of(own.words).doc_type if own is not None else queries.shipped(paper).doc_type


def _paper(kind: str) -> Paper:
    paper = rooms.paper(kind)
    if paper is None:
        raise Http404
    return paper


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]
