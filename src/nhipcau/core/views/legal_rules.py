"""The limits of law: what holds today, every version with its basis, and adding the next one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nhipcau.core import clocks
from nhipcau.core.actors import Refused
from nhipcau.core.models import LegalRule
from nhipcau.core.timekeeping import actions, found_rules, versions
from nhipcau.core.timekeeping import rules as rights
from nhipcau.core.timekeeping.actions import RULE_FIELDS
from nhipcau.core.timekeeping.forms import LegalRuleForm

from .calendar import SECTION, _refuse_others, _wrong, actor_of
from .gate import official

PAGE = 50


@official
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The limits in force today; all versions where asked for."""
    q = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    is_all = request.GET.get("tat-ca") == "1"
    page = Paginator(found_rules(q, None if is_all else timezone.localdate()), PAGE).get_page(request.GET.get("page"))
    context = {
        "section": SECTION,
        "q": q,
        "is_all": is_all,
        "page_obj": page,
        "count": page.paginator.count,
        "lines": [_line(row) for row in page.object_list],
        "may_keep": bool(rights.may_keep(actor_of(request))),
    }
    return render(request, "core/calendar/rules.html", context)


@official
@require_safe
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """Every version of one limit."""
    found = versions(code[:60])
    if not found:
        raise Http404
    may_keep = bool(rights.may_keep(actor_of(request)))
    context = {
        "section": SECTION,
        "code": code,
        "name": found[0].name,
        "lines": [_line(row) for row in found],
        "withdrawable": found[0].pk if may_keep and found[0].person_id and not found[0].clocks.exists() else None,
        "may_keep": may_keep,
    }
    return render(request, "core/calendar/rule.html", context)


@official
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new limit, or the next version of one (``?ma=``), which begins as the one before stands."""
    _refuse_others(request)
    before = next(iter(versions(request.GET.get("ma", "").replace("\x00", "")[:60])), None)
    initial = {}
    if before is not None:
        skipped = {"valid_from", "valid_to", "basis", "source"}
        initial = {name: getattr(before, name) for name in RULE_FIELDS if name not in skipped}
    form = LegalRuleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.add_rule_version(actor_of(request), form.cleaned_data)
        except ValidationError as problem:
            _wrong(form, problem)
        else:
            said = _("Đã ghi “%(name)s”, áp dụng từ %(day)s. Việc bắt đầu trước ngày ấy giữ quy định cũ.")
            messages.success(request, said % {"name": kept.name, "day": clocks.spoken(kept.valid_from)})
            return redirect("legal_rule", kept.code)
    context = {"section": SECTION, "form": form, "before": before}
    return render(request, "core/calendar/rule_form.html", context, status=422 if form.errors else 200)


@official
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the last version, written here by mistake."""
    _refuse_others(request)
    row = get_object_or_404(LegalRule, pk=pk)
    try:
        actions.withdraw_rule_version(actor_of(request), row)
    except ValidationError as problem:
        raise Refused(" ".join(problem.messages)) from problem
    messages.success(request, _("Đã rút phiên bản áp dụng từ %(day)s.") % {"day": clocks.spoken(row.valid_from)})
    return redirect("legal_rule", row.code) if versions(row.code) else redirect("legal_rules")


def _line(row: LegalRule) -> dict[str, Any]:
    """A version with its limit in words, and how it stands today."""
    today = timezone.localdate()
    limit = clocks.parse_limit(row.limit)
    state, words = "done", _("đang áp dụng")
    if row.valid_from > today:
        state, words = "going", _("sắp áp dụng")
    elif not row.is_in_force(today):
        state, words = "none", _("đã hết áp dụng")
    return {"rule": row, "limit": clocks.limit_words(limit), "state": state, "state_words": words}
