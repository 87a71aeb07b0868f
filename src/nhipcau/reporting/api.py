"""Rounds and reports over REST: what the key's organisation may read, and its own report from its own software."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Annotated, Any, Literal

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Field, Query, Router, Schema
from ninja.responses import Status

from nhipcau.core.actors import Actor, Refused
from nhipcau.core.api import ApiProblem, Caller, Paging, absolute, caller_of, not_found, page_of, token_needed
from nhipcau.organisations.models import Role

from .actions import Content, KeyUsed, WrongContent, receive_report, was_received
from .models import Report, Round
from .queries.as_data import report_as_data
from .queries.seen import visible_reports, visible_rounds

router = Router()
READ, WRITE = "read:reports", "write:reports"
_TAGS = ["Báo cáo"]


class Named(Schema):
    """An organisation by its id and name."""

    id: str
    name: str


class PartOut(Schema):
    """A part of the outline: the key under which sentences are sent."""

    key: str
    title: str


class RoundOut(Schema):
    """A round of reports. ``report``: id of the report that the key's organisation writes in it, ``due_at``: until when."""

    id: str
    name: str
    organisation: Named
    plan: str
    period: str
    first: dt.date
    last: dt.date
    closed: bool
    report: str | None
    state: str | None
    due_at: dt.datetime | None
    parts: list[PartOut]
    url: str


class RoundPage(Schema):
    """A page of rounds."""

    items: list[RoundOut]
    total: int
    limit: int
    offset: int
    next: str | None


class RoundQuery(Paging):
    """Which rounds are asked for."""

    state: Literal["", "open", "closed"] = Field("", description=gettext_noop("Kỳ đang mở (open) hay đã đóng (closed)"))


class ReportOut(Schema):
    """A report in a list; the whole of it stands at ``/reports/{id}``."""

    id: str
    round: str
    organisation: Named
    receiver: Named | None
    state: str
    edition: int
    due_at: dt.datetime
    sent_at: dt.datetime | None
    late: bool
    version: int
    url: str


class ReportPage(Schema):
    """A page of reports."""

    items: list[ReportOut]
    total: int
    limit: int
    offset: int
    next: str | None


class ReportQuery(Paging):
    """Which reports are asked for."""

    round: str = Field("", max_length=10, description=gettext_noop("Mã kỳ báo cáo"))
    organisation: str = Field("", max_length=10, description=gettext_noop("Mã cơ quan lập; “mine”: của khóa"))
    state: str = Field("", max_length=10, description=gettext_noop("Tình trạng: waiting, draft, signing, sent, …"))


class FigureIn(Schema):
    """A figure: its key and value; ``reason`` where it differs from the register."""

    key: Annotated[str, Field(max_length=60)]
    value: Annotated[int, Field(strict=True)]
    reason: Annotated[str, Field(max_length=500)] = ""


class SentenceIn(Schema):
    """A sentence. Headings and gaps of a report that is sent on are left out: they are the draft's own."""

    text: Annotated[str, Field(max_length=4000)]
    kind: Literal["sentence", "answer", "heading", "gap"] = "sentence"


class PartIn(Schema):
    """The sentences of one part."""

    key: Annotated[str, Field(max_length=40)]
    sentences: list[SentenceIn] = Field(max_length=1000)


class ReportIn(Schema):
    """A report as another system sends it: the same figures and parts as docs/contracts/report.schema.json has; what else
    such a file holds is not read. ``key`` is the sender's own: sent again, nothing changes."""

    key: str = Field(pattern=r"^[A-Za-z0-9_-]{8,80}$", description=gettext_noop("Khóa riêng của lần gửi này"))
    schema_: Literal["report/1"] = Field("report/1", alias="schema")
    figures: list[FigureIn] = Field(default_factory=list, max_length=200)
    parts: list[PartIn] = Field(default_factory=list, max_length=60)


class Received(Schema):
    """What became of it: written into the draft, or there (this key was received before)."""

    report: str
    status: Literal["written", "there"]
    state: str
    version: int
    url: str


@router.get(
    "/rounds",
    response=RoundPage,
    summary=gettext_noop("Kỳ báo cáo"),
    description=gettext_noop("Các kỳ báo cáo của cơ quan được xem, với báo cáo của chính cơ quan. Cần khóa truy cập."),
    tags=_TAGS,
)
def rounds(request: HttpRequest, query: Query[RoundQuery]) -> dict[str, Any]:
    """Rounds that the caller may read."""
    actor = _caller(request, READ).actor
    found = visible_rounds(actor).select_related("organisation", "plan")
    if query.state:
        found = found.filter(closed_at__isnull=query.state == "open")

    def shown(rows: list[Round]) -> list[dict[str, Any]]:
        own = Report.objects.filter(round__in=rows, organisation=actor.organisation_id or 0).order_by("edition")
        reports = {row.round_id: row for row in own}
        return [_round(row, reports.get(row.pk)) for row in rows]

    return page_of(request, found.order_by("-due_at", "-pk"), query, shown)


@router.get(
    "/reports",
    response=ReportPage,
    summary=gettext_noop("Báo cáo"),
    description=gettext_noop("Báo cáo của cơ quan và báo cáo đã gửi về cơ quan hay cấp dưới. Cần khóa truy cập."),
    tags=_TAGS,
)
def reports(request: HttpRequest, query: Query[ReportQuery]) -> dict[str, Any]:
    """Reports that the caller may read."""
    actor = _caller(request, READ).actor
    found = visible_reports(actor).select_related("round", "organisation", "receiver").defer("round__outline")
    if query.round:
        found = found.filter(round__public_id=query.round)
    if query.organisation == "mine":
        found = found.filter(organisation=actor.organisation_id or 0)
    elif query.organisation:
        found = found.filter(organisation__public_id=query.organisation)
    if query.state:
        found = found.filter(state=query.state)
    now = timezone.now()
    return page_of(request, found.order_by("-due_at", "-pk"), query, lambda rows: [_report(row, now) for row in rows])


