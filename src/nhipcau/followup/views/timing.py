"""The time of an assignment and the rhythm of a task, moved by who follows them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from nhipcau.core import clocks
from nhipcau.core.actors import Actor, No, Refused
from nhipcau.core.views import official
from nhipcau.plans.models import NO_DATE

from .. import actions, rules
from ..acting_forms import ExtensionForm, RhythmForm
from ..models import Assignment, TaskRhythm
from ..periods import last_day_of, usual_rhythm
from ..queries.seen import visible_assignment


@official
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, public_id: str) -> HttpResponse:
    """Move the last day of an assignment, with a reason."""
    actor, row = _asked(request, public_id)
    if isinstance(refusal := rules.may_extend(actor, row), No):
        raise Refused(refusal.reason)
    form = ExtensionForm(request.POST or None, initial={"seen": row.due})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.extend_assignment(actor, row, **form.cleaned_data)
        except Refused as refused:
            form.add_error("new_due", refused.reason)
        else:
            messages.success(request, _("Đã gia hạn đến hết ngày %(day)s.") % {"day": clocks.spoken(made.new_due)})
            return redirect("assignment", row.public_id)
    end = last_day_of(row.period)
    context = {
        "section": "board",
        "row": row,
        "form": form,
        "has_due": row.due != NO_DATE,
        "end": end if end != NO_DATE else None,
        "distance": clocks.said(row.due, timezone.localdate()) if row.due != NO_DATE else "",
    }
    return render(request, "followup/extend.html", context, status=422 if form.errors else 200)


@official
@require_http_methods(["GET", "HEAD", "POST"])
def rhythm(request: HttpRequest, public_id: str) -> HttpResponse:
    """How often the agencies of this assignment's task are asked for a word."""
    actor, row = _asked(request, public_id)
    if isinstance(refusal := rules.may_set_rhythm(actor, row.owner), No):
        raise Refused(refusal.reason)
    held = TaskRhythm.objects.filter(task=row.task_id).first()
    usual = usual_rhythm(row.task.time_kind)
    form = RhythmForm(request.POST or None, initial={"rhythm": held.rhythm if held else usual})
    if request.method == "POST" and form.is_valid():
        moved = actions.set_rhythm(actor, row.task, **form.cleaned_data)
        said = ngettext("Đã đặt nhịp báo; %(n)s cơ quan được báo.", "Đã đặt nhịp báo; %(n)s cơ quan được báo.", moved)
        messages.success(request, said % {"n": moved})
        return redirect("assignment", row.public_id)
    context = {"section": "board", "row": row, "form": form}
    return render(request, "followup/rhythm.html", context, status=422 if form.is_bound else 200)


def _asked(request: HttpRequest, public_id: str) -> tuple[Actor, Assignment]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = visible_assignment(actor, public_id)
    if row is None:
        raise Http404
    return actor, row
