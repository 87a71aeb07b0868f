"""Asking agencies: the page with the ready words, the record of a round, the rounds of the past."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nhipcau.core.actors import Actor, No
from nhipcau.core.acts import Refused
from nhipcau.core.clocks import compute, parse_limit, said_working, spoken, weekday
from nhipcau.core.forms import typed_day
from nhipcau.core.models import User
from nhipcau.core.timekeeping import work_calendar
from nhipcau.core.views import official
from nhipcau.plans.models import NO_DATE

from .. import rules
from ..actions import AskedMeanwhile
from ..actions import chase as send_chase
from ..queries.board import BoardFilter
from ..queries.chasing import WHO, Letter, asked_rows, letters, own_chases, round_figures, visible_round

ANSWER_IN = "working_days 3"
PAGE = 30
MOST_AGENCIES = 1000


@official
@require_http_methods(["GET", "HEAD", "POST"])
def chase(request: HttpRequest) -> HttpResponse:
    """The page before sending: what each agency is asked, the words, the day; and the sending."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if isinstance(answer := rules.may_chase(actor), No):
        raise Refused(answer.reason)
    given = request.POST if request.method == "POST" else request.GET
    wanted = BoardFilter.of(given)
    now, today = timezone.now(), timezone.localdate()
    who = given.get("who", "") if given.get("who") in WHO else ""
    to = [value for value in given.getlist("to") if value.isascii() and value.isalnum()][:MOST_AGENCIES]
    with_near = given.get("near") == "1"
    all_letters = letters(asked_rows(actor, wanted, to, who, today, with_near=with_near), today, now)
    form: dict[str, Any] = {
        "words": given.get("words", "") if request.method == "POST" else opening(),
        "answer_by": given.get("answer_by", "") if request.method == "POST" else f"{answer_day(now):%d/%m/%Y}",
        "key": given.get("key", "")[:40] or secrets.token_urlsafe(20),
        "opened": now.isoformat(),
        "problem": "",
        "asked": None,
    }
    if request.method == "POST":
        form["asked"] = set(given.getlist("ask"))
        done = _send(request, actor, all_letters, form, given.get("opened", ""), today)
        if done is not None:
            return done
    return render(
        request,
        "followup/chase.html",
        {
            "section": "board",
            "wanted": wanted,
            "here": wanted.address(state="", sort=""),
            "hidden": [*((n, v) for n, v in wanted.chosen().items() if n not in {"sort", "state"}),
                       *(("to", value) for value in to), *((("who", who),) if who else ())],
            "letters": [(letter, _is_ticked(letter, form["asked"])) for letter in all_letters],
            "ticked": sum(_is_ticked(letter, form["asked"]) for letter in all_letters),
            "lately": sum(letter.is_lately for letter in all_letters),
            "nobody": sum(not letter.people for letter in all_letters),
            "with_near": with_near,
            "near_query": _near_query(wanted, to, who),
            "today": today,
            **form,
        },
        status=200 if not form["problem"] else 409,
    )  # fmt: skip


def _near_query(wanted: BoardFilter, to: list[str], who: str) -> str:
    """The address of the same page with what is near its day as well."""
    query = QueryDict(mutable=True)
    query.update(wanted.chosen())
    query.setlist("to", to)
    query.update({"who": who, "near": "1"} if who else {"near": "1"})
    return f"?{query.urlencode()}"


def _is_ticked(letter: Letter, ticked: set[str] | None) -> bool:
    """Whom the coordinator chose is asked; who was asked a day or two ago only when ticked again."""
    return not letter.is_lately if ticked is None else letter.organisation.public_id in ticked


def _send(
    request: HttpRequest, actor: Actor, all_letters: list[Letter], form: dict[str, Any], opened: str, today: dt.date
) -> HttpResponse | None:
    """Send to those that are ticked; None where the page is to be shown again, with ``problem``."""
    day = typed_day(form["answer_by"])
    if form["answer_by"] and day is None:
        form["problem"] = _("Ngày trả lời chưa đúng. Bạn hãy ghi theo dạng ngày/tháng/năm hoặc để trống.")
        return None
    if day is not None and day < today:
        form["problem"] = _("Ngày trả lời đã qua. Bạn hãy chọn hôm nay hoặc một ngày sau.")
        return None
    chosen = [letter for letter in all_letters if letter.organisation.public_id in form["asked"]]
    if not chosen and form["asked"]:
        chosen = []  # what was asked about is done meanwhile: the act says so, unless the same form was sent before
    elif not chosen:
        form["problem"] = _("Bạn chưa chọn cơ quan nào để đôn đốc.")
        return None
    lines = [key for letter in chosen for key in letter.keys]
    try:
        made = send_chase(actor, lines, words=form["words"], key=form["key"], answer_by=day, opened=_moment(opened))
    except AskedMeanwhile as found:
        form["problem"] = _("Trong lúc bạn mở trang này đã có người đôn đốc: %(names)s. Bạn xem lại rồi gửi.") % {
            "names": ", ".join(found.names[:5]) + ("…" if len(found.names) > 5 else "")
        }
        form["asked"] = {one.organisation.public_id for one in chosen if one.organisation.name not in found.names}
        return None
    except Refused as refusal:
        form["problem"] = refusal.reason
        return None
    return redirect("chase_round", made.public_id)


def _moment(text: str) -> dt.datetime | None:
    try:
        found = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        return None
    return found if found is not None and timezone.is_aware(found) else None


def opening() -> str:
    """The words that come before each agency's list, in the manner of an office; the coordinator may change them."""
    return _(
        "Qua theo dõi việc thực hiện kế hoạch, đến nay cơ quan còn những việc quá hạn hoặc chưa có báo cáo như dưới đây. "
        "Đề nghị cơ quan cập nhật tiến độ từng việc trên hệ thống; việc nào vướng mắc thì nêu rõ và đề xuất cách giải "
        "quyết để được xem xét kịp thời."
    )


def answer_day(now: dt.datetime) -> dt.date:
    """The day by which an answer is asked for unless the coordinator says otherwise: three working days."""
    return timezone.localtime(compute(parse_limit(ANSWER_IN), now, work_calendar()).due).date()


@official
@require_safe
def round_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """The record of one round: who was asked about what, how many people were told, who has answered since."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    agency = request.GET.get("agency", "").replace("\x00", "")[:20]
    found = visible_round(actor, public_id, agency)
    if found is None:
        raise Http404
    today = timezone.localdate()
    by = found.chase.answer_by
    asker = User.objects.filter(pk=found.chase.person_id or 0).values_list("name", flat=True).first()
    context = {
        "section": "board" if found.is_own else "mine",
        "round": found,
        "agency": agency,
        "chase": found.chase,
        "asker": asker,
        "agencies": len(found.letters),
        "waiting": sum(letter.answered < letter.count for letter in found.letters),
        "nobody": sum(not letter.people for letter in found.letters),
        "answer_by": spoken(by) if by != NO_DATE else "",
        "answer_weekday": weekday(by) if by != NO_DATE else "",
        "distance": said_working(by, today, work_calendar()) if by != NO_DATE else "",
        "is_over": by < today,
    }
    return render(request, "followup/chase_round.html", context)


@official
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds of the actor's organisation and those below it, the newest first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if isinstance(answer := rules.may_see_board(actor), No):
        raise Refused(answer.reason)
    page = Paginator(own_chases(actor), PAGE).get_page(request.GET.get("page", "1"))
    return render(
        request,
        "followup/chases.html",
        {"section": "board", "page_obj": page, "rounds": round_figures(actor, page), "no_date": NO_DATE},
    )
