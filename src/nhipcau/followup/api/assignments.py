"""Assignments over REST: what the key's organisation may read, and words on the progress of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Field, Query, Schema
from ninja.responses import Status
from pydantic import HttpUrl, ValidationError

from nhipcau.core import refs
from nhipcau.core.actors import Actor, Refused
from nhipcau.core.api import ApiProblem, Paging, absolute, page_of
from nhipcau.plans.models import NO_DATE
from vanban.text import search_patterns

from ..actions import Given, Outdated, record_progress
from ..models import Assignment, Note, Progress
from ..queries.seen import visible_assignments
from .common import Named, named, one_assignment, reader, router, with_facts, writer

MOST = 500  # notes sent at once
_TAGS = ["Việc được giao"]


class TaskRef(Schema):
    """The task that is assigned, and its plan."""

    id: str
    code: str
    text: str
    plan: str


class AssignmentOut(Schema):
    """What one agency has to do for one task, and how far it is in the running period. ``version`` goes back with a word
    on progress; ``late`` and ``silent`` are of today."""

    id: str
    task: TaskRef
    organisation: Named
    owner: Named
    role: str
    ended: str
    period: str
    progress: str
    percent: int | None
    due: dt.date | None
    word_due: dt.date | None
    late: bool
    silent: bool
    last_word: str
    last_word_at: dt.datetime | None
    open_obstacles: int
    below: int | None
    below_done: int
    version: int
    url: str


class NoteOut(Schema):
    """A word on progress."""

    id: str
    progress: str
    percent: int | None
    text: str
    at: dt.datetime
    taken_back: bool


class AssignmentDetail(AssignmentOut):
    """An assignment with its latest words, the newest first."""

    notes: list[NoteOut]


class AssignmentPage(Schema):
    """A page of assignments."""

    items: list[AssignmentOut]
    total: int
    limit: int
    offset: int
    next: str | None


class AssignmentQuery(Paging):
    """Which assignments are asked for."""

    q: str = Field("", max_length=200, description=gettext_noop("Chữ trong nhiệm vụ; không dấu cũng được"))
    organisation: str = Field("", max_length=10, description=gettext_noop("Mã cơ quan được giao; “mine”: của khóa"))
    plan: str = Field("", max_length=120, description=gettext_noop("Địa chỉ (slug) của kế hoạch"))
    role: Literal["", "lead", "coordinating"] = Field("", description=gettext_noop("Chủ trì hay phối hợp"))
    year: int | None = Field(None, ge=1900, le=2100, description=gettext_noop("Năm của kỳ đang theo dõi"))
    state: Literal["", "open", "late", "silent", "done", "ended", "all"] = Field(
        "", description=gettext_noop("Để trống: mọi việc đang theo dõi, kể cả đã xong trong kỳ")
    )
    since: dt.datetime | None = Field(None, description=gettext_noop("Chỉ việc có lần ghi từ lúc này"))


class LinkIn(Schema):
    """A page that proves a word."""

    url: Annotated[str, Field(max_length=500)]
    name: Annotated[str, Field(max_length=250)] = ""


class NoteIn(Schema):
    """A word on progress as a program sends it. ``key`` is the program's own: sent again, it is written once; ``version``
    is that of the assignment as the program read it."""

    key: str = Field(pattern=r"^[A-Za-z0-9_-]{8,40}$", description=gettext_noop("Khóa riêng của lần ghi này"))
    version: int = Field(ge=1, description=gettext_noop("Phiên bản của việc lúc đọc"))
    progress: Literal["not_started", "in_progress", "done", "cannot"]
    text: str = Field("", max_length=4000)
    percent: int | None = Field(None, ge=0, le=100)
    links: list[LinkIn] = Field(default_factory=list, max_length=20)
    things: list[Annotated[str, Field(max_length=80)]] = Field(
        default_factory=list,
        max_length=20,
        description=gettext_noop("Minh chứng trong hệ thống, như “plans.task:<mã>”"),
    )


class Recorded(Schema):
    """What became of one word: written, there (it had been sent before), outdated (somebody wrote after ``version`` was
    read; ``version`` is now the newer one), refused, wrong or not-found."""

    assignment: str
    status: Literal["written", "there", "outdated", "refused", "wrong", "not-found"]
    note: NoteOut | None = None
    version: int | None = None
    problem: str = ""


class BatchIn(Schema):
    """Up to 500 words, each with the id of its assignment (``assignment``) and the fields of a single one."""

    notes: list[dict[str, Any]] = Field(min_length=1, max_length=MOST)


class BatchOut(Schema):
    """What became of each, in the order in which they were sent."""

    results: list[Recorded]


@router.get(
    "/assignments",
    response=AssignmentPage,
    summary=gettext_noop("Việc được giao"),
    description=gettext_noop("Việc của cơ quan được xem: ai làm, đến đâu, hạn nào. Cần khóa truy cập."),
    tags=_TAGS,
)
def assignments(request: HttpRequest, query: Query[AssignmentQuery]) -> dict[str, Any]:
    """Assignments that the caller may read."""
    actor = reader(request)
    found = _filtered(visible_assignments(actor), actor, query)
    return page_of(request, with_facts(found).order_by("next_day", "pk"), query, _shown)


@router.get(
    "/assignments/{id}",
    response=AssignmentDetail,
    summary=gettext_noop("Một việc được giao"),
    description=gettext_noop("Một việc theo mã, với các lần ghi tiến độ gần nhất. Cần khóa truy cập."),
    tags=_TAGS,
)
def assignment(request: HttpRequest, id: str) -> dict[str, Any]:
    """One assignment with its latest words. 404 where there is none for this caller."""
    row = one_assignment(reader(request), id)
    notes = Note.objects.filter(assignment=row).order_by("-pk")[:50]
    return {**_shown([row])[0], "notes": [_note(note) for note in notes]}


@router.post(
    "/assignments/{id}/notes",
    response={200: Recorded, 201: Recorded, 409: Recorded},
    summary=gettext_noop("Ghi tiến độ"),
    description=gettext_noop(
        "Ghi một câu về tiến độ việc của chính cơ quan cấp khóa. Gửi lại cùng `key` thì chỉ ghi một lần (200). 409: có "
        "người ghi sau `version` đã đọc; hãy đọc lại rồi gửi."
    ),
    tags=_TAGS,
)
def record(request: HttpRequest, id: str, note: NoteIn) -> Status[dict[str, Any]]:
    """Write one word on progress. 403 for another organisation's, 404 where there is no such assignment."""
    actor = writer(request)
    row = one_assignment(actor, id)
    done = _record(actor, row, note, _written([row], [note.key]))
    if done["status"] == "refused":
        raise ApiProblem(403, "refused", str(done["problem"]))
    return Status({"written": 201, "there": 200}.get(str(done["status"]), 409), done)


