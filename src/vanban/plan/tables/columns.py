"""What the columns of a table hold, by their titles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vanban.text import fold

_NUMBER = re.compile(r"^(?:stt|tt|so tt|so thu tu|s tt|muc|ma so|sott)$")
_RULES: tuple[tuple[str, str], ...] = (
    (
        "other",
        r"^don vi tinh|^dvt$|^so luong|^lanh dao (?:phu trach|chi dao|ubnd|theo doi)|^nguoi ky|^can cu|^muc do|"
        r"^diem|^ty le|^tinh trang|^cap trinh|^co quan (?:ban hanh|phe duyet|quyet dinh|trinh)|^cap (?:phe duyet|"
        r"ban hanh)|^nguoi (?:phe duyet|chi dao)",
    ),
    ("both", r"(?:chu tri|thuc hien).{0,12}phoi hop"),
    ("coordinating", r"phoi hop|^(?:co quan|don vi) tham gia|^tham gia"),
    ("lead", r"chu tri"),
    (
        "time",
        r"thoi gian|thoi han|tien do|lo trinh|thoi diem|^hoan thanh|^(?:nam|quy|thang|ky|han)(?: thuc hien| hoan "
        r"thanh)?$|ngay hoan thanh|han hoan thanh|^du kien hoan thanh",
    ),
    ("money", r"kinh phi|du toan|nguon (?:von|luc)|so tien|thanh tien|ngan sach"),
    ("note", r"ghi chu"),
    ("place", r"dia diem|dia ban"),
    ("form", r"^(?:hinh thuc|phuong thuc|cach thuc)"),
    (
        "lead",
        r"^(?:cac )?(?:co quan|don vi|phong|to chuc|nguoi|bo phan|can bo|ca nhan|cap|dau moi)(?:,? (?:co quan|don "
        r"vi|to chuc|ca nhan))*(?:/\w+ \w+)? ?(?:thuc hien|tham muu|dau moi|phu trach|chiu trach nhiem|trach nhiem|"
        r"soan thao|to chuc|trien khai|duoc giao|theo doi|xay dung|lap|tong hop|$)",
    ),
    (
        "task",
        r"^(?:ten |danh muc |cac |tom tat )?(?:noi dung|nhiem vu|cong viec|hoat dong|giai phap|dau viec|dau muc|"
        r"viec|chuong trinh|van ban|de an|chuyen de|nhom nhiem vu|tieu chi|chu de|san pham truyen thong|trich yeu|"
        r"mo hinh)",
    ),
    ("product", r"san pham|ket qua|dau ra"),
    ("lead", r"^(?:phan cong|trach nhiem|giao)|^thuc hien(?: chinh)?$|^dau moi|^phu trach"),
    ("task", r"(?:noi dung|nhiem vu|cong viec)"),
)
_COMPILED = tuple((role, re.compile(pattern)) for role, pattern in _RULES)


def role_of(title: str) -> str | None:
    """The role of a column by its ``title``: number, task, lead, coordinating, both, time, product, …; None if it
    says none."""
    folded = re.sub(r"[^\w/,& ]+", " ", fold(title))
    folded = " ".join(folded.split())
    if not folded or len(folded.split()) > 16:
        return None
    if _NUMBER.match(folded):
        return "number"
    for role, pattern in _COMPILED:
        if pattern.search(folded):
            return role
    return None


def header_roles(titles: Sequence[str]) -> dict[str, int] | None:
    """Role → column of a header row; None if the row is not the header of a table of tasks."""
    roles: dict[str, int] = {}
    for at, title in enumerate(titles):
        role = role_of(title)
        if role is None:
            continue
        if (
            role == "lead"
            and "lead" in roles
            and "chu tri" not in fold(titles[roles["lead"]])
            and "chu tri" in fold(title)
        ):
            roles["lead"] = at
        if role == "task" and "task" in roles and _is_closer(titles[roles["task"]], title):
            roles["task"] = at
        if role == "time" and "time" in roles and re.search(r"ket thuc|hoan thanh|den", fold(title)):
            roles.setdefault("until", at)
        roles.setdefault(role, at)
    if "task" not in roles and "product" in roles and "lead" in roles:
        roles["task"] = roles.pop("product")
    if "task" not in roles:
        _take_unnamed(roles, titles)
    if "task" not in roles or not ({"lead", "both", "coordinating"} & set(roles) or {"time", "number"} <= set(roles)):
        return None
    return roles


def _is_closer(title: str, other: str) -> bool:
    """Whether the ``other`` of two columns holds the tasks and ``title`` only their groups: "Nhóm nhiệm vụ" beside
    "Nhiệm vụ cụ thể"."""
    if re.search(r"nhom|linh vuc|muc tieu|chu de|tieu chi|chuong trinh|nhiem vu chung|giai phap chung", fold(title)):
        return bool(re.search(r"noi dung|nhiem vu|cong viec|hoat dong", fold(other)))
    return "cu the" in fold(other) and "cu the" not in fold(title)


def _take_unnamed(roles: dict[str, int], titles: Sequence[str]) -> None:
    """Takes the column behind the numbers for the tasks where its title says something else ("Tên dịch vụ công") but
    the others say who leads and who helps or when: lists of members and figures say neither."""
    behind = roles["number"] + 1 if "number" in roles else 0
    leads = "lead" in roles and "chu tri" in fold(titles[roles["lead"]])
    said = leads and bool({"coordinating", "time"} & set(roles))
    if said and behind < len(titles) and titles[behind] and role_of(titles[behind]) is None:
        roles["task"] = behind
