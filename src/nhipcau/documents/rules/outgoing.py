"""Who may do what with a document of an organisation's own. Pure: each rule answers from the actor and the row."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor, Answer, No
from nhipcau.organisations.models import Organisation, Role

from ..models import Addressee, Outgoing, RegisterNumber

DRAFTERS = (Role.OFFICER, Role.COORDINATOR, Role.HEAD)
CLERKS = (Role.OFFICER, Role.COORDINATOR)
SIGNERS = (Role.HEAD,)
_STATE = Outgoing.State
_UNDER_WAY = (_STATE.DRAFT, _STATE.SUBMITTED, _STATE.RETURNED, _STATE.SIGNED, _STATE.NUMBERED)


def drafts_for(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor writes documents of this organisation; the house itself does so for those who asked for it."""
    return actor.is_system or (actor.organisation_id == organisation_id and actor.has(*DRAFTERS))


def may_draft(actor: Actor, *_arguments: Any, organisation: Organisation, **_named: Any) -> Answer:
    """Officers, coordinators and heads of the organisation write its documents."""
    if drafts_for(actor, organisation.pk):
        return True
    return No(_("Chỉ cán bộ, điều phối và lãnh đạo của cơ quan mới soạn được văn bản của cơ quan."))


def may_edit(actor: Actor, outgoing: Outgoing, *_arguments: Any, **_named: Any) -> Answer:
    """Its words are open until it is submitted, and again once it was returned."""
    if not drafts_for(actor, outgoing.organisation_id):
        return No(_("Chỉ cán bộ, điều phối và lãnh đạo của cơ quan mới sửa được văn bản này."))
    if not outgoing.is_open:
        said = _("Văn bản này %(state)s nên không sửa được nữa. Muốn sửa, bạn hãy đề nghị trả lại.")
        return No(said % {"state": outgoing.get_state_display()})
    return True


def may_submit(actor: Actor, outgoing: Outgoing, *_arguments: Any, **_named: Any) -> Answer:
    """As for editing."""
    if outgoing.state == _STATE.SUBMITTED and drafts_for(actor, outgoing.organisation_id):
        return No(_("Văn bản này đã được trình ký rồi."))
    return may_edit(actor, outgoing)


def may_return(actor: Actor, outgoing: Outgoing, *_arguments: Any, **_named: Any) -> Answer:
    """Heads return what is not sent yet; who drafted it takes it back while it waits for a signature."""
    if outgoing.state not in (_STATE.SUBMITTED, _STATE.SIGNED, _STATE.NUMBERED):
        return No(_("Chỉ trả lại được văn bản đã trình mà chưa gửi."))
    if actor.organisation_id == outgoing.organisation_id:
        is_own = actor.person_id is not None and actor.person_id == outgoing.drafted_by and actor.has(*DRAFTERS)
        if actor.has(*SIGNERS) or (is_own and outgoing.state == _STATE.SUBMITTED):
            return True
    return No(_("Chỉ lãnh đạo của cơ quan mới trả lại được văn bản này."))


def may_sign(actor: Actor, outgoing: Outgoing, *_arguments: Any, **_named: Any) -> Answer:
    """Heads sign, and whom a head has let act in their place: never the house itself."""
    if actor.person_id is None or actor.organisation_id != outgoing.organisation_id or not actor.has(*SIGNERS):
        return No(_("Chỉ lãnh đạo của cơ quan, hoặc người được lãnh đạo ủy quyền, mới ký được văn bản này."))
    if outgoing.state != _STATE.SUBMITTED:
        return No(_("Văn bản này không còn chờ ký. Bạn hãy tải lại trang."))
    return True


