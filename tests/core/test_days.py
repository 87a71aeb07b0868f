"""Days as people type them, on a keyboard and on a telephone's keypad."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms

from nhipcau.core.forms import DayField, typed_day

TYPED = [
    "23/11/2026",
    " 23/11/2026 ",
    "23-11-2026",
    "23.11.2026",
    "23,11,2026",
    "23 11 2026",
    "23 / 11 / 2026",
    "23112026",
    "2026-11-23",
]


@pytest.mark.parametrize("text", TYPED)
def test_a_day_is_understood_however_it_is_typed(text: str) -> None:
    assert typed_day(text) == dt.date(2026, 11, 23)


def test_a_day_of_one_digit_has_its_strokes() -> None:
    assert typed_day("1/2/2026") == dt.date(2026, 2, 1)


@pytest.mark.parametrize(
    "text", ["", "1122026", "31/02/2026", "20261123", "23/11", "23/11/26", "mai", "23/11/2026 10:00"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert typed_day(text) is None


def test_the_field_shows_the_day_first_and_keeps_what_was_typed() -> None:
    class Form(forms.Form):
        day = DayField()

    assert 'value="03/04/2026"' in str(Form(initial={"day": dt.date(2026, 4, 3)})["day"])
    assert Form({"day": "03042026"}).is_valid()
    wrong = Form({"day": "31/02/2026"})
    assert wrong.errors["day"] == ["Ngày chưa đúng. Bạn hãy ghi theo dạng 31/12/2026 hoặc 31122026."]
    assert 'value="31/02/2026"' in str(wrong["day"])
    assert Form({"day": " "}).errors["day"] == ["Bạn hãy ghi ngày, ví dụ 31/12/2026."]


def test_a_day_that_need_not_be_said_may_be_blank() -> None:
    assert DayField(required=False).clean("  ") is None
