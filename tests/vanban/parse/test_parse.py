"""Files of others, files that a clerk went on editing, files that do harm; and what reads plans reads ours."""

import datetime as dt
import io
import re
import zipfile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas
from tests.vanban.lint.broken import Edited
from tests.vanban.lint.paper import printed
from tests.vanban.write.samples import cell, document

from vanban import read_file
from vanban.errors import Unreadable
from vanban.official import Heading, Paragraph, Signature, Table, plain, settled
from vanban.parse import parse, see
from vanban.text import fold
from vanban.write import to_docx, to_pdf

CENTER, RIGHT, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY


# --- plans -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [to_docx, to_pdf])
def test_what_reads_plans_reads_the_head_of_ours(tmp_path, write):
    plan = document(
        "Kế hoạch",
        subject="Tổ chức truyền thông chính sách có tác động lớn đến xã hội trên địa bàn xã Tân An năm 2026",
        number=123,
        date=dt.date(2026, 11, 2),
    )
    file = tmp_path / f"plan.{write.__name__.removeprefix('to_')}"
    file.write_bytes(write(plan))
    head = read_file(file).header
    assert (head.doc_type, head.symbol, head.place, head.date) == ("KH", "123/KH-UBND", "Tân An", plan.date)
    assert (head.title, fold(head.issuer)) == (plan.subject, fold(plan.issuer))


# --- DOCX of others ------------------------------------------------------------------------------------------------


def of_another():
    """A letter made by hand in a word processor: no styles of ours, the head in a table without rules."""
    made = docx.Document()
    head = made.add_table(1, 2)
    left, right = head.rows[0].cells
    lines(left, ("UBND TỈNH NGHỆ AN", ""), ("SỞ TƯ PHÁP", "b"), ("Số: 8 /STP-VP", ""), ("V/v báo cáo năm 2026", ""))
    lines(
        right,
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "b"),
        ("Độc lập – Tự do – Hạnh phúc", "b"),
        ("Nghệ An, ngày 5 tháng 3 năm 2026", "i"),
    )
    made.add_paragraph("Kính gửi: Ủy ban nhân dân các xã, phường")
    made.add_paragraph("Sở Tư pháp đề nghị các đơn vị như sau:").alignment = JUSTIFY
    made.add_paragraph().add_run("1. Về báo cáo").bold = True
    made.add_paragraph("Gửi trước ngày 11/11", style="List Number")
    made.add_paragraph("Gửi bản mềm", style="List Number")
    table = made.add_table(2, 2, style="Table Grid")
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Đầu mối"
    table.cell(1, 0).text, table.cell(1, 1).text = "Bà An", "0912"
    made.add_paragraph("Trân trọng./.")
    foot = made.add_table(1, 2)
    left, right = foot.rows[0].cells
    lines(left, ("Nơi nhận:", "bi"), ("- Như trên;", ""), ("- Lưu: VT.", ""))
    lines(right, ("KT. GIÁM ĐỐC", "b"), ("PHÓ GIÁM ĐỐC", "b"), ("", ""), ("Trần Thị Bình", "b"))
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def lines(box, *texts):
    for index, (text, hand) in enumerate(texts):
        paragraph = box.paragraphs[0] if index == 0 else box.add_paragraph()
        run = paragraph.add_run(text)
        run.bold, run.italic = "b" in hand, "i" in hand
        paragraph.alignment = CENTER


