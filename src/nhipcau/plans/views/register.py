"""The register: every task that the actor may see, filtered by the address."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from html import escape
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nhipcau.core import remembered, tables
from nhipcau.core.recall import NOBODY, recalled
from nhipcau.core.views import official
from nhipcau.organisations.models import Group, Organisation
from nhipcau.plans import exports, rules
from nhipcau.plans.models import Plan, Task, TaskAgency
from nhipcau.plans.queries.outline import NEWEST_FIRST
from nhipcau.plans.queries.plans import Sight, sight_of
from nhipcau.plans.queries.register import (
    MINE,
    RegisterFilter,
    RegisterPage,
    filtered_tasks,
    section_id,
    section_titles,
    whose,
)
from nhipcau.plans.queries.rows import task_rows

PAGE = 50
MOST_PLANS = 300  # in the list of the filter; the search finds the others by their symbol


@official
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The page; or only its list, when the filter asks for that as the officer types."""
    wanted = RegisterFilter.of(request.GET)
    if last_time := remembered.address(request, "plans.register", wanted.address(q="")):
        return redirect(last_time)
    sight = sight_of(request.actor)  # type: ignore[attr-defined]
    today = timezone.localdate()
    context = _list(sight, wanted, request.GET.get("page", "1"), today)
    if request.htmx and not request.htmx.history_restore_request:  # type: ignore[attr-defined]
        response = render(request, "plans/register/list.html", context)
    else:
        response = render(request, "plans/register.html", {**context, **_frame(sight, wanted)})
    response["Vary"] = "HX-Request"
    return response


@official
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse | StreamingHttpResponse:
    """What the page shows, all of it, as a file: csv, xlsx, json or ics."""
    if form not in exports.FORMS:
        raise Http404
    wanted = RegisterFilter.of(request.GET)
    tasks = filtered_tasks(request.actor, wanted, timezone.localdate())  # type: ignore[attr-defined]
    return export_response(tasks, form, "so-nhiem-vu", wanted.chosen())


def export_response(
    tasks: QuerySet[Task], form: str, name: str, shown: dict[str, str]
) -> HttpResponse | StreamingHttpResponse:
    """A download of these tasks, named after today."""
    today = timezone.localdate()
    media_type, pieces = exports.FORMS[form]
    return tables.download(pieces(tasks, today, shown), form, f"{name}-{today.isoformat()}", media_type)


# --- the list
# ----------------------------------------------------------------------------------------------------------


def _list(sight: Sight, wanted: RegisterFilter, number: str, today: dt.date) -> dict[str, Any]:
    pages = RegisterPage(sight, wanted, today, PAGE, number)
    page = pages.get_page(number)
    key = ("tasks listed", whose(sight, wanted), wanted, page.number, today, get_language())
    return {
        "wanted": wanted,
        "page_obj": page,
        "rows": recalled(key, lambda: task_rows(pages.tasks_of(page), today), near=NOBODY),
        "show_plan": not wanted.plan,
        "count": pages.count - 1 if pages.is_more else pages.count,
        "is_more": pages.is_more,
        "sections": (sections := _sections(sight, wanted)),
        "chips": _chips(sight, wanted, sections),
        "order_words": _orders().get(wanted.sort or "due", ""),
        "heads": _heads(wanted),
        "exports": [
            (label, reverse("register_export", args=[form]) + wanted.address())
            for form, label in (("xlsx", "XLSX"), ("csv", "CSV"), ("json", "JSON"), ("ics", _("Lịch")))
        ],
        "address": reverse("register") + wanted.address(),
        "more_through": None if pages.is_more else _through(sight, wanted, pages.count, today),
    }


def _through(sight: Sight, wanted: RegisterFilter, count: int, today: dt.date) -> dict[str, Any] | None:
    """How many more tasks reach the chosen organisation through its groups, and where they are."""
    if not wanted.agency or wanted.agency == MINE or wanted.through:
        return None
    wider = dataclasses.replace(wanted, through="1")
    reached = filtered_tasks(sight, wider, today).order_by()
    more = recalled(("tasks reached", sight.reading, wider, today), reached.count, near=NOBODY) - count
    return {"more": more, "url": reverse("register") + wider.address()} if more > 0 else None


