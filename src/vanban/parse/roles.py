"""Which part of an official document each seen block is: by our own styles, by the logical structure, or by words and
places (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục IV: where each part stands)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from vanban.official import MARKED_STYLES, STYLES, text_width
from vanban.official.styles import RULE_STYLE
from vanban.parse import wording
from vanban.parse.by_words import by_words
from vanban.parse.named import BODY, HEADINGS, Named, heading_role, is_structured, paragraphs
from vanban.parse.seen import Seen, SeenParagraph, SeenRule, SeenTable
from vanban.parse.unplaced import OWN_STYLES, unplaced

__all__ = ["BODY", "HEADINGS", "Named", "is_own_docx", "named", "paragraphs"]

_BY_STYLE = {name: element for (element, _), name in MARKED_STYLES.items()} | {
    name: element for element, name in STYLES.items()
}


def is_own_docx(seen: Seen) -> bool:
    """Whether a DOCX is set in our styles."""
    styles = {found.style for found in paragraphs(seen.blocks)}
    return len(styles & OWN_STYLES) >= 4


def named(seen: Seen) -> tuple[Named, ...]:
    """Every block with its role; paragraphs without text are left out, a rule that one bears is said of the one above."""
    is_own = seen.kind == "docx" and is_own_docx(seen)
    blocks = list(_flat(seen, is_own=is_own))
    found = _by_style(blocks) if is_own else by_words(blocks, seen)
    return tuple(_with_rules(found, seen.rules) if seen.kind == "pdf" else found)


# --- blocks ----------------------------------------------------------------------------------------------------


def _flat(seen: Seen, *, is_own: bool) -> Iterator[Named]:
    """The blocks without those that show nothing or a rule only; what stands side by side is taken apart."""
    last: Named | None = None
    for block in unplaced(seen.blocks, is_own=is_own, is_structured=is_structured(seen)):
        rule = _rule_of(block) if isinstance(block, SeenParagraph) else 0.0
        if isinstance(block, SeenParagraph) and (not (block.text or block.mark) or _is_typed_rule(block)):
            if last is not None and rule and not last.rule:
                last = dataclasses.replace(last, rule=rule)
            continue
        if last is not None:
            yield last
        sheet = seen.sheets[min(block.sheet, len(seen.sheets)) - 1]
        last = Named("", block, rule=rule, landscape=sheet.width > sheet.height)
    if last is not None:
        yield last


def _is_typed_rule(block: SeenParagraph) -> bool:
    return wording.TYPED_RULE.fullmatch(block.text) is not None


def _rule_of(block: SeenParagraph) -> float:
    """The width of the rule that a paragraph bears, is typed as, or that underlines all of it; 0 for none."""
    if block.rules:
        return block.rules[0]
    runs = [run for run in block.runs if run.text.strip()]
    if not runs or not (_is_typed_rule(block) or all(run.hand.underlined for run in runs)):
        return 0.0
    if block.lines:
        return block.lines[-1].x1 - block.lines[-1].x0
    last = "".join(run.text for run in runs).split("\n")[-1].strip()
    return text_width(last, runs[-1].hand.size, bold=runs[-1].hand.bold, italic=runs[-1].hand.italic) * 25.4 / 72


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
        if (
            isinstance(block, SeenParagraph)
            and block.lines
            and item.role in ("motto", "issuer", "subject", "type", "parent")
        ):
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
