"""The layout of a DOCX, measured from its properties by python-docx, against the decree's text and not our table of it.

Nghị định 30/2020/NĐ-CP, Phụ lục I: each part of the document has its size, its hand and its place.
"""

import pathlib

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from PIL import ImageFont
from tests.vanban.write.reading import look, opened, paragraphs, setting, tables
from tests.vanban.write.samples import SENTENCE, TYPES, document

from vanban.official import Heading, form_of
from vanban.official.document import TITLED_BELOW
from vanban.write import to_docx

# Element: sizes allowed, bold, italic, alignment (phần II and III; table cells: bold head, centred).
DECREE = {
    "country": ((12, 13), True, False, "CENTER"),
    "motto": ((13, 14), True, False, "CENTER"),
    "parent": ((12, 13), False, False, "CENTER"),
    "issuer": ((12, 13), True, False, "CENTER"),
    "symbol": ((13, 13), False, False, "CENTER"),
    "place": ((13, 14), False, True, "CENTER"),
    "about": ((12, 13), False, False, "CENTER"),
    "urgency": ((13, 14), True, False, "CENTER"),
    "title": ((13, 14), True, False, "CENTER"),
    "basis": ((13, 14), False, True, "JUSTIFY"),
    "body": ((13, 14), False, False, "JUSTIFY"),
    "heading": ((13, 14), True, False, "JUSTIFY"),
    "chapter": ((13, 14), True, False, "CENTER"),
    "addressees": ((13, 14), False, False, "LEFT"),
    "signature": ((13, 14), True, False, "CENTER"),
    "label": ((12, 12), True, True, "LEFT"),
    "recipients": ((11, 11), False, False, "LEFT"),
    "annex": ((14, 14), True, False, "CENTER"),
    "attached": ((13, 14), False, True, "CENTER"),
    "head": ((11, 14), True, False, "CENTER"),
}


def printed(sample) -> dict[str, str]:
    """What each paragraph of the sample is, by its words."""
    form = form_of(sample.type)
    found = {
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": "country",
        "Độc lập - Tự do - Hạnh phúc": "motto",
        "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN": "parent",
        "ỦY BAN NHÂN DÂN XÃ TÂN AN": "issuer",
        f"Số: 08/{sample.code}": "symbol",
        "Căn cứ Luật Tổ chức chính quyền địa phương;": "basis",
        "Căn cứ Quyết định số 407/QĐ-TTg.": "basis",
        "Nơi nhận:": "label",
        **dict.fromkeys(("Như trên;", "Thường trực Đảng ủy;", "Lưu: VT, VHXH (02)."), "recipients"),
        **dict.fromkeys((*sample.signature.lines, "Bùi Đình Long"), "signature"),
        **dict.fromkeys(("Phụ lục I", "Phụ lục II"), "annex"),
        **dict.fromkeys(("DANH MỤC NHIỆM VỤ", "BIỂU THEO DÕI"), "title"),
        "(Kèm theo văn bản số 08 ngày 08 tháng 01 năm 2026)": "attached",
        "(Kèm theo văn bản số 08)": "attached",
        **dict.fromkeys(("ĐẦU THÁNG", "Xem"), "heading"),
        SENTENCE: "body",
    }
    if form != "minutes":
        found["Tân An, ngày 08 tháng 01 năm 2026"] = "place"
    if form == "letter":
        found["V/v đôn đốc báo cáo năm 2026"] = "about"
    else:
        found |= {sample.type.upper(): "title", sample.subject: "title"}
    return found | _of_form(sample, form)


def _of_form(sample, form: str) -> dict[str, str]:
    if form == "decision":
        last = "Quyết định này có hiệu lực kể từ ngày ký./."
        return {
            "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TÂN AN": "title",
            ("QUYẾT NGHỊ:" if sample.type == "Nghị quyết" else "QUYẾT ĐỊNH:"): "title",
            **{
                block.title: "chapter"
                for block in sample.body
                if isinstance(block, Heading) and block.kind in TITLED_BELOW
            },
            **{
                block.title: "heading"
                for block in sample.body
                if isinstance(block, Heading) and block.kind == "article"
            },
            "Trường hợp khác theo quy định của pháp luật": "body",
            "a) Thành lập Tổ công tác, gồm các ông, bà có tên sau:": "body",
            last: "body",
        }
    leads = {"telegram": f"{sample.issuer} điện:", "invitation": f"{sample.issuer} trân trọng kính mời:"}
    found = {
        leads.get(form, "Kính gửi:"): "addressees",
        "Ủy ban nhân dân tỉnh;": "addressees",
        "Sở Văn hóa, Thể thao và Du lịch.": "addressees",
        "ĐÁNH GIÁ CHUNG": "chapter",
        "Thực hiện chỉ đạo của cấp trên, Ủy ban nhân dân xã báo cáo như sau:": "body",
        **dict.fromkeys(("MỤC ĐÍCH", "KẾT QUẢ", "Về nhận thức", "Số liệu"), "heading"),
        "a) Với cán bộ": "body",
        "Hạn gửi: trước ngày 11 tháng 11, qua hệ thống": "body",
        **dict.fromkeys(("Nêu rõ kết quả;", "Nêu rõ nguyên nhân;"), "body"),
        "Giữa trang": "centred",
        "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị báo cáo để xem xét./.": "body",
    }
    return found | ({"HỎA TỐC": "urgency"} if sample.urgency else {})


