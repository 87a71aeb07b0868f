"""The board in other shapes: a calendar, one sheet of paper."""

from __future__ import annotations

import calendar as months_of_the_year
import datetime as dt
import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nhipcau.core.clocks import weekday
from nhipcau.core.views import official
from nhipcau.organisations.models import Organisation

from ..queries.board import BoardFilter, agency_figures, lately, totals, year_of
from ..queries.calendar import DueDay, due_in_month
from ..queries.sheet import sheet_of
from ..year import sign
from .board import _around, _asked, news

_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_FIRST, _LAST = 1976, 9998


@official
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A month of due days: as a grid, and below it the tasks of each day."""
    actor, wanted, today = _asked(request)
    month = _month(request.GET.get("month", ""), wanted, today)
    days = due_in_month(actor, wanted, month, today)
    context = {
        **_around(actor, wanted, today),
        "month": month,
        "weeks": _weeks(month, days, today),
        "days": [(day, weekday(day.day), sign(day.day, today, day.still)) for day in days.values()],
        "before": _address(wanted, month - dt.timedelta(days=1)),
        "after": _address(wanted, (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)),
        "now": _address(wanted, today),
        "is_now": (month.year, month.month) == (today.year, today.month),
        "weekdays": [dt.date(2024, 1, day) for day in range(1, 8)],  # from a Monday
        "count": sum(day.count for day in days.values()),
        "still": sum(day.still for day in days.values()),
    }
    return render(request, "followup/board_calendar.html", context)


def _month(given: str, wanted: BoardFilter, today: dt.date) -> dt.date:
    if (found := _MONTH.fullmatch(given)) and found[1].isascii() and found[2].isascii():
        year, month = int(found[1]), int(found[2])
        if _FIRST <= year <= _LAST and 1 <= month <= 12:
            return dt.date(year, month, 1)
    year = year_of(wanted, today)
    return today.replace(day=1) if year == today.year else dt.date(year, 1, 1)


def _address(wanted: BoardFilter, day: dt.date) -> str:
    query = wanted.address(year="", due="")
    return f"{reverse('board_calendar')}{query or '?'}{'&' if query else ''}month={day.year}-{day.month:02}"


def _weeks(month: dt.date, days: dict[dt.date, DueDay], today: dt.date) -> list[list[dict[str, Any]]]:
    """The weeks of a month from Monday; days of other months are there, and empty."""
    weeks = months_of_the_year.Calendar().monthdatescalendar(month.year, month.month)
    return [
        [
            {
                "date": day,
                "inside": day.month == month.month,
                "today": day == today,
                "due": (due := days.get(day)),
                "sign": sign(day, today, due.still) if due else "",
            }
            for day in week
        ]
        for week in weeks
    ]


@official
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """One sheet of paper for the head: today's figures, who is late or silent and with what, what changed."""
    actor, wanted, today = _asked(request)
    figures = agency_figures(actor, wanted, today)
    sums = totals(figures)
    around = _around(actor, wanted, today)
    names = [chip["text"] for chip in around["chips"]]
    context = {
        **around,
        "totals": sums,
        "count": len(figures),
        "sheet": sheet_of(actor, wanted, figures, today),
        "news": news(sums),
        "since": lately(today)[1],
        "with_own_plan": sum(row.own_plan is not None for row in figures),
        "late_agencies": sum(row.counts["late"] > 0 for row in figures),
        "silent_agencies": sum(row.counts["silent"] > 0 for row in figures),
        "office": Organisation.objects.filter(pk=actor.organisation_id or 0).values_list("name", flat=True).first(),
        "filter_words": ", ".join(names) or _("mọi kế hoạch"),
    }
    return render(request, "followup/board_sheet.html", context)
