"""The work of an agency that ended goes on at its successor; what was done stays with both."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Collection

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.core.acts import Act, Refused, act
from nhipcau.core.ids import public_id
from nhipcau.organisations.models import Organisation
from nhipcau.plans.models import TaskAgency

from .. import rules
from ..models import Assignment, Note, Obstacle, ObstacleStep
from ..queries.obstacles import UNSETTLED
from ..queries.people import doers_of
from ._steps import copy_steps

_BATCH = 500
_GOES_ALONG = (
    "task_id", "plan_id", "owner_id", "role", "group_id", "period", "period_start", "year", "progress", "percent", "due",
    "stated_due", "word_due", "last_word", "last_word_at", "open_obstacles", "below", "below_done", "below_late",
    "from_below",
)  # fmt: skip


@act("followup.hand_over", may=rules.may_hand_over)
def hand_over(
    act: Act,
    predecessor: Organisation,
    successor: Organisation,
    *,
    day: dt.date,
    basis: str,
    tasks: Collection[int] | None = None,
) -> int:
    """Move the running assignments of an agency to another, all or those of these tasks (primary keys): the successor goes
    on in the same period, with the same day, progress, steps and unsettled obstacles; where it has the task itself, the
    two become one, as lead if either leads. With all of them go the obstacles that wait for the predecessor's answer.

    Returns how many moved; a second call finds none. Raises ``Refused`` without a basis, for a day to come, or for a
    successor that has ended.
    """
    words = " ".join(basis.split())[:300]
    _check(successor, day, words)
    rows = _running(predecessor, tasks)
    own = _by_task(successor, rows)
    _end(rows)
    heirs = [_merged(own[row.task_id], row) if row.task_id in own else _taking_over(row, successor) for row in rows]
    Assignment.objects.bulk_create([heir for heir in heirs if heir.pk is None], batch_size=_BATCH)
    merged = [heir for heir in heirs if heir.task_id in own]
    Assignment.objects.bulk_update(merged, ("role", "group", "version", "open_obstacles"), batch_size=_BATCH)
    _pass(rows, heirs)
    _move_obstacles({row.pk: heir for row, heir in zip(rows, heirs, strict=True)})
    copy_steps({row.pk: heir for row, heir in zip(rows, heirs, strict=True)})
    _note(act, rows, lambda: _("Chuyển việc cho %(who)s từ ngày %(day)s. Căn cứ: %(basis)s"), successor, day, words)
    _note(
        act,
        heirs,
        lambda: _("Tiếp nhận việc của %(who)s từ ngày %(day)s. Căn cứ: %(basis)s"),
        predecessor,
        day,
        words,
    )
    if tasks is None:
        _pass_on_questions(act, predecessor, successor, words)
    act.changed(successor=successor.pk, day=day, basis=words, moved=len(rows))
    _tell(act, predecessor, successor, len(rows))
    return len(rows)


@act("followup.hand_back", may=rules.may_hand_over)
def hand_back(act: Act, predecessor: Organisation, successor: Organisation, *, basis: str) -> int:
    """Undo ``hand_over``: what the successor took over from the predecessor and still runs goes back as it is now; what
    the successor had of its own, or from others too, stays with it as well. Returns how many went back. Raises
    ``Refused`` without a basis."""
    words, today = " ".join(basis.split())[:300], timezone.localdate()
    if not words:
        raise Refused(_("Bạn hãy ghi căn cứ hoặc lý do chuyển lại."))
    passed = _passed(predecessor, successor)
    rows = [row for row in _running(successor, None) if row.pk in passed]
    stays = _staying(rows, passed)
    going = [row for row in rows if row.pk not in stays]
    new = [_taking_over(row, predecessor) for row in rows]
    _end(going)
    Assignment.objects.bulk_create(new, batch_size=_BATCH)
    # Where the successor goes on too, the former assignment itself goes on in the new one.
    left = [passed[row.pk] if row.pk in stays else row for row in rows]
    _pass(left, new)
    _move_obstacles({row.pk: back for row, back in zip(rows, new, strict=True) if row.pk not in stays})
    copy_steps({row.pk: back for row, back in zip(left, new, strict=True)})
    _note(
        act,
        rows,
        lambda: _("Chuyển lại việc cho %(who)s từ ngày %(day)s. Căn cứ: %(basis)s"),
        predecessor,
        today,
        words,
    )
    _note(act, new, lambda: _("Nhận lại việc từ %(who)s từ ngày %(day)s. Căn cứ: %(basis)s"), successor, today, words)
    act.changed(successor=successor.pk, basis=words, moved=len(rows))
    _tell(act, successor, predecessor, len(rows))
    if stays:
        act.enqueue("followup.settle_all")  # their role is again what the plan says
    return len(rows)


def _passed(predecessor: Organisation, successor: Organisation) -> dict[int, Assignment]:
    """What the predecessor passed to the successor, by the primary key of what goes on there."""
    rows = Assignment.objects.filter(organisation=predecessor, passed_to__organisation=successor)
    return {row.passed_to_id: row for row in rows.order_by("pk") if row.passed_to_id is not None}


def _staying(rows: list[Assignment], passed: dict[int, Assignment]) -> set[int]:
    """Which of these the successor had itself before it took them over, or has from others too."""
    formers = Assignment.objects.filter(passed_to__in=rows).exclude(pk__in=[former.pk for former in passed.values()])
    from_others = set(formers.values_list("passed_to_id", flat=True))
    ended = {key: former.ended_at for key, former in passed.items()}
    had_before = {row.pk for row in rows if (at := ended[row.pk]) is not None and row.created_at < at}
    return had_before | from_others


def _check(successor: Organisation, day: dt.date, words: str) -> None:
    if not words:
        raise Refused(_("Bạn hãy ghi căn cứ: văn bản nào giao cơ quan kế thừa tiếp nhận."))
    if day > timezone.localdate():
        raise Refused(_("Ngày chuyển việc chưa đến. Bạn hãy chọn hôm nay hoặc một ngày đã qua."))
    if not successor.existed(timezone.localdate()):
        raise Refused(_("%(who)s đã chấm dứt nên không tiếp nhận việc được.") % {"who": successor.label})


def _running(organisation: Organisation, tasks: Collection[int] | None) -> list[Assignment]:
    rows = Assignment.objects.select_for_update(of=("self",)).filter(
        organisation=organisation, ended=Assignment.Ended.RUNNING
    )
    if tasks is not None:
        rows = rows.filter(task__in=tasks)
    return list(rows.order_by("pk"))


def _by_task(organisation: Organisation, rows: list[Assignment]) -> dict[int, Assignment]:
    """What the organisation has itself of these tasks."""
    own = Assignment.objects.select_for_update(of=("self",)).filter(
        organisation=organisation, ended=Assignment.Ended.RUNNING, task__in=[row.task_id for row in rows]
    )
    return {row.task_id: row for row in own}


def _end(rows: list[Assignment]) -> None:
    for row in rows:
        row.ended, row.ended_at = Assignment.Ended.SUCCEEDED, timezone.now()
        row.prepare()
    Assignment.objects.bulk_update(rows, ("ended", "ended_at", "is_open"), batch_size=_BATCH)


def _pass(rows: list[Assignment], heirs: list[Assignment]) -> None:
    for row, heir in zip(rows, heirs, strict=True):
        row.passed_to = heir
    Assignment.objects.bulk_update(rows, ("passed_to",), batch_size=_BATCH)


def _taking_over(row: Assignment, organisation: Organisation) -> Assignment:
    heir = Assignment(organisation=organisation, **{name: getattr(row, name) for name in _GOES_ALONG})
    heir.prepare()
    return heir


def _merged(own: Assignment, row: Assignment) -> Assignment:
    """What the successor had itself goes on, and answers for the other as well."""
    if row.role == TaskAgency.Role.LEAD and own.role != TaskAgency.Role.LEAD:
        own.role, own.group_id = row.role, row.group_id
    own.open_obstacles += row.open_obstacles
    own.version += 1
    return own


def _move_obstacles(heirs: dict[int, Assignment]) -> None:
    """Unsettled obstacles go on at the successor. What was asked of the successor itself is asked of the plan's owner."""
    obstacles = list(Obstacle.objects.filter(assignment__in=heirs, state__in=UNSETTLED))
    for obstacle in obstacles:
        heir = heirs[obstacle.assignment_id]
        obstacle.assignment = heir
        if obstacle.asked_id == heir.organisation_id:
            obstacle.asked_id = heir.owner_id
    Obstacle.objects.bulk_update(obstacles, ("assignment", "asked"), batch_size=_BATCH)
    Assignment.objects.filter(pk__in=heirs, open_obstacles__gt=0).update(open_obstacles=0)


