"""A DOCX file as seen blocks (ISO/IEC 29500-1, strict and transitional)."""

from __future__ import annotations

from typing import Any

from vanban.errors import unreadable
from vanban.parse.docx.blocks import Reader
from vanban.parse.docx.numbering import Numbering
from vanban.parse.docx.package import Package, R, W
from vanban.parse.docx.styles import Styles, is_on, length
from vanban.parse.seen import PageNumber, Seen, Sheet

__all__ = ["see_docx"]


def see_docx(content: bytes, name: str) -> Seen:
    """What stands in a DOCX file. Raises ``Unreadable`` for a damaged, locked or hostile one."""
    package = Package(content)
    root = package.part(package.main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise unreadable("damaged", kind="Word")
    styles = Styles(package.related("styles"), package.related("theme"))
    sections = list(body.iter(f"{W}sectPr"))
    sheets = tuple(_sheet(section) for section in sections) or (Sheet(210, 297, 0, 210, 0, 297),)
    reader = Reader(styles, Numbering(package.related("numbering")), [sheet.right - sheet.left for sheet in sheets])
    blocks = tuple(reader.blocks(body))
    return Seen("docx", name, sheets, blocks, page_numbers=_page_numbers(package, styles, sections))


def _sheet(section: Any) -> Sheet:
    size, margin = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")

    def of(found: Any | None, name: str, otherwise: float) -> float:
        value = found.get(f"{W}{name}") if found is not None else None
        return otherwise if value is None else length(value)

    width, height = of(size, "w", 215.9), of(size, "h", 279.4)  # without a size it is Letter (17.6.13)
    return Sheet(
        width,
        height,
        left=of(margin, "left", 0) + of(margin, "gutter", 0),
        right=width - of(margin, "right", 0),
        top=abs(of(margin, "top", 0)),
        bottom=height - abs(of(margin, "bottom", 0)),
    )


def _page_numbers(package: Package, styles: Styles, sections: list[Any]) -> tuple[PageNumber, ...]:
    parts = {identifier: target for identifier, _, target in package.relations(package.main)}
    found: list[PageNumber] = []
    held: dict[str, str] = {}  # a section without headers of its own takes those of the one before
    for position, section in enumerate(sections, 1):
        for place in ("header", "footer"):
            for reference in section.iterfind(f"{W}{place}Reference"):
                held[f"{place} {reference.get(f'{W}type', 'default')}"] = parts.get(reference.get(f"{R}id", ""), "")
        has_first = is_on(section.find(f"{W}titlePg"))
        for place in ("header", "footer"):
            number = _number_in(package, styles, held.get(f"{place} default", ""))
            if number is None:
                continue
            first = _number_in(package, styles, held.get(f"{place} first", "")) is not None if has_first else True
            size, align = number
            begins = section.find(f"{W}pgNumType")
            start = begins.get(f"{W}start", "") if begins is not None else ""
            found.append(
                PageNumber(
                    position,
                    "",
                    size,
                    align,
                    at_top=place == "header",
                    on_first=first,
                    start=int(start) if start.isdigit() else None,
                )
            )
    return tuple(found)


def _number_in(package: Package, styles: Styles, part: str) -> tuple[float, Any] | None:
    """The size and alignment of the field PAGE in a header or footer, or None where there is none."""
    root = package.part(part) if part else None
    if root is None:
        return None
    for paragraph in root.iter(f"{W}p"):
        fields = [found.text or "" for found in paragraph.iter(f"{W}instrText")]
        fields += [found.get(f"{W}instr", "") for found in paragraph.iter(f"{W}fldSimple")]
        if not any(field.split()[:1] == ["PAGE"] for field in fields):
            continue
        properties = paragraph.find(f"{W}pPr")
        chosen = properties.find(f"{W}pStyle") if properties is not None else None
        setting = styles.paragraph(chosen.get(f"{W}val") if chosen is not None else None)
        if properties is not None:
            styles.set_paragraph(setting, properties)
        for run in paragraph.iter(f"{W}rPr"):
            if run.getparent().tag == f"{W}r":
                styles.set_run(setting, run)
        frame = properties.find(f"{W}framePr") if properties is not None else None
        align = frame.get(f"{W}xAlign", setting.align) if frame is not None else setting.align
        return setting.size, align
    return None
