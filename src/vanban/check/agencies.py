"""Rules about the agencies that a plan gives work to."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from vanban.agencies.words import FIELDS
from vanban.check.case import Case, day
from vanban.knowledge import Agency, Knowledge, Successor
from vanban.model import Finding, Lines, Severity
from vanban.text import fold, nfc

_REMARK = re.compile(r"\([^()]*\)")
_DISTRICTS = re.compile(
    r"^(?:Chủ tịch\s+)?(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND)\s+(?:cấp huyện|(?:các|tất cả các)?\s*(?:huyện|quận|thị xã)\b)",
    re.IGNORECASE,
)
_DISTRICT_KEY = "Ủy ban nhân dân các huyện, thị xã, thành phố"
_FORMER = re.compile(r"(?:\b(?:trước đây|cũ)\b|\(\s*nay là|sáp nhập|giải thể|kết thúc hoạt động)", re.IGNORECASE)
# A sentence that turns to the agency, and the entry of a recipient; what it once issued or did is history.
_ASKED = re.compile(
    r"(?:\b(?:báo cáo|phối hợp|đề nghị|gửi|trình|kiến nghị|xin ý kiến|tham mưu|giao|hướng dẫn của|yêu cầu của)\b[^.;:]*"
    r"|\s[-+]\s)$",
    re.IGNORECASE,
)
_ISSUED = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:tại|ban hành|về việc|phê duyệt)\b")
_NEAR = 60
_BLOCK = 40  # lines that the block below a task may take
_MISPRINT = 90


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where the plan names an agency. ``weight``: 0 it has work to do, 1 it is only named."""

    name: str
    where: str | None
    lines: Lines | None
    weight: int


@dataclasses.dataclass(frozen=True, slots=True)
class End:
    """An agency that ended, the last day it existed, and what took its place."""

    name: str
    last_day: dt.date
    successors: tuple[Successor, ...]


def agency_abolished(case: Case) -> Iterator[Finding]:
    """Agencies that no longer exist, with who took over."""
    found: dict[str, tuple[End, list[Place]]] = {}
    for place in _places(case):
        end = ended(case, place.name)
        if end is not None:
            found.setdefault(end.name, (end, []))[1].append(place)
    for end, places in found.values():
        yield _abolished(case, end, places)
    yield from _merged_province(case)


def ended(case: Case, name: str) -> End | None:
    """The end of the agency ``name`` before the day of the check; None where it still exists or is not known."""
    if _DISTRICTS.match(name.strip()):
        rows = [s for s in case.knowledge.successors if s.of == _DISTRICT_KEY]
        return _end_of(case, _DISTRICT_KEY, rows, [])
    names = _names(case.knowledge)
    for key in _keys(name, case.knowledge):
        if key in names:
            known, rows, agencies = names[key]
            return _end_of(case, known, rows, agencies)
    return None


def _end_of(case: Case, name: str, rows: Sequence[Successor], agencies: Sequence[Agency]) -> End | None:
    made = case.not_before or min((row.ended for row in rows if row.ended), default=case.as_of)
    lasting = [
        agency
        for agency in agencies
        if (agency.valid_to is None or agency.valid_to >= case.as_of) and (agency.valid_from or made) <= made
    ]
    if lasting:
        return None
    if not _is_sure(case, name, rows, agencies):
        return None
    last = max([*(a.valid_to for a in agencies if a.valid_to), *(r.ended for r in rows if r.ended)], default=None)
    return End(name, last, tuple(rows)) if last is not None and last < case.as_of else None


def _is_sure(case: Case, name: str, rows: Sequence[Successor], agencies: Sequence[Agency]) -> bool:
    """Whether the name can only be that of the body which ended.

    Towns and new communes may keep units of the same name ("Trung tâm Văn hóa, Thông tin và Thể thao"), so that those of
    districts are known by their successor, by "huyện" in their name, or by a plan of a district.
    """
    levels = {agency.level for agency in agencies} | {row.level for row in rows}
    if levels != {"district"} or any(row.name for row in rows) or re.search(r"\b(?:huyện|quận|thị xã)\b", name, re.I):
        return True
    return _issued_by_district(case)


def _issued_by_district(case: Case) -> bool:
    issuer = case.plan.header.issuer or ""
    if re.search(r"\b(?:huyện|quận|thị xã)\b", issuer, re.IGNORECASE):
        return True
    town = re.search(r"thành phố\s+(.+)$", issuer, re.IGNORECASE)
    return town is not None and case.knowledge.province_named(town[1]) is None


