"""Official documents for the benches of writing: of many types and lengths, the same for the same seed."""

from __future__ import annotations

import datetime as dt
import random

from vanban.official import (
    Annex,
    Block,
    Heading,
    OfficialDocument,
    Paragraph,
    Picture,
    Run,
    Signature,
    Table,
    TableCell,
    form_of,
    plain,
)
from vanban.official.outline import Section, numbered

WORDS = (  # noqa: SIM905
    "tổ chức tuyên truyền phổ biến chính sách mới của Trung ương của Tỉnh đến cán bộ công chức viên chức và Nhân dân trên địa "
    "bàn bảo đảm thông tin kịp thời chính xác dễ hiểu phù hợp từng nhóm đối tượng phối hợp với Sở Tư pháp Sở Văn hóa Thể "
    "thao và Du lịch Ủy ban nhân dân các xã phường đặc khu theo dõi đôn đốc kiểm tra báo cáo kết quả thực hiện trước ngày 30 "
    "tháng 6 năm 2026 kinh phí từ nguồn ngân sách nhà nước hội nghị tập huấn loa truyền thanh cơ sở cổng thông tin điện tử"
).split()
TITLES = (
    "MỤC ĐÍCH, YÊU CẦU",
    "NỘI DUNG",
    "TỔ CHỨC THỰC HIỆN",
    "KINH PHÍ",
    "KẾT QUẢ",
    "KHÓ KHĂN, VƯỚNG MẮC",
    "KIẾN NGHỊ",
)
BARS = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 150"><rect x="20" y="30" width="60" height="100" '
    'fill="#246"/><rect x="120" y="60" width="60" height="70" fill="#8ac"/><rect x="220" y="90" width="60" height="40" '
    'fill="#b53"/><path d="M10 130H310" stroke="black"/>'
    + "".join(
        f'<text x="{x}" y="145" font-family="Times New Roman" font-size="10">Quý {q}</text>'
        for x, q in ((36, "I"), (134, "II"), (232, "III"))
    )
    + "</svg>"
)
CODES = {
    "Kế hoạch": "KH-UBND",
    "Báo cáo": "BC-UBND",
    "Công văn": "UBND-VX",
    "Quyết định": "QĐ-UBND",
    "Tờ trình": "TTr-UBND",
    "Giấy mời": "GM-UBND",
    "Công điện": "CĐ-UBND",
    "Thông báo": "TB-UBND",
    "Nghị quyết": "NQ-HĐND",
    "Chỉ thị": "CT-UBND",
    "Hướng dẫn": "HD-UBND",
    "Biên bản": "BB-UBND",
}


def paper(seed: int, kind: str, pages: float, *, annex_rows: int = 0, landscape: bool = True) -> OfficialDocument:
    """A document of about so many pages (``pages`` counts the body), with an annex of so many rows."""
    chance = random.Random(seed)
    form = form_of(kind)
    many = chance.random() < 0.5
    return OfficialDocument(
        type=kind,
        issuer=chance.choice(("ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG", "ỦY BAN NHÂN DÂN XÃ TÂN AN", "SỞ TƯ PHÁP")),
        subject=sentence(chance, 14).rstrip("."),
        code=CODES[kind],
        place="Lâm Đồng",
        parent=chance.choice(("", "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG")),
        number=chance.randint(1, 300),
        date=dt.date(2026, 1, 8),
        urgency=chance.choice(("", "", "KHẨN")) if kind != "Công điện" else "HỎA TỐC",
        authority="CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG" if form == "decision" else "",
        bases=tuple(sentence(chance, 18).rstrip(".") for _ in range(3)) if form == "decision" or many else (),
        addressees=_addressees(chance, form, many),
        body=_body(chance, form, pages),
        recipients=tuple(sentence(chance, chance.randint(4, 9)).rstrip(".") for _ in range(chance.randint(2, 7))),
        archive="VT, VX (02)",
        signature=Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Nguyễn Văn An"),
        annexes=(register(chance, annex_rows, landscape=landscape),) if annex_rows else (),
    )


def _addressees(chance: random.Random, form: str, many: bool) -> tuple[str, ...]:
    if form in ("decision", "minutes"):
        return ()
    names = (
        "Ủy ban nhân dân các xã, phường, đặc khu",
        "Các sở, ban, ngành tỉnh",
        "Báo và phát thanh, truyền hình tỉnh",
    )
    return names if many else names[: chance.randint(0, 1) or (form == "letter")]


