"""Printed lines as paragraphs: a style, what differs from it, and the text."""

from __future__ import annotations

from collections.abc import Sequence

from vanban.official import ELEMENTS, Run, Runs, text_of, text_width
from vanban.write.docx.looks import BREAK, GAP, RULE, Style, alignment, indent, style_indent, style_of
from vanban.write.docx.marks import BULLETS, kind_of, number_of, placed
from vanban.write.docx.xml import tag, text, twips
from vanban.write.laying import CELL_SIDE, RULE_AFTER, Line, Piece


class Paragraphs:
    """Writes lines one after the other; the marks of ``body`` are counted in lists of the document itself (``annex`` 0) or
    of the annex of this number, where the styles of headings do not count by themselves."""

    def __init__(self, body: Sequence[Piece], annex: int = 0) -> None:
        lines = [piece for piece in body if isinstance(piece, Line)]
        keys = ((line.element, kind_of(line.element, line.mark)) for line in lines)
        self._marks = iter(placed(zip(keys, (line.mark for line in lines), strict=True)))
        self._annex = annex

    def line(self, line: Line, room: float) -> str:
        """A line in a column of ``room`` points, and the rule under it."""
        kind = kind_of(line.element, line.mark)
        style = style_of(line.element, kind)
        numbering, typed = self._mark(line, style, kind)
        properties = (
            tag("w:pStyle", val=style.id),
            "<w:keepNext/>" if line.keep and not style.kept else "",
            numbering,
            _indent(line, style, room, unnumbered=bool(style.list and typed)),
            alignment(line.align) if line.align else "",
        )
        written = tag("w:p", tag("w:pPr", *properties), typed, runs(line.runs))
        return written + (rule(line.rule, room, line.element) if line.rule else "")

    def _mark(self, line: Line, style: Style, kind: str) -> tuple[str, str]:
        """The numbering said in the paragraph, and the mark typed."""
        if not line.mark or (line.element, kind) in BULLETS:
            return "", ""
        if not style.list:
            return "", runs((_typed(line, kind),))
        mark = next(self._marks)
        if not mark.automatic:
            unnumbered = tag("w:numPr", tag("w:ilvl", val=0), tag("w:numId", val=0))
            return unnumbered, runs((_typed(line, kind),))
        number = number_of(mark.list, self._annex)
        if (number, mark.level) == (style.list, style.level):
            return "", ""
        return tag("w:numPr", tag("w:ilvl", val=mark.level), tag("w:numId", val=number)), ""


def _typed(line: Line, kind: str) -> Run:
    return Run(f"{line.mark} " if line.runs else line.mark, bold=kind == "article")


def _indent(line: Line, style: Style, room: float, *, unnumbered: bool) -> str:
    if unnumbered:  # with the number, word processors take the indent of its level away
        return indent(*style_indent(style))
    if line.element == "urgency":
        return _box(line, room)
    if line.inset is None:
        return ""
    left, hang = twips(line.inset), twips(line.hang or 0)
    place = (left + hang, -hang)
    return indent(*place) if place != style_indent(style) else ""


def _box(line: Line, room: float) -> str:
    """The sides of a frame around the words, centred in the column."""
    look = ELEMENTS[line.element]
    side = twips((room - text_width(text_of(line.runs), look.chosen, bold=look.bold) - 2 * CELL_SIDE) / 2)
    return indent(side, 0, side)


def runs(found: Runs) -> str:
    """Runs of text; "\\n" is a line break."""
    return "".join(_run(run) for run in found)


def _run(run: Run) -> str:
    hand = ("<w:b/><w:bCs/>" if run.bold else "") + ("<w:i/><w:iCs/>" if run.italic else "")
    properties = tag("w:rPr", hand) if hand else ""
    content = "<w:br/>".join(
        f'<w:t xml:space="preserve">{text(part)}</w:t>' if part != part.strip() else f"<w:t>{text(part)}</w:t>"
        for part in run.text.split("\n")
    )
    return f"<w:r>{properties}{content}</w:r>"


def rule(length: float, room: float, element: str) -> str:
    """A drawn rule of a length in points, in the middle of a column: the upper border of an empty paragraph, which every
    word processor draws at the same place."""
    side = twips((room - length) / 2)
    after = twips(RULE_AFTER.get(element, 0))
    below = tag("w:spacing", after=after) if after else ""
    return tag("w:p", tag("w:pPr", tag("w:pStyle", val=RULE), below, indent(side, 0, side)))


def gap(*, kept: bool) -> str:
    """The room below a table, which also keeps two tables apart."""
    return tag("w:p", tag("w:pPr", tag("w:pStyle", val=GAP), "<w:keepNext/>" if kept else ""))


def separator(section: str = "") -> str:
    """A paragraph a point high: where a paragraph has to stand that nobody sees."""
    return tag("w:p", tag("w:pPr", tag("w:pStyle", val=BREAK), section))
