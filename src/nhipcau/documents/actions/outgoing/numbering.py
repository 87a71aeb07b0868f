"""Numbers: one sequence a year for each organisation and type of document (Nghị định 30/2020/NĐ-CP, Điều 15).

The row of the sequence is locked while a number is taken, so that two clerks never get the same one; and a number is
written together with what it is for, so that none is missing, whatever happens in between.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from contextlib import suppress
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.core.acts import Act, No, Refused, act
from nhipcau.organisations.models import Organisation
from vanban.official import symbol_of

from ...models import Numbering, Outgoing, RegisterNumber
from ...queries.outgoing.people import clerks_of
from ...queries.outgoing.register import known_type, out_of_order
from ...rules import outgoing as rules
from .steps import Kind, move, settle, take_over, tell

_STATE = Outgoing.State
_NUMBER = RegisterNumber.State
MOST_ON_PAPER = 5000
_AS_ABOVE = re.compile(r"như trên\b", re.IGNORECASE)  # says nothing where the addressees stand beside it


class Irregular(Refused):
    """Something about the date is not as a book has it: it is done where the actor is ``sure``."""


class OutOfOrder(Irregular):
    """The date does not fit the numbers before and after it. ``beside``: the number that it does not fit."""

    def __init__(self, beside: RegisterNumber, date: dt.date) -> None:
        said = _(
            "Số %(symbol)s mang ngày %(other)s, nên ngày %(date)s không theo thứ tự của sổ. "
            "Bạn hãy sửa ngày, hoặc xác nhận vẫn dùng ngày này."
        )
        super().__init__(
            said % {"symbol": beside.symbol, "other": f"{beside.date:%d/%m/%Y}", "date": f"{date:%d/%m/%Y}"}
        )
        self.beside = beside


class KeptBefore(Irregular):
    """A number is kept for this very document already: a form was sent twice, or another clerk was there first."""

    def __init__(self, number: RegisterNumber) -> None:
        said = _("Số %(symbol)s đang được giữ cho chính văn bản này. Muốn giữ thêm một số nữa, bạn hãy xác nhận.")
        super().__init__(said % {"symbol": number.symbol})


class OtherYear(Irregular):
    """The date lies in a year that is over: the number comes from that year's book."""

    def __init__(self, symbol: str, year: int) -> None:
        said = _("Ngày này thuộc năm %(year)d nên văn bản lấy số %(symbol)s của sổ năm %(year)d. Bạn hãy xác nhận.")
        super().__init__(said % {"symbol": symbol, "year": year})


class BeforeSignature(Irregular):
    """The date is earlier than the day on which the document was signed."""

    def __init__(self, signed: dt.date) -> None:
        said = _(
            "Văn bản được ký ngày %(signed)s, sau ngày bạn ghi. Bạn hãy sửa ngày, hoặc xác nhận vẫn dùng ngày này."
        )
        super().__init__(said % {"signed": f"{signed:%d/%m/%Y}"})


@act("documents.take_number", may=rules.may_number)
def take_number(
    act: Act,
    outgoing: Outgoing,
    *,
    date: dt.date | None = None,
    reserved: RegisterNumber | None = None,
    sure: bool = False,
) -> RegisterNumber:
    """Give a signed document its number and date: the next of its sequence, or one that was kept free for it.

    ``date``: today unless said. Raises ``Irregular`` (``OutOfOrder``, ``OtherYear``, ``BeforeSignature``) where it does not
    fit the numbers beside it, a year that is over, or the signature, and the actor is not ``sure``. A document that has its
    number keeps it: that one is given back.
    """
    if outgoing.state == _STATE.NUMBERED:
        return outgoing.number
    official = outgoing.official
    if reserved is not None:
        number = _kept_free(reserved, outgoing)
        day = _usable(date or number.date)
        if day.year != number.numbering.year:
            raise Refused(
                _("Số này thuộc sổ năm %(year)d nên ngày phải trong năm đó.") % {"year": number.numbering.year}
            )
        refuse_disorder(number.numbering, number.number, day, sure)
        _refuse_before_signature(outgoing, day, sure)
        number.code, number.date, number.state = official.code, day, _NUMBER.USED
        for name, value in _said(act, outgoing).items():
            setattr(number, name, value)
        number.save()
    else:
        day = _usable(date or timezone.localdate())
        numbering = locked_numbering(outgoing.organisation, outgoing.doc_type, day.year)
        refuse_disorder(numbering, numbering.last + 1, day, sure)
        if day.year != timezone.localdate().year and not sure:
            raise OtherYear(symbol_of(numbering.last + 1, official.code), day.year)
        _refuse_before_signature(outgoing, day, sure)
        number = _next(numbering, code=official.code, state=_NUMBER.USED, date=day, **_said(act, outgoing))
    take_over(outgoing, dataclasses.replace(official, number=number.number, date=day))
    move(act, outgoing, Kind.NUMBERED, number.symbol, state=_STATE.NUMBERED, symbol=number.symbol, date=day)
    act.changed(number=number.symbol, date=day.isoformat())
    settle(act, outgoing, "number")
    tell(act, outgoing, clerks_of(outgoing), "send", gettext_noop("Đã có số, chờ gửi: %(document)s"))
    return number


