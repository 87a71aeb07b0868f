"""How the text is set: justified, first lines indented, room between paragraphs and lines. Measured by most paragraphs."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

from vanban.lint.difference import Case, Difference, differs
from vanban.official import LENGTHS
from vanban.parse.seen import SeenParagraph

_SINGLE = 1.15  # a line of Times New Roman, as a share of its size
_MM = 25.4 / 72
_NEAR = 0.4  # mm, pt
_RAGGED = 2.0  # mm


def body(case: Case) -> Iterator[Difference]:
    """Alignment, first lines, room between paragraphs and between lines."""
    found = [
        block for block in case.paragraphs("body", annex=False) if block.align in ("justify", "left") and block.text
    ]
    if not found:
        return
    yield from _justified(case, found)
    yield from _indented(case, found)
    yield from _apart(case, found)
    yield from _spaced(case, found)


def _justified(case: Case, found: Sequence[SeenParagraph]) -> Iterator[Difference]:
    if case.seen.kind == "docx":
        ragged = [block for block in found if block.align == "left" and len(block.text) > 100]
        count = sum(1 for block in found if len(block.text) > 100)
    else:
        long = [block for block in found if len(block.lines) > 2]
        edges: dict[int, float] = {}
        for block in long:
            edges[block.sheet] = max([edges.get(block.sheet, 0.0), *(line.x1 for line in block.lines)])
        ragged = [block for block in long if min(line.x1 for line in block.lines[:-1]) < edges[block.sheet] - _RAGGED]
        count = len(long)
    if count and len(ragged) * 2 > count:
        says = ("Nội dung: lề phải chưa thẳng; cần canh đều hai lề", "The text is ragged; it has to be justified")
        yield differs("body", "body", "left", ("canh đều hai lề", "justified"), at=ragged[0], says=says)


def _indented(case: Case, found: Sequence[SeenParagraph]) -> Iterator[Difference]:
    allowed = LENGTHS["first_line"]
    plain = [block for block in found if block.first_line is not None and not block.mark]
    wrong = [block for block in plain if not allowed.low - _NEAR <= (block.first_line or 0.0) <= allowed.high + _NEAR]
    if len(wrong) * 2 > len(plain):
        value = statistics.median(block.first_line or 0.0 for block in wrong)
        says = (
            f"Nội dung: chữ đầu đoạn lùi vào {value / 10:.2f} cm; cần 1 cm hoặc 1,27 cm",
            f"First lines are indented by {value / 10:.2f} cm; it has to be 1 or 1.27 cm",
        )
        yield differs("body", "body", f"{value:.1f} mm", "10–12,7 mm", at=wrong[0], article=allowed.article, says=says)


def _apart(case: Case, found: Sequence[SeenParagraph]) -> Iterator[Difference]:
    allowed = LENGTHS["paragraph_gap"]
    if case.seen.kind == "docx":
        gaps = [(block.gap, block) for block in found[1:] if block.gap is not None]
    else:
        pitch = _pitch(found)
        gaps = [
            ((after.lines[0].base - before.lines[-1].base - pitch) / _MM, after)
            for before, after in zip(found, found[1:], strict=False)
            if pitch and before.lines and after.lines and _follow(before, after)
        ]
    close = [(gap, block) for gap, block in gaps if gap < allowed.low - _NEAR]
    if gaps and len(close) * 2 > len(gaps):
        value = statistics.median(gap for gap, _ in close)
        says = (
            f"Nội dung: các đoạn cách nhau {value:.1f} pt; cần ít nhất {allowed.low:g} pt",
            f"Paragraphs stand {value:.1f} pt apart; it has to be {allowed.low:g} pt or more",
        )
        yield differs(
            "body",
            "body",
            f"{value:.1f} pt",
            f"≥ {allowed.low:g} pt",
            at=close[0][1],
            article=allowed.article,
            says=says,
        )


def _follow(before: SeenParagraph, after: SeenParagraph) -> bool:
    """Whether nothing stands between two paragraphs."""
    last, first = before.lines[-1], after.lines[0]
    return last.page == first.page and first.number == last.number + 1


def _pitch(found: Sequence[SeenParagraph]) -> float | None:
    """The usual distance of two baselines in a paragraph, in millimetres."""
    steps = [
        after.base - before.base
        for block in found
        for before, after in zip(block.lines, block.lines[1:], strict=False)
        if before.page == after.page
    ]
    return statistics.median(steps) if steps else None


def _spaced(case: Case, found: Sequence[SeenParagraph]) -> Iterator[Difference]:
    allowed = LENGTHS["line_spacing"]
    if case.seen.kind == "docx":
        spacings = [block.spacing for block in found if block.spacing is not None]
        value = statistics.median(spacings) if spacings else None
    else:
        pitch = _pitch(found)
        size = statistics.median(block.hand.size for block in found if block.hand)
        value = pitch / (size * _SINGLE * _MM) if pitch else None
    if value is not None and not allowed.low - 0.04 <= value <= allowed.high + 0.04:
        says = (
            f"Nội dung: cách dòng {value:.2f}; cần từ {allowed.low:g} đến {allowed.high:g} dòng",
            f"Lines are spaced {value:.2f}; it has to be {allowed.low:g} to {allowed.high:g}",
        )
        yield differs(
            "body",
            "body",
            f"{value:.2f}",
            f"{allowed.low:g}–{allowed.high:g}",
            at=found[0],
            article=allowed.article,
            says=says,
        )
