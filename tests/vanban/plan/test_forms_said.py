"""Who and when said without labels, in brackets, interrupted by a page's foot, or in torn letters."""

from __future__ import annotations

import pytest

HEAD = "KẾ HOẠCH\nTriển khai công tác năm 2020\nI. MỤC ĐÍCH\nNâng cao hiệu quả.\nII. NHIỆM VỤ\n"
END = "\nIII. KINH PHÍ\nNgân sách bảo đảm.\nNơi nhận:\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Bình\n"
TASK = "Khám sức khỏe cho người cao tuổi tại các trạm y tế."


def said(plan):
    return [(t.text, t.lead, t.coordinating, t.time.text if t.time else None) for t in plan.tasks]


@pytest.mark.parametrize(
    "block",
    [
        "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính thực hiện. Thời gian: Quý I.",
        "- Sở Y tế chủ trì, phối hợp với Sở Tài chính.\n- Thời gian: Quý I.",
        "- Cơ quan chủ trì: Sở Y tế.\n- Cơ quan theo dõi, đôn đốc: Văn phòng UBND tỉnh.\n- Phối hợp: Sở Tài chính.\n"
        "- Thời gian: Quý I.",
        "→ Chủ trì: Sở Y tế. Phối hợp: Sở Tài chính. Thời gian: Quý I.",
        "- Cơ quan chủ tr: Sở Y tế.\n- Cơ quan phi hp: Sở Tài chính.\n- Thi gian thực hin: Quý I.",
        "Cơ quan chủ trì: Sở Y tế.\nCơ quan phối hợp: Sở Tài chính.\nCấp trình: UBND tỉnh.\nThời gian trình: Quý I.",
        "Chủ trì: Sở Y tế Phối hợp: Sở Tài chính Thời gian: Quý I",
    ],
)
def test_who_and_when_without_the_usual_labels(read, block):
    assert said(read(f"{HEAD}1. {TASK}\n{block}{END}")) == [(TASK, ("Sở Y tế",), ("Sở Tài chính",), "Quý I")]


@pytest.mark.parametrize(
    ("bracket", "helpers", "time"),
    [
        (
            "(Sở Y tế chủ trì, Sở Tài chính phối hợp; hoàn thành trong Quý I)",
            ("Sở Tài chính",),
            "hoàn thành trong Quý I",
        ),
        ("(Sở Y tế chủ trì; phối hợp với Sở Tài chính)", ("Sở Tài chính",), None),
        ("(Sở Y tế thực hiện; thời gian: thường xuyên)", (), "thường xuyên"),
        ("(Sở Y tế chủ trì thực hiện thường xuyên trong năm)", (), "thường xuyên trong năm"),
        (
            "(giao Sở Y tế chủ trì, phối hợp với Sở Tài chính thực hiện trong Quý I/2020)",
            ("Sở Tài chính",),
            "trong Quý I/2020",
        ),
        ("(Sở Y tế chủ trì tham mưu, trước ngày 15/8/2020)", (), "trước ngày 15/8/2020"),
        ("(Sở Y tế; Quý II/2020)", (), "Quý II/2020"),
        ("(Sở Y tế phối hợp với Sở Tài chính, tháng 8/2020)", ("Sở Tài chính",), "tháng 8/2020"),
        ("(Chủ trì: Sở Y tế; phối hợp: Sở Tài chính; hoàn thành: tháng 8/2020)", ("Sở Tài chính",), "tháng 8/2020"),
    ],
)
def test_who_and_when_in_brackets(read, bracket, helpers, time):
    found = said(read(f"{HEAD}1. Thu viện phí qua ngân hàng {bracket}.{END}"))
    assert [(lead, coordinating) for _, lead, coordinating, _ in found] == [(("Sở Y tế",), helpers)]
    assert (found[0][3] or "").removeprefix("hoàn thành ") == (time or "").removeprefix("hoàn thành ")


