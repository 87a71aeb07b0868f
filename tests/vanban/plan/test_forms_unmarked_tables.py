"""Tables whose rows a page does not part, or whose cells it does not mark at all."""

from __future__ import annotations

HEAD = "KẾ HOẠCH\n\nTriển khai công tác năm 2020\n\nI. NHIỆM VỤ\n\n"
END = "\n\nNơi nhận:\n\n- Lưu: VT.\n\nKT. CHỦ TỊCH\n\nPHÓ CHỦ TỊCH\n\nTrần Văn Bình\n"
TITLES = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian")


def said(plan):
    return [(t.text, t.lead, t.coordinating, t.time.text if t.time else None) for t in plan.tasks]


def cells(*rows):
    """Rows as a site prints them: one cell a line between lines that hold only a bar."""
    return "\n".join("|\n" + "\n|\n".join(row) + "\n|" for row in rows)


def apart(*rows):
    """Rows as other sites print them: each cell a paragraph, nothing between rows, nothing for empty cells."""
    return "\n\n".join(cell for row in rows for cell in row if cell)


def test_rows_under_a_merged_first_cell_have_no_number(read):
    table = cells(
        ("TT", "Mục tiêu", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"),
        ("1", "Nâng cao nhận thức", "Tổ chức hội nghị quán triệt", "Sở Nội vụ", "Sở Y tế", "Quý I"),
        ("Biên soạn tài liệu phục vụ sinh hoạt", "Sở Tư pháp", "Báo Lào Cai", "Quý II"),
        ("2", "Thể chế", "Rà soát văn bản do tỉnh ban hành", "Sở Tư pháp", "Các sở, ngành", "Quý III"),
    )
    assert said(read(HEAD + table + END)) == [
        ("Tổ chức hội nghị quán triệt", ("Sở Nội vụ",), ("Sở Y tế",), "Quý I"),
        ("Biên soạn tài liệu phục vụ sinh hoạt", ("Sở Tư pháp",), ("Báo Lào Cai",), "Quý II"),
        ("Rà soát văn bản do tỉnh ban hành", ("Sở Tư pháp",), ("Các sở, ngành",), "Quý III"),
    ]


def test_an_empty_cell_is_not_the_end_of_a_row(read):
    table = cells(
        (*TITLES, "Kết quả"),
        ("I", "NHIỆM VỤ CHUNG", "", "", "", ""),
        ("1", "Thi tuyển công chức vào các cơ quan", "Sở Nội vụ", "", "", "Kết quả thi"),
        ("2", "Giải quyết chế độ, chính sách", "Sở Nội vụ", "Sở Tài chính", "Hằng tuần", ""),
    )
    assert said(read(HEAD + table + END)) == [
        ("Thi tuyển công chức vào các cơ quan", ("Sở Nội vụ",), (), None),
        ("Giải quyết chế độ, chính sách", ("Sở Nội vụ",), ("Sở Tài chính",), "Hằng tuần"),
    ]


def test_cells_that_stand_one_behind_the_other_without_marks(read):
    table = apart(
        TITLES,
        ("I", "Công tác chỉ đạo"),
        ("1", "Xây dựng kế hoạch năm", "Sở Tư pháp", "Sở Nội vụ, Sở Y tế", "Tháng 01/2020"),
        ("2", "Kiểm tra, giám sát", "nt", "-nt-", "Quý II"),
        ("3", "Tổng kết công tác", "Sở Nội vụ", "", "Quý IV"),
    )
    assert said(read(HEAD + table + "\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. Sở Tư pháp theo dõi." + END)) == [
        ("Xây dựng kế hoạch năm", ("Sở Tư pháp",), ("Sở Nội vụ", "Sở Y tế"), "Tháng 01/2020"),
        ("Kiểm tra, giám sát", ("Sở Tư pháp",), ("Sở Nội vụ", "Sở Y tế"), "Quý II"),
        ("Tổng kết công tác", ("Sở Nội vụ",), (), "Quý IV"),
    ]


def test_titles_in_two_rows_without_marks(read):
    table = apart(
        ("TT", "Nhiệm vụ", "Trách nhiệm", "Thời gian", "Chủ trì", "Phối hợp"),
        ("1", "Ban hành quy chế phối hợp", "Sở Tư pháp", "- Sở Nội vụ;\n\n- Sở Y tế", "Quý I"),
        ("2", "Kiểm tra việc thực hiện quy chế", "Sở Nội vụ", "Các sở, ngành", "Quý II"),
    )
    assert said(read(HEAD + table + END)) == [
        ("Ban hành quy chế phối hợp", ("Sở Tư pháp",), ("Sở Nội vụ", "Sở Y tế"), "Quý I"),
        ("Kiểm tra việc thực hiện quy chế", ("Sở Nội vụ",), ("Các sở, ngành",), "Quý II"),
    ]


def test_the_months_between_which_a_task_is_done(read):
    table = cells(
        ("TT", "Nhiệm vụ", "Đơn vị thực hiện", "Thời gian bắt đầu", "Thời gian kết thúc"),
        ("1", "Nâng cấp cổng thông tin điện tử", "Sở Nội vụ", "3/2020", "9/2020"),
    )
    assert said(read(HEAD + table + END)) == [
        ("Nâng cấp cổng thông tin điện tử", ("Sở Nội vụ",), (), "3/2020 - 9/2020")
    ]


def test_a_cell_that_lists_agencies_behind_dashes(read):
    table = cells(
        TITLES,
        ("1", "Xây dựng nghị quyết về mức thu", "Sở Tài chính", "- Các sở, ngành liên quan;\n- UBND các huyện", "2020"),
    )
    assert said(read(HEAD + table + END)) == [
        ("Xây dựng nghị quyết về mức thu", ("Sở Tài chính",), ("Các sở, ngành liên quan", "UBND các huyện"), "2020")
    ]


def test_a_party_body_whose_name_wraps_in_its_cell(read):
    table = cells(TITLES, ("1", "Hội thi cán bộ dân vận khéo", "Ban Dân vận\nHuyện ủy", "Các xã", "Quý III"))
    assert [task.lead for task in read(HEAD + table + END).tasks] == [("Ban Dân vận Huyện ủy",)]
