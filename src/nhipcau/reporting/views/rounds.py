"""A round of reports: opened, and who has sent."""

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
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nhipcau.core import tables
from nhipcau.core.actors import Actor, No, Refused
from nhipcau.core.timekeeping import work_calendar
from nhipcau.core.views import official
from nhipcau.organisations.models import Organisation
from nhipcau.plans.models import Plan, Task

from .. import rules
from ..actions import add_units, chase_reports, close_round, make_and_open, move_round
from ..actions.rounds import Asked
from ..forms import END_OF_DAY, MoveForm, RoundForm, asked_outline, moment_of
from ..models import Regime, Round
from ..periods import coming_period
from ..printing import period_words
from ..queries import regimes as queried
from ..queries.rounds import STATES, Line, RoundPage, round_page, visible_round
from ..words import due_words

MORNING = dt.time(10, 0)


# --- who has sent --------------------------------------------------------------------------------------------------------


@official
@require_safe
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page of a round."""
    return _shown(request, _round(request, public_id))


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
    local = timezone.localtime(found.due_at)
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
        "move": move or MoveForm(initial={"due_day": local.date(), "due_time": local.time()}),
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
    found = _round(request, public_id)
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
    if not form.is_valid():
        return _shown(request, found, move=form)
    move_round(actor, found, due_at=form.cleaned_data["due_at"], reason=form.cleaned_data["reason"])
    messages.success(request, _("Đã đổi thời hạn. Các đơn vị chưa gửi đã được báo hạn mới của mình."))
    return redirect("round", found.public_id)


@official
@require_http_methods(["GET", "HEAD", "POST"])
def units(request: HttpRequest, public_id: str) -> HttpResponse:
    """More organisations are asked."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = _round(request, public_id)
    if isinstance(answer := rules.may_run(actor, found), No):
        raise Refused(answer.reason)
    there = set(found.reports.values_list("organisation_id", flat=True))
    known = [one for one in queried.candidates(found.organisation, found.plan) if one.pk not in there]
    problem = ""
    if request.method == "POST":
        wanted = set(request.POST.getlist("units"))
        chosen = [one.pk for one in known if one.public_id in wanted]
        if chosen:
            count = add_units(actor, found, chosen)
            said = ngettext("Đã thêm %(n)s đơn vị vào kỳ báo cáo.", "Đã thêm %(n)s đơn vị vào kỳ báo cáo.", count)
            messages.success(request, said % {"n": count})
            return redirect("round", found.public_id)
        problem = _("Bạn chưa chọn đơn vị nào để thêm.")
    context = {"section": "reports", "round": found, "tree": _ticks(known, set()), "problem": problem}
    return render(request, "reporting/round_units.html", context, status=400 if problem else 200)


@official
@require_safe
def export(request: HttpRequest, public_id: str, form: str) -> HttpResponseBase:
    """Who has sent, as a table; the same state as the page shows."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = _round(request, public_id)
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


def _round(request: HttpRequest, public_id: str) -> Round:
    found = visible_round(request.actor, public_id)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


# --- opening -----------------------------------------------------------------------------------------------------------------


@official
@require_http_methods(["GET", "HEAD", "POST"])
def open_new(request: HttpRequest) -> HttpResponse:
    """The page on which a round is prepared, looked at and opened: from a plan's duty, a regime, or for today."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    collector = Organisation.objects.filter(pk=actor.organisation_id or 0).first()
    if collector is None or not rules.may_collect(actor, collector):
        raise Refused(_("Chỉ điều phối và lãnh đạo của cơ quan tổng hợp mới mở và sửa kỳ báo cáo."))
    given = request.POST if request.method == "POST" else request.GET
    task, regime = _origin(actor, collector, given)
    plan = task.plan if task is not None else regime.plan if regime is not None else None
    known = queried.candidates(collector, plan)
    groups = queried.groups_to_ask(collector, known)
    outlines = queried.outline_choices(collector.pk)
    proposed = queried.proposed_regime(task, collector) if task is not None else regime
    initial = _initial(collector, proposed, known, task)
    data = _with_groups(request.POST, groups) if request.method == "POST" else None
    form = RoundForm(data, units=[one.public_id for one in known], outlines=outlines, initial=initial)
    looked_at = None
    problem = ""
    if data is None:
        looked_at = _preview(collector, known, initial["units"], initial["due_day"], initial["due_time"], initial, plan)
    elif form.is_valid():
        fields = form.cleaned_data
        looked_at = _preview(collector, known, fields["units"], fields["due_day"], fields["due_time"], fields, plan)
        if request.POST.get("do") == "open":
            try:
                made = _open(
                    actor, collector, form, proposed if task is not None or regime is not None else None, known, plan
                )
            except Refused as refusal:
                problem = refusal.reason
            else:
                count = made.reports.count() - 1
                said = ngettext(
                    "Đã mở kỳ báo cáo và báo cho %(n)s đơn vị.", "Đã mở kỳ báo cáo và báo cho %(n)s đơn vị.", count
                )
                messages.success(request, said % {"n": count})
                return redirect("round", made.public_id)
    chosen = set(data.getlist("units") if data is not None else initial["units"])
    context = {
        "section": "reports",
        "form": form,
        "task": task,
        "regime": regime,
        "plan": plan,
        "proposed": proposed,
        "preview": looked_at,
        "tree": _ticks(known, chosen),
        "groups": groups,
        "chosen": len(chosen),
        "is_quick": proposed is None,
        "problem": problem,
        "can_recur": task is not None,
        "opened": _opened(collector, proposed, initial["period"]),
    }
    status = 409 if problem else 400 if data is not None and form.errors else 200
    return render(request, "reporting/round_open.html", context, status=status)


