"""Who issued a cited document: the name after "của", as printed, or its right name where the text is broken."""

from __future__ import annotations

import dataclasses
import functools
import re

from rapidfuzz import fuzz

from vanban.dates.calendar import flat
from vanban.knowledge import KEPT, Knowledge

# "của", as printed and as a text layer without Vietnamese letters garbles it.
OF = r"(?:cua|ciia|cta|caa|ctia|cia|cuaa|cza)"
_POST = re.compile(
    r"(?:pho\s+)?(?:bo\s+truong|chu\s+tich|tong\s+giam\s+doc|giam\s+doc|thong\s+doc|tong\s+thanh\s+tra|truong\s+ban"
    r"|chu\s+nhiem|truong\s+phong|vien\s+truong|chanh\s+an|tong\s+kiem\s+toan)\s+(?=[a-z])"
)
_PLACE = re.compile(r"\s+(?P<kind>tinh|thanh\s+pho|tp\.?|huyen|quan|thi\s+xa|xa|phuong|thi\s+tran|dac\s+khu)\b")
_GLUED = re.compile(r"(?:ngay|ve|quy|ban|phe|huong|tinh|thanh|sua)")
_OPEN_NAME = re.compile(r"(?:tinh|thanh pho|huyen|quan|thi xa| uy)$")
_WORDS = re.compile(r"\w+")
_PUNCTUATION = re.compile(r"[^\w&]+")
_NAME_WORD = re.compile(r"\s*([-–&]\s*)?([^\W\d_]+)")
# A generic name ends before one of these (flat) words: what follows says what the document does.
_STOP = re.compile(
    r"(?:ve|v/v|ban hanh|quy dinh|phe duyet|huong dan|sua doi|bo sung|trien khai|thuc hien|cong bo|giao|thong bao"
    r"|tai|tu|nham|la|theo|de|da|duoc|trong|doi voi|cho|thanh lap|kem theo|ngay|so|nam|khoa|yeu cau"
    r"|chi dao|dieu chinh|tang cuong|cap"
    r"|kien toan|sap xep|tiep tuc|day manh|thong qua|nang cao|uy quyen|cong nhan|thong nhat|giai quyet|tra loi|bao cao"
    r"|trinh|dam bao|bao dam|neu|va cac|va (?:nghi|quyet|chi thi|ke hoach|cong|thong|ket luan|chuong trinh))\b"
)
_HEAD = re.compile(
    r"(?:uy ban|ubnd|hoi dong|hdnd|bo|so|phong|ban|van phong|tong cuc|cuc|chi cuc|thanh tra|cong an|tinh|thanh|huyen"
    r"|dang uy|trung uong|lien doan|hoi|mat tran|ubmttq|ubtwmttq|vien|toa an|to|quan uy|quan khu|truong|tong"
    r"|ngan hang|bao hiem|kho bac|chinh phu|thu tuong|quoc hoi|chu tich|doan|dai|ttxvn|kiem toan|lanh dao"
    r"|thuong truc|uy vien|so,|tieu ban)\b"
)
# "Ban Chỉ đạo về phát triển khoa học, công nghệ tỉnh ban hành …": the field is a part of the name.
_FIELD = re.compile(
    r"(?:\s+trung\s+uong)?\s+(?:ve|phong)\s+[^;.]{5,170}?"
    r"(?=\s+(?:ban\s+hanh|phe\s+duyet|thong\s+bao|cong\s+bo|ve\s+viec)\b)"
)


@dataclasses.dataclass(frozen=True, slots=True)
class IssuerName:
    """An issuer in a text: its name and where it ends; ``printed`` differs from it where the name was made good."""

    name: str
    printed: str
    end: int
    confidence: float = 1.0


@functools.lru_cache(maxsize=KEPT)
def _known(knowledge: Knowledge) -> list[tuple[str, str]]:
    """(flat name, name) of every known issuer and agency, the longest first; group names are no issuers."""
    names = {row.name for row in knowledge.issuer_rows}
    names |= {row.name for row in knowledge.agency_rows if row.kind != "group"}
    names |= {
        "Ban Bí thư Trung ương Đảng",
        "Ban Chấp hành Trung ương Đảng",
        "UBND",
        "HĐND",
        "Ủy ban Thường vụ Quốc hội",
    }
    return sorted(((flat(n), n) for n in names), key=lambda pair: -len(pair[0]))