@router.post(
    "/notes",
    response=BatchOut,
    summary=gettext_noop("Ghi nhiều tiến độ"),
    description=gettext_noop(
        "Tối đa 500 lần ghi; mỗi lần được trả lời riêng: written, there, outdated, refused, wrong, not-found."
    ),
    tags=_TAGS,
)
def record_many(request: HttpRequest, batch: BatchIn) -> dict[str, Any]:
    """Write many words, each by itself: what is wrong with one stops no other."""
    actor = writer(request)
    ids = {str(one.get("assignment", ""))[:10] for one in batch.notes}
    rows = {row.public_id: row for row in visible_assignments(actor).filter(public_id__in=ids)}
    there = _written(rows.values(), {str(one.get("key", ""))[:40] for one in batch.notes})
    return {"results": [_answered(actor, rows, one, there) for one in batch.notes]}


Word = tuple[int, str]  # primary key of its assignment, and the program's own key


def _written(rows: Iterable[Assignment], keys: Iterable[str]) -> set[Word]:
    """Which of these words are there already."""
    found = Note.objects.filter(assignment__in=list(rows), key__in=list(keys))
    return set(found.values_list("assignment_id", "key"))


def _answered(actor: Actor, rows: dict[str, Assignment], given: dict[str, Any], there: set[Word]) -> dict[str, Any]:
    key = str(given.get("assignment", ""))[:10]
    row = rows.get(key)
    if row is None:
        return {"assignment": key, "status": "not-found"}
    try:
        note = NoteIn.model_validate({name: value for name, value in given.items() if name != "assignment"})
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return {"assignment": key, "status": "wrong", "problem": f"{where}: {first['msg']}"}
    return _record(actor, row, note, there)


