"""The register as files: exactly the tasks that a page shows, in its order, as CSV, XLSX, JSON or a calendar."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import IO, Any

import icalendar
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core import tables
from nhipcau.core.clocks import SOON
from nhipcau.core.keys import written_out
from nhipcau.core.tables import CSV_TYPE, XLSX_TYPE, harmless, new_cell
from nhipcau.plans.models import NO_DATE, Task, TaskAgency, TimeKind

__all__ = [
    "CSV_TYPE",
    "FORMS",
    "JSON_TYPE",
    "XLSX_TYPE",
    "csv_lines",
    "entries",
    "harmless",
    "heads",
    "new_cell",
    "xlsx_file",
]
_CHUNK = 2000
_FIELDS = (
    "pk",
    "public_id",
    "plan__symbol",
    "plan__title",
    "plan__slug",
    "code",
    "kind",
    "state",
    "group",
    "text",
    "form",
    "time_text",
    "time_kind",
    "start",
    "due",
    "month_day",
    "day",
    "next_due",
    "shared_block",
    "doubtful",
    "first_line",
    "last_line",
)
_DATES = (9, 10)  # the columns of the workbook that hold dates


@dataclasses.dataclass(slots=True)
class Entry:
    """One task as every format needs it."""

    pk: int
    public_id: str
    plan_symbol: str
    plan_title: str
    plan_slug: str
    code: str
    kind: str
    state: str
    group: str
    text: str
    form: str
    time_text: str
    time_kind: str
    start: dt.date | None
    due: dt.date | None
    month_day: str
    day: int | None
    next_due: dt.date
    shared_block: bool
    doubtful: bool
    first_line: int
    last_line: int
    lead: list[str] = dataclasses.field(default_factory=list)
    coordinating: list[str] = dataclasses.field(default_factory=list)

    @property
    def date(self) -> dt.date | None:
        """The next due date, None where there is none."""
        return None if self.next_due == NO_DATE else self.next_due

    @property
    def address(self) -> str:
        """Where the task's page stands."""
        return f"{settings.SITE_URL}/nhiem-vu/{self.public_id}/"


def entries(tasks: QuerySet[Task]) -> Iterator[Entry]:
    """The tasks with their agencies, in the order of the query; two queries for every 2,000 of them."""
    rows = tasks.values_list(*_FIELDS).iterator(chunk_size=_CHUNK)
    while chunk := [Entry(*row) for row in islice(rows, _CHUNK)]:
        by_id = {entry.pk: entry for entry in chunk}
        named = TaskAgency.objects.filter(task__in=written_out(by_id)).order_by("position", "pk")
        for task_id, role, name in named.values_list("task_id", "role", "name"):
            entry = by_id[task_id]
            (entry.lead if role == TaskAgency.Role.LEAD else entry.coordinating).append(name)
        yield from chunk


def heads() -> list[str]:
    """The heads of the columns of the table formats."""
    return [
        _("Kế hoạch"),
        _("Mục"),
        _("Loại"),
        _("Nhóm việc"),
        _("Nhiệm vụ"),
        _("Chủ trì"),
        _("Phối hợp"),
        _("Hình thức"),
        _("Thời gian ghi trong kế hoạch"),
        _("Bắt đầu"),
        _("Hạn"),
        _("Tình trạng"),
        _("Dòng gốc"),
        _("Địa chỉ"),
    ]


def csv_lines(tasks: QuerySet[Task], today: dt.date) -> Iterator[bytes]:
    """A CSV file in pieces: UTF-8 with its mark so that spreadsheets read the Vietnamese, dates as dd/mm/yyyy."""
    return tables.csv_lines(heads(), _rows(tasks, today))


def xlsx_file(tasks: QuerySet[Task], today: dt.date) -> IO[bytes]:
    """An XLSX workbook with real dates, a frozen head and a filter; an open temporary file, at its beginning."""
    widths = (16, 10, 14, 30, 60, 32, 40, 20, 30, 12, 12, 18, 12, 44)
    return tables.xlsx_file(_("Sổ nhiệm vụ"), heads(), widths, _rows(tasks, today), _DATES)


def _rows(tasks: QuerySet[Task], today: dt.date) -> Iterator[list[Any]]:
    words = _Words(today)
    return (words.cells(entry) for entry in entries(tasks))


