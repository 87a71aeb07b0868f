"""Drawings as pictures: the SVG is drawn once as PNG, sharp enough for print."""

from __future__ import annotations

import dataclasses

from vanban.official import Picture
from vanban.write.docx.looks import PICTURE
from vanban.write.docx.xml import quoted, tag
from vanban.write.drawing import png_of
from vanban.write.laying import picture_height

_EMU = 12700  # English metric units in a point


@dataclasses.dataclass(frozen=True, slots=True)
class Media:
    """A picture of the file: its name in it, and its bytes."""

    name: str
    data: bytes


class Pictures:
    """The pictures of a file, numbered as they are met."""

    def __init__(self) -> None:
        self.media: list[Media] = []

    def picture(self, picture: Picture, room: float, *, kept: bool) -> str:
        """A paragraph with the picture; ``kept``: it stays on the page of what follows."""
        number = len(self.media) + 1
        height = picture_height(picture, room)
        width = height / picture.height
        self.media.append(Media(f"image{number}.png", png_of(picture, width, height)))
        properties = (tag("w:pStyle", val=PICTURE), "<w:keepNext/>" if kept else "")
        drawing = _inline(number, picture.alt, round(width * _EMU), round(height * _EMU))
        return tag("w:p", tag("w:pPr", *properties), f"<w:r>{drawing}</w:r>")


def _inline(number: int, alt: str, width: int, height: int) -> str:
    said = f'id="{number}" name="Hình {number}" descr={quoted(alt)}'
    drawn = (
        f'<pic:nvPicPr><pic:cNvPr {said}/><pic:cNvPicPr><a:picLocks noChangeAspect="1"/></pic:cNvPicPr></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation(number)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    )
    return (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr {said}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"<pic:pic>{drawn}</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def relation(number: int) -> str:
    """The name of the relation that leads to a picture."""
    return f"rIdPicture{number}"