def test_a_footnote_at_a_page_foot_does_not_run_into_a_list(read):
    text = (
        "1. Truyền thông cho các tầng lớp nhân dân2\n- Chủ trì: Sở Y tế.\n- Phối hợp: Sở Nội vụ, Hội Nông dân tỉnh,\n"
        "2 Bao gồm cả đồng bào dân tộc thiểu số.\n\n3\n\nBáo Bắc Kạn.\n- Thời gian: Quý I."
    )
    assert said(read(HEAD + text + END)) == [
        (
            "Truyền thông cho các tầng lớp nhân dân",
            ("Sở Y tế",),
            ("Sở Nội vụ", "Hội Nông dân tỉnh", "Báo Bắc Kạn"),
            "Quý I",
        )
    ]


def test_square_metres_call_no_footnote(read):
    text = "1. Xây nhà văn hóa 200 m2\n- Chủ trì: Sở Y tế,\n2 Phòng.\n- Thời gian: Quý I."
    assert [task.text for task in read(HEAD + text + END).tasks] == ["Xây nhà văn hóa 200 m2"]


def test_a_last_sentence_says_when_for_the_agency_of_the_heading(read):
    text = (
        "1. Sở Nội vụ\na) Trình quyết định thành lập Ban Chỉ đạo. Hoàn thành trước ngày 15/3/2020.\n"
        "b) Hướng dẫn xây dựng đề án. Hoàn thành trước ngày 30/3/2020."
    )
    assert [(task.lead, task.time.due.isoformat()) for task in read(HEAD + text + END).tasks] == [
        (("Sở Nội vụ",), "2020-03-14"),
        (("Sở Nội vụ",), "2020-03-29"),
    ]


def test_as_above_means_the_block_before(read):
    text = (
        "1. Xây dựng quyết định về chất thải.\nChủ trì: Sở Y tế.\nPhối hợp: Sở Nội vụ.\nThời gian: Quý I.\n"
        "2. Xây dựng nghị quyết về mức thu.\nChủ trì: Sở Tài chính.\nPhối hợp: Như trên.\nThời gian: Quý II."
    )
    assert [task.coordinating for task in read(HEAD + text + END).tasks] == [("Sở Nội vụ",), ("Sở Nội vụ",)]


def test_words_that_lost_a_vowel_are_put_right_with_a_doubt(read):
    text = "1. T chức hội nghị ph biến Hiến pháp\n- Chủ trì: Các s, ban, ngành; UBND các huyện, thành ph.\n- Thời gian: Quý I."
    plan = read(HEAD + text + END)
    assert [task.lead for task in plan.tasks] == [("Các sở, ban, ngành", "UBND các huyện, thành phố")]
    assert {doubt.kind for doubt in plan.doubts if doubt.where.startswith("/tasks/0/lead")} == {"repaired-agency"}


def test_a_bracket_on_two_lines_below_its_item_is_one_block(read):
    text = (
        "1. Củng cố mạng lưới y tế:\n+ Đào tạo lại cán bộ y tế thôn.\n(Sở Y tế chủ trì, phối hợp với Sở Nội vụ;\n"
        "thời gian thực hiện: Hằng năm)"
    )
    assert said(read(HEAD + text + END)) == [
        ("Đào tạo lại cán bộ y tế thôn.", ("Sở Y tế",), ("Sở Nội vụ",), "Hằng năm")
    ]


def test_who_prepares_a_meeting_leads_it_where_nobody_else_does(read):
    text = (
        "1. Hội nghị triển khai công tác tiêm phòng\n- Thời gian: Tháng 3/2020.\n- Địa điểm: Hội trường huyện.\n"
        "- Đơn vị chuẩn bị nội dung: Phòng Y tế.\n"
        "2. Họp Hội đồng\n- Chủ trì: Chủ tịch Hội đồng.\n- Chuẩn bị nội dung: Sở Y tế.\n- Thời gian: Tháng 6."
    )
    assert said(read(HEAD + text + END)) == [
        ("Hội nghị triển khai công tác tiêm phòng", ("Phòng Y tế",), (), "Tháng 3/2020"),
        ("Họp Hội đồng", ("Chủ tịch Hội đồng",), (), "Tháng 6"),
    ]