def json_pieces(tasks: QuerySet[Task], shown: dict[str, str]) -> Iterator[bytes]:
    """One JSON object in pieces: the filter, and each task as in the contract ``plan/1`` with its plan and its
    address."""
    head = {"schema": "register/1", "made_at": timezone.localtime().isoformat(timespec="seconds"), "filter": shown}
    yield json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "tasks": ['
    for number, entry in enumerate(entries(tasks)):
        yield (b",\n" if number else b"\n") + json.dumps(_contract(entry), ensure_ascii=False).encode()
    yield b"\n]}\n"


def calendar_pieces(tasks: QuerySet[Task]) -> Iterator[bytes]:
    """An iCalendar file in pieces: each task with a date as an all-day event, under the same UID in every download."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Nhip Cau//So nhiem vu//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Sổ nhiệm vụ"))
    whole = calendar.to_ical()
    end = b"END:VCALENDAR\r\n"
    yield whole.removesuffix(end)
    stamp = timezone.now()
    host = settings.SITE_URL.split("//")[-1].split(":")[0]
    for entry in entries(tasks.exclude(next_due=NO_DATE)):
        yield _event(entry, host, stamp).to_ical()
    yield end


class _Words:
    """What the coded values are called, looked up once for a whole file."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self.soon = today + dt.timedelta(days=SOON)
        self.kinds = {str(value): str(label) for value, label in Task.Kind.choices}
        self.withdrawn = str(Task.State.WITHDRAWN.label)
        self.overdue, self.near, self.doubtful, self.live = (
            _("hạn đã qua"),
            _("sắp đến hạn"),
            _("cần xem"),
            _("đang hiệu lực"),
        )

    def state(self, entry: Entry) -> str:
        if entry.state == Task.State.WITHDRAWN:
            return self.withdrawn
        said = self.near if entry.next_due <= self.soon else self.live
        if entry.next_due < self.today:
            said = self.overdue
        return f"{said}; {self.doubtful}" if entry.doubtful else said

    def cells(self, entry: Entry) -> list[Any]:
        return [
            entry.plan_symbol or entry.plan_title,
            entry.code,
            self.kinds[entry.kind],
            entry.group,
            entry.text,
            "; ".join(entry.lead),
            "; ".join(entry.coordinating),
            entry.form,
            entry.time_text,
            entry.start,
            entry.date,
            self.state(entry),
            f"{entry.first_line}–{entry.last_line}",
            entry.address,
        ]


def _contract(entry: Entry) -> dict[str, Any]:
    time = None
    if entry.time_kind != TimeKind.NONE:
        time = {
            "text": entry.time_text,
            "kind": entry.time_kind,
            "start": entry.start and entry.start.isoformat(),
            "due": entry.due and entry.due.isoformat(),
            "month_day": entry.month_day or None,
            "day": entry.day,
        }
    return {
        "address": entry.address,
        "plan": {
            "symbol": entry.plan_symbol or None,
            "title": entry.plan_title,
            "address": f"{settings.SITE_URL}/ke-hoach/{entry.plan_slug}/",
        },
        "kind": entry.kind,
        "state": entry.state,
        "code": entry.code,
        "group": entry.group or None,
        "text": entry.text,
        "lead": entry.lead,
        "coordinating": entry.coordinating,
        "form": entry.form or None,
        "time": time,
        "next_due": entry.date and entry.date.isoformat(),
        "shared_block": entry.shared_block,
        "doubtful": entry.doubtful,
        "lines": [entry.first_line, entry.last_line],
    }


def _event(entry: Entry, host: str, stamp: dt.datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"nhiem-vu-{entry.public_id}@{host}")
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.next_due)
    event.add("dtend", entry.next_due + dt.timedelta(days=1))
    event.add("summary", f"{entry.code} {entry.text}".strip()[:200])
    who = "; ".join(entry.lead)
    event.add("description", "\n".join(part for part in (entry.text, who, entry.time_text, entry.plan_symbol) if part))
    event.add("url", entry.address)
    event.add("transp", "TRANSPARENT")
    return event


JSON_TYPE = "application/json; charset=utf-8"
CALENDAR_TYPE = "text/calendar; charset=utf-8"
Pieces = Callable[[QuerySet[Task], dt.date, dict[str, str]], Iterable[bytes]]
# Form of the address → media type and what makes the bytes.
FORMS: dict[str, tuple[str, Pieces]] = {
    "csv": (CSV_TYPE, lambda tasks, today, shown: csv_lines(tasks, today)),
    "xlsx": (XLSX_TYPE, lambda tasks, today, shown: xlsx_file(tasks, today)),
    "json": (JSON_TYPE, lambda tasks, today, shown: json_pieces(tasks, shown)),
    "ics": (CALENDAR_TYPE, lambda tasks, today, shown: calendar_pieces(tasks)),
}
