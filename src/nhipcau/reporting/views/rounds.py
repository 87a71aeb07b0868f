"""A round of reports: who has sent, who is reminded, moved and closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from nhipcau.core import tables
from nhipcau.core.actors import Actor, No, Refused
from nhipcau.core.timekeeping import work_calendar
from nhipcau.core.views import official

from .. import rules
from ..actions import chase_reports, close_round, move_round
from ..forms import MoveForm
from ..models import Round
from ..printing import period_words
from ..queries.rounds import STATES, Line, RoundPage, round_page, visible_round
from ..words import due_words, typed_moment


@official
@require_safe
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page of a round."""
    return _shown(request, round_or_404(request, public_id))


def _shown(
    request: HttpRequest, found: Round, *, move: MoveForm | None = None, words: str | None = None, problem: str = ""
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = timezone.now()
    state = request.GET.get("state", "")
    q = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    page = round_page(actor, found, state, now, q)
    is_collector = bool(rules.may_run(actor, found))
    receives = any(line.report.receiver_id == actor.organisation_id for line in page.lines) or is_collector
    may_chase = bool(rules.may_chase(actor, found)) and (receives or found.organisation_id == actor.organisation_id)
    context = {
        "section": "reports",
        "round": found,
        "period": period_words(found),
        "page": page,
        "state": state if state in STATES else "",
        "q": q,
        "chips": _chips(page, state, q),
        "may_run": is_collector,
        "may_chase": may_chase and _waits(actor, page),
        "waits": _waits(actor, page),
        "is_own": found.organisation_id == actor.organisation_id,
        "chase_words": words if words is not None else opening_words(found),
        "move": move or MoveForm(initial={"due": typed_moment(found.due_at)}),
        "problem": problem,
        "due": _due(found, now),
        "query": request.GET.urlencode(),
    }
    status = 409 if problem else 400 if move is not None and move.errors else 200
    return render(request, "reporting/round.html", context, status=status)


def _due(found: Round, now: dt.datetime) -> str:
    return due_words(found.due_at, timezone.localdate(now), work_calendar())


def _waits(actor: Actor, page: RoundPage) -> int:
    """How many the actor may remind."""
    if page.round.organisation_id == actor.organisation_id:
        return page.counts["waiting"] + page.counts["asked"]
    rows = [line.report for line in page.lines if line.report.receiver_id == actor.organisation_id]
    return sum(row.sent_at is None or row.state == row.State.ASKED for row in rows)


def _chips(page: RoundPage, state: str, q: str) -> list[dict[str, Any]]:
    """The figures of the round, each the door to its rows."""
    labels = {
        "": _("Tất cả"),
        "sent": _("Đã gửi"),
        "late": _("Quá hạn chưa gửi"),
        "waiting": _("Chưa gửi"),
        "sent_late": _("Gửi chậm"),
        "asked": _("Chờ bổ sung"),
        "accepted": _("Đã chấp nhận"),
    }
    chips = []
    for name, label in labels.items():
        query = QueryDict(mutable=True)
        query.update({key: value for key, value in (("state", name), ("q", q)) if value})
        chips.append(
            {
                "label": label,
                "count": page.counts[name or "all"],
                "url": f"?{query.urlencode()}" if query else "?",
                "current": (state if state in STATES else "") == name,
            }
        )
    return chips


def opening_words(found: Round) -> str:
    """The ready words of a reminder; whoever sends it may change them."""
    return _("Đề nghị đơn vị hoàn thiện và gửi báo cáo đúng hạn. Có vướng mắc gì, đơn vị phản hồi ngay để được hỗ trợ.")


@official
@require_POST
def act_on(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is done with a round: reminding, another due moment, closing."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = round_or_404(request, public_id)
    do = request.POST.get("do", "")
    try:
        if do == "chase":
            return _chase(request, actor, found)
        if do == "move":
            return _move(request, actor, found)
        if do == "close":
            close_round(actor, found)
            messages.success(request, _("Đã đóng kỳ báo cáo. Không ai bị nhắc nữa; báo cáo đã gửi vẫn đọc được."))
            return redirect("round", found.public_id)
    except Refused as refusal:
        answer = rules.may_chase(actor, found) if do == "chase" else rules.may_run(actor, found)
        if isinstance(answer, No):
            raise
        return _shown(request, found, problem=refusal.reason, words=request.POST.get("words"))
    return redirect("round", found.public_id)


def _chase(request: HttpRequest, actor: Actor, found: Round) -> HttpResponse:
    chosen = request.POST.getlist("report")
    keys = None
    if chosen:
        keys = list(found.reports.filter(public_id__in=chosen[:2000]).values_list("pk", flat=True))
    count = chase_reports(actor, found, words=request.POST.get("words", opening_words(found)), reports=keys)
    said = ngettext("Đã nhắc %(n)s đơn vị chưa gửi báo cáo.", "Đã nhắc %(n)s đơn vị chưa gửi báo cáo.", count)
    messages.success(request, said % {"n": count})
    return redirect("round", found.public_id)


def _move(request: HttpRequest, actor: Actor, found: Round) -> HttpResponse:
    if isinstance(answer := rules.may_run(actor, found), No):
        raise Refused(answer.reason)
    form = MoveForm(request.POST)
    if not form.is_valid() or not form.is_told:
        return _shown(request, found, move=form)
    move_round(actor, found, due_at=form.cleaned_data["due_at"], reason=form.cleaned_data["reason"])
    messages.success(request, _("Đã đổi thời hạn. Các đơn vị chưa gửi đã được báo hạn mới của mình."))
    return redirect("round", found.public_id)


@official
@require_safe
def export(request: HttpRequest, public_id: str, form: str) -> HttpResponseBase:
    """Who has sent, as a table; the same state as the page shows."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = round_or_404(request, public_id)
    if form not in tables.TYPES:
        raise Http404
    page = round_page(actor, found, request.GET.get("state", ""), timezone.now(), request.GET.get("q", "")[:100])
    heads = [_("Đơn vị"), _("Báo cáo cho"), _("Hạn gửi"), _("Gửi lúc"), _("Tình trạng"), _("Nhắc lần cuối")]
    made: Any
    if form == "csv":
        made = tables.csv_lines(heads, _cells(page.lines))
    else:
        made = tables.xlsx_file(_("Kỳ báo cáo"), heads, [48, 48, 20, 20, 28, 20], _cells(page.lines))
    return tables.download(made, form, f"ky-bao-cao-{found.period}")


def _cells(lines: list[Line]) -> Iterator[list[Any]]:
    for line in lines:
        row = line.report
        receiver = row.receiver.name if row.receiver is not None else ""
        yield [
            row.organisation.name,
            receiver,
            *map(_minute, (row.due_at, row.sent_at)),
            line.state,
            _minute(line.chased_at),
        ]


def _minute(at: dt.datetime | None) -> str:
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}" if at is not None else ""


def round_or_404(request: HttpRequest, public_id: str) -> Round:
    """The round, as far as it exists for the reader."""
    found = visible_round(request.actor, public_id)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found