def test_times_counted_by_rounds_are_one_time(read):
    text = (
        "1. Tiêm vắc xin cho đàn trâu, bò\na) Đợt 1: Từ ngày 15/3 đến ngày 15/4/2020.\nb) Đợt 2: Tháng 9/2020.\n"
        "- Đơn vị thực hiện: Trạm Thú y huyện."
    )
    assert said(read(HEAD + text + END)) == [
        (
            "Tiêm vắc xin cho đàn trâu, bò",
            ("Trạm Thú y huyện",),
            (),
            "Đợt 1: Từ ngày 15/3 đến ngày 15/4/2020. Đợt 2: Tháng 9/2020",
        )
    ]


def test_a_quarter_at_the_head_of_a_line_is_no_section(read):
    text = "1. Tập huấn cho cán bộ xã\n- Chủ trì: Sở Y tế.\n- Thời gian thực hiện: Quý\nIII - IV/2020."
    assert said(read(HEAD + text + END)) == [("Tập huấn cho cán bộ xã", ("Sở Y tế",), (), "Quý III - IV/2020")]


def test_what_an_agency_does_is_not_its_name(read):
    text = (
        "1. Phát tin trên đài xã\n- Đơn vị thực hiện: Đài Truyền thanh.\n"
        "- Phối hợp: Phòng Tư pháp cung cấp tin, bài; Phòng Xây dựng, kiểm tra và theo dõi thi hành pháp luật.\n"
        "- Thời gian: Quý I."
    )
    assert read(HEAD + text + END).tasks[0].coordinating == (
        "Phòng Tư pháp",
        "Phòng Xây dựng, kiểm tra và theo dõi thi hành pháp luật",
    )


@pytest.mark.parametrize("bracket", ["(Sở Y tế)", "(theo hướng dẫn của Sở Y tế, năm 2020)", "(đạt 95%; năm 2019: 90%)"])
def test_what_a_bracket_adds_is_no_attribution(read, bracket):
    assert read(f"{HEAD}1. Thu viện phí qua ngân hàng {bracket}.{END}").tasks == ()


def test_a_last_sentence_says_who_leads_before_the_time(read):
    text = (
        "1. Trồng rừng ven biển. Sở Y tế là cơ quan chủ trì, phối hợp với Sở Nội vụ; thời gian thực hiện: 2020 - 2025."
    )
    assert said(read(HEAD + text + END)) == [("Trồng rừng ven biển.", ("Sở Y tế",), ("Sở Nội vụ",), "2020 - 2025")]


def test_tasks_counted_in_words(read):
    text = (
        "Nhiệm vụ 1: Điều tra thực trạng tại 05 xã.\n- Chủ trì: Sở Y tế.\n- Thời gian: Quý II.\n"
        "Nhiệm vụ 2: Nhân rộng mô hình.\n- Chủ trì: Sở Nội vụ.\n- Thời gian: Cả năm 2020.\n"
    )
    plan = read(HEAD + text + END)
    assert said(plan) == [
        ("Điều tra thực trạng tại 05 xã.", ("Sở Y tế",), (), "Quý II"),
        ("Nhân rộng mô hình.", ("Sở Nội vụ",), (), "Cả năm 2020"),
    ]
    assert [task.code for task in plan.tasks] == ["II.1", "II.2"]


def test_a_label_at_the_end_of_a_line_has_its_value_on_the_next(read):
    text = (
        "1. Truyền thông về dinh dưỡng.\n- Chủ trì: Sở Y tế. Phối hợp:\nHội Liên hiệp Phụ nữ tỉnh, Sở Nội vụ. Thời gian: "
        "Hằng năm.\n2. Sữa học đường cho trẻ em mầm non và học sinh tiểu học trên địa bàn toàn tỉnh theo quy định.\n"
        "- Chủ trì: Sở Giáo dục và Đào tạo. Thời gian: 2021."
    )
    assert said(read(HEAD + text + END))[0] == (
        "Truyền thông về dinh dưỡng.",
        ("Sở Y tế",),
        ("Hội Liên hiệp Phụ nữ tỉnh", "Sở Nội vụ"),
        "Hằng năm",
    )