def _heads(wanted: RegisterFilter) -> dict[str, dict[str, str]]:
    """For each column that sorts: where its head leads and how it sorts now."""
    made = {}
    now = wanted.sort or "due"
    for name in ("plan", "name", "due"):
        descending = now == name
        made[name] = {
            "url": reverse("register")
            + (
                wanted.address(sort=f"-{name}" if descending else "" if name == "due" else name)
                or remembered.EVERYTHING
            ),
            "aria": {name: "ascending", f"-{name}": "descending"}.get(now, ""),
        }
    return made


def _orders() -> dict[str, str]:
    return {
        "due": _("hạn gần nhất trước"),
        "-due": _("hạn xa nhất trước"),
        "name": _("theo tên, A đến Y"),
        "-name": _("theo tên, Y đến A"),
        "plan": _("theo kế hoạch và thứ tự trong kế hoạch"),
        "-plan": _("theo kế hoạch, ngược"),
    }


# --- the filters and their words
# ---------------------------------------------------------------------------------------


def kind_words() -> dict[str, str]:
    """The choices of ``kind``."""
    return {
        "": _("Nhiệm vụ và báo cáo"),
        Task.Kind.TASK: _("Nhiệm vụ"),
        Task.Kind.REPORTING: _("Chế độ báo cáo"),
        Task.Kind.DUTY: _("Trách nhiệm"),
        Task.Kind.OBLIGATION: _("Nghĩa vụ chung"),
        "all": _("Tất cả"),
    }


def time_choices() -> dict[str, str]:
    """The choices of ``time``."""
    return {
        "": _("Bất kỳ"),
        "soon": _("Trong 14 ngày"),
        "overdue": _("Hạn đã qua"),
        "month": _("Tháng này"),
        "year": _("Năm nay"),
        "continuous": _("Thường xuyên"),
        "recurring": _("Định kỳ"),
        "undated": _("Không có ngày"),
    }


def state_choices() -> dict[str, str]:
    """The choices of ``state``."""
    return {
        "": _("Đang hiệu lực"),
        "doubtful": _("Cần xem"),
        "overdue": _("Hạn đã qua"),
        "soon": _("Sắp đến hạn"),
        "withdrawn": _("Không còn trong bản mới"),
        "all": _("Tất cả"),
    }


def role_choices() -> dict[str, str]:
    """The choices of ``role``."""
    return {"": _("Mọi vai trò"), TaskAgency.Role.LEAD: _("Chủ trì"), TaskAgency.Role.COORDINATING: _("Phối hợp")}


def _frame(sight: Sight, wanted: RegisterFilter) -> dict[str, Any]:
    """What stands around the list: the fields of the filter and the size of the whole register."""
    plans = recalled(("plans to choose", sight.reading), lambda: _plan_choices(sight), near=NOBODY)
    return {
        "section": "register",
        "fields": _fields(sight, wanted, plans),
        "all_plans": plans.count,
        "may_import": bool(rules.may_upload(sight.actor)),
        "filters_on": len([name for name in wanted.chosen() if name not in {"q", "sort", "through"}]),
    }


def _fields(sight: Sight, wanted: RegisterFilter, plans: PlanChoices) -> list[dict[str, Any]]:
    every = _option("", _("Tất cả"))
    mine = _option(MINE, _("Cơ quan tôi, cả khi gọi theo nhóm")) if sight.organisation_id else ""
    named = recalled(("agencies to choose", sight.reading), lambda: _agency_choices(sight), near=NOBODY)
    older = _option(wanted.plan, plans.older[wanted.plan]) if wanted.plan in plans.older else ""
    return [
        _field("plan", _("Kế hoạch"), every + plans.options + older, wanted.plan),
        _field("agency", _("Cơ quan"), every + mine + named, wanted.agency),
        _field("role", _("Vai trò"), _options(role_choices()), wanted.role),
        _field("time", _("Thời gian"), _options(time_choices()), wanted.time),
        _field("state", _("Tình trạng"), _options(state_choices()), wanted.state),
        _field("kind", _("Loại"), _options(kind_words()), wanted.kind),
    ]


