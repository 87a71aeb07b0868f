"""Heads of duties, addressees of reports and articles as districts, communes, Party bodies and decisions write them."""

from __future__ import annotations

HEAD = "KẾ HOẠCH\nTriển khai công tác năm 2020\nI. MỤC ĐÍCH\nNâng cao hiệu quả.\nII. TỔ CHỨC THỰC HIỆN\n"
END = "\nNơi nhận:\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Bình\n"


def duties(plan):
    return [(duty.agencies, duty.text) for duty in plan.duties]


def test_levels_and_officers_head_duties(read):
    text = (
        "1. Cấp tỉnh\n- Ban hành hướng dẫn.\n- Mở lớp tập huấn.\n2. Công chức Tài chính - Kế toán: Cân đối ngân sách.\n"
        "3. Các ông (bà) Trưởng thôn\n- Rà soát đàn vật nuôi."
    )
    assert duties(read(HEAD + text + END)) == [
        (("Cấp tỉnh",), "Ban hành hướng dẫn."),
        (("Cấp tỉnh",), "Mở lớp tập huấn."),
        (("Công chức Tài chính - Kế toán",), "Cân đối ngân sách."),
        (("Các ông (bà) Trưởng thôn",), "Rà soát đàn vật nuôi."),
    ]


def test_a_report_with_a_body_and_a_report_about_something(read):
    text = (
        "1. Sở Y tế định kỳ hằng năm báo cáo kết quả với Ban Thường vụ Tỉnh ủy.\n"
        "2. Sở Nội vụ báo cáo kết quả về Tỉnh đoàn trước ngày 05/4/2020."
    )
    assert [(entry.who, entry.to) for entry in read(HEAD + text + END).reporting] == [
        (("Sở Y tế",), "Ban Thường vụ Tỉnh ủy"),
        (("Sở Nội vụ",), "Tỉnh đoàn"),
    ]


def test_an_article_ends_the_duties_of_the_one_before(read):
    text = (
        "QUYẾT ĐỊNH\nPhê duyệt Kế hoạch\nĐiều 1. Phê duyệt Kế hoạch với nội dung sau:\nI. MỤC TIÊU\nNâng cao.\n"
        "Điều 2. Tổ chức thực hiện:\n1. Sở Y tế: Chủ trì thực hiện.\n2. Sở Tài chính: Bố trí kinh phí.\n"
        "Điều 3. Chánh Văn phòng UBND tỉnh, Giám đốc các sở chịu trách nhiệm thi hành Quyết định này./."
    )
    assert duties(read(text + END)) == [
        (("Sở Y tế",), "Chủ trì thực hiện."),
        (("Sở Tài chính",), "Bố trí kinh phí."),
    ]


def test_sections_whose_numeral_has_no_stop(read):
    text = (
        "KẾ HOẠCH\nTriển khai công tác\nPhần I\nNỘI DUNG\nI CÔNG TÁC TUYÊN TRUYỀN\n1. Mở hội nghị quán triệt Luật.\n"
        "a) Chủ trì: Sở Y tế\nb) Thời gian: Tháng 6/2013\nII CÔNG TÁC RÀ SOÁT VĂN BẢN\n1. Rà soát các văn bản.\n"
        "a) Chủ trì: Sở Tư pháp\nb) Thời gian: Tháng 9/2013"
    )
    assert [(task.lead, task.time.text) for task in read(text + END).tasks] == [
        (("Sở Y tế",), "Tháng 6/2013"),
        (("Sở Tư pháp",), "Tháng 9/2013"),
    ]


def test_a_hyphen_of_a_name_at_the_head_of_a_line(read):
    text = (
        "KẾ HOẠCH\nTriển khai công tác\nI. NHIỆM VỤ\n1. Nâng cấp cơ sở điều trị nghiện.\n- Chủ trì: Sở Lao động\n"
        "- Thương binh và Xã hội.\n- Phối hợp: Sở Y tế.\n- Thời gian: Năm 2018"
    )
    assert [(task.lead, task.coordinating) for task in read(text + END).tasks] == [
        (("Sở Lao động - Thương binh và Xã hội",), ("Sở Y tế",))
    ]
