"""What the name of a font says about the encoding of the text that is set in it."""

from __future__ import annotations

import re

_TCVN3 = re.compile(r"^\.vn[a-z]", re.IGNORECASE)  # .VnTime, .VnArialH, .VnBlackH …
_VNI = re.compile(r"^vni[ _-]", re.IGNORECASE)


def encoding_of(font: str | None) -> tuple[str | None, bool]:
    """The name of the encoding that a font stands for (None: Unicode, or not said), and whether the font draws small
    letters as capitals (".VnTimeH")."""
    name = (font or "").strip().strip("\"'")
    if _TCVN3.match(name):
        return "TCVN3", name.endswith(("H", "h"))
    if _VNI.match(name):
        return "VNI", False
    return None, False
