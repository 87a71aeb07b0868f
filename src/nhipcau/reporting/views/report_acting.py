"""What people do with a whole report: each act is one form on its page; ``do`` says which."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from nhipcau.core.actors import Refused
from nhipcau.core.views import official

from .. import actions, rules
from ..models import Report
from ..queries.changes import changed_since, snapshot
from .report import changes_key, report_page
from .report_common import actor_of, found_or_404


@official
@require_POST
def act_on_report(request: HttpRequest, public_id: str) -> HttpResponse:
    """Draft, merge, submit, accept, ask for changes, correct."""
    found = found_or_404(request, public_id)
    do = request.POST.get("do", "")
    if do not in _ACTS:
        raise Http404
    rule, run = _ACTS[do]
    try:
        address = run(request, found)
    except Refused as refusal:
        if not rule(actor_of(request), found):
            raise
        fresh = found_or_404(request, public_id)
        typed = request.POST.get("text", request.POST.get("changed", ""))
        status = 409 if isinstance(refusal, actions.Outdated) else 422
        return report_page(request, fresh, status=status, problem=refusal.reason, do=do, words=typed)
    if do in _SAID:
        messages.success(request, str(_SAID[do]))
    return redirect(address)


def _draft(request: HttpRequest, found: Report) -> Report:
    return _anew(request, found, actions.draft_report)


def _merge(request: HttpRequest, found: Report) -> Report:
    return _anew(request, found, actions.merge_reports)


def _anew(request: HttpRequest, found: Report, act: Callable[[Any, Report], Report]) -> Report:
    """Draft and, where something stood there before, keep what has changed until the writer has read it."""
    before = snapshot(found) if found.drafted_at is not None else None
    made = act(actor_of(request), found)
    if before is None:
        messages.success(request, _("Đã lập bản thảo. Mỗi câu có nguồn của nó; chỗ chưa có thông tin để trống."))
        return made
    changes = changed_since(before, made)
    if any(changes.values()):
        request.session[changes_key(found)] = changes
    else:
        messages.success(request, _("Đã lập lại bản thảo: không có gì khác trước."))
    return made


def _submit(request: HttpRequest, found: Report) -> Any:
    given = request.POST.get("version", "")
    version = int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else 0
    changed = request.POST.get("changed", "")
    return actions.submit_report(actor_of(request), found, version=version, what_changed=changed)


def _accept(request: HttpRequest, found: Report) -> Report:
    return actions.accept_report(actor_of(request), found)


def _ask(request: HttpRequest, found: Report) -> Report:
    return actions.ask_for_changes(actor_of(request), found, text=request.POST.get("text", ""))


def _correct(request: HttpRequest, found: Report) -> Report:
    return actions.correct_report(actor_of(request), found, what_changed=request.POST.get("text", ""))


def _place(run: Callable[[HttpRequest, Report], Report]) -> Callable[[HttpRequest, Report], str]:
    def to_page(request: HttpRequest, found: Report) -> str:
        return reverse("report", args=[run(request, found).public_id])

    return to_page


def _submitted(request: HttpRequest, found: Report) -> str:
    _submit(request, found)
    return reverse("report", args=[found.public_id])


_ACTS: dict[str, tuple[Callable[..., Any], Callable[[HttpRequest, Report], str]]] = {
    "draft": (rules.may_write, _place(_draft)),
    "merge": (rules.may_write, _place(_merge)),
    "submit": (rules.may_write, _submitted),
    "accept": (rules.may_answer_for, _place(_accept)),
    "ask": (rules.may_answer_for, _place(_ask)),
    "correct": (rules.may_correct, _place(_correct)),
}
_SAID = {
    "submit": gettext_lazy("Đã trình ký. Lãnh đạo của cơ quan được báo."),
    "accept": gettext_lazy("Đã chấp nhận báo cáo."),
    "ask": gettext_lazy("Đã gửi yêu cầu. Cơ quan lập báo cáo được báo."),
    "correct": gettext_lazy("Đã mở bản mới. Bạn sửa rồi trình ký như bản trước."),
}