def keeps_numbers(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor keeps the register of numbers of this organisation."""
    return actor.organisation_id == organisation_id and actor.has(*CLERKS)


def _not_a_clerk() -> No:
    return No(_("Số văn bản do cán bộ và điều phối của cơ quan lấy."))


def may_number(actor: Actor, outgoing: Outgoing, *_arguments: Any, **_named: Any) -> Answer:
    """Officers and coordinators take the number of what is signed; the same question twice finds it taken."""
    if not keeps_numbers(actor, outgoing.organisation_id):
        return _not_a_clerk()
    if outgoing.state not in (_STATE.SIGNED, _STATE.NUMBERED):
        return No(_("Chỉ văn bản đã ký mới lấy được số."))
    return True


def may_keep_numbers(actor: Actor, *_arguments: Any, organisation: Organisation, **_named: Any) -> Answer:
    """Numbers are kept free, and registers begun, by those who take them."""
    return True if keeps_numbers(actor, organisation.pk) else _not_a_clerk()


def may_void(actor: Actor, number: RegisterNumber, *_arguments: Any, **_named: Any) -> Answer:
    """A number is made void by those who take them, until its document has been sent."""
    if not keeps_numbers(actor, number.organisation_id):
        return _not_a_clerk()
    if number.state == RegisterNumber.State.VOID:
        return No(_("Số này đã hủy rồi."))
    if number.outgoing is not None and number.outgoing.is_frozen:
        return No(_("Văn bản mang số này đã gửi đi nên không hủy số được. Bạn hãy thay bằng bản mới."))
    return True


def may_use(actor: Actor, number: RegisterNumber, *_arguments: Any, **_named: Any) -> Answer:
    """A number that was kept free is given to a document on paper by those who take numbers."""
    if not keeps_numbers(actor, number.organisation_id):
        return _not_a_clerk()
    if number.state != RegisterNumber.State.RESERVED:
        return No(_("Số này không còn giữ chỗ. Bạn hãy tải lại trang."))
    return True


def may_send(actor: Actor, outgoing: Outgoing, *_arguments: Any, **_named: Any) -> Answer:
    """Officers and coordinators send what has its number; the same question twice finds it sent."""
    if not keeps_numbers(actor, outgoing.organisation_id):
        return No(_("Văn bản do cán bộ và điều phối của cơ quan gửi đi."))
    if outgoing.state not in (_STATE.NUMBERED, _STATE.SENT):
        return No(_("Chỉ văn bản đã ký và đã có số mới gửi được."))
    return True


def may_replace(actor: Actor, outgoing: Outgoing, *_arguments: Any, **_named: Any) -> Answer:
    """What was wrong in a document that has been sent is put right by a new edition (Nghị định 30/2020/NĐ-CP, Điều 18,
    khoản 3)."""
    if not drafts_for(actor, outgoing.organisation_id):
        return No(_("Chỉ cán bộ, điều phối và lãnh đạo của cơ quan mới soạn được bản thay thế."))
    if not outgoing.is_frozen:
        return No(_("Văn bản này chưa gửi đi: bạn sửa thẳng được, không cần bản thay thế."))
    return True


def may_drop(actor: Actor, outgoing: Outgoing, *_arguments: Any, **_named: Any) -> Answer:
    """What was not sent can be given up: before the signature by those who write, after it by those who keep the
    numbers, and by heads."""
    if actor.organisation_id != outgoing.organisation_id or outgoing.state not in _UNDER_WAY:
        return No(_("Chỉ bỏ được văn bản của cơ quan mình khi chưa gửi đi."))
    is_signed = outgoing.state in (_STATE.SIGNED, _STATE.NUMBERED)
    if not actor.has(*((Role.HEAD, *CLERKS) if is_signed else DRAFTERS)):
        return No(_("Chỉ cán bộ, điều phối và lãnh đạo của cơ quan mới bỏ được văn bản này."))
    return True


def may_receive(actor: Actor, addressee: Addressee, *_arguments: Any, **_named: Any) -> Answer:
    """A document is received by those who do the work of the organisation to which it went."""
    if actor.organisation_id != addressee.organisation_id or not actor.has(*DRAFTERS):
        return No(_("Chỉ cán bộ, điều phối và lãnh đạo của cơ quan nhận mới xác nhận được."))
    return True


def may_shelve(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """What was sent enters the library by itself: only the house does that."""
    return actor.is_system
