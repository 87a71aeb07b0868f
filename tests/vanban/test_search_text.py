"""What a search keeps of a text, and what it looks for."""

from __future__ import annotations

import pytest

from vanban.text import fits, phrase_pattern, search_patterns, search_text


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        (("Quyết định", "407/QĐ-TTg"), " quyet dinh | 407 qd ttg "),
        (("  Đề_án: “Số”\n2 ",), " de an so 2 "),
        (("", "…", "a"), " a "),
        ((), " "),
        (("Bo\u0302\u0301 trí",), " bo tri "),  # letters and marks written apart
    ],
)
def test_words_are_folded_and_stand_apart(parts, kept):
    assert search_text(*parts) == kept


@pytest.mark.parametrize(
    ("query", "patterns"),
    [
        ("ngân sách", (" ngan ", " sach")),
        ('"ngân sách" nhà', (" ngan sach ", " nha")),
        ("“ngân sách”", (" ngan sach ",)),
        ('"ngân sách nh', (" ngan sach nh",)),
        ("09/CT-TTg", (" 09 ct ttg",)),
        ("xã/phường", (" xa ", " phuong")),
        ("đ", (" d",)),
        ("", ()),
        ('  "', ()),
        ("%", ("%",)),
    ],
)
def test_a_query_is_cut_into_what_must_be_there(query, patterns):
    assert search_patterns(query) == patterns


def test_a_query_of_signs_fits_nothing_and_an_empty_one_everything():
    assert [fits(search_text("50 % kinh phí"), search_patterns(q)) for q in ("%", "'", "", "kinh ph")] == [
        False,
        False,
        True,
        True,
    ]


def test_no_phrase_runs_from_one_part_into_the_next():
    kept = search_text("Bố trí ngân", "sách nhà nước")
    assert [fits(kept, search_patterns(q)) for q in ('"ngan sach"', "ngan sach")] == [False, True]


def test_words_side_by_side():
    kept = search_text("Ngân sách nhà nước")
    assert [phrase_pattern(q) in kept for q in ("ngân sá", "sách, nhà", "nhà sách")] == [True, True, False]
