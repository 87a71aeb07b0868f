"""What the register says beside a number: why it is void, why its date does not follow the others, what took the place of
its document; and which numbers have no line. A strict reader of the book finds no contradiction that it does not name."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from ...models import Outgoing, RegisterNumber

_VOID = RegisterNumber.State.VOID


class _Told(NamedTuple):
    """What is known of the document that bears a number."""

    signed_at: dt.datetime | None
    replaces: str | None
    replaced_by: str | None
    replaced_at: dt.datetime | None


def notes_of(numbers: Sequence[RegisterNumber]) -> dict[int, str]:
    """What is said beside each of these numbers, by key; those that speak for themselves are missing. Two queries, however
    many there are."""
    sequences = {row.numbering_id for row in numbers}
    before, told = _earlier(sequences), _documents(sequences)
    found = {row.pk: ". ".join(_notes(row, before.get(row.pk), told.get(row.outgoing_id or 0))) for row in numbers}
    return {key: said for key, said in found.items() if said}


def _notes(row: RegisterNumber, before: RegisterNumber | None, told: _Told | None) -> Iterator[str]:
    if row.state == _VOID:
        yield _("Hủy: %(why)s") % {"why": row.reason}
        return
    if before is not None:
        said = _("Ngày sớm hơn ngày của số %(symbol)s (%(day)s)")
        yield said % {"symbol": name_of(before), "day": f"{before.date:%d/%m/%Y}"}
    taken = timezone.localdate(row.at)
    if row.code and taken.year > row.numbering.year:
        yield _("Lấy số ngày %(day)s, sau khi hết năm") % {"day": f"{taken:%d/%m/%Y}"}
    if told is None:
        return
    signed = timezone.localdate(told.signed_at) if told.signed_at is not None else row.date
    if signed > row.date:
        yield _("Ký ngày %(day)s, sau ngày của văn bản") % {"day": f"{signed:%d/%m/%Y}"}
    if told.replaces:
        yield _("Thay văn bản %(symbol)s") % {"symbol": told.replaces}
    if told.replaced_at is not None:
        yield _("Đã được thay bằng văn bản %(symbol)s") % {"symbol": told.replaced_by}


def name_of(row: RegisterNumber) -> str:
    """A number as it is called: its symbol; of one that was taken on paper before, the number alone."""
    return row.symbol if row.code else f"{row.number:02d}"


def _earlier(sequences: Collection[int]) -> dict[int, RegisterNumber]:
    """For each number whose date is earlier than that of a lower one: the lower one with the latest date. Void numbers are
    no document."""
    rows = RegisterNumber.objects.filter(numbering__in=sequences).exclude(state=_VOID)
    found: dict[int, RegisterNumber] = {}
    ordered = rows.only("numbering", "number", "code", "date").order_by("numbering", "number")
    for _sequence, group in groupby(ordered, key=lambda row: row.numbering_id):
        latest: RegisterNumber | None = None
        for row in group:
            if latest is not None and row.date < latest.date:
                found[row.pk] = latest
            else:
                latest = row
    return found


def _documents(sequences: Collection[int]) -> dict[int, _Told]:
    rows = Outgoing.objects.filter(number__numbering__in=sequences).values_list(
        "pk", "signed_at", "replaces__symbol", "replaced_by__symbol", "replaced_by__sent_at"
    )
    return {key: _Told(signed, old, new, sent) for key, signed, old, new, sent in rows}


def gaps(numbers: Sequence[RegisterNumber]) -> dict[str, list[int]]:
    """Of whole sequences the numbers that have no line, by type of document: a fault of the house, never of a clerk."""
    there: dict[tuple[str, int], set[int]] = defaultdict(set)
    for row in numbers:
        there[row.numbering.doc_type, row.numbering.last].add(row.number)
    lacking = {name: sorted(set(range(1, last + 1)) - held) for (name, last), held in there.items()}
    return {name: found for name, found in lacking.items() if found}
