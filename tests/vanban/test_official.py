"""An official document as a value: its numbers and marks, what cannot be printed, and its plain form."""

import dataclasses
import datetime as dt
import json

import pytest

from vanban.official import (
    Annex,
    Heading,
    OfficialDocument,
    Paragraph,
    Run,
    Signature,
    Table,
    TableCell,
    annex_mark,
    letter,
    plain,
    problems,
    roman,
    symbol_of,
    written_date,
)
from vanban.official.outline import Section, numbered
from vanban.official.stored import from_dict, to_dict

DOCUMENT = OfficialDocument(
    type="Kế hoạch",
    issuer="ỦY BAN NHÂN DÂN XÃ TÂN AN",
    subject="Truyền thông chính sách năm 2026",
    code="KH-UBND",
    place="Tân An",
    number=8,
    date=dt.date(2026, 1, 8),
    body=numbered(Section("Mục đích", ["Nêu rõ mục đích.", Section("Với người dân", [Section("Ở thôn")])])),
)


def test_numbers_dates_and_marks_as_the_decree_writes_them():
    assert (symbol_of(8, "KH-UBND"), symbol_of(121, "UBND-VX"), symbol_of(None, "BC-UBND")) == (
        "08/KH-UBND",
        "121/UBND-VX",
        "     /BC-UBND",
    )
    assert written_date(dt.date(2026, 1, 8)) == "ngày 08 tháng 01 năm 2026"
    assert written_date(dt.date(2026, 3, 12)) == "ngày 12 tháng 3 năm 2026"
    assert [roman(n) for n in (1, 4, 9, 14, 49, 90, 399)] == ["I", "IV", "IX", "XIV", "XLIX", "XC", "CCCXCIX"]
    assert "".join(letter(n) for n in range(1, 12)) == "abcdđeghikl"
    assert (letter(24), annex_mark(1, 1), annex_mark(2, 3)) == ("aa", "Phụ lục", "Phụ lục II")
    for number in (0, 400):
        with pytest.raises(ValueError, match="no Roman figure"):
            roman(number)


def test_a_tree_of_sections_is_numbered():
    assert [(block.mark, block.title) for block in DOCUMENT.body if isinstance(block, Heading)] == [
        ("I.", "MỤC ĐÍCH"),
        ("1.", "Với người dân"),
        ("a)", "Ở thôn"),
    ]


def test_the_plain_form_gives_back_the_same_document():
    table = Table(((TableCell((plain("A"),), columns=2),), (TableCell(), TableCell())), (0.4, 0.6))
    document = dataclasses.replace(DOCUMENT, body=(*DOCUMENT.body, table))
    assert from_dict(json.loads(json.dumps(to_dict(document)))) == document


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({}, []),
        ({"issuer": "Ủy ban nhân dân xã"}, ["issuer"]),
        ({"code": "KH UBND"}, ["code"]),
        ({"number": 0}, ["number"]),
        ({"subject": "  "}, ["subject", "subject"]),
        ({"type": "Quyết định"}, ["authority"]),
        ({"recipients": ("",)}, ["recipients[0]"]),
        ({"recipients": ("Như trên", "- Bộ Tư pháp")}, ["recipients[1]"]),
        ({"bases": ("Căn cứ Luật;",)}, ["bases[0]"]),
        ({"urgency": "GẤP"}, ["urgency"]),
        ({"signature": Signature(("Chủ tịch",), "A  B")}, ["signature.name", "signature"]),
        ({"annexes": (Annex("BIỂU", "Kèm  theo", ()),)}, ["annexes[0].attached"]),
        ({"body": (Paragraph(plain("a) Việc")),)}, ["body[0]"]),
        ({"body": (Paragraph(plain("Việc"), mark="a"),)}, ["body[0]"]),
        ({"body": (Heading("roman", "1.", "VIỆC"),)}, ["body[0]"]),
        ({"body": (Table(((TableCell(),),), (0.5, 0.5)),)}, ["body[0]"]),
        ({"body": (Table(((TableCell(rows=2), TableCell()), (TableCell(),)), (1, 1), 0),)}, []),
        ({"body": (Table(((TableCell(rows=3), TableCell()), (TableCell(),)), (1, 1), 0),)}, ["body[0]"]),
        ({"body": (Table(((TableCell(rows=2), TableCell()), (TableCell(),)), (1, 1), 1),)}, ["body[0]"]),
        ({"authority": "CHỦ TỊCH"}, ["authority"]),
        ({"type": "Giấy nghỉ phép", "subject": ""}, []),
        ({"body": (Heading("chapter", "Chương I", ""),)}, ["body[0]"]),
        ({"bases": (), "body": (Paragraph((Run("Theo Luật", italic=True),)),)}, ["body[0]"]),
        ({"bases": ("Luật A",), "body": (Paragraph((Run("Theo Luật", italic=True),)),)}, []),
        ({"annexes": (Annex("", "Kèm", (Paragraph((Run("Tên", bold=True),)),)),)}, ["annexes[0].body[0]"]),
        ({"annexes": (Annex("A", "", (Paragraph((Run("(Kèm)", italic=True),)),)),)}, ["annexes[0].body[0]"]),
        ({"annexes": (Annex("", "", (Paragraph((Run("Đơn vị", italic=True),)),)),)}, []),
        ({"body": (Paragraph(plain("chữ\u200b")),)}, ["body[0]"]),
    ],
)
def test_what_cannot_be_printed_is_said(changes, where):
    assert [problem.where for problem in problems(dataclasses.replace(DOCUMENT, **changes))] == where