def issuer_at(text: str, low: str, at: int, knowledge: Knowledge, *, broken: bool = False) -> IssuerName | None:
    """The name of a body that begins at ``at`` (after "của"), or None.

    Known names come first, since they may hold commas ("Bộ Văn hóa, Thể thao và Du lịch"); another name ends at
    punctuation or at a word that says what the document does.
    """
    window = low[at : at + 160]
    lead = len(window) - len(window.lstrip())
    begin = at + lead
    post = _POST.match(low, begin)
    body = post.end() if post and not low.startswith("chu tich nuoc", begin) else begin
    if broken:
        return _broken(text, low, begin, body, knowledge)
    found = _known_at(low, body, knowledge)
    end = found[1] if found else _generic_end(text, low, body)
    if end is None:
        return None
    core = " ".join(text[body:end].split())
    if found and len(_WORDS.findall(core)) < len(_WORDS.findall(found[0])):  # blanks were lost in copying
        core = found[0]
    core_end = end
    end = _with_place(text, low, end, knowledge)
    committee = re.search(r"(?:chi\s+dao|hoi\s+dong|to\s+cong\s+tac)(?:\s+trung\s+uong)?$", low[begin:end])
    field = _FIELD.match(low, end) if committee else None
    end = field.end() if field else end
    words = (text[begin:body], core, text[core_end:end])
    printed = " ".join(" ".join(words).split()).rstrip(" -–")
    if printed.isupper() and len(printed) > 8:
        return IssuerName(_lower(printed, knowledge), printed, end)
    return IssuerName(printed, printed, end)


def issuer_before(text: str, low: str, at: int, knowledge: Knowledge, *, broken: bool = False) -> IssuerName | None:
    """The name of a body that ends at ``at`` ("UBND tỉnh đã ban hành Kế hoạch số …"), or None."""
    begin = max(0, at - 110)
    for match in re.finditer(r"(?<!\w)(?=\w)", low[begin:at]):
        start = begin + match.start()
        if not text[start].isupper() or not _HEAD.match(re.sub(r"\s+", " ", low[start : start + 40])):
            continue
        issuer = issuer_at(text, low, start, knowledge, broken=broken)
        if issuer is not None and not low[issuer.end : at].strip() and issuer.end <= at:
            return issuer
    return None


def _known_at(low: str, at: int, knowledge: Knowledge) -> tuple[str, int] | None:
    """The known name at ``at`` and its end. Blanks, commas and hyphens do not count, since copied texts lose some
    ("Chínhphủ ban hành") and ministries are written with either ("Bộ Lao động, Thương binh và Xã hội")."""
    window = low[at : at + 130]
    places = [index for index, char in enumerate(window) if char.isalnum() or char == "&"]
    squeezed = "".join(window[index] for index in places)
    for key, name in _known(knowledge):
        bare = _PUNCTUATION.sub("", key)
        if not squeezed.startswith(bare):
            continue
        end = places[len(bare) - 1] + 1
        if not window[end : end + 1].isalpha() or _GLUED.match(window, end):
            return name, at + end
    return None


def _generic_end(text: str, low: str, at: int) -> int | None:
    if not _HEAD.match(re.sub(r"\s+", " ", low[at : at + 40])) or not text[at].isupper():
        return None
    position = at
    for _ in range(16):
        rest = re.sub(r"\s+", " ", low[position : position + 60]).lstrip()
        if (
            position > at
            and _STOP.match(rest)
            and not (rest.startswith("chi dao") and low[max(0, position - 3) : position] == "ban")
        ):
            break
        match = _NAME_WORD.match(text, position)
        if match is None or "\n\n" in match[0]:
            break
        position = match.end()
    return position if position > at else None


def _with_place(text: str, low: str, end: int, knowledge: Knowledge) -> int:
    """``end`` moved behind "tỉnh", "tỉnh Nghệ An", "thành phố Cần Thơ", "Nghệ An" that belong to the name."""
    match = _PLACE.match(low, end)
    after = end
    closed = re.search(r"(?:^|\s)(tinh|pho|huyen|quan|xa|phuong|tran|khu)$", low[max(0, end - 8) : end])
    if match and "\n\n" not in match[0][:8]:
        after = match.end("kind")
    elif closed is None and not re.search(r"\buy$", low[max(0, end - 3) : end]):
        return end
    name = re.match(r"\s+", text[after:])
    if name is None:
        return after
    start = after + name.end()
    key = " ".join(low[start : start + 40].replace("-", " ").split())
    for province in sorted(knowledge.provinces, key=lambda p: -len(p.name)):
        wanted = " ".join(flat(province.name).replace("-", " ").split())
        if key.startswith(wanted) and not key[len(wanted) : len(wanted) + 1].isalnum():
            words = len(wanted.split())
            matches = list(re.finditer(r"[^\W\d_]+", text[start : start + 60]))
            return start + matches[words - 1].end()
    tail = low[max(0, after - 12) : after]
    of_province = tail.endswith(("tinh", "tinh uy"))
    if of_province or (after == end and closed is None and not re.search(r"\b(?:thanh|huyen|quan|thi) uy$", tail)):
        return after  # every province is known, so nothing else can be the name of one
    position = after
    for _ in range(4):
        word = re.compile(r"\s+([^\W\d_]+)").match(text, position)
        if word is None or not word[1][0].isupper() or (word[1].isupper() and not text[end - 1].isupper()):
            break
        if _STOP.match(re.sub(r"\s+", " ", low[word.start(1) : word.start(1) + 30])):
            break
        position = word.end()
    return position