def _opened(collector: Organisation, proposed: Regime | None, period: str) -> Round | None:
    """The round that is there already for what is proposed."""
    if proposed is None or proposed.pk is None:
        return None
    return Round.objects.filter(organisation=collector, regime=proposed, period=period).defer("outline").first()


def _origin(actor: Actor, collector: Organisation, given: QueryDict) -> tuple[Task | None, Regime | None]:
    """The duty of a plan or the regime that a round is opened from; 404 for one that does not exist for the actor."""
    if key := given.get("viec", ""):
        task = queried.visible_duty(actor, key)
        if task is None:
            raise Http404
        there = Regime.objects.filter(organisation=collector, task=task, ended_at=None).select_related(
            "plan", "outline"
        )
        return (None, regime) if (regime := there.first()) is not None else (task, None)
    if key := given.get("che-do", ""):
        regime = queried.visible_regimes(actor).filter(public_id=key, organisation=collector, ended_at=None).first()
        if regime is None:
            raise Http404
        return None, regime
    return None, None


def _initial(
    collector: Organisation, proposed: Regime | None, known: list[Organisation], task: Task | None
) -> dict[str, Any]:
    """What the form shows first."""
    now, today = timezone.now(), timezone.localdate()
    keys = {one.pk: one.public_id for one in known}
    if proposed is None:
        tomorrow = today + dt.timedelta(days=1)
        return {
            "name": "",
            "period": today.isoformat(),
            "first": today.replace(day=1),
            "last": today,
            "due_day": tomorrow,
            "due_time": MORNING,
            "days_between": 0,
            "outline": "short",
            "units": [],
            "recurs": False,
        }
    period = coming_period(
        proposed.frequency, now, work_calendar(), due_limit=proposed.due_limit, closes_on=proposed.closes_on
    )
    ids = queried.units_of(proposed)
    words = period_words(Round(period=period.name, first=period.first, last=period.last))
    return {
        "name": f"{proposed.name}, {words}"[:300],
        "period": period.name,
        "first": period.first,
        "last": period.last,
        "due_day": timezone.localtime(period.due_at).date(),
        "due_time": END_OF_DAY,
        "days_between": proposed.days_between,
        "outline": proposed.outline.public_id if proposed.outline is not None else "usual",
        "units": [keys[pk] for pk in ids if pk in keys],
        "recurs": task is not None and task.time_kind == proposed.frequency,
    }


def _with_groups(data: QueryDict, groups: list[Any]) -> QueryDict:
    """What was sent, with the members of the groups that were ticked among the units."""
    given = data.copy()
    ticked = set(data.getlist("groups"))
    inside = [key for group, keys in groups if group.public_id in ticked for key in keys]
    given.setlist("units", list(dict.fromkeys([*data.getlist("units"), *inside])))
    return given


def _preview(
    collector: Organisation,
    known: list[Organisation],
    chosen: list[str],
    day: dt.date,
    hour: dt.time,
    fields: dict[str, Any],
    plan: Plan | None,
) -> queried.Preview:
    wanted = set(chosen)
    ids = [one.pk for one in known if one.public_id in wanted]
    return queried.preview(collector, ids, moment_of(day, hour), fields["days_between"], timezone.now(), plan)


def _open(
    actor: Actor,
    collector: Organisation,
    form: RoundForm,
    proposed: Regime | None,
    known: list[Organisation],
    plan: Plan | None,
) -> Round:
    fields = form.cleaned_data
    own = {one.public_id: one for one in queried.outlines_for(collector.pk)}
    values = None
    if proposed is not None and proposed.pk is None and fields["recurs"]:
        names = (
            "name", "content", "reporters", "receivers", "method", "due_limit", "frequency", "closes_on", "guidance",
            "legal_basis", "plan", "task",
        )  # fmt: skip
        values = {name: getattr(proposed, name) for name in names}
        values |= {"days_between": fields["days_between"], "outline": own.get(fields["outline"])}
    wanted = set(fields["units"])
    asked = Asked(
        name=fields["name"],
        period=_period_name(proposed, fields),
        first=fields["first"],
        last=fields["last"],
        due_at=fields["due_at"],
        unit_ids=tuple(one.pk for one in known if one.public_id in wanted),
        days_between=fields["days_between"],
        outline=asked_outline(fields["outline"], own, fields["asks"]),
        figures=tuple(proposed.figures) if proposed is not None else (),
        plan=plan,
        regime=proposed if proposed is not None and proposed.pk is not None else None,
    )
    return make_and_open(actor, collector, values, asked)


def _period_name(proposed: Regime | None, fields: dict[str, Any]) -> str:
    """The name of the period in which the figures close; of what is asked for once the day on which it is asked."""
    if proposed is None:
        return timezone.localdate().isoformat()
    last: dt.date = fields["last"]
    if proposed.frequency == "yearly":
        return str(last.year)
    if proposed.frequency == "half_yearly":
        return f"{last.year}-H{1 if last.month <= 6 else 2}"
    if proposed.frequency == "quarterly":
        return f"{last.year}-Q{(last.month + 2) // 3}"
    return f"{last:%Y-%m}"


def _ticks(known: list[Organisation], chosen: set[str]) -> list[dict[str, Any]]:
    """Organisations to tick, in the order of the tree, each under the one above it."""
    ids = {one.pk for one in known}
    children: dict[int | None, list[Organisation]] = {}
    for one in sorted(known, key=lambda one: one.sort_key):
        children.setdefault(one.parent_id if one.parent_id in ids else None, []).append(one)
    made: list[dict[str, Any]] = []

    def walk(above: int | None, level: int) -> None:
        for one in children.get(above, ()):
            made.append({"one": one, "level": min(level, 4), "is_ticked": one.public_id in chosen})
            walk(one.pk, level + 1)

    walk(None, 0)
    return made
