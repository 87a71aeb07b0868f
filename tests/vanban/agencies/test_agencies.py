"""Agencies as documents name them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban import agencies
from vanban.agencies import leading, split

SPLITS = {
    "Phòng Xây dựng, kiểm tra và theo dõi thi hành pháp luật": [
        "Phòng Xây dựng, kiểm tra và theo dõi thi hành pháp luật"
    ],
    "Thanh tra các bộ, ngành; Thanh tra các tỉnh, thành phố": [
        "Thanh tra các bộ, ngành",
        "Thanh tra các tỉnh, thành phố",
    ],
    "Các cục, vụ, đơn vị thuộc\nThanh tra Chính phủ": ["Các cục, vụ, đơn vị thuộc Thanh tra Chính phủ"],
    "Ủy ban MTTQ Việt Nam huyện, các xã": ["Ủy ban MTTQ Việt Nam huyện, các xã"],
    "Các đơn vị thuộc Bộ, các chuyên gia về pháp luật": ["Các đơn vị thuộc Bộ", "các chuyên gia về pháp luật"],
    "Sở Thông tin và Truyền thông, Công an tỉnh.": ["Sở Thông tin và Truyền thông", "Công an tỉnh"],
    "Các sở, ban, ngành; Ủy ban nhân dân các huyện, thị xã, thành phố, các cơ quan liên quan": [
        "Các sở, ban, ngành",
        "Ủy ban nhân dân các huyện, thị xã, thành phố",
        "các cơ quan liên quan",
    ],
    "Báo Hà Giang, Đài Phát thanh và Truyền hình tỉnh": ["Báo Hà Giang", "Đài Phát thanh và Truyền hình tỉnh"],
    "Báo và Phát thanh, Truyền hình Cần Thơ": ["Báo và Phát thanh, Truyền hình Cần Thơ"],
    "Sở Văn hóa, Thể thao và Du lịch; Sở Du lịch": ["Sở Văn hóa, Thể thao và Du lịch", "Sở Du lịch"],
    "các Sở: Xây dựng, Nông nghiệp và Môi trường, Văn hóa, Thể thao và Du lịch": [
        "Sở Xây dựng",
        "Sở Nông nghiệp và Môi trường",
        "Sở Văn hóa, Thể thao và Du lịch",
    ],
    "các Sở Tài chính, Xây dựng và Nội vụ; UBND cấp huyện": [
        "Sở Tài chính",
        "Sở Xây dựng",
        "Sở Nội vụ",
        "UBND cấp huyện",
    ],
    "Các Sở, ban, ngành, UBND xã, phường": ["Các Sở, ban, ngành", "UBND xã, phường"],
    "Sở, ban, ngành, tổ chức chính trị - xã hội": ["Sở, ban, ngành", "tổ chức chính trị - xã hội"],
    "Sở Tài chính và cơ quan, địa phương liên quan": ["Sở Tài chính", "cơ quan, địa phương liên quan"],
    "Ban Chỉ huy Phòng thủ dân sự cấp tỉnh, cấp xã": ["Ban Chỉ huy Phòng thủ dân sự cấp tỉnh, cấp xã"],
    "Sở Khoa học và Công nghệ Sở Công Thương; UBND các phường, xã": [
        "Sở Khoa học và Công nghệ",
        "Sở Công Thương",
        "UBND các phường, xã",
    ],
    "Viện, Trường; Doanh nghiệp, Sở, ban, ngành có liên quan": [
        "Viện, Trường",
        "Doanh nghiệp",
        "Sở, ban, ngành có liên quan",
    ],
    "Sở Giáo dục và Đào tạo và Sở Y tế": ["Sở Giáo dục và Đào tạo", "Sở Y tế"],
    "Văn phòng HĐND và UBND huyện, Phòng Nội vụ": ["Văn phòng HĐND và UBND huyện", "Phòng Nội vụ"],
    "Thủ trưởng các sở, ban, ngành; Chủ tịch UBND các xã, phường": [
        "Thủ trưởng các sở, ban, ngành",
        "Chủ tịch UBND các xã, phường",
    ],
    "Vụ Pháp chế, Cục Báo chí và các đơn vị thuộc Bộ": ["Vụ Pháp chế", "Cục Báo chí", "các đơn vị thuộc Bộ"],
    "Phòng Lao động - Thương binh và Xã hội, Phòng Tài chính - Kế hoạch": [
        "Phòng Lao động - Thương binh và Xã hội",
        "Phòng Tài chính - Kế hoạch",
    ],
    "Sở Nội vụ\nSở Tư pháp\nUBND các xã, phường": ["Sở Nội vụ", "Sở Tư pháp", "UBND các xã, phường"],
    "": [],
}


@pytest.mark.parametrize(("text", "names"), SPLITS.items(), ids=[text[:40] for text in SPLITS])
def test_split(text, names):
    assert split(text) == names


HEADINGS = {
    "Đề nghị Ban Tuyên giáo Tỉnh ủy": ("Ban Tuyên giáo Tỉnh ủy",),
    "Sở Tài chính - Cơ quan thường trực Ban Chỉ đạo": ("Sở Tài chính",),
    "Sở Nội vụ (Cơ quan thường trực Ban Vì sự tiến bộ phụ nữ):": ("Sở Nội vụ",),
    "Trách nhiệm của các cơ quan quản lý cấp trên (bao gồm cả cơ quan đại diện chủ sở hữu):": (
        "các cơ quan quản lý cấp trên (bao gồm cả cơ quan đại diện chủ sở hữu)",
    ),
    "Các Sở, ngành chủ trì, quản lý các dự án thuộc Chương trình": (
        "Các Sở, ngành chủ trì, quản lý các dự án thuộc Chương trình",
    ),
}


@pytest.mark.parametrize(("text", "names"), HEADINGS.items())
def test_a_heading_names_its_agencies(text, names):
    found = leading(text, heading=True)
    assert found is not None
    assert (found.agencies, found.rest) == (names, "")


@pytest.mark.parametrize(
    "text", ["Mục đích", "Hội nghị tuyên truyền", "Báo cáo giữa kỳ", "Phòng, chống tội phạm", "Ban hành quy chế"]
)
def test_what_only_begins_like_an_agency(text):
    assert leading(text, heading=True) is None


def test_a_sentence_is_parted_at_its_verb():
    found = leading("Căn cứ Kế hoạch này, Giám đốc các Sở, UBND các xã, phường xây dựng kế hoạch cụ thể.")
    assert found is not None
    assert (found.before, found.agencies, found.rest) == (
        "Căn cứ Kế hoạch này, ",
        ("Giám đốc các Sở", "UBND các xã, phường"),
        "xây dựng kế hoạch cụ thể.",
    )


def test_find_gives_definite_bodies_with_their_places():
    text = "phối hợp với Sở Tư pháp và UBND tỉnh triển khai"
    assert [(name, text[start:end]) for name, start, end in agencies.find(text)] == [
        ("Sở Tư pháp", "Sở Tư pháp"),
        ("UBND tỉnh", "UBND tỉnh"),
    ]


@given(st.text(alphabet="SởBộUBNDcác, ;và()\nTàichínhYtế:-", max_size=80))
def test_split_never_raises_and_gives_no_empty_name(text):
    assert all(name.strip() for name in split(text))
