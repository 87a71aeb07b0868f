"""The board: agencies with honest numbers, the rows behind every number, a calendar, one sheet of paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nhipcau.core import remembered, tables
from nhipcau.core.actors import Actor, No
from nhipcau.core.acts import Refused
from nhipcau.core.clocks import weekday
from nhipcau.core.recall import recalled
from nhipcau.core.views import official
from nhipcau.organisations.models import OrganisationKind
from nhipcau.plans.models import Task, TaskAgency

from .. import rules
from ..models import Rhythm
from ..queries.board import (
    HELD,
    AgencyFigures,
    BoardFilter,
    Choices,
    agency_figures,
    board_choices,
    due_days,
    lately,
    listed_rows,
    totals,
    usual_side,
    year_of,
)
from ..queries.listed import board_row_list, entries
from ..queries.months import words_by_month
from ..year import years

PAGE = 50
PAST_YEARS = 5  # that the filter offers
MOST_AGENCIES = 200  # on one page of the board
_SORTED: dict[str, Callable[[AgencyFigures], Any]] = {
    "name": lambda row: row.sort_key,
    "last": lambda row: (row.last_word_at is not None, row.last_word_at, row.sort_key),
    **{
        state: lambda row, state=state: (-row.counts[state], row.sort_key)  # type: ignore[misc]
        for state in ("late", "silent", "near", "blocked", "done")
    },
}


def _asked(request: HttpRequest) -> tuple[Actor, BoardFilter, dt.date]:
    """Who asks, for what, on which day. Raises ``Refused`` for whom the board is not."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if isinstance(answer := rules.may_see_board(actor), No):
        raise Refused(answer.reason)
    return actor, BoardFilter.of(request.GET), timezone.localdate()


