"""The one form of a document among those that are printed alike, and where titles are broken into lines."""

import dataclasses
import datetime as dt
import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from vanban.official import (
    Heading,
    OfficialDocument,
    Paragraph,
    Picture,
    Run,
    Table,
    TableCell,
    broken,
    plain,
    settled,
    settled_widths,
    text_width,
    with_end_mark,
    without_end_mark,
)

FONTS = pathlib.Path("/usr/share/fonts/truetype/croscore")
MINUTES = OfficialDocument("Biên bản", "SỞ TƯ PHÁP", "Họp", "BB-STP", "Nghệ An", date=dt.date(2026, 1, 8))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Xin báo cáo", "Xin báo cáo./."),
        ("Xin báo cáo.", "Xin báo cáo./."),
        ("Xin báo cáo./.", "Xin báo cáo./."),
        ("Xin báo cáo ./.", "Xin báo cáo./."),
        ("v.v...", "v.v..../."),
    ],
)
def test_the_end_mark_stands_once(said, shown):
    assert with_end_mark((Paragraph(plain(said)),)) == (Paragraph(plain(shown)),)
    assert with_end_mark((Heading("roman", "I.", said),)) == (Heading("roman", "I.", shown),)


def test_the_end_mark_has_a_paragraph_of_its_own_where_there_are_no_words():
    mark = Paragraph(plain("./."))
    table = Table(((TableCell(),),), (1.0,))
    for last in (table, Picture("Hình"), Heading("article", "Điều 1.", "")):
        assert with_end_mark((last,)) == (last, mark)
        assert without_end_mark((last, mark)) == (last,)
    assert with_end_mark(()) == ()
    assert with_end_mark((Paragraph(plain("Hết.")), mark)) == (Paragraph(plain("Hết./.")),)


def test_the_end_mark_may_begin_in_one_hand_and_end_in_another():
    runs = (Run("Hết", bold=True), Run("."), Run("/.", italic=True))
    assert without_end_mark((Paragraph(runs),)) == (Paragraph((Run("Hết", bold=True),)),)


texts = st.text("aă .…/", min_size=1, max_size=8)


@given(texts)
def test_what_is_printed_reads_back_as_settled(text):
    once = without_end_mark((Paragraph(plain(text)),))
    assert without_end_mark(with_end_mark(once)) == once
    assert with_end_mark(once) == with_end_mark((Paragraph(plain(text)),))


def test_cells_of_a_head_are_in_the_middle_and_bold_without_saying_so():
    head = TableCell(((Run("Đơn", bold=True), Run(" vị")),))
    body = TableCell(((Run("Sở", bold=True), Run(" Tư pháp")),), align="right")
    table = settled(dataclasses.replace(MINUTES, body=(Table(((head,), (body,)), (3.0,)),))).body[0]
    assert table.rows[0][0] == TableCell((plain("Đơn vị"),), align="center")
    assert table.rows[1][0] == TableCell(((Run("Sở ", bold=True), Run("Tư pháp")),), align="right")


def test_minutes_print_no_place_and_no_date():
    assert (settled(MINUTES).place, settled(MINUTES).date) == ("", None)
    report = dataclasses.replace(MINUTES, type="Báo cáo")
    assert settled(report) == report


@given(st.lists(st.floats(0.001, 100), min_size=1, max_size=12))
def test_widths_are_thousandths_that_add_up_to_one(widths):
    shares = settled_widths(widths)
    assert sum(round(share * 1000) for share in shares) == 1000
    assert min(shares) >= 0.001
    assert settled_widths(shares) == shares


def test_a_very_narrow_column_takes_from_the_widest():
    assert settled_widths((100.0, *[0.001] * 11)) == (0.989, *[0.001] * 11)


@pytest.mark.parametrize(("name", "bold", "italic"), [("Regular", 0, 0), ("Bold", 1, 0), ("Italic", 0, 1)])
def test_widths_are_those_of_the_font(name, bold, italic):
    font = ImageFont.truetype(str(FONTS / f"Tinos-{name}.ttf"), 2048, layout_engine=ImageFont.Layout.BASIC)
    for sign in "aăâbcdđeêghiklmnoôơpqrstuưvxyỹẬẶỘỢỮỲỴ0123456789-–“”;:,./()&%…AÁẢĐƠƯ":
        assert text_width(sign, 2048, bold=bool(bold), italic=bool(italic)) == pytest.approx(
            font.getlength(sign), abs=1
        )


@pytest.mark.parametrize(
    ("title", "room", "lines"),
    [
        ("ỦY BAN NHÂN DÂN PHƯỜNG HẠC THÀNH", 180, ("ỦY BAN NHÂN DÂN", "PHƯỜNG HẠC THÀNH")),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", 180, ("SỞ VĂN HÓA,", "THỂ THAO VÀ DU LỊCH")),
        ("SỞ TƯ PHÁP", 180, ("SỞ TƯ PHÁP",)),
        (
            "(Kèm theo Kế hoạch số 08/KH-UBND ngày 08 tháng 01 năm 2024 của Ủy ban nhân dân tỉnh)",
            300,
            ("(Kèm theo Kế hoạch số 08/KH-UBND", "ngày 08 tháng 01 năm 2024 của Ủy ban nhân dân tỉnh)"),
        ),
        ("Một-từ-rất-dài-không-có-chỗ-nào-để-ngắt thôi", 60, ("Một-từ-rất-dài-không-có-chỗ-nào-để-ngắt", "thôi")),
    ],
)
def test_titles_are_broken_where_a_reader_pauses(title, room, lines):
    assert broken(title, 12, room, bold=True) == lines


words = st.lists(
    st.sampled_from(["ủy", "ban", "nhân", "dân", "tỉnh", "Nghệ", "An", ",", "2026", "và", "của", "-", "truyền-thông"]),
    min_size=1,
    max_size=30,
)


@given(words, st.integers(40, 400))
def test_no_word_of_a_title_is_lost_and_no_line_is_too_long(found, room):
    title = " ".join(found)
    lines = broken(title, 12, room)
    assert " ".join(lines) == title
    assert all(text_width(line, 12) <= room or " " not in line for line in lines)
