"""A seen block with the part of an official document that it is."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from vanban.official.document import TITLED_BELOW
from vanban.parse import wording
from vanban.parse.seen import Seen, SeenBlock, SeenParagraph, SeenTable

HEADINGS = (*TITLED_BELOW, "roman", "article", "arabic", "letter")
BODY = ("body", *HEADINGS, "part_title")


@dataclasses.dataclass(frozen=True, slots=True)
class Named:
    """A block and what it is: an element of ``ELEMENTS``, or "decides", "table", "picture". ``annex``: which annex it
    stands in, 0 for the document itself. ``rule``: the width of the rule drawn under it (mm), 0 for none. ``landscape``:
    its page lies across."""

    role: str
    block: SeenBlock
    annex: int = 0
    rule: float = 0.0
    landscape: bool = False


def is_structured(seen: Seen) -> bool:
    """Whether the logical structure of a PDF says what is a heading and which columns stand side by side."""
    return seen.tagged and any(isinstance(block, SeenParagraph) and block.column != "full" for block in seen.blocks)


def paragraphs(blocks: Iterable[SeenBlock]) -> Iterator[SeenParagraph]:
    """All paragraphs, those in tables too, in the order of reading."""
    for block in blocks:
        if isinstance(block, SeenParagraph):
            yield block
        elif isinstance(block, SeenTable):
            for row in block.rows:
                for cell in row:
                    yield from cell.paragraphs


def heading_role(block: SeenParagraph) -> str:
    """Which kind of heading a paragraph is by its mark, "body" for none."""
    text = f"{block.mark} {block.text}".strip()
    for role, pattern in wording.HEADINGS:
        if pattern.match(text):
            return role
    return "body"
