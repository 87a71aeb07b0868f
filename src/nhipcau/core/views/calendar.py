"""The working calendar: a year at a glance, its days with their basis, what a change moved; and the calculator."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nhipcau.core import clocks, rooms
from nhipcau.core.actors import Actor, No, Refused
from nhipcau.core.clocks.workdays import FIRST_YEAR, LAST_YEAR
from nhipcau.core.models import CalendarChange, CalendarDay, ClockMove
from nhipcau.core.timekeeping import actions, rules, showing, work_calendar
from nhipcau.core.timekeeping.calendars import days_of
from nhipcau.core.timekeeping.forms import CalculatorForm, CalendarDayForm, RemovalForm
from nhipcau.core.timekeeping.reading import moves_seen, people_named

from .gate import official

SECTION = "calendar"
CHANGES = 8
PAGE = 50


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, in whose name."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


@official
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A year: twelve months, the table of its days, the last changes."""
    today = timezone.localdate()
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else today.year
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    working, days = work_calendar(), days_of(year)
    shown = showing.months_of(year, working, days, today)
    changes = list(CalendarChange.objects.all()[:CHANGES])
    context = {
        "section": SECTION,
        "year": year,
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
        "months": shown,
        "total": sum(month.working for month in shown),
        "lines": showing.lines_of(year, working, days),
        "is_notified": working.is_notified(year),
        "changes": [(change, people_named(changes).get(change.person_id or 0, "")) for change in changes]
        if changes
        else [],
        "may_keep": bool(rules.may_keep(actor_of(request))),
    }
    return render(request, "core/calendar/calendar.html", context)


@official
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A day that the calendar does not have yet."""
    return _kept(request, CalendarDay())


@official
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """A day of the calendar, as it is now known."""
    return _kept(request, get_object_or_404(CalendarDay, pk=pk))


def _kept(request: HttpRequest, day: CalendarDay) -> HttpResponse:
    _refuse_others(request)
    form = CalendarDayForm(request.POST or None, instance=day)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        held = CalendarDay.objects.get(pk=day.pk) if day.pk else CalendarDay()
        try:
            actions.keep_day(actor_of(request), held, values)
        except ValidationError as problem:
            _wrong(form, problem)
        else:
            said = _("Đã ghi ngày %(day)s. Các hạn đang chạy được tính lại ngay sau đây.")
            messages.success(request, said % {"day": clocks.spoken(values["date"])})
            return redirect(f"{reverse('calendar')}?nam={values['date'].year}")
    context = {"section": SECTION, "form": form, "day": day}
    return render(request, "core/calendar/day_form.html", context, status=422 if form.errors else 200)


@official
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a day out, by a text or for a reason."""
    _refuse_others(request)
    day = get_object_or_404(CalendarDay, pk=pk)
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.remove_day(actor_of(request), day, form.cleaned_data["basis"])
        said = _("Đã bỏ ngày %(day)s khỏi lịch. Các hạn đang chạy được tính lại ngay sau đây.")
        messages.success(request, said % {"day": clocks.spoken(day.date)})
        return redirect(f"{reverse('calendar')}?nam={day.date.year}")
    context = {"section": SECTION, "form": form, "day": day}
    return render(request, "core/calendar/remove.html", context, status=422 if form.errors else 200)


@official
@require_safe
def followed(request: HttpRequest, pk: int) -> HttpResponse:
    """What a change of the calendar moved, as far as the reader may see the things: when they were due, and are now."""
    change = get_object_or_404(CalendarChange, pk=pk)
    actor = actor_of(request)
    page = Paginator(moves_seen(actor, change), PAGE).get_page(request.GET.get("page"))
    context = {
        "section": SECTION,
        "change": change,
        "by": people_named([change]).get(change.person_id or 0, ""),
        "page_obj": page,
        "count": page.paginator.count,
        "moves": _named(actor, page.object_list),
    }
    return render(request, "core/calendar/change.html", context)


@official
@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """Compute a due date by hand, with every day that was counted; the address keeps the question."""
    form = CalculatorForm(request.GET) if request.GET else CalculatorForm(initial={"number": 5})
    done = form.computed(work_calendar()) if form.is_bound and form.is_valid() else None
    context: dict[str, Any] = {"section": SECTION, "form": form}
    if done is not None:
        context |= {
            "done": done,
            "due": clocks.due_words(done.due),
            "left": clocks.said_working(done.due_on, timezone.localdate(), work_calendar()),
            "steps": clocks.steps(done),
            "days": showing.day_lines(done),
        }
    return render(request, "core/calendar/calculator.html", context, status=422 if form.errors else 200)


def _named(actor: Actor, moves: Any) -> list[dict[str, Any]]:
    """The moves of a page with what their things are called; a thing of which no room tells is a due date by itself."""
    listed: list[ClockMove] = list(moves)
    found: dict[tuple[str, str], rooms.Finding] = {}
    offices = rooms.named({move.organisation_id for move in listed if move.organisation_id})
    for kind in {move.clock.subject_kind for move in listed}:
        ids = [move.clock.subject_id for move in listed if move.clock.subject_kind == kind]
        found |= {(kind, key): thing for key, thing in rooms.things(kind, actor, ids).items()}
    return [
        {
            "move": move,
            "thing": found.get((move.clock.subject_kind, move.clock.subject_id)),
            "organisation": offices[move.organisation_id].name if move.organisation_id in offices else "",
            "limit": clocks.limit_words(clocks.parse_limit(move.clock.limit)),
        }
        for move in listed
    ]


def _refuse_others(request: HttpRequest) -> None:
    if isinstance(refusal := rules.may_keep(actor_of(request)), No):
        raise Refused(refusal.reason)


def _wrong(form: Any, problem: ValidationError) -> None:
    """What an act refused, beside its field."""
    if hasattr(problem, "error_dict"):
        for field, errors in problem.message_dict.items():
            for error in errors:
                form.add_error(field if field in form.fields else None, error)
    else:
        form.add_error(None, problem)
