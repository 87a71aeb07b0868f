"""Attribution blocks: runs of labels (lead, coordinators, time) in the outline, and the items that each holds for."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from vanban.agencies import looks_like_agency
from vanban.agencies.names import starts_agency
from vanban.model import Lines
from vanban.outline import Node
from vanban.outline.markers import RANK
from vanban.plan.labels import Label, Role, inline, read_label, read_said
from vanban.text import fold

_CORE: tuple[Role, ...] = ("lead", "coordinating", "time")
_NUMBERED = ("part", "roman", "number", "number2", "number3", "number4", "letter", "paren")


_CHARGES = re.compile(r"^(?:to chuc thuc hien|trach nhiem)")


@dataclasses.dataclass(slots=True)
class Block:
    """The values of one run of labels, by role, with the lines that each stands on."""

    values: dict[Role, list[str]] = dataclasses.field(default_factory=dict)
    spans: dict[Role, Lines] = dataclasses.field(default_factory=dict)
    kinds: set[str] = dataclasses.field(default_factory=set)

    def add(self, role: Role, value: str, lines: Lines, kind: str = "text") -> None:
        """Takes in one label's value."""
        value = value.strip()
        self.kinds.add(kind)
        if not value:
            return
        self.values.setdefault(role, []).append(value)
        first = self.spans.get(role, lines)
        self.spans[role] = (min(first[0], lines[0]), max(first[1], lines[1]))

    def text(self, role: Role) -> str:
        """All the values of ``role``, as one text."""
        joiner = " " if role in ("time", "form", "product") else "\n"
        return joiner.join(self.values.get(role, ()))

    def settle(self) -> None:
        """Takes who prepares for the lead, where nobody is said to lead."""
        preparing = self.values.pop("preparing", None)
        if preparing and not self.values.get("lead"):
            self.values["lead"] = preparing
            self.spans["lead"] = self.spans["preparing"]

    @property
    def counts(self) -> bool:
        """Whether the run says who or when at all."""
        return any(self.values.get(role) for role in _CORE)


@dataclasses.dataclass(slots=True)
class Holding:
    """A block with the items that it holds for; ``shared`` are those that it reaches from under a later sibling."""

    block: Block
    items: list[Item]
    shared: bool


@dataclasses.dataclass(slots=True)
class Item:
    """A task in the outline: its node, its text without labels, its lines."""

    node: Node
    text: str
    lines: Lines
    shared: bool = False
    part: bool = False  # a + bullet that names an agency of its own, inside a larger item


def label_of(node: Node) -> Label | None:
    """The label that a node opens with; a section's heading is none."""
    if node.kind in ("root", "part", "roman"):
        return None
    label = read_label(node.text)
    if label is not None and node.kind.startswith("number") and fold(label.label) == "to chuc thuc hien":
        return None  # a section's heading
    return _said_beside_labels(node) if label is None else label


def _said_beside_labels(node: Node) -> Label | None:
    """A bullet that only says who leads ("- Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ."), where a label stands
    before or behind it or where it is all that stands below an item."""
    above = node.parent
    if node.kind not in ("dash", "plus", "text") or above is None or node.children:
        return None
    found = read_said(node.text)
    if found is None:
        return None
    at = next(at for at, child in enumerate(above.children) if child is node)
    beside = [*above.children[max(0, at - 1) : at], *above.children[at + 1 : at + 2]]
    if any(below.kind == node.kind and read_label(below.text) is not None for below in beside):
        return found
    alone = len(above.children) == 1 and above.kind not in ("root", "part", "roman")
    return found if alone and not starts_agency(above.text) else None


def is_attribution(node: Node) -> bool:
    """Whether the node is a label of a block (who, when, how), rather than an item."""
    label = label_of(node)
    return label is not None and label.role != "content"


