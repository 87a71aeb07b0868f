"""Agencies by what they are, without their place; the place that a plan speaks for; who stands for whom."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import re
from typing import Literal

from vanban.knowledge import Counterpart, Knowledge
from vanban.model import Plan
from vanban.text import fold, nfc

Level = Literal["national", "provincial", "district", "commune"]
#: Words that name a place's level.
LEVEL_WORDS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu")
_ABOVE_PLACE = (
    r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd|hội đồng nhân dân|hđnd|chủ tịch|sở|phòng|ban|công an|văn phòng)\b.*?"
)
_ISSUER_PLACE = re.compile(rf"^(?:{_ABOVE_PLACE})\s(?P<level>{'|'.join(LEVEL_WORDS)})(?:\s+(?P<name>.+))?$")
_TITLE_PLACE = re.compile(
    rf"(?:địa bàn|của)\s+(?P<level>{'|'.join(LEVEL_WORDS)})(?:\s+(?P<name>[^,.;()]+?))?"
    r"(?:\s+(?:năm|giai đoạn|đến|quý|tháng)\b.*)?$"
)
_TAIL = re.compile(
    r"\s(?:tỉnh|thành phố|tp|huyện|quận|thị xã|phường|thị trấn|đặc khu|xã(?!\s+hội))(?:\s.*)?$|\s(?:trung ương|việt nam)$"
)
_PARTY = re.compile(r"\b(?:tỉnh|thành|huyện|quận|thị|đảng)\s+(?:ủy|uỷ)\b.*$")
_YOUTH = re.compile(r"^(?:tỉnh|thành|huyện|quận|thị|xã|phường)\s+đoàn\b.*$|^trung ương đoàn\b.*$")
_OFFICE = re.compile(r"^van phong (?=.*(?:uy ban nhan dan|hoi dong nhan dan))")
_STEPS = {("bo", "so"), ("so", "phong"), ("bo", "phong"), ("cuc", "chi cuc")}
_SAME_FIELD = "cùng lĩnh vực quản lý ở hai cấp: Nghị định 24/2014/NĐ-CP, 37/2014/NĐ-CP, 150/2025/NĐ-CP"
_SAME_BODY = "cùng loại cơ quan, tổ chức ở hai cấp: Luật Tổ chức chính quyền địa phương; điều lệ, luật của tổ chức"

_BODIES = (
    r"ban ngành|phòng ban|sở ngành|hội đoàn thể|tổ chức chính trị - xã hội|cơ quan chuyên môn|phòng chuyên môn|ban đảng|"
    r"sở|ban|ngành|bộ|phòng|đơn vị|cơ quan|đoàn thể|hội|tổ chức"
)
_PLACES = (
    r"tỉnh|huyện|thị xã|thành phố(?: trực thuộc trung ương)?|quận|phường|xã(?! hội)|thị trấn|đặc khu|thôn|xóm|"
    r"khu phố|tổ dân phố|ấp|buôn|khối phố|địa phương"
)
_NOT_BODY = (
    r"(?! (?:báo chí|truyền thông|nhà nước|hành chính|quản lý|ngôn luận|thông tấn|công lập|điều tra|cấp trên|thông tin|"
    r"đại diện|chức năng|nghị|thảo|thi|viên|nghề|trợ)\b)"
)
_UB = r"(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)"
_ITEM = rf"(?:{_UB} )?(?:các |cấp )?(?:(?:{_BODIES}){_NOT_BODY}|{_PLACES})\b"
_AND = r"(?: ?[,;] ?(?:và )?| và | & )"
_ENDING = (
    r"(?: (?:có )?liên quan| chuyên môn| trực thuộc| cấp (?:tỉnh|huyện|xã|thành phố)| hữu quan|"
    r" (?:tỉnh|thành phố|huyện)(?= ?[,;.)]| và |$))*"
)
#: A collective in running text: "các sở, ban, ngành", "UBND các huyện, thị xã, thành phố", "các cơ quan, địa phương".
GROUP = re.compile(
    rf"(?<!\w)(?:(?:tất cả )?(?:các|những) (?:(?:{_BODIES}){_NOT_BODY}|{_PLACES})\b|{_UB} (?:các|cấp) (?:{_PLACES})\b|"
    rf"(?:chính quyền )?địa phương\b|cơ quan(?: hành chính)? nhà nước\b|(?:cơ quan|đơn vị)(?: có)? liên quan\b)"
    rf"{_ENDING}(?:{_AND}{_ITEM}{_ENDING})*"
)
_HAS_BODY = re.compile(rf"(?<!\w)(?:{_BODIES}|cơ quan)\b")
_HAS_PLACE = re.compile(rf"(?<!\w)(?:{_UB} )?(?:các |cấp )?(?:{_PLACES})\b")
_ONLY_RELATED = re.compile(
    r"^(?:các |những )?(?:cơ quan|đơn vị|tổ chức|ngành|, |và )+ ?(?:có )?(?:liên quan|hữu quan)$"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """The place for which a plan is made. ``word`` is its level's word as people say it: "tỉnh", "thành phố", "xã"."""

    level: Level
    word: str
    name: str | None

    @property
    def below(self) -> tuple[str, ...]:
        """The level words of the places inside it."""
        hamlets = ("thôn", "xóm", "khu phố", "tổ dân phố", "khối phố", "ấp", "buôn", "bản làng")
        communes = ("xã", "phường", "thị trấn", "đặc khu", *hamlets)
        return {
            "national": ("tỉnh", "thành phố"),
            "provincial": ("huyện", "quận", "thị xã", *communes),
            "district": communes,
            "commune": hamlets,
        }[self.level]


