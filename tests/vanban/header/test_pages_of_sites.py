"""Heads as sites print them that lose a line or put their own lists above."""

from __future__ import annotations

import datetime as dt

from vanban import citations, header
from vanban.model import Line, Source


def make_source(text):
    lines = tuple(Line(at, line) for at, line in enumerate(text.split("\n"), 1))
    return Source("ke-hoach.txt", "0" * 64, "text/plain", None, lines)


PAGE = (
    "- 1Nghị định 63/2010/NĐ-CP về kiểm soát thủ tục hành chính\n- 2Thông tư 167/2012/TT-BTC về kinh phí\n"
    "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 23/KH-UBND | Quảng Ngãi, ngày 31 tháng 01 năm 2024 |\n"
    "RÀ SOÁT, ĐÁNH GIÁ THỦ TỤC HÀNH CHÍNH NĂM 2024\n"
    "Thực hiện Nghị định số 48/2013/NĐ-CP ngày 14/5/2013 của Chính phủ, UBND tỉnh ban hành Kế hoạch như sau:\n"
    "I. MỤC ĐÍCH\n1. Nâng cao hiệu quả."
)


def test_a_title_whose_type_was_dropped_is_typed_by_the_symbol():
    head, _, _ = header.read(make_source(PAGE))
    assert (head.doc_type, head.symbol, head.date, head.place, head.issuer, head.title) == (
        "KH",
        "23/KH-UBND",
        dt.date(2024, 1, 31),
        "Quảng Ngãi",
        "Ủy ban nhân dân tỉnh Quảng Ngãi",
        "RÀ SOÁT, ĐÁNH GIÁ THỦ TỤC HÀNH CHÍNH NĂM 2024",
    )


def test_documents_listed_above_the_head_are_not_cited():
    found, _ = citations.read(make_source(PAGE), None, own_symbol="23/KH-UBND")
    assert [entry.symbol for entry in found] == ["48/2013/NĐ-CP"]
