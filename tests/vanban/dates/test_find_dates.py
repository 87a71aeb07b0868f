"""Calendar dates in running text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.dates import Partial, find_date, find_dates


def test_dates_in_order_with_their_places() -> None:
    text = "Từ ngày 15/11 đến ngày 20/11/2025; trước tháng 12/2024; ngày 08 tháng 9 năm 2025."
    found = find_dates(text)
    assert [f.value for f in found] == [
        Partial(None, 11, 15),
        dt.date(2025, 11, 20),
        Partial(2024, 12, None),
        dt.date(2025, 9, 8),
    ]
    assert [text[f.start : f.end] for f in found] == ["15/11", "20/11/2025", "12/2024", "08 tháng 9 năm 2025"]


@pytest.mark.parametrize("text", ["31/02/2025", "số 12/2024/TT-BTC", "Nghị quyết 202/2025/QH15", "24/24 giờ"])
def test_numbers_that_are_no_dates(text: str) -> None:
    assert find_dates(text) == []


def test_a_date_over_a_line_break() -> None:
    assert find_date("ngày 17\ntháng 11\nnăm 2025") == dt.date(2025, 11, 17)


def test_a_date_without_vietnamese_letters() -> None:
    assert find_date("Viing Tau, ngay 07 thang 03iam 2024") == dt.date(2024, 3, 7)


def test_decomposed_letters() -> None:
    assert find_date("nga\u0300y 16 tha\u0301ng 6 na\u0306m 2025") == dt.date(2025, 6, 16)


def test_no_date() -> None:
    assert find_date("Thường xuyên") is None


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(["{}/{}/{}", "{:02}/{:02}/{}", "{} tháng {} năm {}"]),
)
def test_any_date_is_found(day: dt.date, form: str) -> None:
    assert find_date(f"Kế hoạch ngày {form.format(day.day, day.month, day.year)} của tỉnh") == day


@given(st.text())
def test_never_raises(text: str) -> None:
    find_dates(text)