@official
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The board; or only its changing part, when the filter asks for that as one types."""
    actor, wanted, today = _asked(request)
    if last_time := remembered.address(request, "followup.board", wanted.address(q="", task="")):
        return redirect(last_time)
    if not request.GET and usual_side(actor, today):
        return redirect(reverse("board") + wanted.address(side=HELD))
    may_chase = bool(rules.may_chase(actor)) and wanted.side != HELD
    key = ("board drawn", actor.organisation_id, actor.is_system, may_chase, wanted, today, get_language())
    filters, part = recalled(key, lambda: _drawn(actor, wanted, today, may_chase))
    if request.htmx and not request.htmx.history_restore_request:  # type: ignore[attr-defined]
        response = HttpResponse(part)
    else:
        context = {
            "section": "board", "today": today, "weekday": weekday(today), "here": wanted.address(state="", sort=""),
            "may_chase": may_chase, "filters": filters, "part": part,
        }  # fmt: skip
        response = render(request, "followup/board.html", context)
    response["Vary"] = "HX-Request"
    return response


def _drawn(actor: Actor, wanted: BoardFilter, today: dt.date, may_chase: bool) -> tuple[SafeString, SafeString]:
    """The filters and the changing part of the board. Nothing in them is of one person or one request: whoever follows up
    in the same organisation gets the same."""
    figures = agency_figures(actor, wanted, today)
    context = {**_around(actor, wanted, today), **_strip(actor, wanted, today, figures), **_ledger(wanted, figures)}
    context |= {"may_chase": may_chase, "action": "board"}
    filters = render_to_string("followup/board/filters.html", context)
    return filters, render_to_string("followup/board/part.html", context)


@official
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """The assignments behind a figure."""
    actor, wanted, today = _asked(request)
    found = listed_rows(actor, wanted, today)
    pages = Paginator(found.values_list("pk", flat=True), PAGE)
    key = ("board rows", actor.organisation_id, actor.is_system, wanted, today)
    pages.__dict__["count"] = recalled((*key, "counted"), lambda: found.order_by().count())
    page = pages.get_page(request.GET.get("page", "1"))
    listed = recalled((*key, page.number, get_language()), lambda: board_row_list(page.object_list, today))
    context = {
        **_around(actor, wanted, today),
        "page_obj": page,
        "rows": listed,
        "count": pages.count,
        "rhythms": Rhythm.choices,
        "exports": [
            (label, reverse("board_export", args=[form]) + wanted.address())
            for form, label in (("xlsx", "XLSX"), ("csv", "CSV"))
        ],
        "may_chase": bool(rules.may_chase(actor)) and wanted.side != HELD,
    }
    if request.htmx and not request.htmx.history_restore_request:  # type: ignore[attr-defined]
        response = render(request, "followup/board/rows_part.html", context)
    else:
        response = render(request, "followup/board_rows.html", context)
    response["Vary"] = "HX-Request"
    return response


@official
@require_safe
def export(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """The same list, all of it, as a file."""
    actor, wanted, today = _asked(request)
    if form not in tables.TYPES:
        raise Http404
    cells = _cells(listed_rows(actor, wanted, today), today)
    heads = [head for head, _width in _columns()]
    if form == "csv":
        made: Any = tables.csv_lines(heads, cells)
    else:
        made = tables.xlsx_file(_("Điều phối"), heads, [width for _head, width in _columns()], cells, dates=(8, 9, 12))
    return tables.download(made, form, f"dieu-phoi-{today.isoformat()}")


def _columns() -> list[tuple[str, int]]:
    return [
        (_("Cơ quan"), 36), (_("Vai trò"), 10), (pgettext("one", "Kế hoạch"), 16), (_("Mục"), 10),
        (pgettext("one", "Nhiệm vụ"), 60), (_("Tình trạng"), 24), (_("Tiến độ"), 12), (_("Phần trăm"), 8), (_("Hạn"), 12),
        (_("Hạn báo"), 12), (_("Vướng mắc"), 8), (_("Lời báo cuối"), 50), (_("Ngày báo"), 12), (_("Địa chỉ"), 40),
    ]  # fmt: skip


def _cells(found: Any, today: dt.date) -> Iterator[list[Any]]:
    for row in entries(found, today):
        yield [
            row.agency, row.role, row.plan, row.code, row.text, row.state_words, row.progress, row.percent, row.due_day,
            row.word_day, row.obstacles or None, row.last_word, row.last_word_day, row.address,
        ]  # fmt: skip


# --- what stands around
# ---------------------------------------------------------------------------------------


def _around(actor: Actor, wanted: BoardFilter, today: dt.date) -> dict[str, Any]:
    """What the board and the list of its rows have in common: the filter and its fields, the tabs, the doors."""
    choices = board_choices(actor, wanted, today)
    chips = _chips(wanted, choices)
    return {
        "section": "board",
        "wanted": wanted,
        "today": today,
        "weekday": weekday(today),
        "big": big(),
        "year": year_of(wanted, today),
        "address": wanted.address(),
        "here": wanted.address(state="", sort=""),
        "fields": _fields(wanted, choices, today),
        "chips": chips,
        "filters_on": len(chips),
        "sides": [
            (_("Việc giao đi"), reverse("board") + (wanted.address(side="", plan="", agency="") or remembered.EVERYTHING),
             not wanted.side),
            (pgettext("side of the board", "Việc được giao"),
             reverse("board") + wanted.address(side=HELD, plan="", agency=""), wanted.side == HELD),
        ],
    }  # fmt: skip


def state_words() -> dict[str, str]:
    """What each figure is called."""
    return {
        "open": _("chưa xong"),
        "done": _("đã xong"),
        "late": _("quá hạn"),
        "silent": _("im lặng"),
        "trouble": _("quá hạn hoặc im lặng"),
        "near": _("sắp hạn"),
        "blocked": _("vướng"),
        "new_late": _("mới quá hạn từ tuần trước"),
        "new_done": _("xong từ tuần trước"),
        "new_word": _("có lời báo từ tuần trước"),
        "answered": _("trả lời đôn đốc từ tuần trước"),
    }


def big() -> list[tuple[str, str]]:
    """The figures that come first, and their words."""
    words = state_words()
    return [(state, words[state]) for state in ("late", "silent", "near", "blocked")]


def due_choices() -> dict[str, str]:
    """The choices of ``due``."""
    return {"": _("Bất kỳ"), "month": _("Tháng này"), "quarter": _("Quý này"), "none": _("Không có hạn")}


def _fields(wanted: BoardFilter, choices: Choices, today: dt.date) -> list[dict[str, Any]]:
    every = {"": _("Tất cả")}
    states = {name: words[:1].upper() + words[1:] for name, words in state_words().items()}
    past = {str(year): str(year) for year in range(today.year - 1, today.year - 1 - PAST_YEARS, -1)}
    made = [
        ("plan", pgettext("one", "Kế hoạch"), every | dict(choices.plans)),
        ("agency", _("Cơ quan"), every | dict(choices.groups) | dict(choices.agencies)),
        ("body", _("Loại cơ quan"), every | {str(k): str(v) for k, v in OrganisationKind.choices}),
        ("role", _("Vai trò"), every | {str(k): str(v).capitalize() for k, v in TaskAgency.Role.choices}),
        ("kind", _("Loại việc"), every | {str(k): str(v).capitalize() for k, v in Task.Kind.choices}),
        ("state", _("Tình trạng"), every | states),
        ("due", _("Hạn"), due_choices()),
        ("year", _("Năm"), {"": str(today.year)} | past),
    ]
    return [{"name": name, "label": label, "options": _options(o, getattr(wanted, name))} for name, label, o in made]


def _options(choices: dict[str, str], chosen: str) -> SafeString:
    return SafeString(
        "".join(
            f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(str(label))}</option>'
            for value, label in choices.items()
        )
    )


def _chips(wanted: BoardFilter, choices: Choices) -> list[dict[str, str]]:
    """The filters that are on, each with the address without it."""
    named = dict(choices.plans) | dict(choices.agencies) | dict(choices.groups)
    words = {
        "q": f"“{wanted.q}”",
        "plan": named.get(wanted.plan, _("kế hoạch không tìm thấy")),
        "agency": named.get(wanted.agency, _("cơ quan không tìm thấy")),
        "body": dict(OrganisationKind.choices).get(wanted.body, ""),
        "role": dict(TaskAgency.Role.choices).get(wanted.role, ""),
        "kind": dict(Task.Kind.choices).get(wanted.kind, ""),
        "state": state_words().get(wanted.state, ""),
        "due": due_choices().get(wanted.due, ""),
        "year": _("năm %(year)s") % {"year": wanted.year},
        "task": _("một nhiệm vụ"),
    }
    return [
        {"name": name, "text": str(words[name]), "query": wanted.address(**{name: ""}) or remembered.EVERYTHING}
        for name in wanted.chosen()
        if name in words
    ]


# --- the strip and the ledger
# ---------------------------------------------------------------------------------------


def _strip(actor: Actor, wanted: BoardFilter, today: dt.date, figures: list[AgencyFigures]) -> dict[str, Any]:
    total = sum(row.total for row in figures)
    due = due_days(actor, wanted, today)
    drawn = years(year_of(wanted, today), today, total, words_by_month(actor, wanted, figures, today), due)
    by_month: dict[int, list[Any]] = {}
    for mark in drawn[0].marks:
        by_month.setdefault(mark.day.month, []).append(mark)
    query = wanted.address(state="", sort="", year="", due="")
    return {
        "month_query": f"{query}&" if query else "?",
        "strips": drawn,
        "months": [(month, by_month.get(month.number, [])) for month in drawn[0].months],
    }


def _ledger(wanted: BoardFilter, figures: list[AgencyFigures]) -> dict[str, Any]:
    shown = [row for row in figures if not wanted.state or row.counts[wanted.state]]
    if wanted.sort:
        shown = sorted(shown, key=_SORTED[wanted.sort])
    trouble = [row for row in figures if row.counts["trouble"]]
    return {
        "agencies": shown[:MOST_AGENCIES],
        "left_out": len(shown) - len(shown[:MOST_AGENCIES]),
        "count": len(figures),
        "shown": len(shown),
        "totals": totals(figures),
        "with_own_plan": sum(row.own_plan is not None for row in figures),
        "late_agencies": sum(row.counts["late"] > 0 for row in figures),
        "silent_agencies": sum(row.counts["silent"] > 0 for row in figures),
        "trouble_agencies": len(trouble),
        "heads": _heads(wanted),
        "columns": _board_columns(),
        "since": lately(timezone.localdate())[1],
        "news": news(totals(figures)),
    }


def _board_columns() -> list[tuple[str, str, str]]:
    """The heads of the board's columns: name, words, class."""
    return [
        ("name", _("Cơ quan"), ""), ("", pgettext("several", "Việc"), "r"), ("done", _("Xong"), "r wide"),
        ("late", _("Quá hạn"), "r"), ("silent", _("Im lặng"), "r"), ("near", _("Sắp hạn"), "r"),
        ("blocked", _("Vướng"), "r"), ("", "", "wide"), ("", _("Từ tuần trước"), "r wide"), ("last", _("Lời cuối"), "r"),
        ("", _("Kế hoạch riêng"), "r wide"),
    ]  # fmt: skip


def news(sums: dict[str, int]) -> list[tuple[str, int, str]]:
    """What changed since last week: the state, its number, its words."""
    words = {
        "new_late": ngettext("việc thành quá hạn", "việc thành quá hạn", sums["new_late"]),
        "new_done": ngettext("việc xong", "việc xong", sums["new_done"]),
        "new_word": ngettext("việc có lời báo mới", "việc có lời báo mới", sums["new_word"]),
        "answered": ngettext("lần đôn đốc được trả lời", "lần đôn đốc được trả lời", sums["answered"]),
    }
    return [(state, sums[state], said) for state, said in words.items()]


def _heads(wanted: BoardFilter) -> dict[str, dict[str, str]]:
    """For each column that sorts: where its head leads and how it sorts now."""
    base = reverse("board")
    made = {}
    for name in ("name", "done", "late", "silent", "near", "blocked", "last"):
        is_on = wanted.sort == name or (name == "late" and not wanted.sort)
        falls = "ascending" if name in {"name", "last"} else "descending"
        target = wanted.address(sort="" if name == "late" else name) or remembered.EVERYTHING
        made[name] = {"url": base + target, "aria": falls if is_on else ""}
    return made
