"""Rounds of asking over REST: what was asked of whom and answered; and asking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Field, Query, Schema
from ninja.responses import Status

from nhipcau.core.actors import Actor, Refused
from nhipcau.core.api import ApiProblem, Paging, absolute, not_found, page_of
from nhipcau.plans.models import NO_DATE

from .. import actions
from ..models import Chase
from ..queries.chasing import round_figures, visible_chases, visible_lines
from ..queries.seen import followed_assignments
from .common import Named, asker, named, reader, router

_TAGS = ["Đôn đốc"]
MOST = 5000  # assignments asked about at once


class ChaseOut(Schema):
    """One round of asking: who asked, when, with which words, until when; how many were asked and have answered."""

    id: str
    organisation: Named
    at: dt.datetime
    words: str
    answer_by: dt.date | None
    assignments: int
    agencies: int
    answered: int
    url: str


class ChaseLineOut(Schema):
    """One assignment that a round asked about. ``told``: how many people were told; 0: nobody holds a role there."""

    assignment: str
    asked: Named
    was_late: bool
    told: int
    answered_at: dt.datetime | None


class ChaseDetail(ChaseOut):
    """A round with its lines: all for who asked and those above, for an agency that was asked its own."""

    lines: list[ChaseLineOut]


class ChasePage(Schema):
    """A page of rounds."""

    items: list[ChaseOut]
    total: int
    limit: int
    offset: int
    next: str | None


class ChaseIn(Schema):
    """A round as a program sends it. ``key`` is the program's own: sent again, it is asked once."""

    key: str = Field(pattern=r"^[A-Za-z0-9_-]{8,40}$", description=gettext_noop("Khóa riêng của lần đôn đốc này"))
    words: str = Field(min_length=1, max_length=4000, description=gettext_noop("Lời mở đầu"))
    answer_by: dt.date | None = Field(None, description=gettext_noop("Trả lời đến hết ngày nào"))
    assignments: list[Annotated[str, Field(max_length=10)]] = Field(min_length=1, max_length=MOST)


@router.get(
    "/chases",
    response=ChasePage,
    summary=gettext_noop("Các lần đôn đốc"),
    description=gettext_noop(
        "Lần đôn đốc của cơ quan, và những lần cơ quan được hỏi; mới nhất trước. Cần khóa truy cập."
    ),
    tags=_TAGS,
)
def chases(request: HttpRequest, query: Query[Paging]) -> dict[str, Any]:
    """The rounds that the caller may read, the newest first."""
    actor = reader(request)
    found = visible_chases(actor).select_related("organisation").order_by("-at", "-pk")
    return page_of(request, found, query, lambda rows: _shown(actor, rows))


@router.get(
    "/chases/{id}",
    response=ChaseDetail,
    summary=gettext_noop("Một lần đôn đốc"),
    description=gettext_noop("Một lần đôn đốc với từng việc được hỏi và lúc trả lời. Cần khóa truy cập."),
    tags=_TAGS,
)
def chase(request: HttpRequest, id: str) -> dict[str, Any]:
    """One round. 404 where there is none for this caller."""
    actor = reader(request)
    found = visible_chases(actor).select_related("organisation").filter(public_id=id).first()
    if found is None:
        raise not_found()
    return _detail(actor, found)


@router.post(
    "/chases",
    response={200: ChaseDetail, 201: ChaseDetail},
    summary=gettext_noop("Đôn đốc"),
    description=gettext_noop(
        "Hỏi các cơ quan về những việc mà cơ quan cấp khóa theo dõi và chưa xong; việc khác bị bỏ qua. Người của từng cơ "
        "quan được báo một lần. Gửi lại cùng `key` thì không hỏi thêm (200)."
    ),
    tags=_TAGS,
)
def ask(request: HttpRequest, chase: ChaseIn) -> Status[dict[str, Any]]:
    """Ask about assignments. 403 where nothing of it is the caller's to ask about, or is open still."""
    actor = asker(request)
    if chase.answer_by is not None and chase.answer_by < timezone.localdate():
        said = gettext_noop("Ngày trả lời đã qua. Bạn hãy chọn hôm nay hoặc một ngày sau.")
        raise ApiProblem(422, "wrong-parameter", said)
    was_there = Chase.objects.filter(key=chase.key, organisation=actor.organisation_id or 0).exists()
    rows = followed_assignments(actor).filter(public_id__in=chase.assignments).values_list("pk", flat=True)
    try:
        made = actions.chase(actor, list(rows), words=chase.words, key=chase.key, answer_by=chase.answer_by)
    except Refused as refusal:
        raise ApiProblem(403, "refused", refusal.reason) from refusal
    return Status(200 if was_there else 201, _detail(actor, made))


def _detail(actor: Actor, found: Chase) -> dict[str, Any]:
    lines = visible_lines(actor).filter(chase=found).select_related("assignment", "asked").order_by("pk")
    return {
        **_shown(actor, [found])[0],
        "lines": [
            {
                "assignment": line.assignment.public_id,
                "asked": named(line.asked),
                "was_late": line.was_late,
                "told": line.people,
                "answered_at": line.answered_at,
            }
            for line in lines
        ],
    }


def _shown(actor: Actor, rows: Iterable[Chase]) -> list[dict[str, Any]]:
    """Rounds with their figures: of an agency that was asked only its own, since it sees no other's."""
    listed = list(rows)
    figures = {one.chase.pk: one for one in round_figures(actor, listed)}
    return [
        {
            "id": row.public_id,
            "organisation": named(row.organisation),
            "at": row.at,
            "words": row.words,
            "answer_by": None if row.answer_by == NO_DATE else row.answer_by,
            "assignments": figures[row.pk].lines,
            "agencies": figures[row.pk].agencies,
            "answered": figures[row.pk].answered,
            "url": absolute(reverse("chase_round", args=[row.public_id])),
        }
        for row in listed
    ]
