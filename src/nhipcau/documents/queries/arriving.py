"""The book of what arrives, as the people of its organisation read it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import Finding
from nhipcau.core.words import has_words
from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Role
from vanban.text import search_patterns

from ..models import Addressee, Arrival

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
    """What was sent to the actor's organisation within this house and has no arrival number yet, the oldest first."""
    rows = Addressee.objects.filter(organisation=actor.organisation_id or 0, sent_at__isnull=False, arrival=None)
    return rows.select_related("outgoing__organisation").defer("outgoing__content").order_by("sent_at", "pk")


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
