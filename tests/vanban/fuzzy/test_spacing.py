"""Blanks put right between syllables."""

from __future__ import annotations

import pytest

from vanban.fuzzy.spacing import is_syllable, respace
from vanban.model import Line

KNOWN = [
    "sở",
    "tài",
    "chính",
    "thời",
    "gian",
    "nhân",
    "dân",
    "thực",
    "hiện",
    "thông",
    "tin",
    "đơn",
    "vị",
    "chủ",
    "trì",
    "kế",
    "hộ",
    "i",
    "hoạch",
    "ủy",
    "ban",
    "các",
    "và",
    "của",
]


def respaced(text):
    return respace([Line(1, text)], KNOWN)[0].text


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("S ở Tài chính", "Sở Tài chính"),
        ("Thờ i gian thự c hiện:", "Thời gian thực hiện:"),
        ("Ủy ban nhândân các", "Ủy ban nhân dân các"),
        ("Đơnvị chủtrì: Sở", "Đơn vị chủ trì: Sở"),
        ("K ế hoạch.", "Kế hoạch."),
        ("THỰCHIỆN", "THỰC HIỆN"),
        ("SởTài chính", "Sở Tài chính"),
        ("Tháng5/2023", "Tháng 5/2023"),
    ],
)
def test_lost_and_stray_blanks(printed, meant):
    assert respaced(printed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "điểm a khoản 1 Điều 5",
        "dự án nhóm B của tỉnh",
        "a) Sở Tài chính",
        "khoanh vùng, loanh quanh",
        "Facebook, Zalo và VNeID",
        "Số 12/QĐ-TTg",
        "HĐND, UBMTTQ và QĐ-TTg",
        "CHÀO MỪNG ĐẠI HỘI LẦN THỨ XIV",
        "Y tế, ở xã",
    ],
)
def test_what_is_whole_stays(text):
    assert respaced(text) == text


def test_syllables():
    assert [word for word in ("nghiêng", "Sở", "quyết", "thc", "hiệnnay", "xyz") if is_syllable(word)] == [
        "nghiêng",
        "Sở",
        "quyết",
    ]