def holdings(root: Node) -> Iterator[Holding]:
    """Every block below ``root`` with the items that it holds for, in reading order."""
    claimed: set[int] = set()
    _adopt_values(root)
    for node in list(root.walk()):
        if is_attribution(node) and not _under_label(node):
            continue
        yield from _inline(node, claimed)
        run: list[Node] = []
        for at, child in enumerate(node.children):
            if is_attribution(child):
                run.append(child)
                following = node.children[at + 1] if at + 1 < len(node.children) else None
                if following is None or not is_attribution(following):
                    holding = _holding(node, run, claimed)
                    if holding is not None:
                        yield holding
                    run = []


def _adopt_values(root: Node) -> None:
    """Puts the list that follows an empty label under it: "Cơ quan phối hợp:" / "+ Sở Y tế;" / "+ UBND các phường."."""
    for node in list(root.walk()):
        at = 0
        while at < len(node.children):
            child = node.children[at]
            label = label_of(child)
            at += 1
            if label is None or label.value or child.children or label.role not in ("lead", "coordinating"):
                continue
            while at < len(node.children):
                follower = node.children[at]
                if (
                    follower.kind not in ("plus", "dash", "text")
                    or label_of(follower) is not None
                    or not looks_like_agency(follower.text)
                ):
                    break
                follower.parent = child
                child.children.append(node.children.pop(at))
                labels = [below for below in follower.children if label_of(below) is not None]
                for below in labels:
                    follower.children.remove(below)
                    below.parent = node
                node.children[at:at] = labels


def _under_label(node: Node) -> bool:
    return any(is_attribution(above) for above in node.ancestors())


def _inline(node: Node, claimed: set[int]) -> Iterator[Holding]:
    """A block that stands inside the item's own sentence: "…. Thời gian hoàn thành: Trước ngày 31/5/2026."."""
    if node.kind in ("root", "part", "roman") or is_attribution(node):
        return
    label = label_of(node)
    charges = any(_CHARGES.search(fold(above.text)) for above in node.ancestors())
    text, labels = inline(label.value if label else node.text, sentences=not charges)
    if not labels or len(text.split()) < 2:
        return
    block = Block()
    for found in labels:
        block.add(found.role, found.value, node.lines, "inline")
    if block.counts:
        claimed.add(id(node))
        yield Holding(block, [Item(node, text, node.lines)], False)


def _holding(parent: Node, run: list[Node], claimed: set[int]) -> Holding | None:
    block = Block()
    for node in run:
        _fill(block, node)
    block.settle()
    if not block.counts:
        return None
    if not (block.values.get("lead") or block.values.get("coordinating")) and block.kinds & set(_NUMBERED):
        return None  # "2. Thời gian thực hiện: …" speaks of the whole plan
    items = _items_before(parent, run[0], claimed)
    shared = False
    if not items:
        if parent.kind in ("root", "part") or (parent.kind == "roman" and block.kinds & set(_NUMBERED)):
            return None
        items = _item_with_more(parent, run[0], claimed) or _items_behind(parent, run[-1], claimed)
        if not items:
            items = _with_siblings(parent, claimed)
            shared = len(items) > 1
    if not items:
        return None
    for item in items:
        claimed.add(id(item.node))
    claimed.add(id(parent))
    return Holding(block, items, shared)


def _fill(block: Block, node: Node) -> None:
    """Takes in a label's node: its value, or the labels or the list that stand below it."""
    label = label_of(node)
    if label is None:
        return
    first, more = inline(label.value, every=True)
    block.add(label.role, first, node.lines, node.kind)
    for found in more:
        block.add(found.role, found.value, node.lines, node.kind)
    for child in node.children:
        if label_of(child) is not None:
            _fill(block, child)
        elif label.role in ("lead", "coordinating", "time", "form", "product", "preparing"):
            text = " ".join(below.text for below in child.walk())
            block.add(label.role, text, child.extent, child.kind)


