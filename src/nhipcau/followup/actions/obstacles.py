"""What stands in the way of an assignment is put before who can remove it, and comes back with an answer."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core.acts import Act, Refused, act
from nhipcau.core.ids import public_id
from nhipcau.core.timekeeping import close_clock, rule_on, running_clock, start_clock
from nhipcau.organisations.models import Organisation

from .. import rules
from ..models import Assignment, Obstacle, ObstacleStep
from ..queries.obstacles import CLOCK, about, may_be_asked, may_be_passed_to, moved_by_clock, unsettled_on
from ..queries.people import doers_of

LONGEST = 4000  # signs of one text
RULE, WITHOUT_RULE = "followup.obstacle_answer", "working_days 5"
_KIND = ObstacleStep.Kind
_STATE = Obstacle.State


@act("followup.raise_obstacle", may=rules.may_raise_obstacle)
def raise_obstacle(act: Act, assignment: Assignment, *, text: str, asked: Organisation, proposal: str = "") -> Obstacle:
    """Put what stands in the way before an organisation, whose people are told and whose answer has a day. The same text
    for the same organisation while that one is open gives back what is there. Raises ``Refused`` for an organisation that
    cannot be asked (``queries.obstacles.may_be_asked``)."""
    words = _needed(text, _("Bạn hãy ghi điều đang vướng."))
    there = Obstacle.objects.filter(assignment=assignment, text=words, asked=asked, state=_STATE.OPEN).first()
    if there is not None:
        return there
    if asked.pk not in {one.pk for one in may_be_asked(assignment)}:
        raise Refused(
            _("Không gửi vướng mắc của việc này tới cơ quan đó được. Bạn hãy chọn một cơ quan trong danh sách.")
        )
    key = public_id()
    obstacle = Obstacle.objects.create(
        public_id=key,
        assignment=assignment,
        text=words,
        proposal=proposal.strip()[:LONGEST],
        asked=asked,
        due=_answer_due(key, asked),
        raised_by=act.actor.person_id,
    )
    _count(assignment)
    act.changed(text=words, asked=asked.pk, obstacle=obstacle.public_id)
    _tell(act, obstacle, doers_of(asked.pk), "followup.obstacle_raised", _asks)
    sides = {assignment.organisation_id, assignment.owner_id, asked.pk}
    act.announce("followup.obstacle_raised", obstacle, f"/vuong-mac/{obstacle.public_id}/", organisations=sides)
    return obstacle


@act("followup.answer_obstacle", may=rules.may_answer_obstacle)
def answer_obstacle(act: Act, obstacle: Obstacle, *, text: str) -> Obstacle:
    """Answer; who raised it then says whether the way is free. Raises ``Refused`` without words."""
    words = _needed(text, _("Bạn hãy ghi câu trả lời."))
    _step(act, obstacle, _KIND.ANSWERED, words)
    _move(act, obstacle, state=_STATE.ANSWERED)
    _tell(act, obstacle, _raisers(obstacle), "followup.obstacle_answered", functools.partial(_answers, words))
    return obstacle


@act("followup.forward_obstacle", may=rules.may_answer_obstacle)
def forward_obstacle(act: Act, obstacle: Obstacle, *, to: Organisation, text: str = "") -> Obstacle:
    """Pass it on to who can remove it; the time for the answer begins anew. Who raised it is told. Raises ``Refused`` for
    an organisation to which it cannot be passed (``queries.obstacles.may_be_passed_to``)."""
    if to.pk not in {one.pk for one in may_be_passed_to(obstacle)}:
        raise Refused(_("Không chuyển vướng mắc này tới cơ quan đó được. Bạn hãy chọn một cơ quan trong danh sách."))
    _step(act, obstacle, _KIND.FORWARDED, text, to)
    _stop(obstacle)
    _move(act, obstacle, asked=to, due=_answer_due(obstacle.public_id, to))
    _tell(act, obstacle, doers_of(to.pk), "followup.obstacle_raised", _asks)
    _tell(act, obstacle, _raisers(obstacle) - doers_of(to.pk), "followup.obstacle_forwarded", _went_on, settles=False)
    return obstacle


@act("followup.settle_obstacle", may=rules.may_close_obstacle)
def settle_obstacle(act: Act, obstacle: Obstacle, *, text: str = "") -> Obstacle:
    """The way is free. Who was asked is told."""
    _step(act, obstacle, _KIND.SETTLED, text)
    _move(act, obstacle, state=_STATE.SETTLED)
    _tell(act, obstacle, doers_of(obstacle.asked_id), "followup.obstacle_settled", _is_settled)
    return obstacle


@act("followup.reopen_obstacle", may=rules.may_close_obstacle)
def reopen_obstacle(act: Act, obstacle: Obstacle, *, text: str) -> Obstacle:
    """The answer did not help: it is put before the same organisation again, with a new day for the answer. Raises
    ``Refused`` where nothing was answered yet."""
    if obstacle.state != _STATE.ANSWERED:
        raise Refused(_("Vướng mắc này chưa được trả lời nên không cần nêu lại."))
    words = _needed(text, _("Bạn hãy ghi còn vướng ở chỗ nào."))
    _step(act, obstacle, _KIND.REOPENED, words)
    _move(act, obstacle, state=_STATE.OPEN, due=_answer_due(obstacle.public_id, obstacle.asked))
    _tell(act, obstacle, doers_of(obstacle.asked_id), "followup.obstacle_raised", _asks)
    return obstacle


@act("followup.withdraw_obstacle", may=rules.may_close_obstacle)
def withdraw_obstacle(act: Act, obstacle: Obstacle, *, text: str = "") -> Obstacle:
    """It is none, or was raised by mistake: nobody is asked any longer."""
    _step(act, obstacle, _KIND.WITHDRAWN, text)
    _move(act, obstacle, state=_STATE.WITHDRAWN)
    _tell(act, obstacle, doers_of(obstacle.asked_id), "followup.obstacle_withdrawn", _is_withdrawn)
    return obstacle


def _answer_due(key: str, asked: Organisation) -> dt.date:
    """Start the clock for the answer, by the rule in force; its last day."""
    now = timezone.now()
    rule = rule_on(RULE, timezone.localdate(now))
    clock = start_clock(CLOCK, key, asked.pk, now, rule=rule, limit="" if rule else WITHOUT_RULE)
    return timezone.localtime(clock.due_at).date()


def _stop(obstacle: Obstacle) -> None:
    clock = running_clock(CLOCK, obstacle.public_id)
    if clock is not None:
        close_clock(clock)


def _needed(text: str, problem: str) -> str:
    words = text.strip()[:LONGEST]
    if not words:
        raise Refused(problem)
    return words


def _step(act: Act, obstacle: Obstacle, kind: str, text: str, to: Organisation | None = None) -> None:
    ObstacleStep.objects.create(
        obstacle=obstacle,
        kind=kind,
        text=text.strip()[:LONGEST],
        to=to,
        organisation_id=act.actor.organisation_id or 0,
        person_id=act.actor.person_id,
    )


def _move(act: Act, obstacle: Obstacle, **values: Any) -> None:
    for name, value in values.items():
        setattr(obstacle, name, value)
    obstacle.version += 1
    obstacle.save(update_fields=(*values, "version"))
    if "state" in values:
        _count(obstacle.assignment)
        if obstacle.state != _STATE.OPEN:
            _stop(obstacle)
    act.changed(**{name: getattr(value, "pk", value) for name, value in values.items()})


def _count(assignment: Assignment) -> None:
    """Nobody's form is out of date because of it, so that the version stays."""
    row = Assignment.objects.select_for_update().only("pk").get(pk=assignment.pk)
    assignment.open_obstacles = unsettled_on(row)
    Assignment.objects.filter(pk=row.pk).update(open_obstacles=assignment.open_obstacles)


