"""Lines of an OCR: labels out of their sequence, strokes for bullets, figures in syllables."""

import pytest

from vanban.model import Line
from vanban.source.scan import mended


def read(text: str, page: int = 1) -> list[str]:
    lines = [Line(number, line, page) for number, line in enumerate(text.split("\n"), start=1)]
    return [line.text for line in mended(lines, frozenset({1})).lines]


@pytest.mark.parametrize(
    ("found", "right"),
    [
        ("II. NỘI DUNG\nII. NHIỆM VỤ\nIV. KINH PHÍ", "II. NỘI DUNG\nIII. NHIỆM VỤ\nIV. KINH PHÍ"),
        ("V. TỔ CHỨC\nVL. KẾT LUẬN", "V. TỔ CHỨC\nVI. KẾT LUẬN"),
        ("e) Duy trì\nø) Bố trí", "e) Duy trì\ng) Bố trí"),
        ("d) Bốn\nđ) Năm\ne) Sáu\ng) Bảy", "d) Bốn\nđ) Năm\ne) Sáu\ng) Bảy"),
        ("~ Cơ quan chủ trì: Sở", "- Cơ quan chủ trì: Sở"),
        ("Báo Bà Rịa —- Vũng Tàu", "Báo Bà Rịa – Vũng Tàu"),
        ("b) 1ổ chức phổ biến", "b) Tổ chức phổ biến"),
        ("Quý I1/2026, Quý 1/2026", "Quý II/2026, Quý 1/2026"),
        ("I\nlÏ\nIII", "I\nII\nIII"),
        ("TT\n11\n12/2026", "TT\n11\n12/2026"),
        ("ngày 15/01/2026, 1.500 người, A5, 10h30", "ngày 15/01/2026, 1.500 người, A5, 10h30"),
    ],
)
def test_classes_of_errors(found, right):
    assert read(found) == right.split("\n")
    assert read(found, page=2) == found.split("\n")  # not read by an OCR


def test_every_change_of_a_word_is_told():
    lines = [Line(1, "II. NỘI DUNG", 1), Line(2, "II. NHIỆM VỤ", 1)]
    (word,) = mended(lines, frozenset({1})).words
    assert (word.line, word.start, word.end, word.text) == (2, 0, 3, "II")
