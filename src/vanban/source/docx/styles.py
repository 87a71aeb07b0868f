"""What a paragraph or a run takes from its style: numbering, capitals, hidden text."""

from __future__ import annotations

import dataclasses

from lxml import etree

from vanban.source.docx.parts import W, number, switched, value


@dataclasses.dataclass(frozen=True, slots=True)
class Style:
    """The properties of a style that change what is read; None where it says nothing."""

    based_on: str | None
    num_id: int | None
    level: int | None
    caps: bool | None
    hidden: bool | None
    font: str | None


class Styles:
    """The styles of a document by id, with inheritance."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default_paragraph: str | None = None
        self.default_font = None if root is None else font(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for element in () if root is None else root.iterfind(f"{W}style"):
            key = value(element, "styleId") or ""
            self._styles[key] = _style(element)
            if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true", "on"):
                self.default_paragraph = key

    def chain(self, style: str | None) -> list[Style]:
        """``style`` and the styles that it is based on, nearest first (a circle ends where it closes)."""
        found: list[Style] = []
        seen: set[str] = set()
        while style is not None and style not in seen and style in self._styles:
            seen.add(style)
            found.append(self._styles[style])
            style = found[-1].based_on
        return found

    def numbering(self, style: str | None) -> tuple[int | None, int | None]:
        """The numbering that ``style`` gives its paragraphs: (num id, level), each None where nothing says."""
        chain = self.chain(style)
        num_id = next((s.num_id for s in chain if s.num_id is not None), None)
        level = next((s.level for s in chain if s.level is not None), None)
        return num_id, level

    def caps(self, style: str | None) -> bool:
        """Whether ``style`` prints its text in capitals."""
        return next((s.caps for s in self.chain(style) if s.caps is not None), False)

    def font(self, style: str | None) -> str | None:
        """The font of text in ``style``: its own, or that of the styles it is based on; None where none is named."""
        return next((s.font for s in self.chain(style) if s.font is not None), None)

    def hidden(self, style: str | None) -> bool:
        """Whether ``style`` hides its text."""
        return next((s.hidden for s in self.chain(style) if s.hidden is not None), False)


def _style(element: etree._Element) -> Style:
    num = element.find(f"{W}pPr/{W}numPr")
    return Style(
        based_on=value(element.find(f"{W}basedOn")),
        num_id=None if num is None else number(num.find(f"{W}numId")),
        level=None if num is None else number(num.find(f"{W}ilvl")),
        caps=switched(element.find(f"{W}rPr/{W}caps")),
        hidden=switched(element.find(f"{W}rPr/{W}vanish")),
        font=font(element.find(f"{W}rPr")),
    )


def font(properties: etree._Element | None) -> str | None:
    """The font that run properties name for Latin letters; None where they name none."""
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    return value(fonts, "ascii") or value(fonts, "hAnsi")
