"""The PDF of every type of document, measured on its pages against Nghị định 30/2020/NĐ-CP, Phụ lục I.

The figures of the decree stand here once more: what is printed is measured apart from the table that it is printed by."""

from __future__ import annotations

import functools
import itertools

import pytest
from tests.vanban.write.pages import Pages, Text, measured
from tests.vanban.write.papers import make_annex, make_articles, make_body, make_paper

from vanban.knowledge import Knowledge
from vanban.official import form_of
from vanban.write.pdf import to_pdf

TYPES = [kind.name for kind in Knowledge.packaged().doc_types if kind.family == "administrative"]
NAMED = [kind for kind in TYPES if form_of(kind) != "letter"]
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
LETTER_HEIGHT = 14 * 25.4 / 72  # mm


def test_every_administrative_type_is_measured():
    assert len(TYPES) == 29


@functools.cache
def pages(kind: str) -> Pages:
    """A paper of a type, of more than one page, with an annex that lies across."""
    body = make_articles(9) if form_of(kind) == "decision" else make_body(4)
    return measured(to_pdf(make_paper(kind, body=body, urgency="KHẨN", annexes=(make_annex(landscape=True, rows=30),))))


def of_body(kind: str) -> list[Text]:
    """The texts of the document itself without the numbers of its pages."""
    found = pages(kind)
    return [text for text in found.texts if found.sizes[text.page][0] < 211 and text.base > 20]


def looks(text: Text) -> tuple[float, str]:
    return text.size, text.hand


@pytest.mark.parametrize("kind", TYPES)
def test_paper_margins_fonts_and_colour(kind):
    found = pages(kind)
    texts = of_body(kind)
    for width, height in found.sizes:
        assert {round(width), round(height)} == {210, 297}
    assert 30 <= round(min(text.left for text in texts), 1) <= 35
    assert 15 <= round(210 - max(text.right for text in texts), 1) <= 20.3
    for page in {text.page for text in texts}:
        own = [text for text in texts if text.page == page]
        assert 20 <= own[0].base - own[0].marked <= 25
        assert max(text.base for text in own) <= 297 - 20
    assert found.colours == {(0, 0, 0)}
    assert {font.split("+")[1] for font in found.embedded} <= {
        "Tinos",
        "Tinos-Bold",
        "Tinos-Italic",
        "Tinos-BoldItalic",
    }
    assert set(found.embedded.values()) == {True}


@pytest.mark.parametrize("kind", TYPES)
def test_the_head(kind):
    found = pages(kind)
    country, motto = found.text(COUNTRY), found.text(MOTTO)
    assert (12 <= country.size <= 13, country.hand) == (True, "bold")
    assert (13 <= motto.size <= 14, motto.hand) == (True, "bold")
    assert country.left > 90
    assert abs(country.middle - motto.middle) < 0.5
    rule = found.below(motto)
    assert 0.95 < rule.width / motto.width < 1.05
    assert abs(rule.middle - motto.middle) < 0.5
    first = found.on(0)
    parent = [text for text in first if text.middle < 90 and text.base < country.base + 6]
    assert {(12 <= text.size <= 13, text.hand) for text in parent} == {(True, "regular")}
    assert " ".join(text.said for text in parent) == "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG"
    issuer = found.text("XÃ TÂN AN")
    assert (12 <= issuer.size <= 13, issuer.hand) == (True, "bold")
    assert 1 / 3 <= found.below(issuer).width / issuer.width <= 1 / 2
    (symbol,) = [text for text in first if text.said.startswith("Số: 08/")]
    assert looks(symbol) == (13, "regular")
    assert abs(symbol.middle - issuer.middle) < 0.5
    if kind != "Biên bản":
        day = found.text("Tân An, ngày 08 tháng 01 năm 2026")
        assert (13 <= day.size <= 14, day.hand) == (True, "italic")
        assert abs(day.middle - country.middle) < 0.5
        assert abs(day.base - symbol.base) < 0.1
    assert looks(found.text("KHẨN")) in {(13, "bold"), (14, "bold")}


@pytest.mark.parametrize("kind", NAMED)
def test_the_title(kind):
    found = pages(kind)
    title = found.text(kind.upper())
    assert (13 <= title.size <= 14, title.hand) == (True, "bold")
    subject = [text for text in found.on(0) if title.base < text.base < title.base + 14 and text.hand == "bold"]
    assert {(13 <= text.size <= 14) for text in subject} == {True}
    for text in (title, *subject):
        assert abs(text.middle - (30 + 160 / 2)) < 0.5
    last = max(subject, key=lambda text: text.base)
    assert 1 / 3 <= found.below(last).width / last.width <= 1 / 2


