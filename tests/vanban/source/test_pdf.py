"""PDF files, read by position as a person reads them."""

import io
import itertools
import random

import pytest
from make_files import BOLD, FONT, LONG, beside, cells, drawn, gap, para, pdf, texts, word_rows
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from vanban.source import load

LEFT = ["ỦY BAN NHÂN DÂN", "TỈNH BÀ RỊA - VŨNG TÀU", "Số: 08/KH-UBND"]
RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Vũng Tàu, ngày 08 tháng 01 năm 2024"]


def rebuilt(data: bytes, change) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for page in writer.pages:
        change(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# --- reading order -------------------------------------------------------------------------------------------------


def letterhead(canvas: Canvas, white: float = 12, lower: float = 0) -> None:
    """A letterhead as Word prints it: the left block whole, then the right block, ``lower`` points further down."""
    widths = [max(stringWidth(text, BOLD, 12) for text in block) for block in (LEFT, RIGHT)]
    left = (A4[0] - sum(widths) - white) / 2
    canvas.setFont(BOLD, 12)
    for number, text in enumerate(LEFT):
        canvas.drawCentredString(left + widths[0] / 2, 770 - 16 * number, text)
    canvas.line(left + 60, 750, left + widths[0] - 60, 750)
    for number, text in enumerate(RIGHT):
        canvas.drawCentredString(left + widths[0] + white + widths[1] / 2, 770 - 16 * number - lower, text)
    canvas.setFont(BOLD, 14)
    canvas.drawCentredString(A4[0] / 2, 680, "KẾ HOẠCH")
    canvas.drawCentredString(A4[0] / 2, 660, "Truyền thông chính sách trên địa bàn tỉnh năm 2024")
    canvas.setFont(FONT, 13)
    canvas.drawString(85, 630, "Thực hiện Chỉ thị số 07/CT-TTg ngày 21/3/2023 của Thủ tướng Chính phủ")


BELOW = [
    "KẾ HOẠCH",
    "Truyền thông chính sách trên địa bàn tỉnh năm 2024",
    "Thực hiện Chỉ thị số 07/CT-TTg ngày 21/3/2023 của Thủ tướng Chính phủ",
]


@pytest.mark.parametrize(("white", "lower"), list(itertools.product([8, 12, 40], [0, 3, 8, 12])))
def test_a_letterhead_in_two_columns_is_read_block_by_block(white, lower):
    assert texts(drawn(lambda canvas: letterhead(canvas, white, lower))) == [*LEFT, *RIGHT, *BELOW]


def test_a_letterhead_in_a_table_without_lines():
    data = pdf([beside(LEFT, RIGHT), gap(), para("KẾ HOẠCH", centred=True), para(LONG)])
    assert [text for text in texts(data) if text != "2024"][:7] == [
        *LEFT,
        *RIGHT[:2],
        "Vũng Tàu, ngày 08 tháng 01 năm 2024",
        "KẾ HOẠCH",
    ]


def test_recipients_and_signature_stand_apart():
    recipients = ["Nơi nhận:", "- Như Điều 3;", "- Thường trực Tỉnh ủy;", "- Các sở, ban, ngành;", "- Lưu: VT."]
    signature = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn An"]

    def draw(canvas: Canvas) -> None:
        canvas.drawString(85, 758, "Yêu cầu các sở, ban, ngành, Ủy ban nhân dân các huyện, thị xã, thành phố")
        canvas.drawString(85, 740, "thực hiện nghiêm túc./.")
        canvas.setFont(FONT, 11)
        for number, text in enumerate(recipients):
            canvas.drawString(85, 700 - 14 * number, text)
        canvas.setFont(BOLD, 13)
        for y, text in zip((702, 686, 670, 590), signature, strict=True):
            canvas.drawCentredString(420, y, text)

    assert texts(drawn(draw))[1:] == ["thực hiện nghiêm túc./.", *recipients, *signature]


def test_list_marks_far_from_their_text_are_no_column():
    def draw(canvas: Canvas) -> None:
        for number, mark in enumerate(["1.", "a)", "đ)", "-", "2.1."]):
            canvas.drawString(85, 700 - 20 * number, mark)
            canvas.drawString(121, 700 - 20 * number, "Tổ chức thực hiện")

    assert texts(drawn(draw)) == [f"{mark} Tổ chức thực hiện" for mark in ("1.", "a)", "đ)", "-", "2.1.")]


def test_paragraphs_that_stand_apart_have_an_empty_line_between():
    def draw(canvas: Canvas) -> None:
        for y, text in ((700, "một"), (684, "hai"), (668, "ba"), (640, "bốn"), (624, "năm")):
            canvas.drawString(85, y, f"Dòng thứ {text} của kế hoạch")

    lines = [line.text.removeprefix("Dòng thứ ").removesuffix(" của kế hoạch") for line in load(drawn(draw)).lines]
    assert lines == ["một", "hai", "ba", "", "bốn", "năm"]


def test_lines_count_through_the_pages_and_know_their_page():
    source = load(pdf([para(LONG) for _ in range(30)]))
    assert [line.number for line in source.lines] == list(range(1, len(source.lines) + 1))
    assert source.pages == 3
    assert sorted({line.page for line in source.lines}) == [1, 2, 3]


def test_progress_is_told_page_by_page():
    told = []
    load(pdf([para(LONG) for _ in range(30)]), progress=lambda page, pages: told.append((page, pages)))
    assert told == [(1, 3), (2, 3), (3, 3)]


# --- page numbers and running heads --------------------------------------------------------------------------------


def test_page_numbers_are_taken_out_and_other_figures_kept():
    data = pdf([para("2"), *[para(LONG) for _ in range(30)], para("3")])
    assert [text for text in texts(data) if text.isdigit()] == ["2", "3"]


def paged(footer: str, count: int = 4) -> bytes:
    def draw(canvas: Canvas) -> None:
        for page in range(1, count + 1):
            canvas.setFont(FONT, 13)
            canvas.drawString(85, 600, f"Nội dung của phần {'abcd'[page - 1]}")
            canvas.drawString(85, 40, footer.format(page))
            canvas.showPage()

    return drawn(draw)


@pytest.mark.parametrize("footer", ["Trang {0}/4", "- {0} -", "{0}", "1{0}"])
def test_running_numbers_of_every_form(footer):
    assert texts(paged(footer)) == [f"Nội dung của phần {part}" for part in "abcd"]


def test_a_running_head_is_read_once():
    assert texts(paged("Kế hoạch số 08/KH-UBND")).count("Kế hoạch số 08/KH-UBND") == 1


# --- letters -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tracking", [0, 1, 4])
def test_text_drawn_sign_by_sign_has_its_words(tracking):
    def draw(canvas: Canvas) -> None:
        x = 85.0
        for char in "Tổ chức phổ biến chính sách":
            if char != " ":
                canvas.drawString(x, 700, char)
            x += stringWidth(char, FONT, 13) + tracking

    assert texts(drawn(draw)) == ["Tổ chức phổ biến chính sách"]


def test_an_invisible_layer_of_words_is_read_line_by_line():
    words = (LONG * 8).split()
    printed = [" ".join(words[at : at + 9]) for at in range(0, len(words), 9)]
    noise = random.Random(3)

    def draw(canvas: Canvas) -> None:
        """Each word by itself, stretched into its place and a little off the line, as an OCR leaves it."""
        for number, line in enumerate(printed):
            x = 60.0
            for word in line.split():
                size, stretch = 12 * noise.uniform(0.85, 1.12), noise.uniform(85, 115)
                text = canvas.beginText(x, 780 - 17.5 * number + noise.uniform(-1.2, 1.2))
                text.setFont(FONT, size)
                text.setTextRenderMode(3)
                text.setHorizScale(stretch)
                text.textOut(word)
                canvas.drawText(text)
                x += stringWidth(word, FONT, size) * stretch / 100 + noise.uniform(1.6, 5)

    assert texts(drawn(draw)) == printed


def test_letters_drawn_twice_to_look_bold_are_read_once():
    def draw(canvas: Canvas) -> None:
        for shift in (0, 0.3):
            canvas.drawString(85 + shift, 700, "KẾ HOẠCH")

    assert texts(drawn(draw)) == ["KẾ HOẠCH"]


def test_ligatures_are_letters():
    def name_as_ligature(page) -> None:
        for font in page["/Resources"]["/Font"].values():
            if "/ToUnicode" in font.get_object():
                names = font.get_object()["/ToUnicode"].get_object()
                names.set_data(names.get_data().replace(b"<00D8>", b"<FB03>"))

    data = drawn(lambda canvas: canvas.drawString(85, 700, "oØce"))
    assert texts(rebuilt(data, name_as_ligature)) == ["office"]


def raised(canvas: Canvas, before: str, mark: str, after: str, y: float = 700) -> None:
    """Draw a line of text with a small raised mark in it."""
    canvas.setFont(FONT, 13)
    canvas.drawString(85, y, before)
    x = 85 + stringWidth(before, FONT, 13)
    canvas.setFont(FONT, 8)
    canvas.drawString(x, y + 5, mark)
    canvas.setFont(FONT, 13)
    canvas.drawString(x + 8, y, after)


def test_a_raised_mark_stays_on_its_line():
    def draw(canvas: Canvas) -> None:
        raised(canvas, "Bộ Thông tin", "1", "chủ trì")
        raised(canvas, "rộng 20 m", "2", "đất", 680)

    assert texts(drawn(draw)) == ["Bộ Thông tin[1] chủ trì", "rộng 20 m2 đất"]


def test_footnotes_do_not_cut_the_text_that_goes_on_over_the_page():
    def draw(canvas: Canvas) -> None:
        raised(canvas, "Bộ Thông tin và Truyền thông", "1", "phối hợp với", 120)
        canvas.line(85, 100, 229, 100)
        canvas.setFont(FONT, 6)
        canvas.drawString(85, 88, "1")
        canvas.setFont(FONT, 10)
        canvas.drawString(90, 84, "Nay là Bộ Văn hóa, Thể thao và Du lịch.")
        canvas.showPage()
        canvas.setFont(FONT, 13)
        canvas.drawCentredString(297, 800, "2")
        canvas.drawString(85, 760, "các sở, ban, ngành.")

    source = load(drawn(draw))
    assert [(line.page, line.text) for line in source.lines] == [
        (1, "Bộ Thông tin và Truyền thông[1] phối hợp với"),
        (2, "các sở, ban, ngành."),
        (1, "[1] Nay là Bộ Văn hóa, Thể thao và Du lịch."),
    ]


def test_stamps_across_the_page_are_left_out():
    def draw(canvas: Canvas) -> None:
        canvas.drawString(85, 700, "Kế hoạch truyền thông")
        canvas.translate(150, 650)
        canvas.rotate(45)
        canvas.setFont(FONT, 60)
        canvas.drawString(0, 0, "DỰ THẢO")

    assert texts(drawn(draw)) == ["Kế hoạch truyền thông"]


def test_fonts_that_do_not_name_their_letters_make_a_broken_text_where_no_ocr_is_installed(monkeypatch):
    def forget(page) -> None:
        for font in page["/Resources"]["/Font"].values():
            font.get_object().pop("/ToUnicode", None)

    whole = pdf([para(LONG * 6)])
    torn = rebuilt(whole, forget)
    assert load(whole).quality == "good"
    assert load(torn).quality == "ocr"  # read from what the page shows
    monkeypatch.setenv("PATH", "")
    assert load(torn).quality == "broken"


# --- turned pages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_turned_by_the_scanner(turn):
    data = rebuilt(drawn(letterhead), lambda page: page.rotate(turn))
    assert texts(data) == [*LEFT, *RIGHT, *BELOW]


@pytest.mark.parametrize(("turn", "place"), [(90, (550, 60)), (270, (60, 780)), (180, (550, 700))])
def test_text_set_sideways(turn, place):
    def draw(canvas: Canvas) -> None:
        canvas.translate(*place)
        canvas.rotate(turn)
        word_rows(canvas, 0, [0, 100, 250], [[["Nội dung"], ["Chủ trì"]], [["Tuyên truyền"], ["Sở Y tế"]]])
        canvas.drawString(0, -60, "dòng sau bảng")

    data = drawn(draw)
    assert cells(data) == [[["Nội dung", "Chủ trì"], ["Tuyên truyền", "Sở Y tế"]]]
    assert texts(data)[-1] == "dòng sau bảng"
