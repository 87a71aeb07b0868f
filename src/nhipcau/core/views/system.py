"""Whether the house works, for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from .. import actions, rules, watching
from ..actors import No, Refused
from .gate import official


@official
@require_safe
def system(request: HttpRequest) -> HttpResponse:
    """Workers, periodic jobs, letters, the queue; what stopped is said first."""
    answer = rules.may_watch(request.actor)  # type: ignore[attr-defined]
    if not answer:
        raise Refused(answer.reason if isinstance(answer, No) else "")
    context = {
        "stopped": watching.stopped(),
        "workers": watching.workers(),
        "rounds": watching.rounds(),
        "letters": watching.letters(),
        "queue": watching.queue(),
        "section": "system",
    }
    return render(request, "core/system.html", context)


@official
@require_POST
def retry_letters(request: HttpRequest) -> HttpResponse:
    """Try every letter again that did not go out."""
    number = actions.retry_letters(request.actor)  # type: ignore[attr-defined]
    if number:
        said = ngettext("Sẽ gửi lại %(count)d thư trong một phút.", "Sẽ gửi lại %(count)d thư trong một phút.", number)
        messages.success(request, said % {"count": number})
    else:
        messages.info(request, _("Không có thư nào chờ gửi lại."))
    return redirect("system")
