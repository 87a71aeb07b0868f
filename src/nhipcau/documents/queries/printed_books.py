"""The register of numbers and the book of arrivals as they are printed (Nghị định 30/2020/NĐ-CP, Phụ lục IV: sổ đăng ký văn
bản đi, sổ đăng ký văn bản đến). Lowest number first, void ones with their reason, so that nothing is missing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from django.utils import translation

from nhipcau.organisations.models import Organisation
from vanban.official import written_date

from ..books import Column, PrintedBook
from ..models import Arrival, RegisterNumber
from .arriving import note_of
from .letterhead import letterhead
from .outgoing.explained import gaps, notes_of
from .saying import dayly

_STATE = RegisterNumber.State
_DAY = 12  # wide enough for 31/12/2026 on one line, also in a word processor
_OUT = (
    Column("Số, ký hiệu văn bản", 15, "center"),
    Column("Ngày tháng văn bản", _DAY, "center"),
    Column("Tên loại và trích yếu nội dung văn bản", 28),
    Column("Người ký", 12),
    Column("Nơi nhận văn bản", 18),
    Column("Đơn vị, người nhận bản lưu", 10),
    Column("Số lượng bản", 7, "center"),
    Column("Ghi chú", 12),
)
_IN = (
    Column("Ngày đến", _DAY, "center"),
    Column("Số đến", 6, "center"),
    Column("Tác giả", 13),
    Column("Số, ký hiệu văn bản", 12, "center"),
    Column("Ngày tháng văn bản", _DAY, "center"),
    Column("Tên loại và trích yếu nội dung văn bản", 22),
    Column("Đơn vị hoặc người nhận", 12),
    Column("Ngày chuyển", _DAY, "center"),
    Column("Ký nhận", 7),
    Column("Ghi chú", 9),
)


def number_book(
    organisation: Organisation, numbers: Iterable[RegisterNumber], *, year: int, doc_type: str, on: dt.date
) -> PrintedBook:
    """The register of a year; of one type, or of all, sequence after sequence, each whole."""
    rows = sorted(numbers, key=lambda row: (row.numbering.doc_type, row.number))
    about = [f"Năm: {year}", f"Loại văn bản: {doc_type}" if doc_type else "Mọi loại văn bản"]
    if doc_type and rows:
        about.append(f"Từ số {rows[0].number:02d} đến số {rows[-1].number:02d}")
    counts = Counter(row.state for row in rows)
    used, kept, void = (counts[state] for state in (_STATE.USED, _STATE.RESERVED, _STATE.VOID))
    with translation.override("vi"):
        notes = notes_of(rows)
    said = f"Sổ có {len(rows)} số: {used} đã dùng, {kept} giữ chỗ, {void} hủy. {_lacking(rows)}"
    return _book(organisation, "SỔ ĐĂNG KÝ VĂN BẢN ĐI", about, _OUT, list(_numbers(rows, notes)), said, on)


def arrival_book(organisation: Organisation, arrivals: Iterable[Arrival], *, year: int, on: dt.date) -> PrintedBook:
    """The book of what arrived in a year."""
    rows = sorted(arrivals, key=lambda row: row.number)
    about = [f"Năm: {year}"] + ([f"Từ số {rows[0].number:02d} đến số {rows[-1].number:02d}"] if rows else [])
    void = sum(bool(row.void_reason) for row in rows)
    lacking = sorted(set(range(1, rows[-1].number + 1)) - {row.number for row in rows}) if rows else []
    said = f"Sổ có {len(rows)} số đến, trong đó {void} số hủy. {_said_lacking(', '.join(f'{n:02d}' for n in lacking))}"
    return _book(organisation, "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", about, _IN, list(_arrivals(rows)), said, on)


def _book(
    organisation: Organisation,
    title: str,
    about: list[str],
    columns: tuple[Column, ...],
    rows: list[list[str]],
    said: str,
    on: dt.date,
) -> PrintedBook:
    head = letterhead(organisation, on)
    closing = (said, f"In {written_date(on)}.")
    return PrintedBook(head.parent, head.issuer, title, about, columns, rows, closing, "VĂN THƯ")


def _lacking(rows: Sequence[RegisterNumber]) -> str:
    """Which numbers have no line: the book says so itself."""
    found = [f"{name}: {', '.join(f'{n:02d}' for n in lacking)}" for name, lacking in gaps(rows).items()]
    return _said_lacking("; ".join(found))


def _said_lacking(numbers: str) -> str:
    return f"Thiếu số, chưa rõ vì sao: {numbers}." if numbers else "Không thiếu số nào."


def _numbers(rows: Sequence[RegisterNumber], notes: dict[int, str]) -> Iterator[list[str]]:
    """The lines of the numbers; those that were taken on paper, before the register began here, in one."""
    for on_paper, group in groupby(rows, key=lambda row: (row.numbering.doc_type, not row.code)):
        found = list(group)
        if on_paper[1]:
            first, last = found[0].number, found[-1].number
            yield [f"{first:02d} – {last:02d}", dayly(found[-1].date), found[0].subject, *[""] * 5]
        else:
            yield from (_number(row, notes.get(row.pk, "")) for row in found)


def _number(row: RegisterNumber, note: str) -> list[str]:
    kept = "Giữ chỗ" if row.state == _STATE.RESERVED else ""
    return [
        row.symbol,
        dayly(row.date),
        f"{row.numbering.doc_type}: {row.subject}",
        row.signer,
        row.recipients,
        row.archive,
        str(row.copies) if row.copies else "",
        ". ".join(part for part in (kept, note) if part),
    ]


def _arrivals(rows: Sequence[Arrival]) -> Iterator[list[str]]:
    """The lines of the arrivals; one that bears an earlier day than a lower number says so."""
    latest: Arrival | None = None
    for row in rows:
        is_earlier = latest is not None and not row.void_reason and row.date < latest.date
        said = f"Ngày sớm hơn ngày của số {latest.number:02d} ({dayly(latest.date)})" if latest and is_earlier else ""
        yield _arrival(row, said)
        if not row.void_reason and not is_earlier:
            latest = row


def _arrival(row: Arrival, note: str) -> list[str]:
    due = f"Hạn {dayly(row.due_on)}" if row.due_on else ""
    return [
        dayly(row.date),
        f"{row.number:02d}",
        row.issuer,
        row.symbol,
        dayly(row.issued_on),
        row.subject,
        row.handler,
        dayly(row.handed_on),
        "",
        ". ".join(part for part in (note_of(row), note, due) if part),
    ]
