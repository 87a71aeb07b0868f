"""Printed lines as an outline."""

from __future__ import annotations

import pytest

from vanban import outline
from vanban.model import Line, Source
from vanban.outline import read_marker


def shape(text, media_type="text/plain"):
    lines = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1))
    root = outline.build(Source("a.txt", "0" * 64, media_type, None, lines))
    return [(node.code, node.text, node.lines) for node in root.walk() if node.kind != "root"]


def test_an_empty_line_after_every_line_parts_nothing():
    text = "I. NHIỆM VỤ\n\n1. Đề nghị Ban Tuyên giáo\n\nPhối hợp với các cơ quan liên quan định hướng nội dung tuyên\n\ntruyền cho báo chí.\n\n- Theo dõi."
    assert shape(text) == [
        ("I", "NHIỆM VỤ", (1, 1)),
        ("I.1", "Đề nghị Ban Tuyên giáo", (3, 3)),
        ("", "Phối hợp với các cơ quan liên quan định hướng nội dung tuyên truyền cho báo chí.", (5, 7)),
        ("I.1.1", "Theo dõi.", (9, 9)),
    ]


def test_empty_lines_between_paragraphs_part_them():
    text = (
        "I. MỤC\nĐÍCH, YÊU CẦU\n\n1. Mục đích\n\n- Nâng cao nhận thức, đến năm 2025\n- 2030 đạt mục tiêu của xã hội\n\n"
        "- Bảo đảm\nthiết thực.\n\na)\n\nLàm một việc dài hơn một chút so với dòng trước."
    )
    assert shape(text) == [
        ("I", "MỤC ĐÍCH, YÊU CẦU", (1, 2)),
        ("I.1", "Mục đích", (4, 4)),
        ("I.1.1", "Nâng cao nhận thức, đến năm 2025 - 2030 đạt mục tiêu của xã hội", (6, 7)),
        ("I.1.2", "Bảo đảm thiết thực.", (9, 10)),
        ("I.1.a", "Làm một việc dài hơn một chút so với dòng trước.", (12, 14)),
    ]


def test_word_files_give_one_paragraph_a_line():
    text = "I. Nhiệm vụ\n1. Sở Tài chính\nBố trí kinh phí\nTổng hợp báo cáo\ncủa các đơn vị"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert shape(text, media_type) == [
        ("I", "Nhiệm vụ", (1, 1)),
        ("I.1", "Sở Tài chính", (2, 2)),
        ("", "Bố trí kinh phí", (3, 3)),
        ("", "Tổng hợp báo cáo của các đơn vị", (4, 5)),
    ]


def test_nested_numbers_are_not_counted_twice():
    text = "II. NHIỆM VỤ\n1. Dữ liệu\n1.1. Chiến lược\na) Một.\n1.2. Triển khai\n2. Nền tảng\n2.1. Chung"
    assert [code for code, _, _ in shape(text)] == ["II", "II.1", "II.1.1", "II.1.1.a", "II.1.2", "II.2", "II.2.1"]


def test_a_symbol_broken_by_a_wrap_is_joined():
    assert shape("1. Theo Tờ trình số 118/TTr-\nSTTTT ngày 20/12/2023.") == [
        ("1", "Theo Tờ trình số 118/TTr-STTTT ngày 20/12/2023.", (1, 2))
    ]


def test_addresses_and_page_numbers_are_left_out():
    text = "1. Việc thứ nhất còn\nhttps://vanban.example.vn/a/b\n 3 \ntiếp ở đây."
    assert shape(text) == [("1", "Việc thứ nhất còn tiếp ở đây.", (1, 4))]


@pytest.mark.parametrize(
    ("line", "kind", "label", "rest"),
    [
        ("I. MỤC ĐÍCH", "roman", "I", "MỤC ĐÍCH"),
        ("|. MUC DICH", "roman", "I", "MUC DICH"),
        ("I11. NHIEM VU", "roman", "III", "NHIEM VU"),
        ("III- TỔ CHỨC", "roman", "III", "TỔ CHỨC"),
        ("A. NHIỆM VỤ", "part", "A", "NHIỆM VỤ"),
        ("12. Báo", "number", "12", "Báo"),
        ("1- Mục đích", "number", "1", "Mục đích"),
        ("1.2. Xây dựng", "number2", "1.2", "Xây dựng"),
        ("đ) Kiểm tra", "letter", "đ", "Kiểm tra"),
        ("¢) Xay dung", "letter", "c", "Xay dung"),
        ("(2) Sở", "paren", "2", "Sở"),
        ("– Chủ trì", "dash", "-", "Chủ trì"),
        ("+ Sở Y tế", "plus", "+", "Sở Y tế"),
    ],
)
def test_labels(line, kind, label, rest):
    found = read_marker(line)
    assert found is not None
    assert (found[0].kind, found[0].label, found[1]) == (kind, label, rest)


@pytest.mark.parametrize(
    "line", ["30.000 người", "12/CT-TTg ngày", "2025. trong", "-----", "Vũng Tàu", "-5 độ", "C. m", "V"]
)
def test_what_only_looks_like_a_label(line):
    assert read_marker(line) is None
