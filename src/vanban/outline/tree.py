"""Paragraphs arranged as a tree, each with its path in the printed numbering."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from vanban.model import Lines, Source
from vanban.outline.markers import LETTERS, RANK, Marker
from vanban.outline.paragraphs import Paragraph, paragraphs

_WORD_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text",
    "application/msword",
    "application/rtf",
    "multipart/related",
    "text/html",
)


@dataclasses.dataclass(slots=True, eq=False)
class Node:
    """A place in the outline. ``kind`` is a key of ``RANK`` or "root"; ``code`` is the printed path ("III.1.a"),
    empty for
    a paragraph without a label; ``lines`` are its own, ``extent`` reaches over everything below it."""

    kind: str
    label: str
    text: str
    lines: Lines
    code: str = ""
    printed: str = ""
    parent: Node | None = None
    children: list[Node] = dataclasses.field(default_factory=list)

    @property
    def extent(self) -> Lines:
        """First and last line of the node with all that stands below it."""
        last = self.lines[1]
        for child in self.children:
            last = max(last, child.extent[1])
        return (self.lines[0], last)

    def walk(self) -> Iterator[Node]:
        """The node and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self) -> Iterator[Node]:
        """From the parent up to the root."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


def reads_one_each(source: Source) -> bool:
    """Whether the file gives one paragraph a line: Word and HTML do, and texts whose lines never begin in lower
    case."""
    if source.media_type.split(";")[0] in _WORD_TYPES:
        return True
    texts = [line.text.strip() for line in source.lines if line.text.strip()]
    longest = sum(len(text) > 160 for text in texts)
    lower = sum(text[0].islower() for text in texts)
    return longest >= 3 and lower <= 0.02 * len(texts)


def build(source: Source) -> Node:
    """The outline of the whole ``source``: a root whose children are its sections, items and plain paragraphs."""
    return build_nodes(paragraphs(source.lines, one_each=reads_one_each(source)))


def build_nodes(items: Sequence[Paragraph], prefix: str = "") -> Node:
    """The tree of ``items``. ``prefix`` opens every code ("PL" for an annex)."""
    first = items[0].lines[0] if items else 1
    root = Node("root", "", "", (first, first), code=prefix)
    stack = [root]
    taken: dict[str, int] = {}
    for item in items:
        marker = _mended(item.marker, stack)
        kind = marker.kind if marker else "text"
        while len(stack) > 1 and (stack[-1].kind == "text" or RANK[stack[-1].kind] >= RANK[kind]):
            stack.pop()
        parent = stack[-1]
        node = Node(
            kind,
            marker.label if marker else "",
            item.text,
            item.lines,
            printed=marker.printed if marker else "",
            parent=parent,
        )
        if marker is not None:
            node.code = _unique(_path(parent, marker), taken)
        parent.children.append(node)
        stack.append(node)
    _mend_headings(root)
    return root


def _mend_headings(root: Node) -> None:
    """Joins a heading that an empty line cuts in two: "3. Đề nghị Ủy ban …, Hội Liên hiệp" / "Phụ nữ Thành phố"."""
    for node in root.walk():
        if len(node.children) < 2 or not node.kind.startswith("number") or re.search(r"[.;:!?]$", node.text):
            continue
        first, second = node.children[:2]
        cut = first.kind == "text" and not first.children and second.kind in ("dash", "letter")
        if (
            cut
            and len(first.text.split()) < 25
            and not re.search(r"[.;:,]$", first.text)
            and len(node.text.split()) > 5
        ):
            node.text = f"{node.text} {first.text}"
            node.lines = (node.lines[0], first.lines[1])
            node.children.pop(0)


def _mended(marker: Marker | None, stack: list[Node]) -> Marker | None:
    """``d)`` printed a second time is đ): the bar is the first thing that a scan or a typist loses."""
    if marker is None or marker.kind != "letter" or marker.label != "d":
        return marker
    for node in reversed(stack):
        if RANK.get(node.kind, -1) < RANK["letter"]:
            siblings = [child for child in node.children if child.kind == "letter"]
            if siblings and siblings[-1].label == "d":
                return Marker("letter", "đ", LETTERS.index("đ") + 1, printed=marker.printed)
            break
    return marker


def _path(parent: Node, marker: Marker) -> str:
    if marker.kind in ("dash", "plus"):
        own = str(1 + sum(child.kind in ("dash", "plus") for child in parent.children))
    elif marker.parts:
        above = parent.label.split(".") if parent.kind.startswith("number") else []
        parts = marker.label.split(".")
        own = ".".join(parts[len(above) :] if parts[: len(above)] == above else parts)
    else:
        own = marker.label
    return f"{parent.code}.{own}" if parent.code else own


def _unique(code: str, taken: dict[str, int]) -> str:
    """``code``, told apart where the document prints the same path twice: the second III is III(2)."""
    taken[code] = taken.get(code, 0) + 1
    return code if taken[code] == 1 else f"{code}({taken[code]})"
