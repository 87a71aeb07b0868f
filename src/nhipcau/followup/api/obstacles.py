"""Obstacles over REST: raised for one's own work, answered by who was asked, closed by who raised them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, Literal

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_noop
from ninja import Field, Query, Schema
from ninja.responses import Status

from nhipcau.core.actors import Actor, Refused
from nhipcau.core.api import ApiProblem, Paging, absolute, not_found, page_of
from nhipcau.organisations.models import Organisation
from nhipcau.organisations.queries import organisation_by_public_id
from nhipcau.plans.models import NO_DATE

from .. import actions
from ..models import Obstacle, ObstacleStep
from ..queries.obstacles import visible_obstacle, visible_obstacles
from .common import Named, named, one_assignment, reader, router, writer

_TAGS = ["Vướng mắc"]


class ObstacleStepOut(Schema):
    """What happened with an obstacle, in whose name."""

    kind: str
    text: str
    organisation: Named
    to: Named | None
    at: dt.datetime


class ObstacleOut(Schema):
    """Something in the way of an assignment: who raised it, who was asked, until when an answer is due."""

    id: str
    assignment: str
    raised_by: Named
    asked: Named
    text: str
    proposal: str
    state: str
    due: dt.date | None
    raised_at: dt.datetime
    steps: list[ObstacleStepOut]
    url: str


class ObstaclePage(Schema):
    """A page of obstacles."""

    items: list[ObstacleOut]
    total: int
    limit: int
    offset: int
    next: str | None


class ObstacleQuery(Paging):
    """Which obstacles are asked for."""

    state: Literal["", "open", "answered", "settled", "withdrawn"] = ""
    side: Literal["", "asked", "raised"] = Field(
        "", description=gettext_noop("“asked”: chờ cơ quan cấp khóa; “raised”: cơ quan cấp khóa nêu")
    )
    assignment: str = Field("", max_length=10, description=gettext_noop("Mã một việc được giao"))


class ObstacleIn(Schema):
    """An obstacle as a program sends it. The same words to the same organisation are one, as long as it is open."""

    text: str = Field(min_length=1, max_length=4000)
    proposal: str = Field("", max_length=4000)
    asked: str = Field(
        "", max_length=10, description=gettext_noop("Mã cơ quan được hỏi; để trống: cơ quan có kế hoạch")
    )


class ObstacleStepIn(Schema):
    """What is done with an obstacle. The same again, as the last thing that was done, changes nothing."""

    kind: Literal["answered", "forwarded", "settled", "reopened", "withdrawn"]
    text: str = Field("", max_length=4000)
    to: str = Field("", max_length=10, description=gettext_noop("Mã cơ quan được chuyển tới"))


@router.get(
    "/obstacles",
    response=ObstaclePage,
    summary=gettext_noop("Vướng mắc"),
    description=gettext_noop("Vướng mắc mà cơ quan được xem: ai nêu, ai trả lời, đến đâu. Cần khóa truy cập."),
    tags=_TAGS,
)
def obstacles(request: HttpRequest, query: Query[ObstacleQuery]) -> dict[str, Any]:
    """Obstacles that the caller may read, those due first at the head."""
    actor = reader(request)
    found = visible_obstacles(actor)
    if query.state:
        found = found.filter(state=query.state)
    if query.side == "asked":
        found = found.filter(asked=actor.organisation_id or 0)
    elif query.side == "raised":
        found = found.filter(assignment__organisation=actor.organisation_id or 0)
    if query.assignment:
        found = found.filter(assignment__public_id=query.assignment)
    return page_of(request, _with_facts(found).order_by("due", "pk"), query, _shown)


@router.get(
    "/obstacles/{id}",
    response=ObstacleOut,
    summary=gettext_noop("Một vướng mắc"),
    description=gettext_noop("Một vướng mắc theo mã, với mọi điều đã diễn ra. Cần khóa truy cập."),
    tags=_TAGS,
)
def obstacle(request: HttpRequest, id: str) -> dict[str, Any]:
    """One obstacle. 404 where there is none for this caller."""
    return _again(reader(request), id)


@router.post(
    "/assignments/{id}/obstacles",
    response={200: ObstacleOut, 201: ObstacleOut},
    summary=gettext_noop("Nêu vướng mắc"),
    description=gettext_noop(
        "Của việc mà chính cơ quan cấp khóa được giao. Gửi lại cùng nội dung khi chưa có trả lời thì không nêu thêm (200)."
    ),
    tags=_TAGS,
)
def raise_one(request: HttpRequest, id: str, obstacle: ObstacleIn) -> Status[dict[str, Any]]:
    """Put an obstacle before an organisation. 403 for another organisation's work, or for who cannot be asked."""
    actor = writer(request)
    row = one_assignment(actor, id)
    asked = _organisation(obstacle.asked) if obstacle.asked else row.owner
    before = set(row.obstacles.values_list("pk", flat=True))
    try:
        made = actions.raise_obstacle(actor, row, text=obstacle.text, asked=asked, proposal=obstacle.proposal)
    except Refused as refusal:
        raise ApiProblem(403, "refused", refusal.reason) from refusal
    return Status(200 if made.pk in before else 201, _again(actor, made.public_id))


