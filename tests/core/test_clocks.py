"""Due moments against dates made another way, against the law's own words, and what every one of them must keep to."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from nhipcau.core import clocks
from nhipcau.core.clocks import LimitError, Options, WorkCalendar, lunar
from nhipcau.core.clocks.bulk import WorkIndex, compute_many

CALENDAR = clocks.packaged_calendar()
INDEX = WorkIndex(CALENDAR, 2024, 2029)
GOLDEN = list(csv.DictReader(Path(__file__).with_name("golden_dates.csv").read_text(encoding="utf-8").splitlines()))
DAY = dt.timedelta(days=1)


def due(limit: str, begin: str, extend: str = "", calendar: WorkCalendar = CALENDAR, **options: str) -> clocks.Computed:
    extensions = [clocks.parse_extension(extend)] if extend else []
    start = dt.datetime.fromisoformat(begin)
    return clocks.compute(clocks.parse_limit(limit), start, calendar, Options(**options), extensions)


def test_all_golden_dates_are_equal():
    """Made by golden_dates.py, which knows nothing of ours."""
    wrong = [
        (row, found)
        for row in GOLDEN
        for found in [
            due(
                row["limit"],
                row["from"],
                row["extend"],
                roll=row["roll"] or None,
                receipt=row["receipt"],
                extends_from=row["extend_from"],
            ).due.isoformat()
        ]  # fmt: skip
        if found != row["due"]
    ]
    assert (wrong, len(GOLDEN) >= 500) == ([], True)


# Counted on a paper calendar, each with its article or notice.
BY_HAND = [
    ("working_days 10", "2026-02-12T16:30", {}, "2026-03-05T23:59:59+07:00"),  # over Tết 2026 (9441/TB-BNV)
    ("working_days 1", "2026-01-09", {}, "2026-01-10T23:59:59+07:00"),  # the Saturday is worked (12729/VPCP-KGVX)
    ("working_days 1", "2026-11-23T08:00", {}, "2026-11-25T23:59:59+07:00"),  # 24/11, Nghị quyết 28/2026/QH16
    ("working_days 5", "2024-04-26", {}, "2024-05-07T23:59:59+07:00"),  # off 29/4–1/5, worked Saturday 4/5
    ("calendar_days 12", "2026-04-14", {}, "2026-04-28T23:59:59+07:00"),  # ends 26/4 Giỗ Tổ, Sunday; 27/4 instead
    ("calendar_days 12", "2026-04-14", {"roll": "none"}, "2026-04-26T23:59:59+07:00"),
    ("calendar_days 12", "2026-04-14", {"roll": "back"}, "2026-04-24T23:59:59+07:00"),
    ("months 1", "2025-01-31", {}, "2025-02-28T23:59:59+07:00"),  # Điều 148.3: no 31 February
    ("months 1", "2024-01-31", {"roll": "none"}, "2024-02-29T23:59:59+07:00"),
    ("months 12", "2024-02-29", {}, "2025-02-28T23:59:59+07:00"),
    ("hours 24", "2026-02-13T16:30", {}, "2026-02-14T16:30:00+07:00"),  # hours run on over the feast
    ("hours 72", "2026-02-13T16:30", {"roll": "next"}, "2026-02-23T23:59:59+07:00"),
    ("hours 24", "2026-02-14T09:00", {"receipt": "next_working_day"}, "2026-02-24T00:00:00+07:00"),
    ("working_days 5", "2026-04-25", {"receipt": "next_working_day"}, "2026-05-07T23:59:59+07:00"),  # as of 28/4
    ("working_days_before 7", "2026-02-24", {}, "2026-02-06T23:59:59+07:00"),
    ("hours_before 24", "2026-02-24T09:00", {}, "2026-02-23T09:00:00+07:00"),
    ("before_month 2024-12", "2024-01-08", {}, "2024-11-30T23:59:59+07:00"),  # a Saturday, and it stays
    ("before_month 2024-12", "2024-01-08", {"roll": "next"}, "2024-12-02T23:59:59+07:00"),
    ("before_month 2025-01", "2024-01-08", {}, "2024-12-31T23:59:59+07:00"),
    ("before_day 11/11", "2024-01-08", {}, "2024-11-10T23:59:59+07:00"),
    ("before_day 11/11", "2024-11-10", {}, "2024-11-10T23:59:59+07:00"),
    ("before_day 11/11", "2024-11-11", {}, "2025-11-10T23:59:59+07:00"),  # this year's last day has passed
    ("before_day 1/1", "2024-12-31", {}, "2024-12-31T23:59:59+07:00"),
    ("before_day 29/2", "2025-01-01", {}, "2025-02-28T23:59:59+07:00"),
    ("before_day 1/3", "2024-01-01", {}, "2024-02-29T23:59:59+07:00"),
    ("quarter 2025-II", "2025-01-01", {}, "2025-06-30T23:59:59+07:00"),
    ("quarter 2025-4", "2025-01-01", {}, "2025-12-31T23:59:59+07:00"),
    ("until 2026-12-31", "2026-01-01", {}, "2026-12-31T23:59:59+07:00"),
]  # fmt: skip


@pytest.mark.parametrize(("limit", "begin", "options", "expected"), BY_HAND)
def test_by_hand(limit, begin, options, expected):
    assert due(limit, begin, **options).due.isoformat() == expected


def test_an_extension_counts_from_the_nominal_end_unless_said_otherwise():
    """12 days from 14/04/2026 end on Sunday the 26th and roll to the 28th."""
    assert due("calendar_days 12", "2026-04-14", "calendar_days 12").due_on == dt.date(2026, 5, 8)
    assert due("calendar_days 12", "2026-04-14", "calendar_days 12", extends_from="rolled").due_on == dt.date(
        2026, 5, 11
    )
    assert due("calendar_days 3", "2026-03-02", "hours 24").due.isoformat() == "2026-03-06T23:59:59+07:00"
    assert due("hours 24", "2026-03-02T10:00", "hours 12").due.isoformat() == "2026-03-03T22:00:00+07:00"
    assert due("working_days 5", "2026-03-02", "until 2026-04-30").due_on == dt.date(2026, 4, 30)
    for extension in ("until 2026-01-01", "quarter 2026-II", "working_days_before 2"):
        with pytest.raises(LimitError):
            due("working_days 5", "2026-03-02", extension)
    with pytest.raises(LimitError):
        due("working_days_before 5", "2026-03-02", "calendar_days 2")


TET = [
    "1968-01-29",
    "1969-02-16",
    "1985-01-21",
    "1990-01-27",
    "1991-02-15",
    "1992-02-04",
    "1993-01-23",
    "1994-02-10",
    "1995-01-31",
    "1996-02-19",
    "1997-02-07",
    "1998-01-28",
    "1999-02-16",
    "2000-02-05",
    "2001-01-24",
    "2002-02-12",
    "2003-02-01",
    "2004-01-22",
    "2005-02-09",
    "2006-01-29",
    "2007-02-17",
    "2008-02-07",
    "2009-01-26",
    "2010-02-14",
    "2011-02-03",
    "2012-01-23",
    "2013-02-10",
    "2014-01-31",
    "2015-02-19",
    "2016-02-08",
    "2017-01-28",
    "2018-02-16",
    "2019-02-05",
    "2020-01-25",
    "2021-02-12",
    "2022-02-01",
    "2023-01-22",
    "2024-02-10",
    "2025-01-29",
    "2026-02-17",
    "2027-02-06",
    "2028-01-26",
    "2029-02-13",
    "2030-02-02",
    "2031-01-23",
    "2032-02-11",
    "2033-01-31",
    "2034-02-19",
    "2035-02-08",
    "2036-01-28",
    "2037-02-15",
    "2038-02-04",
    "2039-01-24",
    "2040-02-12",
    "2041-02-01",
    "2042-01-22",
    "2043-02-10",
    "2044-01-30",
    "2045-02-17",
    "2046-02-06",
    "2047-01-26",
    "2048-02-14",
    "2049-02-02",
    "2050-01-23",
]
GIO_TO = [
    "2012-03-31",
    "2016-04-16",
    "2017-04-06",
    "2018-04-25",
    "2019-04-14",
    "2020-04-02",
    "2021-04-21",
    "2022-04-10",
    "2023-04-29",
    "2024-04-18",
    "2025-04-07",
    "2026-04-26",
    "2027-04-16",
]


def test_the_lunar_calendar_is_the_vietnamese_one():
    """Published dates; 1968, 1969, 1985, 2007 and 2030 are a day or a month before the Chinese ones."""
    assert [str(lunar.new_year(int(day[:4]))) for day in TET] == TET
    assert [str(lunar.solar_date(10, 3, int(day[:4]))) for day in GIO_TO] == GIO_TO
    for year in range(1976, 2150):
        assert lunar.new_year(year) - lunar.solar_date(1, 12, year - 1) in (29 * DAY, 30 * DAY), year


def test_a_leap_month_stands_between_the_ordinary_ones():
    """The sixth month of Ất Tỵ (from 25/7/2025), the eleventh of Quý Sửu (from 22/12/2033) come twice."""
    assert (lunar.solar_date(29, 6, 2025), lunar.solar_date(1, 7, 2025)) == (dt.date(2025, 7, 23), dt.date(2025, 8, 23))
    assert (lunar.solar_date(1, 11, 2033), lunar.solar_date(1, 12, 2033)) == (
        dt.date(2033, 11, 22),
        dt.date(2034, 1, 20),
    )


def test_holidays_that_nobody_notified_are_computed_by_the_labour_code():
    """2023: 1/1 on a Sunday, Tết from 21/1 (a Saturday), Giỗ Tổ 29/4 and 30/4 on a weekend: the next working days are off."""
    bare = WorkCalendar([])
    off = [day for n in range(243) if (day := dt.date(2023, 1, 1) + DAY * n).weekday() < 5 and not bare.is_working(day)]
    assert [f"{day:%d/%m}" for day in off] == [
        "02/01", "23/01", "24/01", "25/01", "26/01", "27/01", "01/05", "02/05", "03/05",
    ]  # fmt: skip
    assert bare.is_working(dt.date(2025, 11, 24)) and not bare.is_working(dt.date(2026, 11, 24))
    done = due("working_days 3", "2030-02-01", calendar=bare)
    assert (done.is_unconfirmed, done.computed_years) == (True, (2030,))


def test_only_what_applies_is_counted_and_the_unconfirmed_is_said():
    assert CALENDAR.is_working(dt.date(2026, 11, 23)) and not CALENDAR.is_working(dt.date(2026, 11, 28)), "a proposal"
    tet = due("working_days 3", "2027-02-03")
    assert tet.is_unconfirmed and any("chưa" in step.lower() for step in clocks.steps(tet))
    assert not due("working_days 3", "2026-02-12").is_unconfirmed
    assert not due("calendar_days 20", "2027-02-01").is_unconfirmed, "it ends on a plain Sunday after the feast"


def test_every_day_is_listed_with_its_reason():
    value = clocks.as_value(due("working_days 3", "2026-04-24T10:00"))
    assert [(day["date"][-5:], day["counted"]) for day in value["days"]] == [
        ("04-24", False), ("04-25", False), ("04-26", False), ("04-27", False), ("04-28", True), ("04-29", True),
        ("04-30", False), ("05-01", False), ("05-02", False), ("05-03", False), ("05-04", True),
    ]  # fmt: skip
    assert value["days"][3]["why"].startswith("Nghỉ bù Giỗ Tổ") and "3383/BNV-CVL" in value["days"][3]["basis"]
    assert value["due_date"] == value["nominal"] == "2026-05-04"


@pytest.mark.parametrize("text", ["", "ngày 5", "hours", "hours -1", "hours 0", "hours 1e3", "working_days 9999999", "months 1.5",
                                  "before_month 2024", "before_month 2024-13", "before_day 31/2", "before_day 0/1", "quarter 2025-V",
                                  "until hôm nay", "before_day 11-11", "quarter 0001-I", "hours ٣"])  # fmt: skip
def test_a_limit_that_cannot_be_read_says_so(text):
    with pytest.raises(LimitError) as wrong:
        clocks.parse_limit(text)
    assert len(str(wrong.value)) > 15


@pytest.mark.parametrize("text", ["hours 24", "working_days 5", "months 3", "before_month 2024-12", "before_day 11/11", "quarter 2025-II",
                                  "until 2026-12-31", "working_days_before 7", "hours_before 24"])  # fmt: skip
def test_a_limit_is_written_as_it_is_read(text):
    assert str(clocks.parse_limit(text)) == text
    assert str(clocks.parse_limit(f"  {text.replace(' ', '   ')} ")) == text


moments = some.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2029, 1, 1))
rolls = some.sampled_from([None, "next", "back", "none"])
receipts = some.sampled_from(["as_is", "next_working_day"])
counted = some.one_of(
    some.integers(1, 60).map("working_days {}".format),
    some.integers(1, 120).map("calendar_days {}".format),
    some.integers(1, 14).map("months {}".format),
    some.integers(1, 300).map("hours {}".format),
)
named = some.one_of(
    some.integers(1, 40).map("working_days_before {}".format),
    some.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31)).map(lambda day: f"before_day {day.day}/{day.month}"),
    some.dates(dt.date(2024, 2, 1), dt.date(2027, 12, 31)).map(lambda day: f"before_month {day:%Y-%m}"),
    some.just("quarter 2026-III"),
    some.integers(1, 90).map("hours_before {}".format),
)


@settings(max_examples=150, deadline=None)
@given(counted, moments, rolls, receipts)
def test_what_every_due_moment_keeps_to(text, begin, roll, receipt):
    limit = clocks.parse_limit(text)
    done = clocks.compute(limit, begin, CALENDAR, Options(roll, receipt))
    counted_days = [day for day in done.days if day.is_counted]
    how = roll or limit.default_roll
    assert done.due >= done.received or how == "back"
    assert how == "none" or CALENDAR.is_working(done.due_on)
    if limit.kind == "working_days":
        assert len(counted_days) == limit.number and all(CALENDAR.is_working(day.day) for day in counted_days)
        assert CALENDAR.working_days_between(done.received.date() + DAY, done.due_on) == limit.number
        more = clocks.compute(
            clocks.parse_limit(f"working_days {limit.number + 1}"), begin, CALENDAR, Options(roll, receipt)
        )
        assert more.due > done.due
    if limit.kind == "calendar_days":
        assert len(counted_days) == limit.number
    first, last = done.span
    assert all(first <= day.day <= last for day in done.days)


@settings(max_examples=150, deadline=None)
@given(
    some.one_of(counted, named), some.lists(moments, min_size=1, max_size=5), rolls, receipts,
    some.lists(counted, max_size=2), some.sampled_from(["nominal", "rolled"]),
)  # fmt: skip
def test_many_at_once_are_what_each_is_alone(text, begins, roll, receipt, extend, extends_from):
    limit = clocks.parse_limit(text)
    extensions = [] if limit.kind.endswith("_before") else [clocks.parse_extension(each) for each in extend]
    options = Options(roll, receipt, extends_from)
    found = compute_many(limit, np.array(begins, dtype="datetime64[us]"), INDEX, options, extensions)
    days = [column.astype("datetime64[D]").tolist() for column in (found.nominal, found.first, found.last)]
    for begin, *column in zip(begins, found.due.tolist(), *days, strict=True):
        alone = clocks.compute(limit, begin, CALENDAR, options, extensions)
        assert column == [alone.due.replace(tzinfo=None), alone.nominal_on, *alone.span]


def test_how_far_off_is_said_in_working_days():
    today = dt.date(2026, 2, 13)
    assert clocks.said_working(dt.date(2026, 2, 24), today, CALENDAR) == "còn 2 ngày làm việc"
    assert clocks.said_working(today, today, CALENDAR) == "hôm nay"
    assert clocks.said_working(dt.date(2026, 2, 15), today, CALENDAR) == "còn 2 ngày", "no working day lies between"
    assert clocks.said_working(today, dt.date(2026, 2, 24), CALENDAR) == "đã qua 2 ngày làm việc"
