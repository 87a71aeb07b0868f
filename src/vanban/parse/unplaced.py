"""What stands side by side, taken apart: heads and feet that are set in tables without meaning, with tabs, with blanks or by
indents. Every paragraph then says in which column it stands."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator

from vanban.official import STYLES
from vanban.parse import wording
from vanban.parse.named import paragraphs
from vanban.parse.seen import Column, SeenBlock, SeenParagraph, SeenRun, SeenTable

OWN_STYLES = frozenset(STYLES.values()) - {"Quyết định", "Nội dung", "Bảng", "Phần", "Điều"}
_TABS, _BLANKS = re.compile(r"(\t+)"), re.compile(r"[ \u00a0]{4,}")
_LED = re.compile(r"(^[ \u00a0]{4,})")
_SHORT = 80  # signs: a line of the foot
_TITLES = 3  # paragraphs that may be titles
_FAR_IN = 50.0  # an indent of so many millimetres puts a paragraph at the right
_Part = tuple[str, tuple[SeenRun, ...]]  # what separates it from the one before, and its runs


def unplaced(blocks: Iterable[SeenBlock], *, is_own: bool, is_structured: bool) -> Iterator[SeenBlock]:
    """The blocks with their columns. ``is_own``: the paragraphs are in our styles, and none is taken apart at its breaks.
    ``is_structured``: the file itself says what stands side by side, and each of its tables is one."""
    sides = _Sides()
    for block in blocks:
        placed: Iterable[SeenBlock] = (block,)
        if isinstance(block, SeenTable):
            sides.zone = ""
            only_places = not is_structured and (not block.ruled if is_own else _only_places(block))
            placed = _columns(block) if only_places else placed
        elif isinstance(block, SeenParagraph) and not is_own:
            placed = sides.take(block)
        for found in placed:
            if isinstance(found, SeenParagraph) and not is_own:
                yield from _at_breaks(found)
            else:
                yield found


def _only_places(table: SeenTable) -> bool:
    """Whether a table sets the head or the foot in columns, by its words and its shape."""
    if len(table.widths) > 3 or not 1 <= len(table.rows) <= 6:
        return False
    inside = list(paragraphs([table]))
    texts = [found.text for found in inside]
    says = any(
        wording.is_country(text) or wording.is_date(text) or wording.RECIPIENTS.match(text)
        for whole in inside
        for text in (whole.text, *_broken(whole))
    )
    signs = any(wording.AUTHORITY.match(text) for text in texts)
    return says or (not table.ruled and (signs or len(table.rows) <= 2))


def _broken(paragraph: SeenParagraph) -> list[str]:
    return [line.strip() for line in "".join(run.text for run in paragraph.runs).split("\n")]


def _columns(table: SeenTable) -> Iterator[SeenParagraph]:
    sides: dict[Column, list[SeenParagraph]] = {"left": [], "right": []}
    for row in table.rows:
        for index, cell in enumerate(row):
            side: Column = "left" if index == 0 and len(row) > 1 else "right"
            sides[side] += [dataclasses.replace(found, column=side) for found in cell.paragraphs]
    yield from sides["left"]
    yield from sides["right"]


class _Sides:
    """Columns that tabs, blanks and indents make, paragraph by paragraph. ``zone``: where the reading is."""

    def __init__(self) -> None:
        self.zone = ""
        self._texts = 0  # paragraphs outside of heads and feet so far

    def take(self, block: SeenParagraph) -> Iterator[SeenParagraph]:
        """The paragraph, or the two that stand side by side in it; those of a PDF have their columns already."""
        if block.lines:
            yield block
            return
        parts = _parts(block)
        texts = ["".join(run.text for run in runs).strip() for _, runs in parts]
        if wording.ANNEX.match(block.text) or len(parts) > 2:
            self.zone = ""
        elif any(map(_is_of_head, texts)) and (len(parts) == 2 or _is_led(parts)):
            self.zone = "head"
        elif texts and self._opens_foot(texts, is_led=_is_led(parts)):
            self.zone = "foot"
        elif self.zone == "head" and not (_is_led(parts) and (len(parts) == 1 or not texts)):
            self.zone = ""
        if not self.zone or not parts or block.column != "full":
            yield block
        elif len(parts) == 2:
            yield from _two(block, parts)
        else:
            yield self._alone(dataclasses.replace(block, runs=parts[0][1]), texts[0], is_led=_is_led(parts))

    def _opens_foot(self, texts: list[str], *, is_led: bool) -> bool:
        """Whether the recipients or the signature begin here. A post in capitals behind tabs does, below some text."""
        self._texts += not self.zone
        if wording.RECIPIENTS.match(texts[0]) or wording.AUTHORITY.match(texts[0]):
            return True
        is_post = is_led and wording.is_upper(texts[0]) and not wording.is_type(texts[0]) and self._texts > _TITLES
        return is_post or (len(texts) == 2 and texts[0].startswith("- "))

    def _alone(self, block: SeenParagraph, text: str, *, is_led: bool) -> SeenParagraph:
        """A paragraph that has nothing beside it, in its column."""
        if self.zone == "head":
            return dataclasses.replace(block, column="right" if _is_of_head(text) else "left", align="center")
        if is_led:
            return dataclasses.replace(block, column="right", align="center")
        if block.align == "right" or block.inset > _FAR_IN:
            return dataclasses.replace(block, column="right")
        return dataclasses.replace(block, column="left") if len(text) < _SHORT else block


def _is_of_head(text: str) -> bool:
    return wording.is_country(text) or wording.is_motto(text) or wording.is_date(text)


def _is_led(parts: list[_Part]) -> bool:
    """Whether the first part stands behind tabs or blanks."""
    return bool(parts) and bool(parts[0][0])


def _parts(block: SeenParagraph) -> list[_Part]:
    """What tabs part in a paragraph, or where it has none, its longest blank: of "ngày      tháng" the shorter ones stay."""
    whole = "".join(run.text for run in block.runs)
    blanks = max(_BLANKS.findall(whole.strip()), key=len, default="") if "\t" not in whole else ""
    separator = re.compile(f"({blanks}|^[ \u00a0]{{4,}})") if blanks else _TABS if "\t" in whole else _LED
    found: list[tuple[str, list[SeenRun]]] = [("", [])]
    for run in block.runs:
        for piece in separator.split(run.text):
            if separator.fullmatch(piece):
                found.append((piece, []))
            elif piece:
                found[-1][1].append(SeenRun(piece, run.hand))
    kept: list[_Part] = []
    before = ""
    for gap, runs in found:
        before += gap
        if "".join(run.text for run in runs).strip():
            kept.append((before, tuple(runs)))
            before = ""
    return kept


def _two(block: SeenParagraph, parts: list[_Part]) -> Iterator[SeenParagraph]:
    rules = block.rules if len(block.rules) > 1 else (*block.rules, *block.rules)
    left, right = (dataclasses.replace(block, runs=runs, rules=(), align="center") for _, runs in parts)
    is_listed = wording.RECIPIENTS.match(left.text) or left.text.startswith(("-", "–", "+"))
    yield dataclasses.replace(left, column="left", rules=rules[:1], align="left" if is_listed else "center")
    yield dataclasses.replace(right, column="right", rules=rules[-1:])


def _at_breaks(block: SeenParagraph) -> Iterator[SeenParagraph]:
    """The lines of a title or of a column that one paragraph holds, as paragraphs; rules stand below the last."""
    if (
        block.lines
        or (block.column == "full" and block.align != "center")
        or not any("\n" in run.text for run in block.runs)
    ):
        yield block
        return
    lines: list[list[SeenRun]] = [[]]
    for run in block.runs:
        first, *rest = run.text.split("\n")
        lines[-1].append(SeenRun(first, run.hand))
        lines += [[SeenRun(piece, run.hand)] for piece in rest]
    said = [tuple(run for run in line if run.text) for line in lines if any(run.text.strip() for run in line)]
    for n, runs in enumerate(said):
        is_last = n == len(said) - 1
        yield dataclasses.replace(
            block, runs=runs, rules=block.rules if is_last else (), mark=block.mark if not n else ""
        )
    if not said:
        yield block
