"""Scans and photographs of pages: what is read from them, with the real Tesseract."""

import contextlib
import difflib
import io
import os
from pathlib import Path

import pytest
from make_files import cells, drawn, texts
from make_scans import DPI, WORDS, page, photographed, printed, saved, scanned, serif, stamped, worn
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from reportlab.platypus import Table

from vanban.errors import Unreadable
from vanban.plan import read
from vanban.source import limits, load
from vanban.source.showing import page_image


def alike(got: list[str], want: list[str]) -> float:
    """How much of ``want`` was read, character by character."""
    return difflib.SequenceMatcher(None, "\n".join(want), "\n".join(got), autojunk=False).ratio()


def bound(*files: bytes) -> bytes:
    """PDF files put together."""
    writer = PdfWriter()
    for file in files:
        for each in PdfReader(io.BytesIO(file)).pages:
            writer.add_page(each)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_worn_scan_gives_its_register():
    seen = []
    source = load(scanned(worn(page(printed()))), progress=lambda number, pages: seen.append((number, pages)))
    assert (source.quality, source.pages, source.ocr_pages, seen) == ("ocr", 1, (1,), [(1, 1)])
    plan = read(source)
    assert [(task.lead, task.time and task.time.text) for task in plan.tasks] == [
        (("Sở Tư pháp",), "Thường xuyên"),
        (("Sở Thông tin và Truyền thông",), "Hoàn thành trước tháng 12/2026"),
    ]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "BMP"])
def test_picture_files(kind):
    assert alike(texts(saved(page(printed()), kind)), WORDS) > 0.99


def test_a_tiff_of_two_pages_and_the_turn_that_a_phone_notes():
    first, second = page(printed(WORDS[:4])), page(printed(WORDS[4:]))
    source = load(saved(first, "TIFF", second))
    assert [line.page for line in source.lines if line.text] == [1] * 4 + [2] * 4
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter clockwise
    assert alike(texts(saved(first.rotate(90, expand=True), "JPEG", exif=exif)), WORDS[:4]) > 0.99


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_that_lay_turned_on_the_glass(turn):
    assert alike(texts(saved(worn(page(printed())).rotate(turn, expand=True), "PNG")), WORDS) > 0.98


def test_print_under_a_stamp_and_a_signature_is_read():
    assert alike(texts(saved(stamped(page(printed()), 420, 190), "PNG")), WORDS) > 0.98


def test_a_photograph_of_a_sheet_on_a_desk():
    assert alike(texts(saved(photographed(page(printed())), "JPEG")), WORDS) > 0.98


def test_a_letterhead_of_two_columns_is_read_block_by_block():
    left, right = ["ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG", "Số: 15/KH-UBND"], ["CỘNG HÒA XÃ HỘI", "Độc lập - Tự do"]

    def draw(canvas) -> None:
        canvas.setFont(serif(), 13)
        for x, block in ((60, left), (340, right)):
            for at, line in enumerate(block):
                canvas.drawString(x, 780 - 20 * at, line)
        canvas.drawString(60, 640, "Căn cứ tình hình thực tế, Ủy ban nhân dân tỉnh ban hành kế hoạch sau:")

    assert texts(saved(page(draw), "PNG"))[:5] == [*left, *right]


def test_a_letterhead_keeps_its_date_where_the_types_name_stands_under_its_left_column():
    left = ["ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG", "", "Số: 15/KH-UBND"]
    right = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]

    def draw(canvas) -> None:
        canvas.setFont(serif(), 12)
        for x, block in ((175, left), (400, [*right, "", "Lâm Đồng, ngày 12 tháng 02 năm 2024"])):
            for at, line in enumerate(block):
                canvas.drawCentredString(x, 780 - 16 * at, line)
        for at, line in enumerate(("KẾ HOẠCH", "Truyền thông chính sách trên địa bàn tỉnh Lâm Đồng năm 2024")):
            canvas.drawString(85, 690 - 19 * at, line)

    head = read(load(saved(page(draw), "PNG"))).header
    assert (head.symbol, head.place, str(head.date)) == ("15/KH-UBND", "Lâm Đồng", "2024-02-12")
    assert head.title == "Truyền thông chính sách trên địa bàn tỉnh Lâm Đồng năm 2024"


def test_a_ruled_table_keeps_its_cells_and_merged_cells_span():
    rows = [
        ["TT", "Nội dung", "Cơ quan chủ trì"],
        ["I", "Thông tin, tuyên truyền", ""],
        ["1", "Xây dựng chuyên trang trên cổng thông tin của tỉnh", "Sở Khoa học và Công nghệ"],
        ["2", "Tổ chức tập huấn cho cán bộ", "Sở Nội vụ"],
    ]
    table = Table(rows, [40, 300, 160], style=[("GRID", (0, 0), (-1, -1), 0.7, "black"), ("SPAN", (1, 1), (2, 1))])
    table.setStyle([("FONT", (0, 0), (-1, -1), serif(), 12)])

    def draw(canvas) -> None:
        table.wrapOn(canvas, 500, 700)
        table.drawOn(canvas, 50, 500)

    data = scanned(page(draw, 200), dpi=200)
    assert cells(data) == [[rows[0], ["I", "Thông tin, tuyên truyền"], *rows[2:]]]
    assert [cell.column_span for cell in load(data).tables[0].rows[1]] == [1, 2]


def test_a_file_half_text_half_scan_is_read_whole():
    source = load(bound(drawn(printed(["Trang có chữ"])), scanned(page(printed()))))
    assert (source.pages, source.ocr_pages, source.empty_pages) == (2, (2,), ())
    assert [line.text for line in source.lines if line.page == 1] == ["Trang có chữ"]
    assert alike([line.text for line in source.lines if line.page == 2 and line.text], WORDS) > 0.99


