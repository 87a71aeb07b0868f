"""The paragraph styles: how every element looks, said once in ``styles.xml`` from the table of the decree."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from vanban.official import ELEMENTS, LENGTHS, MARKED_STYLES, STYLES, Element, text_width
from vanban.official.layout import FONT
from vanban.official.styles import PICTURE_STYLE, RULE_STYLE
from vanban.write.docx.marks import BULLETS, LINKED, number_of
from vanban.write.docx.xml import DECLARATION, NAMESPACES, quoted, tag, twips
from vanban.write.laying import (
    ADDRESSEES_INSET,
    ADDRESSEES_LIST_INSET,
    CELL_SIDE,
    POINTS_PER_MM,
    RULE_HEIGHT,
    RULE_WIDTH,
    SPACING,
    TABLE_AFTER,
    Spacing,
)

RULED_TABLE = "BangKe"
BARE_TABLE = "BangAn"
RULE = "DuongKe"
PICTURE = "Hinh"
BREAK = "NgatPhan"
GAP = "KhoangCach"
FIRST_LINE = twips(LENGTHS["first_line"].chosen * POINTS_PER_MM)

_INDENTED = ("basis", "body", "roman", "article", "arabic", "letter")
# How deep headings stand in the outline, by the identifiers of their styles.
_OUTLINE = {"Part": 0, "PartChapter": 0, "PartSection": 1, "PartSubsection": 2, "AnnexMark": 0} | {
    "Roman": 1,
    "Article": 2,
    "Arabic": 2,
    "Letter": 3,
}
_KEPT = ("part", "part_title", "roman", "article", "arabic", "letter", "recipients_label", "annex_mark", "annex_title")
_KEPT_WHOLE = ("type", "subject", "decides", "signature", "signer")
_JC = {"left": "left", "center": "center", "right": "right", "justify": "both"}


@dataclasses.dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: its identifier in the file, its name, the element it prints, its list and level (or none)."""

    id: str
    name: str
    element: str
    list: int = 0
    level: int = 0

    @property
    def kept(self) -> bool:
        """Whether paragraphs of this style stay with the next one."""
        return self.element in _KEPT


def style_of(element: str, kind: str = "") -> Style:
    """The style of a line: by its element and the kind of its mark ("arabic", "dash" …, "": none)."""
    return _STYLES.get((element, kind)) or _STYLES[element, ""]


def _all_styles() -> dict[tuple[str, str], Style]:
    made = {}
    for element, name in STYLES.items():
        made[element, ""] = _style(element, "", _identifier(element), name)
    for (element, kind), name in MARKED_STYLES.items():
        if name not in STYLES.values():
            made[element, kind] = _style(element, kind, _identifier(f"{element}_{kind}"), name)
        else:
            made[element, kind] = made[element, ""] = _style(element, kind, _identifier(element), name)
    return made


def _style(element: str, kind: str, identifier: str, name: str) -> Style:
    if (element, kind) in BULLETS:
        return Style(identifier, name, element, BULLETS[element, kind].list)
    if (element, kind) in LINKED:
        position, level = LINKED[element, kind]
        return Style(identifier, name, element, number_of(position, 0), level)
    return Style(identifier, name, element)


def _identifier(key: str) -> str:
    return "".join(word.capitalize() for word in key.split("_"))


_STYLES = _all_styles()


def linked_styles() -> dict[tuple[int, int], str]:
    """The style of each list of headings and its level that counts by itself."""
    return {place: _STYLES[key].id for key, place in LINKED.items()}


def styles_xml() -> str:
    """The part ``word/styles.xml``."""
    paragraphs = {style.id: _paragraph_style(style) for style in _STYLES.values()}
    inside = (_defaults(), _normal(), *paragraphs.values(), *_plain_styles(), *_table_styles())
    return f"{DECLARATION}<w:styles {NAMESPACES}>{''.join(inside)}</w:styles>"


