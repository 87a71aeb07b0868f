"""Groups: the rule in words, members on a day, naming members."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.core.actors import No, Refused
from nhipcau.core.forms import DayField
from nhipcau.core.views import official

from .. import actions, queries, rules
from ..forms import GroupForm, MembersForm, put_errors
from ..models import Group, Level, Organisation, OrganisationKind
from ._common import SECTION, actor_of, group_or_404, organisation_or_404


@official
@require_GET
def group(request: HttpRequest, public_id: str) -> HttpResponse:
    """A group with its members on a day (``?ngay=``; today unless said, or the last day of what has ended)."""
    about = group_or_404(public_id)
    actor = actor_of(request)
    day, problem = _day(request.GET.get("ngay", ""), about.scope.valid_to)
    named = {o.pk for o in about.members.all()}
    listed = list(queries.members(about, day).select_related("parent"))
    context = {
        "section": SECTION,
        "group": about,
        "day": day,
        "day_problem": problem,
        "asked": request.GET.get("ngay", ""),
        "members": [{"organisation": o, "is_named": o.pk in named} for o in listed],
        "not_then": len(named - {o.pk for o in listed}),
        "rule": rule_in_words(about),
        "wordings": list(about.aliases.order_by("folded")),
        "may_keep": bool(rules.may_keep(actor, about.scope, queries.keeping(actor, about.scope))),
        "may_name": bool(rules.may_name_members(actor, about)),
    }
    return render(request, "organisations/group.html", context)


@official
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make a group of a committee."""
    scope = organisation_or_404(public_id)
    return _edit(request, scope, None)


@official
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a group."""
    about = group_or_404(public_id)
    return _edit(request, about.scope, about)


@official
@require_POST
def add_standard(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make the groups that plans of such a committee usually name."""
    made = actions.add_standard_groups(actor_of(request), organisation_or_404(public_id))
    if made:
        text = ngettext("Đã thêm %(n)s nhóm thường gặp.", "Đã thêm %(n)s nhóm thường gặp.", len(made))
        messages.success(request, text % {"n": len(made)})
    else:
        messages.info(request, _("Các nhóm thường gặp đã có đủ."))
    return redirect("organisation", public_id)


@official
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest, public_id: str) -> HttpResponse:
    """Name the members of a group."""
    about = group_or_404(public_id)
    actor = actor_of(request)
    _refuse(rules.may_name_members(actor, about))
    candidates = queries.candidates(about)
    form = MembersForm(request.POST or None, initial={"members": about.members.all()}, candidates=candidates)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["members"])
        actions.name_members(actor, about, chosen)
        text = ngettext("Nhóm có %(n)s thành viên nêu tên.", "Nhóm có %(n)s thành viên nêu tên.", len(chosen))
        messages.success(request, text % {"n": len(chosen)})
        return redirect("group", public_id)
    context = {"section": SECTION, "form": form, "group": about}
    return render(request, "organisations/members.html", context, status=400 if form.errors else 200)


def rule_in_words(about: Group) -> str:
    """What the group takes, as a sentence."""
    if about.is_open:
        return _("Nhóm mở: chỉ gồm những cơ quan được nêu tên.")
    kinds = ", ".join(str(OrganisationKind(kind).label).lower() for kind in about.kinds)
    levels = ", ".join(str(Level(level).label).lower() for level in about.levels)
    if not kinds and not levels:
        return _("Mọi cơ quan trực thuộc %(scope)s.") % {"scope": about.scope.name}
    if not levels:
        return _("Các cơ quan trực thuộc %(scope)s thuộc loại: %(kinds)s.") % {
            "scope": about.scope.name,
            "kinds": kinds,
        }
    if not kinds:
        return _("Các cơ quan trực thuộc %(scope)s ở: %(levels)s.") % {"scope": about.scope.name, "levels": levels}
    text = _("Các cơ quan trực thuộc %(scope)s ở %(levels)s, thuộc loại: %(kinds)s.")
    return text % {"scope": about.scope.name, "levels": levels, "kinds": kinds}


def _edit(request: HttpRequest, scope: Organisation, about: Group | None) -> HttpResponse:
    actor = actor_of(request)
    _refuse(rules.may_keep(actor, scope, queries.keeping(actor, scope)))
    initial: dict[str, Any] = {}
    if about is not None:
        initial = {"name": about.name, "is_open": about.is_open, "kinds": about.kinds, "levels": about.levels}
        initial["wordings"] = "\n".join(about.aliases.order_by("pk").values_list("text", flat=True))
    form = GroupForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            if about is None:
                saved = actions.add_group(actor, scope, **form.values())
            else:
                saved = actions.change_group(actor, about, **form.values())
        except ValidationError as problem:
            put_errors(form, problem)
        else:
            messages.success(request, _("Đã lưu nhóm %(name)s.") % {"name": saved.name})
            return redirect("group", saved.public_id)
    context = {"section": SECTION, "form": form, "group": about, "scope": scope}
    return render(request, "organisations/group_form.html", context, status=400 if form.errors else 200)


def _day(given: str, last: dt.date | None) -> tuple[dt.date, str]:
    usual = min(timezone.localdate(), last or dt.date.max)
    if not given:
        return usual, ""
    try:
        day = DayField().clean(given)
    except ValidationError as problem:
        return usual, " ".join(problem.messages)
    return day or usual, ""


def _refuse(answer: Any) -> None:
    if not answer:
        raise Refused(answer.reason if isinstance(answer, No) else _("Bạn không có quyền làm việc này."))
