"""Properties of periods and rhythms, whatever the plan says and whatever the day."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.core.clocks import StatedTime
from nhipcau.followup.models import Rhythm
from nhipcau.followup.periods import last_day_of, period_on, usual_rhythm, word_due
from nhipcau.plans.models import NO_DATE, TimeKind

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2045, 12, 31))
MONTH_DAYS = st.dates(dt.date(2023, 1, 1), dt.date(2023, 12, 31)).map(lambda day: f"{day:%m-%d}")
RETURNING = (TimeKind.YEARLY, TimeKind.HALF_YEARLY, TimeKind.QUARTERLY, TimeKind.MONTHLY)
few = settings(max_examples=150, deadline=None)


@st.composite
def returning(draw) -> StatedTime:
    """A time that comes back, with or without a day in its period, from any day on, without end."""
    kind = draw(st.sampled_from(RETURNING))
    month_day = draw(st.one_of(st.just(""), MONTH_DAYS)) if kind != TimeKind.MONTHLY else ""
    day = draw(st.one_of(st.none(), st.integers(1, 31))) if kind == TimeKind.MONTHLY else None
    return StatedTime(kind, month_day=month_day, day=day)


@few
@given(returning(), DAYS)
def test_a_period_holds_its_day_and_its_last_day_that_counts(time, day):
    period = period_on(time, day)
    end = last_day_of(period.name)
    assert period.start <= day <= end
    assert period.start <= period.due <= end
    assert period.year == period.start.year == end.year


@few
@given(returning(), DAYS)
def test_the_next_period_begins_where_one_ends_under_a_later_name(time, day):
    period = period_on(time, day)
    last = last_day_of(period.name)
    assert period_on(time, last) == period == period_on(time, period.start)
    following = period_on(time, last + dt.timedelta(days=1))
    assert following.start == last + dt.timedelta(days=1)
    assert following.name > period.name


@few
@given(st.sampled_from(sorted(set(TimeKind.values) - set(RETURNING))), st.one_of(st.none(), DAYS), DAYS)
def test_what_does_not_come_back_has_one_period_without_a_name(kind, due, day):
    period = period_on(StatedTime(kind, due=due), day)
    assert (period.name, last_day_of(period.name)) == ("", NO_DATE)
    assert period.due == (due if kind == TimeKind.ONCE and due else NO_DATE)


@few
@given(returning(), DAYS, DAYS, DAYS)
def test_before_the_first_period_comes_the_first_and_after_the_last_the_last(time, first, last, day):
    start, due = sorted((first, last))
    bounded = StatedTime(time.kind, start, due, time.month_day, time.day)
    period = period_on(bounded, day)
    inside = min(max(day, start), due)
    assert period.start <= inside <= last_day_of(period.name)


@few
@given(st.sampled_from(Rhythm.values), DAYS, st.one_of(st.none(), DAYS))
def test_the_next_word_comes_after_the_last(rhythm, since, last):
    due = word_due(rhythm, since, last)
    if rhythm == Rhythm.NONE:
        assert due == NO_DATE
    elif last is None:
        assert since <= due < since + dt.timedelta(days=92)
    else:
        assert last < due < last + dt.timedelta(days=185)


def test_every_kind_of_time_has_its_usual_rhythm():
    assert {usual_rhythm(kind) for kind in TimeKind.values} <= set(Rhythm.values)
