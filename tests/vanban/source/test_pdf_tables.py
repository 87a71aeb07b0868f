"""Tables of PDF files: ruled ones, those that go on over pages, and those without any line."""

from __future__ import annotations

import pytest
from make_files import FONT, LONG, cells, drawn, para, pdf, ruled, texts, word_rows
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from vanban.source import load


def spans(data: bytes) -> list[list[tuple[str, int, int]]]:
    (table,) = load(data).tables
    return [[(c.text, c.column_span, c.row_span) for c in row] for row in table.rows]


HEAD = ["TT", "Nội dung", "Chủ trì", "Thời gian"]
XS = [85, 115, 345, 465, 550]


def test_a_ruled_table_has_its_cells_and_their_lines():
    rows = [HEAD, ["1", LONG, "Sở Tư pháp", "Quý I/2024"], ["2", "Ngắn", "", "Thường xuyên"]]
    source = load(pdf([para("Trước"), ruled(rows, [30, 230, 120, 80]), para("Sau")]))
    (table,) = source.tables
    assert [[" ".join(c.text.split()) for c in row] for row in table.rows] == [[t.strip() for t in r] for r in rows]
    text = {line.number: line.text for line in source.lines}
    for row in table.rows:
        for cell in row:
            assert "\n".join(text[n] for n in range(cell.lines[0], cell.lines[1] + 1)) == cell.text
    assert (text[table.lines[0] - 1], text[table.lines[1] + 1]) == ("Trước", "Sau")


def test_a_table_over_many_pages_is_one_table():
    rows = [[str(n), LONG * (n % 3 + 1), "Sở Thông tin và Truyền thông", f"Quý {n}/2024"] for n in range(1, 25)]
    source = load(pdf([para("Trước"), ruled([HEAD, *rows], [30, 230, 120, 80]), para("Sau")]))
    (table,) = source.tables
    found = [[" ".join(c.text.split()) for c in row] for row in table.rows]
    found = [row for row in found if row != HEAD]  # reportlab may draw the head once more above a cut row
    assert found == [[text.strip() for text in row] for row in rows]
    assert source.pages is not None
    assert source.pages > 3


