"""Official documents of every kind, made at random: whatever can be printed, and read back as it was."""

from __future__ import annotations

import dataclasses
import datetime as dt

from hypothesis import strategies as st
from tests.vanban.write.samples import TYPES

from vanban.official import (
    UNTITLED,
    Annex,
    Heading,
    OfficialDocument,
    Paragraph,
    Picture,
    Run,
    Signature,
    Table,
    TableCell,
    form_of,
    problems,
    roman,
)
from vanban.official.numbers import LETTERS

_TEXT = (
    "truyền thông chính sách Ủy ban nhân dân xã Tân An thực hiện nhiệm vụ năm 2026 quý I/2026 kế hoạch số 08/KH-UBND ngày "
    "08/01/2026 báo cáo Sở Tư pháp phối hợp Đài Phát thanh – Truyền hình “Ngày pháp luật” 100% (sau đây gọi là Đề án) 1.234.567 "
    "đồng, hộ nghèo; an sinh xã hội: bảo đảm kịp thời, đúng quy định… Nghị định số 30/2020/NĐ-CP a b Ư Ơ Đ ươm đường bưởi "
    "e-mail UBND-VX và/hoặc 3.500 m² 50-60 người ½ ngày § 2 5°C «trích» & ALPHA-BETA/GAMMA-DELTA/EPSILON-ZETA/ETA-THETA "
    "nguyễn ngoằn ngoèo khuỷu tay! Phải không? Điều 5 khoản 2 điểm a 24/7 +84 *** #1 fi ffi Văn phòng-Thống kê — hết"
)
WORDS = tuple(_TEXT.split())
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><rect width="60" height="20" fill="#ddd"/></svg>'
# What other parts of a document, marks and days begin with, and words longer than lines.
ODD = (
    *(
        "Căn cứ",
        "Kính gửi:",
        "Nơi nhận:",
        "Số:",
        "Số: 12/KH-UBND",
        "V/v",
        "Phụ lục",
        "Phụ lục II",
        "Lưu:",
        "TM.",
        "KT. CHỦ TỊCH",
    ),
    *(
        "KẾ HOẠCH",
        "Kế hoạch",
        "QUYẾT ĐỊNH:",
        "Điều 3",
        "Mục 2",
        "Chương",
        "Tiểu mục 1 điểm a",
        "Phần thứ hai",
        "khoản 1 Điều 2",
    ),
    *(
        "30/6/2026",
        "12 hội nghị",
        "(1)",
        "(a) nêu rõ",
        "50%",
        "1.5 lần",
        "“Trích",
        "[1]",
        "*",
        "x",
        "Ủ",
        "I",
        "1",
        "2026",
        "–",
        "…",
    ),
    *(
        "Tân An, ngày 08 tháng 01 năm 2026",
        "ngày 05 tháng 3 năm 2020",
        "(Kèm theo Kế hoạch số 08/KH-UBND)",
        "./.",
        "a,",
        "I)",
    ),
    *(
        "https://thongtin.lamdong.gov.vn/chinh-sach/truyen-thong?trang=1&loai=2",
        "Aăâ" * 30,
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ),
)
ODD_NAMES = (
    "“A&B”",
    "số 1",
    "30/4",
    "(cơ sở 2),",
    "Ban Tổ chức kỷ niệm ngày 30 tháng 4 năm 2025",
    "thứ 2 -",
    "đ" * 60,
    "Ủ",
    "I",
)


def texts(most: int = 30) -> st.SearchStrategy[str]:
    """Some words with one blank between, here and there an odd one."""
    word = st.one_of(*[st.sampled_from(WORDS)] * 9, st.sampled_from(ODD))
    return st.builds(
        lambda first, rest: " ".join((first, *rest)),
        st.one_of(st.sampled_from(WORDS), st.sampled_from(ODD)),
        st.lists(word, max_size=most - 1),
    )


def closed(most: int = 30) -> st.SearchStrategy[str]:
    """Words without a stop at the end."""
    return texts(most).map(lambda text: text.rstrip(" .;:,…") or "việc")


