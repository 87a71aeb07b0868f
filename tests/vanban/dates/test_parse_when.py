"""What a stated time means (contract plan/1, definition "when")."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.dates import parse_all, parse_when

D = dt.date.fromisoformat


def meaning(text: str, context_year: int | None = None) -> tuple[str, str | None, str | None, str | None, int | None]:
    when = parse_when(text, context_year=context_year)
    return (
        when.kind,
        when.start and when.start.isoformat(),
        when.due and when.due.isoformat(),
        when.month_day,
        when.day,
    )


PERIODS = [
    ("Năm 2024", "2024-01-01", "2024-12-31"),
    ("2025", "2025-01-01", "2025-12-31"),
    ("Hoàn thành trong năm 2025.", "2025-01-01", "2025-12-31"),
    ("Quý II/2024", "2024-04-01", "2024-06-30"),
    ("Quí IV-2025", "2025-10-01", "2025-12-31"),
    ("IV/2025", "2025-10-01", "2025-12-31"),
    ("Trong quý 1 năm 2026", "2026-01-01", "2026-03-31"),
    ("Quý III, IV/2025", "2025-07-01", "2025-12-31"),
    ("Quý III và quý IV năm 2025", "2025-07-01", "2025-12-31"),
    ("Từ Quý IV/2025 đến Quý II/2026", "2025-10-01", "2026-06-30"),
    ("Tháng 12/2025.", "2025-12-01", "2025-12-31"),
    ("Tháng 02 năm 2024", "2024-02-01", "2024-02-29"),
    ("Tháng 11 - 12/2025", "2025-11-01", "2025-12-31"),
    ("Tháng 11, 12/2025", "2025-11-01", "2025-12-31"),
    ("Tháng 11/2025 - 3/2026", "2025-11-01", "2026-03-31"),
    ("Tháng 11 - 3/2026", "2025-11-01", "2026-03-31"),
    ("Từ tháng 6 đến tháng 12 năm 2025", "2025-06-01", "2025-12-31"),
    ("2026–2030", "2026-01-01", "2030-12-31"),
    ("Giai đoạn 2026 - 2030", "2026-01-01", "2030-12-31"),
    ("Từ năm 2026 đến năm 2030", "2026-01-01", "2030-12-31"),
    ("Năm 2025, 2026", "2025-01-01", "2026-12-31"),
    ("6 tháng đầu năm 2025", "2025-01-01", "2025-06-30"),
    ("06 tháng cuối năm 2025", "2025-07-01", "2025-12-31"),
    ("Từ ngày 01/01/2026 đến ngày 31/3/2026.", "2026-01-01", "2026-03-31"),
    ("Từ ngày 15/11 đến ngày 20/11/2025", "2025-11-15", "2025-11-20"),
    ("Từ 01/12 đến 15/01/2026", "2025-12-01", "2026-01-15"),
    ("Từ ngày 15 - 20/11/2025", "2025-11-15", "2025-11-20"),
    ("từ ngày 15 đến 20 tháng 11 năm 2025", "2025-11-15", "2025-11-20"),
    ("Ngày 19/12/2025", "2025-12-19", "2025-12-19"),
    ("Từ 01/7/2025", "2025-07-01", None),
    ("Từ năm 2025 trở đi", "2025-01-01", None),
    ("Từ tháng 10/2025 đến khi kết thúc kiểm kê.", "2025-10-01", None),
    ("Sau năm 2025", "2026-01-01", None),
    ("Đến hết năm 2025", None, "2025-12-31"),
    ("Đến năm 2030", None, "2030-12-31"),
    ("Từ nay đến 31/12/2025", None, "2025-12-31"),
    ("Cuối năm 2025", None, "2025-12-31"),
    ("Chậm nhất ngày 15/12/2025", None, "2025-12-15"),
    ("Hoàn thành ngày 30/11/2025", None, "2025-11-30"),
    ("T12/2025", "2025-12-01", "2025-12-31"),
    ("Q.IV/2025", "2025-10-01", "2025-12-31"),
    ("Q3/2025", "2025-07-01", "2025-09-30"),
    ("Trong năm 2025-2026", "2025-01-01", "2026-12-31"),
    ("Trước ngày 30/11/2025", None, "2025-11-29"),
    ("Trước 31/12/2025", None, "2025-12-30"),
    ("Hoàn thành trước tháng 12/2024", None, "2024-11-30"),
    ("Trước quý II/2026", None, "2026-03-31"),
    ("Trước năm 2026", None, "2025-12-31"),
    ("Trước 17h00 ngày 20/12/2025", None, "2025-12-20"),
    ("Trước ngày\n30\ntháng 11 năm 2025", None, "2025-11-29"),
]


@pytest.mark.parametrize(("text", "start", "due"), PERIODS)
def test_one_deadline_or_period(text: str, start: str | None, due: str | None) -> None:
    assert meaning(text) == ("once", start, due, None, None)


RHYTHMS = [
    ("Thường xuyên", ("continuous", None, None, None, None)),
    ("Thực hiện thường xuyên .", ("continuous", None, None, None, None)),
    ("Thường xuyên, hằng năm", ("continuous", None, None, None, None)),
    ("Thường xuyên trong năm 2025", ("continuous", "2025-01-01", "2025-12-31", None, None)),
    ("Hằng năm", ("yearly", None, None, None, None)),
    ("Hàng năm", ("yearly", None, None, None, None)),
    ("Hằng năm, bắt đầu từ năm 2024.", ("yearly", "2024-01-01", None, None, None)),
    ("Hằng năm (2026-2030)", ("yearly", "2026-01-01", "2030-12-31", None, None)),
    ("Năm 2023 và cập nhật các năm tiếp theo.", ("yearly", "2023-01-01", None, None, None)),
    ("Năm 2025 và hằng năm", ("yearly", "2025-01-01", None, None, None)),
    ("trước ngày 11/11 hằng năm", ("yearly", None, None, "11-10", None)),
    ("trước ngày 20 tháng 12 hằng năm", ("yearly", None, None, "12-19", None)),
    ("Trước 01/01 hằng năm", ("yearly", None, None, "12-31", None)),
    ("chậm nhất ngày 15/12 hàng năm", ("yearly", None, None, "12-15", None)),
    ("định kỳ trước ngày 11/11", ("yearly", None, None, "11-10", None)),
    ("Thường xuyên, định kỳ hằng năm trước 15/12", ("yearly", None, None, "12-14", None)),
    ("Tháng 12 hằng năm", ("yearly", None, None, "12-31", None)),
    ("Quý I hằng năm", ("yearly", None, None, "03-31", None)),
    ("ngày 29/02 hằng năm", ("yearly", None, None, "02-29", None)),
    ("6 tháng/lần", ("half_yearly", None, None, None, None)),
    ("Hằng quý", ("quarterly", None, None, None, None)),
    ("trước ngày 15 tháng cuối quý", ("quarterly", None, None, None, None)),
    ("trước ngày 15 hằng tháng", ("monthly", None, None, None, 14)),
    ("Ngày 25 hàng tháng", ("monthly", None, None, None, 25)),
    ("trước ngày 01 hằng tháng", ("monthly", None, None, None, 31)),
    ("trước 25 hằng tháng", ("monthly", None, None, None, 24)),
    ("Hằng tuần", ("weekly", None, None, None, None)),
    ("Hằng ngày", ("daily", None, None, None, None)),
]


@pytest.mark.parametrize(("text", "expected"), RHYTHMS)
def test_rhythm(text: str, expected: tuple[str, str | None, str | None, str | None, int | None]) -> None:
    assert meaning(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "đột xuất khi có yêu cầu",
        "Theo kế hoạch",
        "Theo Kế hoạch riêng",
        "Sau khi có Quy chế của TW",
        "Theo lộ trình của Bộ, ngành.",
        "Thực hiện theo Kế hoạch xây dựng dự toán hàng năm của các cơ quan, đơn vị.",
        "Theo Quyết định số 142/QĐ-TTg ngày 02/02/2024",
        "Trong 10 ngày kể từ ngày ban hành",
        "31/02/2025",
        "Tháng 6",
        "Trước ngày",
        "",
    ],
)
def test_no_calendar_date(text: str) -> None:
    assert meaning(text) == ("other", None, None, None, None)


def test_the_year_of_the_plan_completes_a_date_without_a_year() -> None:
    assert meaning("Quý IV", 2025) == ("once", "2025-10-01", "2025-12-31", None, None)
    assert meaning("Trong năm", 2025) == ("once", "2025-01-01", "2025-12-31", None, None)
    assert meaning("Trước ngày 15/12", 2025) == ("once", None, "2025-12-14", None, None)


def test_text_is_the_whole_phrase() -> None:
    assert parse_when("Hoàn thành trước tháng 12/2024.").text == "Hoàn thành trước tháng 12/2024."


def test_garbled_time_words_are_understood() -> None:
    assert meaning("Hoan thanh trudc thang 12/2024.") == ("once", None, "2024-11-30", None, None)
    assert meaning("Hang nam, bat dau tir naim 2024.") == ("yearly", "2024-01-01", None, None, None)


def test_several_days_a_year_are_several_times() -> None:
    text = "trước ngày 01/6 và 15/11 hằng năm (hoặc đột xuất khi có yêu cầu)"
    assert [(w.text, w.kind, w.month_day) for w in parse_all(text)] == [
        (text, "yearly", "05-31"),
        (text, "yearly", "11-14"),
        (text, "other", None),
    ]


def test_several_rhythms() -> None:
    assert [w.kind for w in parse_all("định kỳ hằng quý, 6 tháng, năm")] == ["quarterly", "half_yearly", "yearly"]
    times = parse_all("Báo cáo 6 tháng (trước 15/6) và hằng năm (trước ngày 15/12)")
    assert [(w.kind, w.month_day) for w in times] == [("yearly", "06-14"), ("yearly", "12-14")]
    times = parse_all("6 tháng đầu năm (trước ngày 15/6), năm (trước ngày 15/12 hằng năm)")
    assert [(w.kind, w.month_day) for w in times] == [("yearly", "06-14"), ("yearly", "12-14")]
    times = parse_all("Báo cáo quý: trước ngày 15 tháng cuối quý; báo cáo năm: trước ngày 15/12 hằng năm")
    assert [(w.kind, w.month_day) for w in times] == [("quarterly", None), ("yearly", "12-14")]
    times = parse_all("Tháng 6, tháng 12 hằng năm")
    assert [(w.kind, w.month_day) for w in times] == [("yearly", "06-30"), ("yearly", "12-31")]
    times = parse_all("Quý II và quý IV hằng năm")
    assert [(w.kind, w.month_day) for w in times] == [("yearly", "06-30"), ("yearly", "12-31")]
    times = parse_all("trước ngày 20 hằng tháng và trước ngày 15/12 hằng năm")
    assert [(w.kind, w.day, w.month_day) for w in times] == [("monthly", 19, None), ("yearly", None, "12-14")]


def test_several_whole_dates() -> None:
    dues = [w.due for w in parse_all("Trước ngày 25/11/2025 và 25/12/2025")]
    assert dues == [D("2025-11-24"), D("2025-12-24")]


# --- properties -----------------------------------------------------------------------------------------------------

days = st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31))
FORMS = ["{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d}-{m}-{y}", "{d:02}.{m:02}.{y}", "{d} tháng {m:02} năm {y}"]


def written(day: dt.date, form: str) -> str:
    return form.format(d=day.day, m=day.month, y=day.year)


@given(days, st.sampled_from(FORMS))
def test_any_date_before_which_is_the_day_before(day: dt.date, form: str) -> None:
    when = parse_when(f"Trước ngày {written(day, form)}")
    assert (when.kind, when.start, when.due) == ("once", None, day - dt.timedelta(days=1))


@given(days, days, st.sampled_from(FORMS), st.sampled_from(FORMS))
def test_any_period_from_day_to_day(a: dt.date, b: dt.date, form_a: str, form_b: str) -> None:
    first, last = sorted((a, b))
    when = parse_when(f"Từ ngày {written(first, form_a)} đến ngày {written(last, form_b)}")
    assert (when.start, when.due) == (first, last)


@given(
    st.integers(1, 12), st.integers(1950, 2099), st.sampled_from(["Tháng {m}/{y}", "tháng {m:02} năm {y}", "{m}/{y}"])
)
def test_any_month(month: int, year: int, form: str) -> None:
    when = parse_when(form.format(m=month, y=year))
    last = calendar.monthrange(year, month)[1]
    assert (when.start, when.due) == (dt.date(year, month, 1), dt.date(year, month, last))


WORDS = st.sampled_from(
    [
        *("trước", "từ", "đến", "sau", "ngày", "tháng", "năm", "quý", "hằng", "hàng", "thường", "xuyên", "định", "kỳ"),
        *("IV", "II", "12/2024", "11/11", "31/12/2025", "2025", "2026", "6", "15", "và", ",", "-", "(", ")", "."),
    ]
)


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_any_words_are_read_and_start_is_never_after_due(text: str) -> None:
    for when in parse_all(text):
        assert when.text == text
        assert when.start is None or when.due is None or when.start <= when.due


@given(st.text(max_size=60))
def test_never_raises(text: str) -> None:
    assert parse_when(text).kind in {
        "continuous", "once", "yearly", "half_yearly", "quarterly", "monthly", "weekly", "daily", "other",
    }  # fmt: skip
