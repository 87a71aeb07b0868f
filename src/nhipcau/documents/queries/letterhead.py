"""How an organisation stands at the head and at the foot of its documents: who issues, below whom, where, under which
abbreviation, who signs. All of it is a proposal that the draft shows and people change.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II (khoản 2 tên cơ quan, 3 ký hiệu, 4 địa danh,
7 chữ ký).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable

from django.utils import timezone

from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Alias, Level, Membership, Organisation, OrganisationKind, Role
from vanban.knowledge import Knowledge
from vanban.text import fold

from ..models import Outgoing

Kind = OrganisationKind
# They stand below nobody on paper: committees and councils of every tier, ministries, Party bodies, the Front.
_ON_TOP = {Kind.COMMITTEE, Kind.COUNCIL, Kind.MINISTRY, Kind.PARTY, Kind.FRONT}
_OWN_LINE = {Kind.POLICE, Kind.MILITARY}  # below bodies of their own kind only
_LEVEL = r"(?i:tỉnh|thành phố|thị xã|thị trấn|huyện|quận|phường|xã|đặc khu)"
_COMMITTEE = re.compile(rf"^(?:Ủy ban nhân dân|UBND|Hội đồng nhân dân|HĐND) (?P<level>{_LEVEL}) (?P<name>.+)$")
_TERRITORY = re.compile(rf" (?P<level>{_LEVEL})(?: (?P<name>[A-ZĐÀ-Ỹ0-9].*))?$")
_UNIT = re.compile(r"[A-ZĐƯa-zđ0-9&]{1,20}")
_COPIES = re.compile(r"\(\d+\)")  # how many: "VX (02)"
_RECENT = 30  # documents that were written last
_ABBREVIATION = re.compile(r"(?=(?:.*[A-ZĐ]){2})[A-ZĐ][A-ZĐa-zđ0-9&]{1,11}")
# Units of a committee that draft for it, by what they look after: culture and society (văn xã). Until one was chosen.
_UNITS = {Kind.COMMITTEE: "VX", Kind.COUNCIL: "VP", Kind.MINISTRY: "VP"}
_HEADS: tuple[tuple[str, str, str], ...] = (  # how a name begins, folded; the post of its head; of the deputy
    ("so ", "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    ("phong ", "TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"),
    ("van phong", "CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
    ("thanh tra", "CHÁNH THANH TRA", "PHÓ CHÁNH THANH TRA"),
    ("ban quan ly", "TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"),
    ("ban ", "TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"),
    ("cuc ", "CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG"),
    ("chi cuc", "CHI CỤC TRƯỞNG", "PHÓ CHI CỤC TRƯỞNG"),
    ("truong ", "HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"),
    ("bao ", "TỔNG BIÊN TẬP", "PHÓ TỔNG BIÊN TẬP"),
    ("bo chi huy", "CHỈ HUY TRƯỞNG", "PHÓ CHỈ HUY TRƯỞNG"),
    ("ban chi huy", "CHỈ HUY TRƯỞNG", "PHÓ CHỈ HUY TRƯỞNG"),
    ("bo ", "BỘ TRƯỞNG", "THỨ TRƯỞNG"),
    ("hoi ", "CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ("lien doan", "CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ("tong cong ty", "TỔNG GIÁM ĐỐC", "PHÓ TỔNG GIÁM ĐỐC"),
)
_BODIES = {  # those that decide together: in whose name the head signs
    Kind.COMMITTEE: ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    Kind.COUNCIL: ("TM. HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    Kind.PARTY: ("TM. BAN THƯỜNG VỤ", "BÍ THƯ", "PHÓ BÍ THƯ"),
    Kind.FRONT: ("TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Letterhead:
    """``issuer``, ``parent``: in capitals. ``short``: the abbreviation in symbols; ``unit``: who drafts, in the symbol of a
    công văn: as on the last document, else a guess. ``authority``: "TM. …" or ""; ``post``: the lines of who signs ("KT. CHỦ
    TỊCH", "PHÓ CHỦ TỊCH" where somebody stands in); ``signer``: the name, of several heads the one who signed last, "" where
    none has."""

    issuer: str
    parent: str
    place: str
    short: str
    unit: str
    authority: str
    head: str
    deputy: str
    post: tuple[str, ...]
    signer: str

    def code(self, doc_type: str, unit: str = "") -> str:
        """What follows the number: "KH-UBND"; of a công văn "UBND-VX" (khoản 3: without its type, with who drafts)."""
        known = next((one for one in Knowledge.packaged().doc_types if one.name == doc_type), None)
        if known is not None and known.in_symbol and known.abbreviation:
            return f"{known.abbreviation}-{self.short}"
        return f"{self.short}-{unit or self.unit}"


def letterhead(organisation: Organisation, on: dt.date | None = None, *, drafter: int | None = None) -> Letterhead:
    """How the organisation signs its documents on a day (today by default). ``drafter``: the person who writes, whose unit
    is the one that they used last. Five queries, one more where there are several heads."""
    day = on or timezone.localdate()
    above = organisations.chain(organisation)
    authority, head, deputy = _posts(organisation)
    short = _short(organisation)
    signer, lines = _signer(organisation, day, (authority, head, deputy))
    return Letterhead(
        issuer=_capitals(organisation.name),
        parent=_parent(organisation, above[1:]),
        place=_place(above),
        short=short,
        unit=_unit(organisation, short, drafter) or _UNITS.get(Kind(organisation.kind), "VP"),
        authority=authority if authority in lines else "",
        head=head,
        deputy=deputy,
        post=tuple(line for line in lines if line != authority),
        signer=signer,
    )


def post_of(unit: Organisation) -> str:
    """The post of who heads a unit, as it stands below the "TL." or "TUQ." of the body to which the unit belongs, with the
    name of the unit and without the place: "TRƯỞNG PHÒNG VĂN HÓA – XÃ HỘI", "GIÁM ĐỐC SỞ TƯ PHÁP", "CHÁNH VĂN PHÒNG"; "" where
    it is not known (khoản 7)."""
    post = _posts(unit)[1]
    if Kind(unit.kind) in _ON_TOP or post == "THỦ TRƯỞNG":
        return ""
    name = _capitals(_TERRITORY.sub("", unit.name))
    if post == "CHÁNH VĂN PHÒNG":  # a body has one: its name says nothing more
        return post
    said, words = post.split(), name.split()
    shared = next((size for size in range(len(said), 0, -1) if said[-size:] == words[:size]), 0)
    return " ".join([*said, *words[shared:]])


def _capitals(name: str) -> str:
    return " ".join(name.upper().split())


def _parent(organisation: Organisation, above: Iterable[Organisation]) -> str:
    """The body directly above, in the usual abbreviation ("UBND TỈNH …")."""
    kind, parent = Kind(organisation.kind), next(iter(above), None)
    if parent is None or (kind in _ON_TOP and parent.kind != kind) or kind in (Kind.COMMITTEE, Kind.COUNCIL):
        return ""
    if kind in _OWN_LINE and parent.kind != kind:
        return ""
    return _capitals(parent.name).replace("ỦY BAN NHÂN DÂN", "UBND").replace("HỘI ĐỒNG NHÂN DÂN", "HĐND")


def _place(chain: Iterable[Organisation]) -> str:
    """The official name of the province or commune in which the organisation sits; in full where it is a number or the
    name of a person (khoản 4)."""
    found = list(chain)
    for one in found:
        if one.kind in (Kind.COMMITTEE, Kind.COUNCIL) and (said := _COMMITTEE.match(one.name)):
            return _place_name(said["level"], said["name"])
    for one in found:
        if (said := _TERRITORY.search(one.name)) and said["name"]:
            return _place_name(said["level"], said["name"])
    return "Hà Nội" if found and found[-1].level == Level.CENTRAL else ""


def _place_name(level: str, name: str) -> str:
    is_in_full = name[:1].isdigit() or fold(name) == "ho chi minh"
    return f"{level[:1].upper()}{level[1:]} {name}" if is_in_full else name


def _short(organisation: Organisation) -> str:
    """The abbreviation: of a committee or council the usual one; else another name of it that looks like one; else the one
    known for this name; else its initials."""
    kind = Kind(organisation.kind)
    if kind in (Kind.COMMITTEE, Kind.COUNCIL):
        return "UBND" if kind == Kind.COMMITTEE else "HĐND"
    others = Alias.objects.filter(organisation=organisation).order_by("pk").values_list("text", flat=True)
    for text in (organisation.short_name, *others):
        if _ABBREVIATION.fullmatch(text):
            return text.replace("&", "")
    name = fold(organisation.name)
    fitting = [one for one in Knowledge.packaged().issuer_rows if f"{name} ".startswith(f"{fold(one.name)} ")]
    if fitting:
        return max(fitting, key=lambda one: len(one.name)).suffix
    return "VP" if kind == Kind.OFFICE else _initials(organisation.name)


def _initials(name: str) -> str:
    keeps_level = fold(name).startswith("cong an")
    if said := _TERRITORY.search(name):
        name = name[: said.start()] + (f" {said['level']}" if keeps_level else "")
    words = [word for word in re.split(r"[\s\-–,;/&().]+", name) if word and fold(word) not in ("va", "cac", "cua")]
    return "".join(word[0] for word in words).upper()[:12] or "CQ"


def _posts(organisation: Organisation) -> tuple[str, str, str]:
    """In whose name, the head's post, the deputy's."""
    kind, name = Kind(organisation.kind), f"{fold(organisation.name)} "
    if kind == Kind.COUNCIL and name.startswith("thuong truc"):
        return ("TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    if kind == Kind.FRONT and name.startswith("uy ban mat tran"):
        return _BODIES[kind]
    known = next(((head, deputy) for start, head, deputy in _HEADS if name.startswith(start)), None)
    if known is None and kind in _BODIES:
        return _BODIES[kind]
    if kind == Kind.POLICE:
        at_province = organisation.level in (Level.PROVINCE, Level.CENTRAL)
        return ("", "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC") if at_province else ("", "TRƯỞNG CÔNG AN", "PHÓ TRƯỞNG CÔNG AN")
    if known is None and kind in (Kind.SERVICE, Kind.PRESS, Kind.DEPARTMENT):
        known = ("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    return ("", *(known or ("THỦ TRƯỞNG", "PHÓ THỦ TRƯỞNG")))


def _signer(organisation: Organisation, day: dt.date, posts: tuple[str, str, str]) -> tuple[str, tuple[str, ...]]:
    """The name of who signs, and the lines above it: the head's, or those of who stands in for the head. Of several heads it
    is the one who signed last, as then; where none has, nobody is picked."""
    authority, head, deputy = posts
    front = (authority,) if authority else ()
    held = Membership.objects.filter(
        organisations.valid_on(day), organisation=organisation, role=Role.HEAD, person__is_active=True
    ).order_by("pk")
    rows = list(held.values_list("person_id", "person__name", "stands_in_for_id"))
    own = {pk: name for pk, name, stands_for in rows if stands_for is None}
    if len(own) > 1:
        signed = Outgoing.objects.filter(organisation=organisation, signed_by__in=list(own)).order_by(
            "-signed_at", "-pk"
        )
        last = signed.values_list("signed_by", "content__signature__lines").first()
        return (own[last[0]], tuple(last[1])) if last is not None and last[0] is not None else ("", (*front, head))
    if not own:
        return "", (*front, head)
    [(pk, name)] = own.items()
    standing_in = {other: said for other, said, stands_for in rows if stands_for == pk and other != pk}
    if len(standing_in) == 1:
        return next(iter(standing_in.values())), (*front, f"KT. {head}", deputy)
    return name, (*front, head)


def _unit(organisation: Organisation, short: str, drafter: int | None) -> str:
    """The unit that stood last on a document of the organisation ("VX" of "Lưu: VT, VX (02)", of "12/UBND-VX"), on one of
    this person's own first; "" where none did."""
    rows = Outgoing.objects.filter(organisation=organisation).exclude(state=Outgoing.State.DROPPED)
    recent = list(
        rows.order_by("-created_at", "-pk").values_list("drafted_by", "content__archive", "content__code")[:_RECENT]
    )
    recent.sort(key=lambda row: drafter is None or row[0] != drafter)  # stable: the person's own come first
    return next((unit for _who, archive, code in recent if (unit := _unit_in(archive, code, short))), "")


def _unit_in(archive: str, code: str, short: str) -> str:
    kept = [_COPIES.sub("", part).strip() for part in archive.split(",")]
    named = [part for part in kept if _UNIT.fullmatch(part) and part != "VT"]
    if named:
        return named[0]
    rest = code.removeprefix(f"{short}-")
    return rest if rest != code and _UNIT.fullmatch(rest) else ""
