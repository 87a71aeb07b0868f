"""Duties: what the section on implementation lays on each agency, one entry for each bullet or paragraph."""

from __future__ import annotations

import dataclasses
import re

from vanban.agencies import Leading, leading
from vanban.agencies.names import is_strong
from vanban.agencies.splitting import MEMBERS
from vanban.model import Duty
from vanban.outline import Node
from vanban.plan.blocks import is_attribution
from vanban.plan.codes import unique
from vanban.text import fold

_SECTION = re.compile(
    r"^(?:\d+\.\s*)?(?:cong tac |ve |cac )?(?:to chuc (?:va |, )?(?:trien khai |chi dao )?(?:thuc hien|trien khai)|"
    r"phan cong|trach nhiem|nhiem vu (?:cua|cu the cua|va trach nhiem) (?:cac|tung|thanh vien)|"
    r"to chuc va (?:phan cong|trach nhiem)|.*\bphan cong (?:nhiem vu|thuc hien|trach nhiem|to chuc)|.*\btrach "
    r"nhiem (?:thuc hien|cua cac)|thoi gian va trach nhiem|to chuc, phan cong|trien khai thuc hien|bien phap to "
    r"chuc thuc hien|giai phap to chuc thuc hien|nhiem vu cac co quan)"
)
_REPORTS = re.compile(
    r"che do (?:thong tin,? )?bao cao|thong tin,? bao cao|cong tac bao cao|bao cao ket qua|so ket|theo doi, "
    r"(?:kiem tra|danh gia)|kiem tra, giam sat|kinh phi|nguon luc"
)
CLOSING = re.compile(
    r"^(?:Trên đây là|Trong quá trình|Quá trình (?:tổ chức|triển khai|thực hiện)|Yêu cầu|Nhận được|Kế hoạch này|"
    r"Căn cứ (?:nội dung )?[Kk]ế hoạch|Đề nghị (?:các|thủ trưởng|lãnh đạo)|[UỦ][ỷỶyỦ]? ?[Bb]an [Nn]hân dân .{0,"
    r"40}?(?:yêu cầu|đề nghị|giao)|"
    r"UBND .{0,30}?(?:yêu cầu|đề nghị)|Nếu có|Trường hợp|Các (?:sở|cơ quan|đơn vị)[^.]{0,90}nghiêm túc|Định kỳ|Kết "
    r"thúc|Tren day|Trén day|Trong qu)"
)
#: Heads that name a level or an officer rather than a body: "1. Cấp tỉnh", "3. Công chức Tài chính - Kế toán".
_LEVEL = re.compile(
    r"^(?:Ở\s+)?[Cc]ấp\s+(?:[Tt]rung ương|tỉnh|thành phố|huyện|quận|xã|cơ sở|bộ)(?:\s*(?:,|và)\s*(?:cấp\s+)?\w+)*$"
)
_OBSTACLE = re.compile(r"(?:khó khăn|vướng mắc|phát sinh|cần sửa đổi|cần thiết phải sửa)")


@dataclasses.dataclass(slots=True)
class DutyDraft:
    """A duty with its place in the outline."""

    duty: Duty
    node: Node
    head: Leading
    owns_agency: bool = False  # the agency is named in the entry's own sentence


def read_duties(root: Node) -> list[DutyDraft]:
    """The duties below ``root``, in reading order."""
    out: list[DutyDraft] = []
    for section in _sections(root):
        out.extend(_in_section(section, named=is_duty_section(section)))
    seen: set[tuple[int, int, str]] = set()
    unique: list[DutyDraft] = []
    for entry in out:
        key = (*entry.duty.lines, entry.duty.text[:40])
        if key not in seen:
            seen.add(key)
            unique.append(entry)
    return _told_apart(unique)


def is_duty_section(node: Node) -> bool:
    """Whether the title says that the section hands out duties ("Tổ chức thực hiện", "Phân công nhiệm vụ")."""
    title = fold(node.text).strip(" .:")
    if node.kind == "text" or len(title.split()) > 25:
        return False
    return bool(_SECTION.match(title)) and not _REPORTS.search(title)


def _sections(root: Node) -> list[Node]:
    """The sections that hand out duties: by their title, or because agencies head most of what is in them."""
    out: list[Node] = []
    for node in root.walk():
        if (
            node.kind in ("text", "dash", "plus")
            or any(above in out for above in node.ancestors())
            or is_attribution(node)
        ):
            continue
        titled = node.kind != "root" and is_duty_section(node)
        if node.children and (titled or _headed_by_agencies(node)):
            out.append(node)
    return out


def _headed_by_agencies(node: Node) -> bool:
    numbered = [child for child in node.children if child.kind not in ("text", "dash", "plus")]
    heads = [child for child in numbered if _is_head(child) or _is_charged(child)]
    return (
        len(heads) >= 2
        and len(heads) * 2 > len(numbered)
        and any(_is_head(child) or _is_charged(child, asked=True) for child in heads)
    )


