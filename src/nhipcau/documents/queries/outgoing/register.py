"""The register of numbers: what each sequence holds, what lacks an explanation, what does not fit its date."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nhipcau.core.actors import Actor
from nhipcau.core.words import has_words
from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Role
from vanban.knowledge import Knowledge
from vanban.text import search_patterns

from ...models import ARRIVALS, Numbering, RegisterNumber
from .explained import notes_of


def doc_types() -> list[str]:
    """The names of the types of administrative documents that are numbered here, as the decree orders them."""
    return [known.name for known in Knowledge.packaged().doc_types if known.family == "administrative"]


def known_type(name: str) -> bool:
    """Whether this is the name of a type of administrative document."""
    return name in doc_types()


def out_of_order(numbering: Numbering, number: int, date: dt.date) -> RegisterNumber | None:
    """The number beside which this date does not fit: a lower number with a later date, or a higher one with an earlier
    date; None where it fits. Void numbers are no document, so they never stand in the way."""
    rows = RegisterNumber.objects.filter(numbering=numbering).exclude(state=RegisterNumber.State.VOID)
    wrong = Q(number__lt=number, date__gt=date) | Q(number__gt=number, date__lt=date)
    return rows.filter(wrong).order_by("-date", "-number").first()


def visible_numbers(actor: Actor) -> QuerySet[RegisterNumber]:
    """The numbers that the actor may read: of the own organisation; for auditors of those below as well."""
    if actor.organisation_id is None or not actor.roles:
        return RegisterNumber.objects.none()
    may = Q(organisation=actor.organisation_id)
    if actor.has(Role.AUDITOR):
        may |= Q(organisation__in=organisations.reach(actor).order_by().values("pk"))
    return RegisterNumber.objects.filter(may)


@dataclasses.dataclass(slots=True)
class Book:
    """One sequence of the actor's organisation: how far it has come, and what in it lacks an explanation."""

    numbering: Numbering
    used: int = 0
    reserved: int = 0
    void: int = 0

    @property
    def missing(self) -> int:
        """How many numbers up to the last one have no row: a fault of the house, never of a clerk."""
        return self.numbering.last - self.used - self.reserved - self.void


def books(actor: Actor, year: int) -> list[Book]:
    """The sequences of the actor's organisation in a year, by type. Two queries."""
    own = Numbering.objects.filter(organisation=actor.organisation_id or 0, year=year).exclude(doc_type=ARRIVALS)
    found = {row.pk: Book(row) for row in own.order_by("doc_type")}
    rows = RegisterNumber.objects.filter(numbering__in=list(found)).order_by()
    for key, state, count in rows.values_list("numbering", "state").annotate(n=Count("pk")):
        setattr(found[key], state, count)
    return [book for book in found.values() if book.numbering.last]


def years_of(actor: Actor) -> list[int]:
    """The years in which the actor's organisation has taken numbers, the newest first."""
    rows = Numbering.objects.filter(organisation=actor.organisation_id or 0, last__gt=0).exclude(doc_type=ARRIVALS)
    return sorted(set(rows.order_by().values_list("year", flat=True)), reverse=True)


def numbers_of(
    actor: Actor, *, year: int, doc_type: str = "", state: str = "", q: str = ""
) -> QuerySet[RegisterNumber]:
    """The numbers of the actor's organisation in a year, the newest first. ``q``: words of the symbol, subject, signer or
    recipients, or a bare number."""
    rows = RegisterNumber.objects.filter(organisation=actor.organisation_id or 0, numbering__year=year)
    rows = rows.filter(numbering__doc_type=doc_type) if doc_type else rows
    rows = rows.filter(state=state) if state else rows
    if q.isascii() and q.isdecimal() and len(q) < 7:
        rows = rows.filter(number=int(q))
    elif q:
        rows = rows.filter(has_words("folded", *search_patterns(q)))
    rows = rows.select_related("numbering", "outgoing").defer("outgoing__content")
    return rows.order_by("-date", "numbering__doc_type", "-number")


def reserved_for(organisation_id: int, doc_type: str) -> list[RegisterNumber]:
    """The numbers that are kept free for this type of document, the lowest first."""
    rows = RegisterNumber.objects.filter(
        organisation=organisation_id, numbering__doc_type=doc_type, state=RegisterNumber.State.RESERVED
    )
    return list(rows.select_related("numbering").order_by("numbering__year", "number")[:50])


def next_number(organisation_id: int, doc_type: str, year: int) -> int:
    """The number that would be taken next, as far as is known now."""
    rows = Numbering.objects.filter(organisation=organisation_id, doc_type=doc_type, year=year)
    return (rows.values_list("last", flat=True).first() or 0) + 1


# The columns of the book (Nghị định 30/2020/NĐ-CP, Phụ lục IV), after the number itself and the type of its sequence.
HEADS = (
    _("Số"),
    _("Số, ký hiệu"),
    _("Ngày văn bản"),
    _("Loại"),
    _("Tên loại và trích yếu"),
    _("Người ký"),
    _("Nơi nhận"),
    _("Đơn vị, người nhận bản lưu"),
    _("Số lượng bản"),
    _("Tình trạng"),
    _("Ghi chú"),
    _("Người lấy số"),
)
WIDTHS = (8, 18, 12, 16, 60, 24, 40, 18, 10, 14, 40, 24)


def table_rows(numbers: Sequence[RegisterNumber], names: dict[int | None, str]) -> Iterator[list[Any]]:
    """The register as a table: what ``HEADS`` says."""
    notes = notes_of(numbers)
    for row in numbers:
        yield [
            row.number,
            row.symbol if row.code else "",
            row.date,
            row.numbering.doc_type,
            row.subject,
            row.signer,
            row.recipients,
            row.archive,
            row.copies,
            str(row.get_state_display()),
            notes.get(row.pk, ""),
            names.get(row.person_id, ""),
        ]
