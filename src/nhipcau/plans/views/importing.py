"""A plan arrives: upload, progress, what could not be read, the list of what waits."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, TypeAlias

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.core import files as stored_files
from nhipcau.core import sandbox
from nhipcau.core.actors import Actor, No, Refused
from nhipcau.core.jobs import is_worker_alive
from nhipcau.core.models import User
from nhipcau.core.views import official
from nhipcau.documents.queries import pictures
from vanban.errors import Unreadable

from .. import actions, photographs, reader, rules
from ..actions import Arrival
from ..forms import ImportForm, PasswordForm
from ..models import Reading
from ..queries import confirming
from ..queries import readings as reading_queries
from .review.answers import actor_of

SECONDS_IN_PAGE = 20.0
logger = logging.getLogger(__name__)
Upload: TypeAlias = "UploadedFile[bytes]"


@official
@require_http_methods(["GET", "POST"])
def import_plan(request: HttpRequest) -> HttpResponse:
    """The drop zone. Each file becomes a reading; the same file again leads to the reading or plan that exists."""
    if isinstance(answer := rules.may_upload(actor_of(request)), No):
        raise Refused(answer.reason)
    form = ImportForm(request.POST or None, request.FILES or None)
    known: list[Arrival] = []
    if request.method == "POST":
        if once_more := request.POST.get("once_more"):
            return _read_once_more(request, once_more)
        if form.is_valid():
            arrivals, problems = _take_in(actor_of(request), form.cleaned_data)
            for problem in problems:
                form.add_error(None, problem)
            known = [arrival for arrival in arrivals if not arrival.is_new]
            new = [arrival.reading for arrival in arrivals if arrival.is_new]
            if new and not problems and not known:
                return _lead_on(request, new)
            if new:
                _say_queued(request, new)
    context = {"form": form, "known": [_known(arrival) for arrival in known], "section": "readings"}
    return render(request, "plans/import.html", context, status=422 if form.errors else 200)


def _take_in(actor: Actor, data: dict[str, Any]) -> tuple[list[Arrival], list[str]]:
    """Store and queue each file and the pasted text; returns what arrived and the sentences about what did not."""
    given = _documents(data["files"], is_ordered=data["ordered"])
    if data["text"].strip():
        title = _("Nội dung dán lúc %(moment)s") % {"moment": timezone.localtime().strftime("%H:%M %d/%m/%Y")}
        given.append((data["text"].encode(), f"{title}.txt"))
    arrivals, problems = [], []
    for content, name in given:
        # Stored before the act: the act's transaction stays short, however large the file is.
        try:
            if isinstance(content, bytes):  # an upload was counted when it came in
                stored_files.admit(actor.person_id, len(content))
            stored = photographs.store(content) if isinstance(content, list) else stored_files.store(content)
            arrivals.append(actions.upload_plan(actor, stored, name=name))
        except stored_files.FileProblem as problem:
            problems.append(f"{name}: {problem.message}" if len(given) > 1 else problem.message)
    return arrivals, problems


def _documents(uploads: Sequence[Upload], *, is_ordered: bool) -> list[tuple[Upload | bytes | list[Upload], str]]:
    """What was sent, document by document, each with its name: several pictures are the pages of one."""
    pictures = [upload for upload in uploads if photographs.kind_of(upload)]
    if len(pictures) < 2:
        return [(upload, upload.name or "") for upload in uploads]
    rest = [(upload, upload.name or "") for upload in uploads if upload not in pictures]
    pages = pictures if is_ordered else photographs.in_order(pictures)
    return [(pages, photographs.name_of(len(pages))), *rest]


def _read_once_more(request: HttpRequest, public_id: str) -> HttpResponse:
    earlier = _reading(request, public_id)
    if earlier.file is None:
        raise Refused(_("Bản gốc đã không được lưu nên không đọc lại được. Hãy tải tệp lên lần nữa."))
    arrival = actions.upload_plan(actor_of(request), earlier.file, name=earlier.name, once_more=True)
    return redirect("reading_progress", arrival.reading.public_id)


def _known(arrival: Arrival) -> dict[str, Any]:
    reading = arrival.reading
    plan = confirming.plan_of(reading) if reading.state == Reading.State.CONFIRMED else None
    return {"reading": reading, "plan": plan}


def _lead_on(request: HttpRequest, new: list[Reading]) -> HttpResponse:
    if len(new) == 1:
        return redirect("reading_progress", new[0].public_id)
    _say_queued(request, new)
    return redirect("readings")


def _say_queued(request: HttpRequest, new: list[Reading]) -> None:
    said = ngettext("Đã nhận %(n)s tệp để đọc.", "Đã nhận %(n)s tệp để đọc.", len(new))
    messages.success(request, said % {"n": len(new)})


@official
@require_GET
def readings(request: HttpRequest) -> HttpResponse:
    """What is on its way: to review, being read, not readable, confirmed lately."""
    listed = list(reading_queries.listed_readings(actor_of(request))[:300])
    people = User.objects.in_bulk({reading.person_id for reading in listed})
    for reading in listed:
        reading.person = people.get(reading.person_id)  # type: ignore[attr-defined]
        reading.reason = _reason(reading)  # type: ignore[attr-defined]
    state = Reading.State
    groups = [
        (_("Chờ đối chiếu"), "need", [r for r in listed if r.state == state.REVIEW]),
        (_("Đang đọc"), "going", [r for r in listed if r.state in rules.WAITING]),
        (_("Chưa đọc được"), "late", [r for r in listed if r.state in (state.FAILED, state.NEEDS_PASSWORD)]),
        (_("Đã xác nhận trong 30 ngày"), "done", [r for r in listed if r.state == state.CONFIRMED]),
    ]
    context = {
        "groups": [group for group in groups if group[2]],
        "several": len({reading.organisation_id for reading in listed}) > 1,
        "may_upload": bool(rules.may_upload(actor_of(request))),
        "section": "readings",
    }
    return render(request, "plans/readings.html", context)


@official
@never_cache
@require_GET
def progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is happening to one file; leads on to the review, the password, or the reason why not."""
    reading = _reading(request, public_id)
    is_poll = bool(request.headers.get("HX-Request"))
    onward = _onward(reading)
    if onward and is_poll:
        return HttpResponse(headers={"HX-Redirect": onward})
    if onward:
        return redirect(onward)
    if reading.state in rules.WAITING:
        context = {"reading": reading, "job": reading.job, "section": "readings", "is_asleep": not is_worker_alive()}
        return render(
            request, "plans/readings_progress_piece.html" if is_poll else "plans/readings_progress.html", context
        )
    if is_poll:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "plans/readings_problem.html", _problem_context(request, reading))


