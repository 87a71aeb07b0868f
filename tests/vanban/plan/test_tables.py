"""Tasks in tables, as files mark them and as plain text prints them."""

from __future__ import annotations

from vanban.model import Cell, Table

HEAD = ("TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành")


def make_table(rows, first=1):
    """A table one line a row; a cell is its text, or (text, column span, row span)."""
    out = []
    for at, row in enumerate(rows, first):
        cells = [cell if isinstance(cell, tuple) else (cell, 1, 1) for cell in row]
        out.append(tuple(Cell(text, (at, at), column_span, row_span) for text, column_span, row_span in cells))
    return Table(tuple(out), (first, first + len(rows) - 1))


def read_rows(read, rows):
    """Reads a plan that has the table in its annex."""
    start = "KẾ HOẠCH\nTriển khai công tác\nI. MỤC ĐÍCH\n1. Nâng cao.\nNơi nhận:\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Bình\nPHỤ LỤC\n"
    first = start.count("\n") + 1
    table = make_table(rows, first)
    body = "\n".join(" ".join(cell.text for cell in row) for row in table.rows)
    return read(start + body, tables=[table])


def said(plan):
    return [(t.code, t.group, t.text, t.lead, t.coordinating, t.time.text if t.time else None) for t in plan.tasks]


def test_groups_and_numbering_that_restarts(read):
    plan = read_rows(
        read,
        [
            HEAD,
            ("I", ("Thể chế", 4, 1)),
            ("1", "Ban hành quy chế", "Sở Nội vụ", "Sở Tư pháp;\nSở Tài chính", "Tháng 3/2023"),
            (("II. HẠ TẦNG", 5, 1),),
            HEAD,
            ("1", "Nâng cấp mạng", "Sở TT&TT", "", "Quý III/2023"),
        ],
    )
    assert said(plan) == [
        ("PL.I.1", "Thể chế", "Ban hành quy chế", ("Sở Nội vụ",), ("Sở Tư pháp", "Sở Tài chính"), "Tháng 3/2023"),
        ("PL.II.1", "HẠ TẦNG", "Nâng cấp mạng", ("Sở TT&TT",), (), "Quý III/2023"),
    ]


def test_a_merged_cell_holds_for_every_row_that_it_covers(read):
    plan = read_rows(
        read,
        [
            HEAD,
            ("1", "Làm một", ("Sở Nội vụ", 1, 2), "Sở Tư pháp", ("Quý I/2023", 1, 2)),
            ("2", "Làm hai", "Sở Y tế"),
        ],
    )
    assert said(plan) == [
        ("PL.1", None, "Làm một", ("Sở Nội vụ",), ("Sở Tư pháp",), "Quý I/2023"),
        ("PL.2", None, "Làm hai", ("Sở Nội vụ",), ("Sở Y tế",), "Quý I/2023"),
    ]
    assert [task.shared_block for task in plan.tasks] == [False, True]


def test_a_header_over_two_rows_and_a_row_of_column_numbers(read):
    plan = read_rows(
        read,
        [
            (("STT", 1, 2), ("Nhiệm vụ", 1, 2), ("Phân công thực hiện", 2, 1), ("Thời gian", 1, 2), ("Sản phẩm", 1, 2)),
            ("Chủ trì", "Phối hợp"),
            ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
            ("1", "Ban hành quy chế", "Vụ Pháp chế", "Văn phòng Bộ", "Quý I", "Quyết định"),
        ],
    )
    assert said(plan) == [("PL.1", None, "Ban hành quy chế", ("Vụ Pháp chế",), ("Văn phòng Bộ",), "Quý I")]


def test_tables_of_figures_and_of_layout_hold_no_tasks(read):
    figures = [
        ("STT", "Chỉ tiêu", "Đơn vị tính", "Năm 2023"),
        ("1", "Hộ dùng nước sạch", "%", "90"),
        ("2", "Số công trình", "cái", "12"),
    ]
    assert read_rows(read, figures).tasks == ()
    layout = [("Nơi nhận:\n- Như trên;\n- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn A")]
    assert read_rows(read, layout).tasks == ()


