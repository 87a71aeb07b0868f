"""The page of one report: as it will be printed, to be edited in place by its writers, to be read by who receives it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.core.clocks import said_working
from nhipcau.core.clocks.unfolding import due_words
from nhipcau.core.timekeeping import work_calendar
from nhipcau.core.views import official
from nhipcau.documents.queries.letterhead import letterhead
from nhipcau.documents.queries.outgoing.seen import visible_outgoings

from .. import rules
from ..models import Report
from ..queries.changes import drafted_change
from ..queries.showing import STATES, has_new_edition, next_step, page_of
from .report_common import SECTION, actor_of, found_or_404


@official
@require_safe
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """The report. ``?sua=`` opens the form of one sentence, ``?them=part:sentence`` one for a new sentence."""
    return report_page(request, found_or_404(request, public_id))


def report_page(request: HttpRequest, found: Report, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page, with what an act made of it: ``problem`` (words), ``editing``, ``adding``, ``typed``, ``conflict``."""
    actor = actor_of(request)
    page = page_of(found)
    head = letterhead(found.organisation)
    is_open = bool(rules.may_write(actor, found))
    part, _colon, after = request.GET.get("them", "").partition(":")
    context: dict[str, Any] = {
        "section": SECTION,
        "page": page,
        "report": found,
        "round": found.round,
        "sign": STATES[Report.State(found.state)],
        "due": due_words(timezone.localtime(found.due_at)),
        "left": _left(found),
        "is_own": actor.organisation_id == found.organisation_id,
        "may_edit": is_open,
        "sees_round": bool(page.all_below),
        "sees_document": found.was_sent and visible_outgoings(actor).filter(report=found).exists(),
        "may_answer": bool(rules.may_answer_for(actor, found)),
        "may_correct": bool(rules.may_correct(actor, found)) and not has_new_edition(found),
        "new_edition": getattr(found, "replaced_by", None) if found.was_sent else None,
        "next": next_step(actor, page),
        "changed": " ".join(part for part in (found.what_changed, drafted_change(found)) if part) if is_open else "",
        "head": head,
        "code": head.code("Báo cáo"),
        "editing": request.GET.get("sua", "") if is_open else "",
        "adding_part": part if is_open else "",
        "adding": after if is_open else "",
        "changes": request.session.pop(changes_key(found), None) if is_open else None,
    }
    return render(request, "reporting/report.html", context | more, status=status)


def changes_key(found: Report) -> str:
    """Where the session keeps what drafting anew has changed, until the writer has read it."""
    return f"report-changes-{found.public_id}"


def _left(found: Report) -> str:
    """How long is left, for a report that has not left yet."""
    if found.was_sent:
        return ""
    return said_working(timezone.localdate(found.due_at), timezone.localdate(), work_calendar())
