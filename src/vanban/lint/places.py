"""Which parts there are, where they stand, in which order, and the rules drawn under them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vanban.lint.difference import Case, Difference, differs
from vanban.lint.rules import ELEMENT_NAMES
from vanban.official import ELEMENTS, LENGTHS, UNTITLED, form_of, text_width
from vanban.parse.roles import BODY, Named
from vanban.parse.seen import SeenParagraph

_LEFT = ("parent", "issuer", "symbol", "about")
_RIGHT = ("country", "motto", "place_date")
_MIDDLE = ("type", "subject", "authority", "decides", "annex_mark", "annex_title", "annex_attached")
_REQUIRED = ("country", "motto", "issuer", "symbol", "place_date", "signature", "recipients_label")
_ORDERS = (_LEFT, _RIGHT, ("type", "subject", "authority", "body"), ("signature", "signer"))
_OFF_CENTRE = 4.0  # mm
_OF_WHOLE = 0.6
_PROPOSED = 0.03  # what drawing by hand and rounding make of a share
_MM = 25.4 / 72


def missing(case: Case) -> Iterator[Difference]:
    """Whether all parts are there that a document of this type has."""
    named = ("type",) if case.doc_type in UNTITLED else ("type", "subject")
    wanted = [*_REQUIRED, *(("about",) if case.doc_type == "Công văn" else named)]
    for role in wanted:
        if role == "place_date" and form_of(case.doc_type) == "minutes":
            continue
        if not case.of(role):
            vi, en = ELEMENT_NAMES[role]
            says = (f"{vi}: không thấy trong văn bản; bạn hãy bổ sung", f"{en} is missing; add it")
            yield differs("missing", role, "–", ("phải có", "required"), says=says)


def position(case: Case) -> Iterator[Difference]:
    """Whether each part stands at the side of the page, or in the middle, where it has to."""
    for item in case.items:
        block = item.block
        if not isinstance(block, SeenParagraph):
            continue
        wanted = (
            "left"
            if item.role in _LEFT or item.role in ("recipients_label", "recipients")
            else "right"
            if item.role in _RIGHT or item.role in ("signature", "signer")
            else ""
        )
        if wanted and block.column != wanted and not _stands(block, wanted, case):
            yield _misplaced(item, wanted)
        elif not wanted and item.role in _MIDDLE and block.align != "center" and not _is_middle(block, case):
            yield _misplaced(item, "center")
        elif item.role in (*_RIGHT, "issuer", "symbol", "signature", "signer") and _is_off_centre(item, case):
            yield _misplaced(item, "column")


def _stands(block: SeenParagraph, wanted: str, case: Case) -> bool:
    """Whether lines without columns stand at this side all the same."""
    if not block.lines:
        return False
    middle = case.seen.sheets[block.sheet - 1].width / 2
    centre = (min(line.x0 for line in block.lines) + max(line.x1 for line in block.lines)) / 2
    return centre < middle if wanted == "left" else centre > middle


def _is_middle(block: SeenParagraph, case: Case) -> bool:
    """Whether the lines of a PDF stand in the middle all the same: one as wide as the text is hard to tell."""
    sheet = case.seen.sheets[block.sheet - 1]
    return bool(block.lines) and abs(_centre(block) - (sheet.left + sheet.right) / 2) < _OFF_CENTRE / 2


def _is_off_centre(item: Named, case: Case) -> bool:
    """Whether a line is not centred under the others of its column."""
    block = item.block
    if not isinstance(block, SeenParagraph):
        return False
    if case.seen.kind == "docx":
        return block.align != "center"
    group = _RIGHT if item.role in _RIGHT else ("issuer", "symbol") if item.role in _LEFT else ("signature", "signer")
    centres = [_centre(other) for other in case.paragraphs(*group)]
    # Against the widest line: it is centred wherever the column ends.
    widest = max(case.paragraphs(*group), key=lambda other: max(line.x1 - line.x0 for line in other.lines))
    return len(centres) > 1 and abs(_centre(block) - _centre(widest)) > _OFF_CENTRE


def _centre(block: SeenParagraph) -> float:
    line = max(block.lines, key=lambda line: line.x1 - line.x0)
    return (line.x0 + line.x1) / 2


def _misplaced(item: Named, wanted: str) -> Difference:
    places = {
        "left": ("ở bên trái", "at the left"),
        "right": ("ở bên phải", "at the right"),
        "center": ("ở giữa trang", "in the middle of the page"),
        "column": ("ở giữa cột", "in the middle of its column"),
    }
    vi, en = ELEMENT_NAMES[item.role]
    says = (f"{vi}: cần đặt {places[wanted][0]}", f"{en} has to stand {places[wanted][1]}")
    block = item.block
    measured = (block.align or block.column) if isinstance(block, SeenParagraph) else ""
    article = ELEMENTS[item.role].article if item.role in ELEMENTS else ""
    return differs("position", item.role, measured, places[wanted], at=block, article=article, says=says)


def order(case: Case) -> Iterator[Difference]:
    """Whether the parts stand under one another as in the decree's plan of the page."""
    for wanted in _ORDERS:
        found: list[tuple[int, Named]] = []
        for rank, role in enumerate(wanted):
            of = case.of(*(BODY if role == "body" else (role,)), annex=False)
            found += [(rank, item) for item in of[:1]]
        placed = sorted(found, key=lambda pair: _height(pair[1], case))
        for (rank, item), (after, other) in zip(placed, placed[1:], strict=False):
            if after < rank:
                vi, en = ELEMENT_NAMES[item.role]
                vi_other, en_other = ELEMENT_NAMES[other.role]
                says = (
                    f"{vi}: đang đứng trên {_small(vi_other)}; cần đặt ở dưới",
                    f"{en} stands above {_small(en_other)}; it has to stand below",
                )
                article = ELEMENTS[item.role].article if item.role in ELEMENTS else ""
                allowed = (f"dưới {_small(vi_other)}", f"below {_small(en_other)}")
                yield differs("order", item.role, "–", allowed, at=item.block, article=article, says=says)


