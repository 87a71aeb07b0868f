"""The PDF as a file: its standards, its structure, the same bytes, what cannot be printed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import itertools

import pytest
from pypdf import PdfReader
from tests.vanban.write.pages import measured
from tests.vanban.write.papers import (
    DRAWING,
    SENTENCE,
    make_annex,
    make_body,
    make_paper,
    make_picture,
    make_table,
)

from vanban.official import (
    Annex,
    Heading,
    OfficialDocument,
    Paragraph,
    Picture,
    Run,
    Table,
    TableCell,
    Unprintable,
    plain,
)
from vanban.write.pdf import FontMissing, fonts, printing, tables, to_pdf

WHOLE = make_paper(body=(*make_body(), make_table(), make_picture()), annexes=(make_annex(landscape=True),))


def reader(paper: OfficialDocument) -> PdfReader:
    return PdfReader(io.BytesIO(to_pdf(paper)))


def elements(file: PdfReader) -> list[dict]:
    """The elements of the structure, from the first to the last."""
    found, waiting = [], [file.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        here = waiting.pop().get_object()
        if isinstance(here, list):
            waiting.extend(reversed(here))
        elif isinstance(here, dict):
            if "/S" in here:
                found.append(here)
            waiting.extend([here["/K"]] if "/K" in here else [])
    return found


def test_it_says_which_standards_it_follows():
    said = reader(WHOLE).trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in said
    assert "<pdfuaid:part>1</pdfuaid:part>" in said


def objects(file: PdfReader) -> list[dict]:
    """Every dictionary that the file's root leads to, streams too."""
    found, waiting, seen = [], [file.trailer["/Root"]], set()
    while waiting:
        here = waiting.pop().get_object()
        if id(here) in seen:
            continue
        seen.add(id(here))
        if isinstance(here, dict):
            found.append(here)
            waiting.extend(here.values())
        elif isinstance(here, list):
            waiting.extend(here)
    return found


