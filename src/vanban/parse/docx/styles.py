"""What a DOCX file's styles come to, for a paragraph and for a run: Office Open XML (ISO/IEC 29500-1), 17.7."""

from __future__ import annotations

import dataclasses
from typing import Any

from vanban.parse.docx.package import A, W
from vanban.parse.seen import Hand

_TWIP = 25.4 / 1440  # millimetres
_JC = {
    "left": "left",
    "start": "left",
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "justify",
    "distribute": "justify",
}
_OFF = ("0", "false", "off", "none")


@dataclasses.dataclass(slots=True)
class Setting:
    """Properties gathered from several places: what is set later replaces what was set before."""

    font: str = ""
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    caps: bool = False
    hidden: bool = False
    underlined: bool = False
    colour: str = ""
    align: str = "left"
    first_line: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    spacing: float = 1.0
    exact: bool = False
    page_break: bool = False
    numbering: tuple[str, int] | None = None
    level: int = 0
    rule: bool = False

    def hand(self) -> Hand:
        """The hand that these properties make."""
        return Hand(self.font, self.size, self.bold, self.italic, self.colour, self.underlined)


def length(value: str | None) -> float:
    """A length in twentieths of a point (or with its unit, "1in") as millimetres; 0 for what is none."""
    if not value:
        return 0.0
    try:
        return float(value) * _TWIP
    except ValueError:
        pass
    units = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
    try:
        return float(value[:-2]) * units.get(value[-2:], 0.0)
    except ValueError:
        return 0.0


def is_on(found: Any | None) -> bool:
    """A switch of Office Open XML: there, and not set off."""
    return found is not None and found.get(f"{W}val", "1") not in _OFF


class Styles:
    """The styles of one file. ``names``: the names of its styles by their ids."""

    def __init__(self, root: Any | None, theme: Any | None) -> None:
        self._styles: dict[str, Any] = {}
        self.names: dict[str, str] = {}
        self._default = ""
        self._base = Setting()
        self._fonts = _theme_fonts(theme)
        self._known: dict[str, Setting] = {}
        if root is None:
            return
        for found in root.iter(f"{W}style"):
            identifier = found.get(f"{W}styleId", "")
            self._styles[identifier] = found
            name = found.find(f"{W}name")
            self.names[identifier] = name.get(f"{W}val", "") if name is not None else identifier
            if found.get(f"{W}type") == "paragraph" and found.get(f"{W}default") in ("1", "true"):
                self._default = identifier
        defaults = root.find(f"{W}docDefaults")
        if defaults is not None:
            for properties in defaults.iter(f"{W}pPr"):
                self.set_paragraph(self._base, properties)
            for properties in defaults.iter(f"{W}rPr"):
                self.set_run(self._base, properties)

    def paragraph(self, identifier: str | None) -> Setting:
        """A new setting with what this paragraph style (or the default one) comes to."""
        identifier = identifier if identifier in self._styles else self._default
        if identifier not in self._known:
            setting = dataclasses.replace(self._base)
            self._follow(setting, identifier, set())
            self._known[identifier] = setting
        return dataclasses.replace(self._known[identifier])

    def name_of(self, identifier: str | None) -> str:
        """The name of a paragraph style by its id; of the default style where there is none."""
        return self.names.get(identifier if identifier in self._styles else self._default, "")

    def character(self, setting: Setting, identifier: str) -> None:
        """Lay a character style over a setting."""
        self._follow(setting, identifier, set())

    def has_borders(self, identifier: str) -> bool:
        """Whether a table style, or one that it is based on, draws lines."""
        borders = self._of_table(identifier, "tblBorders")
        return borders is not None and any(side.get(f"{W}val", "none") not in ("none", "nil") for side in borders)

    def cell_margins(self, identifier: str) -> Any | None:
        """The margins of cells (w:tblCellMar) of a table style, or of one that it is based on."""
        return self._of_table(identifier, "tblCellMar")

    def _of_table(self, identifier: str, name: str) -> Any | None:
        seen: set[str] = set()
        while identifier in self._styles and identifier not in seen:
            seen.add(identifier)
            style = self._styles[identifier]
            found = style.find(f"{W}tblPr/{W}{name}")
            if found is not None:
                return found
            parent = style.find(f"{W}basedOn")
            identifier = parent.get(f"{W}val", "") if parent is not None else ""
        return None

    def _follow(self, setting: Setting, identifier: str, seen: set[str]) -> None:
        style = self._styles.get(identifier)
        if style is None or identifier in seen:
            return
        seen.add(identifier)
        parent = style.find(f"{W}basedOn")
        if parent is not None:
            self._follow(setting, parent.get(f"{W}val", ""), seen)
        if (properties := style.find(f"{W}pPr")) is not None:
            self.set_paragraph(setting, properties)
        if (properties := style.find(f"{W}rPr")) is not None:
            self.set_run(setting, properties)

    def set_run(self, setting: Setting, properties: Any) -> None:
        """Lay run properties (w:rPr) over a setting."""
        for found in properties:
            tag, value = found.tag, found.get(f"{W}val")
            if tag == f"{W}rFonts":
                theme = found.get(f"{W}asciiTheme") or found.get(f"{W}hAnsiTheme")
                named = found.get(f"{W}ascii") or found.get(f"{W}hAnsi")
                setting.font = self._fonts.get(theme or "", "") or named or setting.font
            elif tag == f"{W}sz" and value:
                setting.size = _half_points(value, setting.size)
            elif tag == f"{W}b":
                setting.bold = is_on(found)
            elif tag == f"{W}i":
                setting.italic = is_on(found)
            elif tag == f"{W}caps":
                setting.caps = is_on(found)
            elif tag == f"{W}u":
                setting.underlined = value not in (None, "none")
            elif tag == f"{W}vanish":
                setting.hidden = is_on(found)
            elif tag == f"{W}color":
                setting.colour = "" if value in (None, "auto", "000000") else str(value)

    def set_paragraph(self, setting: Setting, properties: Any) -> None:
        """Lay paragraph properties (w:pPr) over a setting; those of the paragraph's mark are left out."""
        for found in properties:
            tag = found.tag
            if tag == f"{W}jc":
                setting.align = _JC.get(found.get(f"{W}val", ""), "left")
            elif tag == f"{W}ind":
                _set_indents(setting, found)
            elif tag == f"{W}spacing":
                _set_spacing(setting, found)
            elif tag == f"{W}pageBreakBefore":
                setting.page_break = is_on(found)
            elif tag == f"{W}outlineLvl":
                level = found.get(f"{W}val", "9")
                setting.level = int(level) + 1 if level.isdigit() and int(level) < 9 else 0
            elif tag == f"{W}pBdr":
                # A line above and below is one rule each; a frame on all sides is none.
                drawn = [side.tag for side in found if side.get(f"{W}val", "none") not in ("none", "nil")]
                setting.rule = drawn in ([f"{W}bottom"], [f"{W}top"])
            elif tag == f"{W}numPr":
                setting.numbering = _numbering(found, setting.numbering)


