"""The review screen. Every button works as a plain form; with htmx only the pairs that changed come back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.core.actors import No, Refused
from nhipcau.core.views import official
from nhipcau.organisations import actions as directory
from nhipcau.organisations import queries as organisations

from ... import actions, rules
from ...forms import AgencyForm, EntryForm
from ...models import Doubt, Plan, Reading
from ...queries import confirming, plans, readings
from ...queries.review import lines_of, review_of
from ...reviewing import contents
from ...reviewing.decisions import ACCEPT, HOWS, NAMED, TYPED, Decision, Target
from ...reviewing.values import BadValue
from .answers import (
    Before,
    actor_of,
    address_of,
    answer,
    asked_again,
    edit_again,
    editing_of,
    number_of,
    page,
    pair_of,
    pieces,
    reading_of,
)


@official
@never_cache
@require_GET
def review(request: HttpRequest, public_id: str) -> HttpResponse:
    """The parallel edition. ``cho``: the doubt to ask, ``rieng`` by itself; ``sua``: the value to edit."""
    reading = reading_of(request, public_id)
    if reading.state == Reading.State.CONFIRMED:
        return redirect("plan", confirming.plan_of(reading).slug)
    if reading.state != Reading.State.REVIEW:
        return redirect("reading_progress", public_id)
    is_opened = not request.GET and bool(rules.may_review(actor_of(request), reading))
    if is_opened and readings.learnt_names(reading):
        actions.recognise_names(actor_of(request), reading)
        reading = reading_of(request, public_id)
    editing = editing_of(reading, request.GET.get("sua", ""))
    shown = review_of(
        actor_of(request),
        reading,
        position=number_of(request.GET.get("cho")),
        ask=editing is None,
        alone=bool(request.GET.get("rieng")),
    )
    if not request.headers.get("HX-Request"):
        return page(request, shown, editing, request.GET.get("them"))
    return pieces(request, shown, [pair_of(shown, editing)], editing)


@official
@require_POST
def settle(request: HttpRequest, public_id: str, position: int) -> HttpResponse:
    """Decide a doubt with all that are asked about with it (``rieng``: it alone), or put them off."""
    reading = reading_of(request, public_id)
    before = Before(request, reading)
    said, error = "", ""
    try:
        if request.POST.get("do") == "later":
            actions.postpone_doubt(actor_of(request), reading, position)
        elif request.POST.get("do") == "settle" and (picks := _picks(request)):
            alone = bool(request.POST.get("rieng"))
            actions.settle_words(actor_of(request), reading, position, picks, alone=alone)
        elif request.POST.get("do") == "alike":
            actions.accept_alike(actor_of(request), reading, _kind_of(reading, position))
        else:
            settle = actions.settle_doubt if request.POST.get("rieng") else actions.settle_stop
            settle(actor_of(request), reading, position, _decision(request))
    except Doubt.DoesNotExist:
        said = _("Chỗ này không còn. Có thể ai đó đã sửa trước bạn.")
    except actions.AlreadySettled as conflict:
        said = _who_settled(conflict.doubt)
    except BadValue as problem:
        error = str(problem)
    if error:
        return asked_again(request, reading, position, error, before)
    return answer(request, reading, before, said)


@official
@require_POST
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back a decision: the one that was named, else one's own last."""
    reading = reading_of(request, public_id)
    before = Before(request, reading)
    position = None
    try:
        doubt = actions.undo_decision(actor_of(request), reading, number_of(request.POST.get("doubt")))
        said = _("Không còn gì để hoàn tác.") if doubt is None else ""
        position = doubt.position if doubt is not None else None
    except actions.Overtaken:
        said = _("Không hoàn tác được vì chỗ này đã được sửa tiếp sau đó. Hãy sửa tay.")
    return answer(request, reading, before, said, position=position)