def _onward(reading: Reading) -> str | None:
    if reading.state == Reading.State.REVIEW:
        return reverse("review", args=[reading.public_id])
    if reading.state == Reading.State.CONFIRMED:
        return reverse("plan", args=[confirming.plan_of(reading).slug])
    return None


def _problem_context(request: HttpRequest, reading: Reading, form: PasswordForm | None = None) -> dict[str, Any]:
    is_locked = reading.state == Reading.State.NEEDS_PASSWORD
    may_work = bool(rules.may_work_on(actor_of(request), reading))
    return {
        "reading": reading,
        "reason": _reason(reading),
        "form": (form or PasswordForm()) if is_locked and may_work else None,
        "may_work": may_work,
        "may_read_again": bool(rules.may_read_again(actor_of(request), reading)) and not is_locked,
        "section": "readings",
    }


@official
@never_cache
@sensitive_post_parameters("password")
@sensitive_variables("form")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest, public_id: str) -> HttpResponse:
    """Read an encrypted file with the password that was typed: here and now, so that it is kept nowhere."""
    reading = _reading(request, public_id)
    if request.method == "GET" or reading.state != Reading.State.NEEDS_PASSWORD:
        return redirect("reading_progress", public_id)
    if isinstance(answer := rules.may_work_on(actor_of(request), reading), No):
        raise Refused(answer.reason)
    form = PasswordForm(request.POST)
    if form.is_valid() and _open(reading, form):
        return redirect("reading_progress", public_id)
    return render(request, "plans/readings_problem.html", _problem_context(request, reading, form), status=422)


