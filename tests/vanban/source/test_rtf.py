"""RTF: paragraphs, letters however they are given, tables, notes, links; and what must not be read."""

import time

import pytest

from vanban.errors import Unreadable
from vanban.model import Link
from vanban.source import limits, load

FONTS = r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fcharset0 .VnTime;}{\f2\fcharset0 .VnTimeH;}{\f3\fcharset163 Arial;}{\f4 VNI-Times;}{\f5\fcharset2 Symbol;}}"


def rtf(body):
    return (r"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + body + "}").encode("latin-1")


def texts(body):
    return [line.text for line in load(rtf(body)).lines]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"\uc1 K\u7871? ho\u7841?ch\par", ["Kế hoạch"]),
        (r"\uc2 K\u7871\'3f\'3f ho\u7841??ch\par", ["Kế hoạch"]),
        (r"{\f1 K\'d5 ho\'b9ch truy\'d2n th\'abng\par}", ["Kế hoạch truyền thông"]),
        (r"{\f2 K\'d5 ho\'b9ch\par}", ["KẾ HOẠCH"]),
        (r"{\f4 Keá hoaïch\par}", ["Kế hoạch"]),
        (r"{\f3 v\'e0 kh\'f5\'f0i\par}", ["và khơđi"]),
        (r"m\'e9t \{hai\} \\ ba\~b\'f4n\par", ["mét {hai} \\ ba bôn"]),
        (r"m\u55357?\u56832?t\par", ["m😀t"]),
        (r"mot\line hai\par\par ba", ["mot", "hai", "", "ba"]),
        (r"{\caps quyet dinh}\par", ["QUYET DINH"]),
        (r"hien{\v  an}{\deleted  bo}\par", ["hien"]),
        (r"{\*\unknown khong}{\header khong\par}{\info{\title khong}}co\par", ["co"]),
        (r"{\pict\wmetafile8\bin5 }}}{\x}co\par", ["co"]),
        (r"{\listtext 1.\tab}muc\par", ["1. muc"]),
        (r"cat giua chung", ["cat giua chung"]),
        (r"{\upr{K? hoach}{\*\ud{K\u7871? hoach}}}\par", ["Kế hoach"]),
        (r"\u8220\ldblquote mot\u8221\rdblquote\par", ["“mot”"]),
        (r"\u7871{a}b\par", ["ếab"]),
        (r"{\f1 nh\u-3927?n d\u-3927?n}\par", ["nhân dân"]),
        (r"{\f4 Ke}{\f4\b á hoaï}{\f4 ch}\par", ["Kế hoạch"]),
        (r"{\f5\'b7\'a7}{\f5\u-3913?} a\par", ["•▪• a"]),
        (r"{\f1\plain\'e0}{\v\deleted0 an}\par", ["à"]),
        (
            r"mot{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt\pard hai\par ba\par}}{\shprslt hai} bon\par",
            ["hai", "ba", "mot bon"],
        ),
        (r"mot{\*\do\dptxbx{\dptxbxtext\pard hai\par}} ba\par", ["hai", "mot ba"]),
        (r"mot}\par sau het", ["mot"]),
        (r"{\pict\bin3 {{{\{ {\}} ffd8}co\par", ["co"]),
        (r"mot\sect hai\column ba\par", ["mot", "hai", "ba"]),
        (r"{\field{\*\fldinst {\field{\*\fldinst A}{\fldrslt B}}C}{\fldrslt day}}\par", ["day"]),
        (r"{\pntext\f5\'b7\tab}{\*\pn\pnlvlblt{\pntxtb\'b7}}muc\par", ["• muc"]),
    ],
)
def test_text(body, expected):
    assert texts(body) == expected


def test_a_file_in_a_legacy_font_says_so():
    assert load(rtf(r"{\f1 K\'d5 ho\'b9ch\par}")).quality == "legacy"


def test_a_table_with_merged_cells():
    body = (
        r"\trowd\trleft0\cellx2000\clvmgf\cellx4000\cellx6000\pard\intbl viec\cell ai\cell khi nao\cell\row"
        r"\trowd\trleft0\cellx2000\clvmrg\cellx4000\cellx6000\pard\intbl mot\cell\cell ngay\par mai\cell\row"
        r"\trowd\trleft0\cellx4000\cellx6000\pard\intbl chung\cell het\cell\row\pard sau bang\par"
    )
    source = load(rtf(body))
    assert [[(cell.text, cell.column_span, cell.row_span) for cell in row] for row in source.tables[0].rows] == [
        [("viec", 1, 1), ("ai", 1, 2), ("khi nao", 1, 1)],
        [("mot", 1, 1), ("ngay\nmai", 1, 1)],
        [("chung", 2, 1), ("het", 1, 1)],
    ]
    assert source.lines[-1].text == "sau bang"


def test_notes_stand_at_the_end_and_links_at_their_line():
    body = (
        r'mot{\footnote ghi chu}\par hai {\field{\*\fldinst{HYPERLINK }{"https://a.example.vn/12"}}{\fldrslt day}}\par'
    )
    source = load(rtf(body))
    assert [line.text for line in source.lines] == ["mot[1]", "hai day", "[1] ghi chu"]
    assert source.links == (Link(2, "https://a.example.vn/12"),)