# --- who is told what ------------------------------------------------------------------------------------------------


def _raisers(obstacle: Obstacle) -> set[int]:
    raised = {obstacle.raised_by} if obstacle.raised_by else set()
    return doers_of(obstacle.assignment.organisation_id) | raised


def _tell(act: Act, obstacle: Obstacle, people: set[int], kind: str, words: Any, *, settles: bool = True) -> None:
    """Tell them, but not who acts; what was told before about the obstacle no longer holds (``settles``)."""
    told = {person for person in people if person != act.actor.person_id}
    key, url = about(obstacle), reverse("obstacle", args=[obstacle.public_id])
    if settles:
        act.settle(key)
    act.tell(told, kind, functools.partial(words, obstacle), url, about=key)


def _facts(obstacle: Obstacle) -> dict[str, str]:
    return {
        "raiser": obstacle.assignment.organisation.label,
        "asked": obstacle.asked.label,
        "task": obstacle.assignment.task.text[:100],
        "text": obstacle.text[:150],
        "due": f"{obstacle.due:%d/%m/%Y}",
    }


def _asks(obstacle: Obstacle) -> str:
    return _("%(raiser)s nêu vướng mắc, cần %(asked)s trả lời đến hết ngày %(due)s: %(text)s") % _facts(obstacle)


def _answers(words: str, obstacle: Obstacle) -> str:
    said = {**_facts(obstacle), "answer": words[:200]}
    return _("%(asked)s trả lời vướng mắc của việc “%(task)s”: %(answer)s") % said


def _went_on(obstacle: Obstacle) -> str:
    return _("Vướng mắc của việc “%(task)s” được chuyển tới %(asked)s, trả lời đến hết ngày %(due)s.") % _facts(
        obstacle
    )


def _is_settled(obstacle: Obstacle) -> str:
    return _("%(raiser)s cho biết đã gỡ vướng mắc của việc “%(task)s”.") % _facts(obstacle)


def _is_withdrawn(obstacle: Obstacle) -> str:
    return _("%(raiser)s rút vướng mắc của việc “%(task)s”, không cần trả lời nữa.") % _facts(obstacle)


@act("followup.follow_calendar", may=rules.may_settle)
def follow_calendar(act: Act) -> int:
    """The days for answers follow their clocks, which a change of the working calendar has moved. Returns how many
    moved."""
    moved = moved_by_clock()
    Obstacle.objects.bulk_update(moved, ("due",), batch_size=500)
    act.changed(moved=len(moved))
    return len(moved)