def _abolished(case: Case, end: End, places: Sequence[Place]) -> Finding:
    first = min(places, key=lambda place: place.weight)
    late = case.issued is not None and end.last_day < case.issued
    severity: Severity = "note" if first.weight else "error" if late else "warning"
    since = day(end.last_day + dt.timedelta(days=1))
    new = [row for row in end.successors if row.name]
    heirs_vi = " và ".join(f"{row.name}{_topic(row)}" for row in new)
    basis = "; ".join(dict.fromkeys(part for row in end.successors for part in row.basis.split("; ")))
    count = sum(place.weight == first.weight for place in places)
    vi = f"{end.name} (nêu ở {count} chỗ) không còn từ ngày {since}"
    en = f"{end.name} (in {count} places) no longer exists since {since}"
    if late:
        vi, en = f"{vi}, trước khi kế hoạch ban hành", f"{en}, before the plan was issued"
    if heirs_vi:
        vi, en = f"{vi}; việc chuyển cho {heirs_vi}", f"{en}; its work passed to {heirs_vi}"
    if basis:
        vi, en = f"{vi} (cơ sở: {basis})", f"{en} (basis: {basis})"
    return case.finding(
        "agency-abolished",
        severity,
        first.where,
        _printed(case, first),
        vi=f"{vi}; bạn hãy giao lại cho cơ quan hiện nay.",
        en=f"{en}; assign it to the agency of today.",
        suggestion="; ".join(dict.fromkeys(row.name for row in new)) or None,
    )


def _printed(case: Case, place: Place) -> Lines | None:
    """The lines on which the name itself stands, at its entry or in the block below it."""
    mended = next((d.lines for d in case.plan.doubts if d.where == place.where and d.kind == "repaired-agency"), None)
    if place.lines is None or place.weight or not case.is_sound or mended is not None:
        return mended or place.lines
    words = r"\s+".join(re.escape(word) for word in nfc(place.name).split())
    start = case.offset(place.lines[0])
    match = re.compile(words, re.IGNORECASE).search(case.text, start, case.offset(place.lines[1] + _BLOCK))
    return case.lines_at(match.start(), match.end()) if match else place.lines


def _topic(row: Successor) -> str:
    return f" ({row.topic})" if row.topic else ""


def _merged_province(case: Case) -> Iterator[Finding]:
    """The issuer's own province or district town, where it was merged."""
    issuer = case.plan.header.issuer
    if not issuer:
        return
    for province in case.knowledge.provinces:
        if province.merged_into is None or province.valid_to is None or province.valid_to >= case.as_of:
            continue
        if not fold(_plain(issuer)).endswith(f" {fold(_plain(province.full_name))}"):
            continue
        heir = next(p for p in case.knowledge.provinces if p.name == province.merged_into and p.merged_into is None)
        now = issuer.replace(province.full_name, heir.full_name)
        since = day(province.valid_to + dt.timedelta(days=1))
        title = f"{province.full_name[0].upper()}{province.full_name[1:]}"
        yield case.finding(
            "agency-abolished",
            "warning",
            "/header/issuer",
            None,
            vi=f"{title} đã nhập vào {heir.full_name} từ ngày {since} (cơ sở: Nghị quyết 202/2025/QH15), nên "
            f"{issuer} cùng các "
            f"cơ quan của tỉnh không còn; bạn hãy giao lại nhiệm vụ cho cơ quan của {heir.full_name}.",
            en=f"{title} was merged into {heir.full_name} on {since} (basis: Nghị quyết 202/2025/QH15), so that "
            f"{issuer} and "
            f"the province's agencies are gone; assign their tasks to those of {heir.full_name}.",
            suggestion=now if now != issuer else None,
        )


# --- where agencies are named --------------------------------------------------------------------------------------


def _places(case: Case) -> Iterator[Place]:
    plan = case.plan
    for at, task in enumerate(plan.tasks):
        for field in ("lead", "coordinating"):
            for n, name in enumerate(getattr(task, field)):
                yield Place(name, f"/tasks/{at}/{field}/{n}", task.lines, 0)
    for at, duty in enumerate(plan.duties):
        for n, name in enumerate(duty.agencies):
            yield Place(name, f"/duties/{at}/agencies/{n}", duty.lines, 0)
    for at, report in enumerate(plan.reporting):
        for n, name in enumerate(report.who):
            yield Place(name, f"/reporting/{at}/who/{n}", report.lines, 0)
        for part, value in (("to", report.to), ("via", report.via)):
            if value:
                yield Place(value, f"/reporting/{at}/{part}", report.lines, 0)
    if plan.header.issuer:
        yield Place(plan.header.issuer, "/header/issuer", None, 0)
    if case.is_sound:
        yield from _named(case)


def _named(case: Case) -> Iterator[Place]:
    """Ended ministries and departments in the running text and among the recipients."""
    pattern = _ended_names(case.knowledge)
    cited = [(m.start, m.end) for m in case.mentions]
    flat = re.sub(r"\s", " ", case.text)
    taken = [place for _, place in _fields_lines(case)]
    for match in pattern.finditer(flat):
        if any(a <= match.start() < b for a, b in cited) or _FORMER.search(_around(flat, match)):
            continue
        lines = case.lines_at(match.start(), match.end())
        if not _ASKED.search(flat[max(0, match.start() - _NEAR) : match.start()]) or _ISSUED.match(flat, match.end()):
            continue
        if not any(a <= lines[0] <= b for a, b in taken):
            yield Place(match[0], None, lines, 1)


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - _NEAR) : match.end() + _NEAR]


