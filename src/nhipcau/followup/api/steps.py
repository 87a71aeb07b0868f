"""Steps of a unit's own plan over REST: who does them is not said, since no person is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Field, Schema
from ninja.responses import Status

from nhipcau.core.actors import Actor, Refused
from nhipcau.core.api import ApiProblem, not_found
from nhipcau.plans.models import NO_DATE

from ..actions import add_step, change_step, finish_step, remove_step
from ..models import Step
from ..queries.seen import visible_assignments
from .common import one_assignment, reader, router, writer

_TAGS = ["Bước thực hiện"]


class StepOut(Schema):
    """One step of a unit's own plan."""

    id: str
    assignment: str
    text: str
    due: dt.date | None
    done_at: dt.datetime | None


class StepIn(Schema):
    """A step as a program sends it. The same words for the same day are one step, however often they are sent."""

    text: str = Field(max_length=500, description=gettext_noop("Làm gì"))
    due: dt.date | None = Field(None, description=gettext_noop("Đến hết ngày nào"))


class StepChange(Schema):
    """What changes of a step; what is not sent stays."""

    text: str = Field("", max_length=500, description=gettext_noop("Làm gì"))
    due: dt.date | None = Field(None, description=gettext_noop("Đến hết ngày nào; null: không có ngày"))
    done: bool = Field(False, description=gettext_noop("Đã xong, hay bỏ dấu xong"))


@router.get(
    "/assignments/{id}/steps",
    response=list[StepOut],
    summary=gettext_noop("Các bước thực hiện"),
    description=gettext_noop("Kế hoạch cụ thể của cơ quan cho một việc, theo thứ tự. Cần khóa truy cập."),
    tags=_TAGS,
)
def steps(request: HttpRequest, id: str) -> list[dict[str, Any]]:
    """The steps of an assignment, in order. 404 where there is none for this caller."""
    row = one_assignment(reader(request), id)
    return [_shown(step) for step in row.steps.select_related("assignment").order_by("position", "pk")]


@router.post(
    "/assignments/{id}/steps",
    response={200: StepOut, 201: StepOut},
    summary=gettext_noop("Thêm một bước"),
    description=gettext_noop(
        "Vào việc của chính cơ quan cấp khóa. Gửi lại cùng nội dung, cùng ngày thì không thêm (200)."
    ),
    tags=_TAGS,
)
def add(request: HttpRequest, id: str, step: StepIn) -> Status[dict[str, Any]]:
    """Add a step at the end. 403 for another organisation's work, 404 where there is no such assignment."""
    actor = writer(request)
    row = one_assignment(actor, id)
    before = set(row.steps.values_list("pk", flat=True))
    made = _done(lambda: add_step(actor, row, text=step.text, due=step.due))
    return Status(200 if made.pk in before else 201, _shown(made))


@router.patch(
    "/steps/{id}",
    response=StepOut,
    summary=gettext_noop("Sửa một bước, đánh dấu xong"),
    description=gettext_noop("Chỉ những trường được gửi mới đổi; gửi lại không đổi gì thêm."),
    tags=_TAGS,
)
def change(request: HttpRequest, id: str, step: StepChange) -> dict[str, Any]:
    """Change what is sent; the person of the step stays. 403 and 404 as above."""
    actor = writer(request)
    row, given = _one(actor, id), step.dict(exclude_unset=True)
    if {"text", "due"} & set(given):
        due = given.get("due", row.due)
        row = _done(lambda: change_step(actor, row, text=given.get("text", row.text), person=row.person, due=due))
    if "done" in given:
        row = _done(lambda: finish_step(actor, row, is_done=given["done"]))
    return _shown(row)


@router.delete(
    "/steps/{id}",
    response={204: None},
    summary=gettext_noop("Bỏ một bước"),
    description=gettext_noop("Bước đã xong được giữ lại (403)."),
    tags=_TAGS,
)
def remove(request: HttpRequest, id: str) -> Status[None]:
    """Take a step out of the plan; 403 for one that is done."""
    actor = writer(request)
    row = _one(actor, id)
    _done(lambda: remove_step(actor, row))
    return Status(204, None)


def _done(act: Any) -> Any:
    """What an act gives. Raises ``ApiProblem`` (403) where it refuses."""
    try:
        return act()
    except Refused as refusal:
        raise ApiProblem(403, "refused", refusal.reason) from refusal


def _one(actor: Actor, public_id: str) -> Step:
    seen = visible_assignments(actor).order_by().values("pk")
    found = Step.objects.filter(public_id=public_id, assignment__in=seen).select_related("assignment", "person").first()
    if found is None:
        raise not_found()
    return found


def _shown(step: Step) -> dict[str, Any]:
    return {
        "id": step.public_id,
        "assignment": step.assignment.public_id,
        "text": step.text,
        "due": None if step.due == NO_DATE else step.due,
        "done_at": step.done_at,
    }
