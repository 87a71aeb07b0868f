"""What these pages share."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core import refs
from nhipcau.core.actors import Actor, Refused
from nhipcau.core.tables import download
from nhipcau.organisations.models import Organisation

from ...books import MOST_PRINTED, PrintedBook, book_docx, book_pdf
from ...models import Outgoing
from ...queries.files import DOCX_TYPE, PDF_TYPE
from ...queries.outgoing import visible_outgoing

SECTION = "outgoings"


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, in whose name."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def found_or_404(request: HttpRequest, public_id: str) -> Outgoing:
    """The document, as far as it exists for the reader."""
    found = visible_outgoing(actor_of(request), public_id)
    if found is None:
        raise Http404
    return found


def about_of(request: HttpRequest, found: Outgoing) -> refs.Shown | None:
    """What it was made from, where the reader may see it."""
    ref = refs.Ref.of(f"{found.about_kind}:{found.about_id}") if found.about_kind else None
    shown = refs.shown(actor_of(request), [ref])[ref] if ref is not None else None
    return None if shown is None or shown.is_hidden else shown


def version_of(request: HttpRequest) -> int:
    """The version of the document that the sender of a form saw; 0 where the form does not say."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else 0


def printed_book(book: PrintedBook, form: str, name: str) -> HttpResponseBase:
    """A book of the office as a file to print ("pdf", "docx"). Raises ``Refused`` where it is too long for a PDF."""
    today = timezone.localdate()
    if form == "docx":
        return download([book_docx(book, today)], form, name, DOCX_TYPE)
    if len(list(book.rows)) > MOST_PRINTED:
        said = _(
            "Sổ dài quá %(most)s dòng nên không in một lần được. Bạn hãy lọc theo loại văn bản, hoặc tải DOCX, XLSX."
        )
        raise Refused(said % {"most": f"{MOST_PRINTED:,}".replace(",", ".")})
    return download([book_pdf(book, today)], form, name, PDF_TYPE)


def year_of(request: HttpRequest) -> int:
    """The year that an address asks for; this one where it makes no sense."""
    text = request.GET.get("year", "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else timezone.localdate().year


def words_of(request: HttpRequest) -> str:
    """The words that an address asks for."""
    return request.GET.get("q", "").replace("\x00", "").strip()[:200]


def own_organisation(request: HttpRequest) -> Organisation:
    """The organisation in whose name the reader acts."""
    found = Organisation.objects.select_related("parent").filter(pk=actor_of(request).organisation_id or 0).first()
    if found is None:
        raise Http404
    return found
