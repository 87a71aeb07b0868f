"""The book of what arrives: by year, found by words; entered on paper or from this house, put right, made void, printed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nhipcau.core.actors import No, Refused
from nhipcau.core.tables import TYPES, csv_lines, download, xlsx_file
from nhipcau.core.views import official

from ...actions import arriving as actions
from ...actions.outgoing import Irregular
from ...forms.arriving import ArrivalForm
from ...models import Addressee, Arrival
from ...queries import arriving
from ...queries.files import FORMS
from ...queries.outgoing import listed
from ...queries.outgoing.people import names_of
from ...queries.printed_books import arrival_book
from ...rules import arriving as rules
from ...rules.outgoing import keeps_numbers
from .common import SECTION, actor_of, own_organisation, printed_book, words_of, year_of

PAGE = 100
_WAITING = 30  # that have arrived and stand in no book, shown at once


@official
@require_http_methods(["GET", "HEAD", "POST"])
def arrivals(request: HttpRequest) -> HttpResponse:
    """GET: the book of a year. POST: another line."""
    actor = actor_of(request)
    today = timezone.localdate()
    form = ArrivalForm(request.POST if request.method == "POST" else None, initial={"date": today})
    problem, asks = "", False
    if request.method == "POST":
        organisation = own_organisation(request)
        if isinstance(refusal := rules.may_keep_arrivals(actor, organisation=organisation), No):
            raise Refused(refusal.reason)
        if form.is_valid():
            try:
                sure = form.cleaned_data["sure"]
                made = actions.enter_arrival(actor, form.entry(), organisation=organisation, sure=sure)
                return _entered(request, made)
            except Refused as refused:
                problem, asks = refused.reason, isinstance(refused, Irregular)
    year, q = year_of(request), words_of(request)
    page = Paginator(arriving.arrivals_of(actor, year=year, q=q), PAGE).get_page(request.GET.get("page"))
    keeps = keeps_numbers(actor, actor.organisation_id or 0)
    waiting = arriving.unentered(actor) if keeps else Addressee.objects.none()
    context: dict[str, Any] = {
        "section": SECTION,
        "tab": "arrivals",
        "year": year,
        "years": sorted({today.year, *arriving.years_of(actor)}, reverse=True),
        "q": q,
        "page_obj": page,
        "count": page.paginator.count,
        "names": names_of(row.person_id for row in page.object_list),
        "keeps": keeps,
        "waiting": arriving.with_their_days(waiting[:_WAITING], today),
        "waiting_count": waiting.count(),
        "form": form,
        "problem": problem,
        "asks": asks,
        "unopened": listed.unopened(actor).count(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "documents/outgoing/arrivals.html", context, status=status)


def _entered(request: HttpRequest, made: Arrival) -> HttpResponse:
    said = _("Đã vào sổ: số đến %(number)d ngày %(date)s.")
    messages.success(request, said % {"number": made.number, "date": f"{made.date:%d/%m/%Y}"})
    return redirect(f"{reverse('arrivals')}?year={made.year}")


@official
@require_POST
def enter_received(request: HttpRequest, public_id: str) -> HttpResponse:
    """Enter what was sent within this house."""
    actor = actor_of(request)
    rows = Addressee.objects.filter(organisation=actor.organisation_id or 0, sent_at__isnull=False)
    row = rows.select_related("outgoing__organisation").filter(outgoing__public_id=public_id).first()
    if row is None:
        raise Http404
    return _entered(request, actions.enter_received(actor, row, handler=request.POST.get("handler", "")[:250]))


@official
@require_http_methods(["GET", "HEAD", "POST"])
def arrival(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET: one line. POST: put it right, or (``do`` = "void") make its number void."""
    actor = actor_of(request)
    row = arriving.visible_arrivals(actor).select_related("organisation").filter(public_id=public_id).first()
    if row is None:
        raise Http404
    may = rules.may_change_arrival(actor, row)
    if isinstance(may, No) and request.method == "POST":
        raise Refused(may.reason)
    is_void = request.POST.get("do") == "void"
    form = ArrivalForm(request.POST if request.method == "POST" and not is_void else None, arrival=row)
    problem = ""
    if request.method == "POST" and (is_void or form.is_valid()):
        try:
            if is_void:
                actions.void_arrival(actor, row, reason=request.POST.get("reason", ""))
            else:
                actions.change_arrival(actor, row, form.entry(), version=form.cleaned_data["version"] or 0)
        except actions.Outdated as outdated:  # what was typed stays; the next saving knows what it writes over
            problem, row = outdated.reason, outdated.arrival
            typed = request.POST.copy()
            typed["version"] = str(row.version)
            form.data = typed
        except Refused as refused:
            problem = refused.reason
        else:
            messages.success(request, _("Đã ghi."))
            return redirect("arrival", row.public_id)
    context = {
        "section": SECTION,
        "row": row,
        "form": form,
        "may": bool(may),
        "problem": problem,
        "who": names_of([row.person_id]).get(row.person_id, ""),
    }
    is_wrong = bool(problem) or form.is_bound
    return render(request, "documents/outgoing/arrival.html", context, status=422 if is_wrong else 200)


@official
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The book as it is filtered: CSV, XLSX; or printed whole (PDF, DOCX)."""
    actor, year = actor_of(request), year_of(request)
    name = f"so-van-ban-den-{year}"
    rows = arriving.arrivals_of(actor, year=year, q="" if form in FORMS else words_of(request))
    if form in FORMS:
        today = timezone.localdate()
        return printed_book(arrival_book(own_organisation(request), rows, year=year, on=today), form, name)
    if form not in TYPES:
        raise Http404
    heads, table = [str(head) for head in arriving.HEADS], arriving.table_rows(rows.order_by("number"))
    if form == "csv":
        return download(csv_lines(heads, table), form, name)
    made = xlsx_file(_("Sổ văn bản đến"), heads, arriving.WIDTHS, table, dates=arriving.DATES)
    return download(made, form, name)
