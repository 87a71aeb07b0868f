"""Signs put together into lines, and lines into paragraphs with their place between the edges of the text."""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Sequence

from vanban.official import text_width
from vanban.parse.pdf.glyphs import MM, Drawn, Glyph
from vanban.parse.seen import Column, SeenAlign, SeenLine, SeenParagraph, SeenRun
from vanban.text import nfc

ASCENT, DESCENT = 0.89, 0.22  # of Times New Roman, as shares of its size
_FIRST_LINE = (8.0, 14.0)  # what counts as the indent of a first line (mm)
_OURS = 12.7
_WORD_GOES_ON = "\u200b"


@dataclasses.dataclass(frozen=True, slots=True)
class Placed:
    """A sign and the page that it stands on."""

    page: int
    glyph: Glyph


class Places:
    """The numbers of the lines on each page, by their baselines from the top."""

    def __init__(self, pages: Sequence[Drawn]) -> None:
        self._bases: list[list[float]] = []
        for page in pages:
            bases: list[float] = []
            for base in sorted({round(glyph.base, 1) for glyph in page.glyphs if not glyph.sign.isspace()}):
                if not bases or base - bases[-1] > 1.2:
                    bases.append(base)
            self._bases.append(bases)

    def number(self, page: int, base: float) -> int:
        """The number of the line on its page, from 1."""
        return max(1, bisect.bisect_right(self._bases[page - 1], base + 0.11))


def split(signs: Sequence[Placed]) -> list[list[Placed]]:
    """Signs in the order of reading as printed lines."""
    lines: list[list[Placed]] = []
    for sign in signs:
        last = lines[-1][-1] if lines else None
        if last is None or last.page != sign.page or _is_below(last.glyph, sign.glyph):
            lines.append([sign])
        else:
            lines[-1].append(sign)
    return lines


def _is_below(before: Glyph, after: Glyph) -> bool:
    if not before.hand.font or not after.hand.font:
        return abs(after.base - before.base) > 2
    return abs(after.base - before.base) > 0.45 * max(before.hand.size, after.hand.size) * MM


def seen_line(line: Sequence[Placed], places: Places) -> SeenLine | None:
    """A printed line with its edges; None for one of blanks only."""
    inked = [sign.glyph for sign in line if not sign.glyph.sign.isspace()]
    if not inked:
        return None
    base = max(inked, key=lambda glyph: glyph.hand.size).base
    top = min(glyph.base - ASCENT * glyph.hand.size * MM for glyph in inked)
    page = line[0].page
    return SeenLine(
        page,
        places.number(page, base),
        min(glyph.x0 for glyph in inked),
        max(glyph.x1 for glyph in inked),
        top,
        base,
    )


def seen_runs(lines: Sequence[Sequence[Placed]]) -> tuple[SeenRun, ...]:
    """The text of lines as runs. Where a line ends without a blank stands "\\n"."""
    found: list[SeenRun] = []
    for index, line in enumerate(lines):
        if index and found and not found[-1].text[-1:].isspace():
            cut = found[-1].text.endswith(_WORD_GOES_ON)
            found[-1] = SeenRun(found[-1].text[:-1] if cut else found[-1].text + "\n", found[-1].hand)
        for sign in line:
            # A blank alone is in the hand of what it follows.
            if found and (found[-1].hand == sign.glyph.hand or not sign.glyph.hand.font):
                found[-1] = SeenRun(found[-1].text + sign.glyph.sign, found[-1].hand)
            else:
                found.append(SeenRun(sign.glyph.sign, sign.glyph.hand))
    return tuple(SeenRun(nfc(run.text.replace(_WORD_GOES_ON, "")), run.hand) for run in found)


def paragraph(
    signs: Sequence[Placed], places: Places, *, column: Column = "full", level: int = 0
) -> SeenParagraph | None:
    """Signs in the order of reading as a paragraph; None where there is nothing to see. Its alignment is not known yet."""
    lines = split(signs)
    seen = tuple(line for line in (seen_line(line, places) for line in lines) if line is not None)
    if not seen:
        return None
    return SeenParagraph(seen_runs(lines), seen[0].page, seen[0].number, column, level=level, lines=seen)


def aligned(found: SeenParagraph, left: float, right: float, *, exact: bool) -> SeenParagraph:
    """The paragraph with its alignment and first indent between the edges of the text: what fits its lines best.

    ``exact``: running text has the indent of ours; otherwise any that is usual, or none where its lines are full."""
    first, rest = found.lines[0], found.lines[1:]
    lines = exact_lines(found)
    errors: dict[SeenAlign, float] = {
        "left": max(abs(line.x0 - left) for line in lines),
        "center": max(abs((line.x0 - left) - (right - line.x1)) / 2 for line in lines),
        "right": max(abs(right - line.x1) for line in lines),
    }
    indent = first.x0 - left
    is_usual = _FIRST_LINE[0] <= indent <= _FIRST_LINE[1] and bool(rest) and not exact
    errors["justify"] = max([0.0 if is_usual else abs(indent - _OURS), *(abs(line.x0 - left) for line in rest)])
    if rest and not exact and all(abs(right - line.x1) < 1 for line in lines[:-1]):
        errors["justify"] = min(errors["justify"], errors["left"] - 0.001)
    best = min(errors, key=lambda align: errors[align])
    if errors[best] > 3 and not exact:
        best = "justify" if indent > 0 else "left"
    return dataclasses.replace(found, align=best, first_line=indent)


def exact_lines(found: SeenParagraph) -> tuple[SeenLine, ...]:
    """The lines of a paragraph; a line alone with the end that its words have by the font's own measure: a PDF rounds the
    width of each sign."""
    if len(found.lines) != 1:
        return found.lines
    line = found.lines[0]
    words = "".join(run.text for run in found.runs)
    start, end = len(words) - len(words.lstrip()), len(words.rstrip())
    width, at = 0.0, 0
    for run in found.runs:
        text = run.text[max(0, start - at) : max(0, end - at)]
        width += text_width(text, run.hand.size, bold=run.hand.bold, italic=run.hand.italic) * MM
        at += len(run.text)
    return (dataclasses.replace(line, x1=line.x0 + width) if abs(line.x0 + width - line.x1) < 0.4 else line,)