def test_a_text_layer_without_vietnamese_letters_over_a_scan_is_read_anew():
    torn = ["Cang hoa xa hoi cha nghia, uy ban nhan dan tinh ban hanh ke hoach truyen thong chinh sach"] * 8
    picture = page(printed())

    def draw(canvas) -> None:
        printed(torn)(canvas)
        canvas.drawInlineImage(picture, 0, 0, 595, 842)

    source = load(drawn(draw))
    assert source.ocr_pages == (1,)
    assert alike([line.text for line in source.lines if line.text], WORDS) > 0.99


def test_what_a_scanner_prints_on_every_page_is_no_text():
    def draw(canvas) -> None:
        printed()(canvas)
        canvas.setFont(serif(), 9)
        canvas.drawString(430, 18, "Scanned with CamScanner")

    assert alike(texts(scanned(page(draw))), WORDS) > 0.99


# --- where it stands ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("turn", [0, 90])
def test_the_picture_of_a_page_shows_each_line_where_its_box_says(turn):
    data = saved(worn(page(printed())).rotate(turn, expand=True), "PNG")
    source = load(data)
    shown = Image.open(io.BytesIO(page_image(data, 1, 1200, kind="PNG")))
    box = next(box for box in source.boxes if "Sở Tư pháp" in source.lines[box.line - 1].text)
    edges = box.x0 * shown.width - 20, box.y0 * shown.height - 8, box.x1 * shown.width + 20, box.y1 * shown.height + 8
    cut = shown.crop(tuple(map(round, edges)))
    assert texts(saved(cut.resize((cut.width * 2, cut.height * 2)), "PNG")) == [WORDS[2]]


def test_lines_of_a_text_layer_have_boxes_too():
    data = drawn(printed(["Kế hoạch truyền thông"]))
    (box,) = load(data).boxes
    assert (box.line, box.page) == (1, 1)
    assert [round(v, 2) for v in (box.x0, box.y0, box.y1)] == [0.13, 0.11, 0.12]
    shown = Image.open(io.BytesIO(page_image(data, 1, 800, is_scan=False)))
    assert shown.size == (800, 1132)


def test_words_read_with_doubt_are_told():
    def draw(canvas) -> None:
        printed()(canvas)
        canvas.setFillGray(1)
        canvas.rect(185, 740 - 24 * 2 - 2, 60, 7, stroke=0, fill=1)  # the lower half of "Sở Tư pháp" is gone

    source = load(scanned(page(draw)))
    assert {word.line for word in source.unsure} >= {3}
    for word in source.unsure:
        assert source.lines[word.line - 1].text[word.start : word.end] == word.text
    assert [doubt.where for doubt in read(source).doubts if doubt.kind == "unsure-word"]


# --- what cannot be read --------------------------------------------------------------------------------------------


def refused(data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as error:
        load(data)
    return error.value


def bomb(width: int, height: int) -> bytes:
    return saved(Image.new("1", (width, height)), "PNG")


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda: saved(page(printed()), "JPEG")[:2000], "damaged"),
        (lambda: saved(page(printed()), "PNG")[:4000], "damaged"),
        (lambda: saved(Image.new("RGB", (1, 1)), "PNG"), "picture-too-small"),
        (lambda: saved(Image.new("RGB", (900, 1200)), "PNG"), "no-words"),
        (lambda: saved(Image.new("RGB", (900, 1200), "white"), "JPEG"), "no-words"),
        (lambda: bomb(20_000, 20_000), "picture-too-large"),
        (lambda: scanned(Image.new("L", (900, 1200), 255)), "no-words"),
        (lambda: saved(Image.new("RGB", (90, 90)), "GIF"), "image"),
    ],
)
def test_bad_pictures_are_refused_with_a_reason(made, code):
    assert refused(made()).code == code


def test_a_picture_bomb_in_a_pdf_is_refused_before_it_is_unpacked():
    data = saved(Image.new("1", (20_000, 20_000)), "PDF")
    assert (refused(data).code, limits.MAX_PIXELS) == ("picture-too-large", 89_000_000)


def test_without_tesseract_it_is_said_what_to_install_and_all_else_is_read(monkeypatch):
    picture, scan, text = saved(page(printed()), "PNG"), scanned(page(printed())), drawn(printed(["Trang có chữ"]))
    monkeypatch.setenv("PATH", "")
    for data in (picture, scan):
        error = refused(data)
        assert error.code == "ocr-missing"
        assert "apt-get install tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd" in error.vi
        assert "apt-get install tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd" in error.en
    mixed = load(bound(text, scan))
    assert (mixed.text(), mixed.empty_pages, mixed.quality) == ("Trang có chữ", (2,), "good")


def test_a_reading_that_is_stopped_leaves_no_process_behind():
    pages = [page(printed())] * 3

    def stop(_number: int, _pages: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(scanned(*pages), progress=stop)
    assert not {"timeout", "tesseract"} & set(names_of_children())


def names_of_children() -> list[str]:
    """What the processes are called that this one started and that still run (a bare Debian has no ps)."""
    found = []
    for about in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has just ended
            name, _, after = about.read_text().rpartition(")")
            if int(after.split()[1]) == os.getpid():
                found.append(name.partition("(")[2])
    return found


def test_a_drawing_without_print_is_no_text():
    picture = Image.new("RGB", (1240, 1754), "white")
    pen = ImageDraw.Draw(picture)
    for at in range(0, 900, 60):
        pen.ellipse((100 + at // 2, 100 + at, 600 + at // 2, 700 + at), outline="black", width=3)
    assert refused(saved(picture, "PNG", dpi=(DPI, DPI))).code == "no-words"
