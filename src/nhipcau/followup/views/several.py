"""Several assignments of a list at once: their due day is moved, or the rhythm of their tasks is set."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from nhipcau.core.actors import Actor, No
from nhipcau.core.acts import Refused
from nhipcau.core.forms import typed_day
from nhipcau.core.views import official

from .. import rules
from ..actions import extend_assignment, set_rhythm
from ..models import Assignment
from ..queries.board import BoardFilter
from ..queries.seen import followed_assignments

MOST = 200


@official
@require_POST
def change_several(request: HttpRequest) -> HttpResponse:
    """Extend the ticked assignments, or set the rhythm of their tasks: each by its own act. Says how many were changed, and
    why others were not."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if isinstance(answer := rules.may_chase(actor), No):
        raise Refused(answer.reason)
    chosen = [value for value in request.POST.getlist("assignment") if value.isascii() and value.isalnum()][:MOST]
    rows = list(
        followed_assignments(actor)
        .filter(public_id__in=chosen, ended=Assignment.Ended.RUNNING)
        .select_related("task__plan__organisation", "owner")
        .order_by("pk")
    )
    if not rows:
        messages.warning(request, _("Bạn chưa chọn việc nào."))
    elif request.POST.get("do") == "rhythm":
        _set_rhythm(request, actor, rows)
    else:
        _extend(request, actor, rows)
    return redirect(reverse("board_rows") + (BoardFilter.of(request.POST).address() or "?tat-ca="))


def _extend(request: HttpRequest, actor: Actor, rows: list[Assignment]) -> None:
    day = typed_day(request.POST.get("new_due", ""))
    if day is None:
        messages.warning(request, _("Bạn hãy ghi hạn mới theo dạng ngày/tháng/năm."))
        return
    reason = request.POST.get("reason", "")
    done, refused = _each(rows, lambda row: extend_assignment(actor, row, new_due=day, reason=reason))
    if done:
        said = ngettext("Đã gia hạn %(n)s việc.", "Đã gia hạn %(n)s việc.", done) % {"n": done}
        messages.success(request, said)
    _say(request, refused)


def _set_rhythm(request: HttpRequest, actor: Actor, rows: list[Assignment]) -> None:
    tasks = {row.task_id: row.task for row in rows}
    rhythm = request.POST.get("rhythm", "")
    done, refused = _each(tasks.values(), lambda task: set_rhythm(actor, task, rhythm=rhythm))
    if done:
        said = ngettext("Đã đặt nhịp báo cho %(n)s nhiệm vụ.", "Đã đặt nhịp báo cho %(n)s nhiệm vụ.", done)
        messages.success(request, said % {"n": done})
    _say(request, refused)


def _each(things: Iterable[Any], do: Callable[[Any], Any]) -> tuple[int, dict[str, int]]:
    """Do it to each; how often it was done, and how often each reason was given against it."""
    done, refused = 0, dict[str, int]()
    for thing in things:
        try:
            do(thing)
        except Refused as refusal:
            refused[refusal.reason] = refused.get(refusal.reason, 0) + 1
        else:
            done += 1
    return done, refused


def _say(request: HttpRequest, refused: dict[str, int]) -> None:
    for reason, count in refused.items():
        said = ngettext("%(n)s việc giữ nguyên: %(reason)s", "%(n)s việc giữ nguyên: %(reason)s", count)
        messages.warning(request, said % {"n": count, "reason": reason})
