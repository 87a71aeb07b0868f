"""The province's plan and the city's, as a head would ask about them."""

import datetime as dt

import pytest

from vanban.align import align, identify, proposed_header
from vanban.model import Finding


@pytest.fixture(name="result", scope="module")
def _result(demo):
    return align(*demo)


def pair_of(result, part, code):
    return next(pair for pair in result.pairs if pair.part == part and code in pair.higher)


def said(result, part, code):
    return [(change.field, change.note) for change in pair_of(result, part, code).differences]


def test_the_upgrade_of_the_portals_is_left_out(result):
    dropped = pair_of(result, "task", "III.6.đ")
    assert (dropped.kind, dropped.lower) == ("dropped", ())
    assert dropped.changes[0].note == "Thành phố không đưa việc này vào kế hoạch của mình."


def test_the_city_only_takes_part_in_directing(result):
    assert said(result, "task", "III.3.a") == [
        (
            "verb",
            "Tỉnh giao “chỉ đạo, định hướng”, thành phố chỉ còn “phối hợp với Ban Tuyên giáo Thành ủy định hướng”.",
        ),
        (
            "coordinating",
            "Thành phố không ghi Ban Tuyên giáo Tỉnh ủy là cơ quan phối hợp mà nêu ngay trong nội dung.",
        ),
    ]
    assert said(result, "task", "III.4.b") == [("verb", "Tỉnh giao “quản lý”, thành phố chỉ còn “phối hợp quản lý”.")]


def test_another_time_is_said_as_such(result):
    time = next(change for change in pair_of(result, "task", "III.6.c").changes if change.field == "time")
    assert (time.from_, time.to) == ("Năm 2023 và cập nhật các năm tiếp theo", "Thường xuyên")


def test_a_text_written_anew_says_whom_it_leaves_out_and_what_bounds_it(result):
    (field, note), *rest = said(result, "task", "III.6.d")
    assert (field, rest) == ("text", [])
    assert note.replace("hàng năm", "hằng năm") == (  # as a torn "hang ndm" is read
        "Thành phố viết lại nội dung: không còn nhắc đến HĐND tỉnh, thêm giới hạn “khả năng cân đối ngân sách hằng năm”."
    )


def test_torn_letters_are_no_difference(result):
    kept = [pair for pair in result.pairs if pair.kind == "kept"]
    assert len(kept) == 23
    assert [change for pair in kept for change in pair.differences] == []


def test_who_stands_for_whom(result):
    assert {(one, other) for one, other, _ in result.counterparts} == {
        ("Sở Tư pháp", "Phòng Tư pháp"),
        ("Sở Nội vụ", "Phòng Nội vụ"),
        ("Sở Tài chính", "Phòng Tài chính - Kế hoạch"),
        ("Sở Thông tin và Truyền thông", "Phòng Văn hóa và Thông tin"),
        ("Công an tỉnh", "Công an Thành phố"),
        ("Văn phòng UBND tỉnh", "Văn phòng HĐND và UBND"),
        ("Văn phòng Ủy ban nhân dân tỉnh", "Văn phòng HĐND và UBND Thành phố"),
        ("Ban Tuyên giáo Tỉnh ủy", "Ban Tuyên giáo Thành ủy"),
        ("Báo Bà Rịa – Vũng Tàu", "Trung tâm Văn hóa, Thông tin và Thể thao"),
        ("Đài Phát thanh và Truyền hình Bà Rịa – Vũng Tàu", "Trung tâm Văn hóa, Thông tin và Thể thao"),
    }


def test_the_city_has_no_day_to_aggregate(result):
    assert result.findings[0] == Finding(
        "no-day-to-aggregate",
        "warning",
        "/reporting/1/time",
        (377, 381),
        "Thành phố thu báo cáo của các đơn vị trước ngày 11/11, đúng hạn mà tỉnh yêu cầu báo cáo, nên không còn ngày nào "
        "để tổng hợp.",
        "trước ngày 01/11",
    )


def test_the_city_tells_the_number_and_date_of_the_provinces_plan(demo):
    province, city = demo
    assert (province.header.symbol, province.header.date) == (None, None)
    cited = identify(province, city)
    assert (cited.symbol, cited.date) == ("08/KH-UBND", dt.date(2024, 1, 8))
    proposed = proposed_header(province, city)
    assert (proposed.symbol, proposed.date, proposed.title) == (
        "08/KH-UBND",
        dt.date(2024, 1, 8),
        province.header.title,
    )
    assert identify(city, province) is None
    assert proposed_header(city, province) is None


def test_in_english_only_the_sentences_are(demo):
    result = align(*demo, language="en")
    assert said(result, "task", "III.3.b")[0] == (
        "verb",
        "The province orders “triển khai”; the city only “phối hợp triển khai”.",
    )
