"""Tables as other sites and other typists print them."""

from __future__ import annotations

HEAD = "KẾ HOẠCH\nTriển khai công tác năm 2020\nI. NHIỆM VỤ\n"
END = "\nNơi nhận:\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Bình\n"


def said(plan):
    return [(t.text, t.lead, t.coordinating, t.time.text if t.time else None) for t in plan.tasks]


def cells(*rows):
    """Rows as a site prints them: one cell a line between lines that hold only a bar."""
    return "\n".join("|\n" + "\n|\n".join(row) + "\n|" for row in rows)


def test_rows_that_stand_on_one_line_each(read):
    table = (
        "TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |\nI | Truyền thông |\n"
        "1 | Tổ chức hội nghị tuyên truyền | Sở Y tế | Sở Tư pháp; Sở Nội vụ | Quý I/2020 |\n"
        "2 | Biên soạn tài liệu | Sở Tư pháp | | Hằng năm |"
    )
    assert said(read(HEAD + table + END)) == [
        ("Tổ chức hội nghị tuyên truyền", ("Sở Y tế",), ("Sở Tư pháp", "Sở Nội vụ"), "Quý I/2020"),
        ("Biên soạn tài liệu", ("Sở Tư pháp",), (), "Hằng năm"),
    ]


def test_a_cell_missing_under_a_merged_one_is_told_by_what_the_others_hold(read):
    table = cells(
        ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian", "Sản phẩm"),
        ("1", "Ban hành quy chế phối hợp giữa các ngành", "Sở Y tế", "Sở Tư pháp", "2020", "Quy chế"),
        ("2", "Kiểm tra việc thực hiện tại các huyện", "Sở Nội vụ", "Các sở, ngành", "Báo cáo"),
    )
    assert said(read(HEAD + table + END)) == [
        ("Ban hành quy chế phối hợp giữa các ngành", ("Sở Y tế",), ("Sở Tư pháp",), "2020"),
        ("Kiểm tra việc thực hiện tại các huyện", ("Sở Nội vụ",), ("Các sở, ngành",), "2020"),
    ]


def test_a_name_wrapped_inside_its_cell_is_one_name(read):
    table = cells(
        ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"),
        ("1", "Rà soát văn bản quy phạm pháp luật", "Sở Tư pháp", "Công an tỉnh; Văn phòng\nUBND tỉnh", "2020"),
        ("2", "Biên soạn tài liệu giới thiệu luật", "Sở Tư pháp", "Công an tỉnh", "2020"),
    )
    assert [task.coordinating for task in read(HEAD + table + END).tasks] == [
        ("Công an tỉnh", "Văn phòng UBND tỉnh"),
        ("Công an tỉnh",),
    ]


def test_a_cell_that_prints_who_leads_and_who_helps_behind_labels(read):
    table = cells(
        ("TT", "Nội dung nhiệm vụ", "Cơ quan thực hiện", "Thời gian"),
        (
            "1",
            "Xây dựng cơ sở dữ liệu về chăn nuôi",
            "Chủ trì: Sở Y tế\nPhối hợp: Sở Tài chính, UBND các\nhuyện",
            "2020",
        ),
        ("2", "Tập huấn kỹ năng số cho cán bộ hợp tác xã", "Chủ trì: Liên minh Hợp tác xã\ntỉnh", "2021"),
    )
    assert said(read(HEAD + table + END)) == [
        ("Xây dựng cơ sở dữ liệu về chăn nuôi", ("Sở Y tế",), ("Sở Tài chính", "UBND các huyện"), "2020"),
        ("Tập huấn kỹ năng số cho cán bộ hợp tác xã", ("Liên minh Hợp tác xã tỉnh",), (), "2021"),
    ]


def test_a_time_given_once_for_two_rows_ends_no_table(read):
    table = cells(
        ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"),
        ("1", "Khảo sát hiện trạng hệ thống thông tin", "Sở Y tế", "Văn phòng UBND tỉnh", "Tháng 8/2020"),
        ("2", "Xây dựng phương án hợp nhất", "Sở Y tế", "Văn phòng UBND tỉnh"),
        ("3", "Kết nối với cơ sở dữ liệu dân cư", "Công an tỉnh", "Sở Y tế", "Tháng 10/2020"),
    )
    assert said(read(HEAD + table + END)) == [
        ("Khảo sát hiện trạng hệ thống thông tin", ("Sở Y tế",), ("Văn phòng UBND tỉnh",), "Tháng 8/2020"),
        ("Xây dựng phương án hợp nhất", ("Sở Y tế",), ("Văn phòng UBND tỉnh",), "Tháng 8/2020"),
        ("Kết nối với cơ sở dữ liệu dân cư", ("Công an tỉnh",), ("Sở Y tế",), "Tháng 10/2020"),
    ]