def test_what_a_letter_is_about():
    found = pages("Công văn")
    (symbol,) = [text for text in found.on(0) if text.said.startswith("Số: 08/")]
    about = [text for text in found.on(0) if symbol.base < text.base < symbol.base + 17 and text.middle < 90]
    assert about[0].said.startswith("V/v ")
    assert {(12 <= text.size <= 13, text.hand) for text in about} == {(True, "regular")}


@pytest.mark.parametrize("kind", TYPES)
def test_the_body(kind):
    foot = next(text for text in of_body(kind) if text.said == "Nơi nhận:")
    full = [
        text for text in of_body(kind) if text.right > 189.5 and text.size >= 13 and text.base > 90 and text.left < 45
    ]
    assert full
    for text in full:
        assert 13 <= text.size <= 14
        assert text.left == pytest.approx(30, abs=0.3) or 10 <= text.left - 30 <= 13
        assert 15 <= round(210 - text.right, 1) <= 20.3
    for above, below in itertools.pairwise(of_body(kind)):
        if above.page != below.page or not (40 < above.left < 44 and abs(below.left - 30) < 0.3 and below.size == 14):
            continue
        assert 1 <= (below.base - above.base) / (1.149 * LETTER_HEIGHT) <= 1.5
    last = [text for text in of_body(kind) if (text.page, text.base) < (foot.page, foot.base)][-1]
    assert last.said.endswith("./.")
    assert not last.said.endswith("/../.")


@pytest.mark.parametrize("kind", TYPES)
def test_paragraphs_stand_six_points_apart(kind):
    lines = [text for text in of_body(kind) if text.size == 14 and text.left < 45]
    apart = [
        below.base - above.base
        for above, below in itertools.pairwise(lines)
        if above.page == below.page and above.left < 31 and 42 < below.left < 44 and above.base > 110
    ]
    within = [
        below.base - above.base
        for above, below in itertools.pairwise(lines)
        if above.page == below.page and 42 < above.left < 44 and below.left < 31 and above.base > 110
    ]
    assert min(apart) - max(within) >= 6 * 25.4 / 72 - 0.05


@pytest.mark.parametrize("kind", TYPES)
def test_the_foot(kind):
    found = pages(kind)
    label = found.text("Nơi nhận:")
    assert looks(label) == (12, "bold italic")
    listed = [text for text in found.on(label.page) if text.base > label.base and text.middle < 110]
    assert {looks(text) for text in listed} == {(11, "regular")}
    assert [text.said[-1] for text in listed] == [";", ";", "."]
    assert listed[-1].said == "- Lưu: VT, VX (02)."
    signed = [text for text in found.on(label.page) if text.base > label.base - 2 and text.left > 110]
    assert [text.said for text in signed] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn An"]
    assert {(13 <= text.size <= 14, text.hand) for text in signed} == {(True, "bold")}
    assert max(text.middle for text in signed) - min(text.middle for text in signed) < 0.5
    assert signed[-1].base - signed[-2].base > 25  # room for a hand and a seal


@pytest.mark.parametrize("kind", TYPES)
def test_pages_are_numbered_from_the_second_on_and_annexes_apart(kind):
    found = pages(kind)
    shown = []
    for page, (width, _) in enumerate(found.sizes):
        heads = [text for text in found.on(page) if text.base < 20]
        for text in heads:
            assert 13 <= text.size <= 14
            assert text.hand == "regular"
            assert abs(text.middle - (30 + (width - 50) / 2)) < 0.5
        shown.append([text.said for text in heads])
    own = sum(1 for width, _ in found.sizes if width < 211)
    assert own >= 2
    assert shown == [[str(n)] if n > 1 else [] for n in (*range(1, own + 1), *range(1, len(found.sizes) - own + 1))]


@pytest.mark.parametrize("kind", TYPES)
def test_an_annex_that_lies_across(kind):
    found = pages(kind)
    first = next(page for page, (width, _) in enumerate(found.sizes) if width > 296)
    mark, title, attached, *_ = found.on(first)
    assert (mark.said, *looks(mark)) == ("Phụ lục", 14, "bold")
    assert (title.said, 13 <= title.size <= 14, title.hand) == ("DANH MỤC NHIỆM VỤ", True, "bold")
    assert attached.said.startswith("(Kèm theo Kế hoạch số 08/KH-UBND")
    assert (13 <= attached.size <= 14, attached.hand) == (True, "italic")
    for text in (mark, title, attached):
        assert abs(text.middle - (30 + 247 / 2)) < 0.5
    heads = [page for page in range(first, len(found.sizes)) if any(text.said == "TT" for text in found.on(page))]
    assert heads == list(range(first, len(found.sizes)))  # the head of the table is repeated


def test_several_annexes_bear_roman_numbers():
    found = measured(to_pdf(make_paper(annexes=(make_annex(), make_annex(landscape=True)))))
    assert [text.said for text in found.texts if text.said.startswith("Phụ lục")] == ["Phụ lục I", "Phụ lục II"]
    assert [round(width) for width, _ in found.sizes[-2:]] == [210, 297]