def capitals(most: int = 8) -> st.SearchStrategy[str]:
    """Words in capitals, as names of agencies and titles have them."""
    word = st.one_of(*[st.sampled_from(WORDS)] * 9, st.sampled_from(ODD_NAMES))
    words = st.builds(lambda first, rest: " ".join((first, *rest)), word, st.lists(word, max_size=most - 1))
    return words.map(lambda text: text.rstrip(" .;:,…").upper() or "VIỆC")


@st.composite
def runs(draw: st.DrawFn, most: int = 30, *, hands: bool = True) -> tuple[Run, ...]:
    """A line in one hand or several."""
    words = draw(texts(most)).split()
    if not hands or draw(st.booleans()):
        return (Run(" ".join(words)),)
    found: list[Run] = []
    for index, word in enumerate(words):
        hand = draw(st.sampled_from([(False, False), (False, False), (True, False), (False, True), (True, True)]))
        glued = found and draw(st.integers(0, 9)) == 0
        last = found[-1] if found else None
        text = word if glued or not index else word
        if last is not None and not glued:
            last = found[-1] = dataclasses.replace(last, text=last.text + " ")
        if last is not None and (last.bold, last.italic) == hand:
            found[-1] = dataclasses.replace(last, text=last.text + text)
        else:
            found.append(Run(text, *hand))
    return tuple(found)


def headings() -> st.SearchStrategy[Heading]:
    """Headings of every kind, numbered anyhow."""
    number = st.integers(1, 30)
    return st.one_of(
        st.builds(Heading, st.just("part"), number.map(lambda n: f"Phần {roman(n)}"), capitals()),
        st.builds(Heading, st.just("chapter"), number.map(lambda n: f"Chương {roman(n)}"), capitals()),
        st.builds(Heading, st.just("section"), number.map(lambda n: f"Mục {n}"), capitals()),
        st.builds(Heading, st.just("subsection"), number.map(lambda n: f"Tiểu mục {n}"), capitals()),
        st.builds(Heading, st.just("roman"), number.map(lambda n: f"{roman(n)}."), capitals(20)),
        st.builds(Heading, st.just("article"), number.map(lambda n: f"Điều {n}."), texts(20)),
        st.builds(Heading, st.just("arabic"), number.map(lambda n: f"{n}."), texts(20)),
        st.builds(Heading, st.just("letter"), st.sampled_from(LETTERS).map(lambda a: f"{a})"), texts(20)),
    )


