"""The register of numbers: by year and type, with what explains every number; keeping one free, making one void."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nhipcau.core.actors import Refused
from nhipcau.core.tables import TYPES, csv_lines, download, xlsx_file
from nhipcau.core.views import official

from ...actions import outgoing as actions
from ...forms import BeginForm, ReserveForm, UseForm
from ...models import RegisterNumber
from ...queries.files import FORMS
from ...queries.outgoing import listed, register
from ...queries.outgoing.explained import notes_of
from ...queries.outgoing.people import names_of
from ...queries.printed_books import number_book
from ...rules import outgoing as rules
from .common import SECTION, actor_of, own_organisation, printed_book, words_of, year_of

PAGE = 100


@official
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """The register of the reader's organisation in a year."""
    return _page(request)


def _page(
    request: HttpRequest,
    *,
    do: str = "",
    form: forms.Form | None = None,
    problem: str = "",
    row: RegisterNumber | None = None,
) -> HttpResponse:
    actor, today = actor_of(request), timezone.localdate()
    year, doc_type, state = _wanted(request)
    q, books = words_of(request), register.books(actor, year)
    rows = register.numbers_of(actor, year=year, doc_type=doc_type, state=state, q=q)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    keeps = rules.keeps_numbers(actor, actor.organisation_id or 0)
    context: dict[str, Any] = {
        "section": SECTION,
        "tab": "numbers",
        "year": year,
        "years": sorted({today.year, *register.years_of(actor)}, reverse=True),
        "doc_type": doc_type,
        "state": state,
        "q": q,
        "states": RegisterNumber.State.choices,
        "books": books,
        "page_obj": page,
        "count": page.paginator.count,
        "names": names_of(row.person_id for row in page.object_list),
        "notes": notes_of(list(page.object_list)),
        "keeps": keeps,
        "missing": sum(book.missing for book in books),
        "reserve": form if do == "reserve" else ReserveForm(initial={"date": today, "doc_type": doc_type}),
        "use": form if do == "use" else UseForm(initial={"date": today}),
        "begin": form if do == "begin" else BeginForm(initial={"date": today, "doc_type": doc_type}),
        "do": do,
        "row_used": row,
        "wrong": form if form is not None and form.errors else None,
        "problem": problem,
        "unopened": listed.unopened(actor).count(),
    }
    return render(request, "documents/outgoing/numbers.html", context, status=422 if do else 200)


def _wanted(request: HttpRequest) -> tuple[int, str, str]:
    given = {name: request.GET.get(name, "").replace("\x00", "").strip()[:60] for name in ("type", "state")}
    year = year_of(request)
    doc_type = given["type"] if register.known_type(given["type"]) else ""
    return year, doc_type, given["state"] if given["state"] in RegisterNumber.State.values else ""


@official
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The register as it is filtered: CSV, XLSX; or printed as the book that is kept (PDF, DOCX), of one type or of all."""
    year, doc_type, state = _wanted(request)
    actor, name = actor_of(request), f"so-van-ban-{year}"
    if form in FORMS:  # a book is printed whole, whatever was looked for in it
        rows, today = list(register.numbers_of(actor, year=year, doc_type=doc_type)), timezone.localdate()
        return printed_book(
            number_book(own_organisation(request), rows, year=year, doc_type=doc_type, on=today), form, name
        )
    if form not in TYPES:
        raise Http404
    rows = list(register.numbers_of(actor, year=year, doc_type=doc_type, state=state, q=words_of(request)))
    heads = [str(head) for head in register.HEADS]
    table = register.table_rows(rows, names_of(row.person_id for row in rows))
    if form == "csv":
        return download(csv_lines(heads, table), form, name)
    return download(xlsx_file(_("Sổ văn bản"), heads, register.WIDTHS, table, dates=(2,)), form, name)


@official
@require_POST
def reserve(request: HttpRequest) -> HttpResponse:
    """Keep the next number free."""
    form = ReserveForm(request.POST)
    return _done(request, "reserve", form, _reserved)


@official
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Go on from where the register on paper ends."""
    form = BeginForm(request.POST)
    return _done(request, "begin", form, _begun)


@official
@require_POST
def use(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say which document on paper bears a number that was kept free."""
    row = _number_or_404(request, public_id)
    form = UseForm(request.POST)
    if not rules.keeps_numbers(actor_of(request), row.organisation_id):
        raise Refused(_("Số văn bản do cán bộ và điều phối của cơ quan lấy."))
    if not form.is_valid():
        return _page(request, do="use", form=form, row=row)
    try:
        actions.use_number(actor_of(request), row, **form.cleaned_data)
    except Refused as refusal:
        return _page(request, do="use", form=form, problem=refusal.reason, row=row)
    messages.success(request, _("Số %(symbol)s đã dùng cho văn bản giấy.") % {"symbol": row.symbol})
    return redirect(f"{reverse('register_of_numbers')}?year={row.numbering.year}&type={row.numbering.doc_type}")


def _number_or_404(request: HttpRequest, public_id: str) -> RegisterNumber:
    rows = register.visible_numbers(actor_of(request)).select_related("numbering")
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return row


@official
@require_POST
def void(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make a number void."""
    row = _number_or_404(request, public_id)
    try:
        actions.void_number(actor_of(request), row, reason=request.POST.get("reason", "")[:2000])
    except Refused as refusal:
        if not rules.may_void(actor_of(request), row):
            raise
        return _page(request, do="void", problem=refusal.reason)
    messages.success(request, _("Đã hủy số %(symbol)s.") % {"symbol": row.symbol})
    return redirect(f"{reverse('register_of_numbers')}?year={row.numbering.year}&type={row.numbering.doc_type}")


def _done(request: HttpRequest, do: str, form: Any, act: Any) -> HttpResponse:
    organisation = own_organisation(request)
    if not rules.keeps_numbers(actor_of(request), organisation.pk):
        raise Refused(_("Số văn bản do cán bộ và điều phối của cơ quan lấy."))
    if not form.is_valid():
        return _page(request, do=do, form=form)
    try:
        said, address = act(request, form.cleaned_data, organisation)
    except Refused as refusal:
        return _page(request, do=do, form=form, problem=refusal.reason)
    messages.success(request, said)
    return redirect(address)


def _reserved(request: HttpRequest, given: dict[str, Any], organisation: Any) -> tuple[str, str]:
    names = ("code", "subject", "date", "sure")
    wanted = {name: given[name] for name in names}
    row = actions.reserve_number(actor_of(request), given["doc_type"], organisation=organisation, once=True, **wanted)
    said = _("Đã giữ số %(symbol)s.") % {"symbol": row.symbol}
    return said, f"{reverse('register_of_numbers')}?year={row.date.year}&type={given['doc_type']}"


def _begun(request: HttpRequest, given: dict[str, Any], organisation: Any) -> tuple[str, str]:
    day, last = given["date"], given["last"]
    actions.begin_register(
        actor_of(request), given["doc_type"], organisation=organisation, year=day.year, last=last, date=day
    )
    said = _("Đã ghi số cuối trên sổ giấy là %(last)d. Số tiếp theo: %(next)d.") % {"last": last, "next": last + 1}
    return said, f"{reverse('register_of_numbers')}?year={day.year}&type={given['doc_type']}"