@router.post(
    "/obstacles/{id}/steps",
    response={200: ObstacleOut, 201: ObstacleOut},
    summary=gettext_noop("Trả lời, chuyển, khép hay nêu lại"),
    description=gettext_noop(
        "Cơ quan được hỏi trả lời (answered) hoặc chuyển (forwarded, với `to`); cơ quan đã nêu khép (settled), nêu lại "
        "(reopened) hoặc rút (withdrawn). Gửi lại đúng bước cuối thì không đổi gì (200)."
    ),
    tags=_TAGS,
)
def step(request: HttpRequest, id: str, step: ObstacleStepIn) -> Status[dict[str, Any]]:
    """Do something with an obstacle. 403 where that is not the caller's to do, or cannot be done now."""
    actor = writer(request)
    found = visible_obstacle(actor, id)
    if found is None:
        raise not_found()
    to = _organisation(step.to) if step.kind == "forwarded" else None
    if _is_last(found, actor, step, to):
        return Status(200, _again(actor, id))
    try:
        _ACTS[step.kind](actor, found, **_arguments(step, to))
    except Refused as refusal:
        raise ApiProblem(403, "refused", refusal.reason) from refusal
    return Status(201, _again(actor, id))


_ACTS: dict[str, Callable[..., Obstacle]] = {
    "answered": actions.answer_obstacle,
    "forwarded": actions.forward_obstacle,
    "settled": actions.settle_obstacle,
    "reopened": actions.reopen_obstacle,
    "withdrawn": actions.withdraw_obstacle,
}


def _arguments(step: ObstacleStepIn, to: Organisation | None) -> dict[str, Any]:
    return {"text": step.text, "to": to} if to is not None else {"text": step.text}


def _is_last(found: Obstacle, actor: Actor, step: ObstacleStepIn, to: Organisation | None) -> bool:
    """Whether this is the last thing that was done, by the same organisation: the program sends it once more."""
    last = found.steps.order_by("-pk").first()
    if last is None:
        return False
    done = (last.kind, last.text, last.to_id, last.organisation_id)
    return done == (step.kind, step.text.strip(), to.pk if to else None, actor.organisation_id)


def _organisation(public_id: str) -> Organisation:
    found = organisation_by_public_id(public_id)
    if found is None:
        raise not_found()
    return found


def _again(actor: Actor, public_id: str) -> dict[str, Any]:
    """An obstacle as it is now. It stays readable for who passed it on."""
    found = _with_facts(visible_obstacles(actor).filter(public_id=public_id)).first()
    if found is None:
        raise not_found()
    return _shown([found])[0]


def _with_facts(found: QuerySet[Obstacle]) -> QuerySet[Obstacle]:
    steps = Prefetch("steps", ObstacleStep.objects.select_related("organisation", "to"))
    return found.select_related("asked", "assignment__organisation").prefetch_related(steps)


def _shown(rows: Iterable[Obstacle]) -> list[dict[str, Any]]:
    return [
        {
            "id": row.public_id,
            "assignment": row.assignment.public_id,
            "raised_by": named(row.assignment.organisation),
            "asked": named(row.asked),
            "text": row.text,
            "proposal": row.proposal,
            "state": row.state,
            "due": None if row.due == NO_DATE else row.due,
            "raised_at": row.raised_at,
            "steps": [
                {
                    "kind": step.kind,
                    "text": step.text,
                    "organisation": named(step.organisation),
                    "to": named(step.to) if step.to else None,
                    "at": step.at,
                }
                for step in row.steps.all()
            ],
            "url": absolute(reverse("obstacle", args=[row.public_id])),
        }
        for row in rows
    ]