def _fields_lines(case: Case) -> Iterator[tuple[str, Lines]]:
    for duty in case.plan.duties:
        if any(ended(case, name) for name in duty.agencies):
            yield duty.code, (duty.lines[0] - 2, duty.lines[0])


@functools.cache
def _ended_names(knowledge: Knowledge) -> re.Pattern[str]:
    names = {s.of for s in knowledge.successors if s.kind == "agency" and re.match(r"Sở |Bộ |Ban Tuyên giáo ", s.of)}
    short = {"Sở TTTT", "Sở TT&TT", "Bộ TTTT", "Bộ TT&TT", "Sở LĐTBXH", "Sở LĐ-TB&XH", "Bộ LĐTBXH", "Bộ LĐ-TB&XH"}
    listed = sorted((*names, *short), key=len, reverse=True)
    return re.compile("|".join(re.escape(name).replace(r"\ ", r" +") for name in listed))


# --- names ---------------------------------------------------------------------------------------------------------


@functools.cache
def _names(knowledge: Knowledge) -> dict[str, tuple[str, list[Successor], list[Agency]]]:
    """By key: the name, what took its place, the rows of agencies with it."""
    out: dict[str, tuple[str, list[Successor], list[Agency]]] = {}
    for agency in knowledge.agency_rows:
        out.setdefault(_key(agency.name), (agency.name, [], []))[2].append(agency)
    for row in knowledge.successors:
        if row.kind == "agency":
            out.setdefault(_key(row.of), (row.of, [], []))[1].append(row)
    return out


def _keys(name: str, knowledge: Knowledge) -> Iterator[str]:
    """Keys to look ``name`` up by: as printed, then without the place that its body belongs to."""
    whole = _key(_spelled(_REMARK.sub("", name), knowledge))
    yield whole
    bare = re.sub(r" (?:cac )?(?:tinh|thanh pho|tp|huyen|quan|thi xa)(?: \w+){0,5}$", "", whole)
    if bare != whole:
        yield bare


@functools.lru_cache(maxsize=4096)
def _spelled(name: str, knowledge: Knowledge) -> str:
    """``name`` with its abbreviations written out: "Sở TT&TT" → "Sở Thông tin và Truyền thông"."""
    return " ".join(knowledge.abbreviations.get(word, word) for word in nfc(name).split())


@functools.lru_cache(maxsize=8192)
def _key(name: str) -> str:
    """A name reduced to its words: no marks, no dashes, commas or "và"."""
    return " ".join(word for word in re.sub(r"[^\w]+", " ", fold(name)).split() if word != "va")


def _plain(name: str) -> str:
    return re.sub(r"\s*[-–—]\s*", " ", nfc(name))


def agency_unknown(case: Case) -> Iterator[Finding]:
    """A department's name that is a misprint of a known one."""
    if not case.is_sound:
        return
    known = _departments(case.knowledge)
    seen: set[str] = set()
    for place in _places(case):
        name = _REMARK.sub("", place.name).strip()
        if place.where is None or name in seen or not re.match(r"(?:Sở|Bộ)\s", name):
            continue
        seen.add(name)
        key = _key(_spelled(name, case.knowledge))
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


@functools.cache
def _departments(knowledge: Knowledge) -> dict[str, str]:
    names = [*knowledge.agencies, *(f"Sở {field}" for field in FIELDS if not field.isupper() and "&" not in field)]
    return {_key(name): name for name in names if name.startswith(("Sở ", "Bộ "))}


# --- who is told ---------------------------------------------------------------------------------------------------

# Recipients that hold departments without naming each: "Các sở, ban, ngành", "Như Điều 3", "Mục IV", "Sở: NV, TC".
_GROUPS = re.compile(
    r"\b(?:cac co quan|cac don vi|nhu tren|(?:nhu )?(?:dieu|muc|phan|khoan) [\divx]|thanh vien|lien quan|cac so|sbn|so:)"
    r"|\bso[,;]? ?(?:ban|nganh)|ban[,;]? nganh|\bso\b.*\bnganh\b"
)


def recipient_missing(case: Case) -> Iterator[Finding]:
    """Departments that have tasks but are not among the recipients."""
    recipients = [fold(_spelled(name, case.knowledge)) for name in case.plan.recipients]
    if not case.is_sound or not recipients or any(_GROUPS.search(name) for name in recipients):
        return
    told = {key for name in case.plan.recipients for key in _keys(name, case.knowledge)}
    text = " ".join(_key(_spelled(name, case.knowledge)) for name in case.plan.recipients)
    missing: dict[str, Place] = {}
    for place in _places(case):
        if place.weight or place.where is None or not re.match(r"/(?:tasks/\d+/lead|duties)", place.where):
            continue
        if not re.match(r"Sở\s", place.name) or fold(place.name) in fold(case.plan.header.issuer or ""):
            continue
        key = _key(_spelled(place.name, case.knowledge))
        if not any(k in told or k in text for k in (key, *_keys(place.name, case.knowledge))):
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
