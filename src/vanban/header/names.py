"""Names of agencies printed in capitals, in their usual case: "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK"."""

from __future__ import annotations

import functools
import re

from vanban.dates.calendar import flat
from vanban.knowledge import KEPT, Knowledge

_SHORT = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "UBMTTQ": "Ủy ban Mặt trận Tổ quốc"}
_KINDS = ("thành phố", "tỉnh", "huyện", "thị xã", "quận", "phường", "thị trấn", "xã", "đặc khu", "khu vực")
_POSTS = (
    "Chủ tịch",
    "Bộ trưởng",
    "Giám đốc",
    "Thủ trưởng",
    "Trưởng ban",
    "Chánh Thanh tra",
    "Cục trưởng",
    "Viện trưởng",
)


@functools.lru_cache(maxsize=KEPT)
def _known(knowledge: Knowledge) -> list[tuple[str, str]]:
    names = set(knowledge.agencies) | {row.name for row in knowledge.issuer_rows}
    names |= {
        "Ủy ban nhân dân",
        "Hội đồng nhân dân",
        "Ủy ban Mặt trận Tổ quốc Việt Nam",
        "Ban Chỉ đạo",
        "Ban Chấp hành",
    }
    names |= {
        "Ban Thường vụ",
        "Ban Thường trực",
        "Thường trực",
        "Văn phòng",
        "Sở",
        "Phòng",
        "Bộ",
        "Công an",
        "Bộ Chỉ huy Quân sự",
        "Đảng ủy",
    }
    return sorted(((flat(n), n) for n in names), key=lambda pair: -len(pair[0]))


def agency_name(printed: str, knowledge: Knowledge) -> str:
    """``printed`` in its usual case, "UBND" written out; a name in small letters is kept, its blanks made single."""
    words = printed.split()
    if words and words[0].upper() in _SHORT:
        words[0] = _SHORT[words[0].upper()]
        rest = " ".join(words[1:])
        return f"{words[0]} {place_name(rest, knowledge)}".strip() if rest else words[0]
    text = re.sub(r"^[YỲ] (?=BAN NHÂN DÂN)", "Ủy ", " ".join(words))  # a copy that lost its first letter
    letters = [c for c in text if c.isalpha()]
    if sum(c.isupper() for c in letters) < 0.7 * len(letters):
        return text
    for post in _POSTS:
        if flat(text).startswith(flat(post) + " ") and flat(text) != "chu tich nuoc":
            return f"{post} {agency_name(text[len(post) + 1 :], knowledge)}"
    low = flat(text)
    for key, name in _known(knowledge):
        if low == key:
            return name
        if low.startswith(key + " "):
            rest = text[len(key) + 1 :]
            kind = next((k for k in _KINDS if name.lower().endswith(f" {k}")), None)
            return _city(f"{name} {_titled(rest, knowledge) if kind else _rest(rest, knowledge)}")
    return text[0] + place_name(small(text)[1:], knowledge)


def _rest(text: str, knowledge: Knowledge) -> str:
    """What follows a known name: a place, or the field of a department ("Sở" + "VĂN HÓA VÀ THỂ THAO")."""
    placed = place_name(text, knowledge)
    if placed != text:
        return placed
    return text[0] + small(text)[1:] if text.isupper() else text


def small(text: str) -> str:
    """Words in capitals in small letters; abbreviations, which have no vowel ("MTQG"), keep theirs."""
    return " ".join(w.lower() if re.search(r"[aeiouy]", flat(w)) else w for w in text.split(" "))


def _city(name: str) -> str:
    """A name with the capitals that its owner writes: "Thành phố Hồ Chí Minh", "Quận 7"."""
    name = name.replace("thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh")
    return re.sub(r"\b(quận|phường) (?=\d)", lambda m: m[1].capitalize() + " ", name)


def place_name(text: str, knowledge: Knowledge) -> str:
    """Names of places in ``text`` in their usual case: "TỈNH ĐẮK LẮK" → "tỉnh Đắk Lắk"; other words are kept."""
    low = flat(text)
    for kind in _KINDS:
        spaced = r"\s+".join(flat(kind).split())
        at = re.search(rf"\b{spaced}\b", low)
        if at is None:
            continue
        before, name = text[: at.start()].strip(), " ".join(text[at.end() :].split())
        before = small(before) if before.isupper() else before
        named = _titled(name, knowledge)
        return _city(" ".join(p for p in (before, kind, named) if p))
    province = knowledge.province_named(text)
    return province.name if province else text


def _titled(name: str, knowledge: Knowledge) -> str:
    province = knowledge.province_named(name) if name else None
    if province is not None:
        return province.name
    near = [p.name for p in knowledge.provinces if _nearly(name, p.name)]
    if len(set(near)) == 1:
        return near[0]  # one letter torn: "ĐỒNG TH&P"
    return name.title() if name.isupper() or name.islower() else name


def _nearly(printed: str, name: str) -> bool:
    """Whether a name differs from a province's by one character that no name has."""
    a, b = flat(printed), flat(name)
    different = [x for x, y in zip(a, b, strict=False) if x != y]
    return len(a) == len(b) and len(different) == 1 and not different[0].isalpha()
