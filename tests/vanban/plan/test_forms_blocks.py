"""Forms of attribution blocks that plans print besides the usual list of labels below a task."""

from __future__ import annotations

import pytest

HEAD = "KẾ HOẠCH\nTriển khai công tác năm 2020\nI. MỤC ĐÍCH\nNâng cao hiệu quả.\nII. NHIỆM VỤ\n"
END = "\nIII. KINH PHÍ\nNgân sách bảo đảm.\nNơi nhận:\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Bình\n"


def said(plan):
    return [(t.text, t.lead, t.coordinating, t.time.text if t.time else None) for t in plan.tasks]


@pytest.mark.parametrize(
    ("block", "time"),
    [
        ("(Chủ trì: Sở Y tế; phối hợp: Sở Tài chính; thời gian: Quý I)", "Quý I"),
        ("Phân công: Sở Y tế chủ trì, phối hợp với Sở Tài chính.\nThời gian: Quý I.", "Quý I"),
        ("Trách nhiệm: Sở Y tế chủ trì; Sở Tài chính phối hợp.\nThời gian: Quý I.", "Quý I"),
        ("Tổ chức thực hiện: Sở Y tế chủ trì, phối hợp với Sở Tài chính.\nThời gian: Quý I.", "Quý I"),
        ("Cơ quan chủ trì ở cấp tỉnh: Sở Y tế\nCơ quan phối hợp: Sở Tài chính\nThời gian: Quý I", "Quý I"),
        ("Đơnvị chủ trì: Sở Y tế\nĐơn vị phốihợp: Sở Tài chính\nThời gianthực hiện: Quý I", "Quý I"),
        ("Cơ quan ch trì: Sở Y tế\nCơ quan phi hợp: Sở Tài chính\nThời gian thc hiện: Quý I", "Quý I"),
        ("Chủ trì: Sở Y tế\nPhối hợp: Sở Tài chính\nThời gian hoàn thành trong năm 2020.", "trong năm 2020"),
        ("Chủ trì: Sở Y tế\nPhối hợp: Sở Tài chính\nHoàn thành trước ngày 30/6/2020.", "trước ngày 30/6/2020"),
        ("Cơ quan soạn thảo, tham mưu: Sở Y tế\nCơ quan phối hợp: Sở Tài chính\nTiến độ: Quý I", "Quý I"),
        ("Bộ phận thực hiện: Sở Y tế. Phối hợp: Sở Tài chính. Thời gian: Quý I.", "Quý I"),
        ("Đầu mối thực hiện: Sở Y tế.\nPhối hợp: Sở Tài chính.\nHạn hoàn thành: Quý I.", "Quý I"),
        ("Thời gian: Quý I. Chủ trì: Sở Y tế. Phối hợp: Sở Tài chính.", "Quý I"),
    ],
)
def test_who_and_when_are_read_from_every_form_of_a_block(read, block, time):
    plan = read(f"{HEAD}1. Khám sức khỏe cho người cao tuổi tại các trạm y tế.\n{block}{END}")
    assert said(plan) == [
        ("Khám sức khỏe cho người cao tuổi tại các trạm y tế.", ("Sở Y tế",), ("Sở Tài chính",), time)
    ]


def test_a_block_at_the_head_holds_for_the_bullets_below_it(read):
    text = (
        "1. Hạ tầng kỹ thuật\n- Chủ trì: Sở Y tế.\n- Phối hợp: Sở Tài chính.\n- Thời gian: Quý I.\n- Nội dung:\n"
        "+ Bổ sung máy chủ;\n+ Thuê đường truyền."
    )
    assert said(read(HEAD + text + END)) == [
        ("Bổ sung máy chủ", ("Sở Y tế",), ("Sở Tài chính",), "Quý I"),
        ("Thuê đường truyền.", ("Sở Y tế",), ("Sở Tài chính",), "Quý I"),
    ]


def test_a_label_cut_by_the_line_is_no_label_of_its_own(read):
    text = "1. Kiện toàn tổ hòa giải.\nThời gian: Quý I. Đơn vị chủ trì: Sở Tư pháp. Đơn vị\nphối hợp: Sở Nội vụ."
    assert said(read(HEAD + text + END)) == [("Kiện toàn tổ hòa giải.", ("Sở Tư pháp",), ("Sở Nội vụ",), "Quý I")]


def test_words_that_wrap_before_a_bracket_are_no_label(read):
    text = "1. Niêm yết thủ tục tại bộ phận tiếp nhận và trả\nkết quả (Chủ trì: Sở Nội vụ; thời gian: Quý I)."
    assert said(read(HEAD + text + END)) == [
        ("Niêm yết thủ tục tại bộ phận tiếp nhận và trả kết quả", ("Sở Nội vụ",), (), "Quý I")
    ]


def test_a_section_on_implementation_is_no_block(read):
    text = "1. Mở lớp tập huấn cho hội viên.\n2. Tổ chức thực hiện: Sở Y tế và các đơn vị triển khai Kế hoạch này."
    assert said(read(HEAD + text + END)) == []


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("Các Sở:\nTài chính, Xây dựng; UBND các xã.", ("Sở Tài chính", "Sở Xây dựng", "UBND các xã")),
        (
            "Trung tâm Văn hóa\n- Thể thao, Đài Truyền thanh huyện.",
            ("Trung tâm Văn hóa - Thể thao", "Đài Truyền thanh huyện"),
        ),
        (
            "Công an tỉnh, Vùng Cảnh sát biển 4, Chi đội Kiểm ngư số 5.",
            ("Công an tỉnh", "Vùng Cảnh sát biển 4", "Chi đội Kiểm ngư số 5"),
        ),
        ("UBND các huyện có xã thực hiện sắp xếp.", ("UBND các huyện có xã thực hiện sắp xếp",)),
    ],
)
def test_names_that_a_line_cuts_or_that_few_know(read, lines, names):
    text = f"1. Kiểm tra tàu cá tại các cảng.\n- Cơ quan phối hợp: {lines}\n- Chủ trì: Sở Y tế.\n- Thời gian: Quý I."
    assert [(task.lead, task.coordinating) for task in read(HEAD + text + END).tasks] == [(("Sở Y tế",), names)]


def test_empty_lines_part_paragraphs_where_wrapped_lines_have_none(read):
    text = (
        "1. Bồi dưỡng giáo viên dạy tiếng\nMông\n\n- Chủ trì: Sở Y tế\n\n- Phối hợp: Sở Tài chính và các\n"
        "huyện\n\n- Thời gian: Quý I\n\n2. Biên soạn tài liệu cho\nhọc sinh\n\n- Chủ trì: Sở Nội vụ và các\ntrường\n\n"
        "- Thời gian: Quý II"
    )
    assert [task.text for task in read((HEAD + "\n").replace("\n", "\n\n") + text + END).tasks] == [
        "Bồi dưỡng giáo viên dạy tiếng Mông",
        "Biên soạn tài liệu cho học sinh",
    ]
