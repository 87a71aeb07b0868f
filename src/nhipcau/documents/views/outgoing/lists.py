"""The documents of the house: what waits for the reader first, then everything by filter; and what has arrived."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nhipcau.core.tables import TYPES, csv_lines, download, xlsx_file
from nhipcau.core.views import official

from ...models import Outgoing
from ...queries.outgoing import listed
from ...queries.outgoing.people import names_of
from ...rules import outgoing as rules
from .common import SECTION, actor_of

PAGE = 50
MOST_EXPORTED = 20_000


@official
@require_safe
def outgoings(request: HttpRequest) -> HttpResponse:
    """The documents of the reader's organisation."""
    actor = actor_of(request)
    wanted = listed.OutgoingFilter.of(request.GET)
    rows = listed.filtered(listed.own_outgoings(actor), wanted)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    types, years = listed.choices(actor)
    context: dict[str, Any] = {
        "section": SECTION,
        "tab": "outgoing",
        "wanted": wanted,
        "states": listed.STATES,
        "types": types,
        "years": years,
        "page_obj": page,
        "count": page.paginator.count,
        "unopened": listed.unopened(actor).count(),
        "may_draft": rules.drafts_for(actor, actor.organisation_id or 0),
        "several": any(row.organisation_id != actor.organisation_id for row in page.object_list),
    }
    is_part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    if not is_part:
        context["waiting"] = listed.to_do(actor)
    template = "documents/outgoing/list.html" if is_part else "documents/outgoing/outgoings.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


@official
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list as it is filtered, as CSV or XLSX."""
    if form not in TYPES:
        raise Http404
    rows = listed.filtered(listed.own_outgoings(actor_of(request)), listed.OutgoingFilter.of(request.GET))
    heads = [_("Loại"), _("Số, ký hiệu"), _("Ngày"), _("Trích yếu"), _("Cơ quan"), _("Tình trạng"), _("Ngày gửi")]
    table = (_row(row) for row in rows[:MOST_EXPORTED])
    if form == "csv":
        return download(csv_lines(heads, table), form, "van-ban-di")
    made = xlsx_file(_("Văn bản đi"), heads, [14, 18, 12, 60, 30, 20, 12], table, dates=(2, 6))
    return download(made, form, "van-ban-di")


def _row(row: Outgoing) -> list[Any]:
    sent = timezone.localtime(row.sent_at).date() if row.sent_at else None
    return [
        row.doc_type,
        row.symbol,
        row.date,
        row.subject,
        row.organisation.name,
        str(row.get_state_display()),
        sent,
    ]


@official
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """What was sent to the reader's organisation within this house: what nobody has opened first."""
    actor = actor_of(request)
    page = Paginator(listed.received(actor), PAGE).get_page(request.GET.get("page"))
    context = {
        "section": SECTION,
        "tab": "received",
        "page_obj": page,
        "count": page.paginator.count,
        "unopened": listed.unopened(actor).count(),
        "names": names_of(row.opened_by for row in page.object_list),
    }
    return render(request, "documents/outgoing/received.html", context)
