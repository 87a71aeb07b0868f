"""An official document as DOCX that a clerk can go on editing: styles named for what they print, headings that number
themselves, tables, sections. The bytes follow from the document alone."""

from __future__ import annotations

from collections.abc import Sequence

from vanban.official import LENGTHS, OfficialDocument, Picture, Table
from vanban.write.docx.looks import FIRST_LINE, linked_styles, styles_xml
from vanban.write.docx.marks import numbering_xml
from vanban.write.docx.paragraphs import Paragraphs, gap, separator
from vanban.write.docx.parts import package, section
from vanban.write.docx.pictures import Pictures
from vanban.write.docx.tables import bare, ruled
from vanban.write.laying import Laid, LaidAnnex, Line, Piece, goes_with_foot, head_rooms, laid, text_room

_SECOND_ROW = ("symbol", "about", "urgency", "place_date")


def to_docx(document: OfficialDocument) -> bytes:
    """The document as the bytes of a DOCX file in the layout of Nghị định 30/2020/NĐ-CP: the same document gives the same
    bytes. Raises Unprintable, with what is to be mended."""
    found = laid(document)
    pictures = Pictures()
    own = Paragraphs(found.body)
    written = [
        _head(found, own),
        separator(),
        *(own.line(line, text_room()) for line in found.opening),
        _pieces(found.body, own, pictures, text_room()),
        gap(kept=True),
        _foot(found, own),
    ]
    # The properties of a section stand in its last paragraph; those of the last one at the end of the text.
    lying = [False, *(annex.landscape for annex in found.annexes)]
    for position, annex in enumerate(found.annexes, 1):
        before = section(landscape=lying[position - 1], annex=position > 1)
        written.append(separator(before))
        paragraphs = Paragraphs(annex.body, position)
        written.append(_annex(annex, paragraphs, pictures))
    written.append(separator())
    written.append(section(landscape=lying[-1], annex=len(lying) > 1))
    numbering = numbering_xml(len(found.annexes), FIRST_LINE, linked_styles())
    return package(document, found, "".join(written), styles_xml(), numbering, pictures.media)


def _head(found: Laid, paragraphs: Paragraphs) -> str:
    """The head in two columns; number and date stand in a row of their own, on one line."""
    rooms = head_rooms()
    upper, lower = [], []
    for lines, room in zip((found.left, found.right), rooms, strict=True):
        upper.append(_cell([line for line in lines if line.element not in _SECOND_ROW], paragraphs, room))
        lower.append(_cell([line for line in lines if line.element in _SECOND_ROW], paragraphs, room))
    return bare([(upper[0], upper[1]), (lower[0], lower[1])], rooms)


def _foot(found: Laid, paragraphs: Paragraphs) -> str:
    left = text_room() * LENGTHS["foot_left"].chosen
    rooms = left, text_room() - left
    sides = (found.recipients, (*found.signature, *found.signer))
    cells = [_cell(lines, paragraphs, room) for lines, room in zip(sides, rooms, strict=True)]
    return bare([(cells[0], cells[1])], rooms)


def _cell(lines: Sequence[Line], paragraphs: Paragraphs, room: float) -> str:
    return "".join(paragraphs.line(line, room) for line in lines) or separator()


def _annex(annex: LaidAnnex, paragraphs: Paragraphs, pictures: Pictures) -> str:
    room = text_room(annex.landscape)
    opening = "".join(paragraphs.line(line, room) for line in annex.opening)
    return opening + _pieces(annex.body, paragraphs, pictures, room)


def _pieces(body: Sequence[Piece], paragraphs: Paragraphs, pictures: Pictures, room: float) -> str:
    written: list[str] = []
    for position, piece in enumerate(body):
        kept = goes_with_foot(body, position)
        if isinstance(piece, Line):
            written.append(paragraphs.line(piece, room))
        elif isinstance(piece, Table):
            written.append(ruled(piece, room, kept=kept))
            written.append(gap(kept=kept))
        elif isinstance(piece, Picture):
            written.append(pictures.picture(piece, room, kept=kept))
    return "".join(written)
