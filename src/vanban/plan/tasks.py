"""Tasks of a plan's text: items with an attribution block, and bullets under an agency's heading with a time of
their own."""

from __future__ import annotations

import dataclasses
import re

from vanban.agencies import leading
from vanban.agencies.names import is_strong, starts_agency
from vanban.model import Task
from vanban.outline import Node
from vanban.plan.blocks import Block, Holding, Item, holdings, is_attribution, label_of
from vanban.plan.codes import unique
from vanban.plan.drafts import Draft

_INLINE_ROLES = re.compile(
    r"^(?P<lead>.+?)\s+(?:là\s+(?:cơ quan|đơn vị)\s+)?chủ\s+trì\s*[,"
    r";]?\s*(?:và\s+)?phối\s+hợp(?:\s+chặt\s+chẽ)?(?:\s+(?:cùng\s+)?(?:với|cùng))?\s+(?P<coord>.+)$",
    re.DOTALL,
)
_TURNED_ROLES = re.compile(
    r"^(?P<lead>.+?)\s+chủ\s+trì\s*[,;]\s*(?P<coord>.+?)\s+(?:cùng\s+)?phối\s+hợp(?:\s+(?:thực\s+hiện|tham\s+gia))?[.;]?$",
    re.DOTALL,
)
_LEAD_ONLY = re.compile(
    r"^(?P<lead>.+?)\s*(?:\(\s*chủ\s+trì\s*\)|\s+(?:là\s+(?:cơ quan|đơn vị)\s+)?chủ\s+trì(?:\s+(?:thực\s+hiện|"
    r"tham\s+mưu|triển\s+khai|tổ\s+chức)\b.*)?)[.;]?$",
    re.DOTALL,
)
_MARKED = re.compile(r"\s*\(\s*(?:cơ quan\s+|đơn vị\s+)?chủ\s+trì\s*\)", re.IGNORECASE)
_HELPING = re.compile(r"\s*\(\s*(?:cơ quan\s+|đơn vị\s+)?phối\s+hợp\s*\)", re.IGNORECASE)
_DITTO = re.compile(r"^[-–]?\s*(?:nt|như\s+(?:trên|nội\s+dung\s+trên|nhiệm\s+vụ\s+trên))\s*[-–]?[.;]?$", re.IGNORECASE)
_COUNTED = re.compile(r"^(?:hoạt động|nhiệm vụ|nội dung|công việc|chuyên đề)\s*(?:số\s*)?\d*\s*[:.]?$", re.IGNORECASE)
_TAIL_VERB = re.compile(
    r"\s+(?:thực\s+hiện|tổ\s+chức(?!\s+(?:chính|xã|có|liên|đoàn))|tham\s+mưu|triển\s+khai|xây\s+dựng|hướng\s+dẫn|"
    r"để|trong\s+(?:việc|quá))\b(?=\s|$|\.).*$",
    re.DOTALL,
)

#: What an agency does, behind its name: "Phòng Tư pháp cung cấp tin, bài".
_ACT = re.compile(
    r"(?<=[^\s,]\s)(?<!và )(?:cung\s+cấp|đăng\s+tải|chuẩn\s+bị|bố\s+trí|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|báo\s+cáo|"
    r"đề\s+xuất|tham\s+mưu|thực\s+hiện|tổng\s+hợp|hướng\s+dẫn|đôn\s+đốc|thẩm\s+định|kiểm\s+soát|soạn\s+thảo)\b.*$",
    re.DOTALL,
)
#: "UBND các huyện có xã thực hiện sắp xếp" is told by what it has.
_TOLD_BY = re.compile(r"\s(?:có|được)\s(?!liên\s)")
#: Boards are named for what they do: "Ban Chỉ đạo thực hiện Nghị quyết".
_BOARD = re.compile(r"(?:Ban|Tổ|Hội\s+đồng|Đoàn|Ủy\s+ban|Trung\s+tâm|Phòng)\s+(?:[Cc]hỉ\s+đạo|[a-zđ])")


@dataclasses.dataclass(slots=True)
class TaskDraft:
    """A task with the block that it was read from."""

    task: Task
    block: Block
    node: Node


def read_tasks(root: Node, draft: Draft) -> list[TaskDraft]:
    """The tasks below ``root``, in reading order. Items without any block are none."""
    out: list[TaskDraft] = []
    seen: dict[int, TaskDraft | None] = {}
    before: Block | None = None
    for holding in holdings(root):
        _repeat(holding.block, before)
        before = holding.block
        for item in holding.items:
            found = _task(item, holding, draft)
            if found is None:
                continue
            if id(item.node) in seen:
                _complete(seen[id(item.node)], found)
                continue
            seen[id(item.node)] = found
            out.append(found)
            out.extend(_parts(item, found, draft, seen))
    out.sort(key=lambda entry: (entry.task.lines, entry.task.code))
    return _told_apart(out)


def _repeat(block: Block, before: Block | None) -> None:
    """Puts what the block ``before`` says where ``block`` says "như trên"."""
    if before is None:
        return
    for role, values in block.values.items():
        if len(values) == 1 and _DITTO.match(values[0]) and before.values.get(role):
            block.values[role] = list(before.values[role])


def _complete(known: TaskDraft | None, more: TaskDraft) -> None:
    """Gives a task whose own sentence names the lead what the labels below it add: the time, the coordinators."""
    if known is None or not {"inline"} & known.block.kinds:
        return
    known.task = dataclasses.replace(
        known.task,
        lead=known.task.lead or more.task.lead,
        coordinating=known.task.coordinating or more.task.coordinating,
        time=known.task.time or more.task.time,
        form=known.task.form or more.task.form,
    )


