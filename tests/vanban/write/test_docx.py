"""A DOCX that a clerk goes on editing: its words, its numbering, its tables, what stays together."""

import dataclasses

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.vanban.write.reading import opened, paragraphs, setting, tables
from tests.vanban.write.samples import SENTENCE, SVG, cell, document, register

from vanban.official import (
    Annex,
    Heading,
    Paragraph,
    Picture,
    Run,
    Signature,
    Table,
    Unprintable,
    plain,
    roman,
)
from vanban.official.document import TITLED_BELOW
from vanban.write import to_docx

HEADINGS = ("roman", "arabic", "letter")


def bodied(*blocks, **changes):
    """A report with this body, and no annexes."""
    return document(**{"body": blocks, "annexes": ()} | changes)


def counted(file) -> list[str]:
    """Paragraphs as a word processor shows them: with the numbers that it counts, by the rules of ECMA-376, 17.9."""
    numbering = file.part.numbering_part.element
    abstracts = {a.get(qn("w:abstractNumId")): a for a in numbering.findall(qn("w:abstractNum"))}
    lists = {
        n.get(qn("w:numId")): abstracts[n.find(qn("w:abstractNumId")).get(qn("w:val"))]
        for n in numbering.findall(qn("w:num"))
    }
    counts: dict[str, dict[int, int]] = {}
    shown = []
    for element in file.element.body.iter(qn("w:p")):
        paragraph = type(file.paragraphs[0])(element, file)
        number, level = _numbered(paragraph, lists)
        mark = _next(lists[number], counts.setdefault(number, {}), level) if number else ""
        if mark or paragraph.text:
            shown.append(mark + paragraph.text.replace("\n", " "))
    return shown


def _numbered(paragraph, lists) -> tuple[str, int]:
    own = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if own is None:
        own = paragraph.style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if own is None:
            return "", 0
        number = own.find(qn("w:numId")).get(qn("w:val"))
        linked = [lvl for lvl in lists[number].findall(qn("w:lvl")) if _said(lvl, "pStyle") == paragraph.style.style_id]
        return number, int(linked[0].get(qn("w:ilvl"))) if linked else 0
    number = own.find(qn("w:numId")).get(qn("w:val"))
    return ("" if number == "0" else number), int(own.find(qn("w:ilvl")).get(qn("w:val")))


def _said(level, name: str, default: str = "") -> str:
    found = level.find(qn(f"w:{name}"))
    return default if found is None else found.get(qn("w:val"))


def _next(abstract, counts: dict[int, int], level: int) -> str:
    levels = {int(lvl.get(qn("w:ilvl"))): lvl for lvl in abstract.findall(qn("w:lvl"))}
    counts[level] = counts.get(level, 0) + 1
    for deeper in levels:
        if deeper > level and _said(levels[deeper], "lvlRestart", "1") != "0":
            counts[deeper] = 0
    lvl = levels[level]
    number = roman(counts[level]) if _said(lvl, "numFmt") == "upperRoman" else str(counts[level])
    blank = {"space": " ", "nothing": ""}[_said(lvl, "suff")]
    return _said(lvl, "lvlText").replace(f"%{level + 1}", number) + blank


def body_of(file) -> list[str]:
    """What is shown between the opening and the foot of ``bodied``."""
    shown = counted(file)
    return shown[shown.index("Căn cứ Quyết định số 407/QĐ-TTg.") + 1 : shown.index("Nơi nhận:")]