def _record(actor: Actor, row: Assignment, given: NoteIn, there: set[Word]) -> dict[str, Any]:
    """Write the word, unless it is ``there``; what is written is added to it."""
    facts: dict[str, Any] = {"assignment": row.public_id}
    try:
        note = record_progress(
            actor,
            row,
            version=given.version,
            progress=given.progress,
            key=given.key,
            text=given.text,
            percent=given.percent,
            evidence=_evidence(actor, given),
        )
    except Outdated as outdated:
        last = _note(outdated.note) if outdated.note is not None else None
        return {**facts, "status": "outdated", "note": last, "version": outdated.assignment.version}
    except Refused as refusal:
        return {**facts, "status": "refused", "problem": refusal.reason}
    word = (row.pk, given.key)
    status = "there" if word in there else "written"
    there.add(word)
    return {**facts, "status": status, "note": _note(note), "version": note.assignment.version}


def _evidence(actor: Actor, given: NoteIn) -> list[Given]:
    """Links and things as evidence. Raises ``Refused`` for what is no address, or not there for this actor."""
    made = []
    for link in given.links:
        try:
            HttpUrl(link.url)
        except ValidationError as problem:
            raise Refused(f"links: {link.url[:80]}") from problem
        made.append(Given(name=link.name or link.url, url=link.url))
    for written in given.things:
        thing = refs.seen(actor, written)
        if thing is None:
            raise Refused(f"things: {written[:80]}")
        made.append(Given(name=thing.title, ref_kind=thing.ref.kind, ref_id=thing.ref.id))
    return made


def _filtered(found: QuerySet[Assignment], actor: Actor, query: AssignmentQuery) -> QuerySet[Assignment]:
    today = timezone.localdate()
    running = Q(ended=Assignment.Ended.RUNNING)
    states = {
        "": running,
        "open": Q(is_open=True),
        "late": Q(is_open=True, due__lt=today),
        "silent": Q(is_open=True, word_due__lt=today),
        "done": running & Q(progress=Progress.DONE),
        "ended": ~running,
        "all": Q(),
    }
    found = found.filter(states[query.state])
    for pattern in search_patterns(query.q):
        found = found.filter(task__folded__contains=pattern)
    if query.organisation == "mine":
        found = found.filter(organisation=actor.organisation_id or 0)
    elif query.organisation:
        found = found.filter(organisation__public_id=query.organisation)
    if query.plan:
        found = found.filter(plan__slug=query.plan)
    if query.role:
        found = found.filter(role=query.role)
    if query.year:
        found = found.filter(year=query.year)
    return found.filter(last_word_at__gte=query.since) if query.since else found


def _shown(rows: Iterable[Assignment]) -> list[dict[str, Any]]:
    today = timezone.localdate()
    return [_assignment(row, today) for row in rows]


def _assignment(row: Assignment, today: dt.date) -> dict[str, Any]:
    facts = ("role", "ended", "period", "progress", "percent", "last_word", "last_word_at", "open_obstacles", "below")
    return {
        "id": row.public_id,
        "task": {"id": row.task.public_id, "code": row.task.code, "text": row.task.text, "plan": row.plan.slug},
        "organisation": named(row.organisation),
        "owner": named(row.owner),
        **{fact: getattr(row, fact) for fact in facts},
        "due": None if row.due == NO_DATE else row.due,
        "word_due": None if row.word_due == NO_DATE else row.word_due,
        "late": row.is_open and row.due < today,
        "silent": row.is_open and row.word_due < today,
        "below_done": row.below_done,
        "version": row.version,
        "url": absolute(reverse("assignment", args=[row.public_id])),
    }


def _note(note: Note) -> dict[str, Any]:
    return {
        "id": note.public_id,
        "progress": note.progress,
        "percent": note.percent,
        "text": note.text,
        "at": note.at,
        "taken_back": note.taken_back_at is not None,
    }
