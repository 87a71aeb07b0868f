"""The layout that the law fixes, in one table: what is allowed, what we print, and the article that says so.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I (thể thức, kỹ thuật trình bày). Writers print ``chosen``; the linter allows
``low`` to ``high``. Where the decree leaves a point open, ``article`` is "" and the value is ours: it is never linted.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Align = Literal["left", "center", "right", "justify"]
_GENERAL = "Phụ lục I, phần I, mục I"
_PARTS = "Phụ lục I, phần I, mục II"
_ANNEX = "Phụ lục I, phần I, mục III"
_LETTERS = "Phụ lục I, phần I, mục V"
_MODELS = "Phụ lục III, mục II, mẫu 1.1–1.3"


@dataclasses.dataclass(frozen=True, slots=True)
class Length:
    """A length or a distance: the allowed range and what we print, in ``unit``."""

    low: float
    high: float
    chosen: float
    unit: Literal["mm", "pt", "lines", "share"]
    article: str


@dataclasses.dataclass(frozen=True, slots=True)
class Element:
    """How one part of a document is set: its size in points, its hand, its alignment. ``caps``: in capital letters."""

    low: float
    high: float
    chosen: float
    align: Align
    article: str
    bold: bool = False
    italic: bool = False
    caps: bool = False


FONT = "Times New Roman"  # mục I, khoản 4: Times New Roman, Unicode (TCVN 6909:2001), black
METRIC_FONT = "Tinos"  # the same widths, free to embed
FONT_ARTICLE = f"{_GENERAL}, khoản 4"
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
END_MARK = "./."

LENGTHS: Mapping[str, Length] = MappingProxyType(
    {
        "page_width": Length(209.5, 210.5, 210, "mm", f"{_GENERAL}, khoản 1"),
        "page_height": Length(296.5, 297.5, 297, "mm", f"{_GENERAL}, khoản 1"),
        "margin_top": Length(20, 25, 20, "mm", f"{_GENERAL}, khoản 3"),
        "margin_bottom": Length(20, 25, 20, "mm", f"{_GENERAL}, khoản 3"),
        "margin_left": Length(30, 35, 30, "mm", f"{_GENERAL}, khoản 3"),
        "margin_right": Length(15, 20, 20, "mm", f"{_GENERAL}, khoản 3"),
        # Khoản 6.e: first lines are indented by 1 cm or 1.27 cm; paragraphs stand at least 6 pt apart, lines single to 1.5.
        "first_line": Length(10, 12.7, 12.7, "mm", f"{_PARTS}, khoản 6, điểm e"),
        "paragraph_gap": Length(6, 12, 6, "pt", f"{_PARTS}, khoản 6, điểm e"),
        "line_spacing": Length(1, 1.5, 1.15, "lines", f"{_PARTS}, khoản 6, điểm e"),
        # Rules under names: as long as the motto; a third to a half of the line above for issuer and subject.
        "motto_rule": Length(0.9, 1.1, 1, "share", f"{_PARTS}, khoản 1, điểm b"),
        "issuer_rule": Length(1 / 3, 1 / 2, 0.4, "share", f"{_PARTS}, khoản 2, điểm b"),
        "subject_rule": Length(1 / 3, 1 / 2, 0.4, "share", f"{_PARTS}, khoản 5, điểm b"),
        # What a công văn is about stands 6 pt below its number.
        "about_gap": Length(6, 6, 6, "pt", f"{_PARTS}, khoản 5, điểm b"),
        # Not fixed by the decree, ours: the columns of the head and the foot, the room for a hand and a seal.
        "head_left": Length(0, 1, 0.4, "share", ""),
        "foot_left": Length(0, 1, 0.5, "share", ""),
        "signature_room": Length(20, 40, 28, "mm", ""),
    }
)

ELEMENTS: Mapping[str, Element] = MappingProxyType(
    {
        "country": Element(12, 13, 12, "center", f"{_PARTS}, khoản 1, điểm a", bold=True, caps=True),
        "motto": Element(13, 14, 13, "center", f"{_PARTS}, khoản 1, điểm b", bold=True),
        "parent": Element(12, 13, 12, "center", f"{_PARTS}, khoản 2, điểm b", caps=True),
        "issuer": Element(12, 13, 12, "center", f"{_PARTS}, khoản 2, điểm b", bold=True, caps=True),
        "symbol": Element(13, 13, 13, "center", f"{_PARTS}, khoản 3, điểm c"),
        "place_date": Element(13, 14, 13, "center", f"{_PARTS}, khoản 4, điểm c", italic=True),
        "type": Element(13, 14, 14, "center", f"{_PARTS}, khoản 5, điểm b", bold=True, caps=True),
        "subject": Element(13, 14, 14, "center", f"{_PARTS}, khoản 5, điểm b", bold=True),
        "about": Element(12, 13, 12, "center", f"{_PARTS}, khoản 5, điểm b"),
        "authority": Element(13, 14, 14, "center", _MODELS, bold=True, caps=True),
        "decides": Element(13, 14, 14, "center", _MODELS, bold=True, caps=True),
        "basis": Element(13, 14, 14, "justify", f"{_PARTS}, khoản 6, điểm a", italic=True),
        "body": Element(13, 14, 14, "justify", f"{_PARTS}, khoản 6, điểm e"),
        "part": Element(13, 14, 14, "center", f"{_PARTS}, khoản 6, điểm đ", bold=True),
        "part_title": Element(13, 14, 14, "center", f"{_PARTS}, khoản 6, điểm đ", bold=True, caps=True),
        "roman": Element(13, 14, 14, "justify", _LETTERS, bold=True, caps=True),
        "article": Element(13, 14, 14, "justify", f"{_PARTS}, khoản 6, điểm đ", bold=True),
        "arabic": Element(13, 14, 14, "justify", f"{_PARTS}, khoản 6, điểm đ", bold=True),
        "letter": Element(13, 14, 14, "justify", f"{_PARTS}, khoản 6, điểm đ"),
        "addressees": Element(13, 14, 14, "left", f"{_PARTS}, khoản 9, điểm d"),
        "signature": Element(13, 14, 14, "center", f"{_PARTS}, khoản 7, điểm đ", bold=True, caps=True),
        "signer": Element(13, 14, 14, "center", f"{_PARTS}, khoản 7, điểm đ", bold=True),
        "recipients_label": Element(12, 12, 12, "left", f"{_PARTS}, khoản 9, điểm d", bold=True, italic=True),
        "recipients": Element(11, 11, 11, "left", f"{_PARTS}, khoản 9, điểm d"),
        "page_number": Element(13, 14, 13, "center", f"{_GENERAL}, khoản 7"),
        "urgency": Element(13, 14, 13, "center", f"{_ANNEX}, khoản 2, điểm b", bold=True, caps=True),
        "annex_mark": Element(14, 14, 14, "center", f"{_ANNEX}, khoản 1, điểm b", bold=True),
        "annex_title": Element(13, 14, 14, "center", f"{_ANNEX}, khoản 1, điểm b", bold=True, caps=True),
        "annex_attached": Element(13, 14, 14, "center", f"{_ANNEX}, khoản 1, điểm c", italic=True),
        # The decree fixes no size inside tables; ours lets a register of six columns breathe.
        "table_head": Element(11, 14, 12, "center", "", bold=True),
        "table": Element(11, 14, 12, "left", ""),
    }
)
