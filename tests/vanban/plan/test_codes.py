"""Codes are unique whatever the numbering of the document."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vanban.plan.codes import unique


def test_entries_under_one_heading_are_counted():
    assert unique(["V.1", "V.2", "V.2", "V.3"]) == ["V.1", "V.2.1", "V.2.2", "V.3"]


def test_a_counted_code_never_meets_a_printed_one():
    assert unique(["V.2.1", "V.2", "V.2"]) == ["V.2.1", "V.2.1*", "V.2.2"]


@given(st.lists(st.sampled_from(["I", "I.1", "I.1.1", "II", ""])))
def test_no_code_twice(codes):
    assert len(set(unique(codes))) == len(codes)