def _pass_on_questions(act: Act, predecessor: Organisation, successor: Organisation, words: str) -> None:
    """What waits for the predecessor's answer waits for the successor's; what the successor itself asked goes to the
    plan's owner."""
    waiting = list(Obstacle.objects.filter(asked=predecessor, state=Obstacle.State.OPEN).select_related("assignment"))
    for obstacle in waiting:
        is_own = obstacle.assignment.organisation_id == successor.pk
        obstacle.asked_id = obstacle.assignment.owner_id if is_own else successor.pk
    ObstacleStep.objects.bulk_create(
        ObstacleStep(
            obstacle=obstacle,
            kind=ObstacleStep.Kind.FORWARDED,
            text=words,
            to_id=obstacle.asked_id,
            organisation_id=act.actor.organisation_id or 0,
            person_id=act.actor.person_id,
        )
        for obstacle in waiting
    )
    Obstacle.objects.bulk_update(waiting, ("asked",))


def _note(
    act: Act,
    rows: Collection[Assignment],
    text: Callable[[], str],
    who: Organisation,
    day: dt.date,
    basis: str,
) -> None:
    """Write into the history of each assignment where it went, or whence it came; in Vietnamese, as what people write."""
    with translation.override(settings.LANGUAGE_CODE):
        words = text() % {"who": who.name, "day": f"{day:%d/%m/%Y}", "basis": basis}
    Note.objects.bulk_create(
        (
            Note(
                assignment=row,
                period=row.period,
                person_id=act.actor.person_id,
                organisation_id=act.actor.organisation_id or 0,
                progress=row.progress,
                percent=row.percent,
                text=words,
                before={"progress": row.progress, "percent": row.percent, "from_below": row.from_below},
                key=f"chuyen-{public_id()}",
            )
            for row in rows
        ),
        batch_size=_BATCH,
    )


def _tell(act: Act, giving: Organisation, taking: Organisation, count: int) -> None:
    if count:
        people = doers_of(giving.pk, taking.pk) - {act.actor.person_id}
        act.tell(people, "followup.handed_over", functools.partial(_said, giving, taking, count), reverse("mine"))


def _said(giving: Organisation, taking: Organisation, count: int) -> str:
    said = ngettext(
        "%(taking)s tiếp nhận %(n)s việc của %(giving)s.", "%(taking)s tiếp nhận %(n)s việc của %(giving)s.", count
    )
    return said % {"taking": taking.label, "giving": giving.label, "n": count}
