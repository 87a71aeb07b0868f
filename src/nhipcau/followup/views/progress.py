"""A word on progress: written with one tap or with a sentence, taken back, written over a colleague's only knowingly."""

from __future__ import annotations

import dataclasses
import functools
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhipcau.core import files, refs
from nhipcau.core.actors import Actor, Refused
from nhipcau.core.models import User
from nhipcau.core.views import official
from nhipcau.core.views.gate import next_page

from .. import gathering
from ..actions import Given, Outdated, record_progress, take_back_note
from ..forms import NoteForm
from ..gathering import MOST
from ..models import Assignment, Note
from ..queries.jobs import shown_jobs
from ..queries.seen import visible_assignment
from . import one


@dataclasses.dataclass(slots=True)
class Typed:
    """What was typed into a form that could not be taken as it is, and why not."""

    progress: str
    text: str
    percent: str
    link: str
    find: str
    corrects: str
    held: gathering.Held
    problems: list[str]
    conflict: Note | None = None
    by: str = ""  # who wrote it
    is_outdated: bool = False
    choices: list[tuple[Any, list[refs.Shown]]] = dataclasses.field(default_factory=list)  # things found by ``find``
    things: list[refs.Shown] = dataclasses.field(default_factory=list)  # things chosen already


@official
@require_POST
def record(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write how far the agency is. The answer to a script is the job alone, else one goes on to where one came from."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = _found(actor, public_id)
    form = NoteForm(request.POST, request.FILES)
    kept = gathering.held(request.POST.get("held", ""), actor.person_id)
    problems = [] if form.is_valid() else form.said()
    things = [thing for written in request.POST.getlist("thing")[:MOST] if (thing := refs.seen(actor, written))]
    find = request.POST.get("find", "").strip()
    choices = refs.choices(actor, find[:200]) if find and not things else []
    if find and not things and not choices:
        problems.append(
            _("Không thấy gì trong hệ thống có các từ “%(words)s”. Bạn bớt một từ, hoặc bỏ ô này.") % {"words": find}
        )
    try:
        kept += gathering.gather(form.cleaned_data.get("files") or [])
    except files.FileProblem as problem:
        problems.append(problem.message)
    if problems or choices:
        return _again(request, row, kept, problems, 422, choices=choices, things=things)
    kept += [Given(name=thing.title, ref_kind=thing.ref.kind, ref_id=thing.ref.id) for thing in things]
    try:
        note = _record(actor, row, form.cleaned_data, kept)
    except Outdated as told:
        return _again(request, told.assignment, kept, [], 409, told, things=things)
    except Refused as refused:
        return _again(request, row, kept, [refused.reason], 403)
    said = _("Đã ghi: %(state)s.") % {"state": note.get_progress_display().lower()}
    return _done(request, row, note.assignment, said)


def _record(actor: Actor, row: Assignment, said: dict[str, Any], kept: list[Given]) -> Note:
    link = said["link"]
    evidence = [*kept, *([Given(name=link, url=link)] if link else [])]
    corrects = Note.objects.filter(assignment=row, public_id=said["corrects"]).first() if said["corrects"] else None
    write = functools.partial(
        record_progress,
        actor,
        row,
        version=said["version"],
        progress=said["progress"],
        text=said["text"],
        percent=said["percent"],
        evidence=evidence,
        corrects=corrects,
    )
    note = write(key=said["key"])
    if (note.progress, note.text) != (said["progress"], said["text"]):
        return write(key=get_random_string(20))  # an old page, sent once more with other words: that is another note
    return note


@official
@require_POST
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Undo one's own last word."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = _found(actor, public_id)
    note = (
        Note.objects.filter(assignment=row, public_id=request.POST.get("note", "")).select_related("assignment").first()
    )
    if note is None:
        raise Http404
    try:
        now = take_back_note(actor, note)
    except Refused as refused:
        return _again(request, row, [], [refused.reason], 403)
    return _done(request, row, now, _("Đã hoàn tác."))


def _found(actor: Actor, public_id: str) -> Assignment:
    row = visible_assignment(actor, public_id)
    if row is None:
        raise Http404
    return row


def _done(request: HttpRequest, row: Assignment, now: Assignment, said: str) -> HttpResponse:
    """``row``: as it was shown; ``now``: as the act left it."""
    here = reverse("assignment", args=[row.public_id])
    if request.htmx and request.POST.get("as") == "job":  # type: ignore[attr-defined]
        now.task, now.plan = row.task, row.plan
        return render(request, "followup/mine/job.html", {**_job(request, now), "said": said})
    if request.htmx:  # type: ignore[attr-defined]
        messages.success(request, said)
        return HttpResponse(status=204, headers={"HX-Redirect": here})
    messages.success(request, f"{said} {row.task.text[:80]}")
    where = next_page(request, request.POST.get("next"), here).split("#")[0]
    return redirect(f"{where}#viec-{row.public_id}")


def _job(request: HttpRequest, row: Assignment) -> dict[str, Any]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return {
        "job": shown_jobs([row], actor, timezone.localdate())[row.pk],
        "next": request.POST.get("next", ""),
        "is_one": True,
    }


def _again(
    request: HttpRequest,
    row: Assignment,
    kept: list[Given],
    problems: list[str],
    status: int,
    told: Outdated | None = None,
    **found: Any,
) -> HttpResponse:
    """The form once more, with all that was typed; files are kept and need not be chosen again."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    post = request.POST
    typed = Typed(
        progress=post.get("progress", ""),
        text=post.get("text", ""),
        percent=post.get("percent", ""),
        link=post.get("link", ""),
        find=post.get("find", ""),
        corrects=post.get("corrects", ""),
        held=gathering.hold(kept, actor.person_id),
        problems=problems,
        conflict=told.note if told else None,
        is_outdated=told is not None,
        **found,
    )
    if typed.conflict is not None:
        typed.by = User.objects.filter(pk=typed.conflict.person_id or 0).values_list("name", flat=True).first() or ""
    if request.htmx:  # type: ignore[attr-defined]
        context = {**_job(request, row), "typed": typed}
        template = "followup/mine/job.html" if post.get("as") == "job" else "followup/assignment/record.html"
        return render(request, template, context, status=status)
    return one.page(request, row, typed=typed, status=status)
