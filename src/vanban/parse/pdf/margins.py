"""What stands in the margins of a page that has no logical structure: its number, and lines at its foot."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

from vanban.parse.pdf.glyphs import MM, Drawn

_NUMBER = re.compile(r"[-–\s]*(?:trang\s*)?(\d{1,4})(?:\s*/\s*\d{1,4})?[-–\s]*", re.IGNORECASE)
# Lines at the foot, such as the address of khoản 4 (mục III, ô số 13): in the margin, small, apart from the text.
_FOOT = 19.0  # mm from the lower edge
_SMALL = 12.3  # points
_APART = 2.0  # times their size below the line above


def page_figure(text: str) -> str:
    """The number of a page as printed ("2", "- 2 -", "Trang 2/5"); "" for a line that is none."""
    found = _NUMBER.fullmatch(text)
    return found[1] if found else ""


def unfooted(page: Drawn) -> Drawn:
    """The page without the lines at its foot."""
    inked = [glyph for glyph in page.glyphs if not glyph.sign.isspace()]
    foot = [glyph for glyph in inked if page.height - glyph.base < _FOOT]
    if not foot or max(glyph.hand.size for glyph in foot) > _SMALL:
        return page
    top = min(glyph.base for glyph in foot)
    if top - _last((glyph.base for glyph in inked), above=top) < _APART * foot[0].hand.size * MM:
        return page
    return dataclasses.replace(page, glyphs=[glyph for glyph in page.glyphs if glyph.base < top - 0.1])


def _last(bases: Iterable[float], *, above: float) -> float:
    return max((base for base in bases if base < above - 0.1), default=0.0)