@official
@require_POST
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a value by hand; take an entry out, put it back; add one."""
    reading = reading_of(request, public_id)
    before = Before(request, reading)
    do, where = _what_to_edit(request)
    typed = request.POST.get("value", "")
    said = ""
    try:
        match do:
            case "remove":
                actions.remove_entry(actor_of(request), reading, where)
            case "restore":
                actions.restore_entry(actor_of(request), reading, where)
            case "add":
                return _add(request, reading)
            case _:
                dates = {name: request.POST.get(name, "") for name in ("kind", "start", "due")}
                seen = request.POST.get("seen")
                actions.change_value(actor_of(request), reading, where, typed, seen=seen, dates=dates)
    except contents.BadPointer:
        said = _("Mục này đã thay đổi. Hãy xem lại rồi sửa.")
    except actions.ChangedMeanwhile as conflict:
        error = _("Người khác vừa sửa chỗ này thành: “%(value)s”. Chữ bạn gõ vẫn ở đây; lưu lần nữa nếu bạn muốn thay.")
        return edit_again(request, reading, where, typed, error % {"value": conflict.value}, before)
    except BadValue as problem:
        return edit_again(request, reading, where, typed, str(problem), before)
    return answer(request, reading, before, said)


def _what_to_edit(request: HttpRequest) -> tuple[str, str]:
    """What is to be done, and where: a button beside an entry names both at once."""
    for do in ("remove", "restore"):
        if do in request.POST:
            return do, request.POST[do]
    return request.POST.get("do", "change"), request.POST.get("where", "")


def _add(request: HttpRequest, reading: Reading) -> HttpResponse:
    form = EntryForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        words = data["text"] or _words_of_lines(reading, data["first_line"], data["last_line"])
        try:
            actions.add_entry(
                actor_of(request), reading, data["section"], words,
                first_line=data["first_line"], last_line=data["last_line"],
            )  # fmt: skip
        except BadValue as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã thêm mục. Hãy ghi cơ quan và thời gian cho mục mới."))
            return redirect(f"{reverse('review', args=[reading.public_id])}#dong-{data['first_line']}")
    shown = review_of(actor_of(request), reading_of(request, reading.public_id))
    return page(request, shown, None, "1", adding=form)


@official
@require_http_methods(["GET", "POST"])
def match_agency(request: HttpRequest, public_id: str) -> HttpResponse:
    """Look for the agency that a doubt is about in the whole directory, or enter it in place."""
    reading = reading_of(request, public_id)
    if isinstance(refusal := rules.may_review(actor_of(request), reading), No):
        raise Refused(refusal.reason)
    position = number_of(request.POST.get("cho") or request.GET.get("cho"))
    doubt = get_object_or_404(reading.doubts, position=position or 0, state__in=readings.LEFT)
    if not contents.is_name(doubt.where) or not contents.has(reading.current, doubt.where):
        return redirect(address_of(reading, doubt))
    name = contents.get(reading.current, doubt.where)
    form = AgencyForm(request.POST or None, initial=_guessed(name, reading))
    if request.method == "POST" and form.is_valid():
        made = _make_agency(request, reading, form)
        if made is not None:
            actions.settle_stop(actor_of(request), reading, doubt.position, Decision(NAMED, target=made))
            messages.success(request, _("Đã thêm %(name)s vào danh bạ.") % {"name": made.name})
            return answer(request, reading, Before(request, reading), "")
    wanted = request.GET.get("q", "").strip() or name
    context = {
        "reading": reading,
        "doubt": doubt,
        "name": name,
        "q": wanted,
        "offers": organisations.suggestions(wanted, readings.scope_of(reading), limit=12),
        "form": form,
        "back": address_of(reading, doubt),
        "section": "readings",
    }
    return render(request, "plans/review_agency.html", context, status=422 if form.errors else 200)


def _make_agency(request: HttpRequest, reading: Reading, form: AgencyForm) -> Target | None:
    data = form.cleaned_data
    try:
        made = directory.add_organisation(
            actor_of(request),
            reading.organisation if data["is_below"] else None,
            name=data["name"],
            level=data["level"],
            kind=data["kind"],
        )
    except Refused as problem:
        form.add_error(None, problem.reason)
    except ValidationError as problem:
        for field, said in problem.message_dict.items():
            form.add_error(field if field in form.fields else None, said)
    else:
        return Target("organisation", made.public_id, made.name)
    return None


@official
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make it live. GET shows what will happen, and for a new version what it changes."""
    reading = reading_of(request, public_id)
    if reading.state == Reading.State.CONFIRMED:
        return redirect("plan", confirming.plan_of(reading).slug)
    if isinstance(refusal := rules.may_review(actor_of(request), reading), No):
        raise Refused(refusal.reason)
    draft = confirming.draft_of(reading)
    known = confirming.replaced_plan(reading, draft.facts)
    own = plans.visible_plans(actor_of(request)).filter(organisation_id=reading.organisation_id)
    chosen = known or _chosen(request, own)
    if request.method == "POST" and (request.POST.get("sure") or known is None):
        return _confirmed(request, reading, actions.confirm_reading(actor_of(request), reading, replaces=chosen))
    context = {
        "reading": reading,
        "draft": draft,
        "known": known,
        "chosen": chosen,
        "others": [] if known else list(own.order_by("sort_key")[:200]),
        "comparison": confirming.comparison(chosen, draft) if chosen else None,
        "left": readings.stops_left(reading),
        "tasks": len(contents.live(reading.current, "tasks")),
        "section": "readings",
    }
    return render(request, "plans/review_confirm.html", context)


