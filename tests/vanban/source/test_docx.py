"""Word documents: what Word prints is what is read."""

import io
import zipfile

import docx
import pytest
from make_files import level, listed, numbering, p, part, word

from vanban.errors import Unreadable
from vanban.source import load
from vanban.source.docx.numbering import figure

NUM = '<w:num w:numId="{0}"><w:abstractNumId w:val="0"/>{1}</w:num>'


def texts(data: bytes) -> list[str]:
    return [line.text for line in load(data).lines]


# --- automatic numbering -----------------------------------------------------------------------------------------


def test_levels_print_as_word_prints_them():
    levels = (
        level(0, "upperRoman", "%1.")
        + level(1, "decimal", "%2.")
        + level(2, "lowerLetter", "%3)")
        + level(3, "bullet", "-")
    )
    body = (
        listed("MỤC ĐÍCH", 1)
        + listed("Một", 1, 1)
        + listed("Hai", 1, 1)
        + listed("a", 1, 2)
        + listed("b", 1, 2)
        + listed("gạch", 1, 3)
        + listed("NHIỆM VỤ", 1)
        + listed("Lại một", 1, 1)
        + listed("lại a", 1, 2)
    )
    assert texts(word(body, parts={"numbering": numbering(levels)})) == [
        "I. MỤC ĐÍCH",
        "1. Một",
        "2. Hai",
        "a) a",
        "b) b",
        "- gạch",
        "II. NHIỆM VỤ",
        "1. Lại một",
        "a) lại a",
    ]


def test_a_level_may_print_the_levels_above_it():
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2.", more="<w:isLgl/>")
    body = listed("x", 1) + listed("y", 1) + listed("z", 1, 1) + listed("t", 1, 1)
    assert texts(word(body, parts={"numbering": numbering(levels)})) == ["I. x", "II. y", "2.1. z", "2.2. t"]


def test_two_lists_of_one_kind_count_on_unless_one_starts_anew():
    levels = level(0, "decimal", "%1.")
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    nums = NUM.format(1, "") + NUM.format(2, "") + NUM.format(3, anew)
    body = listed("a", 1) + listed("b", 2) + listed("c", 3) + listed("d", 3) + listed("e", 1)
    assert texts(word(body, parts={"numbering": numbering(levels, nums)})) == ["1. a", "2. b", "1. c", "2. d", "3. e"]


def test_a_level_that_never_restarts():
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "%2)", more='<w:lvlRestart w:val="0"/>')
    body = listed("a", 1) + listed("b", 1, 1) + listed("c", 1) + listed("d", 1, 1)
    assert texts(word(body, parts={"numbering": numbering(levels)})) == ["1. a", "1) b", "2. c", "2) d"]