def broken_rows(first, second) -> bytes:
    """A table over two pages, its rows drawn as Word draws them; page 2 has its number above."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(85, 700, "II. NHIỆM VỤ")
        word_rows(canvas, 200, XS, first)
        canvas.showPage()
        canvas.setFont(FONT, 13)
        canvas.drawCentredString(297, 800, "2")
        low = word_rows(canvas, 770, XS, second)
        canvas.setFont(FONT, 13)
        canvas.drawString(85, low - 40, "III. TỔ CHỨC THỰC HIỆN")

    return drawn(draw)


def row(*texts: str) -> list[list[str]]:
    return [text.split("|") if text else [] for text in texts]


def test_a_row_that_the_page_cuts_is_put_together_and_the_head_dropped():
    data = broken_rows(
        [
            row(*HEAD),
            row("1", "Ngắn.", "Sở Y tế", "2024"),
            row("2", "Tổ chức hội nghị|phổ biến", "Sở Thông tin và", "Quý"),
        ],
        [row(*HEAD), row("", "chính sách mới.", "Truyền thông", "IV/2024"), row("3", "Ba.", "Sở Tư pháp", "2025")],
    )
    assert cells(data) == [
        [
            HEAD,
            ["1", "Ngắn.", "Sở Y tế", "2024"],
            ["2", "Tổ chức hội nghị phổ biến chính sách mới.", "Sở Thông tin và Truyền thông", "Quý IV/2024"],
            ["3", "Ba.", "Sở Tư pháp", "2025"],
        ]
    ]
    assert texts(data)[-1] == "III. TỔ CHỨC THỰC HIỆN"
    cut = load(data).tables[0].rows[2][1]
    pages = {line.number: line.page for line in load(data).lines}
    assert [pages[n] for n in range(cut.lines[0], cut.lines[1] + 1)] == [1, 1, 2]


def test_whole_rows_on_both_pages_stay_rows():
    data = broken_rows(
        [row(*HEAD), row("1", "Một.", "Sở Y tế", "2024")],
        [row("2", "hai chữ thường.", "Sở Tư pháp", "2025")],
    )
    assert [r[0] for r in cells(data)[0]] == ["TT", "1", "2"]


def test_rows_under_one_merged_number_are_not_taken_for_a_cut_row():
    data = broken_rows(
        [row(*HEAD), row("1", "a) Việc một.", "Sở Y tế", "Quý I"), row("", "b) Việc hai.", "Sở Tư pháp", "Quý II")],
        [row("", "c) Việc ba.", "Sở Nội vụ", "Quý III"), row("2", "Việc bốn.", "Sở Y tế", "Quý IV")],
    )
    assert [r[2] for r in cells(data)[0]] == ["Chủ trì", "Sở Y tế", "Sở Tư pháp", "Sở Nội vụ", "Sở Y tế"]


def test_without_numbers_only_the_middle_of_a_sentence_is_the_rest_of_a_row():
    def table(last: str, next_: str) -> list[list[str]]:
        def draw(canvas: Canvas) -> None:
            word_rows(canvas, 120, [85, 345, 550], [row("Nội dung", "Chủ trì"), row(last, "Sở Thông tin")])
            canvas.showPage()
            word_rows(canvas, 770, [85, 345, 550], [row(next_, "Truyền thông")])

        return cells(drawn(draw))[0]

    assert table("Tổ chức hội nghị", "phổ biến chính sách")[1:] == [
        ["Tổ chức hội nghị phổ biến chính sách", "Sở Thông tin Truyền thông"]
    ]
    assert table("Tổ chức hội nghị", "Phổ biến chính sách")[1:] == [
        ["Tổ chức hội nghị", "Sở Thông tin"],
        ["Phổ biến chính sách", "Truyền thông"],
    ]


def test_a_numbered_row_ends_with_its_sentence():
    def table(last: str, next_: str) -> list[str]:
        first = [row(*HEAD), row("1", last, "Sở Thông tin", "Quý")]
        return [r[1] for r in cells(broken_rows(first, [row("", next_, "Truyền thông", "I")]))[0]]

    assert table("Phối hợp với Sở", "Tư pháp.") == ["Nội dung", "Phối hợp với Sở Tư pháp."]
    assert table("Phối hợp với Sở Y tế.", "Tổ chức hội nghị.") == [
        "Nội dung",
        "Phối hợp với Sở Y tế.",
        "Tổ chức hội nghị.",
    ]


def test_a_group_row_at_the_top_of_a_page_keeps_its_span():
    group = [["II. Nhóm hai"], None, None, None]
    data = broken_rows(
        [row(*HEAD), row("1", "Một.", "Sở Y tế", "2024")], [group, row("2", "Hai.", "Sở Nội vụ", "2025")]
    )
    assert spans(data)[2] == [("II. Nhóm hai", 4, 1)]
    assert [len(r) for r in cells(data)[0]] == [4, 4, 1, 4]


def test_two_tables_with_other_columns_stay_two():
    def draw(canvas: Canvas) -> None:
        word_rows(canvas, 120, [85, 200, 500], [row("a", "b")])
        canvas.showPage()
        word_rows(canvas, 770, [85, 300, 500], [row("c", "d")])

    assert cells(drawn(draw)) == [[["a", "b"]], [["c", "d"]]]


def test_merged_cells_stand_once_with_their_spans():
    data = pdf(
        [
            ruled(
                [
                    ["TT", "Nội dung", "Thực hiện", ""],
                    ["", "", "Chủ trì", "Phối hợp"],
                    ["I", "Nhóm", "", ""],
                    list("1xyz"),
                ],
                [30, 150, 100, 100],
                head=0,
                spans=[
                    ("SPAN", (2, 0), (3, 0)),
                    ("SPAN", (0, 0), (0, 1)),
                    ("SPAN", (1, 0), (1, 1)),
                    ("SPAN", (1, 2), (3, 2)),
                ],
            )
        ]
    )
    assert spans(data) == [
        [("TT", 1, 2), ("Nội dung", 1, 2), ("Thực hiện", 2, 1)],
        [("Chủ trì", 1, 1), ("Phối hợp", 1, 1)],
        [("I", 1, 1), ("Nhóm", 3, 1)],
        [("1", 1, 1), ("x", 1, 1), ("y", 1, 1), ("z", 1, 1)],
    ]


def test_a_table_without_outer_lines():
    def draw(canvas: Canvas) -> None:
        for y in (720, 690, 660):
            canvas.line(80, y, 400, y)
        for x in (120, 300):
            canvas.line(x, 660, x, 720)
        for y, texts_ in ((700, ("1", "Nội dung", "Sở Y tế")), (670, ("2", "Tuyên truyền", "Sở Tư pháp"))):
            for x, text in zip((85, 125, 305), texts_, strict=True):
                canvas.drawString(x, y, text)

    assert cells(drawn(draw)) == [[["1", "Nội dung", "Sở Y tế"], ["2", "Tuyên truyền", "Sở Tư pháp"]]]


def loose_table(canvas: Canvas, rows: list[list[str]]) -> None:
    """A table of which no line is drawn; a cell's lines are parted by "|"."""
    canvas.setFont(FONT, 11)
    y = 700
    for cells_ in rows:
        for x, cell in zip((85, 125, 330, 450), cells_, strict=True):
            for number, text in enumerate(cell.split("|")):
                canvas.drawString(x, y - 14 * number, text)
        y -= 14 * max(cell.count("|") + 1 for cell in cells_)
    canvas.drawString(85, y - 60, "Sau bảng")


