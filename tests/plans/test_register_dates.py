"""When a thing is next due, and how that is said."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import make_actor, make_organisation, make_plan, make_task

from nhipcau.core.acts import SYSTEM, Refused
from nhipcau.core.clocks import StatedTime, meaning, next_due, reasons, said
from nhipcau.plans.actions.dates import move_dates
from nhipcau.plans.jobs import move_to_next_days
from nhipcau.plans.models import NO_DATE, Task

D = dt.date
TODAY = D(2024, 11, 18)


@pytest.mark.parametrize(
    ("time", "due"),
    [
        (StatedTime("once", due=D(2024, 11, 30)), D(2024, 11, 30)),
        (StatedTime("once", due=D(2024, 1, 31)), D(2024, 1, 31)),  # passed, and still the date
        (StatedTime("once"), None),
        (StatedTime("continuous", start=D(2024, 1, 1)), None),
        (StatedTime("other"), None),
        (StatedTime("none"), None),
        (StatedTime("weekly"), None),
        (StatedTime("yearly", month_day="11-10"), D(2025, 11, 10)),
        (StatedTime("yearly", month_day="11-18"), D(2024, 11, 18)),  # today still counts
        (StatedTime("yearly"), D(2024, 12, 31)),
        (StatedTime("yearly", start=D(2026, 1, 1)), D(2026, 12, 31)),
        (StatedTime("yearly", month_day="02-29"), D(2025, 2, 28)),
        (StatedTime("yearly", due=D(2024, 12, 15)), D(2024, 12, 15)),
        (StatedTime("yearly", month_day="06-30", due=D(2023, 12, 31)), D(2023, 12, 31)),
        (StatedTime("half_yearly"), D(2024, 12, 31)),
        (StatedTime("half_yearly", month_day="06-15"), D(2024, 12, 15)),
        (StatedTime("quarterly"), D(2024, 12, 31)),
        (StatedTime("quarterly", month_day="03-20"), D(2024, 12, 20)),
        (StatedTime("monthly"), D(2024, 11, 30)),
        (StatedTime("monthly", day=14), D(2024, 12, 14)),
        (StatedTime("monthly", day=20), D(2024, 11, 20)),
        (StatedTime("monthly", day=31), D(2024, 11, 30)),
    ],
)
def test_next_due(time, due):
    assert next_due(time, TODAY) == due


@given(
    st.sampled_from(["yearly", "half_yearly", "quarterly", "monthly"]),
    st.dates(D(2000, 1, 1), D(2100, 1, 1)),
    st.one_of(st.just(""), st.dates(D(2024, 1, 1), D(2024, 12, 31)).map(lambda d: d.strftime("%m-%d"))),
)
def test_what_recurs_is_due_within_its_period(kind, today, month_day):
    due = next_due(StatedTime(kind, month_day=month_day), today)
    longest = {"yearly": 366, "half_yearly": 184, "quarterly": 92, "monthly": 31}[kind]
    assert due is not None
    assert 0 <= (due - today).days <= longest


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (D(2024, 11, 18), "hôm nay"),
        (D(2024, 11, 19), "ngày mai"),
        (D(2024, 11, 30), "còn 12 ngày"),
        (D(2024, 11, 10), "đã qua 8 ngày"),
        (D(2025, 5, 18), "còn 6 tháng"),
        (D(2022, 11, 1), "đã qua hơn 2 năm"),
    ],
)
def test_distance_is_said_as_people_say_it(due, words):
    assert said(due, TODAY) == words


def test_a_month_that_is_excluded_is_explained():
    time = StatedTime("once", due=D(2024, 11, 30))
    assert reasons(time, "Hoàn thành trước tháng 12/2024", D(2024, 11, 30)) == [
        "Tháng 12 bắt đầu từ 01/12/2024, nên 30/11/2024 là ngày cuối còn trong hạn.",
        "30/11/2024 là thứ Bảy.",
    ]


def test_a_day_that_is_excluded_is_explained():
    time = StatedTime("yearly", month_day="11-10")
    assert reasons(time, "trước ngày 11/11 hằng năm", D(2025, 11, 10))[0] == (
        "“Trước ngày 11/11/2025” không kể ngày đó, nên 10/11/2025 là ngày cuối còn trong hạn."
    )


def test_a_period_without_a_day_is_explained():
    assert reasons(StatedTime("yearly"), "Hằng năm", D(2024, 12, 31))[0] == (
        "Kế hoạch không ghi ngày trong kỳ, nên hạn là ngày cuối của kỳ này: 31/12/2024."
    )


def test_meaning_in_words():
    times = [StatedTime("yearly", start=D(2024, 1, 1)), StatedTime("monthly", day=14), StatedTime("none")]
    assert [meaning(time) for time in times] == [
        "mỗi năm một kỳ, từ 01/01/2024",
        "mỗi tháng một kỳ, đến hết ngày 14",
        "",
    ]


@pytest.mark.django_db
class TestMovingOn:
    def tasks(self) -> dict[str, Task]:
        plan = make_plan(make_organisation())
        made = {
            "monthly": make_task(plan, time_kind="monthly", day=14),
            "once": make_task(plan, due=D(2024, 1, 31)),
            "ended": make_task(plan, time_kind="yearly", due=D(2023, 12, 31)),
            "continuous": make_task(plan, time_kind="continuous"),
        }
        Task.objects.filter(pk=made["monthly"].pk).update(next_due=D(2024, 11, 14))
        return made

    def due(self, made: dict[str, Task]) -> dict[str, dt.date]:
        return {name: Task.objects.get(pk=task.pk).next_due for name, task in made.items()}

    def test_only_what_recurs_moves_and_only_once(self):
        made = self.tasks()
        assert [move_dates(SYSTEM, TODAY), move_dates(SYSTEM, TODAY)] == [1, 0]
        assert self.due(made) == {
            "monthly": D(2024, 12, 14),
            "once": D(2024, 1, 31),
            "ended": D(2023, 12, 31),
            "continuous": NO_DATE,
        }

    def test_nobody_but_the_house_moves_dates(self):
        with pytest.raises(Refused):
            move_dates(make_actor(make_organisation(), "head"), TODAY)

    def test_the_job_is_registered_and_moves(self):
        made = self.tasks()
        move_to_next_days(None)
        assert self.due(made)["monthly"] > dt.date.today() - dt.timedelta(days=1)
