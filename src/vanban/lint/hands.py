"""Letters: font, colour, size, bold and italic, capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.lint.difference import Case, Difference, differs
from vanban.lint.rules import ELEMENT_NAMES
from vanban.official import ELEMENTS
from vanban.official.document import TITLED_BELOW
from vanban.official.layout import FONT, FONT_ARTICLE, METRIC_FONT, Element
from vanban.parse.building import joined
from vanban.parse.roles import paragraphs
from vanban.parse.seen import Hand, SeenParagraph
from vanban.parse.wording import is_upper

# What stands for Times New Roman where it is not installed, at the same widths.
_FONTS = {
    re.sub(r"[^a-z]", "", name.lower()) for name in (FONT, METRIC_FONT, "Liberation Serif", "Times", "Nimbus Roman")
}
_ROUNDED = 0.3  # points that programs round off
_FREE_HAND = {"body"}  # words in running text may be bold or italic
_NO_CAPITALS = {"motto", "subject", "signer", "about", "place_date", "annex_mark", *TITLED_BELOW}
_AS: dict[str, str] = {**dict.fromkeys(TITLED_BELOW, "part"), "decides": "authority"}


def element_of(role: str) -> Element | None:
    """What the decree says of a role."""
    return ELEMENTS.get(_AS.get(role, role))


def fonts(case: Case) -> Iterator[Difference]:
    """Whether all text is in Times New Roman, or in what stands for it."""
    for item in case.items:
        for block in paragraphs([item.block]):
            for hand in _hands(block):
                name = re.sub(r"[^a-z]", "", hand.font.lower())
                if name.removesuffix("ps") not in _FONTS:
                    element = item.role if item.role not in ("table", "picture") else "body"
                    yield differs("font", element, hand.font or "?", FONT, at=block, article=FONT_ARTICLE)


def colours(case: Case) -> Iterator[Difference]:
    """Whether all text is black."""
    for item in case.items:
        for block in paragraphs([item.block]):
            if any(hand.colour for hand in _hands(block)):
                element = item.role if item.role not in ("table", "picture") else "body"
                colour = next(hand.colour for hand in _hands(block) if hand.colour)
                yield differs("colour", element, f"#{colour}", ("màu đen", "black"), at=block, article=FONT_ARTICLE)


def sizes(case: Case) -> Iterator[Difference]:
    """Whether each part has a size that it may have."""
    for item in case.items:
        allowed = element_of(item.role)
        block = item.block
        if allowed is None or not allowed.article or not isinstance(block, SeenParagraph):
            continue
        for size in sorted({hand.size for hand in _hands(block)}):
            if not allowed.low - _ROUNDED <= size <= allowed.high + _ROUNDED:
                yield differs("size", item.role, f"{size:g}", _range(allowed), at=block, article=allowed.article)
                break


def hands(case: Case) -> Iterator[Difference]:
    """Whether each part is bold, italic or neither, as it has to be."""
    for item in case.items:
        allowed = element_of(item.role)
        block = item.block
        if allowed is None or item.role in _FREE_HAND or not isinstance(block, SeenParagraph) or not block.hand:
            continue
        hand = block.hand
        if item.role in ("letter", "addressees"):
            continue
        if (hand.bold, hand.italic) != (allowed.bold, allowed.italic):
            vi, en = _said(hand.bold, hand.italic)
            yield differs(
                "hand",
                item.role,
                vi,
                _said(allowed.bold, allowed.italic),
                at=block,
                article=allowed.article,
                says=(
                    f"{_name(item.role)[0]}: kiểu chữ {vi}; cần {_said(allowed.bold, allowed.italic)[0]}",
                    f"{_name(item.role)[1]} is {en}; it has to be {_said(allowed.bold, allowed.italic)[1]}",
                ),
            )


def capitals(case: Case) -> Iterator[Difference]:
    """Whether what has to be in capitals is, and what must not be is not."""
    for item in case.items:
        allowed = element_of(item.role)
        block = item.block
        if allowed is None or not isinstance(block, SeenParagraph):
            continue
        text = joined(block, is_title=True)
        if item.role == "roman":
            text = re.sub(r"^[IVXLC]+\.\s*", "", text)
        if allowed.caps and text != text.upper():
            says = (
                f"{_name(item.role)[0]}: «{text}» cần viết in hoa",
                f"{_name(item.role)[1]} “{text}” has to be in capitals",
            )
            yield differs("capitals", item.role, text, text.upper(), at=block, article=allowed.article, says=says)
        elif item.role in _NO_CAPITALS and is_upper(text) and len(text) > 4:
            says = (
                f"{_name(item.role)[0]}: «{text}» cần viết in thường",
                f"{_name(item.role)[1]} “{text}” must not be in capitals",
            )
            yield differs(
                "capitals",
                item.role,
                text,
                ("chữ in thường", "small letters"),
                at=block,
                article=allowed.article,
                says=says,
            )


def _hands(block: SeenParagraph) -> list[Hand]:
    """The hands of its words; bullets and the like are drawn by fonts of their own."""
    return [run.hand for run in block.runs if any(map(str.isalnum, run.text))]


def _range(allowed: Element) -> str:
    return f"{allowed.low:g}" if allowed.low == allowed.high else f"{allowed.low:g}–{allowed.high:g}"


def _said(bold: bool, italic: bool) -> tuple[str, str]:
    vi = ("nghiêng" if italic else "đứng") + (", đậm" if bold else "")
    en = {(False, False): "plain", (True, False): "bold", (False, True): "italic", (True, True): "bold italic"}
    return vi, en[bold, italic]


def _name(role: str) -> tuple[str, str]:
    return ELEMENT_NAMES[role]
