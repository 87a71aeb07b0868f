"""Paper: size, margins, the numbers of pages."""

from __future__ import annotations

from collections.abc import Iterator

from vanban.lint.difference import Case, Difference, differs
from vanban.official import ELEMENTS, LENGTHS
from vanban.parse.seen import PageNumber, SeenParagraph

_NEAR = 0.6  # what programs round off (mm)
_ABOVE_FIRST = 4.0  # spacing before the first line may stand below the top margin (mm)
_SIDES = {
    "margin_top": ("lề trên", "top margin"),
    "margin_bottom": ("lề dưới", "bottom margin"),
    "margin_left": ("lề trái", "left margin"),
    "margin_right": ("lề phải", "right margin"),
}
_ANNEX_PAGES = "Phụ lục I, phần I, mục III, khoản 1, điểm đ"
_MORE_THAN_A_PAGE = 4500  # signs of text that need a second page


def page_size(case: Case) -> Iterator[Difference]:
    """Whether each page is A4, upright or across."""
    width, height = LENGTHS["page_width"], LENGTHS["page_height"]
    for number, sheet in enumerate(case.seen.sheets, 1):
        sides = sorted((sheet.width, sheet.height))
        if abs(sides[0] - width.chosen) > 1 or abs(sides[1] - height.chosen) > 1:
            page = number if case.seen.kind == "pdf" else None
            yield differs("page-size", "page", f"{sides[0]:.0f} × {sides[1]:.0f} mm", "210 × 297 mm (A4)", page=page)


def margins(case: Case) -> Iterator[Difference]:
    """Whether text keeps within the margins, and they are no wider than they may be."""
    measured = _set_margins(case) if case.seen.kind == "docx" else _seen_margins(case)
    for name, value, page in measured:
        allowed = LENGTHS[name]
        vi, en = _SIDES[name]
        says = (
            f"Trang giấy: {vi} đo được là {value:.1f} mm; cần {allowed.low:.0f}–{allowed.high:.0f} mm",
            f"The page: the {en} is {value:.1f} mm; it has to be {allowed.low:.0f}–{allowed.high:.0f} mm",
        )
        yield differs(
            "margins",
            "page",
            f"{name.removeprefix('margin_')} {value:.1f} mm",
            f"{allowed.low:.0f}–{allowed.high:.0f} mm",
            page=page,
            article=allowed.article,
            says=says,
        )


def _set_margins(case: Case) -> Iterator[tuple[str, float, int | None]]:
    for sheet in case.seen.sheets:
        found = {
            "margin_top": sheet.top,
            "margin_bottom": sheet.height - sheet.bottom,
            "margin_left": sheet.left,
            "margin_right": sheet.width - sheet.right,
        }
        for name, value in found.items():
            if not LENGTHS[name].low - _NEAR <= value <= LENGTHS[name].high + _NEAR:
                yield name, value, None


def _seen_margins(case: Case) -> Iterator[tuple[str, float, int | None]]:
    """By where text stands. Only what text proves is said: that it runs into a margin, or that full lines stop "
    "short."""
    for number, sheet in enumerate(case.seen.sheets, 1):
        if not sheet.has_text:
            continue
        for name, value in (
            ("margin_left", sheet.left),
            ("margin_right", sheet.width - sheet.right),
            ("margin_top", sheet.top),
            ("margin_bottom", sheet.height - sheet.bottom),
        ):
            if value < LENGTHS[name].low - _NEAR:
                yield name, value, number
    first = case.seen.sheets[0]
    if first.top > LENGTHS["margin_top"].high + _ABOVE_FIRST:
        yield "margin_top", first.top, 1
    full = [line for block in case.paragraphs("body", "basis", annex=False) for line in block.lines[1:-1]]
    if full:
        left = min(line.x0 for line in full)
        if left > LENGTHS["margin_left"].high + _NEAR:
            yield "margin_left", left, full[0].page
        edges = sorted(case.seen.sheets[line.page - 1].width - line.x1 for line in full)
        is_straight = len(edges) > 2 and edges[len(edges) // 2] - edges[0] < 0.3
        if is_straight and edges[0] > LENGTHS["margin_right"].high + _NEAR:
            yield "margin_right", edges[0], full[0].page


def page_number(case: Case) -> Iterator[Difference]:
    """Whether pages are numbered at the top, in the middle, from the second one on."""
    numbers = case.seen.page_numbers
    if case.seen.kind == "pdf":
        yield from _absent(case)
    elif not numbers and sum(len(block.text) for block in case.paragraphs("body")) > _MORE_THAN_A_PAGE:
        yield _unnumbered(None)
    for number in numbers:
        yield from _measured(number, number.sheet if case.seen.kind == "pdf" else None)
    for mark in case.paragraphs("annex_mark"):
        if not _numbers_anew(case, mark):
            says = (
                f"Số trang: «{mark.text}» cần đánh số trang riêng, từ 1, không hiện ở trang đầu",
                f"The pages of “{mark.text}” have to be numbered on their own, from 1, the first one hidden",
            )
            wanted = ("đánh số riêng từng phụ lục", "each annex numbered on its own")
            yield differs("page-number", "page_number", "–", wanted, at=mark, article=_ANNEX_PAGES, says=says)


def _numbers_anew(case: Case, mark: SeenParagraph) -> bool:
    """Whether the pages of an annex have numbers of their own, or none at all."""
    numbers = {number.sheet: number for number in case.seen.page_numbers}
    own = numbers.get(mark.sheet)
    if case.seen.kind == "docx":
        begins = next(item.block for item in case.items if item.block.sheet == mark.sheet)
        return own is None or (own.start in (0, 1) and begins is mark)
    after = numbers.get(mark.sheet + 1)
    is_last = any(other.sheet == mark.sheet + 1 for other in case.paragraphs("annex_mark"))
    return own is None and (after is None or is_last or after.text == "2")


def _measured(number: PageNumber, page: int | None) -> Iterator[Difference]:
    allowed = ELEMENTS["page_number"]
    if number.on_first:
        says = ("Số trang: trang đầu không hiện số trang; bạn hãy ẩn đi", "The first page shows no number; hide it")
        yield differs(
            "page-number", "page_number", "1", ("ẩn ở trang đầu", "hidden on the first page"), page=page, says=says
        )
        return
    if not number.at_top or number.align != "center":
        where = ("ở trên" if number.at_top else "ở dưới") + f", {number.align}"
        says = (
            "Số trang: đặt chưa đúng chỗ; cần đặt ở giữa lề trên",
            "The page's number does not stand where it has to: in the middle of the top margin",
        )
        yield differs("page-number", "page_number", where, ("giữa lề trên", "top centre"), page=page, says=says)
    if number.size is not None and not allowed.low - 0.3 <= number.size <= allowed.high + 0.3:
        yield differs(
            "size",
            "page_number",
            f"{number.size:g}",
            f"{allowed.low:g}–{allowed.high:g}",
            page=page,
            article=allowed.article,
        )


def _absent(case: Case) -> Iterator[Difference]:
    numbered = {number.sheet for number in case.seen.page_numbers}
    first = {item.block.sheet for item in case.of("annex_mark")} | {1}
    for page, sheet in enumerate(case.seen.sheets, 1):
        if page not in numbered and page not in first and sheet.has_text:
            yield _unnumbered(page)


def _unnumbered(page: int | None) -> Difference:
    says = (
        "Số trang: chưa có; cần đánh số từ trang thứ hai, ở giữa lề trên",
        "Pages are not numbered; number them from the second on, in the middle of the top margin",
    )
    return differs("page-number", "page_number", "–", ("giữa lề trên", "top centre"), page=page, says=says)
