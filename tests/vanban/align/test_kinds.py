"""What each kind of change is called, on single sentences."""

import dataclasses
import datetime as dt

import pytest

from vanban.align import align

UNIT, TOWN = ["Sở Nội vụ"], ["Phòng Nội vụ"]


@pytest.mark.parametrize(
    ("higher", "lower", "kind", "note"),
    [
        ("Kiểm tra kho lưu trữ của tỉnh.", "Kiểm tra kho lưu trữ của huyện.", "kept", None),
        ("Đảm bảo hoà giải kịp thời tại cơ sở.", "Bảo đảm hòa giải kịp thời tại cơ sở.", "kept", None),
        ("Tập huấn văn thư cho các sở, ban, ngành.", "Tập huấn văn thư cho các phòng, ban, đơn vị.", "kept", None),
        (
            "Thi hành Nghị định số 30/2020/NĐ-CP của Chính phủ về công tác văn thư.",
            "Thi hành Nghị định số 30/2020/NĐ-CP của Chính phủ.",
            "kept",
            None,
        ),
        (
            "Chỉ đạo số hóa hồ sơ cán bộ.",
            "Hướng dẫn số hóa hồ sơ cán bộ.",
            "weakened",
            "Tỉnh giao “chỉ đạo”, huyện chỉ còn “hướng dẫn”.",
        ),
        (
            "Tham gia khảo sát sự hài lòng của người dân.",
            "Tổ chức khảo sát sự hài lòng của người dân.",
            "strengthened",
            "Tỉnh giao “tham gia”, huyện nâng lên “tổ chức”.",
        ),
        (
            "Tập huấn cho công chức, viên chức, người lao động.",
            "Tập huấn cho công chức, người lao động.",
            "narrowed",
            "Huyện bỏ “viên chức”.",
        ),
        (
            "Khen thưởng tập thể, cá nhân có thành tích.",
            "Khen thưởng tập thể, cá nhân, hộ gia đình có thành tích.",
            "widened",
            "Huyện thêm “hộ gia đình”.",
        ),
        (
            "Bố trí chỗ ở cho giáo viên vùng cao.",
            "Bố trí chỗ ở cho giáo viên vùng cao trong khả năng ngân sách.",
            "narrowed",
            "Huyện chỉ làm trong giới hạn “trong khả năng ngân sách”.",
        ),
        (
            "Mở ít nhất 12 lớp học nghề cho thanh niên.",
            "Mở ít nhất 15 lớp học nghề cho thanh niên.",
            "widened",
            "Tỉnh yêu cầu “12 lớp học nghề”, huyện đặt “15 lớp học nghề”.",
        ),
        (
            "Phát triển hạ tầng số, chính quyền số, kinh tế số, xã hội số.",
            "Phát triển hạ tầng số, kinh tế số, xã hội số.",
            "narrowed",
            "Huyện bỏ “chính quyền số”.",
        ),
        (
            "Trang bị máy tính cho các trường.",
            "Trang bị máy tính cho các trường nội trú.",
            "narrowed",
            "Huyện chỉ nói đến “các trường nội trú”, tỉnh không giới hạn như vậy.",
        ),
        (
            "Rà soát người khuyết tật trên địa bàn tỉnh.",
            "Rà soát người khuyết tật tại 03 xã vùng cao.",
            "narrowed",
            "Huyện chỉ làm trong giới hạn “03 xã vùng cao”.",
        ),
        (
            "Hằng tháng kiểm tra công tác tiếp dân.",
            "Hằng quý kiểm tra công tác tiếp dân.",
            "narrowed",
            "Tỉnh yêu cầu “Hằng tháng kiểm tra công tác”, huyện đặt “Hằng quý kiểm tra công tác”.",
        ),
        (
            "Hoàn thành số hóa sổ hộ tịch.",
            "Phấn đấu hoàn thành số hóa sổ hộ tịch.",
            "weakened",
            "Huyện thêm “Phấn đấu”, nghĩa là cố gắng chứ không bắt buộc.",
        ),
        (
            "Hướng dẫn các trường dạy bơi.",
            "Kiểm tra, hướng dẫn các trường dạy bơi.",
            "widened",
            "Huyện thêm “Kiểm tra”.",
        ),
        ("Ban hành quy chế làm việc mẫu.", "Tham mưu UBND huyện ban hành quy chế làm việc mẫu.", "kept", None),
        (
            "Trồng rừng ngập mặn ven biển.",
            "Trồng rừng phòng hộ ven biển.",
            "changed",
            "Tỉnh viết “ngập mặn”, huyện viết “phòng hộ”.",
        ),
    ],
)
def test_the_text_makes_the_kind(plan_of, lower_of, higher, lower, kind, note):
    result = align(plan_of([(higher, UNIT, [], None)]), lower_of([(lower, TOWN, [], None)]))
    assert [(pair.kind, next(iter(change.note for change in pair.differences), None)) for pair in result.pairs] == [
        (kind, note)
    ]