def place_of(plan: Plan, knowledge: Knowledge) -> Place:
    """The place of a plan, from its issuer, else from its title; the whole country where neither names one."""
    issuer, title = (nfc(text or "").lower() for text in (plan.header.issuer, plan.header.title))
    found = _ISSUER_PLACE.match(issuer) or _TITLE_PLACE.search(title)
    if found is None:
        return Place("national", "trung ương", None)
    word, name = found["level"], found["name"]
    if word == "thành phố":
        province = knowledge.province_named(name) if name else None
        level: Level = "provincial" if province is not None and province.kind != "tỉnh" else "district"
    elif word == "tỉnh":
        level = "provincial"
    else:
        level = "district" if word in ("huyện", "quận", "thị xã") else "commune"
    return Place(level, word, " ".join(name.split()) if name else None)


@functools.lru_cache(maxsize=4000)
def group_parts(name: str) -> frozenset[str]:
    """What a collective takes in: "bodies", "places", "related" (whoever is concerned); empty for one definite body."""
    low = " ".join(nfc(name).lower().split()).strip(" .;,")
    if not (match := GROUP.match(low)) or len(low) - match.end() > 60:
        return frozenset()
    if _ONLY_RELATED.match(low):
        return frozenset({"related"})
    if re.search(r"cơ quan(?: hành chính)? nhà nước", low):
        return frozenset({"bodies", "places"})  # those of every level
    places = _HAS_PLACE.search(re.sub(r"(?:trên|thuộc) địa bàn.*$|cấp (?:tỉnh|thành phố)", "", low))
    bodies = _HAS_BODY.search(re.sub(_UB, "", low))
    return frozenset(part for part, has in (("bodies", bodies), ("places", places)) if has)


def is_inside(name: str) -> bool:
    """Whether "các sở, ban, ngành" or "các phòng, ban, đơn vị" holds a body of that name."""
    low = fold(name)
    if re.search(r"(?:tinh|thanh|huyen|quan|thi|dang) uy\b|trung uong", low):
        return False  # bodies of the Party are not the committee's
    return low.startswith(("so ", "phong ", "ban ", "trung tam ", "thanh tra", "van phong ", "chi cuc ", "cuc "))


class Names:
    """Names compared by what they stand for, with the rows and rules of ``knowledge`` in force on ``day``."""

    def __init__(self, knowledge: Knowledge, day: dt.date | None, places: tuple[Place, ...] = ()) -> None:
        self._short = {short.lower(): full.lower() for short, full in knowledge.abbreviations.items() if len(short) > 1}
        known = {province.name.lower() for province in knowledge.provinces}
        known |= {place.name for place in places if place.name}
        self._places = sorted({self._spaced(name) for name in known}, key=len, reverse=True)
        self._bases: dict[str, str] = {}
        self._rows: dict[tuple[str, str], Counterpart] = {}
        for row in knowledge.counterparts:
            if row.in_force(day):
                self._rows.setdefault((self.base(row.higher), self.base(row.lower)), row)

    @staticmethod
    def _spaced(name: str) -> str:
        return " ".join(re.sub(r"[-–—,.]", " ", name).split())

    def base(self, name: str) -> str:
        """``name`` without its place, abbreviations written out, folded: "Công an Thành phố" → "cong an"."""
        if name not in self._bases:
            self._bases[name] = self._base(name)
        return self._bases[name]

    def _base(self, name: str) -> str:
        low = nfc(name).lower().replace("uỷ", "ủy")
        low = re.sub(r"^(?:đề nghị|giao)\s+", "", low.strip(" .;,"))
        low = " ".join(
            self._short.get(word.strip(",.;"), word) for word in re.sub(r"&(?!\w{2}\b)", " và ", low).split()
        )
        low = self._spaced(low)
        if _YOUTH.match(low):
            return "doan thanh nien"
        low = _PARTY.sub("cấp ủy", low)
        for place in self._places:
            if low.endswith(f" {place}"):
                low = low[: -len(place)].strip()
                break
        low = _TAIL.sub("", f"{low} ".rstrip())
        key = " ".join(word for word in fold(low).split() if word not in ("va", "-"))
        return "van phong uy ban" if _OFFICE.match(key) else key

    def stands_for(self, higher: str, lower: str) -> str | None:
        """Where it is laid down that ``lower`` does at its level what ``higher`` does at its own; None if nowhere."""
        left, right = self.base(higher), self.base(lower)
        if not left or not right:
            return None
        row = self._rows.get((left, right))
        if row is not None:
            return row.source
        if left == right:
            return _SAME_BODY
        head_left, _, field_left = left.partition(" ")
        head_right, _, field_right = right.partition(" ")
        if field_left and field_left == field_right and (head_left, head_right) in _STEPS:
            return _SAME_FIELD
        return None

    def is_same(self, one: str, other: str) -> bool:
        """Whether both are the same name but for abbreviations, capitals and signs."""
        return self.plain(one) == self.plain(other)

    def plain(self, name: str) -> str:
        """``name`` with abbreviations written out, folded, without signs."""
        low = nfc(name).lower().replace("uỷ", "ủy").strip(" .;,")
        low = " ".join(self._short.get(word.strip(",.;"), word) for word in low.replace("&", " và ").split())
        return fold(self._spaced(low))