PRINTED = """KẾ HOẠCH
Chuyển đổi số

I. NHIỆM VỤ

1. Các việc

|
TT
|
Nội dung thực
hiện
|
Cơ quan chủ trì
|
Cơ quan phối hợp
|
Thời gian hoàn
thành
|
Sản phẩm
|
|
I
|
THỂ CHẾ
|
|
1
|
Ban hành quy chế
|
Sở Nội vụ; UBND
cấp xã
|
Văn phòng; các sở, ban, ngành
|
Trước ngày
30/11/2025
|
Quyết định
|
|
2
|
Sửa đổi quyết định
|
Sở Tài chính
|
Cơ quan, địa
phương liên quan
|
2025
|
|
|
3
|
Duy trì hệ thống
|
Sở Y tế
|
|
Thường xuyên
|
|
….............
|
2
|
Diễn tập
|
Bộ CHQS tỉnh
|
Bộ Quốc phòng và
cơ quan, địa phương liên quan
|
Theo kế hoạch
|
Cuộc diễn tập
|
"""


def test_cells_printed_one_a_line(read):
    assert said(read(PRINTED)) == [
        (
            "I.1.I.1",
            "THỂ CHẾ",
            "Ban hành quy chế",
            ("Sở Nội vụ", "UBND cấp xã"),
            ("Văn phòng", "các sở, ban, ngành"),
            "Trước ngày 30/11/2025",
        ),
        ("I.1.I.2", "THỂ CHẾ", "Sửa đổi quyết định", ("Sở Tài chính",), ("Cơ quan, địa phương liên quan",), "2025"),
        ("I.1.I.3", "THỂ CHẾ", "Duy trì hệ thống", ("Sở Y tế",), (), "Thường xuyên"),
        (
            "I.1.2",
            "Các việc",
            "Diễn tập",
            ("Bộ CHQS tỉnh",),
            ("Bộ Quốc phòng", "cơ quan, địa phương liên quan"),
            "Theo kế hoạch",
        ),
    ]


def test_a_row_points_at_its_lines(read):
    lines = PRINTED.split("\n")
    task = read(PRINTED).tasks[1]
    assert (lines[task.lines[0] - 1], lines[task.lines[1] - 1]) == ("2", "2025")


ANNEXES = """KẾ HOẠCH
Phân công nhiệm vụ

I. MỤC ĐÍCH
1. Rõ việc.

Nơi nhận:
- Lưu: VT.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Văn Bình

PHỤ LỤC I
|
STT
|
Nhiệm vụ
|
Cơ quan thực hiện
|
Thời gian
|
Sản phẩm
|
|
1
|
Rà soát thủ tục
|
Chủ trì: Sở Xây dựng
Phối hợp: UBND các huyện, thành phố
|
Quý I/2020
|
Báo cáo
|
|
2
|
Công bố danh mục
|
Sở Tư pháp (chủ trì), Sở Nội vụ
|
Quý II/2020
|
Quyết định
|
|
3
|
Niêm yết công khai
|
Quý III/2020
|
Hình ảnh
|

PHỤ LỤC II
|
TT
|
Nội dung
|
Thời gian hoàn thành
|
Ghi chú
|
|
I
|
SỞ Y TẾ
|
|
1
|
Xây dựng kế hoạch phòng dịch
|
Tháng 3/2020
|
|
"""


def test_two_annexes_roles_inside_a_cell_a_merged_cell_and_an_owner_over_its_rows(read):
    assert said(read(ANNEXES)) == [
        ("PL1.1", None, "Rà soát thủ tục", ("Sở Xây dựng",), ("UBND các huyện, thành phố",), "Quý I/2020"),
        ("PL1.2", None, "Công bố danh mục", ("Sở Tư pháp",), ("Sở Nội vụ",), "Quý II/2020"),
        ("PL1.3", None, "Niêm yết công khai", ("Sở Tư pháp",), ("Sở Nội vụ",), "Quý III/2020"),
        ("PL2.I.1", "SỞ Y TẾ", "Xây dựng kế hoạch phòng dịch", ("Sở y tế",), (), "Tháng 3/2020"),
    ]