def test_headings_number_themselves_and_letters_are_typed():
    blocks = (
        Heading("part", "Phần I", "CHUNG"),
        Heading("roman", "I.", "MỤC ĐÍCH"),
        Heading("arabic", "1.", "Một"),
        Heading("letter", "a)", "A"),
        Heading("arabic", "2.", "Hai"),
        Heading("roman", "II.", "YÊU CẦU"),
        Heading("arabic", "1.", "Lại một"),
        Paragraph(plain("Khoản một"), "1."),
        Paragraph(plain("Khoản hai"), "2."),
        Paragraph(plain("gạch"), "-"),
        Heading("part", "Phần II", "RIÊNG"),
        Heading("roman", "I.", "CUỐI"),
        Heading("arabic", "1.", "Cuối"),
    )
    file = opened(to_docx(bodied(*blocks)))
    assert body_of(file) == [
        *("Phần I", "CHUNG", "I. MỤC ĐÍCH", "1. Một", "a) A", "2. Hai", "II. YÊU CẦU", "1. Lại một"),
        *("1. Khoản một", "2. Khoản hai", "- gạch", "Phần II", "RIÊNG", "I. CUỐI", "1. Cuối./."),
    ]
    typed = [p.text for p in paragraphs(file) if p.text[:2] in ("1.", "2.", "I.", "- ")]
    assert typed == []  # whoever adds a heading gets the next number


def test_articles_go_on_over_chapters():
    blocks = (
        Heading("chapter", "Chương I", "MỘT"),
        Heading("article", "Điều 1.", "Tên"),
        Paragraph(plain("Khoản"), "1."),
        Heading("chapter", "Chương II", "HAI"),
        Heading("article", "Điều 2.", "Tên"),
        Paragraph(plain("Khoản"), "1."),
    )
    file = opened(to_docx(bodied(*blocks)))
    assert body_of(file) == [
        "Chương I",
        "MỘT",
        "Điều 1. Tên",
        "1. Khoản",
        "Chương II",
        "HAI",
        "Điều 2. Tên",
        "1. Khoản./.",
    ]
    assert not any("Điều 2." in p.text for p in paragraphs(file))


def test_sections_number_themselves_anew_in_every_chapter():
    blocks = (
        Heading("chapter", "Chương I", "MỘT"),
        Heading("section", "Mục 1", "A"),
        Heading("subsection", "Tiểu mục 1", "B"),
        Heading("article", "Điều 1.", "Tên"),
        Heading("subsection", "Tiểu mục 2", "C"),
        Heading("section", "Mục 2", "D"),
        Heading("subsection", "Tiểu mục 1", "E"),
        Heading("chapter", "Chương II", "HAI"),
        Heading("section", "Mục 1", "G"),
        Heading("article", "Điều 2.", "Tên"),
    )
    file = opened(to_docx(bodied(*blocks)))
    shown = [line for block in blocks[:-1] for line in (block.mark, block.title)]
    shown[shown.index("Điều 1.") : shown.index("Điều 1.") + 2] = ["Điều 1. Tên"]
    assert body_of(file) == [*shown, "Điều 2. Tên./."]
    assert not any(p.text.startswith(("Chương", "Mục", "Tiểu mục", "Điều")) for p in paragraphs(file))


def test_an_article_that_says_its_sentence_at_once_has_only_its_mark_in_bold():
    file = opened(to_docx(bodied(Paragraph(plain("Ban hành Quy chế"), "Điều 1."), Paragraph(plain("Khác"), "Điều 3."))))
    assert body_of(file) == ["Điều 1. Ban hành Quy chế", "Điều 3. Khác./."]
    last = next(p for p in paragraphs(file) if p.text == "Điều 3. Khác./.")
    assert [(run.text, bool(run.bold)) for run in last.runs] == [("Điều 3. ", True), ("Khác./.", False)]


