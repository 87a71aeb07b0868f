"""From a beginning and a limit to the due moment, with every day that was counted or passed over. Pure: the calendar is
given as a value.

Law: Bộ luật Dân sự 91/2015/QH13. Điều 147: hours run from the moment, of days and months the first is not counted.
Điều 148: a month ends on the day of the same number, or the month's last; a last day that is a day off moves the end to
the next working day; the last day ends at 24:00. What the law leaves open is an option (ADR 0013).
"""

from __future__ import annotations

import calendar as months
import dataclasses
import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from . import limits
from .limits import Limit, LimitError
from .words import spoken
from .workdays import DAY, FIRST_YEAR, LAST_YEAR, SWAP_WORK, Entry, WorkCalendar

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LAST_SECOND = dt.time(23, 59, 59)


@dataclasses.dataclass(frozen=True, slots=True)
class Options:
    """What the law leaves open. ``roll`` None: as the limit's kind has it (``Limit.default_roll``)."""

    roll: str | None = None
    receipt: str = limits.AS_IS
    extends_from: str = limits.NOMINAL

    def __post_init__(self) -> None:
        for value, known, name in (
            (self.roll, (None, *limits.ROLLS), "roll"),
            (self.receipt, limits.RECEIPTS, "receipt"),
            (self.extends_from, limits.EXTENDS_FROM, "extend-from"),
        ):
            if value not in known:
                words = ", ".join(each for each in known if each)
                raise LimitError(
                    _("“%(name)s” nhận một trong các giá trị: %(values)s.") % {"name": name, "values": words}
                )


@dataclasses.dataclass(frozen=True, slots=True)
class Day:
    """One day of a computation. ``why``: a code of ``WHYS`` where the day is not simply counted; ``entry``: what the
    calendar says of it; ``stage``: 0 for the limit, 1 for the first extension and so on."""

    day: dt.date
    is_counted: bool
    why: str = ""
    entry: Entry | None = None
    stage: int = 0


