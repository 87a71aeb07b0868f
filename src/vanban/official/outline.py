"""Sections written as a tree, numbered into the flat body of an official document.

body = numbered(Section("KẾT QUẢ", ["Đã làm …", Section("Về truyền thông", [...])]), ...)
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from vanban.official.document import Block, Heading, Paragraph, plain
from vanban.official.numbers import letter, roman


@dataclasses.dataclass(frozen=True, slots=True)
class Section:
    """A section: its title (capitals on the first level, see ``numbered``) and what stands in it; texts are paragraphs."""

    title: str
    parts: Sequence[Section | Block | str] = ()


def numbered(*parts: Section | Block | str) -> tuple[Block, ...]:
    """The body: sections are marked I. – 1. – a) by their depth (deeper: as a paragraph with "-"), titles of the first
    level in capitals."""
    return tuple(_laid(parts, 0))


def _laid(parts: Sequence[Section | Block | str], depth: int) -> list[Block]:
    blocks: list[Block] = []
    position = 0
    for part in parts:
        if isinstance(part, str):
            blocks.append(Paragraph(plain(part)))
        elif isinstance(part, Section):
            position += 1
            blocks.append(_heading(part.title, position, depth))
            blocks.extend(_laid(part.parts, depth + 1))
        else:
            blocks.append(part)
    return blocks


def _heading(title: str, position: int, depth: int) -> Block:
    if depth == 0:
        return Heading("roman", f"{roman(position)}.", title.upper())
    if depth == 1:
        return Heading("arabic", f"{position}.", title)
    if depth == 2:
        return Heading("letter", f"{letter(position)})", title)
    return Paragraph(plain(title), mark="-")
