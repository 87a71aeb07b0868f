"""Every kind of body is told from its neighbours in a list, whatever parts them."""

from __future__ import annotations

import pytest

from vanban.agencies import split

NAMES = (
    "Thành Đoàn",
    "Thư viện tỉnh",
    "Bảo tàng tỉnh",
    "Nhà hát Chèo tỉnh",
    "Công đoàn các khu công nghiệp tỉnh",
    "LĐLĐ tỉnh",
    "Xí nghiệp Thủy lợi",
    "Đại học Quốc gia Hà Nội",
    "Đồn Biên phòng",
    "Viettel Bình Dương",
    "Đội Quản lý thị trường số 1",
    "Tổ hòa giải",
    "Chi nhánh Văn phòng Đăng ký đất đai",
    "Sư đoàn 5",
    "CA tỉnh",
    "Cơ sở cai nghiện ma túy tỉnh",
    "Văn phòng Đoàn ĐBQH và HĐND tỉnh",
    "các huyện ủy, thị ủy, thành ủy, đảng ủy trực thuộc Tỉnh ủy",
    "Sở Văn hóa, Thể thao và Du lịch",
    "UBND các huyện, thị xã, thành phố",
)


@pytest.mark.parametrize("separator", [", ", "; ", " và "])
@pytest.mark.parametrize("name", NAMES)
def test_a_name_behind_and_before_another(name, separator):
    assert split(f"Sở Tư pháp{separator}{name}") == ["Sở Tư pháp", name]
    assert split(f"{name}{separator}Sở Tư pháp") == [name, "Sở Tư pháp"]


def test_a_word_factored_out_of_branches():
    assert split("Các Chi cục: Chăn nuôi và Thú y, Trồng trọt và BVTV, Kiểm lâm") == [
        "Chi cục Chăn nuôi và Thú y",
        "Chi cục Trồng trọt và BVTV",
        "Chi cục Kiểm lâm",
    ]


@pytest.mark.parametrize(
    "names",
    [
        ["Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", "UBND các tỉnh, thành phố trực thuộc Trung ương"],
        ["Trung tâm Kiểm soát bệnh tật tỉnh", "các bệnh viện tuyến tỉnh"],
        ["Trung ương Đoàn TNCS Hồ Chí Minh", "Trung ương Hội Liên hiệp Phụ nữ Việt Nam"],
        ["Phòng Cảnh sát giao thông Công an tỉnh", "Thanh tra giao thông"],
        ["UBMTTQ các xã, phường", "Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh"],
        ["Đồng chí Nguyễn Văn An, Phó Chủ tịch UBND tỉnh", "Sở Y tế"],
    ],
)
def test_names_that_hold_what_parts_others(names):
    assert split(", ".join(names)) == names


def test_the_level_for_which_each_acts_is_no_part_of_its_name():
    assert split("Cấp tỉnh: Sở Y tế; cấp huyện: UBND các huyện") == ["Sở Y tế", "UBND các huyện"]