def sentence(chance: random.Random, words: int) -> str:
    """So many words, with a capital and a full stop."""
    said = " ".join(chance.choice(WORDS) for _ in range(words))
    return said[0].upper() + said[1:] + "."


def text(chance: random.Random) -> str:
    """One to four sentences."""
    return " ".join(sentence(chance, chance.randint(8, 30)) for _ in range(chance.randint(1, 4)))


def _body(chance: random.Random, form: str, pages: float) -> tuple[Block, ...]:
    blocks: list[Block] = []
    number = 0
    words = 0
    while words < pages * 330:
        number += 1
        made = _article(chance, number) if form == "decision" else _section(chance, number, whole=pages > 0.6)
        blocks.extend(made)
        words += sum(len(said.split()) for said in map(_said, made))
    return (*blocks, Paragraph(plain(text(chance))))


def _said(block: Block) -> str:
    if isinstance(block, Paragraph):
        return "".join(run.text for run in block.runs)
    return "một " * (60 if isinstance(block, Table | Picture) else 8)


def _article(chance: random.Random, number: int) -> tuple[Block, ...]:
    points = [Paragraph(plain(text(chance)), mark=f"{n}.") for n in range(1, chance.randint(2, 4))]
    return (Heading("article", f"Điều {number}.", sentence(chance, 6).rstrip(".")), *points)


def _section(chance: random.Random, number: int, *, whole: bool) -> tuple[Block, ...]:
    if not whole:
        return (Paragraph(plain(text(chance))),)
    inside: list[Section | Block | str] = [text(chance)]
    for _ in range(chance.randint(1, 3)):
        dashes = [Paragraph(plain(text(chance)), mark=chance.choice("-+")) for _ in range(chance.randint(0, 3))]
        mixed = Paragraph((Run("Kết quả: ", bold=True), Run(text(chance)), Run(" (theo báo cáo)", italic=True)))
        inside.append(Section(sentence(chance, 5).rstrip("."), [text(chance), mixed, *dashes]))
    if number % 2 == 0:
        inside.append(_table(chance, chance.randint(2, 9)))
    if number % 3 == 0:
        inside.append(Picture("Biểu đồ số nhiệm vụ đã làm theo quý", BARS, 150 / 320))
        inside.append(text(chance))
    (heading, *rest) = numbered(Section(TITLES[number % len(TITLES)], inside))
    assert isinstance(heading, Heading)
    return (Heading("roman", f"{_ROMAN[number]}.", heading.title), *rest)


_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def _cell(said: str, **options: object) -> TableCell:
    return TableCell((plain(said),) if said else (), **options)  # type: ignore[arg-type]


def _table(chance: random.Random, rows: int) -> Table:
    head = (
        (_cell("TT", rows=2), _cell("Nội dung", rows=2), _cell("Số lượng", columns=2)),
        (_cell("Năm trước"), _cell("Năm nay")),
    )
    made = tuple(
        (
            _cell(str(n), align="center"),
            _cell(sentence(chance, chance.randint(3, 14))),
            _cell("12", align="right"),
            _cell("15"),
        )
        for n in range(1, rows + 1)
    )
    return Table(head + made, (1, 6, 2, 2), head_rows=2)


def register(chance: random.Random, rows: int, *, landscape: bool = True) -> Annex:
    """A register of tasks: six columns."""
    names = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "Tiến độ", "Ghi chú")
    head = tuple(_cell(name) for name in names)
    made = tuple(
        (
            _cell(str(n), align="center"),
            _cell(sentence(chance, chance.randint(8, 20))),
            _cell("Sở Văn hóa, Thể thao và Du lịch"),
            _cell("30/6/2026", align="center"),
            _cell(chance.choice(("Đã hoàn thành, đúng hạn", "Đang thực hiện", "Quá hạn 12 ngày"))),
            _cell(chance.choice(("", "", "Có vướng mắc về kinh phí"))),
        )
        for n in range(1, rows + 1)
    )
    attached = "Kèm theo Kế hoạch số 08/KH-UBND ngày 08 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh Lâm Đồng"
    return Annex("DANH MỤC NHIỆM VỤ", attached, (Table((head, *made), (1, 7, 4, 2.4, 3, 3)),), landscape=landscape)
