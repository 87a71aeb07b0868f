"""Known phrases in torn lines."""

from __future__ import annotations

import pytest

from vanban.fuzzy import Mender
from vanban.knowledge import Knowledge
from vanban.model import Line

MENDER = Mender(Knowledge.packaged())


def mend(*texts):
    return MENDER.mend(tuple(Line(number, text) for number, text in enumerate(texts, 1)))


@pytest.mark.parametrize(
    ("torn", "right"),
    [
        ("Co quan chu tri: S¢ Tu phap.", "Cơ quan chủ trì: Sở Tư pháp."),
        ("Phong Vian hoa va Thong tin", "Phòng Văn hóa và Thông tin"),
        ("Cac cac phong, ban, don vi", "Các phòng, ban, đơn vị"),
        ("Phong Noi Néi vu", "Phòng Nội vụ"),
        ("Phong Tai chinh- Ké hoach", "Phòng Tài chính - Kế hoạch"),
        ("Hang nam, bat dau tir naim 2024", "Hằng năm, bắt đầu từ năm 2024"),
        ("Hoan thanh trudc thang 12/2024", "Hoàn thành trước tháng 12/2024"),
        ("TO CHUC THUC HIEN", "TỔ CHỨC THỰC HIỆN"),
    ],
)
def test_mends(torn, right):
    assert [line.text for line in mend(torn).lines] == [right]


@pytest.mark.parametrize(
    "text", ["09/CT-TTg", "https://a.vn/so-tu-phap", "1.234.567", "a@b.vn", "Nguy&n Thi Thu Huong", "30/3/2022"]
)
def test_leaves_numbers_symbols_addresses_and_names_alone(text):
    assert [line.text for line in mend(text).lines] == [text]


@pytest.mark.parametrize(
    ("torn", "right"),
    [
        ("S¢ Thong tin va Truyén thong", "Sở Thông tin và Truyền thông"),
        ("Bo Thong tin va Truyén thong", "Bộ Thông tin và Truyền thông"),
        ("Phong Tw phap", "Phòng Tư pháp"),
        ("S¢ Tw phap", "Sở Tư pháp"),
    ],
)
def test_the_word_that_tells_two_agencies_apart_is_matched_by_itself(torn, right):
    assert mend(torn).lines[0].text == right


def test_a_phrase_over_two_lines_keeps_its_lines_and_what_was_found():
    mended = mend("- Phoi hop: Trung tim Vin hoa, Thong", "tin va Thé thao.")
    assert [line.text for line in mended.lines] == ["- Phối hợp: Trung tâm Văn hóa, Thông", "tin và Thể thao."]
    assert (
        mended.found("Trung tâm Văn hóa, Thông tin và Thể thao", (1, 2)) == "Trung tim Vin hoa, Thong tin va Thé thao."
    )
