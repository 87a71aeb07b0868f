"""What the words and the look of one block say by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from vanban.parse import wording
from vanban.parse.named import Named
from vanban.parse.seen import SeenBlock, SeenParagraph


def is_listed(text: str) -> bool:
    return text.startswith(("-", "–", "+")) or wording.ARCHIVE.match(text) is not None


def begins_foot(block: SeenParagraph, above: Sequence[str]) -> bool:
    """Whether the foot follows the head at once: a document without a text."""
    is_signed = block.column == "right" and any(map(is_number, above)) and wording.is_upper(block.text)
    return is_signed or wording.RECIPIENTS.match(block.text) is not None


def is_of_head(item: Named, text: str) -> bool:
    """Whether these words stand in the head: the motto, the number, the place and date (those of a text are sentences)."""
    is_short = isinstance(item.block, SeenParagraph) and (item.block.column != "full" or len(text) < 70)
    return wording.is_motto(text) or (is_short and (wording.is_date(text) or is_number(text)))


def stands_out(item: Named) -> bool:
    """Whether a block is set as a title: in the middle, or all in bold."""
    block = item.block
    if not isinstance(block, SeenParagraph) or not block.text or block.column != "full" or len(block.text) > 400:
        return False
    return block.align == "center" or all(run.hand.bold for run in block.runs if run.text.strip())


def is_heading(item: Named) -> bool:
    return isinstance(item.block, SeenParagraph) and item.block.level > 0


def opens_text(text: str) -> bool:
    """Whether these words begin what follows the title."""
    is_heading = any(pattern.match(text) for _, pattern in wording.HEADINGS)
    is_kept_apart = text.startswith("(") or wording.GREETING.match(text) or wording.BASIS.match(text)
    return is_heading or bool(is_kept_apart) or text in wording.DECIDES


def text_of(item: Named) -> str:
    return item.block.text if isinstance(item.block, SeenParagraph) else ""


def is_number(text: str) -> bool:
    return text.startswith("Số") and wording.SYMBOL.match(text) is not None


def is_about(text: str) -> bool:
    return wording.ABOUT.match(text) is not None


def is_bold(block: SeenBlock) -> bool:
    return isinstance(block, SeenParagraph) and block.hand is not None and block.hand.bold


def is_italic(block: SeenParagraph) -> bool:
    return bool(block.runs) and all(run.hand.italic for run in block.runs if run.text.strip())
