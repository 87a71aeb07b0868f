"""Days, months, quarters and years that a phrase prints, and what the words around them make of them."""

from __future__ import annotations

import calendar as cal
import dataclasses
import datetime as dt
import re

from vanban.dates.calendar import DATE, NAM, THANG, date_of, make_date

_DAY = dt.timedelta(days=1)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "01": 1, "02": 2, "03": 3, "04": 4}
_Q = r"(?:iv|i{1,3}|0?[1-4])\b"
YEAR = r"(?:19|20)\d{2}"
_OF_YEAR = rf"(?:\s?[/-]\s?|\s*,?\s*(?:cua\s+)?{NAM}\s+|\s+)(?P<%s>{YEAR})\b(?!\s?/)"
_AND = r"\s?(?:,|-|&|;|\+|va|den|den het)\s?"

_HOUR = r"\d{1,2}\s?(?:h|g|gio|:)\s?(?:\d{2})?(?:\s?phut)?\s*,?\s*"


@dataclasses.dataclass(frozen=True, slots=True)
class Span:
    """A printed day, month, quarter or year: month and day numbers from first to last; ``year`` None = not printed."""

    at: int
    end_at: int
    year: int | None
    first: tuple[int, int]
    last: tuple[int, int]
    last_year: int | None = None
    open_start: bool = False
    open_end: bool = False
    ranged: bool = False  # "tháng 6 đến tháng 12", "2026 - 2030": both ends are printed in it

    def days(self, year: int | None) -> tuple[dt.date, dt.date] | None:
        year = self.year or year
        if year is None:
            return None
        first = make_date(year, *self.first)
        end_year = self.last_year or year
        month, day = self.last
        last = make_date(end_year, month, cal.monthrange(end_year, month)[1] if day == 0 else day)
        return (first, last) if first and last and first <= last else None


_SPANS = (
    re.compile(rf"(?<![\d/.-])(?:(?P<d0>\d{{1,2}})\s?(?:-|den|den ngay|toi)\s?(?:ngay )?)?(?P<full>{DATE})"),
    re.compile(
        rf"(?P<half>\b(?:0?(?P<n>[369])|sau|chin|ba) {THANG} (?P<part>dau|cuoi) {NAM})"
        rf"(?:{_OF_YEAR % 'yh'}|(?P<yh2>\s+{YEAR})\b)?"
    ),
    re.compile(
        rf"\bqu[yi]\s+(?P<q1>{_Q})(?:{_AND}(?:qu[yi]\s+)?(?P<q2>{_Q}))?(?:{_AND}(?:qu[yi]\s+)?(?P<q3>{_Q}))?"
        rf"(?:{_AND}(?:qu[yi]\s+)?(?P<q4>{_Q}))?(?:{_OF_YEAR % 'yq'})?"
    ),
    re.compile(
        rf"(?:^\s*|\bq\.?\s?)(?P<qa>iv|i{{1,3}})\s?[/-]\s?(?P<yqa>{YEAR})\b"
        rf"|\bq\.?\s?(?P<qb>[1-4])\s?[/-]\s?(?P<yqb>{YEAR})\b"
    ),
    re.compile(
        rf"(?<![\d/.-])(?:ngay\s+)?(?P<dm>(?P<d>\d{{1,2}})\s?/\s?(?P<m>\d{{1,2}}))(?![\d/.]|\s?/\s?[a-z\d])"
        rf"|\bngay\s+(?P<dm2>(?P<d3>\d{{1,2}})\s+{THANG}\s+(?P<m3>\d{{1,2}}))(?!\d|[/-]\d)"
    ),
    re.compile(
        rf"\b{THANG}\s+(?P<ma>\d{{1,2}})(?!\d)(?:{_AND}(?:{THANG}\s+)?(?P<mb>\d{{1,2}})(?![\d]|\s?/\s?\d{{1,2}}\b(?!\d)))?"
        rf"(?:{_OF_YEAR % 'ym'})?"
    ),
    re.compile(rf"(?:(?<![\d/.-])|(?<=\bt)|(?<=\bt\.))(?P<mo>\d{{1,2}})\s?[/-]\s?(?P<yo>{YEAR})\b(?!\s?/)"),
    re.compile(rf"(?P<edge>\b(?:cuoi|dau|giua|trong|ca)\s+{NAM}\b(?!\s+{YEAR}\s?-))(?:\s+(?P<ye>{YEAR})\b)?"),
    re.compile(rf"(?<![\d/.])(?P<ya>{YEAR})\s?(?:-|den|den {NAM})\s?(?P<yb>{YEAR})\b(?![/.]\d)"),
    re.compile(rf"(?<![\d/.])(?P<year>{YEAR})\b(?![/.]\d)"),
)