def _items_before(parent: Node, label: Node, claimed: set[int]) -> list[Item]:
    """The items among ``parent``'s children that stand before ``label`` and behind the last block."""
    before: list[Node] = []
    for child in parent.children:
        if child is label:
            break
        if is_attribution(child):
            before = [] if _counts(child) else before
        else:
            before.append(child)
    out: list[Item] = []
    for node in before:
        if not _has_block(node, claimed):
            out.extend(leaves(node))
    return out


def _item_with_more(parent: Node, label: Node, claimed: set[int]) -> list[Item]:
    """The item before ``label`` whose own sentence already says who leads: the label adds to it."""
    before = [node for node in parent.children[: parent.children.index(label)] if not is_attribution(node)]
    if not before or id(before[-1]) not in claimed:
        return []
    return [Item(before[-1], _own_text(before[-1]), before[-1].lines)]


def _items_behind(parent: Node, label: Node, claimed: set[int]) -> list[Item]:
    """The items under ``parent`` that follow a block at its head: "- Chủ trì: …" / "- Nội dung:" / "+ …" / "+ …"."""
    behind = parent.children[parent.children.index(label) + 1 :]
    if not behind or any(is_attribution(node) or _has_block(node, claimed) for node in behind):
        return []
    content = [node for node in behind if label_of(node) is not None]
    if content:
        return [item for node in content for item in leaves(node)]
    if any(node.kind not in ("dash", "plus", "letter") for node in behind):
        return []
    return [item for node in behind for item in leaves(node)]


def _counts(node: Node) -> bool:
    label = label_of(node)
    return label is not None and label.role in _CORE


def _has_block(node: Node, claimed: set[int]) -> bool:
    return any(id(below) in claimed for below in node.walk()) or any(
        _counts(below) for below in node.walk() if below is not node
    )


def leaves(node: Node) -> list[Item]:
    """The lowest-level tasks in ``node``: its bullets where it is a heading over them, else itself.

    Bullets marked + are details of their item, and entries of their own only where they name an agency.
    """
    label = label_of(node)
    text = label.value if label is not None and label.role == "content" else node.text
    bullets = [child for child in node.children if not is_attribution(child)]
    deeper = [child for child in bullets if child.kind not in ("plus",)]
    if deeper and (not text or _is_heading(node, text)):
        return [item for child in deeper for item in leaves(child)]
    if not text:
        return [item for child in bullets for item in leaves(child)]
    last = max([node.lines[1], *(child.extent[1] for child in bullets)])
    details = " ".join(below.text for child in bullets for below in child.walk())
    return [Item(node, f"{text} {details}".strip(), (node.lines[0], last))]


def _is_heading(node: Node, text: str) -> bool:
    """Whether a node over bullets is their heading rather than a task that they detail."""
    if text.rstrip().endswith(":") or RANK[node.kind] <= RANK["number4"]:
        return True
    return not re.search(r"[.;]$", text.rstrip())


def _with_siblings(node: Node, claimed: set[int]) -> list[Item]:
    """``node``, under which a block stands, and the siblings before it that have no block of their own."""
    if node.kind == "plus" and node.parent is not None and node.parent.kind == "dash":
        node = node.parent
        return leaves(node)
    own = Item(node, _own_text(node), node.lines)
    if node.parent is None or node.kind in ("text", "roman", "part"):
        return [own]
    out: list[Item] = []
    siblings = node.parent.children
    for sibling in reversed(siblings[: siblings.index(node)]):
        if sibling.kind != node.kind or is_attribution(sibling) or _has_block(sibling, claimed):
            break
        if any(child.kind in ("letter", "dash", "number2", "number3") for child in sibling.children):
            break
        out.append(Item(sibling, _own_text(sibling), sibling.extent, shared=True))
    own.shared = bool(out)
    return [*reversed(out), own]


def _own_text(node: Node) -> str:
    label = label_of(node)
    return label.value if label is not None and label.role == "content" and label.value else node.text
