"""Rules about how agencies are named and told: misprints, recipients, lists of committees."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from vanban.agencies.words import FIELDS
from vanban.check.case import Case
from vanban.check.names import REMARK, Place, key_of, keys_of, places_of, printed_lines, spelled
from vanban.knowledge import KEPT, Knowledge
from vanban.model import Finding
from vanban.text import fold, nfc

_MISPRINT = 90
_USUAL = 3  # times that a list must stand before a shorter one is a slip


def agency_unknown(case: Case) -> Iterator[Finding]:
    """A department's name that is a misprint of a known one."""
    if not case.is_sound:
        return
    known = _departments(case.knowledge)
    seen: set[str] = set()
    for place in places_of(case):
        name = REMARK.sub("", place.name).strip()
        if place.where is None or name in seen or not re.match(r"(?:Sở|Bộ)\s", name):
            continue
        seen.add(name)
        key = key_of(spelled(name, case.knowledge))
        if any(key == other or key.startswith(f"{other} ") for other in known):
            continue
        best = process.extractOne(key, list(known), scorer=fuzz.ratio, score_cutoff=_MISPRINT)
        if best is not None and len(best[0].split()) == len(key.split()):
            right = known[best[0]]
            yield case.finding(
                "agency-unknown",
                "note",
                place.where,
                place.lines,
                vi=f"Không có cơ quan tên {name}; có phải {right}? Bạn hãy kiểm tra chính tả.",
                en=f"There is no agency named {name}; is {right} meant? Check the spelling.",
                suggestion=right,
            )


@functools.lru_cache(maxsize=KEPT)
def _departments(knowledge: Knowledge) -> dict[str, str]:
    names = [*knowledge.agencies, *(f"Sở {field}" for field in FIELDS if not field.isupper() and "&" not in field)]
    return {key_of(name): name for name in names if name.startswith(("Sở ", "Bộ "))}


# --- who is told ---------------------------------------------------------------------------------------------------

# Recipients that hold departments without naming each: "Các sở, ban, ngành", "Như Điều 3", "Mục IV", "Sở: NV, TC".
_GROUPS = re.compile(
    r"\b(?:cac co quan|cac don vi|nhu tren|(?:nhu )?(?:dieu|muc|phan|khoan) [\divx]|thanh vien|lien quan|cac so|sbn|so:)"
    r"|\bso[,;]? ?(?:ban|nganh)|ban[,;]? nganh|\bso\b.*\bnganh\b"
)


def recipient_missing(case: Case) -> Iterator[Finding]:
    """Departments that have tasks but are not among the recipients."""
    recipients = [fold(spelled(name, case.knowledge)) for name in case.plan.recipients]
    if not case.is_sound or not recipients or any(_GROUPS.search(name) for name in recipients):
        return
    told = {key for name in case.plan.recipients for key in keys_of(name, case.knowledge)}
    text = " ".join(key_of(spelled(name, case.knowledge)) for name in case.plan.recipients)
    missing: dict[str, Place] = {}
    for place in places_of(case):
        if place.weight or place.where is None or not re.match(r"/(?:tasks/\d+/lead|duties)", place.where):
            continue
        if not re.match(r"Sở\s", place.name) or fold(place.name) in fold(case.plan.header.issuer or ""):
            continue
        key = key_of(spelled(place.name, case.knowledge))
        if not any(k in told or k in text for k in (key, *keys_of(place.name, case.knowledge))):
            missing.setdefault(place.name, place)
    if missing:
        names, first = ", ".join(missing), next(iter(missing.values()))
        yield case.finding(
            "recipient-missing",
            "note",
            "/recipients",
            first.lines,
            vi=f"{names} được giao việc nhưng không có ở Nơi nhận; bạn hãy thêm vào.",
            en=f"{names}: given work but not among the recipients; add them.",
            suggestion="\n".join(f"- {name};" for name in missing),
        )


# --- lists of committees -------------------------------------------------------------------------------------------

_COMMITTEES = re.compile(
    r"^(?:UBND|(?:Ủy|Uỷ) ban nhân dân)\s+(?:các\s+)?(?P<places>(?:huyện|quận|thị xã|thành phố|xã|phường|thị trấn|"
    r"đặc khu)(?:(?:,|\s+và)?\s+(?:huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu))+)$",
    re.IGNORECASE,
)
_PLACE = re.compile(r"huyện|quận|thị xã|thành phố|thị trấn|xã|phường|đặc khu", re.IGNORECASE)


def group_incomplete(case: Case) -> Iterator[Finding]:
    """Committees listed by kind, of which one entry leaves out a kind that the plan's other lists have."""
    if not case.is_sound:
        return
    found = [(place, kinds) for place in places_of(case) if place.where and (kinds := _kinds(place.name))]
    counts = Counter(kinds for _, kinds in found)
    for kinds, (place, _) in {kinds: (place, kinds) for place, kinds in reversed(found)}.items():
        fuller = next((other for other, count in counts.most_common() if kinds < other and count >= _USUAL), None)
        if fuller is None:
            continue
        left = ", ".join(sorted(fuller - kinds))
        usual = next(entry.name for entry, others in found if others == fuller)
        yield case.finding(
            "group-incomplete",
            "note",
            place.where,
            printed_lines(case, place),
            vi=f"«{place.name}» không có {left}, trong khi chỗ khác ghi «{usual}»; bạn hãy kiểm tra xem có bỏ sót "
            "không.",
            en=f"“{place.name}” leaves out {left}, while elsewhere stands “{usual}”; check whether that is meant.",
            suggestion=usual,
        )


def _kinds(name: str) -> frozenset[str]:
    match = _COMMITTEES.match(" ".join(nfc(name).split()))
    return frozenset(kind.lower() for kind in _PLACE.findall(match["places"])) if match else frozenset()