marks = st.lists(
    st.one_of(
        st.integers(1, 4).map(lambda n: Heading("roman", f"{roman(n)}.", "MỤC")),
        st.integers(1, 4).map(lambda n: Heading("arabic", f"{n}.", "Mục")),
        st.integers(1, 4).map(lambda n: Heading("article", f"Điều {n}.", "Tên")),
        st.integers(1, 4).map(lambda n: Paragraph(plain("Khoản"), f"{n}.")),
        st.integers(1, 3).map(lambda n: Paragraph(plain("Điểm"), f"{'abc'[n - 1]})")),
        st.sampled_from(["", "-", "+"]).map(lambda mark: Paragraph(plain("Lời"), mark)),
        st.integers(1, 3).map(lambda n: Heading("chapter", f"Chương {roman(n)}", "CHƯƠNG")),
        st.integers(1, 3).map(lambda n: Heading("part", f"Phần {roman(n)}", "PHẦN")),
        st.integers(1, 3).map(lambda n: Heading("section", f"Mục {n}", "MỤC")),
        st.integers(1, 3).map(lambda n: Heading("subsection", f"Tiểu mục {n}", "TIỂU MỤC")),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=30, deadline=None)
@given(marks)
def test_marks_are_shown_as_given_in_whatever_order(blocks):
    expected = []
    for block in blocks:
        if isinstance(block, Heading) and block.kind in TITLED_BELOW:
            expected += [block.mark, block.title]
        else:
            words = block.title if isinstance(block, Heading) else block.runs[0].text
            expected.append(f"{block.mark} {words}".strip())
    expected[-1] += "./."
    assert body_of(opened(to_docx(bodied(*blocks)))) == expected
    annex = opened(to_docx(document(annexes=(Annex("BIỂU", "", tuple(blocks)),))))
    expected[-1] = expected[-1].removesuffix("./.")
    assert counted(annex)[-len(expected) :] == expected


def test_the_end_mark_stands_once():
    ends = {
        "Xin báo cáo": "Xin báo cáo./.",
        "Xin báo cáo.": "Xin báo cáo./.",
        "Xin báo cáo./.": "Xin báo cáo./.",
        "Xin báo cáo…": "Xin báo cáo…./.",
    }
    for said, shown in ends.items():
        assert body_of(opened(to_docx(bodied(Paragraph(plain(said)))))) == [shown]
    table = Table(((cell("Ô"),),), (1.0,), 0)
    assert body_of(opened(to_docx(bodied(table)))) == ["Ô", "./."]


def test_words_are_printed_as_they_are():
    odd = "A & B < C > “D” 'E' %1 \\n №"
    file = opened(to_docx(bodied(Paragraph((Run(odd), Run(" đậm", bold=True), Run(" nghiêng", italic=True))))))
    last = next(p for p in paragraphs(file) if p.text.startswith("A &"))
    assert [(r.text, bool(r.bold), bool(r.italic)) for r in last.runs] == [
        (odd, False, False),
        (" đậm", True, False),
        (" nghiêng./.", False, True),
    ]


def test_cells_merge_as_in_the_value():
    table = tables(opened(to_docx(bodied(register()))))[0]
    texts = [[table.cell(row, column).text for column in range(5)] for row in range(5)]
    assert texts == [
        ["TT", "Nhiệm vụ", "Cơ quan thực hiện", "Cơ quan thực hiện", "Thời hạn"],
        ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"],
        ["Truyền thông trực tiếp"] * 5,
        ["1", SENTENCE, "Phòng Văn hóa", "Các thôn", "Quý I"],
        ["2", "Tập huấn", "Phòng Văn hóa", "", "Quý II"],
    ]
    shares = [column.width / sum(c.width for c in table.columns) for column in table.columns]
    assert shares == pytest.approx([0.06, 0.4, 0.2, 0.2, 0.14], abs=0.0005)


def test_heads_are_repeated_and_rows_do_not_break():
    rows = tables(opened(to_docx(bodied(register(8)))))[0]._tbl.tr_lst
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True, True] + [False] * 9
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_the_foot_stands_whole_and_with_two_lines_of_the_text():
    short = (Paragraph(plain(SENTENCE)), Paragraph(plain("Lời áp chót")), Paragraph(plain("Trân trọng")))
    file = opened(to_docx(bodied(*short)))
    kept = {p.text: bool(setting(p, "keep_with_next")) for p in paragraphs(file) if p.style.name == "Nội dung"}
    assert kept == {SENTENCE: False, "Lời áp chót": True, "Trân trọng./.": True}
    foot = file.tables[-1]
    assert [row._tr.trPr.find(qn("w:cantSplit")) is not None for row in foot.rows] == [True]
    assert setting(type(file.paragraphs[0])(foot._tbl.getprevious(), file), "keep_with_next")
    # After a table the mark alone stands above the foot: the last row goes with it.
    last = tables(opened(to_docx(bodied(register()))))[0].rows[-1]
    assert all(p.paragraph_format.keep_with_next for c in last.cells for p in c.paragraphs)