def _chosen(request: HttpRequest, own: Any) -> Plan | None:
    public_id = request.POST.get("replaces") or request.GET.get("replaces")
    return own.filter(public_id=public_id).first() if public_id else None


def _confirmed(request: HttpRequest, reading: Reading, plan: Plan) -> HttpResponse:
    count = plan.tasks.filter(kind="task", state="live").count()
    said = ngettext("Đã xác nhận %(n)s nhiệm vụ.", "Đã xác nhận %(n)s nhiệm vụ.", count) % {"n": count}
    messages.success(request, said)
    return redirect("plan", plan.slug)


def _picks(request: HttpRequest) -> dict[int, dict[int, int]]:
    """The words for which another reading than the proposed one was picked: position of the doubt → number of the word →
    number of the reading. Each is a field "tu-<position>-<number>"."""
    picks: dict[int, dict[int, int]] = {}
    for name, value in request.POST.items():
        sign, _dash, rest = name.partition("-")
        position, word, pick = (
            number_of(rest.partition("-")[0]),
            number_of(rest.partition("-")[2]),
            number_of(str(value)),
        )
        if sign == "tu" and position is not None and word is not None and pick:
            picks.setdefault(position, {})[word] = pick
    return picks


def _decision(request: HttpRequest) -> Decision:
    """What the form says. Raises ``BadValue``."""
    if request.POST.get("do") == TYPED:
        return Decision(TYPED, typed=request.POST.get("value", ""))
    how, _sep, rest = request.POST.get("choice", ACCEPT).partition(":")
    if how not in HOWS:
        raise BadValue(_("Hãy chọn một trong các đề nghị."))
    if how != NAMED:
        return Decision(how)
    kind, _sep, public_id = rest.partition(":")
    target = (
        organisations.group_by_public_id(public_id)
        if kind == "group"
        else organisations.organisation_by_public_id(public_id)
    )
    if target is None:
        raise BadValue(_("Cơ quan này không còn trong danh bạ. Hãy chọn cơ quan khác."))
    return Decision(NAMED, target=Target(kind, target.public_id, target.name))


def _who_settled(doubt: Doubt) -> str:
    name = readings.person_name(doubt.person_id)
    if not name:
        return _("Chỗ này đã được quyết định cùng một chỗ khác.")
    return _("%(name)s đã quyết định chỗ này trước bạn; dưới đây là giá trị mới.") % {"name": name}


def _guessed(name: str, reading: Reading) -> dict[str, Any]:
    return {"name": name, "level": reading.organisation.level, "kind": "other", "is_below": True}


def _words_of_lines(reading: Reading, first: int, last: int) -> str:
    return " ".join(text for number, text, _page in lines_of(reading) if first <= number <= last)


def _kind_of(reading: Reading, position: int) -> str:
    return reading.doubts.get(position=position).kind
