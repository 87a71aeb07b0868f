"""Every letter of the alphabet in TCVN3 and VNI, and which text is left alone."""

import itertools
import unicodedata

import pytest

from vanban.source import legacy
from vanban.source.legacy import ENCODINGS, convert, encoding_of, mended

from .writing import written

NATION = "Cộng hoà xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc"
MOTTOES = {
    "TCVN3": "Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc",
    "VNI": "Coäng hoaø xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc",
}
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = [unicodedata.normalize("NFC", v + t) for v, t in itertools.product("aăâeêioôơuưy", TONES)] + ["đ"]
PLAIN = (
    "Kế hoạch truyền thông chính sách trên địa bàn tỉnh: các sở, ban, ngành phối hợp với Ủy ban nhân dân các huyện, "
    "thị xã, thành phố tổ chức thực hiện; định kỳ hằng năm báo cáo kết quả."
)


@pytest.mark.parametrize("name", sorted(MOTTOES))
def test_the_motto_as_old_programs_wrote_it(name):
    assert mended([MOTTOES[name]]).lines == (NATION,)
    assert convert(MOTTOES[name], ENCODINGS[name]) == NATION


@pytest.mark.parametrize("name", sorted(MOTTOES))
@pytest.mark.parametrize("letter", [*LETTERS, *map(str.upper, LETTERS)])
def test_every_letter_comes_back(name, letter):
    sign = written(letter, name)
    assert ENCODINGS[name].table.get(sign, sign) == letter


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        unicodedata.normalize("NFD", PLAIN),
        "Les autorités décidèrent d'étendre la période à l'année prochaine, où l'été, déjà, s'achève; ça été né là-bas.",
        "The café’s naïve résumé — © 2024, 5 µm ± 2 · 20 °C",
        "và các bà là cá",
        "",
    ],
)
def test_what_is_in_no_legacy_encoding_is_left_alone(text):
    assert mended([text]) == legacy.Converted((text,), ())


def test_names_in_unicode_beside_a_legacy_text_stay():
    lines = ["Hoàng Thanh Tú", "bà Lê Thúy Hà"]
    assert mended([written(PLAIN, "TCVN3"), *lines]).lines == (PLAIN, *lines)


def test_a_hyphen_that_was_a_letter_comes_back():
    shown = written(PLAIN + " Thủ tướng Chính phủ, Trung ương, dư luận", "TCVN3").replace("\xad", "-")
    lines = [shown, "b- Néi dung 08/KH-UBND", "d- luËn x· héi, RÞa-Vòng Tµu"]
    assert mended(lines).lines == (
        PLAIN + " Thủ tướng Chính phủ, Trung ương, dư luận",
        "b- Nội dung 08/KH-UBND",
        "dư luận xã hội, Rịa-Vũng Tàu",
    )


def test_a_text_in_two_encodings_keeps_its_unicode_lines():
    lines = [PLAIN, written(PLAIN, "TCVN3"), "Trang 2"]
    assert mended(lines).lines == (PLAIN, PLAIN, "Trang 2")


@pytest.mark.parametrize(
    "line",
    [
        "ỦY BAN NHÂN DÂN TỈNH THANH HÓA",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Ủy ban nhân dân tỉnh ban hành kế hoạch.",
        "1. Ứng dụng công nghệ thông tin trong cơ quan nhà nước",
    ],
)
def test_capitals_that_the_encoding_lacks_come_back(line):
    shown = [written(PLAIN, "TCVN3", with_capitals=False), written(line, "TCVN3", with_capitals=False)]
    assert mended(shown).lines[1] == line


@pytest.mark.parametrize(
    ("font", "expected"),
    [
        (".VnTime", ("TCVN3", False)),
        (".VnTimeH", ("TCVN3", True)),
        ("'.VnArial'", ("TCVN3", False)),
        ("VNI-Times", ("VNI", False)),
        ("Times New Roman", (None, False)),
        ("VnTime Unicode", (None, False)),
        (None, (None, False)),
    ],
)
def test_fonts_say_the_encoding(font, expected):
    assert encoding_of(font) == expected


def test_a_unicode_word_in_a_legacy_font_stays():
    assert convert("kế hoạch", ENCODINGS["TCVN3"]) == "kế hoạch"
    assert convert("các", ENCODINGS["TCVN3"]) == "các"
