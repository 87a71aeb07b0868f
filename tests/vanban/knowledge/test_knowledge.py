"""The facts packaged with the library."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.resources

import pytest

from vanban.knowledge import Knowledge

KNOWN = Knowledge.packaged()


def test_packaged_once() -> None:
    assert Knowledge.packaged() is KNOWN


def test_the_29_types_of_administrative_documents() -> None:
    administrative = [t for t in KNOWN.doc_types if t.family == "administrative"]
    assert len(administrative) == 29
    assert [t.name for t in administrative if not t.in_symbol] == ["Công văn", "Thư công"]


@pytest.mark.parametrize(
    ("suffix", "issuer"),
    [
        ("TTg", "Thủ tướng Chính phủ"),
        ("CP", "Chính phủ"),
        ("QH15", "Quốc hội"),
        ("UBTVQH14", "Ủy ban Thường vụ Quốc hội"),
        ("BTTTT", "Bộ Thông tin và Truyền thông"),
        ("STTTT", "Sở Thông tin và Truyền thông"),
    ],
)
def test_who_issues_under_a_symbol(suffix: str, issuer: str) -> None:
    row = KNOWN.issuer_of(suffix)
    assert row is not None
    assert row.name == issuer


def test_an_unknown_suffix_names_nobody() -> None:
    assert KNOWN.issuer_of("XYZ") is None


def test_63_provinces_became_34() -> None:
    before, after = dt.date(2025, 6, 30), dt.date(2025, 7, 1)

    def on(day: dt.date) -> int:
        return sum(1 for p in KNOWN.provinces if (p.valid_from or day) <= day and day <= (p.valid_to or day))

    assert (on(before), on(after)) == (63, 34)
    names = {p.name for p in KNOWN.provinces}
    assert {p.merged_into for p in KNOWN.provinces if p.merged_into} <= names


def test_a_province_by_any_writing_of_its_name() -> None:
    province = KNOWN.province_named("TỈNH BÀ RỊA - VŨNG TÀU")
    assert province is not None
    assert (province.full_name, province.merged_into) == ("tỉnh Bà Rịa – Vũng Tàu", "Hồ Chí Minh")
    assert KNOWN.province_named("Atlantis") is None


def test_types_by_name_and_abbreviation() -> None:
    plan = KNOWN.type_by_name("KẾ HOẠCH")
    assert plan is not None
    assert plan.abbreviation == "KH"
    assert KNOWN.type_by_abbreviation("KH") is plan
    assert KNOWN.type_by_abbreviation("Kh") is None


@pytest.mark.parametrize(
    "name",
    ["doc_types", "issuers", "agencies", "abbreviations", "provinces", "laws", "lexicon", "validity", "successors"],
)
def test_every_packaged_row_names_its_source_and_stands_once(name: str) -> None:
    text = importlib.resources.files("vanban").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))
    assert rows[0][-1] == "source"
    assert [row for row in rows if not row[-1].strip() or len(row) != len(rows[0])] == []
    assert len({tuple(row) for row in rows}) == len(rows)
