"""Who may do what with a reading and a plan. Pure: each rule answers from the actor and the row it is given."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor, Answer, No
from nhipcau.organisations.models import Organisation, Role

from .models import Plan, Reading

REVIEWERS = (Role.OFFICER, Role.COORDINATOR, Role.HEAD)
WAITING = (Reading.State.QUEUED, Reading.State.READING)
# Readings that are still on their way; the same file is not read twice beside one of them.
ON_THE_WAY = (*WAITING, Reading.State.NEEDS_PASSWORD, Reading.State.FAILED, Reading.State.REVIEW)


def may_upload(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """Officers, coordinators and heads import plans for the organisation in whose name they act."""
    if actor.organisation_id is None or not actor.has(*REVIEWERS):
        return No(_("Bạn cần là cán bộ, điều phối hoặc lãnh đạo của cơ quan để nhập kế hoạch."))
    return True


def may_work_on(actor: Actor, reading: Reading, *_arguments: Any, **_named: Any) -> Answer:
    """Those people of the organisation that owns the reading, and nobody else."""
    if actor.organisation_id != reading.organisation_id or not actor.has(*REVIEWERS):
        return No(_("Chỉ cán bộ, điều phối và lãnh đạo của cơ quan đã nhập kế hoạch này mới làm được việc này."))
    return True


def may_review(actor: Actor, reading: Reading, *arguments: Any, **named: Any) -> Answer:
    """A reading is reviewed while it is in review: what is confirmed or put aside stays as it is."""
    if not (answer := may_work_on(actor, reading)):
        return answer
    if reading.state == Reading.State.CONFIRMED:
        return No(_("Kế hoạch này đã được xác nhận nên bản đối chiếu không sửa được nữa."))
    if reading.state != Reading.State.REVIEW:
        return No(_("Bản đọc này không còn ở bước đối chiếu. Hãy tải lại trang."))
    return True


def may_confirm(actor: Actor, reading: Reading, *arguments: Any, **named: Any) -> Answer:
    """As for the review. Confirming what is confirmed already is answered by the act itself: nothing is done twice."""
    if reading.state == Reading.State.CONFIRMED:
        return may_work_on(actor, reading)
    return may_review(actor, reading)


def may_read_again(actor: Actor, reading: Reading, *arguments: Any, **named: Any) -> Answer:
    """Again only while nothing is live of it and its original was kept."""
    if not (answer := may_work_on(actor, reading)):
        return answer
    if reading.state == Reading.State.CONFIRMED:
        return No(_("Kế hoạch này đã được xác nhận. Tải tệp lên lần nữa nếu bạn có bản mới."))
    if reading.file_id is None:
        return No(_("Bản gốc đã không được lưu vì không an toàn, nên không đọc lại được. Hãy tải lên một tệp khác."))
    return True


def may_cancel(actor: Actor, reading: Reading, *arguments: Any, **named: Any) -> Answer:
    """Only what is waiting or running can be called off."""
    if not (answer := may_work_on(actor, reading)):
        return answer
    return True if reading.state in WAITING else No(_("Việc đọc đã xong nên không dừng được nữa."))


def may_discard(actor: Actor, reading: Reading, *arguments: Any, **named: Any) -> Answer:
    """A confirmed reading belongs to its plan and stays."""
    if not (answer := may_work_on(actor, reading)):
        return answer
    if reading.state == Reading.State.CONFIRMED:
        return No(_("Bản này đã thành kế hoạch có hiệu lực nên không bỏ được."))
    return True


def may_keep_finding(actor: Actor, reading: Reading, *_arguments: Any, **_named: Any) -> Answer:
    """Those who work on the organisation's readings say what of its plan stays as it is, also once it is confirmed."""
    return may_work_on(actor, reading)


def may_switch_rules(actor: Actor, organisation: Organisation | None, *_arguments: Any, **_named: Any) -> Answer:
    """Administrators, coordinators and heads say for their own organisation which rules are not for its plans."""
    may = actor.has(Role.ADMINISTRATOR, Role.COORDINATOR, Role.HEAD)
    if organisation is None or actor.organisation_id != organisation.pk or not may:
        return No(_("Chỉ quản trị, điều phối và lãnh đạo của cơ quan mới tắt, bật quy tắc cho cơ quan mình."))
    return True


def may_keep_reading(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """Only the house itself writes down what it has read."""
    return actor.is_system


def may_publish(actor: Actor, plan: Plan, *arguments: Any, **named: Any) -> Answer:
    """Heads and coordinators of the organisation that owns the plan: what is public speaks in its name."""
    if actor.organisation_id != plan.organisation_id or not actor.has(Role.HEAD, Role.COORDINATOR):
        return No(_("Chỉ lãnh đạo và điều phối của cơ quan có kế hoạch này mới công bố hoặc rút lại được."))
    return True


def may_move_dates(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """Only the house itself moves what recurs to its next day."""
    return actor.is_system


def may_withdraw(actor: Actor, plan: Plan, *arguments: Any, **named: Any) -> Answer:
    """Whoever may publish may take back."""
    return may_publish(actor, plan)


def may_compare(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """Whoever holds a role compares plans that they may read; the house itself does so by itself."""
    if actor.is_system or actor.roles:
        return True
    return No(_("Bạn cần một vai trò trong cơ quan để so sánh kế hoạch."))


def may_keep_alignment(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """Only the house itself writes down what it has compared."""
    return actor.is_system


def may_ask_about(actor: Actor, higher: Plan, lower: Plan, *_arguments: Any, **_named: Any) -> Answer:
    """Officers, coordinators and heads of the organisation that owns the higher plan, or of one above it, ask the
    organisation of the lower plan."""
    path = [int(part) for part in higher.organisation.path.split("/") if part]
    if actor.organisation_id not in path or not actor.has(*REVIEWERS):
        return No(_("Chỉ cán bộ, điều phối và lãnh đạo của cơ quan có kế hoạch cấp trên mới hỏi được."))
    if lower.organisation_id == actor.organisation_id:
        return No(_("Kế hoạch cấp dưới là của chính cơ quan bạn. Bạn hãy ghi lý do thay vì hỏi."))
    return True


def may_answer(actor: Actor, higher: Plan, lower: Plan, *_arguments: Any, **_named: Any) -> Answer:
    """Officers, coordinators and heads of the organisation of the lower plan answer for it; those who may ask may
    record a reason that they know."""
    if actor.organisation_id == lower.organisation_id and actor.has(*REVIEWERS):
        return True
    if may_ask_about(actor, higher, lower):
        return True
    return No(_("Chỉ cán bộ, điều phối và lãnh đạo của hai cơ quan có kế hoạch mới ghi được lý do."))


def may_follow_questions(actor: Actor, higher: Plan, lower: Plan) -> Answer:
    """What is asked and answered is between the two sides: the organisations that own the plans and those above them.
    Elsewhere the two plans may be known, but not this."""
    sides = (higher.organisation.path, lower.organisation.path)
    above = {int(part) for path in sides for part in path.split("/") if part}
    if not actor.roles or actor.organisation_id not in above:
        return No(_("Câu hỏi và trả lời chỉ dành cho hai cơ quan có kế hoạch."))
    return True
