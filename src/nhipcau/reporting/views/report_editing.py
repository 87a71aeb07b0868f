"""Sentences are edited in place: a piece of the page for htmx, the whole page for everyone else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nhipcau.core import refs
from nhipcau.core.actors import No, Refused
from nhipcau.core.views import official

from .. import actions, rules
from ..models import Report, Sentence
from ..queries.showing import lines_of, next_step, page_of
from ..saying import answered
from .report import report_page
from .report_common import actor_of, found_or_404, is_part, place_of, sentence_or_404

_GET_AND_POST = require_http_methods(["GET", "HEAD", "POST"])


@official
@_GET_AND_POST
def sentence(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """One sentence as it stands, or with ``?sua=1`` its form; posted: edit, restore, leave_out, take_in."""
    report = found_or_404(request, public_id)
    if request.method == "POST":
        return _changed(request, report, key)
    found = sentence_or_404(report, key)
    may_edit = bool(rules.may_write(actor_of(request), report))
    wants_form = may_edit and request.GET.get("sua") == "1"
    if not is_part(request):
        return redirect(place_of(report, key, **({"sua": key} if wants_form else {})))
    return _line(request, report, found, editing=found.public_id if wants_form else "")


def _changed(request: HttpRequest, report: Report, key: str) -> HttpResponse:
    do = request.POST.get("do", "edit")
    if do not in _ACTS:
        raise Http404
    _refuse_readers(request, report)
    text = request.POST.get("text", "")
    try:
        made = _ACTS[do](request, report, key)
    except actions.Changed as changed:
        mine = text if do in ("edit", "answer") else None
        return _told(request, changed.sentence, changed, 409, editing=key, typed=mine, conflict=changed.sentence)
    except actions.Gone as gone:
        return _gone(request, report, gone.reason, text)
    except Refused as refusal:
        found = sentence_or_404(report, key)
        return _told(request, found, refusal, 422, editing=key, typed=text)
    if is_part(request):
        return _line(request, found_or_404(request, report.public_id), made)
    return redirect(place_of(report, key))


def _edit(request: HttpRequest, report: Report, key: str) -> Sentence:
    given = request.POST
    return actions.edit_sentence(actor_of(request), report, key, text=given.get("text", ""), seen=given.get("seen", ""))


def _restore(request: HttpRequest, report: Report, key: str) -> Sentence:
    return actions.restore_sentence(actor_of(request), report, key, seen=request.POST.get("seen", ""))


def _leave_out(request: HttpRequest, report: Report, key: str) -> Sentence:
    return actions.leave_out(actor_of(request), report, key, seen=request.POST.get("seen", ""))


def _take_in(request: HttpRequest, report: Report, key: str) -> Sentence:
    return actions.take_in(actor_of(request), report, key, seen=request.POST.get("seen", ""))


def _answer(request: HttpRequest, report: Report, key: str) -> Sentence:
    """Words in a gap, which then name what they are about."""
    gap, text = sentence_or_404(report, key), request.POST.get("text", "")
    words = answered(gap, text) if gap.kind == Sentence.Kind.GAP else text
    return actions.edit_sentence(actor_of(request), report, key, text=words, seen=request.POST.get("seen", ""))


_ACTS: dict[str, Callable[[HttpRequest, Report, str], Sentence]] = {
    "edit": _edit,
    "answer": _answer,
    "restore": _restore,
    "leave_out": _leave_out,
    "take_in": _take_in,
}


@official
@_GET_AND_POST
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form of a new sentence after another one, and the sentence when it is posted."""
    report = found_or_404(request, public_id)
    _refuse_readers(request, report)
    given = request.POST if request.method == "POST" else request.GET
    part, after = given.get("part", "")[:40], given.get("after", "")[:10]
    if request.method != "POST":
        if not is_part(request):
            return redirect(place_of(report, after, them=f"{part}:{after}"))
        return render(request, "reporting/report_add.html", {"report": report, "part": part, "after": after})
    text = given.get("text", "")
    try:
        made = actions.add_sentence(actor_of(request), report, part=part, after=after, text=text)
    except Refused as refusal:
        context = {"report": report, "part": part, "after": after, "typed": text, "problem": refusal.reason}
        if is_part(request):
            return render(request, "reporting/report_add.html", context)
        more = {"adding_part": part, "adding": after, "typed": text, "problem": refusal.reason}
        return report_page(request, found_or_404(request, public_id), status=422, **more)
    if is_part(request):
        fresh = found_or_404(request, public_id)
        response = _lines(request, fresh, made)
        if fresh.version == report.version:  # sent twice: it stands on the page already
            response["HX-Refresh"] = "true"
        return response
    messages.success(request, _("Đã thêm câu."))
    return redirect(place_of(report, made[0].public_id))


@official
@require_safe
def sources(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """What stands behind a sentence: the things of any room that the reader may see, and the figures that it states."""
    report = found_or_404(request, public_id)
    found = sentence_or_404(report, key)
    wanted = [ref for kind, ref_id in found.refs if (ref := refs.Ref.of(f"{kind}:{ref_id}")) is not None]
    shown = list(refs.shown(actor_of(request), wanted).values())
    context = {
        "section": "reports",
        "report": report,
        "sentence": found,
        "things": [one for one in shown if not one.is_hidden],
        "hidden": sum(one.is_hidden for one in shown),
        "figures": list(report.figures.filter(key__in=found.figures)),
    }
    template = "reporting/report_sources_list.html" if is_part(request) else "reporting/report_sources.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


# --- pieces --------------------------------------------------------------------------------------------------------------


def _line(request: HttpRequest, report: Report, found: Sentence, **more: Any) -> HttpResponse:
    return _lines(request, report, [found], **more)


def _lines(request: HttpRequest, report: Report, found: list[Sentence], **more: Any) -> HttpResponse:
    """Lines of the page and, beside them, the next step as it is now."""
    actor = actor_of(request)
    page = page_of(report)
    context = {
        "report": report,
        "round": report.round,
        "page": page,
        "next": next_step(actor, page),
        "may_edit": bool(rules.may_write(actor, report)),
        "is_own": True,
        "lines": lines_of(report, found),
    }
    response = render(request, "reporting/report_pieces.html", context | more)
    response["Vary"] = "HX-Request"
    return response


def _told(request: HttpRequest, found: Sentence, refusal: Refused, status: int, **more: Any) -> HttpResponse:
    """The form again with what was typed, and why nothing was written. htmx takes only what comes as a success."""
    report = found_or_404(request, found.report.public_id)
    if is_part(request):
        return _line(request, report, found, problem=refusal.reason, **more)
    return report_page(request, report, status=status, problem=refusal.reason, **more)


def _gone(request: HttpRequest, report: Report, problem: str, typed: str) -> HttpResponse:
    """The sentence is there no longer: what was typed can become a new one."""
    part = request.POST.get("part", "")[:40]
    if is_part(request):
        context = {"report": report, "part": part, "after": "", "typed": typed, "problem": problem}
        return render(request, "reporting/report_add.html", context)
    fresh = found_or_404(request, report.public_id)
    more = {"adding_part": part, "adding": "", "typed": typed, "problem": problem}
    return report_page(request, fresh, status=409, **more)


def _refuse_readers(request: HttpRequest, report: Report) -> None:
    if isinstance(refusal := rules.may_write(actor_of(request), report), No):
        raise Refused(refusal.reason)
