"""A figure opens to what it was counted from; it can be stated otherwise for a reason; rows as files."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nhipcau.core.actors import No, Refused
from nhipcau.core.tables import TYPES, csv_lines, download, xlsx_file
from nhipcau.core.views import official
from nhipcau.plans.models import NO_DATE

from .. import actions, rules
from ..models import Report, ReportFigure, ReportRow
from ..queries.behind import Behind, behind, picked
from ..queries.reading import collects
from ..queries.showing import contradictions_of
from ..writing import status as status_of
from .report_common import SECTION, actor_of, found_or_404, is_part, number_from

PAGE = 50


@official
@require_http_methods(["GET", "HEAD", "POST"])
def figure(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """The rows behind a figure; posted: another value with its reason, or the register's again."""
    report = found_or_404(request, public_id)
    found = _figure_or_404(report, key)
    if request.method != "POST":
        return _page(request, report, found)
    actor = actor_of(request)
    if isinstance(refusal := rules.may_write(actor, report), No):
        raise Refused(refusal.reason)
    try:
        if request.POST.get("do") == "restore":
            actions.restore_figure(actor, report, key)
        else:
            _edit(request, report, key)
    except Refused as problem:
        fresh = _figure_or_404(report, key)
        return _page(request, report, fresh, problem=problem.reason, typed=request.POST, status=422)
    messages.success(request, _("Đã lưu số liệu. Các câu chưa sửa tay đã theo số mới."))
    for one in contradictions_of(report, list(report.figures.all()), is_merged=collects(report)):
        if key in one.keys:
            messages.warning(request, one.words)
    return redirect("report_figure", report.public_id, key)


def _edit(request: HttpRequest, report: Report, key: str) -> None:
    value, seen = number_from(request.POST.get("value", "")), number_from(request.POST.get("seen", ""))
    if value is None:
        raise Refused(_("Bạn hãy ghi một số nguyên từ 0 trở lên, ví dụ 12 hoặc 1.234."))
    reason = request.POST.get("reason", "")
    actions.edit_figure(actor_of(request), report, key, value=value, reason=reason, seen=-1 if seen is None else seen)


def _page(request: HttpRequest, report: Report, found: ReportFigure, *, status: int = 200, **more: Any) -> HttpResponse:
    given = behind(actor_of(request), report, found)
    rows = _wanted(request, given)
    listed: list[Any] = given.others if given.is_of_another_room else rows
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    as_of = min(report.round.last, timezone.localdate())
    context: dict[str, Any] = {
        "section": SECTION,
        "report": report,
        "round": report.round,
        "figure": found,
        "behind": given,
        "page_obj": page,
        "count": len(listed),
        "lines": [] if given.is_of_another_room else [(row, status_of(row, as_of)) for row in page.object_list],
        "q": _asked(request, "q"),
        "unit": _asked(request, "unit"),
        "several": len(given.units) > 1,
        "may_edit": bool(rules.may_write(actor_of(request), report)),
    }
    template = "reporting/report_figure_rows.html" if is_part(request) else "reporting/report_figure.html"
    response = render(request, template, context | more, status=status)
    response["Vary"] = "HX-Request"
    return response


@official
@require_safe
def figure_file(request: HttpRequest, public_id: str, key: str, form: str) -> HttpResponseBase:
    """The rows behind a figure as they are filtered, as CSV or XLSX."""
    if form not in TYPES:
        raise Http404
    report = found_or_404(request, public_id)
    found = _figure_or_404(report, key)
    given = behind(actor_of(request), report, found)
    as_of = min(report.round.last, timezone.localdate())
    name = f"{key.replace('.', '-')}-{report.public_id}"
    if given.is_of_another_room:
        heads, widths, days = [_("Ngày"), _("Nội dung"), _("Chi tiết"), _("Địa chỉ")], [12, 70, 60, 50], (0,)
        table = ([one.on, one.words, one.detail, f"{settings.SITE_URL}{one.url}"] for one in given.others)
    else:
        heads = [_("Cơ quan"), _("Mã"), _("Nhiệm vụ"), _("Thời hạn"), _("Tình hình"), _("Lời báo cáo"), _("Minh chứng")]
        widths, days = [32, 10, 60, 12, 40, 60, 40], (3,)
        table = (_row(row, as_of) for row in _wanted(request, given))
    if form == "csv":
        return download(csv_lines(heads, table), form, name)
    return download(xlsx_file(_("Số liệu"), heads, widths, table, dates=days), form, name)


@official
@require_safe
def figures_file(request: HttpRequest, public_id: str, form: str) -> HttpResponseBase:
    """All figures of the report, as CSV or XLSX: what it states, what the register gives, the round before."""
    if form not in TYPES:
        raise Http404
    report = found_or_404(request, public_id)
    heads = [_("Mã"), _("Chỉ tiêu"), _("Đơn vị tính"), _("Kỳ này"), _("Theo sổ"), _("Kỳ trước"), _("Lý do khác sổ")]
    table = (
        [one.key, one.label, one.unit, one.shown, one.value, one.before, one.reason] for one in report.figures.all()
    )
    name = f"so-lieu-{report.public_id}"
    if form == "csv":
        return download(csv_lines(heads, table), form, name)
    return download(xlsx_file(_("Số liệu"), heads, [20, 40, 14, 12, 12, 12, 40], table), form, name)


def _row(row: ReportRow, as_of: dt.date) -> list[Any]:
    return [
        row.organisation.name,
        row.task.code,
        " ".join(row.task.text.split()),
        row.due if row.due != NO_DATE else None,
        status_of(row, as_of),
        row.word,
        "; ".join(str(one["name"]) for one in row.evidence),
    ]


def _figure_or_404(report: Report, key: str) -> ReportFigure:
    found = report.figures.filter(key=key).first()
    if found is None:
        raise Http404
    return found


def _wanted(request: HttpRequest, given: Behind) -> list[ReportRow]:
    return picked(given.rows, q=_asked(request, "q"), unit=_asked(request, "unit"))


def _asked(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "").strip()[:200]
