"""Makers of official documents for these tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from vanban.official import (
    Annex,
    Block,
    Heading,
    OfficialDocument,
    Paragraph,
    Picture,
    Signature,
    Table,
    TableCell,
    form_of,
    plain,
)
from vanban.official.outline import Section, numbered

SENTENCE = (
    "Tổ chức tuyên truyền, phổ biến các chính sách mới của Trung ương, của Tỉnh đến cán bộ, công chức, viên chức và Nhân "
    "dân trên địa bàn; bảo đảm thông tin kịp thời, chính xác, dễ hiểu, phù hợp từng nhóm đối tượng."
)
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 160"><rect x="20" y="40" width="60" height="100" fill="#246"/>'
    '<text x="20" y="156" font-family="Times New Roman" font-size="12">Quý I</text></svg>'
)


def make_paper(kind: str = "Kế hoạch", **changes: Any) -> OfficialDocument:
    """A document of a type, with everything that its form prints."""
    form = form_of(kind)
    values: dict[str, Any] = {
        "type": kind,
        "issuer": "ỦY BAN NHÂN DÂN XÃ TÂN AN",
        "subject": "Truyền thông chính sách có tác động lớn đến xã hội trên địa bàn xã năm 2026",
        "code": "UBND-VX" if form == "letter" else "KH-UBND",
        "place": "Tân An",
        "parent": "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG",
        "number": 8,
        "date": dt.date(2026, 1, 8),
        "authority": "ỦY BAN NHÂN DÂN XÃ TÂN AN" if form == "decision" else "",
        "bases": ("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",) * (form == "decision"),
        "addressees": ("Các phòng chuyên môn", "Các trường học") if form != "decision" else (),
        "body": make_body(),
        "recipients": ("Ủy ban nhân dân tỉnh (để báo cáo)", "Các phòng chuyên môn"),
        "archive": "VT, VX (02)",
        "signature": Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Nguyễn Văn An"),
    }
    return OfficialDocument(**values | changes)


def make_body(sections: int = 1) -> tuple[Block, ...]:
    """Sections three deep, each with a paragraph of three lines."""
    dash = Paragraph(plain(SENTENCE), mark="-")
    return numbered(
        *(
            Section(f"Nội dung {n}", [SENTENCE, Section("Mục tiêu", [SENTENCE, Section("Ở thôn", [dash])]), SENTENCE])
            for n in range(1, sections + 1)
        )
    )


def make_articles(count: int = 3) -> tuple[Block, ...]:
    """Articles with a paragraph each."""
    made: list[Block] = []
    for n in range(1, count + 1):
        made += [Heading("article", f"Điều {n}.", "Trách nhiệm thi hành"), Paragraph(plain(SENTENCE))]
    return tuple(made)


def make_table(rows: int = 3) -> Table:
    """A register of tasks with a head of two rows and merged cells."""
    head = (
        (
            TableCell((plain("TT"),), rows=2),
            TableCell((plain("Nhiệm vụ"),), rows=2),
            TableCell((plain("Kỳ"),), columns=2),
        ),
        (TableCell((plain("Đầu"),)), TableCell((plain("Cuối"),))),
    )
    body = tuple(
        (
            TableCell((plain(str(n)),), align="center"),
            TableCell((plain("Xây dựng tài liệu tuyên truyền về chính sách bảo hiểm y tế"),)),
            TableCell((plain("30/6"),)),
            TableCell(),
        )
        for n in range(1, rows + 1)
    )
    return Table(head + body, (0.1, 0.5, 0.2, 0.2), head_rows=2)


def make_annex(*, landscape: bool = False, rows: int = 3) -> Annex:
    """An annex with a table."""
    attached = "Kèm theo Kế hoạch số 08/KH-UBND ngày 08 tháng 01 năm 2026 của Ủy ban nhân dân xã Tân An"
    return Annex("DANH MỤC NHIỆM VỤ", attached, (make_table(rows),), landscape=landscape)


def make_picture() -> Picture:
    """A chart."""
    return Picture("Biểu đồ số nhiệm vụ theo quý", DRAWING, 0.5)