def test_the_rows_of_a_short_table_stay_together_and_those_of_a_long_one_do_not():
    def kept(table):
        file = opened(to_docx(bodied(table, Paragraph(plain(SENTENCE)), Paragraph(plain(SENTENCE)))))
        return [all(p.paragraph_format.keep_with_next for p in row.cells[0].paragraphs) for row in tables(file)[0].rows]

    assert kept(register(6)) == [True] * 8 + [False]
    assert kept(register(20)) == [True] * 2 + [False] * 21


def test_headings_stay_with_what_follows_and_make_an_outline():
    file = opened(to_docx(document("Quyết định")))
    outline = {"Chương": 0, "Mục": 1, "Tiểu mục": 2, "Điều": 2, "Phụ lục": 0, "Mục I": 1, "Mục 1": 2}
    for paragraph in file.paragraphs:
        if paragraph.style.name in outline:
            assert setting(paragraph, "keep_with_next")
            level = paragraph.style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}").get(qn("w:val"))
            assert int(level) == outline[paragraph.style.name]


def test_pictures_are_drawn_and_described():
    file = opened(to_docx(document()))
    shape = file.inline_shapes[0]
    said = shape._inline.docPr
    assert (said.get("descr"), round(shape.width.mm), round(shape.height.mm)) == ("Tiến độ theo nhóm việc", 160, 64)
    part = file.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
    assert part.blob[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_tall_picture_fits_on_the_page():
    shape = opened(to_docx(bodied(Picture("Cột", SVG, 3.0)))).inline_shapes[0]
    assert shape.height.mm < 257
    assert shape.width.mm == pytest.approx(shape.height.mm / 3, abs=0.1)


def test_a_drawing_that_is_none_is_refused():
    with pytest.raises(Unprintable) as refused:
        to_docx(bodied(Picture("Biểu đồ", "<svg", 0.5)))
    assert refused.value.problems[0].where == "picture"


def test_the_file_says_what_it_is():
    file = opened(to_docx(document()))
    core = file.core_properties
    assert (core.title, core.author, core.language) == (
        "Báo cáo 08/BC-UBND: Kết quả truyền thông chính sách năm 2026",
        "ỦY BAN NHÂN DÂN XÃ TÂN AN",
        "vi-VN",
    )
    defaults = file.styles.element.find(qn("w:docDefaults"))
    assert defaults.find(f".//{qn('w:lang')}").get(qn("w:val")) == "vi-VN"


def test_styles_have_the_names_of_what_they_print():
    file = opened(to_docx(document("Công văn")))
    used = {p.style.name for p in paragraphs(file)}
    assert {
        "Quốc hiệu",
        "Tiêu ngữ",
        "Cơ quan ban hành",
        "Trích yếu công văn",
        "Kính gửi",
        "Nội dung",
        "Nơi nhận",
    } <= used
    # Nothing that a style can say is said in the paragraph: only alignments, indents and numbers that differ from it.
    own = {child.tag for p in paragraphs(file) for child in p._p.pPr}
    assert own <= {qn(f"w:{name}") for name in ("pStyle", "keepNext", "numPr", "ind", "jc", "spacing")}
    hands = {child.tag for p in paragraphs(file) for r in p.runs if r._r.rPr is not None for child in r._r.rPr}
    assert hands <= {qn(f"w:{name}") for name in ("b", "bCs", "i", "iCs")}


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"number": None}, "Số:      /BC-UBND"),
        ({"number": 121}, "Số: 121/BC-UBND"),
        ({"date": None}, "Tân An, ngày      tháng      năm      "),
        ({"addressees": ("Ủy ban nhân dân tỉnh",)}, "Kính gửi: Ủy ban nhân dân tỉnh"),
        ({"archive": ""}, "- Thường trực Đảng ủy."),
        ({"signature": Signature(("GIÁM ĐỐC",), "")}, "GIÁM ĐỐC"),
    ],
)
def test_what_may_be_missing(changes, shown):
    assert shown in counted(opened(to_docx(document(**changes))))


def test_what_cannot_be_printed_is_refused():
    with pytest.raises(Unprintable):
        to_docx(dataclasses.replace(document(), issuer=""))
