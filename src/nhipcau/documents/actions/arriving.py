"""The book of what arrives at an organisation: one sequence a year for paper and for this house (Nghị định 30/2020/NĐ-CP,
Điều 22); each entry with whom it went to and until when it is to be answered."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core.acts import Act, Refused, act
from nhipcau.organisations.models import Organisation

from ..models import ARRIVALS, Addressee, Arrival
from ..queries.arriving import came_in_this_house, entered_on_paper
from ..rules import arriving as rules
from ..wording import neat
from .outgoing.numbering import Irregular, locked_numbering
from .outgoing.sending import book_key, receive


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """What the book says of a document that arrived (the columns of Phụ lục IV)."""

    date: dt.date
    issuer: str
    subject: str
    symbol: str = ""
    issued_on: dt.date | None = None
    handler: str = ""
    handed_on: dt.date | None = None
    due_on: dt.date | None = None
    note: str = ""


class Outdated(Refused):
    """Somebody has changed the entry since. ``arrival``: as it is now."""

    def __init__(self, arrival: Arrival) -> None:
        super().__init__(_("Dòng này vừa được người khác sửa. Bạn xem lại rồi làm tiếp."))
        self.arrival = arrival


class EnteredBefore(Irregular):
    """A document of this issuer with this symbol and day is in the book already. ``arrival``: that one."""

    def __init__(self, arrival: Arrival) -> None:
        said = _(
            "Văn bản này đã vào sổ với số đến %(number)d ngày %(date)s. Nếu vẫn là văn bản khác, bạn hãy xác nhận."
        )
        super().__init__(said % {"number": arrival.number, "date": f"{arrival.date:%d/%m/%Y}"})
        self.arrival = arrival


@act("documents.enter_arrival", may=rules.may_keep_arrivals)
def enter_arrival(act: Act, entry: Entry, *, organisation: Organisation, sure: bool = False) -> Arrival:
    """Give a document that arrived on paper, or by another way, its arrival number; one that was sent within this house as
    well has it with that. Raises ``Refused`` without issuer or subject, ``Irregular`` where the day does not follow that of
    the number before it or the document is there already, and the actor is not ``sure``."""
    made = _entered(act, entry, organisation, sure)
    found = came_in_this_house(organisation, made.issuer, made.symbol, made.issued_on)
    # Who enters that one at this moment waits for the book, which is ours: they find this entry, and we do not wait.
    rows = Addressee.objects.select_for_update(of=("self",), skip_locked=True).filter(arrival=None)
    free = rows.filter(pk=found.pk).first() if found is not None else None
    return _joined(act, made, free) if free is not None else made


@act("documents.enter_received", may=rules.may_enter_received)
def enter_received(act: Act, addressee: Addressee, *, handler: str = "", due_on: dt.date | None = None) -> Arrival:
    """Give a document that was sent within this house its arrival number, today: with that it is received, and nobody is
    reminded of it any more. One that has its number keeps it, also where it was entered as it came on paper."""
    there = Arrival.objects.filter(addressee=addressee).first()
    if there is not None:
        return there
    sent, today = addressee.outgoing, timezone.localdate()
    entry = Entry(
        date=today,
        issuer=sent.organisation.name,
        subject=f"{sent.doc_type}: {sent.subject}",
        symbol=sent.symbol,
        issued_on=sent.date,
        handler=handler,
        handed_on=today if handler.strip() else None,
        due_on=due_on,
    )
    locked_numbering(addressee.organisation, ARRIVALS, today.year)
    on_paper = entered_on_paper(addressee)
    if on_paper is not None:
        return _joined(act, on_paper, addressee)
    return _joined(act, _entered(act, entry, addressee.organisation, sure=True), addressee)


@act("documents.change_arrival", may=rules.may_change_arrival)
def change_arrival(act: Act, arrival: Arrival, entry: Entry, *, version: int) -> Arrival:
    """Put an entry right, or say whom it was handed to; its number stays, and its day in the year of its number. Raises
    ``Outdated``."""
    if version != arrival.version:
        raise Outdated(arrival)
    entry = _neat(entry)
    if entry.date.year != arrival.year:
        raise Refused(_("Số đến này thuộc sổ năm %(year)d nên ngày đến phải trong năm đó.") % {"year": arrival.year})
    _take_over(arrival, entry)
    arrival.version += 1
    arrival.save()
    act.changed(number=arrival.number, **{name: str(value) for name, value in dataclasses.asdict(entry).items()})
    return arrival


@act("documents.void_arrival", may=rules.may_change_arrival)
def void_arrival(act: Act, arrival: Arrival, *, reason: str) -> Arrival:
    """Make an entry void, with the reason; its number is not used again. Raises ``Refused`` without a reason."""
    words = neat(reason)[:500]
    if not words:
        raise Refused(_("Bạn hãy ghi lý do hủy: lý do này đứng cạnh số trong sổ."))
    arrival.void_reason, arrival.addressee = words, None
    arrival.version += 1
    arrival.save()
    act.changed(number=arrival.number, reason=words)
    return arrival


def _entered(act: Act, entry: Entry, organisation: Organisation, sure: bool) -> Arrival:
    entry = _neat(entry)
    numbering = locked_numbering(organisation, ARRIVALS, entry.date.year)
    if not sure:
        _refuse_irregular(entry, organisation)
    numbering.last += 1
    numbering.save(update_fields=("last",))
    arrival = Arrival(organisation=organisation, year=entry.date.year, number=numbering.last)
    arrival.person_id = act.actor.person_id
    _take_over(arrival, entry)
    arrival.save()
    act.about(arrival)
    act.changed(number=arrival.number, symbol=arrival.symbol, subject=arrival.subject)
    return arrival


def _joined(act: Act, arrival: Arrival, addressee: Addressee) -> Arrival:
    """The entry is that of a document which came within this house: with its number it is received, and nobody is reminded
    of it any more."""
    arrival.addressee = addressee
    arrival.save()
    act.about(arrival)
    act.changed(number=arrival.number, document=addressee.outgoing.public_id)
    receive(act.actor, addressee)
    act.settle(book_key(addressee))
    return arrival


def _refuse_irregular(entry: Entry, organisation: Organisation) -> None:
    there = Arrival.objects.filter(organisation=organisation, year=entry.date.year, void_reason="")
    last = there.order_by("-number").first()
    if last is not None and last.date > entry.date:
        said = _("Số đến %(number)d mang ngày %(other)s, sau ngày bạn ghi. Bạn hãy sửa ngày, hoặc xác nhận.")
        raise Irregular(said % {"number": last.number, "other": f"{last.date:%d/%m/%Y}"})
    same = there.filter(issuer=entry.issuer, symbol=entry.symbol, issued_on=entry.issued_on)
    same = same if entry.symbol else same.filter(subject=entry.subject, date=entry.date)
    if (found := same.order_by("number").first()) is not None:
        raise EnteredBefore(found)


def _neat(entry: Entry) -> Entry:
    """The entry as it is kept. Raises ``Refused`` where something is missing or cannot be."""
    most = {"issuer": 250, "symbol": 80, "subject": 2000, "handler": 250, "note": 500}
    words: dict[str, Any] = {name: neat(getattr(entry, name))[:size] for name, size in most.items()}
    if not words["issuer"] or not words["subject"]:
        raise Refused(_("Bạn hãy ghi cơ quan gửi và trích yếu của văn bản."))
    today = timezone.localdate()
    if entry.date > today or entry.date.year < today.year - 1:
        raise Refused(_("Ngày đến phải là hôm nay hoặc một ngày đã qua, không quá năm trước."))
    if entry.issued_on is not None and entry.issued_on > entry.date:
        raise Refused(_("Ngày của văn bản không thể sau ngày đến."))
    if any(day is not None and day < entry.date for day in (entry.handed_on, entry.due_on)):
        raise Refused(_("Ngày chuyển và hạn giải quyết không thể trước ngày đến."))
    return dataclasses.replace(entry, **words)


def _take_over(arrival: Arrival, entry: Entry) -> None:
    for field in dataclasses.fields(entry):
        setattr(arrival, field.name, getattr(entry, field.name))
