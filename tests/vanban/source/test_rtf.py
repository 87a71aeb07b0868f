"""RTF: paragraphs, letters however they are given, tables, notes, links; and what must not be read."""

import pytest

from vanban.errors import Unreadable
from vanban.model import Link
from vanban.source import load

FONTS = r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fcharset0 .VnTime;}{\f2\fcharset0 .VnTimeH;}{\f3\fcharset163 Arial;}{\f4 VNI-Times;}}"


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


def test_groups_without_end_are_refused():
    with pytest.raises(Unreadable) as error:
        load(rtf("{" * 100_000))
    assert error.value.code == "damaged"


def test_a_file_without_text_is_empty():
    with pytest.raises(Unreadable) as error:
        load(rtf(r"\par\par"))
    assert error.value.code == "empty"