def _task(item: Item, holding: Holding, draft: Draft) -> TaskDraft | None:
    block = holding.block
    lead, coordinating = roles(block, draft)
    if not lead:
        lead = _owner(item.node)
    time = draft.when(block.text("time"))
    if not lead and not coordinating and not _is_task_section(item.node):
        return None
    task = Task(
        code=_code(item.node),
        group=group_of(item.node),
        text=_clean(item.text),
        lead=lead,
        coordinating=coordinating,
        form=block.text("form") or None,
        time=time,
        shared_block=item.shared or (len(holding.items) > 1 and holding.shared),
        lines=item.lines,
    )
    return TaskDraft(task, block, item.node) if task.text else None


def roles(block: Block, draft: Draft) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who leads and who helps by ``block``; "Sở A chủ trì, phối hợp với Sở B" is parted."""
    lead: list[str] = []
    coordinating: list[str] = []
    for value in block.values.get("lead", ()):
        match = _INLINE_ROLES.match(value) or _TURNED_ROLES.match(value)
        if match:
            lead.extend(draft.agencies(match["lead"]))
            coordinating.extend(draft.agencies(_TAIL_VERB.sub("", match["coord"])))
            continue
        if _MARKED.search(value):
            for name in draft.agencies(value):
                bare_name = _HELPING.sub("", _MARKED.sub("", name)).strip()
                (lead if _MARKED.search(name) else coordinating).append(bare_name)
            continue
        alone = _LEAD_ONLY.match(value)
        lead.extend(_listed(alone["lead"] if alone else value, draft))
    for value in block.values.get("coordinating", ()):
        coordinating.extend(draft.agencies(re.sub(r"^(?:với|cùng)\s+", "", value)))
    return _once(lead), _once(coordinating)


def _listed(value: str, draft: Draft) -> tuple[str, ...]:
    """The agencies of a lead's value; a sentence ("Sở Xây dựng đăng tải …") gives the agency that opens it."""
    if len(value.split()) > 12:
        names = draft.agencies(value)
        if all(starts_agency(name) and len(name.split()) <= 12 for name in names):
            return names
        found = leading(value)
        if found is not None and found.rest and found.agencies and not _TOLD_BY.search(found.agencies[-1]):
            return found.agencies
    return draft.agencies(value)


def _once(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_without_act(name) for name in names))


def _without_act(name: str) -> str:
    """An agency's name without what it is said to do; boards and those told by what they have or get keep it."""
    found = _ACT.search(name)
    if (
        found is None
        or not is_strong(name)
        or _BOARD.match(name)
        or re.search(r"\s(?:có|được)\s", name[: found.start()])
    ):
        return name
    return name[: found.start()].strip()


def _owner(node: Node) -> tuple[str, ...]:
    """The agency in whose heading or at whose own head the item stands."""
    if node.kind == "plus":
        own = leading(node.text)
        if own is not None and own.rest:
            return own.agencies
    for above in node.ancestors():
        if above.kind in ("root", "part") or is_attribution(above):
            continue
        found = leading(above.text, heading=True)
        if found is not None and found.agencies and not found.rest and not above.text.isupper():
            return found.agencies
    return ()


def _parts(item: Item, whole: TaskDraft, draft: Draft, seen: dict[int, TaskDraft | None]) -> list[TaskDraft]:
    """The + bullets of an item that each name an agency: entries of their own, with the item's time."""
    out: list[TaskDraft] = []
    for child in item.node.children:
        if child.kind != "plus" or id(child) in seen or is_attribution(child):
            continue
        found = leading(child.text)
        if found is None or not found.rest:
            return []
        seen[id(child)] = None
        task = dataclasses.replace(
            whole.task,
            code=_code(child),
            text=_clean(child.text),
            lead=found.agencies,
            coordinating=(),
            lines=child.lines,
            shared_block=True,
        )
        out.append(TaskDraft(task, whole.block, child))
    if out:
        whole.task = dataclasses.replace(whole.task, text=_clean(item.node.text), lines=item.node.lines)
    return out


def _is_task_section(node: Node) -> bool:
    """Whether a time without any agency still makes a task: not where the plan speaks of its aims and its scope."""
    for above in node.ancestors():
        if above.kind in ("roman", "part") or (above.parent is not None and above.parent.kind == "root"):
            return not re.search(
                r"mục đích|yêu cầu|mục tiêu|phạm vi|đối tượng|thành phần|kinh phí|khen thưởng",
                above.text,
                re.IGNORECASE,
            )
    return True


def group_of(node: Node) -> str | None:
    """The title of the section that ``node`` belongs to."""
    for above in node.ancestors():
        if above.kind == "root":
            return None
        label = label_of(above)
        title = label.value if label is not None and label.role == "content" else "" if label else above.text
        if title and not _COUNTED.match(title):
            return title.rstrip(" :.")
    return None


def _code(node: Node) -> str:
    label = label_of(node)
    if label is not None and label.role == "content" and node.parent is not None and node.parent.code:
        return node.parent.code  # "Nội dung: …" is what its item says, not an item of its own
    if node.code:
        return node.code
    for above in node.ancestors():
        if above.code:
            return above.code
    return "1"


def _clean(text: str) -> str:
    return " ".join(text.split()).strip(" ;")


def _told_apart(drafts: list[TaskDraft]) -> list[TaskDraft]:
    """Codes made unique: several paragraphs under one heading are counted."""
    for entry, code in zip(drafts, unique([entry.task.code for entry in drafts]), strict=True):
        entry.task = dataclasses.replace(entry.task, code=code)
    return drafts