def _field(name: str, label: str, options: str, chosen: str) -> dict[str, Any]:
    value = f'<option value="{escape(chosen)}"'
    marked = options.replace(f"{value}>", f"{value} selected>", 1)
    return {"name": name, "label": label, "options": SafeString(marked)}


def _options(choices: Mapping[str, str]) -> str:
    """The options of a select; made here since a template takes ten times as long for some hundred of them."""
    return "".join(_option(value, label) for value, label in choices.items())


def _option(value: str, label: str) -> str:
    return f'<option value="{escape(str(value))}">{escape(str(label))}</option>'


@dataclasses.dataclass(frozen=True, slots=True)
class PlanChoices:
    """The visible plans as a select offers them: how many there are, the newest as options in Vietnamese order, and the
    words for each of the older ones, of which only the chosen one is offered."""

    count: int
    options: str
    older: Mapping[str, str]


def _plan_choices(sight: Sight) -> PlanChoices:
    newest = Plan.objects.filter(pk__in=sight.keys).order_by(*NEWEST_FIRST)
    plans = [
        (key, slug, (symbol or title)[:60])
        for slug, symbol, title, key in newest.values_list("slug", "symbol", "title", "sort_key")
    ]
    shown = sorted(plans[:MOST_PLANS])
    older = {slug: label for _key, slug, label in plans[MOST_PLANS:]}
    return PlanChoices(len(plans), _options({slug: label for _key, slug, label in shown}), older)


def _agency_choices(sight: Sight) -> str:
    """The agencies and groups that visible tasks name, in Vietnamese order: whom a hidden plan names is hidden too."""
    named = TaskAgency.objects.filter(task__plan__in=sight.keys).order_by()
    organisations = Organisation.objects.filter(Exists(named.filter(organisation=OuterRef("pk"))))
    groups = Group.objects.filter(Exists(named.filter(group=OuterRef("pk"))))
    both = [
        *organisations.values_list("sort_key", "public_id", "name"),
        *groups.values_list("sort_key", "public_id", "name"),
    ]
    return _options({public_id: name for _key, public_id, name in sorted(both)})


def _sections(sight: Sight, wanted: RegisterFilter) -> list[dict[str, Any]]:
    """The sections of the chosen plan, each with the address that shows it alone."""
    titles = section_titles(sight, wanted.plan) if wanted.plan else []
    base = reverse("register")
    return [
        {"title": title, "url": base + wanted.address(group=key), "current": key == wanted.group}
        for title, key in ((title, section_id(title)) for title in titles)
    ]


def _chips(sight: Sight, wanted: RegisterFilter, sections: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The filters that are on, each with the address without it."""
    words: dict[str, Any] = {
        "q": lambda: format_html("“{}”", wanted.q),
        "plan": lambda: _plan_name(sight, wanted.plan),
        "agency": lambda: _agency_name(wanted.agency),
        "through": lambda: _("kể cả qua nhóm"),
        "role": lambda: role_choices()[wanted.role],
        "group": lambda: next((section["title"] for section in sections if section["current"]), ""),
        "time": lambda: time_choices()[wanted.time],
        "state": lambda: state_choices()[wanted.state],
        "kind": lambda: kind_words()[wanted.kind],
    }
    base = reverse("register")
    chips = (
        {"name": name, "text": words[name](), "url": base + (wanted.address(**{name: ""}) or remembered.EVERYTHING)}
        for name in wanted.chosen()
        if name in words
    )
    return [chip for chip in chips if chip["text"]]


def _plan_name(sight: Sight, slug: str) -> str:
    plan: Plan | None = Plan.objects.filter(pk__in=sight.keys, slug=slug).only("symbol", "title").first()
    return plan.label if plan else _("kế hoạch không tìm thấy")


def _agency_name(public_id: str) -> str:
    if public_id == MINE:
        return _("Cơ quan tôi")
    found = (
        Organisation.objects.filter(public_id=public_id).values_list("name", flat=True).first()
        or Group.objects.filter(public_id=public_id).values_list("name", flat=True).first()
    )
    return found or _("cơ quan không tìm thấy")