def test_an_empty_lead_beside_a_time_is_the_one_above(read):
    table = cells(
        ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"),
        ("1", "Nâng cấp trung tâm dữ liệu của tỉnh", "Sở Y tế", "Sở Tài chính", "Tháng 9/2020"),
        ("2", "Triển khai nền tảng phân tích dữ liệu", "", "", "Tháng 12/2020"),
        ("3", "Số hóa dữ liệu hộ tịch", "Sở Tư pháp", "", "Quý IV/2020"),
    )
    plan = read(HEAD + table + END)
    assert said(plan)[1:] == [
        ("Triển khai nền tảng phân tích dữ liệu", ("Sở Y tế",), ("Sở Tài chính",), "Tháng 12/2020"),
        ("Số hóa dữ liệu hộ tịch", ("Sở Tư pháp",), (), "Quý IV/2020"),
    ]
    assert [task.shared_block for task in plan.tasks] == [False, True, False]


def test_a_table_of_services_with_leads_and_terms_is_one_of_tasks(read):
    table = cells(
        ("STT", "Tên dịch vụ công", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn"),
        ("1", "Đăng ký khai sinh", "Sở Tư pháp", "Công an tỉnh", "Quý III/2020"),
        ("2", "Đăng ký thường trú", "C06", "Sở Tư pháp", "Quý II/2020"),
    )
    assert said(read(HEAD + table + END)) == [
        ("Đăng ký khai sinh", ("Sở Tư pháp",), ("Công an tỉnh",), "Quý III/2020"),
        ("Đăng ký thường trú", ("C06",), ("Sở Tư pháp",), "Quý II/2020"),
    ]


def test_the_programme_of_a_meeting_and_a_list_of_members_hold_no_tasks(read):
    agenda = cells(
        ("TT", "Thời gian", "Nội dung", "Người thực hiện"),
        ("1", "7h30 - 8h00", "Đón tiếp đại biểu", "Ban Tổ chức"),
        ("2", "8h00 - 8h15", "Khai mạc hội nghị", "Văn phòng UBND tỉnh"),
    )
    members = cells(
        ("TT", "Họ và tên", "Chức vụ", "Đơn vị"),
        ("1", "Nguyễn Văn An", "Phó Giám đốc", "Sở Y tế"),
        ("2", "Trần Thị Bình", "Chuyên viên", "Sở Tư pháp"),
    )
    assert read(HEAD + agenda + END).tasks == ()
    assert read(HEAD + members + END).tasks == ()


def test_the_column_of_groups_is_not_that_of_the_tasks(read):
    table = cells(
        ("TT", "Nhóm nhiệm vụ", "Nhiệm vụ cụ thể", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"),
        ("1", "Thể chế", "Ban hành quy chế quản lý", "Sở Y tế", "Sở Tư pháp", "Quý I"),
        ("2", "Hạ tầng", "Nâng cấp trung tâm dữ liệu", "Sở Nội vụ", "Sở Tài chính", "Quý II"),
    )
    assert said(read(HEAD + table + END)) == [
        ("Ban hành quy chế quản lý", ("Sở Y tế",), ("Sở Tư pháp",), "Quý I"),
        ("Nâng cấp trung tâm dữ liệu", ("Sở Nội vụ",), ("Sở Tài chính",), "Quý II"),
    ]


def test_a_heading_over_a_table_stands_in_the_outline(read):
    table = cells(
        ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"),
        ("1", "Ban hành quy chế quản lý", "Sở Y tế", "Sở Tư pháp", "Quý I"),
        ("2", "Nâng cấp trung tâm dữ liệu", "Sở Nội vụ", "Sở Tài chính", "Quý II"),
    )
    plan = read(f"{HEAD}{table}\nII. KINH PHÍ\n1. Ngân sách bảo đảm.{END}")
    assert [(section.code, section.title) for section in plan.outline] == [("I", "NHIỆM VỤ"), ("II", "KINH PHÍ")]


def test_cells_whose_lines_cut_labels_and_names_behind_their_first_word(read):
    table = cells(
        ("TT", "Nhiệm vụ", "Cơ quan chủ trì, phối hợp", "Thời gian"),
        (
            "1",
            "Phát triển sàn thương mại điện tử",
            "- Chủ\ntrì: Sở Y tế\n- Phối\nhợp: Ủy ban\nMTTQ Việt Nam huyện",
            "2020",
        ),
        ("2", "Thanh toán không dùng tiền mặt", "- Chủ trì: Sở\nNội vụ\n- Phối hợp: Các\nsở, ban, ngành", "2021"),
    )
    assert said(read(HEAD + table + END)) == [
        ("Phát triển sàn thương mại điện tử", ("Sở Y tế",), ("Ủy ban MTTQ Việt Nam huyện",), "2020"),
        ("Thanh toán không dùng tiền mặt", ("Sở Nội vụ",), ("Các sở, ban, ngành",), "2021"),
    ]