def test_a_letter_that_others_made_is_read_by_its_words():
    found = parse(of_another(), "cv.docx")
    assert (found.type, found.parent, found.issuer) == ("Công văn", "UBND TỈNH NGHỆ AN", "SỞ TƯ PHÁP")
    assert (found.number, found.code, found.subject) == (8, "STP-VP", "báo cáo năm 2026")
    assert (found.place, found.date) == ("Nghệ An", dt.date(2026, 3, 5))
    assert found.addressees == ("Ủy ban nhân dân các xã, phường",)
    assert (found.recipients, found.archive) == (("Như trên",), "VT")
    assert found.signature == Signature(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Trần Thị Bình")
    assert found.body == (
        Paragraph(plain("Sở Tư pháp đề nghị các đơn vị như sau:")),
        Heading("arabic", "1.", "Về báo cáo"),
        Paragraph(plain("Gửi trước ngày 11/11"), "1."),
        Paragraph(plain("Gửi bản mềm"), "2."),
        Table(((cell("Đầu mối", columns=2),), (cell("Bà An"), cell("0912"))), (0.5, 0.5), 0),
        Paragraph(plain("Trân trọng"), align="left"),
    )


def test_a_head_that_is_set_with_tabs_is_read_as_two_columns():
    made = docx.Document()
    for text, hand in (
        ("UBND TỈNH NGHỆ AN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", ""),
        ("SỞ TƯ PHÁP\tĐộc lập - Tự do - Hạnh phúc", "b"),
        ("Số: 08/KH-STP\tNghệ An, ngày 05 tháng 3 năm 2026", ""),
        ("KẾ HOẠCH", "bc"),
        ("Kiểm tra văn bản", "bc"),
        ("Nội dung./.", ""),
    ):
        paragraph = made.add_paragraph()
        paragraph.add_run(text).bold = "b" in hand
        paragraph.alignment = CENTER if "c" in hand else None
    content = io.BytesIO()
    made.save(content)
    found = parse(content.getvalue())
    assert (found.type, found.subject, found.number, found.code) == ("Kế hoạch", "Kiểm tra văn bản", 8, "KH-STP")
    assert (found.parent, found.issuer, found.place) == ("UBND TỈNH NGHỆ AN", "SỞ TƯ PHÁP", "Nghệ An")


def test_a_document_that_a_clerk_went_on_editing_is_read_with_what_she_wrote():
    edited = Edited("Báo cáo", annexes=())
    heading = edited.of("roman")
    new = heading.insert_paragraph_before("Đoạn do cán bộ thêm vào")
    new.alignment = JUSTIFY
    edited.write("subject", "Kết quả sáu tháng đầu năm")
    found = parse(edited.bytes)
    wanted = settled(document("Báo cáo", annexes=()))
    at = next(n for n, block in enumerate(wanted.body) if isinstance(block, Heading) and block.kind == "roman")
    assert found.subject == "Kết quả sáu tháng đầu năm"
    assert found.body == (*wanted.body[:at], Paragraph(plain("Đoạn do cán bộ thêm vào")), *wanted.body[at:])


# --- PDFs of others ------------------------------------------------------------------------------------------------


def test_a_pdf_without_a_logical_structure_is_read_by_where_its_words_stand():
    found = parse(printed())
    assert (found.type, found.parent, found.issuer) == (
        "Kế hoạch",
        "ỦY BAN NHÂN DÂN TỈNH",
        "ỦY BAN NHÂN DÂN XÃ TÂN AN",
    )
    assert (found.number, found.code) == (8, "KH-UBND")
    assert (found.place, found.date) == ("Tân An", dt.date(2026, 1, 8))
    assert found.subject == "Truyền thông chính sách năm 2026"
    assert (found.recipients, found.archive) == (("Như trên",), "VT, VX (02)")
    assert found.signature == Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Nguyễn Văn An")
    assert (len(found.body), found.body[-1]) == (7, Paragraph(plain("Kế hoạch này thay Kế hoạch năm 2025")))


# --- what is seen --------------------------------------------------------------------------------------------------


def test_both_files_of_a_document_are_seen_alike():
    whole = document()
    seen = see(to_docx(whole)), see(to_pdf(whole))
    assert [[sheet.width > sheet.height for sheet in found.sheets][-2:] for found in seen] == [[True, False]] * 2
    assert [round(found.sheets[0].width) for found in seen] == [210, 210]
    assert [{number.align for number in found.page_numbers} for found in seen] == [{"center"}, {"center"}]
    assert seen[1].tagged


# --- files that cannot be read -------------------------------------------------------------------------------------


def zipped(**parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return made.getvalue()


def blank_pdf(password=None):
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.showPage()
    canvas.save()
    if password is None:
        return made.getvalue()
    writer = PdfWriter(clone_from=PdfReader(made))
    writer.encrypt(password)
    locked = io.BytesIO()
    writer.write(locked)
    return locked.getvalue()


ENTITY = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
UNREADABLE = {
    "empty": (b"", "empty"),
    "a picture": (b"\x89PNG\r\n", "damaged"),
    "a torn zip": (to_docx(document(annexes=()))[:3000], "damaged"),
    "a torn PDF": (b"%PDF-1.7\n1 0 obj", "damaged"),
    "a zip of something else": (zipped(a_xml="<a/>"), "other-format"),
    "broken XML": (zipped(word__document_xml="<w:document"), "damaged"),
    "another XML": (zipped(word__document_xml="<a/>"), "damaged"),
    "an entity": (zipped(word__document_xml=ENTITY), "unsafe-xml"),
    "a bomb": (zipped(word__document_xml="<a>" + " " * 70_000_000 + "</a>"), "bomb"),
    "Word 2003": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "other-format"),
    "a locked DOCX": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16le"),
        "encrypted-office",
    ),
    "a blank page": (blank_pdf(), "no-text"),
    "a locked PDF": (blank_pdf("mật khẩu"), "encrypted"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_says_why(name):
    content, code = UNREADABLE[name]
    with pytest.raises(Unreadable) as refused:
        parse(content, "tep.docx")
    assert refused.value.code == code
    assert not re.search(r"[{}]", refused.value.vi + refused.value.en)
