"""The book of what arrives, as the people of its organisation read it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import F, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import Finding
from nhipcau.core.timekeeping import work_calendar
from nhipcau.core.words import has_words
from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Organisation, Role
from vanban.text import search_patterns

from ..models import Addressee, Arrival
from ..rules import outgoing as rules
from ..rules.arriving import in_time
from .outgoing.blank import named_here
from .outgoing.people import holders

HEADS = (
    _("Ngày đến"),
    _("Số đến"),
    _("Tác giả"),
    _("Số, ký hiệu"),
    _("Ngày văn bản"),
    _("Tên loại và trích yếu"),
    _("Đơn vị hoặc người nhận"),
    _("Ngày chuyển"),
    _("Hạn giải quyết"),
    _("Ghi chú"),
)
WIDTHS = (12, 8, 34, 18, 12, 60, 28, 12, 12, 40)
DATES = (0, 4, 7, 8)


def visible_arrivals(actor: Actor) -> QuerySet[Arrival]:
    """The entries that the actor may read: of the own organisation; for auditors those of organisations below as well."""
    if actor.organisation_id is None or not actor.roles:
        return Arrival.objects.none()
    may = Q(organisation=actor.organisation_id)
    if actor.has(Role.AUDITOR):
        may |= Q(organisation__in=organisations.reach(actor).order_by().values("pk"))
    return Arrival.objects.filter(may)


def arrivals_of(actor: Actor, *, year: int, q: str = "") -> QuerySet[Arrival]:
    """The book of the actor's organisation in a year, the newest first. ``q``: words of it, or a bare number."""
    rows = Arrival.objects.filter(organisation=actor.organisation_id or 0, year=year).select_related(
        "addressee__outgoing"
    )
    if q.isascii() and q.isdecimal() and len(q) < 7:
        rows = rows.filter(number=int(q))
    elif q:
        rows = rows.filter(has_words("folded", *search_patterns(q)))
    return rows.defer("addressee__outgoing__content").order_by("-number")


def years_of(actor: Actor) -> set[int]:
    """The years in which something was entered."""
    return set(
        Arrival.objects.filter(organisation=actor.organisation_id or 0).order_by().values_list("year", flat=True)
    )


def unentered(actor: Actor) -> QuerySet[Addressee]:
    """What was sent to the actor's organisation within this house and has no arrival number yet, the oldest first; with
    ``urgency``, the word that is printed on it."""
    rows = Addressee.objects.filter(organisation=actor.organisation_id or 0, sent_at__isnull=False, arrival=None)
    rows = rows.annotate(urgency=F("outgoing__content__urgency")).select_related("outgoing__organisation")
    return rows.defer("outgoing__content").order_by("sent_at", "pk")


def to_enter(actor: Actor) -> QuerySet[Addressee]:
    """Of these what arrived since the organisation has entered its first document here. Who keeps the book elsewhere is
    reminded of nothing."""
    began = Arrival.objects.filter(organisation=actor.organisation_id or 0).order_by("pk").values("at")[:1]
    return unentered(actor).filter(sent_at__gte=Subquery(began))


@dataclasses.dataclass(frozen=True, slots=True)
class ToEnter:
    """A document that is to be entered, until when, and whether that day is over."""

    row: Addressee
    by: dt.date
    is_late: bool


def with_their_days(rows: Iterable[Any], today: dt.date) -> list[ToEnter]:
    """Until when each of these ``unentered`` is to be entered, the most pressing first."""
    days = ((row, in_time(timezone.localdate(row.sent_at), bool(row.urgency), work_calendar())) for row in rows)
    return sorted((ToEnter(row, by, by < today) for row, by in days), key=lambda one: one.by)


def keepers_of(organisation_id: int) -> set[int]:
    """Who is asked to enter what arrived: who entered the last document and the coordinators; all who may, where there is
    neither. Two queries."""
    clerks, coordinators = (holders([organisation_id], roles) for roles in (rules.CLERKS, (Role.COORDINATOR,)))
    last = Arrival.objects.filter(organisation=organisation_id).order_by("-pk").values_list("person_id", flat=True)
    return (clerks & {last.first()}) | coordinators or clerks


def entered_on_paper(addressee: Addressee) -> Arrival | None:
    """The entry of this very document as it came on paper before: of one issuer, a symbol and a day name one document
    (Nghị định 30/2020/NĐ-CP, Điều 15, khoản 1)."""
    sent = addressee.outgoing
    rows = Arrival.objects.filter(organisation=addressee.organisation_id, void_reason="", addressee=None)
    found = list(rows.filter(symbol=sent.symbol, issued_on=sent.date).order_by("year", "number")) if sent.symbol else []
    meant = named_here(addressee.organisation, {row.issuer for row in found}) if found else {}
    return next((row for row in found if sent.organisation in meant[row.issuer]), None)


def came_in_this_house(organisation: Organisation, issuer: str, symbol: str, day: dt.date | None) -> Addressee | None:
    """The other way round: the document that is entered from paper, where it was sent within this house too and waits to be
    entered."""
    rows = Addressee.objects.filter(organisation=organisation, sent_at__isnull=False, arrival=None)
    found = list(rows.filter(outgoing__symbol=symbol, outgoing__date=day).select_related("outgoing")) if symbol else []
    meant = {one.pk for one in named_here(organisation, [issuer])[issuer]} if found else set()
    return next((row for row in found if row.outgoing.organisation_id in meant), None)


def arrival_of(actor: Actor, outgoing_id: int) -> Arrival | None:
    """The arrival number that the actor's organisation gave to a document sent to it."""
    return Arrival.objects.filter(
        addressee__outgoing=outgoing_id, addressee__organisation=actor.organisation_id or 0
    ).first()


def table_rows(rows: Iterable[Arrival]) -> Iterator[list[Any]]:
    """The book as a table: what ``HEADS`` says."""
    for row in rows:
        yield [
            row.date, row.number, row.issuer, row.symbol, row.issued_on, row.subject, row.handler, row.handed_on, row.due_on,
            note_of(row),
        ]  # fmt: skip


def note_of(row: Arrival) -> str:
    """What stands in the last column: the note, and why the number is void."""
    return ". ".join(part for part in (f"Hủy: {row.void_reason}" if row.void_reason else "", row.note) if part)


def arrivals_traced(keys: Collection[int]) -> dict[int, Finding]:
    """What the audit trail shows of these entries."""
    return {
        row.pk: Finding(f"{row.number}/{row.year}", reverse("arrivals"), row.subject[:160])
        for row in Arrival.objects.filter(pk__in=keys)
    }