def _height(item: Named, case: Case) -> tuple[float, float]:
    block = item.block
    if isinstance(block, SeenParagraph) and block.lines:
        return block.lines[0].page, block.lines[0].top
    return 0, block.number


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


# --- drawn rules -----------------------------------------------------------------------------------------------


def rules(case: Case) -> Iterator[Difference]:
    """Whether the rules under the motto, the issuer and the subject are drawn, as long as they have to be."""
    for role, near in (
        ("motto", ("place_date", "country")),
        ("issuer", ("symbol", "parent")),
        ("subject", ("type",)),
    ):
        items = case.of(role, annex=False)
        if not items or (role == "subject" and form_of(case.doc_type) == "minutes"):  # mẫu 1.9 has none
            continue
        last = items[-1].block
        if not isinstance(last, SeenParagraph):
            continue
        bearer = next((item for item in (*reversed(items), *case.of(*near, annex=False)) if item.rule), None)
        rule = bearer.rule if bearer is not None else 0.0
        allowed = LENGTHS[f"{role}_rule"]
        vi, en = ELEMENT_NAMES[role]
        wanted = (
            ("dài bằng dòng chữ", "as long as its words")
            if role == "motto"
            else ("dài bằng 1/3 đến 1/2 dòng chữ", "a third to a half as long as its words")
        )
        if not rule:
            says = (
                f"{vi}: chưa có đường kẻ ở dưới; cần một đường {wanted[0]}",
                f"{en} has no rule under it; draw one {wanted[1]}",
            )
            yield differs("rule", role, "–", wanted, at=last, article=allowed.article, says=says)
            continue
        under = [*items, bearer] if bearer is not None and bearer.role == "type" else items
        widths = [width for width in _widths([item.block for item in under]) if width]
        if role == "issuer" and len(widths) > 1 and rule < _OF_WHOLE * max(widths):  # the whole name may be meant
            widths.insert(0, sum(widths))
        shares = [rule / width for width in widths]
        if not any(allowed.low - _PROPOSED <= share <= allowed.high + _PROPOSED for share in shares):
            share = shares[-1]
            says = (
                f"{vi}: đường kẻ ở dưới dài {share:.0%} dòng chữ; cần {wanted[0]}",
                f"{en}: the rule under it is {share:.0%} of its words; it has to be {wanted[1]}",
            )
            yield differs("rule", role, f"{share:.0%}", wanted, at=last, article=allowed.article, says=says)


def _widths(blocks: Sequence[object]) -> list[float]:
    """The widths of the printed lines of paragraphs, in millimetres, the last one last."""
    found: list[float] = []
    for block in blocks:
        if not isinstance(block, SeenParagraph):
            continue
        if block.lines:
            found += [line.x1 - line.x0 for line in block.lines]
        elif block.hand is not None:
            hand = block.hand
            text = "".join(run.text for run in block.runs)
            found += [
                text_width(line.strip(), hand.size, bold=hand.bold, italic=hand.italic) * _MM
                for line in text.split("\n")
            ]
    return found