def _theme_fonts(theme: Any | None) -> dict[str, str]:
    fonts: dict[str, str] = {}
    if theme is None:
        return fonts
    for kind in ("major", "minor"):
        latin = theme.find(f".//{A}{kind}Font/{A}latin")
        if latin is not None:
            for script in ("HAnsi", "Ascii"):
                fonts[f"{kind}{script}"] = latin.get("typeface", "")
    return fonts


def _half_points(value: str, otherwise: float) -> float:
    try:
        return float(value) / 2
    except ValueError:
        return otherwise


def _set_indents(setting: Setting, found: Any) -> None:
    left = found.get(f"{W}left", found.get(f"{W}start"))
    right = found.get(f"{W}right", found.get(f"{W}end"))
    if left is not None:
        setting.left = length(left)
    if right is not None:
        setting.right = length(right)
    if (hanging := found.get(f"{W}hanging")) is not None:
        setting.first_line = -length(hanging)
    elif (first := found.get(f"{W}firstLine")) is not None:
        setting.first_line = length(first)


def _set_spacing(setting: Setting, found: Any) -> None:
    if (before := found.get(f"{W}before")) is not None:
        setting.before = length(before) / 25.4 * 72
    if (after := found.get(f"{W}after")) is not None:
        setting.after = length(after) / 25.4 * 72
    if (line := found.get(f"{W}line")) is not None:
        rule = found.get(f"{W}lineRule", "auto")
        setting.exact = rule in ("exact", "atLeast")
        points = length(line) / 25.4 * 72
        # "auto" counts in 240ths of a line; exact heights are compared with the size of the letters by the caller.
        setting.spacing = points / 12 if rule == "auto" else points


def _numbering(found: Any, before: tuple[str, int] | None) -> tuple[str, int] | None:
    identifier, level = before or ("0", 0)
    if (chosen := found.find(f"{W}numId")) is not None:
        identifier = chosen.get(f"{W}val", "0")
    if (depth := found.find(f"{W}ilvl")) is not None and depth.get(f"{W}val", "0").isdigit():
        level = int(depth.get(f"{W}val", "0"))
    return None if identifier == "0" else (identifier, level)
