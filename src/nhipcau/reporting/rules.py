"""Who may do what with reports. Pure: each rule answers from the actor and the row it is given."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor, Answer, No
from nhipcau.organisations.models import Organisation, Role

from .models import Outline, Regime, Report, Round

WRITERS = (Role.OFFICER, Role.COORDINATOR, Role.HEAD)
COLLECTORS = (Role.COORDINATOR, Role.HEAD)
OUTLINE_KEEPERS = (*COLLECTORS, Role.ADMINISTRATOR)


def may_collect(actor: Actor, organisation: Organisation, *_arguments: Any, **_named: Any) -> Answer:
    """Rounds and regimes are kept by the coordinators and heads of the organisation that collects."""
    if actor.is_system or (actor.organisation_id == organisation.pk and actor.has(*COLLECTORS)):
        return True
    return No(_("Chỉ điều phối và lãnh đạo của cơ quan tổng hợp mới mở và sửa kỳ báo cáo."))


def may_run(actor: Actor, round_: Round, *_arguments: Any, **_named: Any) -> Answer:
    """A round is changed and closed by those who may open one."""
    if round_.closed_at is not None:
        return No(_("Kỳ báo cáo này đã đóng."))
    return may_collect(actor, round_.organisation)


def may_chase(actor: Actor, round_: Round, *_arguments: Any, **_named: Any) -> Answer:
    """Those who work for an organisation remind the others in a round; whom, follows from who reports to whom."""
    if round_.closed_at is not None:
        return No(_("Kỳ báo cáo này đã đóng."))
    if actor.organisation_id is not None and actor.has(*WRITERS):
        return True
    return No(_("Chỉ cơ quan nhận báo cáo mới nhắc các đơn vị gửi báo cáo cho mình."))


def may_keep_regime(actor: Actor, regime: Regime, *_arguments: Any, **_named: Any) -> Answer:
    """A regime is changed and ended by those who may lay one down, while it runs."""
    if regime.ended_at is not None:
        return No(_("Chế độ báo cáo này đã kết thúc."))
    return may_collect(actor, regime.organisation)


def may_keep_outlines(actor: Actor, organisation: Organisation, *_arguments: Any, **_named: Any) -> Answer:
    """Outlines are kept by administrators, coordinators and heads of the organisation."""
    if actor.organisation_id == organisation.pk and actor.has(*OUTLINE_KEEPERS):
        return True
    return No(_("Chỉ quản trị, điều phối và lãnh đạo của cơ quan mới lập và sửa mẫu đề cương."))


def may_keep_outline(actor: Actor, outline: Outline, *_arguments: Any, **_named: Any) -> Answer:
    """The same for one outline."""
    if outline.organisation is None:
        return No(_("Mẫu đi kèm phần mềm không sửa được. Bạn hãy chép thành mẫu của cơ quan rồi sửa."))
    return may_keep_outlines(actor, outline.organisation)


def writes(actor: Actor, report: Report) -> bool:
    """Whether the actor works for the organisation whose report it is."""
    return actor.organisation_id == report.organisation_id and actor.has(*WRITERS)


def may_write(actor: Actor, report: Report, *_arguments: Any, **_named: Any) -> Answer:
    """Officers, coordinators and heads write their organisation's report, while its words are open."""
    if not writes(actor, report):
        return No(_("Chỉ cán bộ, điều phối và lãnh đạo của cơ quan lập báo cáo mới sửa được báo cáo này."))
    if not report.is_open:
        return No(_("Báo cáo đang trình ký hoặc đã gửi nên không sửa được. Muốn đính chính, bạn hãy lập bản mới."))
    if is_past(report):
        return No(_("Kỳ báo cáo này đã đóng nên không nhận thêm báo cáo."))
    return True


def is_past(report: Report) -> bool:
    """Whether nothing more is awaited of it: its round was closed before it was sent. Who collects still writes its own,
    and what was sent can be corrected."""
    return report.round.closed_at is not None and report.receiver_id is not None and report.replaces_id is None


def may_answer_for(actor: Actor, report: Report, *_arguments: Any, **_named: Any) -> Answer:
    """What was sent is accepted, asked about and chased by the officers of who receives it."""
    if actor.organisation_id == report.receiver_id and actor.has(*WRITERS):
        return True
    return No(_("Chỉ cơ quan nhận báo cáo mới chấp nhận, yêu cầu bổ sung hoặc nhắc gửi báo cáo này."))


def may_follow_document(actor: Actor, _report: Report, *_arguments: Any, **_named: Any) -> Answer:
    """What happens to a report's document happens to the report: only the house itself writes that down."""
    return actor.is_system


def may_correct(actor: Actor, report: Report, *_arguments: Any, **_named: Any) -> Answer:
    """What was sent is corrected by those who write the organisation's reports, in a new edition."""
    if not writes(actor, report):
        return No(_("Chỉ cán bộ, điều phối và lãnh đạo của cơ quan lập báo cáo mới đính chính được."))
    if not report.was_sent or report.state == Report.State.REPLACED:
        return No(_("Chỉ báo cáo đã gửi, chưa có bản mới, mới cần đính chính."))
    return True