def find_spans(low: str) -> list[Span]:
    """Every printed day, month, quarter and year, in order; what an earlier pattern took is not read again."""
    taken: list[tuple[int, int]] = []
    spans: list[Span] = []
    for pattern in _SPANS:
        for match in pattern.finditer(low):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            found = _enumerated(match) or [span for span in (_span(match),) if span is not None]
            if found:
                spans += found
                taken.append((match.start(), match.end()))
    return sorted(spans, key=lambda s: s.at)


def _enumerated(match: re.Match[str]) -> list[Span]:
    """ "Tháng 6 và tháng 12 hằng năm", "quý II, IV": without a year these are several, not one from first to last."""
    group = {k: v for k, v in match.groupdict().items() if v is not None}
    names = [k for k in ("ma", "mb", "q1", "q2", "q3", "q4") if k in group]
    if len(names) < 2 or "ym" in group or "yq" in group or re.search(r"-|den|toi", match[0]):
        return []
    at, end = match.start(), match.end()
    numbers = [int(group[k]) if k in ("ma", "mb") else _QUARTERS[group[k].strip()] for k in names]
    if names[0] == "ma":
        found = [_months(at, end, None, n, n) for n in numbers]
    else:
        found = [Span(at, end, None, (3 * n - 2, 1), (3 * n, 0)) for n in numbers]
    return [span for span in found if span is not None]


def _span(match: re.Match[str]) -> Span | None:
    group = {k: v for k, v in match.groupdict().items() if v is not None}
    at, end = match.start(), match.end()
    if "full" in group:
        date = date_of(match)
        if date is None:
            return None
        first = min(int(group.get("d0") or date.day), date.day) or date.day
        return Span(at, end, date.year, (date.month, first), (date.month, date.day), ranged=first < date.day)
    if "half" in group:
        months = int(group.get("n") or {"sau": 6, "chin": 9, "ba ": 3}.get(group["half"][:3].strip(), 6))
        year = _int(group.get("yh") or group.get("yh2"))
        if group["part"] == "dau":
            return Span(at, end, year, (1, 1), (months, 0))
        return Span(at, end, year, (13 - months, 1), (12, 0))
    if "q1" in group or "qa" in group or "qb" in group:
        printed = [group[k].strip() for k in ("q1", "q2", "q3", "q4", "qa", "qb") if k in group]
        numbers = [_QUARTERS[q] for q in printed]
        year = _int(group.get("yq") or group.get("yqa") or group.get("yqb"))
        return Span(at, end, year, (3 * min(numbers) - 2, 1), (3 * max(numbers), 0))
    if "dm" in group or "dm2" in group:
        day, month = int(group.get("d") or group["d3"]), int(group.get("m") or group["m3"])
        return Span(at, end, None, (month, day), (month, day)) if make_date(2000, month, day) else None
    if "ma" in group:
        span = _months(at, end, _int(group.get("ym")), int(group["ma"]), int(group.get("mb") or group["ma"]))
        return span and dataclasses.replace(span, ranged="mb" in group)
    if "mo" in group:
        return _months(at, end, int(group["yo"]), int(group["mo"]), int(group["mo"]))
    if "edge" in group:
        where = group["edge"].split()[0]
        open_start, open_end = where == "cuoi", where == "dau"  # "cuối năm" begins on no printed day
        return Span(at, end, _int(group.get("ye")), (1, 1), (12, 31), None, open_start, open_end)
    if "ya" in group:
        if int(group["ya"]) > int(group["yb"]):
            return None
        return Span(at, end, int(group["ya"]), (1, 1), (12, 31), int(group["yb"]), ranged=True)
    return Span(at, end, int(group["year"]), (1, 1), (12, 31))


def _months(at: int, end: int, year: int | None, first: int, last: int) -> Span | None:
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    if first > last:  # "tháng 11 - 3/2026" runs over the new year
        return Span(at, end, year - 1 if year else None, (first, 1), (last, 0), year)
    return Span(at, end, year, (first, 1), (last, 0))


def _int(digits: str | None) -> int | None:
    return int(digits) if digits else None


# --- how the words around a span bound it -------------------------------------------------------------------------

_BEFORE = re.compile(
    rf"\b(?:truoc|trudc|truec|trwoc)\s+(?:{_HOUR})?(?:het\s+)?(?:ngay\s+)?(?:{THANG}\s+|{NAM}\s+)?(?:thu\s+\w+\s+)?$"
)
_BEFORE_HOUR = re.compile(rf"\b(?:truoc|trudc|truec)\s+(?:{_HOUR}|het\s+)(?:ngay\s+)?(?:{NAM}\s+)?$")
_UNTIL = re.compile(
    r"(?:\b(?:den|toi|cham nhat|muon nhat|khong qua|khong cham qua|han cuoi|han chot|chot|xong"
    r"|hoan thanh)\b[\s:]*|-\s*)"
    rf"(?:la\s+)?(?:truoc\s+)?(?:vao\s+)?(?:{_HOUR})?(?:cuoi\s+|het\s+)?(?:ngay\s+|{NAM}\s+|{THANG}\s+)?$"
)
_FROM = re.compile(
    rf"\b(?:tu|tir|tur|tw|ke tu|bat dau|bat dau tu|bat dau vao|khoi dong)\s+(?:{_HOUR})?(?:sau\s+)?(?:dau\s+)?"
    rf"(?:ngay\s+|{NAM}\s+|{THANG}\s+)?$"
)
_AFTER = re.compile(rf"\bsau\s+(?:ngay\s+|{NAM}\s+|{THANG}\s+)?$")


