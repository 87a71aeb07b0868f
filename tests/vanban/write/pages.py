"""What stands on the pages of a PDF, measured with pypdfium2: texts with their place, size and hand; drawn rules.

It knows nothing of how the file was made. Places are in millimetres from the left and the upper edge of the page.
"""

from __future__ import annotations

import ctypes
import dataclasses
import io
import itertools

import pypdfium2
import pypdfium2.raw as raw

MM = 25.4 / 72
_APART = 12  # points of white between letters of one line that stand in two columns


@dataclasses.dataclass(frozen=True)
class Text:
    """Letters on one base line, without a wide gap between them."""

    said: str
    left: float
    right: float
    base: float
    size: float
    fonts: frozenset[str]
    page: int
    marked: float  # mm above the base line that the letters reach

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def hand(self) -> str:
        """regular, bold, italic or bold italic; mixed: "mixed"."""
        hands = {_hand(font) for font in self.fonts}
        return hands.pop() if len(hands) == 1 else "mixed"


@dataclasses.dataclass(frozen=True)
class Rule:
    """A drawn horizontal line."""

    left: float
    right: float
    at: float
    page: int

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclasses.dataclass(frozen=True)
class Pages:
    """A file: the sizes of its pages in mm, its texts from above to below, its rules, the fonts and colours of its text."""

    sizes: list[tuple[float, float]]
    texts: list[Text]
    rules: list[Rule]
    colours: set[tuple[int, int, int]]
    embedded: dict[str, bool]

    def text(self, said: str) -> Text:
        """The one text that reads so."""
        (found,) = [text for text in self.texts if text.said == said]
        return found

    def below(self, text: Text) -> Rule:
        """The rule right under a text."""
        near = [rule for rule in self.rules if rule.page == text.page and 0 < rule.at - text.base < 4]
        (found,) = [rule for rule in near if text.left - 1 < rule.middle < text.right + 1]
        return found

    def on(self, page: int) -> list[Text]:
        """The texts of a page (from 0), from above to below."""
        return [text for text in self.texts if text.page == page]


def measured(content: bytes) -> Pages:
    """The pages of a PDF."""
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    pages = Pages([], [], [], set(), {})
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        pages.sizes.append((width * MM, height * MM))
        letters = list(_letters(page, height, pages))
        pages.texts.extend(_joined(letters, number))
        pages.rules.extend(_rules(page, height, number))
    return pages


def _letters(page, height, pages):
    """(base, x of the left, x of the right, top, sign, size, font) of each letter, in points; a blank goes with the next."""
    text = page.get_textpage()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    x, y = ctypes.c_double(), ctypes.c_double()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    blank = ""
    for index in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text, index))
        if sign.isspace() or sign == "\0":
            blank = " "
            continue
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        size = raw.FPDFText_GetFontSize(text, index)
        raw.FPDFText_GetFillColor(text, index, red, green, blue, alpha)
        pages.colours.add((red.value, green.value, blue.value))
        font = _font(text, index)
        pages.embedded.setdefault(font, _embedded(text, index))
        loose = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(text, index, loose)
        yield height - y.value, loose.left, loose.right, top.value - y.value, blank + sign, size, font
        blank = ""


def _font(text, index) -> str:
    name = ctypes.create_string_buffer(200)
    raw.FPDFText_GetFontInfo(text, index, name, 200, ctypes.c_int())
    return name.value.decode()


def _embedded(text, index) -> bool:
    font = raw.FPDFTextObj_GetFont(raw.FPDFText_GetTextObject(text, index))
    return raw.FPDFFont_GetIsEmbedded(font) == 1


def _joined(letters, page):
    """Letters on one base line, from left to right, as texts."""
    letters.sort(key=lambda letter: (round(letter[0], 1), letter[1]))
    for _, line in itertools.groupby(letters, key=lambda letter: round(letter[0], 1)):
        piece = []
        for letter in line:
            if piece and letter[1] - piece[-1][2] > _APART:
                yield _text(piece, page)
                piece = []
            piece.append(letter)
        yield _text(piece, page)


def _text(piece, page) -> Text:
    return Text(
        "".join(letter[4] for letter in piece).strip(),
        piece[0][1] * MM,
        piece[-1][2] * MM,
        piece[0][0] * MM,
        round(max(letter[5] for letter in piece), 2),
        frozenset(letter[6] for letter in piece),
        page,
        max(letter[3] for letter in piece) * MM,
    )


def _rules(page, height, number):
    for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=5):
        left, bottom, right, top = found.get_bounds()
        if top - bottom < 2 and right - left > 10:
            yield Rule(left * MM, right * MM, (height - (top + bottom) / 2) * MM, number)


def _hand(font: str) -> str:
    bold, italic = "Bold" in font, "Italic" in font
    return ("bold italic" if italic else "bold") if bold else "italic" if italic else "regular"
