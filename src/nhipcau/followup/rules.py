"""Who may do what with assignments. Pure: each rule answers from the actor and the row it is given."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor, Answer, No
from nhipcau.organisations.models import Organisation, Role

from .models import Assignment, Note, Obstacle

DOERS = (Role.OFFICER, Role.COORDINATOR, Role.HEAD)
FOLLOWERS = (Role.COORDINATOR, Role.HEAD)
TAKING_BACK = dt.timedelta(minutes=15)


def may_settle(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """Assignments follow the plan, the groups and the calendar by themselves: only the house does that."""
    return actor.is_system


def does(actor: Actor, assignment: Assignment) -> bool:
    """Whether the actor works for the organisation that has the assignment."""
    return actor.organisation_id == assignment.organisation_id and actor.has(*DOERS)


def follows(actor: Actor, assignment: Assignment) -> bool:
    """Whether the actor follows the assignment up: coordinators and heads of the organisation that owns the plan, or of
    one above it."""
    return actor.has(*FOLLOWERS) and assignment.owner.is_within(actor.organisation_id)


def may_record(actor: Actor, assignment: Assignment, *_arguments: Any, **_named: Any) -> Answer:
    """Officers, coordinators and heads of the agency write what it has done; nobody writes it for them."""
    if assignment.ended:
        return No(_("Việc này không còn được giao cho cơ quan bạn nên không ghi tiến độ được nữa."))
    if not does(actor, assignment):
        return No(_("Chỉ cán bộ, điều phối và lãnh đạo của cơ quan được giao mới ghi tiến độ của việc này."))
    return True


def may_take_back(actor: Actor, note: Note, now: dt.datetime, *_arguments: Any, **_named: Any) -> Answer:
    """Who wrote the last word takes it back within minutes; later it is corrected by another."""
    if actor.person_id is None or note.person_id != actor.person_id:
        return No(_("Chỉ người đã ghi mới hoàn tác được."))
    if note.taken_back_at is not None:
        return No(_("Lần ghi này đã được hoàn tác."))
    if now - note.at > TAKING_BACK:
        return No(_("Đã quá 15 phút nên không hoàn tác được. Bạn hãy ghi lại cho đúng; cả hai lần đều được giữ."))
    return may_record(actor, note.assignment)


def may_plan_steps(actor: Actor, assignment: Assignment, *_arguments: Any, **_named: Any) -> Answer:
    """A unit's own plan is its own."""
    if assignment.ended:
        return No(_("Việc này không còn được giao cho cơ quan bạn."))
    if not does(actor, assignment):
        return No(_("Chỉ cán bộ, điều phối và lãnh đạo của cơ quan được giao mới lập các bước thực hiện."))
    return True


def may_extend(actor: Actor, assignment: Assignment, *_arguments: Any, **_named: Any) -> Answer:
    """The time is moved by who gave it: coordinators and heads of the organisation that owns the plan."""
    if assignment.ended:
        return No(_("Việc này không còn được theo dõi nên không gia hạn được."))
    if not follows(actor, assignment):
        return No(_("Chỉ điều phối và lãnh đạo của cơ quan có kế hoạch mới gia hạn được."))
    return True


def may_set_rhythm(actor: Actor, owner: Organisation) -> Answer:
    """As for the time."""
    if not (actor.has(*FOLLOWERS) and owner.is_within(actor.organisation_id)):
        return No(_("Chỉ điều phối và lãnh đạo của cơ quan có kế hoạch mới đặt nhịp báo được."))
    return True


def may_chase(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """Coordinators and heads ask those whom they follow up: who that is, is said by the query that picks them."""
    if actor.organisation_id is None or not actor.has(*FOLLOWERS):
        return No(_("Chỉ điều phối và lãnh đạo mới đôn đốc được."))
    return True


def may_raise_obstacle(actor: Actor, assignment: Assignment, *_arguments: Any, **_named: Any) -> Answer:
    """As for progress: who has the work tells what stands in its way."""
    return may_record(actor, assignment)


def may_answer_obstacle(actor: Actor, obstacle: Obstacle, *_arguments: Any, **_named: Any) -> Answer:
    """Officers, coordinators and heads of the organisation that was asked answer, or pass it on."""
    if actor.organisation_id != obstacle.asked_id or not actor.has(*DOERS):
        return No(_("Chỉ cán bộ, điều phối và lãnh đạo của cơ quan được hỏi mới trả lời hoặc chuyển tiếp được."))
    if obstacle.state != Obstacle.State.OPEN:
        return No(_("Vướng mắc này đã được trả lời hoặc đã khép lại. Bạn hãy tải lại trang."))
    return True


def may_close_obstacle(actor: Actor, obstacle: Obstacle, *_arguments: Any, **_named: Any) -> Answer:
    """Whether the way is free is said by who raised it."""
    if not does(actor, obstacle.assignment):
        return No(_("Chỉ cơ quan đã nêu vướng mắc mới khép lại hoặc nêu lại được."))
    if obstacle.state in {Obstacle.State.SETTLED, Obstacle.State.WITHDRAWN}:
        return No(_("Vướng mắc này đã khép lại. Nếu còn vướng, bạn hãy nêu vướng mắc mới."))
    return True


def may_move_work(actor: Actor) -> Answer:
    """Who moves work between agencies at all: administrators, coordinators and heads."""
    if actor.organisation_id is None or not actor.has(Role.ADMINISTRATOR, *FOLLOWERS):
        return No(_("Chỉ quản trị, điều phối và lãnh đạo mới chuyển việc giữa các cơ quan."))
    return True


def may_hand_over(actor: Actor, predecessor: Organisation, successor: Organisation, **_named: Any) -> Answer:
    """Assignments of an abolished agency are moved by administrators, coordinators and heads of an organisation that
    stands above both (or is one of them)."""
    keeps = actor.has(Role.ADMINISTRATOR, *FOLLOWERS)
    if not keeps or not (predecessor.is_within(actor.organisation_id) and successor.is_within(actor.organisation_id)):
        return No(_("Chỉ quản trị, điều phối và lãnh đạo của cơ quan cấp trên của cả hai bên mới chuyển việc được."))
    if predecessor.pk == successor.pk:
        return No(_("Bạn hãy chọn một cơ quan kế thừa khác."))
    return True


def may_see_board(actor: Actor) -> Answer:
    """The board is for those who answer for what others do: coordinators and heads; auditors look on."""
    if actor.organisation_id is None or not actor.has(*FOLLOWERS, Role.AUDITOR):
        return No(_("Bảng điều phối dành cho điều phối, lãnh đạo và kiểm tra. Việc của bạn nằm ở trang Việc của tôi."))
    return True