# Why a day is listed and not counted (or counted although it looks like a day off).
FIRST_DAY, OFF, WEEKEND, ROLLED_OFF, LANDED, WORKED, BEFORE_RECEIPT = (
    "first_day", "off", "weekend", "rolled_off", "landed", "worked", "before_receipt",
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Stage:
    """The limit, or one extension of it: where it began to count and where it ended before any roll."""

    limit: Limit
    begin: dt.datetime
    nominal: dt.datetime
    due: dt.datetime
    roll: str


@dataclasses.dataclass(frozen=True, slots=True)
class Computed:
    """A due moment and how it came about. Moments are aware, in Asia/Ho_Chi_Minh; a day's end is its 23:59:59."""

    limit: Limit
    options: Options
    given: dt.datetime
    received: dt.datetime
    stages: tuple[Stage, ...]
    days: tuple[Day, ...]
    unconfirmed: tuple[Entry, ...]
    computed_years: tuple[int, ...]

    @property
    def due(self) -> dt.datetime:
        return self.stages[-1].due

    @property
    def due_on(self) -> dt.date:
        return self.due.date()

    @property
    def nominal_on(self) -> dt.date:
        """The last day before a day off moved it."""
        return self.stages[-1].nominal.date()

    @property
    def is_rolled(self) -> bool:
        return self.due != self.stages[-1].nominal

    @property
    def is_unconfirmed(self) -> bool:
        """Whether it rests on days that nobody has notified yet."""
        return bool(self.unconfirmed or self.computed_years)

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        """The first and the last day that the computation looked at: a change outside cannot move it."""
        seen = [*(stage.due.date() for stage in self.stages), *(day.day for day in self.days)]
        return min(seen), max(seen)


def moment(given: dt.datetime | dt.date) -> dt.datetime:
    """A moment in Asia/Ho_Chi_Minh: a date is its beginning, a time without a zone is taken as local."""
    if not isinstance(given, dt.datetime):
        return dt.datetime.combine(given, dt.time(), ZONE)
    return given.astimezone(ZONE) if given.tzinfo is not None else given.replace(tzinfo=ZONE)


def compute(
    limit: Limit,
    given: dt.datetime | dt.date,
    calendar: WorkCalendar,
    options: Options | None = None,
    extensions: Sequence[Limit] = (),
) -> Computed:
    """The due moment of a limit that begins to run at ``given``, extended by ``extensions`` one after the other.

    Raises ``LimitError`` where the dates leave the years that calendars reach, or an extension cannot be.
    """
    options = options or Options()
    start = moment(given)
    if not FIRST_YEAR <= start.year <= LAST_YEAR - 30:
        raise LimitError(
            _("Ngày bắt đầu phải trong các năm từ %(first)s đến %(last)s.")
            % {"first": FIRST_YEAR, "last": LAST_YEAR - 30}
        )
    return _Computing(calendar, options, start).run(limit, extensions)


class _Computing:
    """The steps of one computation."""

    def __init__(self, calendar: WorkCalendar, options: Options, given: dt.datetime) -> None:
        self.calendar = calendar
        self.options = options
        self.given = given
        self.days: list[Day] = []
        self.looked_at: set[dt.date] = set()  # days on whose being worked the result rests
        self.stage = 0

    def run(self, limit: Limit, extensions: Sequence[Limit]) -> Computed:
        if extensions and limit.kind in limits.BACKWARD:
            raise LimitError(_("Thời hạn đếm lùi không gia hạn được. Bạn hãy ghi lại ngày làm mốc."))
        received = self.given
        if limit.kind in limits.COUNTED and self.options.receipt == limits.NEXT_WORKING_DAY:
            received = self._received()
        counts_on = self.options.extends_from == limits.ROLLED  # else the roll before an extension never happens
        stages = [self._stage(limit, received, rolls=counts_on or not extensions)]
        for self.stage, extension in enumerate(extensions, start=1):
            is_last = self.stage == len(extensions)
            stages.append(self._stage(extension, stages[-1].due, rolls=counts_on or is_last, is_extension=True))
        unconfirmed, years = self._doubts()
        return Computed(limit, self.options, self.given, received, tuple(stages), tuple(self.days), unconfirmed, years)

    def _received(self) -> dt.datetime:
        """What came in on a day off counts as come in when the next working day begins."""
        first = self.given.date()
        working = first
        while not self._works(working):
            self._note(working, False, BEFORE_RECEIPT)
            working += DAY
        return self.given if working == first else dt.datetime.combine(working, dt.time(), ZONE)

    def _stage(self, limit: Limit, begin: dt.datetime, *, rolls: bool, is_extension: bool = False) -> Stage:
        roll = (self.options.roll or limit.default_roll) if rolls else limits.NONE
        nominal = self._nominal(limit, begin, is_extension)
        due = self._rolled(nominal, roll)
        if not FIRST_YEAR <= due.year <= LAST_YEAR:
            raise LimitError(_("Hạn rơi ra ngoài những năm tính được. Bạn hãy ghi số nhỏ hơn."))
        return Stage(limit, begin, nominal, due, roll)

    def _nominal(self, limit: Limit, begin: dt.datetime, is_extension: bool) -> dt.datetime:
        first = begin.date()
        if limit.kind == limits.HOURS:
            return self._hours(limit.number, begin, is_extension)
        if limit.kind in limits.FIXED:
            last = fixed_day(limit, first)
            if is_extension and last <= first:
                raise LimitError(_("Ngày gia hạn phải sau hạn cũ là %(day)s.") % {"day": spoken(first)})
            self._note(last, True, self._plain(last))
            return end_of(last)
        if limit.kind == limits.HOURS_BEFORE:
            return self._hours_before(limit.number, begin)
        if not is_extension:
            self._note(first, False, FIRST_DAY)
        if limit.kind == limits.WORKING_DAYS:
            return end_of(self._working(first, limit.number, DAY))
        if limit.kind == limits.WORKING_DAYS_BEFORE:
            return end_of(self._working(first, limit.number, -DAY))
        last = first + DAY * limit.number if limit.kind == limits.CALENDAR_DAYS else add_months(first, limit.number)
        for n in range(1, (last - first).days + 1):
            day = first + DAY * n
            self._note(day, True, self._plain(day))
        return end_of(last)

    def _hours(self, number: int, begin: dt.datetime, is_extension: bool) -> dt.datetime:
        """Hours run through nights, Sundays and holidays. Those that extend a limit of days begin at its 24:00."""
        is_day_end = is_extension and begin.timetz().replace(tzinfo=None) == LAST_SECOND
        start = begin + dt.timedelta(seconds=1) if is_day_end else begin
        end = start + dt.timedelta(hours=number)
        if is_day_end and end.time() == dt.time():
            end -= dt.timedelta(seconds=1)
        first = start.date() + DAY if is_extension and not is_day_end else start.date()  # else it stands there already
        for n in range((end.date() - first).days + 1):
            day = first + DAY * n
            self._note(day, True, self._plain(day))
        return end

    def _hours_before(self, number: int, begin: dt.datetime) -> dt.datetime:
        end = begin - dt.timedelta(hours=number)
        for n in range((begin.date() - end.date()).days + 1):
            day = begin.date() - DAY * n
            self._note(day, True, self._plain(day))
        return end

    def _working(self, first: dt.date, number: int, step: dt.timedelta) -> dt.date:
        day, left = first, number
        while left:
            day += step
            if self._works(day):
                left -= 1
                self._note(day, True, self._plain(day))
            else:
                self._note(day, False, self._off(day))
        return day

    def _rolled(self, nominal: dt.datetime, roll: str) -> dt.datetime:
        day = nominal.date()
        if roll == limits.NONE or self._works(day):
            return nominal
        if roll == limits.BACK:  # over days that stand there already
            while not self._works(day := day - DAY):
                pass
            return end_of(day)
        while not self._works(day := day + DAY):
            self._note(day, False, ROLLED_OFF)
        self._note(day, False, LANDED)
        return end_of(day)

    def _works(self, day: dt.date) -> bool:
        self.looked_at.add(day)
        return self.calendar.is_working(day)

    def _off(self, day: dt.date) -> str:
        return OFF if self.calendar.entry(day) is not None else WEEKEND

    def _plain(self, day: dt.date) -> str:
        """Why a counted day needs a word: it is a day off all the same, or a worked Saturday."""
        entry = self.calendar.entry(day)
        if entry is not None:
            return WORKED if entry.kind == SWAP_WORK else OFF
        return WEEKEND if day.weekday() >= 5 else ""

    def _note(self, day: dt.date, is_counted: bool, why: str) -> None:
        self.days.append(Day(day, is_counted, why, self.calendar.entry(day), self.stage))

    def _doubts(self) -> tuple[tuple[Entry, ...], tuple[int, ...]]:
        entries = [self.calendar.entry(day) for day in sorted(self.looked_at)]
        unsure = tuple(entry for entry in entries if entry is not None and not entry.confirmed)
        years = sorted({day.year for day in self.looked_at if not self.calendar.is_notified(day.year)})
        return unsure, tuple(years)


def end_of(day: dt.date) -> dt.datetime:
    """The last second of a day; by law it ends at 24:00."""
    return dt.datetime.combine(day, LAST_SECOND, ZONE)


def add_months(day: dt.date, number: int) -> dt.date:
    """The day of the same number that many months later, or the last day of that month where it has none."""
    at = day.year * 12 + day.month - 1 + number
    year, month = divmod(at, 12)
    return dt.date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def fixed_day(limit: Limit, first: dt.date) -> dt.date:
    """The last day that counts of a limit that names it: of "trước 11/11" the first 10/11 on or after ``first``."""
    if limit.kind == limits.BEFORE_MONTH:
        return dt.date(limit.year, limit.month, 1) - DAY
    if limit.kind == limits.QUARTER:
        return add_months(dt.date(limit.year, limit.month * 3, 1), 1) - DAY
    if limit.kind == limits.UNTIL:
        return dt.date(limit.year, limit.month, limit.day)
    last = first - DAY
    year = first.year
    while last < first:
        last = dt.date(year, limit.month, 1) + DAY * (limit.day - 2)
        year += 1
    return last