@act("documents.reserve_number", may=rules.may_keep_numbers)
def reserve_number(
    act: Act,
    doc_type: str,
    *,
    organisation: Organisation,
    code: str,
    subject: str,
    date: dt.date | None = None,
    sure: bool = False,
    once: bool = False,
) -> RegisterNumber:
    """Keep the next number of a sequence free for a document. ``subject``: what for. Raises ``Refused`` without it, and
    ``OutOfOrder`` as for taking; with ``once`` also ``KeptBefore`` where one is kept for this subject already."""
    words = " ".join(subject.split())[:500]
    if not words:
        raise Refused(_("Bạn hãy ghi giữ số cho văn bản nào."))
    if not known_type(doc_type):
        raise Refused(_("Bạn hãy chọn một loại văn bản trong danh sách."))
    if symbol_of(1, code).strip() != symbol_of(1, code) or not code or len(code) > 60:
        raise Refused(_("Bạn hãy ghi ký hiệu đứng sau số, ví dụ KH-UBND."))
    day = _usable(date or timezone.localdate())
    numbering = locked_numbering(organisation, doc_type, day.year)
    refuse_disorder(numbering, numbering.last + 1, day, sure)
    there = numbering.numbers.filter(state=_NUMBER.RESERVED, subject=words).order_by("number").first()
    if once and not sure and there is not None:
        raise KeptBefore(there)
    number = _next(numbering, code=code, state=_NUMBER.RESERVED, date=day, subject=words, person_id=act.actor.person_id)
    act.about(number)
    act.changed(number=number.symbol, subject=words)
    return number


@act("documents.use_number", may=rules.may_use)
def use_number(
    act: Act,
    number: RegisterNumber,
    *,
    subject: str,
    date: dt.date,
    signer: str,
    recipients: str = "",
    archive: str = "",
    copies: int | None = None,
    sure: bool = False,
) -> RegisterNumber:
    """Say that a number that was kept free stands on a document on paper, with what the book says of it. Raises ``Refused``
    without subject or signer, ``OutOfOrder`` as for taking."""
    words = {name: " ".join(text.split()) for name, text in (("subject", subject), ("signer", signer))}
    if not all(words.values()):
        raise Refused(_("Bạn hãy ghi trích yếu và người ký của văn bản giấy."))
    numbering, day = number.numbering, _usable(date)
    if day.year != numbering.year:
        raise Refused(_("Số này thuộc sổ năm %(year)d nên ngày phải trong năm đó.") % {"year": numbering.year})
    refuse_disorder(numbering, number.number, day, sure)
    number.subject, number.signer = words["subject"][:2000], words["signer"][:120]
    number.recipients, number.archive = " ".join(recipients.split())[:2000], " ".join(archive.split())[:250]
    number.copies, number.date, number.person_id, number.state = copies, day, act.actor.person_id, _NUMBER.USED
    number.save()
    act.changed(number=number.symbol, date=day.isoformat(), subject=number.subject)
    return number


@act("documents.void_number", may=rules.may_void)
def void_number(act: Act, number: RegisterNumber, *, reason: str) -> RegisterNumber:
    """Make a number void, for a reason that stands in the register. A document that bore it waits for another one. Raises
    ``Refused`` without a reason."""
    words = " ".join(reason.split())[:500]
    if not words:
        raise Refused(_("Bạn hãy ghi lý do hủy: lý do này đứng cạnh số trong sổ."))
    outgoing = _held_still(number, act)
    _void(number, words)
    act.changed(number=number.symbol, reason=words)
    if outgoing is not None:
        take_over(outgoing, dataclasses.replace(outgoing.official, number=None, date=None))
        move(act, outgoing, Kind.UNNUMBERED, f"{number.symbol}. {words}", state=_STATE.SIGNED, symbol="", date=None)
        settle(act, outgoing, "send")
        tell(act, outgoing, clerks_of(outgoing), "number", gettext_noop("Đã ký, chờ lấy số: %(document)s"))
    return number


