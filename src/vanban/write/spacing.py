"""How far printed lines stand apart: one table for both writers, so that their pages break at the same lines."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType

from vanban.official import LENGTHS

_GAP = LENGTHS["paragraph_gap"].chosen
_LINES = LENGTHS["line_spacing"].chosen


@dataclasses.dataclass(frozen=True, slots=True)
class Spacing:
    """``before``: white above the paragraph in points (none on top of a page); ``lines``: a multiple of single spacing."""

    before: float = 0
    lines: float = 1


_BODY = Spacing(_GAP, _LINES)
_CLOSE = Spacing()
SPACING: Mapping[str, Spacing] = MappingProxyType(
    {
        "country": _CLOSE,
        "motto": _CLOSE,
        "parent": _CLOSE,
        "issuer": _CLOSE,
        "symbol": Spacing(_GAP),
        "place_date": Spacing(_GAP),
        "urgency": Spacing(_GAP),
        "type": Spacing(3 * _GAP),
        "subject": _CLOSE,
        "about": _CLOSE,
        "authority": Spacing(2 * _GAP),
        "decides": Spacing(_GAP, _LINES),
        "basis": _BODY,
        "addressees": _BODY,
        "body": _BODY,
        "part": Spacing(2 * _GAP, _LINES),
        "part_title": Spacing(0, _LINES),
        "roman": _BODY,
        "article": _BODY,
        "arabic": _BODY,
        "letter": _BODY,
        "signature": _CLOSE,
        "signer": _CLOSE,
        "recipients_label": _CLOSE,
        "recipients": _CLOSE,
        "page_number": _CLOSE,
        "annex_mark": _CLOSE,
        "annex_title": _CLOSE,
        "annex_attached": _CLOSE,
        "table_head": _CLOSE,
        "table": _CLOSE,
    }
)
TABLE_GAP = _GAP  # above and below tables and pictures, in points
FOOT_GAP = 2 * _GAP  # above the foot
CELL_X, CELL_Y = 4.0, 2.0  # white inside cells, in points
RULE_GAP = 3.0  # between words and the rule under them, in points
RULE_WIDTH = 0.75  # thickness of drawn rules, in points