@router.get(
    "/reports/{id}",
    response=dict[str, Any],
    summary=gettext_noop("Một báo cáo"),
    description=gettext_noop(
        "Cả báo cáo: số liệu, câu và minh chứng, nhiệm vụ, theo docs/contracts/report.schema.json. Cần khóa truy cập."
    ),
    tags=_TAGS,
)
def report(request: HttpRequest, id: str) -> dict[str, Any]:
    """One report as data. 404 where there is none for this caller."""
    actor = _caller(request, READ).actor
    rows = visible_reports(actor).select_related("round__plan", "organisation", "receiver", "replaces", "outgoing")
    found = rows.filter(public_id=id).first()
    if found is None:
        raise not_found()
    return report_as_data(found)


@router.post(
    "/rounds/{id}/report",
    response={200: Received, 201: Received},
    summary=gettext_noop("Gửi báo cáo từ phần mềm của đơn vị"),
    description=gettext_noop(
        "Số liệu và câu vào bản thảo báo cáo của chính cơ quan cấp khóa; lãnh đạo vẫn ký và gửi trên hệ thống. Gửi lại cùng "
        "`key` thì không đổi gì (200); `key` mới thay nội dung đã gửi trước, giữ nguyên điều người của đơn vị đã viết. 409: "
        "báo cáo đang trình ký, đã gửi, kỳ đã đóng, hoặc `key` đã dùng cho nội dung khác; 422: nội dung không khớp kỳ báo "
        "cáo."
    ),
    tags=_TAGS,
)
def receive(request: HttpRequest, id: str, given: ReportIn) -> Status[dict[str, Any]]:
    """Put a report into its organisation's draft. 404 where the round does not ask this organisation."""
    actor = _writer(request)
    own = Q(organisation=actor.organisation_id or 0) & ~Q(state=Report.State.REPLACED)
    found = Report.objects.filter(own, round__public_id=id).select_related("round").order_by("-edition").first()
    if found is None:
        raise not_found()
    keys = [one.key for one in given.figures]
    if twice := next((key for key in keys if keys.count(key) > 1), ""):
        said = gettext_noop("figures.%(key)s: số liệu này gửi hai lần trong một nội dung.")
        raise ApiProblem(422, "wrong-content", said, key=twice)
    content = Content(
        figures={one.key: (one.value, one.reason) for one in given.figures},
        sentences=[(part.key, one.kind, one.text) for part in given.parts for one in part.sentences],
    )
    try:
        was_there = was_received(found, given.key, content)
    except KeyUsed as used:
        raise ApiProblem(409, "key-used", used.reason) from used
    if not was_there and (not found.is_open or found.round.closed_at is not None):
        said = gettext_noop("Báo cáo đang trình ký, đã gửi, hoặc kỳ đã đóng nên không nhận thêm nội dung.")
        raise ApiProblem(409, "not-open", said)
    try:
        is_new = not was_there and receive_report(actor, found, key=given.key, content=content)
    except KeyUsed as used:  # the other of two that came at once
        raise ApiProblem(409, "key-used", used.reason) from used
    except WrongContent as wrong:
        raise ApiProblem(422, "wrong-content", wrong.reason) from wrong
    except Refused as refusal:
        raise ApiProblem(403, "refused", refusal.reason) from refusal
    found.refresh_from_db()
    status: Literal["written", "there"] = "written" if is_new else "there"
    body = {
        "report": found.public_id,
        "status": status,
        "state": found.state,
        "version": found.version,
        "url": absolute(reverse("report", args=[found.public_id])),
    }
    return Status(201 if is_new else 200, body)


def _caller(request: HttpRequest, scope: str) -> Caller:
    caller = caller_of(request, scope)
    if caller.scopes is None:
        raise token_needed()
    return caller


def _writer(request: HttpRequest) -> Actor:
    """The organisation of a key that may write, as one of its officers."""
    return dataclasses.replace(_caller(request, WRITE).actor, roles=frozenset({str(Role.OFFICER)}))


def _named(organisation: Any) -> dict[str, str]:
    return {"id": organisation.public_id, "name": organisation.name}


def _round(row: Round, own: Report | None) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "name": row.name,
        "organisation": _named(row.organisation),
        "plan": row.plan.slug if row.plan is not None else "",
        "period": row.period,
        "first": row.first,
        "last": row.last,
        "closed": row.closed_at is not None,
        "report": own.public_id if own is not None else None,
        "state": own.state if own is not None else None,
        "due_at": own.due_at if own is not None else None,
        "parts": [{"key": part["key"], "title": part["title"]} for part in _all_parts(row.outline["parts"])],
        "url": absolute(reverse("round", args=[row.public_id])),
    }


def _all_parts(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [below for part in parts for below in (part, *_all_parts(part["parts"]))]


def _report(row: Report, now: dt.datetime) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "round": row.round.public_id,
        "organisation": _named(row.organisation),
        "receiver": _named(row.receiver) if row.receiver is not None else None,
        "state": row.state,
        "edition": row.edition,
        "due_at": row.due_at,
        "sent_at": row.sent_at,
        "late": (row.sent_at or now) > row.due_at,
        "version": row.version,
        "url": absolute(reverse("report", args=[row.public_id])),
    }
