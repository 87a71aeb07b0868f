"""Who keeps the book of what arrives, and until when the clerks do what falls to a day. Pure."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor, Answer, No
from nhipcau.core.clocks import WorkCalendar
from nhipcau.organisations.models import Organisation

from ..models import Addressee, Arrival
from .outgoing import keeps_numbers


def in_time(day: dt.date, is_urgent: bool, calendar: WorkCalendar) -> dt.date:
    """Until when a document that arrived on a day is entered in the book, and one that was signed on a day gets its number and
    is sent: on that day, at the latest on the next working day; an urgent one at once (Nghị định 30/2020/NĐ-CP, Điều 4, khoản
    2, điểm c; Điều 15, khoản 2; Điều 18, khoản 1)."""
    return day if is_urgent else calendar.next_working(day + dt.timedelta(days=1))


def _not_a_clerk() -> No:
    return No(_("Sổ văn bản đến do cán bộ và điều phối của cơ quan ghi."))


def may_keep_arrivals(actor: Actor, *_arguments: Any, organisation: Organisation, **_named: Any) -> Answer:
    """Officers and coordinators keep the book, as they keep the register of numbers."""
    return True if keeps_numbers(actor, organisation.pk) else _not_a_clerk()


def may_enter_received(actor: Actor, addressee: Addressee, *_arguments: Any, **_named: Any) -> Answer:
    """What was sent within this house is entered once it has arrived."""
    if not keeps_numbers(actor, addressee.organisation_id):
        return _not_a_clerk()
    return True if addressee.sent_at is not None else No(_("Văn bản này chưa được gửi tới cơ quan bạn."))


def may_change_arrival(actor: Actor, arrival: Arrival, *_arguments: Any, **_named: Any) -> Answer:
    """An entry is put right by those who keep the book, until it is void."""
    if not keeps_numbers(actor, arrival.organisation_id):
        return _not_a_clerk()
    return No(_("Số đến này đã hủy nên không sửa được nữa.")) if arrival.void_reason else True