def _is_charged(node: Node, *, asked: bool = False) -> bool:
    """Whether the node is a sentence that lays something on one definite body ("Giao Sở Tài chính …", "Sở Y tế chủ
    trì …")."""
    found = leading(node.text)
    if found is None or not found.rest or is_attribution(node):
        return False
    return found.asked or found.colon or (not asked and bool(found.agencies) and is_strong(found.agencies[0]))


def _is_head(node: Node) -> bool:
    """Whether the node is an agency's name over what it has to do."""
    if not node.children or re.match(r"^(?:Đối\s+với|Về)\s", node.text) or node.text.isupper() or is_attribution(node):
        return False
    found = leading(node.text, heading=True)
    return found is not None and bool(found.agencies) and not found.rest and not found.before


def _in_section(section: Node, *, named: bool) -> list[DutyDraft]:
    out: list[DutyDraft] = []
    pending: tuple[Leading, Node] | None = None
    for child in section.children:
        if is_attribution(child):
            continue
        if (
            child.kind == "text"
            and pending is not None
            and not CLOSING.match(child.text)
            and leading(child.text, heading=True) is None
        ):
            out.append(_duty(pending[0], child, child.text, child.extent))
            continue
        head = _head_of(child, named)
        if head is None:
            if pending is not None and child.kind in ("dash", "letter", "plus") and pending[1].kind == "text":
                out.append(_duty(pending[0], child, _whole(child), child.extent))
                continue
            pending = None if child.kind != "text" else pending
            about_reports = bool(_REPORTS.search(fold(child.text)))
            if child.children and child.kind not in ("text", "dash", "plus") and not about_reports:
                out.extend(_in_section(child, named=named))
            continue
        if not child.children and not head.rest:
            pending = (head, child)
            if child.kind == "text":
                continue
            continue
        pending = None
        out.extend(_of_agency(head, child))
    return out


def _head_of(node: Node, named: bool) -> Leading | None:
    """The agency that ``node`` lays something on; None for a closing sentence or a heading of another kind."""
    if node.text.isupper() or (node.kind == "text" and CLOSING.match(node.text)):
        return None
    if _OBSTACLE.search(node.text[:140]) and re.match(r"^(?:Trong|Quá trình|Nếu|Khi)", node.text):
        return None
    if not named and re.match(r"^(?:Đối\s+với|Về)\s", node.text):
        return None
    has_items = any(not is_attribution(child) for child in node.children)
    if named and has_items and _LEVEL.match(node.text.strip(" :.")):
        return Leading((node.text.strip(" :."),), "")
    head = leading(node.text, heading=has_items or not node.text.rstrip().endswith((".", ";")))
    if head is None or not head.agencies:
        return None
    if not named and not (_is_head(node) or head.colon or _is_charged(node)):
        return None
    if (
        not head.rest
        and has_items
        and all(_head_of(child, False) is not None and child.kind.startswith("number") for child in node.children)
    ):
        return None  # a heading over agencies ("Nhiệm vụ của thành viên Ban Chỉ đạo")
    members = MEMBERS.match(node.text.strip(" :."))
    if members and not head.rest:
        head = dataclasses.replace(head, agencies=(members["group"].strip(), *head.agencies))
    return head


def _of_agency(head: Leading, node: Node) -> list[DutyDraft]:
    """One entry for each bullet or paragraph under an agency; its own sentence counts too."""
    out: list[DutyDraft] = []
    opening = ""
    if head.rest:
        text = node.text if head.before else head.rest
        if text.rstrip().endswith(":") and node.children:
            opening = text
        else:
            own = _duty(head, node, text[:1].upper() + text[1:], node.lines)
            own.owns_agency = True
            out.append(own)
    for child in node.children:
        if is_attribution(child):
            continue
        if child.kind == "text" and (CLOSING.match(child.text) and _is_last(child)):
            continue
        following = node.children[node.children.index(child) + 1 :]
        if (
            child.kind == "text"
            and child.text.rstrip().endswith(":")
            and any(later.kind != "text" for later in following)
        ):
            opening = child.text
            continue
        text = _whole(child)
        out.append(_duty(head, child, f"{opening} {text}".strip() if opening else text, child.extent))
    return out


def _is_last(node: Node) -> bool:
    """Whether nothing numbered follows: the closing paragraph of the plan stands under its last item."""
    current = node
    while current.parent is not None:
        later = current.parent.children[current.parent.children.index(current) + 1 :]
        if any(sibling.kind != "text" for sibling in later):
            return False
        current = current.parent
    return True


def _whole(node: Node) -> str:
    return " ".join(below.text for below in node.walk() if not is_attribution(below)).strip()


def _duty(head: Leading, node: Node, text: str, lines: tuple[int, int]) -> DutyDraft:
    code = node.code
    above = node.parent
    while not code and above is not None:
        code = above.code
        above = above.parent
    return DutyDraft(Duty(code or "1", head.agencies, " ".join(text.split()), lines), node, head)


def _told_apart(drafts: list[DutyDraft]) -> list[DutyDraft]:
    for entry, code in zip(drafts, unique([entry.duty.code for entry in drafts]), strict=True):
        entry.duty = dataclasses.replace(entry.duty, code=code)
    return drafts