def paragraphs() -> st.SearchStrategy[Paragraph]:
    """Paragraphs with a mark or set in any way."""
    marks = st.one_of(
        st.sampled_from(["-", "+"]),
        st.integers(1, 30).map(lambda n: f"{n}."),
        st.integers(1, 30).map(lambda n: f"Điều {n}."),
        st.sampled_from(LETTERS).map(lambda a: f"{a})"),
    )
    return st.one_of(
        st.builds(Paragraph, runs(60)),
        st.builds(Paragraph, runs(40), marks),
        st.builds(Paragraph, runs(), st.just(""), st.sampled_from(["left", "center", "right", "justify"])),
    )


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables with merged cells; every row begins a cell, every inner line of columns is the edge of one."""
    count, height = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    heads = draw(st.integers(0, min(2, height - 1)))
    owner = [[(row, column) for column in range(count)] for row in range(height)]
    for _ in range(draw(st.integers(0, 4))):
        top, left = draw(st.integers(0, height - 1)), draw(st.integers(0, count - 1))
        rows, columns = draw(st.integers(1, 3)), draw(st.integers(1, 3))
        places = [(row, column) for row in range(top, top + rows) for column in range(left, left + columns)]
        fits = top + rows <= height and left + columns <= count and not top < heads < top + rows
        if fits and all(owner[row][column] == (row, column) for row, column in places) and not _grown(owner, places):
            for row, column in places:
                owner[row][column] = (top, left)
    grid = [[_size(owner, row, column) for column in range(count)] for row in range(height)]
    begun = all(any(owner[row][column] == (row, column) for column in range(count)) for row in range(height))
    edged = all(any(owner[row][column][1] == column for row in range(height)) for column in range(count))
    if not (begun and edged):
        owner = [[(row, column) for column in range(count)] for row in range(height)]
        grid = [[(1, 1)] * count for _ in range(height)]
    rows = tuple(
        tuple(draw(cells(grid[row][column])) for column in range(count) if owner[row][column] == (row, column))
        for row in range(height)
    )
    widths = draw(st.lists(st.integers(2, 9), min_size=count, max_size=count))
    return Table(rows, tuple(float(width) for width in widths), heads)


def _grown(owner: list[list[tuple[int, int]]], places: list[tuple[int, int]]) -> bool:
    """Whether one of these places is where a cell begins that is merged already."""
    taken = {place for row, line in enumerate(owner) for column, place in enumerate(line) if place != (row, column)}
    return any(place in taken for place in places)


def _size(owner: list[list[tuple[int, int]]], row: int, column: int) -> tuple[int, int]:
    columns = sum(1 for place in owner[row] if place == (row, column))
    rows = sum(1 for line in owner if line[column] == (row, column))
    return columns, rows


@st.composite
def cells(draw: st.DrawFn, size: tuple[int, int]) -> TableCell:
    """A cell that covers so many columns and rows."""
    lines = draw(st.lists(runs(12), max_size=2))
    align = draw(st.sampled_from(["left", "center", "right"])) if lines else "left"
    return TableCell(tuple(lines), *size, align=align)


def pictures() -> st.SearchStrategy[Picture]:
    """A drawing by its words."""
    return st.builds(Picture, closed(8), st.just(SVG), st.sampled_from([0.1, 0.2]))


def bodies(most: int = 8) -> st.SearchStrategy[tuple[Heading | Paragraph | Table | Picture, ...]]:
    """The text."""
    block = st.one_of(headings(), paragraphs(), paragraphs(), tables(), pictures())
    return st.lists(block, max_size=most).map(tuple)


@st.composite
def documents(draw: st.DrawFn) -> OfficialDocument:
    """A document of any type."""
    doc_type = draw(st.sampled_from(sorted(TYPES)))
    form = form_of(doc_type)
    signed = draw(st.lists(capitals(6), max_size=3))
    minutes = form == "minutes"
    needs_addressees = form in ("telegram", "invitation")
    nothing = st.just("")
    annexes = st.builds(
        Annex,
        st.one_of(capitals(20), capitals(20), nothing),
        st.one_of(closed(20), closed(20), nothing),
        bodies(4),
        st.booleans(),
    )
    untitled = doc_type in UNTITLED and draw(st.booleans())
    return OfficialDocument(
        type=doc_type,
        issuer=draw(capitals(9)),
        subject="" if untitled else draw(texts(20)),
        code=draw(st.sampled_from([f"{TYPES[doc_type]}-UBND", f"{TYPES[doc_type]}-VX", "UBND-VX", "A1-B&C-ĐƯ"])),
        place="" if minutes else draw(closed(3)),
        parent=draw(st.one_of(st.just(""), capitals(6))),
        number=draw(st.one_of(st.none(), st.integers(1, 12_000))),
        date=None if minutes else draw(st.one_of(st.none(), st.dates(dt.date(1990, 1, 1), dt.date(2050, 12, 31)))),
        urgency=draw(st.sampled_from(["", "", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"])),
        authority=draw(capitals(9)) if form == "decision" else "",
        bases=tuple(draw(st.lists(closed(), max_size=4))),
        addressees=tuple(draw(st.lists(closed(12), min_size=int(needs_addressees), max_size=4))),
        body=draw(bodies()),
        recipients=tuple(draw(st.lists(closed(10), max_size=4))),
        archive=draw(st.one_of(st.just(""), st.just("VT, VX (02)"), closed(4))),
        signature=Signature(tuple(signed), draw(capitals(4)).title() if signed and draw(st.booleans()) else ""),
        annexes=tuple(draw(st.lists(annexes, max_size=3))),
    )


def printable() -> st.SearchStrategy[OfficialDocument]:
    """Documents that nothing stands in the way of printing."""
    return documents().filter(lambda document: not problems(document))