def _lower(name: str, knowledge: Knowledge) -> str:
    """A name printed in capitals in its usual case, where it is known; as it is printed otherwise."""
    key = flat(name)
    for known, right in _known(knowledge):
        if key == known:
            return right
        if key.startswith(known + " "):
            return right + name[len(known) :].title()
    return name


def _broken(text: str, low: str, begin: int, body: int, knowledge: Knowledge) -> IssuerName | None:
    """The known name that the garbled words at ``body`` are likest to, with its place."""
    window = low[body : body + 120]
    best: tuple[float, str, int, float] | None = None
    for key, name in _known(knowledge):
        words = len(key.split())
        match = re.match(rf"\s*\S+(?:\s+\S+){{{words - 1}}}", window)
        if match is None:
            continue
        printed = " ".join(re.sub(r"[^\w\s&-]", "", match[0]).split())
        score = fuzz.ratio(key, printed) / 100
        worth = (score - 0.6) * len(key)  # a long name wins only where it is as like as a short one
        # The word that tells bodies apart must be like its own ("Sở" and "Bộ Thông tin và Truyền thông").
        apart = any(fuzz.ratio(a, b) < 50 for a, b in zip(key.split(), printed.split(), strict=False))
        if score >= (1.0 if len(key) <= 6 else 0.8) and not apart and (best is None or worth > best[0]):
            best = (worth, name, body + match.end(), score)
    if best is None:
        return None
    _, name, end, score = best
    name, end = _broken_place(text, low, name, end, knowledge)
    post = " ".join(low[begin:body].split())
    titles = {"bo truong": "Bộ trưởng", "chu tich": "Chủ tịch", "giam doc": "Giám đốc", "truong phong": "Trưởng phòng"}
    name = f"{titles[post]} {name}" if post in titles else name
    return IssuerName(name, " ".join(text[begin:end].split()), end, round(score, 2))


def _broken_place(text: str, low: str, name: str, end: int, knowledge: Knowledge) -> tuple[str, int]:
    """``name`` with the place that follows it in a broken text, in right Vietnamese."""
    match = re.compile(r"\s+(tinh|thanh\s+ph[a-z\d]{1,2}|huyen|quan|thi\s+xa)\b").match(low, end)
    if match is None:
        place = best_place(low[end : end + 40], knowledge) if _OPEN_NAME.search(flat(name)) else None
        return (f"{name} {place[0]}", end + place[1]) if place else (name, end)
    kind = {"tinh": "tỉnh", "huyen": "huyện", "quan": "quận"}.get(
        match[1], "thị xã" if "thi" in match[1] else "thành phố"
    )
    after = match.end()
    place = best_place(low[after : after + 40], knowledge)
    if place is None:
        return f"{name} {kind}", after
    return f"{name} {kind} {place[0]}", after + place[1]


def best_place(low: str, knowledge: Knowledge) -> tuple[str, int] | None:
    """The province (or seat named like a part of one) that garbled flat text begins with, and the length it takes."""
    best: tuple[float, str, int] | None = None
    for name in place_names(knowledge):
        words = len(re.findall(r"\w+", name))
        match = re.match(rf"\s*[^\W]+(?:[\s–-]+\w+){{{words - 1}}}", low)
        if match is None:
            continue
        key, printed = (" ".join(re.findall(r"\w+", flat(s))) for s in (name, match[0]))
        score = fuzz.ratio(key, printed) / 100
        if score >= 0.78 and (best is None or score * words > best[0] * len(re.findall(r"\w+", best[1]))):
            best = (score, name, match.end())
    return (best[1], best[2]) if best else None


@functools.lru_cache(maxsize=KEPT)
def place_names(knowledge: Knowledge) -> tuple[str, ...]:
    """Names of provinces and the seats that are told in them ("Vũng Tàu" in "Bà Rịa – Vũng Tàu")."""
    names: dict[str, None] = {}
    for province in knowledge.provinces:
        names[province.name] = None
        for part in re.split(r"\s+[–-]\s+", province.name):
            names[part] = None
    return tuple(names)
