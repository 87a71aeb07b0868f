"""Rules about the agencies that a plan gives work to."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import re
from collections.abc import Iterator, Sequence

from vanban.check.case import Case, day
from vanban.check.names import Place, keys_of, names_of, places_of, printed_lines
from vanban.knowledge import KEPT, Agency, Knowledge, Successor
from vanban.model import Finding, Lines, Severity
from vanban.text import fold, nfc

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


@dataclasses.dataclass(frozen=True, slots=True)
class End:
    """An agency that ended, the last day it existed, and what took its place."""

    name: str
    last_day: dt.date
    successors: tuple[Successor, ...]


def agency_abolished(case: Case) -> Iterator[Finding]:
    """Agencies that no longer exist, with who took over."""
    found: dict[str, tuple[End, list[Place]]] = {}
    for place in (*places_of(case), *(_named(case) if case.is_sound else ())):
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
    names = names_of(case.knowledge)
    for key in keys_of(name, case.knowledge):
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
    heirs = [f"{row.name}{_topic(row)}" for row in new]
    basis = "; ".join(dict.fromkeys(part for row in end.successors for part in row.basis.split("; ")))
    count = sum(place.weight == first.weight for place in places)
    vi = f"{end.name} (nêu ở {count} chỗ) không còn từ ngày {since}"
    en = f"{end.name} (in {count} places) has not existed since {since}"
    if late:
        vi, en = f"{vi}, trước khi kế hoạch ban hành", f"{en}, before the plan was issued"
    if heirs:
        vi, en = f"{vi}; việc chuyển cho {' và '.join(heirs)}", f"{en}; its work passed to {' and '.join(heirs)}"
    if basis:
        vi, en = f"{vi} (cơ sở: {basis})", f"{en} (basis: {basis})"
    return case.finding(
        "agency-abolished",
        severity,
        first.where,
        printed_lines(case, first),
        vi=f"{vi}; bạn hãy giao lại cho cơ quan hiện nay.",
        en=f"{en}; assign it to the agency of today.",
        suggestion="; ".join(dict.fromkeys(row.name for row in new)) or None,
    )


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


# --- in running text ---------------------------------------------------------------------------------------------


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


@functools.lru_cache(maxsize=KEPT)
def _ended_names(knowledge: Knowledge) -> re.Pattern[str]:
    names = {s.of for s in knowledge.successors if s.kind == "agency" and re.match(r"Sở |Bộ |Ban Tuyên giáo ", s.of)}
    short = {"Sở TTTT", "Sở TT&TT", "Bộ TTTT", "Bộ TT&TT", "Sở LĐTBXH", "Sở LĐ-TB&XH", "Bộ LĐTBXH", "Bộ LĐ-TB&XH"}
    listed = sorted((*names, *short), key=len, reverse=True)
    return re.compile("|".join(re.escape(name).replace(r"\ ", r" +") for name in listed))


def _plain(name: str) -> str:
    return re.sub(r"\s*[-–—]\s*", " ", nfc(name))