@sensitive_variables()
def _open(reading: Reading, form: PasswordForm) -> bool:
    """Whether the password opened the file; else the form says why not."""
    house = Actor(organisation_id=reading.organisation_id, is_system=True)
    try:
        if reading.file is None:
            raise stored_files.Gone
        found = reader.read_with_password(
            stored_files.path_of(reading.file),
            name=reading.name,
            organisation=reading.organisation,
            password=form.cleaned_data["password"],
            seconds=SECONDS_IN_PAGE,
        )
    except Unreadable as problem:
        if problem.code in ("encrypted", "wrong-password"):
            form.add_error("password", problem.en if get_language() == "en" else problem.vi)
            return False
        words = {"vi": problem.vi, "en": problem.en}
        actions.fail_reading(house, reading, problem=problem.code, words=words, keep=problem.keep)
        return True
    except stored_files.FileProblem as problem:
        form.add_error(None, problem.message)
        return False
    except reader.TooSlow:
        form.add_error(None, _("Tệp có mật khẩu này dài quá. Hãy bỏ mật khẩu bằng phần mềm PDF rồi tải lên lại."))
        return False
    except reader.Busy:
        form.add_error(None, _("Máy chủ đang mở các tệp khác. Bạn hãy thử lại sau một phút."))
        return False
    except sandbox.Broken as problem:
        logger.error("reading %s with its password: %s", reading.public_id, problem)
        form.add_error(None, _("Không đọc được tệp này. Hãy bỏ mật khẩu bằng phần mềm PDF rồi tải lên lại."))
        return False
    actions.keep_reading(house, reading, found)
    return True


@official
@require_POST
def read_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Have the kept original read once more."""
    actions.read_again(actor_of(request), _reading(request, public_id))
    return redirect("reading_progress", public_id)


@official
@require_POST
def cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Call the job off."""
    actions.cancel_reading(actor_of(request), _reading(request, public_id))
    return redirect("reading_progress", public_id)


@official
@require_POST
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put the reading aside."""
    reading = _reading(request, public_id)
    actions.discard_reading(actor_of(request), reading)
    messages.success(request, _("Đã bỏ “%(name)s”. Tải lại tệp lên nếu bạn cần đọc lần nữa.") % {"name": reading.name})
    return redirect("readings")


@official
@require_GET
def file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The original, as it was uploaded."""
    reading = _reading(request, public_id)
    if reading.file is None:
        raise stored_files.Gone
    return stored_files.serve(reading.file, reading.name)


@official
@require_GET
def page(request: HttpRequest, public_id: str, page: int) -> HttpResponse:
    """A page of the original as a picture; ``dong=12-15``: only these lines of it."""
    seen = reading_queries.visible_readings(actor_of(request)).exclude(state=Reading.State.DISCARDED)
    reading = get_object_or_404(
        seen.select_related("text__file").only("text__file", "text__public_id"), public_id=public_id
    )
    return pictures.serve(request, reading.text, page)


def _reading(request: HttpRequest, public_id: str) -> Reading:
    """A reading that the actor may see and that was not put aside; otherwise 404."""
    seen = reading_queries.visible_readings(actor_of(request)).exclude(state=Reading.State.DISCARDED)
    return get_object_or_404(seen.select_related("organisation", "file", "job"), public_id=public_id)


def _reason(reading: Reading) -> str:
    language = "en" if get_language() == "en" else "vi"
    return str(reading.problem_text.get(language, "")) if reading.problem_text else ""