def test_numbering_comes_from_the_style_and_its_ancestors_and_can_be_taken_off():
    levels = level(0, "upperRoman", "%1.", more='<w:pStyle w:val="Muc"/>') + level(
        1, "decimal", "%2.", more='<w:pStyle w:val="Con"/>'
    )
    num = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = part(
        "styles",
        f'<w:style w:type="paragraph" w:styleId="Muc">{num}</w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Muc"/></w:style>',
    )
    body = (
        p("x", properties='<w:pStyle w:val="Muc"/>')
        + p("y", properties='<w:pStyle w:val="Con"/>')
        + p("không", properties='<w:pStyle w:val="Con"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + p("z", properties='<w:pStyle w:val="Con"/>')
    )
    data = word(body, parts={"numbering": numbering(levels), "styles": styles})
    assert texts(data) == ["I. x", "1. y", "không", "2. z"]


def test_symbol_font_bullets_print_as_bullets():
    levels = level(0, "bullet", "\uf0b7") + level(1, "bullet", "o") + level(2, "bullet", "+")
    body = listed("a", 1) + listed("b", 1, 1) + listed("c", 1, 2)
    assert texts(word(body, parts={"numbering": numbering(levels)})) == ["• a", "◦ b", "+ c"]


@pytest.mark.parametrize(
    ("count", "form", "printed"),
    [
        (4, "upperRoman", "IV"),
        (1999, "lowerRoman", "mcmxcix"),
        (26, "lowerLetter", "z"),
        (28, "upperLetter", "BB"),
        (7, "decimalZero", "07"),
        (0, "lowerLetter", "0"),
        (9, "vietnameseCounting", "9"),
        (5, "none", ""),
    ],
)
def test_number_formats(count, form, printed):
    assert figure(count, form) == printed


# --- runs ----------------------------------------------------------------------------------------------------------


def run(inner: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


def para(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>'


def test_breaks_tabs_and_hyphens():
    body = para(
        run(t("Số:") + "<w:tab/>" + t("08/KH") + "<w:noBreakHyphen/>" + t("UB") + "<w:softHyphen/>" + t("ND"))
        + run("<w:br/>" + t("dòng hai"))
    )
    assert texts(word(body)) == ["Số: 08/KH-UBND", "dòng hai"]


def test_tracked_changes_are_read_as_accepted():
    body = (
        para(run(t("giữ ")) + f"<w:ins>{run(t('thêm'))}</w:ins><w:del>{run('<w:delText>bỏ</w:delText>')}</w:del>")
        + f"<w:moveFrom>{para(run(t('cũ')))}</w:moveFrom>"
        + f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run(t('nối '))}</w:p>"
        + para(run(t("liền")))
    )
    assert texts(word(body)) == ["giữ thêm", "nối liền"]


def test_hidden_text_is_dropped_and_capitals_print_as_capitals():
    styles = part(
        "styles",
        '<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Hoa"><w:rPr><w:caps/></w:rPr></w:style>',
    )
    body = (
        para(run(t("thấy")) + run(t("ẩn"), "<w:vanish/>") + run(t("ẩn"), '<w:rStyle w:val="An"/>'))
        + para(run(t("kế hoạch"), "<w:caps/>"))
        + p("mục đích", properties='<w:pStyle w:val="Hoa"/>')
        + p("thường", properties='<w:pStyle w:val="Hoa"/>', run='<w:caps w:val="0"/>')
    )
    assert texts(word(body, parts={"styles": styles})) == ["thấy", "KẾ HOẠCH", "MỤC ĐÍCH", "thường"]


def test_fields_print_their_result_and_links_their_text():
    char = '<w:fldChar w:fldCharType="{}"/>'.format
    body = para(
        run(char("begin"))
        + run("<w:instrText>REF a</w:instrText>")
        + run(t("mã"))
        + run(char("separate"))
        + run(t("mục III"))
        + run(char("end"))
        + f"<w:hyperlink>{run(t(' tại đây'))}</w:hyperlink>"
        + f'<w:fldSimple w:instr="DATE">{run(t(" ngày 08"))}</w:fldSimple>'
    )
    assert texts(word(body)) == ["mục III tại đây ngày 08"]


def test_a_field_without_its_end_does_not_swallow_the_rest():
    assert texts(word(para(run('<w:fldChar w:fldCharType="begin"/>')) + p("còn"))) == ["", "còn"]


def test_content_controls_and_symbols():
    body = (
        f"<w:sdt><w:sdtContent>{p('trong ô')}</w:sdtContent></w:sdt>"
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('Bấm để nhập')}</w:sdtContent></w:sdt>"
        + para(run('<w:sym w:font="Wingdings" w:char="F0A8"/>' + t(" chọn")))
    )
    assert texts(word(body)) == ["trong ô", "☐ chọn"]


def test_text_boxes_are_read_once_before_their_paragraph():
    box = f"<w:txbxContent>{p('CỘNG HÒA')}{p('Độc lập')}</w:txbxContent>"
    shape = (
        "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>"
        f"<wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    assert texts(word(para(run(shape) + run(t("KẾ HOẠCH"))))) == ["CỘNG HÒA", "Độc lập", "KẾ HOẠCH"]
    old = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    assert texts(word(para(run(old)))) == ["CỘNG HÒA", "Độc lập", ""]


def test_footnotes_stand_at_the_end_with_their_mark():
    notes = part(
        "footnotes",
        f'<w:footnote w:id="-1" w:type="separator">{p("___")}</w:footnote>'
        f'<w:footnote w:id="2">{p(" Nay là Bộ VHTTDL.")}</w:footnote>',
    )
    body = para(run(t("Bộ TTTT")) + run('<w:footnoteReference w:id="2"/>') + run(t(" chủ trì"))) + p("sau")
    assert texts(word(body, parts={"footnotes": notes})) == ["Bộ TTTT[1] chủ trì", "sau", "[1] Nay là Bộ VHTTDL."]


def test_a_header_is_read_only_when_it_carries_the_letterhead():
    section = '<w:sectPr><w:headerReference w:type="{}" r:id="r0"/>{}</w:sectPr>'.format
    head = part("hdr", p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
    first = word(p("KẾ HOẠCH") + section("first", "<w:titlePg/>"), parts={"header": head})
    assert texts(first) == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "KẾ HOẠCH"]
    running = word(p("KẾ HOẠCH") + section("default", ""), parts={"header": part("hdr", p("Trang 2"))})
    assert texts(running) == ["KẾ HOẠCH"]


# --- tables --------------------------------------------------------------------------------------------------------


def shape(data: bytes) -> list[list[list[tuple[str, int, int]]]]:
    return [[[(c.text, c.column_span, c.row_span) for c in row] for row in t.rows] for t in load(data).tables]


def test_merged_cells_stand_once_with_their_spans():
    document = docx.Document()
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "ngang"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "dọc"
    out = io.BytesIO()
    document.save(out)
    assert shape(out.getvalue()) == [
        [
            [("ngang", 2, 1), ("02", 1, 1)],
            [("10", 1, 1), ("11", 1, 1), ("dọc", 1, 2)],
            [("20", 1, 1), ("21", 1, 1)],
        ]
    ]


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def test_cells_point_at_their_lines_row_by_row():
    table = f"<w:tbl><w:tr>{cell(p('a') + p('b'))}{cell(p())}</w:tr><w:tr>{cell(p('c'))}{cell(p('d'))}</w:tr></w:tbl>"
    source = load(word(p("trước") + table + p("sau")))
    assert [line.text for line in source.lines] == ["trước", "a", "b", "", "c", "d", "sau"]
    assert [[c.lines for c in row] for row in source.tables[0].rows] == [[(2, 3), (4, 4)], [(5, 5), (6, 6)]]
    assert source.tables[0].lines == (2, 6)


def test_nested_tables_controls_and_deleted_rows():
    inner = f"<w:tbl><w:tr>{cell(p('trong'))}</w:tr></w:tbl>"
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell(p('bỏ'))}</w:tr>"
    wrapped = f"<w:sdt><w:sdtContent><w:tr>{cell(p('bọc'))}</w:tr></w:sdtContent></w:sdt>"
    data = word(f"<w:tbl><w:tr>{cell(p('ngoài') + inner + p())}</w:tr>{gone}{wrapped}</w:tbl>")
    assert shape(data) == [[[("ngoài\ntrong", 1, 1)], [("bọc", 1, 1)]], [[("trong", 1, 1)]]]


def test_numbered_cells_have_their_numbers():
    rows = "".join(f"<w:tr>{cell(listed('', 1))}{cell(p(text))}</w:tr>" for text in ("x", "y"))
    data = word(f"<w:tbl>{rows}</w:tbl>", parts={"numbering": numbering(level(0, "decimal", "%1"))})
    assert shape(data) == [[[("1", 1, 1), ("x", 1, 1)], [("2", 1, 1), ("y", 1, 1)]]]


def test_strict_open_xml_is_read_too():
    data = word(p("Kế hoạch"))
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    assert texts(_with(data, b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", strict)) == ["Kế hoạch"]


def _with(data: bytes, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(old, new))
    return out.getvalue()


def test_a_file_of_python_docx_is_read_whole():
    document = docx.Document()
    document.add_heading("KẾ HOẠCH", 0)
    document.add_paragraph("một", style="List Number")
    document.add_paragraph("hai", style="List Number")
    document.add_paragraph("chấm", style="List Bullet")
    out = io.BytesIO()
    document.save(out)
    assert texts(out.getvalue()) == ["KẾ HOẠCH", "1. một", "2. hai", "• chấm"]


def test_tables_nested_without_end_are_refused():
    body = p("đáy")
    for _ in range(30):
        body = f"<w:tbl><w:tr>{cell(body + p())}</w:tr></w:tbl>"
    with pytest.raises(Unreadable) as error:
        load(word(body))
    assert error.value.code == "damaged"