@act("documents.begin_register", may=rules.may_keep_numbers)
def begin_register(
    act: Act, doc_type: str, *, organisation: Organisation, year: int, last: int, date: dt.date
) -> Numbering:
    """Say that the numbers up to ``last`` were taken on paper, the last one on ``date``: the sequence goes on from there.
    Raises ``Refused`` once a number has been taken here."""
    if not known_type(doc_type):
        raise Refused(_("Bạn hãy chọn một loại văn bản trong danh sách."))
    if not 1 <= last <= MOST_ON_PAPER or date.year != year or date > timezone.localdate():
        said = _(
            "Số cuối trên sổ giấy phải từ 1 đến %(most)d, và ngày của nó phải trong năm %(year)d, chưa quá hôm nay."
        )
        raise Refused(said % {"most": MOST_ON_PAPER, "year": year})
    numbering = locked_numbering(organisation, doc_type, year)
    if numbering.last:
        raise Refused(_("Sổ này đã có số nên không bắt đầu lại được."))
    RegisterNumber.objects.bulk_create(
        (
            RegisterNumber(
                numbering=numbering,
                organisation=organisation,
                number=number,
                code="",
                state=_NUMBER.USED,
                date=date,
                subject="Đã lấy trên sổ giấy",  # a record, so in the language of the register
                person_id=act.actor.person_id,
            )
            for number in range(1, last + 1)
        ),
        batch_size=500,
    )
    numbering.last = last
    numbering.save(update_fields=("last",))
    act.about(numbering)
    act.changed(last=last)
    return numbering


def locked_numbering(organisation: Organisation, doc_type: str, year: int) -> Numbering:
    """The row of a sequence under its lock, made where this is its first number."""
    wanted = {"organisation": organisation, "doc_type": doc_type, "year": year}
    found = Numbering.objects.select_for_update().filter(**wanted).first()
    if found is not None:
        return found
    with suppress(IntegrityError), transaction.atomic():
        Numbering.objects.create(**wanted)  # two clerks may begin a sequence at once: the second finds the first one's
    return Numbering.objects.select_for_update().get(**wanted)


def free_number(act: Act, outgoing: Outgoing, reason: str) -> None:
    """Make the number of a document that goes back void, if it has one."""
    number = RegisterNumber.objects.select_for_update().filter(outgoing=outgoing).first()
    if number is not None:
        _void(number, reason[:500])
        act.changed(number=number.symbol)


def refuse_disorder(numbering: Numbering, number: int, date: dt.date, sure: bool) -> None:
    """Raise ``OutOfOrder`` where the date of this number would not fit those beside it and the actor is not sure."""
    beside = None if sure else out_of_order(numbering, number, date)
    if beside is not None:
        raise OutOfOrder(beside, date)


def _refuse_before_signature(outgoing: Outgoing, day: dt.date, sure: bool) -> None:
    signed = timezone.localdate(outgoing.signed_at) if outgoing.signed_at is not None else day
    if day < signed and not sure:
        raise BeforeSignature(signed)


def _said(act: Act, outgoing: Outgoing) -> dict[str, Any]:
    """What the book says of a document beside its number."""
    official = outgoing.official
    to = [one for one in official.recipients if not (official.addressees and _AS_ABOVE.match(one))]
    return {
        "outgoing": outgoing,
        "subject": outgoing.subject,
        "signer": official.signature.name[:120],
        "recipients": "; ".join(dict.fromkeys((*official.addressees, *to)))[:2000],
        "archive": official.archive[:250],
        "person_id": act.actor.person_id,
    }


def _next(numbering: Numbering, **fields: object) -> RegisterNumber:
    numbering.last += 1
    numbering.save(update_fields=("last",))
    return RegisterNumber.objects.create(
        numbering=numbering, organisation_id=numbering.organisation_id, number=numbering.last, **fields
    )


def _kept_free(reserved: RegisterNumber, outgoing: Outgoing) -> RegisterNumber:
    rows = RegisterNumber.objects.select_for_update(of=("self",)).select_related("numbering")
    number = rows.filter(pk=reserved.pk, state=_NUMBER.RESERVED, organisation=outgoing.organisation_id).first()
    if number is None or number.numbering.doc_type != outgoing.doc_type:
        raise Refused(_("Số này không còn giữ cho loại văn bản này. Bạn hãy chọn số khác."))
    return number


def _usable(date: dt.date) -> dt.date:
    if date > timezone.localdate():
        raise Refused(_("Ngày của văn bản chưa tới. Bạn hãy ghi hôm nay hoặc một ngày đã qua."))
    if date.year < timezone.localdate().year - 1:
        raise Refused(_("Ngày của văn bản đã quá xa. Bạn hãy xem lại năm."))
    return date


def _held_still(number: RegisterNumber, act: Act) -> Outgoing | None:
    """The document that bears the number under its lock, so that it is not sent or returned meanwhile. Who does that holds
    the document and waits for the number: nobody waits here, or both would wait for ever. Raises ``Refused``."""
    if number.outgoing_id is None:
        return None
    try:
        with transaction.atomic():
            outgoing = Outgoing.objects.select_for_update(nowait=connection.features.has_select_for_update_nowait).get(
                pk=number.outgoing_id
            )
    except OperationalError as busy:
        raise Refused(_("Văn bản mang số này đang được người khác xử lý. Bạn hãy tải lại trang.")) from busy
    number.outgoing = outgoing
    if isinstance(refusal := rules.may_void(act.actor, number), No):
        raise Refused(refusal.reason)
    return outgoing


def _void(number: RegisterNumber, reason: str) -> None:
    number.state, number.reason, number.outgoing = _NUMBER.VOID, reason, None
    number.save(update_fields=("state", "reason", "outgoing"))
