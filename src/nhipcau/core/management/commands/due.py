"""manage.py due: the due moment of a limit, and every day that was counted, so that anyone can check."""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from nhipcau.core import clocks
from nhipcau.core.clocks import Computed, LimitError, Options, WorkCalendar, limits
from nhipcau.core.models import CalendarDay
from nhipcau.core.timekeeping import read_calendar

HELP = f"""Tính hạn và kể từng ngày đã đếm. Thời hạn: {limits.FORMS}; hours_before 24.

Luật: Bộ luật Dân sự 91/2015/QH13 Điều 147 (giờ tính từ lúc xác định; ngày, tháng: ngày đầu không tính), Điều 148 (tháng
hết vào ngày tương ứng hoặc ngày cuối tháng; ngày cuối là ngày nghỉ thì hết ngày làm việc tiếp theo; ngày hết lúc 24:00, ở
đây ghi 23:59:59). Giờ chạy liên tục. “before_month 2024-12” là hết 30/11/2024; “before_day 11/11” là hết 10/11 đầu tiên
từ --from trở đi; working_days_before đếm lùi, không kể ngày đã cho. Lịch lấy từ cơ sở dữ liệu; chưa có thì lấy lịch kèm
phần mềm; năm chưa có thông báo thì tính ngày nghỉ theo luật."""


class Command(BaseCommand):
    help = HELP
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.error = self._misunderstood  # type: ignore[method-assign]  # one sentence in place of Django's options
        parser.add_argument("--limit", default="", help="ví dụ: 'working_days 10'")
        parser.add_argument(
            "--from", dest="begin", help="2026-02-12T16:30 hoặc 2026-02-12 (giờ Việt Nam); mặc định: bây giờ"
        )
        parser.add_argument(
            "--roll",
            metavar="next|back|none",
            help="ngày cuối là ngày nghỉ thì: next, back, none. Mặc định: calendar_days và months là next, còn lại là none",
        )
        parser.add_argument(
            "--receipt",
            metavar="as_is|next_working_day",
            default=limits.AS_IS,
            help="next_working_day: nhận vào ngày nghỉ thì tính là nhận lúc 00:00 ngày làm việc tiếp theo",
        )
        parser.add_argument(
            "--extend", action="append", default=[], help="gia hạn: 'calendar_days 12'; ghi được nhiều lần"
        )
        parser.add_argument(
            "--extend-from",
            metavar="nominal|rolled",
            default=limits.NOMINAL,
            help="gia hạn tính từ ngày cuối trước khi chuyển (nominal) hay sau khi chuyển vì ngày nghỉ (rolled)",
        )
        parser.add_argument("--json", action="store_true", help="in ra JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = clocks.compute(
                clocks.parse_limit(options["limit"]),
                _begin(options["begin"]),
                _calendar(),
                Options(options["roll"], options["receipt"], options["extend_from"]),
                [clocks.parse_extension(text) for text in options["extend"]],
            )
        except LimitError as problem:
            self._wrong(str(problem))
        if options["json"]:
            self.stdout.write(json.dumps(clocks.as_value(done), ensure_ascii=False, indent=1))
        else:
            self._tell(done)

    def _tell(self, done: Computed) -> None:
        for step in clocks.steps(done):
            self.stdout.write(step)
        self.stdout.write("")
        counted, is_hours = 0, done.limit.kind in (limits.HOURS, limits.HOURS_BEFORE)
        for day in done.days:
            counted += day.is_counted
            mark = "-" if not day.is_counted else "*" if is_hours else str(counted)
            line = f"{mark:>4}  {clocks.spoken(day.day)}  {clocks.weekday(day.day):<9}  {clocks.why_words(day)}"
            if basis := clocks.basis_of(day):
                line += f" [{basis}]"
            self.stdout.write(line.rstrip())

    def _misunderstood(self, message: str) -> NoReturn:
        self._wrong(_("Không hiểu lệnh (%(why)s). Xem cách ghi: manage.py due --help.") % {"why": message})

    def _wrong(self, message: str) -> NoReturn:
        self.stderr.write(message)
        sys.exit(2)


def _begin(text: str | None) -> dt.datetime:
    if text is None:
        return dt.datetime.now(clocks.ZONE).replace(microsecond=0)
    try:
        return clocks.moment(dt.datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        raise LimitError(
            _("Không hiểu ngày bắt đầu “%(text)s”. Bạn hãy ghi như 2026-02-12T16:30 hoặc 2026-02-12.") % {"text": text}
        ) from None


def _calendar() -> WorkCalendar:
    """The house's calendar; what ships with the software where there is no database yet."""
    try:
        return read_calendar() if CalendarDay.objects.exists() else clocks.packaged_calendar()
    except DatabaseError:
        return clocks.packaged_calendar()