SAME = "Kiểm tra việc chấp hành giờ làm việc."


@pytest.mark.parametrize(
    ("higher", "lower", "kind", "field"),
    [
        ((["Sở Nội vụ"], [], "Quý II/2024"), (["Phòng Nội vụ"], [], "Quý II/2024"), "kept", None),
        ((["Sở Nội vụ"], [], "Quý II/2024"), (["Phòng Y tế"], [], "Quý II/2024"), "changed", "lead"),
        ((["Sở Nội vụ"], ["Sở Y tế"], None), (["Phòng Nội vụ"], [], None), "changed", "coordinating"),
        ((["Sở Nội vụ"], ["các sở, ban, ngành"], None), (["Phòng Nội vụ"], ["Các phòng, ban"], None), "kept", None),
        ((["Sở Nội vụ"], [], "Quý II/2024"), (["Phòng Nội vụ"], [], "Quý III/2024"), "changed", "time"),
        ((["Sở Nội vụ"], [], "Quý II/2024"), (["Phòng Nội vụ"], [], None), "changed", "time"),
    ],
)
def test_where_the_text_is_the_same_agencies_and_time_make_it(plan_of, lower_of, higher, lower, kind, field):
    result = align(plan_of([(SAME, *higher)]), lower_of([(SAME, *lower)]))
    assert [(pair.kind, next(iter(c.field for c in pair.differences), None)) for pair in result.pairs] == [
        (kind, field)
    ]


def test_rows_on_who_stands_for_whom_hold_in_their_time(plan_of, lower_of):
    """District offices ended on 30/6/2025: a commune's office then stands for the department."""
    higher = plan_of(duties=[(["Sở Tư pháp"], SAME)])
    lower = lower_of(duties=[(["Văn phòng HĐND và UBND"], SAME)], issuer="Ủy ban nhân dân xã Mộc Sơn")
    assert [pair.kind for pair in align(higher, lower).pairs] == ["kept"]
    before = dataclasses.replace(lower, header=dataclasses.replace(lower.header, date=dt.date(2024, 5, 2)))
    assert [pair.kind for pair in align(higher, before).pairs] == ["changed"]


def test_a_task_that_became_a_duty_is_said_not_to_be_lost(plan_of, lower_of):
    work = "Mở lớp tập huấn kỹ năng phát ngôn cho lãnh đạo các đơn vị."
    higher = plan_of([(work, UNIT, [], None), (SAME, UNIT, [], None)])
    result = align(higher, lower_of([(SAME, TOWN, [], None)], [(TOWN, work)]))
    assert [(pair.part, pair.kind) for pair in result.pairs] == [
        ("task", "dropped"),
        ("task", "kept"),
        ("duty", "added"),
    ]
    assert [(finding.rule, finding.where, finding.message) for finding in result.findings] == [
        ("moved", "/duties/0", "Nhiệm vụ I.1 của tỉnh không mất đi: huyện giao nó ở phần trách nhiệm, mục II.1.")
    ]