def test_a_table_without_any_line_is_found_by_its_numbers():
    rows = [
        ["TT", "Nội dung", "Chủ trì", "Thời|gian"],
        ["1", "Tổ chức hội nghị|phổ biến chính sách", "Sở Tư pháp", "Quý I"],
        ["2", "Ngắn", "Sở Thông tin|và Truyền thông", "Quý II"],
        ["3", "Xây dựng chuyên mục", "Báo tỉnh", "Quý III"],
    ]
    data = drawn(lambda canvas: loose_table(canvas, rows))
    assert cells(data) == [[[text.replace("|", " ") for text in row] for row in rows]]
    assert texts(data)[-1] == "Sau bảng"


@pytest.mark.parametrize(
    "numbers", [["1", "3"], ["a", "b"], ["2", "1"], ["1", ""]], ids=["gap", "letters", "order", "one row"]
)
def test_columns_without_lines_and_numbers_are_no_table(numbers):
    rows = [["TT", "Nội dung", "Chủ trì", "Hạn"], *[[n, "Tuyên truyền", "Sở Y tế", "2024"] for n in numbers]]
    assert cells(drawn(lambda canvas: loose_table(canvas, rows))) == []


def test_frames_and_underlines_are_no_tables():
    def draw(canvas: Canvas) -> None:
        canvas.rect(80, 690, 200, 30)
        canvas.drawString(85, 700, "DỰ THẢO")
        canvas.line(85, 660, 200, 660)
        canvas.drawString(85, 662, "Gạch chân")

    assert (texts(drawn(draw)), cells(drawn(draw))) == (["DỰ THẢO", "Gạch chân"], [])


def test_a_landscape_annex_among_upright_pages():
    def draw(canvas: Canvas) -> None:
        canvas.drawString(85, 700, "Kèm theo phụ lục")
        canvas.showPage()
        canvas.setPageSize(landscape(A4))
        word_rows(canvas, 500, [60, 100, 500, 780], [row("TT", "Việc", "Chủ trì"), row("1", "Tuyên truyền", "Sở Y tế")])

    assert cells(drawn(draw)) == [[["TT", "Việc", "Chủ trì"], ["1", "Tuyên truyền", "Sở Y tế"]]]


def test_a_justified_narrow_cell_is_one_text():
    data = pdf([ruled([["TT", "Chủ trì"], ["1", "Sở Thông tin và Truyền thông"]], [30, 115])])
    assert cells(data) == [[["TT", "Chủ trì"], ["1", "Sở Thông tin và Truyền thông"]]]
