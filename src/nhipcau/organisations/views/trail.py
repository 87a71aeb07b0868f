"""The audit trail for auditors: one page, its file, and the proof that nobody touched it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nhipcau.core import audit, jobs, rooms
from nhipcau.core.actors import No, Refused
from nhipcau.core.forms import typed_day
from nhipcau.core.tables import csv_lines, download
from nhipcau.core.views import official

from .. import queries, rules
from ..models import Organisation
from ..queries.trail import TrailFilter, TrailRow, all_rows, latest_check, trail_events, trail_rows
from ._common import actor_of, organisation_or_404

PAGE = 50


@official
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first, with filters; how the chain stood when it was last walked."""
    about, wanted = _asked(request)
    page = Paginator(trail_events(actor_of(request), about, wanted), PAGE).get_page(request.GET.get("page"))
    length, head_hash = audit.head(about.pk)
    context = {
        "section": "trail",
        "organisation": about,
        "organisations": queries.reach(actor_of(request)).order_by("sort_key").only("public_id", "name")[:500],
        "wanted": wanted,
        "first_typed": request.GET.get("tu", "")[:20],
        "last_typed": request.GET.get("den", "")[:20],
        "acts": sorted(rooms.act_names().items(), key=lambda item: str(item[1])),
        "page_obj": page,
        "rows": trail_rows(page.object_list),
        "length": length,
        "head_hash": head_hash,
        "check": latest_check(about.pk),
    }
    return render(request, "organisations/trail.html", context)


@official
@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The same events as a table for a spreadsheet, all of them."""
    about, wanted = _asked(request)
    rows = all_rows(trail_events(actor_of(request), about, wanted))
    return download(csv_lines(_heads(), map(_cells, rows)), "csv", f"nhat-ky-{about.public_id}")


@official
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Have the chain walked anew; the page shows what was found."""
    about, _wanted = _asked(request)
    arguments = {"organisation_id": about.pk}
    if not jobs.waits("core.verify_trail", arguments):
        jobs.enqueue("core.verify_trail", arguments, person_id=actor_of(request).person_id)
    messages.success(request, _("Đang kiểm tra chuỗi nhật ký. Bạn tải lại trang sau ít giây để xem kết quả."))
    return redirect(f"{reverse('trail')}?{urlencode({'co-quan': about.public_id})}")


def _asked(request: HttpRequest) -> tuple[Organisation, TrailFilter]:
    """Whose trail is asked for, and which part of it. Raises ``Refused`` for who may not read it."""
    actor, asked = actor_of(request), request.POST if request.method == "POST" else request.GET
    public_id = asked.get("co-quan", "")[:10]
    about = organisation_or_404(public_id) if public_id else Organisation.objects.get(pk=actor.organisation_id or 0)
    answer = rules.may_read_trail(actor, about)
    if not answer:
        raise Refused(answer.reason if isinstance(answer, No) else "")
    wanted = TrailFilter(
        organisation=public_id,
        below=asked.get("cap-duoi") == "1",
        act=asked.get("viec", "")[:60].replace("\x00", ""),
        person=asked.get("nguoi", "")[:120].replace("\x00", "").strip(),
        first=typed_day(asked.get("tu", "")),  # a filter that nobody can read filters nothing
        last=typed_day(asked.get("den", "")),
    )
    return about, wanted


def _heads() -> list[str]:
    return [
        _("Lúc"),
        _("Cơ quan"),
        _("Người"),
        _("Việc"),
        _("Về"),
        _("Địa chỉ"),
        _("Mục đã đổi"),
        _("Số thứ tự"),
        _("Mã băm"),
    ]


def _cells(row: TrailRow) -> list[Any]:
    return [
        timezone.localtime(row.at).strftime("%d/%m/%Y %H:%M:%S"),
        row.organisation,
        row.person or _("hệ thống"),
        str(row.words),
        row.about.title if row.about else "",
        row.about.url if row.about else "",
        ", ".join(row.fields),
        row.seq,
        row.hash,
    ]