def _defaults() -> str:
    fonts = tag("w:rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    size = twips(ELEMENTS["body"].chosen) // 10
    lang = tag("w:lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA")
    hand = tag("w:rPr", fonts, tag("w:color", val="000000"), _sizes(size), lang)
    room = tag("w:pPr", tag("w:spacing", before=0, after=0, line=240, lineRule="auto"))
    return tag("w:docDefaults", tag("w:rPrDefault", hand), tag("w:pPrDefault", room))


def _sizes(half_points: int) -> str:
    return tag("w:sz", val=half_points) + tag("w:szCs", val=half_points)


def _normal() -> str:
    inside = '<w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl/></w:pPr>'
    return f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal">{inside}</w:style>'


def _paragraph_style(style: Style) -> str:
    look = ELEMENTS[style.element]
    inside = (
        f"<w:name w:val={quoted(style.name)}/>",
        tag("w:basedOn", val="Normal"),
        *_following(style),
        "<w:qFormat/>",
        tag("w:pPr", *_paragraph_properties(style, look)),
        tag("w:rPr", *_hand(look)),
    )
    return _custom(style.id, inside)


def _custom(identifier: str, inside: tuple[str, ...]) -> str:
    return f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{identifier}">{"".join(inside)}</w:style>'


def _following(style: Style) -> Iterator[str]:
    """After a heading a clerk goes on with running text."""
    if style.id in _OUTLINE or style.element == "part_title":
        following = "PartTitle" if style.element == "part" else "Body"
        yield tag("w:next", val=following)


def _paragraph_properties(style: Style, look: Element) -> Iterator[str]:
    if style.kept:
        yield "<w:keepNext/>"
    if style.element in (*_KEPT, *_KEPT_WHOLE):
        yield "<w:keepLines/>"
    if style.list:
        level = tag("w:ilvl", val=style.level) if style.level else ""
        yield tag("w:numPr", level, tag("w:numId", val=style.list))
    if style.element == "urgency":
        sides = ("top", "left", "bottom", "right")
        yield tag("w:pBdr", *(tag(f"w:{side}", val="single", sz=8, space=1, color="000000") for side in sides))
    yield spacing(SPACING.get(style.element, Spacing()))
    yield _indent(style)
    yield tag("w:jc", val=_JC[look.align])
    if style.id in _OUTLINE:
        yield tag("w:outlineLvl", val=_OUTLINE[style.id])


def spacing(room: Spacing) -> str:
    """The rooms above and below a paragraph, and between its lines."""
    line = round(240 * room.lines)
    return tag("w:spacing", before=twips(room.before), after=twips(room.after), line=line, lineRule="auto")


def _indent(style: Style) -> str:
    left, first = style_indent(style)
    return indent(left, first) if left or first else ""


def style_indent(style: Style) -> tuple[int, int]:
    """Where lines of a style begin, in twips: all of them, and the first one further (below zero: less)."""
    if style.element in _INDENTED:
        return 0, FIRST_LINE
    if style.element == "addressees":
        size = ELEMENTS["addressees"].chosen
        if style.list:
            hang = twips(text_width("- ", size))
            return twips(ADDRESSEES_LIST_INSET) + hang, -hang
        return twips(ADDRESSEES_INSET), 0
    if style.element == "recipients":
        hang = twips(text_width("- ", ELEMENTS["recipients"].chosen))
        return hang, -hang
    return 0, 0


def indent(left: int, first: int, right: int = 0) -> str:
    """Where lines begin and end, in twips."""
    sides: dict[str, str | int] = {"left": left}
    if right:
        sides["right"] = right
    sides["firstLine" if first >= 0 else "hanging"] = abs(first)
    return tag("w:ind", **sides)


def _hand(look: Element) -> Iterator[str]:
    if look.bold:
        yield "<w:b/><w:bCs/>"
    if look.italic:
        yield "<w:i/><w:iCs/>"
    yield _sizes(round(look.chosen * 2))


def alignment(align: str) -> str:
    """An alignment that differs from that of the style."""
    return tag("w:jc", val=_JC[align])


def _plain_styles() -> Iterator[str]:
    line = tag("w:top", val="single", sz=round(RULE_WIDTH * 8), space=0, color="000000")
    height = tag("w:spacing", before=twips(RULE_HEIGHT - 1), after=0, line=20, lineRule="exact")
    yield _empty_style(RULE, RULE_STYLE, tag("w:pPr", tag("w:pBdr", line), height), 4)
    picture = tag("w:spacing", before=80, after=120, line=240, lineRule="auto")
    yield _empty_style(PICTURE, PICTURE_STYLE, tag("w:pPr", picture, tag("w:jc", val="center")), 28)
    for identifier, name, room in ((BREAK, "Ngắt phần", 1.0), (GAP, "Khoảng cách", TABLE_AFTER)):
        exact = tag("w:spacing", before=0, after=0, line=twips(room), lineRule="exact")
        yield _empty_style(identifier, name, tag("w:pPr", exact), 2)


def _empty_style(identifier: str, name: str, properties: str, half_points: int) -> str:
    based = tag("w:basedOn", val="Normal")
    return _custom(
        identifier, (f"<w:name w:val={quoted(name)}/>", based, properties, tag("w:rPr", _sizes(half_points)))
    )


def _table_styles() -> Iterator[str]:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = tag("w:tblBorders", *(tag(f"w:{s}", val="single", sz=4, space=0, color="000000") for s in sides))
    yield _table_style("TableNormal", "Normal Table", "", 0, default=' w:default="1"')
    yield _table_style(RULED_TABLE, "Bảng kẻ", borders, twips(CELL_SIDE))
    yield _table_style(BARE_TABLE, "Bảng không kẻ", "", 0)


def _table_style(identifier: str, name: str, borders: str, side: int, *, default: str = "") -> str:
    margins = tag(
        "w:tblCellMar",
        tag("w:top", w=0, type="dxa"),
        tag("w:left", w=side, type="dxa"),
        tag("w:bottom", w=0, type="dxa"),
        tag("w:right", w=side, type="dxa"),
    )
    based = "" if default else tag("w:basedOn", val="TableNormal")
    own = "" if default else ' w:customStyle="1"'
    properties = tag("w:tblPr", tag("w:tblInd", w=0, type="dxa"), borders, margins)
    inside = f"<w:name w:val={quoted(name)}/>{based}{properties}"
    return f'<w:style w:type="table"{default}{own} w:styleId="{identifier}">{inside}</w:style>'