def test_nothing_that_an_archive_forbids_is_in_the_file_and_everything_it_asks_for():
    file = reader(WHOLE)
    root = file.trailer["/Root"]
    everything = objects(file)
    # ISO 19005-2, 6.1.3: not encrypted, with an identity; 6.2.3: one intent of output with its profile.
    assert "/Encrypt" not in file.trailer
    assert len(file.trailer["/ID"]) == 2
    (intent,) = root["/OutputIntents"]
    assert intent.get_object()["/S"] == "/GTS_PDFA1"
    assert len(intent.get_object()["/DestOutputProfile"].get_data()) > 100
    # 6.2.11: the programs of all fonts, and what their signs mean.
    fonts = [each for each in everything if each.get("/Type") == "/Font"]
    descriptors = [each["/FontDescriptor"].get_object() for each in fonts if "/FontDescriptor" in each]
    assert {each["/Subtype"] for each in fonts} == {"/Type0", "/CIDFontType2"}
    assert all("/ToUnicode" in each for each in fonts if each["/Subtype"] == "/Type0")
    names = {each["/FontName"].partition("+")[2] for each in descriptors}
    assert names == {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}
    assert all({"/FontFile2", "/FontFile3"} & each.keys() for each in descriptors)
    # 6.5, 6.6: nothing that acts; 6.8, 6.9: no files and nothing optional inside.
    keys = {key for each in everything for key in each}
    assert not keys & {
        "/AA",
        "/OpenAction",
        "/JavaScript",
        "/JS",
        "/Launch",
        "/EmbeddedFiles",
        "/OCProperties",
        "/XFA",
    }
    # 6.7: its logical structure; ISO 14289-1, 7.1 and 7.2: its title in the window, its pages in the structure's order.
    assert root["/MarkInfo"]["/Marked"].value
    assert "/ParentTree" in root["/StructTreeRoot"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert all({"/StructParents", "/Tabs"} <= page.keys() and page["/Tabs"] == "/S" for page in file.pages)


def test_language_title_and_date_are_said():
    file = reader(WHOLE)
    assert file.trailer["/Root"]["/Lang"] == "vi-VN"
    assert file.metadata.title == f"Kế hoạch 08/KH-UBND: {WHOLE.subject}"
    assert file.metadata.author == "ỦY BAN NHÂN DÂN XÃ TÂN AN"
    assert file.metadata.creation_date == dt.datetime(2026, 1, 8, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def test_the_structure_has_headings_tables_and_words_for_pictures():
    found = elements(reader(WHOLE))
    kinds = [element["/S"] for element in found]
    assert [kind for kind in kinds if kind.startswith("/H")] == ["/H1", "/H2", "/H3", "/H4", "/H1"]
    assert kinds.count("/Table") == 2
    assert kinds.count("/TH") == 2 * 5
    assert kinds.count("/TD") == 2 * 3 * 4
    assert [element["/Alt"] for element in found if "/Alt" in element] == ["Biểu đồ số nhiệm vụ theo quý"]


def test_a_merged_cell_is_one_cell():
    heads = [element["/A"] for element in elements(reader(WHOLE)) if element["/S"] == "/TH"]
    spans = [
        (each.get("/ColSpan", 1), each.get("/RowSpan", 1))
        for head in heads[:5]
        for each in head
        if each["/O"] == "/Table"
    ]
    assert spans == [(1, 2), (1, 2), (2, 1), (1, 1), (1, 1)]


def test_levels_of_headings_are_never_left_out():
    letter = make_paper("Công văn", body=make_body(2))
    levels = [int(element["/S"][2:]) for element in elements(reader(letter)) if element["/S"].startswith("/H")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_sections_stand_below_chapters_and_no_heading_is_deeper_than_pdf_knows():
    kinds = (("part", "Phần I"), ("chapter", "Chương I"), ("section", "Mục 1"), ("subsection", "Tiểu mục 1"))
    body = (*(Heading(kind, mark, "TÊN") for kind, mark in kinds), Heading("article", "Điều 1.", "Tên"))
    deeper = (Heading("arabic", "1.", "Khoản"), Heading("letter", "a)", "Điểm"), Paragraph(plain("Hết")))
    found = elements(reader(make_paper(body=(*body, *deeper))))
    assert [each["/S"] for each in found if each["/S"].startswith("/H")] == [
        *("/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/H6", "/H6"),
    ]


def test_the_same_document_gives_the_same_bytes():
    assert to_pdf(WHOLE) == to_pdf(dataclasses.replace(WHOLE))
    undated = make_paper(number=None, date=None)
    assert to_pdf(undated) == to_pdf(undated)


def test_blanks_stand_where_there_is_no_number_and_no_day_yet():
    said = " ".join(" ".join(text.said for text in measured(to_pdf(make_paper(number=None, date=None))).texts).split())
    assert "Số: /KH-UBND" in said
    assert "Tân An, ngày tháng năm" in said


def test_what_looks_like_code_is_printed_as_it_stands():
    words = "#panic() $x^2$ *đậm* _nghiêng_ = @nhãn <b> `mã` \\u{41} // hết #sys.inputs"
    said = [text.said for text in measured(to_pdf(make_paper(subject="#let x", body=(Paragraph(plain(words)),)))).texts]
    assert "#let x" in said
    assert f"{words}./." in " ".join(said)


def test_a_sign_that_the_font_does_not_have_is_refused():
    with pytest.raises(Unprintable) as refused:
        to_pdf(make_paper(body=(Paragraph(plain("Vui 😀")),)))
    assert "😀" in refused.value.problems[0].vi


@pytest.mark.parametrize(
    "svg", ["<svg", "không phải hình", DRAWING.replace("</svg>", '<image href="/etc/passwd"/></svg>')]
)
def test_a_drawing_that_cannot_be_read_is_refused(svg):
    with pytest.raises(Unprintable) as refused:
        to_pdf(make_paper(body=(Picture("Biểu đồ", svg),)))
    assert refused.value.problems[0].where == "picture"


def test_a_picture_without_its_drawing_is_an_empty_frame():
    found = elements(reader(make_paper(body=(Picture("Biểu đồ"),))))
    assert [element["/Alt"] for element in found if "/Alt" in element] == ["Biểu đồ"]


def test_without_the_font_it_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "_PLACES", (str(tmp_path),))
    fonts._found.cache_clear()
    with pytest.raises(FontMissing, match="apt-get install fonts-croscore"):
        to_pdf(WHOLE)
    assert "fonts-croscore" in FontMissing.vi


def test_long_words_stay_within_margins_and_cells():
    address = "https://thongtin.example.vn/" + "chinh-sach/" * 30
    table = Table(
        ((TableCell((plain("30/6/2026"),)), TableCell((plain("Sở"),), align="right")),), (0.08, 0.92), head_rows=0
    )
    found = measured(to_pdf(make_paper(body=(Paragraph(plain(address)), table))))
    assert max(text.right for text in found.texts) <= 190.3
    assert "30/6/2026" not in [text.said for text in found.texts]
    assert max(text.right for text in found.texts if text.said.startswith("30/")) <= 30 + 0.08 * 160


@pytest.mark.parametrize("lines", range(15, 27))
def test_the_foot_is_whole_and_never_stands_without_two_lines_of_the_body(lines):
    body = (*make_body(2), *(Paragraph(plain("Một dòng.")) for _ in range(lines)), Paragraph(plain("Hết")))
    found = measured(to_pdf(make_paper(body=body)))
    label, name = found.text("Nơi nhận:"), found.text("Nguyễn Văn An")
    assert label.page == name.page
    above = [text for text in found.on(label.page) if 20 < text.base < label.base and text.size == 14]
    assert len(above) >= 2


@pytest.mark.parametrize("lines", range(8, 22, 2))
@pytest.mark.parametrize("last", [make_table(4), make_picture()], ids=["table", "picture"])
def test_a_short_table_or_a_picture_at_the_end_goes_with_the_foot(lines, last):
    body = (*make_body(2), *(Paragraph(plain("Một dòng.")) for _ in range(lines)), last)
    file = measured(to_pdf(make_paper(body=body)))
    label, end = file.text("Nơi nhận:"), file.text("./.")
    words = [text for text in file.texts if text.said in ("Nhiệm vụ", "Quý I")]
    assert (end.page, words[-1].page) == (label.page, label.page)


@pytest.mark.parametrize("lines", range(14, 30, 3))
def test_a_short_table_stands_on_one_page(lines):
    figures = tuple((TableCell((plain(f"Chỉ tiêu {n}"),)), TableCell((plain(str(n)),))) for n in range(1, 13))
    table = Table(((TableCell((plain("Chỉ tiêu"),)), TableCell((plain("Số"),))), *figures), (0.8, 0.2), head_rows=1)
    line = Paragraph(plain("Một dòng."))
    file = measured(to_pdf(make_paper(body=((line,) * lines) + (table, line, line, line))))
    pages = [text.page for text in file.texts if text.said.startswith("Chỉ")]
    assert len(pages) == 13
    assert len(set(pages)) == 1


@pytest.mark.parametrize("sentences", range(2, 9, 2))
def test_a_long_last_paragraph_goes_with_the_foot(sentences):
    body = (*make_body(2), Paragraph(plain(SENTENCE)), Paragraph(plain(" ".join([SENTENCE] * sentences))))
    found = measured(to_pdf(make_paper(body=body)))
    label = found.text("Nơi nhận:")
    assert len([text for text in found.on(label.page) if 20 < text.base < label.base and text.size == 14]) >= 2


def test_a_row_higher_than_a_page_goes_on_over_pages():
    row = (TableCell((plain("1"),)), TableCell((plain(" ".join([SENTENCE] * 60)),)))
    table = Table((row,), (0.1, 0.9), head_rows=0)
    found = measured(to_pdf(make_paper(body=(table,))))
    assert sum(text.said.count("kịp") for text in found.texts) == 60
    assert max(text.base for text in found.texts) < 277


def test_a_long_table_is_printed_alike_whether_its_rows_are_measured_or_laid_out(monkeypatch):
    short, long = " ".join(SENTENCE.split()[:9]), SENTENCE
    rows = []
    for n in range(40):
        text = (Run(short), Run(" đậm", bold=True), Run(" nghiêng", italic=True)) if n % 3 else plain(long)
        note = TableCell((plain("Sở Tư pháp"), plain("Văn phòng Ủy ban nhân dân tỉnh")), align="center")
        merged = (TableCell((plain(short),), columns=2),) if n % 7 == 0 else (TableCell(), TableCell((plain("12"),)))
        rows.append((TableCell((plain(f"{n}"),)), TableCell((text,)), note, *merged))
    rows += [
        (TableCell((plain("a"),), rows=2), *(TableCell((plain("30/6/2026-x/y"),)) for _ in range(4))),
        tuple(TableCell((plain("ﬁ"),)) for _ in range(4)),
        (TableCell((plain(" ".join([long] * 9)),), columns=4), TableCell()),
    ]
    table = Table(tuple(rows), (0.06, 0.44, 0.3, 0.07, 0.13), head_rows=1)
    paper = make_paper(annexes=(Annex("DANH MỤC", "", (table,), landscape=True),))
    laid_out = measured(to_pdf(paper))
    monkeypatch.setattr(tables, "_MANY", 10)
    assert measured(to_pdf(paper)) == laid_out


def test_a_long_document_is_printed_by_a_process_of_its_own(monkeypatch):
    monkeypatch.setattr(printing, "_LARGE", 10)
    apart = to_pdf(WHOLE)
    refused = make_paper(body=(Paragraph(plain("Vui 😀")),))
    with pytest.raises(Unprintable, match="😀"):
        to_pdf(refused)
    monkeypatch.undo()
    assert apart == to_pdf(WHOLE)