def grid(source, at=0):
    return [[(cell.text, cell.column_span, cell.row_span) for cell in row] for row in source.tables[at].rows]


def test_cells_merged_both_ways():
    body = (
        r"\trowd\clvmgf\clmgf\cellx1000\clvmgf\clmrg\cellx2000\cellx3000\pard\intbl a\cell\cell b\cell\row"
        r"\trowd\clvmrg\clmgf\cellx1000\clvmrg\clmrg\cellx2000\cellx3000\pard\intbl\cell\cell c\cell\row\pard"
    )
    assert grid(load(rtf(body))) == [[("a", 2, 2), ("b", 1, 1)], [("c", 1, 1)]]
    front = body.replace(r"\trowd", r"\trowd\cellx500").replace(r"\intbl", r"\intbl x\cell")
    assert grid(load(rtf(front))) == [[("x", 1, 1), ("a", 2, 2), ("b", 1, 1)], [("x", 1, 1), ("c", 1, 1)]]


def test_borders_that_are_almost_one():
    body = "".join(rf"\trowd\cellx{a}\cellx{b}\pard\intbl a\cell b\cell\row" for a, b in ((1000, 1100), (1050, 1100)))
    assert grid(load(rtf(body))) == [[("a", 1, 1), ("b", 1, 1)]] * 2


def test_cells_without_borders_and_a_cell_too_many():
    assert grid(load(rtf(r"\trowd\pard\intbl a\cell b\cell\row"))) == [[("a", 1, 1), ("b", 1, 1)]]
    assert grid(load(rtf(r"\trowd\cellx900\pard\intbl a\cell\cell\row"))) == [[("a", 1, 1)]]


def test_a_table_in_a_cell():
    inner = (
        r"\pard\intbl\itap2 a\nestcell b\nestcell{\*\nesttableprops\trowd\cellx1\cellx900\nestrow}{\nonesttables\par}"
    )
    body = rf"\trowd\cellx2000\cellx4000\pard\intbl dau\par{inner}\pard\intbl cuoi\cell sau\cell\row\pard het\par"
    source = load(rtf(body))
    assert grid(source) == [[("dau\na\nb\ncuoi", 1, 1), ("sau", 1, 1)]]
    assert grid(source, 1) == [[("a", 1, 1), ("b", 1, 1)]]


def test_a_text_box_and_a_note_leave_the_table_around_them_whole():
    box = r"{\shp{\*\shpinst{\shptxt\pard\plain trong khung\par}}}{\footnote\pard ghi\par}"
    source = load(rtf(rf"\trowd\cellx1000\cellx2000\pard\intbl a{box}\cell b\cell\row\pard"))
    assert grid(source) == [[("trong khung\na[1]", 1, 1), ("b", 1, 1)]]


def test_endnotes_have_their_own_numbers():
    body = r"a{\footnote mot\par}b{\footnote\ftnalt hai\par}c{\footnote ba\par}\par"
    assert texts(body) == ["a[1]b[i]c[2]", "[1] mot", "[i] hai", "[2] ba"]


NATION = r"C\u7897?ng h\u242?a x\u227? h\u7897?i ch\u7911? ngh\u297?a Vi\u7879?t Nam"


def test_a_letterhead_in_the_header_is_read_where_the_text_has_none():
    header = rf"{{\header\pard {NATION}\par}}"
    assert texts(rf"{header}\pard Ke hoach\par") == ["Cộng hòa xã hội chủ nghĩa Việt Nam", "Ke hoach"]
    assert texts(rf"{header}\titlepg\pard Ke hoach\par") == ["Ke hoach"]
    assert texts(rf"{header}\pard {NATION}\par") == ["Cộng hòa xã hội chủ nghĩa Việt Nam"]


def test_the_default_font_and_raw_utf8():
    start = r"{\rtf1\ansi\deff1{\fonttbl{\f0 Arial;}{\f1 .VnTime}}"
    assert load((start + r"K\'d5 ho\'b9ch\par{\f0\plain\'a8n}}").encode()).lines[0].text == "Kế hoạch"
    assert load(r"{\rtf1 Kế hoạch\par}".encode()).lines[0].text == "Kế hoạch"


def test_combining_marks_of_windows_1258_are_joined():
    assert texts(r"{\f3 h\'f4\'f2i\par}") == ["hội"]


def test_groups_without_end_are_refused():
    with pytest.raises(Unreadable) as error:
        load(rtf("{" * 100_000))
    assert error.value.code == "damaged"


@pytest.mark.parametrize("start", ["", r"{\pict"])
def test_more_groups_than_any_plan_has_are_refused(start, monkeypatch):
    monkeypatch.setattr(limits, "MAX_TOKENS", 10_000)
    with pytest.raises(Unreadable) as error:
        load(rtf(start + "{}" * 20_000))
    assert error.value.code == "too-much-text"


@pytest.mark.parametrize(
    "body", [r"\'41" * 300_000, r"{\field{\*\fldinst " + r"\'41" * 300_000 + "}}a", r"\bin9999999999 a", r"}" * 300_000]
)
def test_long_files_take_time_in_proportion(body):
    start = time.perf_counter()
    load(rtf("a" + body))
    assert time.perf_counter() - start < 4


def test_a_file_without_text_is_empty():
    with pytest.raises(Unreadable) as error:
        load(rtf(r"\par\par"))
    assert error.value.code == "empty"