@pytest.mark.parametrize("doc_type", TYPES)
def test_every_part_of_every_type_is_printed_as_the_decree_says(doc_type):
    sample = document(doc_type)
    file = opened(to_docx(sample))
    expected = printed(sample)
    met = set()
    for paragraph in paragraphs(file):
        if paragraph._p.getparent().tag == qn("w:tc") and _ruled(paragraph):
            continue
        words = paragraph.text.replace("\n", " ")
        element = expected[words]
        met.add(words)
        sizes, bold, italic, align = DECREE["body" if element == "centred" else element]
        seen = look(paragraph)
        assert sizes[0] <= seen.size <= sizes[1], words
        align = "CENTER" if element == "centred" else align
        assert (seen.font, seen.bold, seen.italic, seen.align) == ("Times New Roman", bold, italic, align), words
    assert met == set(expected)


def _ruled(paragraph: Paragraph) -> bool:
    table = next(paragraph._p.iterancestors(qn("w:tbl")))
    return table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}").get(qn("w:val")) == "BangKe"


def test_cells_of_the_head_are_bold_and_in_the_middle_the_others_as_they_say():
    table = tables(opened(to_docx(document())))[0]
    seen = [[(p.text, look(p)) for p in _unique(row)] for row in table.rows]
    head = [found for row in seen[:2] for found in row]
    assert {(found.font, found.size, found.bold, found.align) for _, found in head} == {
        ("Times New Roman", 12, True, "CENTER")
    }
    body = {text: (found.bold, found.align) for row in seen[2:] for text, found in row}
    assert body["Truyền thông trực tiếp"] == (False, "CENTER")
    assert (body["Tập huấn"], body["Quý II"]) == ((False, "LEFT"), (False, "RIGHT"))


def _unique(row) -> list[Paragraph]:
    cells = row._tr.findall(qn("w:tc"))
    return [p for tc in cells for p in (Paragraph(e, row._parent) for e in tc.iter(qn("w:p"))) if p.text]


def test_pages_have_the_size_and_the_margins_of_the_decree():
    sections = opened(to_docx(document())).sections
    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    for section in sections:
        sides = sorted((section.page_width.mm, section.page_height.mm))
        assert sides == pytest.approx([210, 297], abs=0.1)
        assert 20 <= round(section.top_margin.mm, 1) <= 25
        assert 20 <= round(section.bottom_margin.mm, 1) <= 25
        assert 30 <= round(section.left_margin.mm, 1) <= 35
        assert 15 <= round(section.right_margin.mm, 1) <= 20
    assert sections[1].page_width > sections[1].page_height


def test_the_number_of_the_page_stands_in_the_middle_above_but_not_on_the_first_page():
    sections = opened(to_docx(document())).sections
    for section in sections:
        assert section.different_first_page_header_footer
        assert [p.text for p in section.first_page_header.paragraphs] == [""]
        number = section.header.paragraphs[0]
        assert number._p.find(qn("w:fldSimple")).get(qn("w:instr")).strip() == "PAGE"
        assert number.style.paragraph_format.alignment == 1
        assert (number.style.font.size.pt, section.header_distance < section.top_margin) == (13, True)
    # Mục III, khoản 1: annexes number their own pages.
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in sections]
    assert [None if s is None else s.get(qn("w:start")) for s in starts] == [None, "1", "1"]


def test_text_is_justified_indented_and_set_apart_as_the_decree_says():
    for paragraph in paragraphs(opened(to_docx(document()))):
        if look(paragraph).align != "JUSTIFY":
            continue
        assert round(setting(paragraph, "first_line_indent").mm, 1) in (10.0, 12.7), paragraph.text
        assert setting(paragraph, "space_after").pt >= 6
        assert 1 <= setting(paragraph, "line_spacing") <= 1.5


FONTS = pathlib.Path("/usr/share/fonts/truetype/croscore")


@pytest.mark.parametrize("doc_type", ["Báo cáo", "Công văn", "Quyết định"])
def test_rules_are_as_long_as_the_decree_says(doc_type):
    # The words are measured in the font itself, not by our table of widths.
    file = opened(to_docx(document(doc_type)))
    shares = {}
    for element in file.element.body.iter(qn("w:p")):
        rule = Paragraph(element, file)
        if rule.style.name != "Đường kẻ":
            continue
        above = Paragraph(element.getprevious(), file)
        seen = look(above)
        font = ImageFont.truetype(str(FONTS / "Tinos-Bold.ttf"), round(seen.size * 100))
        words = font.getlength(above.text.split("\n")[-1]) / 100
        cell = element.getparent()
        room = (
            int(cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}").get(qn("w:w"))) / 20
            if cell.tag == qn("w:tc")
            else Mm(160).pt
        )
        indents = rule.paragraph_format
        assert indents.left_indent == indents.right_indent
        shares[above.style.name] = (room - indents.left_indent.pt - indents.right_indent.pt) / words
    assert 0.95 <= shares.pop("Tiêu ngữ") <= 1.05
    assert set(shares) == {"Cơ quan ban hành", *([] if doc_type == "Công văn" else ["Trích yếu"])}
    assert all(1 / 3 <= share <= 1 / 2 for share in shares.values())