def excluded(low: str, at: int) -> bool:
    """Whether "trước" governs what stands at ``at``; "trước 17 giờ ngày …" still lets the day count."""
    head = low[:at]
    return bool(_BEFORE.search(head)) and not _BEFORE_HOUR.search(head)


def relations(low: str, spans: list[Span]) -> list[str]:
    """The word that bounds each span; "trước ngày 01/6 và 15/11": an enumerated day shares it with the one before."""
    found: list[str] = []
    for index, span in enumerate(spans):
        relation = _rel(low, span)
        between = low[spans[index - 1].end_at : span.at] if index else ""
        if index and not relation and re.fullmatch(r"\s?(?:,|;|va|hoac|, va)?\s?(?:ngay\s?)?", between):
            relation = found[-1]
        found.append(relation)
    return found


def _rel(low: str, span: Span) -> str:
    """The word that bounds ``span``: "before", "until", "from", "after" or ""."""
    head = low[: span.at]
    if excluded(low, span.at):
        return "before"
    if _BEFORE_HOUR.search(head):
        return "until"
    if _FROM.search(head):
        return "from"
    if _AFTER.search(head):
        return "after"
    match = _UNTIL.search(head)
    if match is None:
        return ""
    if match[0].startswith(("xong", "hoan thanh")) and span.first != span.last:
        return ""  # "hoàn thành năm 2025": within that year
    return "until"


def last_day(span: Span, relation: str, year: int) -> dt.date | None:
    """The last day of a span without a year that still counts."""
    days = span.days(year)
    if days is None:
        return None
    return days[0] - _DAY if relation == "before" else days[1]


def year_for(spans: list[Span], index: int, context_year: int | None) -> int | None:
    """The year of a span: its own, or that printed with the next or the last one before, or the context's."""
    if spans[index].year is not None:
        return spans[index].year
    for other in spans[index + 1 :]:
        if other.year is not None:
            return other.year
    for other in reversed(spans[:index]):
        if other.year is not None:
            return other.last_year or other.year
    return context_year


def bounds(span: Span, relation: str, year: int | None) -> tuple[dt.date | None, dt.date | None]:
    """First and last day that the words around one span allow."""
    days = span.days(year)
    if days is None:
        return None, None
    first: dt.date | None = None if span.open_start else days[0]
    last: dt.date | None = None if span.open_end else days[1]
    if span.ranged and relation in ("from", "until"):
        return first, last
    if relation == "before":
        return None, (days[1] if span.open_start else days[0] - _DAY)
    if relation == "until":
        return None, last
    if relation == "from":
        return first, None
    if relation == "after":
        return days[1] + _DAY, None
    return first, last


def period(low: str, spans: list[Span], context_year: int | None) -> tuple[dt.date | None, dt.date | None]:
    """First and last day that the whole phrase allows; both None where it names none, or where they contradict."""
    starts: list[dt.date] = []
    ends: list[dt.date] = []
    bounded_end: dt.date | None = None
    bounded_start: dt.date | None = None
    for index, (span, relation) in enumerate(zip(spans, relations(low, spans), strict=True)):
        start, end = bounds(span, relation, year_for(spans, index, context_year))
        if span.ranged and relation in ("from", "until"):
            bounded_start, bounded_end = bounded_start or start, bounded_end or end
        elif relation in ("from", "after"):
            bounded_start = bounded_start or start
        elif relation in ("before", "until"):
            bounded_end = bounded_end or end
            if relation == "until" and index and "-" in low[spans[index - 1].end_at : span.at] and end:
                ends.append(end)
        else:
            starts += [start] if start else []
            ends += [end] if end else []
    start = bounded_start or (min(starts) if starts else None)
    due = bounded_end or (max(ends) if ends else None)
    if bounded_start and not bounded_end and ends:
        due = max(ends)
    if bounded_end and not bounded_start:
        start = min(starts) if starts else None
    if start and due and start > due:
        year_before = make_date(start.year - 1, start.month, start.day)
        if any(s.year is None for s in spans) and year_before and year_before <= due:
            return year_before, due  # "Từ 01/12 đến 15/01/2026": the year printed is the last one's
        return (None, None)
    return start, due
