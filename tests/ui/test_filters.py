"""Dates, amounts, symbols and lit words as pages write them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.template import Context, Template

from nhipcau.core.ui import lit_spans, shown_pages, thumb_entries


def written(source: str, **values: object) -> str:
    return Template("{% load ui %}" + source).render(Context(values))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dt.date(2024, 1, 8), "08/01/2024"),
        ("2024-11-30", "30/11/2024"),
        (dt.datetime(2024, 12, 31, 18, 0, tzinfo=dt.UTC), "01/01/2025"),  # already next year in Hà Nội
        (None, ""),
        ("thường xuyên", ""),
    ],
)
def test_a_date_is_written_day_first_in_local_time(value, text):
    assert written("{{ value|vndate }}", value=value) == text


def test_a_moment_has_its_local_hour():
    assert written("{{ at|vnmoment }}", at=dt.datetime(2024, 1, 8, 1, 5, tzinfo=dt.UTC)) == "08:05 08/01/2024"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ 1234567|amount }}", "1.234.567"),
        ('{{ 1234567|amount:"đ" }}', "1.234.567\u00a0đ"),
        ("{{ 0|amount }}", "0"),
        ("{{ nothing|amount }}", ""),
    ],
)
def test_an_amount_has_points_between_thousands(source, text):
    assert written(source, nothing=None) == text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Kế hoạch 08/KH-UBND ngày 08/01/2024", 'Kế hoạch <span class="nb">08/KH-UBND</span> ngày 08/01/2024'),
        ("Quyết định 407/QĐ-TTg", 'Quyết định <span class="nb">407/QĐ-TTg</span>'),
        ("Nghị định 30/2020/NĐ-CP", 'Nghị định <span class="nb">30/2020/NĐ-CP</span>'),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_the_symbol_of_a_document_stays_on_one_line(text, html):
    assert written("{{ text|symbols }}", text=text) == html


@pytest.mark.parametrize(("number", "text"), [(1, "I"), (4, "IV"), (19, "XIX"), (2024, "MMXXIV"), (0, "0"), ("a", "a")])
def test_roman_numerals(number, text):
    assert written("{{ number|roman }}", number=number) == text


@pytest.mark.parametrize(
    ("text", "query", "lit"),
    [
        ("Bố trí ngân sách", "ngan sach", ["ngân", "sách"]),
        ("Đối ngoại", "doi", ["Đối"]),
        ("Bo\u0302\u0301 trí kinh phí", "bo tri", ["Bo\u0302\u0301", "trí"]),  # letters and marks written apart
        ("phí", "hi", []),  # no part of a word
        ("chính sách", "ngan sach", ["sách"]),
        ("ngân sách", "ngan sac", ["ngân", "sác"]),  # the last word may still be being typed
        ("Số 407/QĐ-TTg, 407", "407/qd-ttg", ["407/QĐ-TTg"]),
        ("ngân sách nhà nước, sách", '"ngan sach"', ["ngân sách"]),
        ("không có", "xyz", []),
        ("", "a", []),
        ("Đề án", "", []),
    ],
)
def test_words_are_lit_with_or_without_diacritics(text, query, lit):
    assert [text[start:end] for start, end in lit_spans(text, query)] == lit


def test_lit_text_is_escaped():
    assert written('{{ text|lit:"an" }}', text="<i>an</i>") == '&lt;i&gt;<mark class="hit">an</mark>&lt;/i&gt;'


@pytest.mark.parametrize(
    ("number", "last", "shown"),
    [
        (1, 1, [1]),
        (1, 25, [1, 2, None, 25]),
        (3, 25, [1, 2, 3, 4, None, 25]),
        (5, 25, [1, None, 4, 5, 6, None, 25]),
        (4, 5, [1, 2, 3, 4, 5]),
    ],
)
def test_a_pager_shows_the_ends_and_the_neighbours(number, last, shown):
    assert shown_pages(number, last) == shown


def test_the_thumb_bar_has_five_places():
    assert thumb_entries([1, 2, 3, 4, 5]) == [1, 2, 3, 4, 5]
    assert thumb_entries([1, 2, 3, 4, 5, 6]) == [1, 2, 3, 4]
