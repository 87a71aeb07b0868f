"""Which part of an official document each seen block is: by our own styles, by the logical structure, or by words and
places (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục IV: where each part stands)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from vanban.official import MARKED_STYLES, STYLES
from vanban.official.styles import RULE_STYLE
from vanban.parse import wording
from vanban.parse.by_words import by_words
from vanban.parse.named import BODY, HEADINGS, Named, heading_role, paragraphs
from vanban.parse.seen import Column, Seen, SeenBlock, SeenParagraph, SeenRule, SeenRun, SeenTable

__all__ = ["BODY", "HEADINGS", "Named", "is_own_docx", "named", "paragraphs"]

_BY_STYLE = {name: element for (element, _), name in MARKED_STYLES.items()} | {
    name: element for element, name in STYLES.items()
}
_OWN_STYLES = frozenset(STYLES.values()) - {"Quyết định", "Nội dung", "Bảng", "Phần", "Điều"}


def is_own_docx(seen: Seen) -> bool:
    """Whether a DOCX is set in our styles."""
    styles = {found.style for found in paragraphs(seen.blocks)}
    return len(styles & _OWN_STYLES) >= 4


def named(seen: Seen) -> tuple[Named, ...]:
    """Every block with its role; paragraphs without text are left out, a rule that one bears is said of the one above."""
    blocks = list(_flat(seen))
    found = _by_style(blocks) if seen.kind == "docx" and is_own_docx(seen) else by_words(blocks, seen)
    return tuple(_with_rules(found, seen.rules) if seen.kind == "pdf" else found)


# --- blocks ----------------------------------------------------------------------------------------------------


def _flat(seen: Seen) -> Iterator[Named]:
    """The blocks without those that show nothing; tables that only place things are taken apart."""
    last: Named | None = None
    for block in _unplaced(seen.blocks):
        if isinstance(block, SeenParagraph) and not (block.text or block.mark):
            if last is not None and block.rule and not last.rule:
                last = dataclasses.replace(last, rule=block.rule)
            continue
        if last is not None:
            yield last
        rule = block.rule or 0.0 if isinstance(block, SeenParagraph) else 0.0
        sheet = seen.sheets[min(block.sheet, len(seen.sheets)) - 1]
        last = Named("", block, rule=rule, landscape=sheet.width > sheet.height)
    if last is not None:
        yield last


def _unplaced(blocks: Iterable[SeenBlock]) -> Iterator[SeenBlock]:
    for block in blocks:
        if isinstance(block, SeenParagraph) and any("\t" in run.text for run in block.runs):
            yield from _by_tabs(block)
            continue
        if isinstance(block, SeenTable) and _only_places(block):
            yield from _columns(block)
        else:
            yield block


def _by_tabs(block: SeenParagraph) -> Iterator[SeenParagraph]:
    """A line of the head or the foot that is set in two columns with tabs, as two; any other paragraph as it is."""
    parts: list[list[SeenRun]] = [[]]
    for run in block.runs:
        pieces = run.text.split("\t")
        parts[-1].append(SeenRun(pieces[0], run.hand))
        parts += [[SeenRun(piece, run.hand)] for piece in pieces[1:]]
    sides = [part for part in parts if "".join(run.text for run in part).strip()]
    texts = ["".join(run.text for run in part).strip() for part in sides]
    is_head = any(wording.is_country(text) or wording.is_motto(text) or wording.is_date(text) for text in texts[-1:])
    is_foot = any(wording.RECIPIENTS.match(text) for text in texts[:1])
    if len(sides) > 2 or not (is_head or is_foot):
        yield block
        return
    columns: tuple[Column, ...] = ("left", "right") if len(sides) == 2 else ("right",)
    for column, part in zip(columns, sides, strict=True):
        yield dataclasses.replace(block, runs=tuple(part), column=column, align="center")


def _only_places(table: SeenTable) -> bool:
    """Whether a table sets the head or the foot in columns."""
    if len(table.widths) > 3 or not 1 <= len(table.rows) <= 6:
        return False
    inside = list(paragraphs([table]))
    if any(found.style in _OWN_STYLES - {"Dòng đầu bảng"} for found in inside):
        return True
    texts = [found.text for found in inside]
    says = any(wording.is_country(text) or wording.RECIPIENTS.match(text) for text in texts)
    signs = any(wording.AUTHORITY.match(text) for text in texts)
    return says or (not table.ruled and (signs or len(table.rows) <= 2))


def _columns(table: SeenTable) -> Iterator[SeenParagraph]:
    sides: dict[Column, list[SeenParagraph]] = {"left": [], "right": []}
    for row in table.rows:
        for index, cell in enumerate(row):
            side: Column = "left" if index == 0 and len(row) > 1 else "right"
            sides[side] += [dataclasses.replace(found, column=side) for found in cell.paragraphs]
    yield from sides["left"]
    yield from sides["right"]


# --- our own styles --------------------------------------------------------------------------------------------


def _by_style(blocks: Sequence[Named]) -> list[Named]:
    found: list[Named] = []
    annex = 0
    is_opened = False
    for item in blocks:
        block = item.block
        if isinstance(block, SeenParagraph):
            role = "" if block.style == RULE_STYLE else _BY_STYLE.get(block.style, "")
            if role == "annex_mark":
                annex += 1
            if not role:
                role = heading_role(block) if block.level else "body"
            is_opened = is_opened or role in BODY
        else:
            role = "table" if isinstance(block, SeenTable) else "picture"
        found.append(dataclasses.replace(item, role=role, annex=annex))
    return found


def _with_rules(items: Sequence[Named], rules: Sequence[SeenRule]) -> list[Named]:
    """The blocks of a PDF with the rules drawn right under them."""
    free = list(rules)
    found: list[Named] = []
    for item in items:
        block = item.block
        if isinstance(block, SeenParagraph) and block.lines and item.role in ("motto", "issuer", "subject", "parent"):
            last = block.lines[-1]
            # No further down than a line of text would stand, and reaching neither far left nor far right of the words.
            rule = next(
                (
                    rule
                    for rule in free
                    if rule.page == last.page
                    and -0.5 < rule.y - last.base < 7
                    and last.x0 - 15 < rule.x0
                    and rule.x1 < last.x1 + 15
                ),
                None,
            )
            if rule is not None:
                free.remove(rule)
                item = dataclasses.replace(item, rule=rule.x1 - rule.x0)
        found.append(item)
    return found
