"""The documents that a source cites, each once."""

from __future__ import annotations

import datetime as dt

from vanban import citations
from vanban.model import Line, Source


def source(text: str, quality: str = "good") -> Source:
    lines = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1))
    return Source("a.txt", "0" * 64, "text/plain", None, lines, (), quality)  # type: ignore[arg-type]


PLAN = """KẾ HOẠCH
Phòng, chống thiên tai năm 2024
Căn cứ Luật Phòng, chống thiên tai ngày 19 tháng 6 năm 2013;
Thực hiện Chỉ thị số 10/CT-
TTg ngày 03/4/2024 của Thủ tướng Chính phủ về việc tăng cường công tác phòng ngừa;
Ủy ban nhân dân tỉnh ban hành Kế hoạch số 25/KH-UBND như sau:
I. MỤC ĐÍCH
Triển khai Chỉ thị số 10 và Nghị định số 66/2021/NĐ-CP ngày 06/7/2021 của Chính phủ.
https://example.vn/nghi-dinh-99/2020/NĐ-CP
Theo Chỉ thị số 10/CT-TTg."""


def test_each_document_once_in_order_with_all_mentions() -> None:
    found, doubts = citations.read(source(PLAN), None, own_symbol="0025/KH-UBND")
    assert [(c.doc_type, c.symbol, c.title and c.title[:20], c.is_basis, c.mentions) for c in found] == [
        ("Luật", None, "Luật Phòng, chống th", True, ((3, 3),)),
        ("CT", "10/CT-TTg", "Tăng cường công tác ", True, ((4, 5), (8, 8), (10, 10))),
        ("NĐ", "66/2021/NĐ-CP", None, False, ((8, 8),)),
    ]
    assert [c.date for c in found] == [dt.date(2013, 6, 19), dt.date(2024, 4, 3), dt.date(2021, 7, 6)]
    assert doubts == ()


def test_the_caller_may_say_which_lines_are_the_bases() -> None:
    found, _ = citations.read(source(PLAN), (8, 8), own_symbol="25/KH-UBND")
    assert [c.is_basis for c in found] == [False, True, True]


def test_two_dates_of_one_document_are_a_doubt() -> None:
    text = "Nghị quyết số 163/2024/QH15 ngày 27/11/2025\nNghị quyết số 163/2024/QH15 ngày 27/11/2024 của Quốc hội"
    found, doubts = citations.read(source(text), None)
    assert [c.date for c in found] == [dt.date(2024, 11, 27)]
    assert [(d.kind, d.where, d.lines, d.found, d.proposed) for d in doubts] == [
        ("citation-conflict", "/citations/0/date", (1, 1), "27/11/2025; 27/11/2024", "2024-11-27")
    ]


def test_the_year_in_a_number_that_its_date_denies_is_a_doubt() -> None:
    found, doubts = citations.read(source("Quyết định số 46/2002/QĐ-UBND ngày 12/09/2022 của UBND tỉnh"), None)
    assert [c.symbol for c in found] == ["46/2002/QĐ-UBND"]
    assert [(d.kind, d.where) for d in doubts] == [("citation-year", "/citations/0/symbol")]


def test_one_number_given_by_two_bodies_is_two_documents() -> None:
    text = (
        "Kế hoạch số 08/KH-UBND ngày 08/01/2024 của UBND tỉnh Nghệ An;\n"
        "Kế hoạch số 08/KH-UBND ngày 02/02/2024 của UBND huyện Yên Thành;"
    )
    found, doubts = citations.read(source(text), None)
    assert [c.issuer for c in found] == ["UBND tỉnh Nghệ An", "UBND huyện Yên Thành"]
    assert doubts == ()


def test_a_repaired_symbol_is_a_doubt() -> None:
    found, doubts = citations.read(
        source("Quyết định số 765/QD-BTTTT ngày 28/4/2023 của Bộ Thông tin và Truyền thông"), None
    )
    assert [c.symbol for c in found] == ["765/QĐ-BTTTT"]
    assert [(d.kind, d.where, d.found, d.proposed) for d in doubts] == [
        ("repaired-symbol", "/citations/0/symbol", "765/QD-BTTTT", "765/QĐ-BTTTT")
    ]


def test_a_symbol_that_is_torn_in_one_place_only_is_taken_from_the_other() -> None:
    text = "Quyết định số 765/QD-BTTTT ngày 28/4/2023\nQuyết định số 765/QĐ-BTTTT"
    found, _ = citations.read(source(text), None)
    assert [(c.symbol, c.mentions) for c in found] == [("765/QĐ-BTTTT", ((1, 1), (2, 2)))]


def test_one_number_written_in_two_ways_is_one_document() -> None:
    found, _ = citations.read(source("Nghị quyết số 57-NQ/TW;\nNghị quyết số 57/NQ-TW; Nghị quyết số 057-NQ/TW"), None)
    assert [(c.symbol, c.mentions) for c in found] == [("57-NQ/TW", ((1, 1), (2, 2)))]


def test_the_bases_in_a_section_of_their_own() -> None:
    text = "I. CĂN CỨ PHÁP LÝ\n- Luật Đất đai;\n- Nghị định số 1/2020/NĐ-CP;\nII. MỤC TIÊU\nTheo Luật Nhà ở."
    found, _ = citations.read(source(text), None)
    assert [(c.title or c.symbol, c.is_basis) for c in found] == [
        ("Luật Đất đai", True),
        ("1/2020/NĐ-CP", True),
        ("Luật Nhà ở", False),
    ]


def test_a_title_in_small_letters_is_preferred() -> None:
    text = (
        "NGHỊ QUYẾT SỐ 5/NQ-CP NGÀY 1/2/2020 CỦA CHÍNH PHỦ VỀ PHÁT TRIỂN ĐÔ THỊ\n"
        "Căn cứ Nghị quyết số 5/NQ-CP ngày 01/02/2020 của Chính phủ về phát triển đô thị;"
    )
    found, doubts = citations.read(source(text), None)
    assert [(c.symbol, c.title) for c in found] == [("5/NQ-CP", "Phát triển đô thị")]
    assert doubts == ()


def test_the_bases_of_a_decision_end_where_it_decides() -> None:
    text = "Căn\ncứ Luật Kế toán năm 2015;\nCăn cứ Nghị định số 1/2020/NĐ-CP;\nQUYẾT ĐỊNH:\nĐiều 1. Theo Luật Đất đai."
    found, _ = citations.read(source(text), None)
    assert [(c.title or c.symbol, c.is_basis) for c in found] == [
        ("Luật Kế toán", True),
        ("1/2020/NĐ-CP", True),
        ("Luật Đất đai", False),
    ]


def test_what_a_legal_site_prints_below_the_document_is_not_read() -> None:
    text = (
        "Theo Nghị định số 1/2020/NĐ-CP.\nNơi nhận:\n- Như trên;\nVăn bản này chưa cập nhật nội dung Tiếng Anh\n"
        "Nghị định 13/2023/NĐ-CP về Bảo vệ dữ liệu cá nhân"
    )
    found, _ = citations.read(source(text), None)
    assert [c.symbol for c in found] == ["1/2020/NĐ-CP"]


def test_an_empty_source() -> None:
    assert citations.read(Source("a.txt", "0" * 64, "text/plain", None, ()), None) == ((), ())
