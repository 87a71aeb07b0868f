"""What a stated time means: kind, first and last day (contract ``plan/1``, definition ``when``)."""

from __future__ import annotations

import calendar as cal
import dataclasses
import datetime as dt
import re
import unicodedata

from vanban.dates.calendar import DATE, NAM, THANG, date_of, flat, make_date
from vanban.model import TimeKind, When

_DAY = dt.timedelta(days=1)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "01": 1, "02": 2, "03": 3, "04": 4}
_Q = r"(?:iv|i{1,3}|0?[1-4])\b"
_YEAR = r"(?:19|20)\d{2}"
_OF_YEAR = rf"(?:\s?[/-]\s?|\s*,?\s*(?:cua\s+)?{NAM}\s+|\s+)(?P<%s>{_YEAR})\b(?!\s?/)"
_AND = r"\s?(?:,|-|&|;|va|den|den het)\s?"

# A document named inside the phrase, with its date: its numbers are no times.
_DOCUMENT = re.compile(
    rf"(?:so\s*:?\s*)?\b\d+(?:\s?/\s?{_YEAR})?\s?[/-]\s?[a-z]{{2,}}[a-z&]*\s?[-/]\s?[a-z&\d-]+(?:\s*,?\s*ngay\s+{DATE})?"
)
_HOUR = r"\d{1,2}\s?(?:h|g|gio|:)\s?(?:\d{2})?(?:\s?phut)?\s*,?\s*"
_RECURRENT: tuple[tuple[TimeKind, str], ...] = (
    ("half_yearly", r"0?6 thang\s?(?:/|mot|1|01)\s?(?:1 |01 |mot )?lan|(?:dinh ky|hang|moi) 0?6 thang\b|nua nam"
                    r"|0?2 lan/nam"),
    ("quarterly", r"(?:hang|moi|tung|theo|dinh ky) qu[yi]\b|qu[yi]\s?/\s?lan|0?3 thang\s?/\s?(?:0?1 )?lan"
                  r"|thang cuoi qu[yi]"),
    ("monthly", rf"(?:hang|moi|tung|cac) {THANG}\b|(?:1|01|mot)?\s?{THANG}\s?/\s?(?:0?1 )?lan|dinh ky {THANG}\b"),
    ("weekly", r"(?:hang|moi|tung) tuan\b|tuan\s?/\s?(?:0?1 )?lan"),
    ("daily", r"(?:hang|moi|tung) ngay\b(?! \d)"),
    ("yearly", rf"(?:hang|moi|tung) {NAM}\b|cac {NAM} (?:tiep theo|sau|ke tiep|tiep)|{NAM}\s?/\s?(?:0?1 )?lan"
               rf"|nhung {NAM} tiep theo|dinh ky {NAM}\b"),
)  # fmt: skip
_CONTINUOUS = re.compile(r"thuong xuyen|thudng xuyen|lien tuc|trong suot|xuyen suot")
_AD_HOC = re.compile(r"dot xuat|khi co yeu cau|theo yeu cau")
# "theo Kế hoạch xây dựng dự toán hàng năm": the yearly thing is the document, not the time.
_BY_DOCUMENT = re.compile(
    rf"(?:theo|can cu|phu hop)\s+(?:[^,;.]*\s)?(?:ke hoach|du toan|chuong trinh|lo trinh|ngan sach|quy dinh)\b[^,;.]*?"
    rf"\s(?:hang|moi|tung) {NAM}\b"
)


@dataclasses.dataclass(frozen=True, slots=True)
class _Span:
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
        rf"(?:{_OF_YEAR % 'yh'}|(?P<yh2>\s+{_YEAR})\b)?"
    ),
    re.compile(
        rf"\bqu[yi]\s+(?P<q1>{_Q})(?:{_AND}(?:qu[yi]\s+)?(?P<q2>{_Q}))?(?:{_AND}(?:qu[yi]\s+)?(?P<q3>{_Q}))?"
        rf"(?:{_AND}(?:qu[yi]\s+)?(?P<q4>{_Q}))?(?:{_OF_YEAR % 'yq'})?"
    ),
    re.compile(
        rf"^\s*(?:q\.?\s?)?(?P<qa>iv|i{{1,3}})\s?[/-]\s?(?P<yqa>{_YEAR})\b|\bq(?P<qb>[1-4])\s?[/-]\s?(?P<yqb>{_YEAR})\b"
    ),
    re.compile(
        rf"(?<![\d/.-])(?:ngay\s+)?(?P<dm>(?P<d>\d{{1,2}})\s?/\s?(?P<m>\d{{1,2}}))(?![\d/.]|\s?/\s?[a-z\d])"
        rf"|\bngay\s+(?P<dm2>(?P<d3>\d{{1,2}})\s+{THANG}\s+(?P<m3>\d{{1,2}}))(?!\d|[/-]\d)"
    ),
    re.compile(
        rf"\b{THANG}\s+(?P<ma>\d{{1,2}})(?!\d)(?:{_AND}(?:{THANG}\s+)?(?P<mb>\d{{1,2}})(?![\d]|\s?/\s?\d{{1,2}}\b(?!\d)))?"
        rf"(?:{_OF_YEAR % 'ym'})?"
    ),
    re.compile(rf"(?<![\d/.-])(?P<mo>\d{{1,2}})\s?[/-]\s?(?P<yo>{_YEAR})\b(?!\s?/)"),
    re.compile(rf"(?P<edge>\b(?:cuoi|dau|giua)\s+{NAM}\b)(?:\s+(?P<ye>{_YEAR})\b)?"),
    re.compile(rf"(?<![\d/.])(?P<ya>{_YEAR})\s?(?:-|den|den {NAM})\s?(?P<yb>{_YEAR})\b(?![/.]\d)"),
    re.compile(rf"(?<![\d/.])(?P<year>{_YEAR})\b(?![/.]\d)"),
)


def parse_when(text: str, *, context_year: int | None = None) -> When:
    """What ``text``, the whole printed phrase, means.

    ``context_year`` completes a date without a year ("Quý IV", "trước ngày 15/12"); without it, it is ``other``.
    A phrase that states several times gives the first (see ``parse_all``). Never raises: what is not understood is
    ``other``. "Trước" excludes the day it names, so "trước ngày 30/11/2025" has the last day 29/11/2025.
    """
    return parse_all(text, context_year=context_year)[0]


def parse_all(text: str, *, context_year: int | None = None) -> tuple[When, ...]:
    """Every time that ``text`` states, at least one; each keeps the whole phrase as its text.

    "trước ngày 01/6 và 15/11 hằng năm (hoặc đột xuất)" gives two yearly times and one ``other``.
    """
    printed = unicodedata.normalize("NFC", text)
    low = " ".join(flat(printed).split())
    low = _DOCUMENT.sub(lambda m: "~" * len(m[0]), low)
    low = _BY_DOCUMENT.sub("~", low)
    spans = _find_spans(low)
    kinds = _rhythms(low)
    dated = [s for s in spans if s.year is None and s.first == s.last]
    whens: list[When]
    if kinds and dated and "monthly" not in kinds and "weekly" not in kinds:
        # "6 tháng (trước 15/6) và hằng năm (trước 15/12)": each day comes once a year.
        whens = _yearly(printed, low, spans, context_year)
    elif kinds:
        whens = [w for kind in kinds for w in _rhythm(kind, printed, low, spans, context_year)]
    else:
        whens = _undated_rhythm(printed, low, spans, context_year)
    if _AD_HOC.search(low) and any(w.kind != "other" for w in whens):
        whens.append(When(printed, "other"))
    return tuple(whens)


def _rhythms(low: str) -> list[TimeKind]:
    """The rhythms that the phrase states, in order; a rhythm with a day of its own wins over "thường xuyên"."""
    hits: dict[TimeKind, int] = {}
    for kind, pattern in _RECURRENT:
        match = re.search(pattern, low)
        if match:
            hits[kind] = match.start()
    listed = re.search(rf"(?:dinh ky|hang|moi)\s+(?:{_UNIT})(?:\s?(?:,|va|hoac|;)\s?(?:hang |moi )?(?:{_UNIT}))*", low)
    if listed:
        for unit in re.finditer(_UNIT, low[listed.start() : listed.end()]):
            kind = _UNIT_KIND[unit[0].split()[-1] if not unit[0].endswith("thang") or unit[0] == "thang" else "6 thang"]
            hits.setdefault(kind, listed.start() + unit.start())
    if "thang cuoi qu" in low and "quarterly" in hits:
        return ["quarterly"]
    if hits and _CONTINUOUS.search(low) and not re.search(rf"ngay \d|\d/\d|tuan|truoc|{THANG} \d|qu[yi] ", low):
        return ["continuous"]
    return sorted(hits, key=lambda kind: hits[kind])


_UNIT = r"0?6 thang|ngay|tuan|thang|qu[yi]|nam"
_UNIT_KIND: dict[str, TimeKind] = {
    "6 thang": "half_yearly",
    "ngay": "daily",
    "tuan": "weekly",
    "thang": "monthly",
    "quy": "quarterly",
    "qui": "quarterly",
    "nam": "yearly",
}


def _rhythm(kind: TimeKind, printed: str, low: str, spans: list[_Span], context_year: int | None) -> list[When]:
    if kind == "yearly":
        return _yearly(printed, low, spans, context_year)
    if kind == "monthly":
        return _monthly(printed, low, spans, context_year)
    start, due = _period(low, spans, context_year)
    return [When(printed, kind, start, due)]


def _yearly(printed: str, low: str, spans: list[_Span], context_year: int | None) -> list[When]:
    """Yearly times, one a printed day, month or quarter without a year."""
    start, due = _period(low, [s for s in spans if s.year is not None], None)
    if not any(s.ranged for s in spans) and re.search(r"\bva\b|tiep theo|tro di|nam sau", low) and start and due:
        # "Năm 2023 và cập nhật các năm tiếp theo": it begins in that year and has no end.
        due = None
    whens = []
    for span, relation in zip(spans, _relations(low, spans), strict=True):
        last = _last_day(span, relation, context_year or 2001) if span.year is None else None
        if last is not None:
            whens.append(When(printed, "yearly", start, due, month_day=f"{last.month:02d}-{last.day:02d}"))
    return whens or [When(printed, "yearly", start, due)]


def _monthly(printed: str, low: str, spans: list[_Span], context_year: int | None) -> list[When]:
    start, due = _period(low, [s for s in spans if s.year is not None], context_year)
    whens = []
    before = False
    last_end = -1
    for match in re.finditer(rf"\bngay\s+(\d{{1,2}})\b(?!\s?[/-]\s?\d)(?!\s+{THANG}\s+\d)", low):
        day = int(match[1])
        if not 1 <= day <= 31:
            continue
        joined = last_end >= 0 and re.fullmatch(r"\s?(?:,|;|va|hoac)?\s?", low[last_end : match.start()])
        before = _before(low, match.start()) or (before and bool(joined))
        last_end = match.end()
        if before:
            day = day - 1 or 31  # the day before the first is the last of the month
        whens.append(When(printed, "monthly", start, due, day=day))
    return whens or [When(printed, "monthly", start, due)]


def _undated_rhythm(printed: str, low: str, spans: list[_Span], context_year: int | None) -> list[When]:
    days = [s for s in spans if s.first == s.last]
    all_days = len(days) == len(spans) > 0
    if "dinh ky" in low and all_days and not context_year and all(s.year is None for s in days):
        # "định kỳ trước ngày 11/11": a rhythm of days without a year is the year's.
        return _yearly(printed, low, spans, None)
    start, due = _period(low, spans, context_year)
    if _CONTINUOUS.search(low):
        return [When(printed, "continuous", start, due)]
    if start is None and due is None:
        return [When(printed, "other")]
    if all_days and len(days) > 1 and re.search(r"\bva\b|,|;", low) and not re.search(r"\btu\b|\bden\b|-", low):
        relations = _relations(low, spans)
        years = [_year_for(spans, i, context_year) for i in range(len(spans))]
        return [When(printed, "once", *_bounds(s, r, y)) for s, r, y in zip(spans, relations, years, strict=True)]
    return [When(printed, "once", start, due)]


# --- spans of days ------------------------------------------------------------------------------------------------


def _find_spans(low: str) -> list[_Span]:
    """Every printed day, month, quarter and year, in order; what an earlier pattern took is not read again."""
    taken: list[tuple[int, int]] = []
    spans: list[_Span] = []
    for pattern in _SPANS:
        for match in pattern.finditer(low):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            span = _span(match)
            if span is not None:
                spans.append(span)
                taken.append((match.start(), match.end()))
    return sorted(spans, key=lambda s: s.at)


def _span(match: re.Match[str]) -> _Span | None:
    group = {k: v for k, v in match.groupdict().items() if v is not None}
    at, end = match.start(), match.end()
    if "full" in group:
        date = date_of(match)
        if date is None:
            return None
        first = int(group.get("d0") or date.day)
        return _Span(at, end, date.year, (date.month, first), (date.month, date.day), ranged=first < date.day)
    if "half" in group:
        months = int(group.get("n") or {"sau": 6, "chin": 9, "ba ": 3}.get(group["half"][:3].strip(), 6))
        year = _int(group.get("yh") or group.get("yh2"))
        if group["part"] == "dau":
            return _Span(at, end, year, (1, 1), (months, 0))
        return _Span(at, end, year, (13 - months, 1), (12, 0))
    if "q1" in group or "qa" in group or "qb" in group:
        printed = [group[k].strip() for k in ("q1", "q2", "q3", "q4", "qa", "qb") if k in group]
        numbers = [_QUARTERS[q] for q in printed]
        year = _int(group.get("yq") or group.get("yqa") or group.get("yqb"))
        return _Span(at, end, year, (3 * min(numbers) - 2, 1), (3 * max(numbers), 0))
    if "dm" in group or "dm2" in group:
        day, month = int(group.get("d") or group["d3"]), int(group.get("m") or group["m3"])
        return _Span(at, end, None, (month, day), (month, day)) if make_date(2000, month, day) else None
    if "ma" in group:
        span = _months(at, end, _int(group.get("ym")), int(group["ma"]), int(group.get("mb") or group["ma"]))
        return span and dataclasses.replace(span, ranged="mb" in group)
    if "mo" in group:
        return _months(at, end, int(group["yo"]), int(group["mo"]), int(group["mo"]))
    if "edge" in group:
        where = group["edge"].split()[0]
        return _Span(at, end, _int(group.get("ye")), (1, 1), (12, 31), None, where != "dau", where != "cuoi")
    if "ya" in group:
        if int(group["ya"]) > int(group["yb"]):
            return None
        return _Span(at, end, int(group["ya"]), (1, 1), (12, 31), int(group["yb"]), ranged=True)
    return _Span(at, end, int(group["year"]), (1, 1), (12, 31))


def _months(at: int, end: int, year: int | None, first: int, last: int) -> _Span | None:
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    if first > last:  # "tháng 11 - 3/2026" runs over the new year
        return _Span(at, end, year - 1 if year else None, (first, 1), (last, 0), year)
    return _Span(at, end, year, (first, 1), (last, 0))


def _int(digits: str | None) -> int | None:
    return int(digits) if digits else None


# --- how the words around a span bound it -------------------------------------------------------------------------

_BEFORE = re.compile(
    rf"\b(?:truoc|trudc|truec|trwoc)\s+(?:{_HOUR})?(?:het\s+)?(?:ngay\s+)?(?:{THANG}\s+|{NAM}\s+)?(?:thu\s+\w+\s+)?$"
)
_BEFORE_HOUR = re.compile(rf"\b(?:truoc|trudc|truec)\s+(?:{_HOUR}|het\s+)(?:ngay\s+)?(?:{NAM}\s+)?$")
_UNTIL = re.compile(
    r"(?:\b(?:den|toi|cham nhat|muon nhat|khong qua|khong cham qua|han cuoi|han chot|chot|xong|hoan thanh)\b[\s:]*|-\s*)"
    rf"(?:la\s+)?(?:truoc\s+)?(?:vao\s+)?(?:{_HOUR})?(?:cuoi\s+|het\s+)?(?:ngay\s+|{NAM}\s+|{THANG}\s+)?$"
)
_FROM = re.compile(
    rf"\b(?:tu|tir|tur|tw|ke tu|bat dau|bat dau tu|bat dau vao|khoi dong)\s+(?:{_HOUR})?(?:sau\s+)?(?:dau\s+)?"
    rf"(?:ngay\s+|{NAM}\s+|{THANG}\s+)?$"
)
_AFTER = re.compile(rf"\bsau\s+(?:ngay\s+|{NAM}\s+|{THANG}\s+)?$")


def _before(low: str, at: int) -> bool:
    """Whether "trước" governs what stands at ``at``; "trước 17 giờ ngày …" still lets the day count."""
    head = low[:at]
    return bool(_BEFORE.search(head)) and not _BEFORE_HOUR.search(head)


def _relations(low: str, spans: list[_Span]) -> list[str]:
    """The word that bounds each span; "trước ngày 01/6 và 15/11": an enumerated day shares it with the one before."""
    found: list[str] = []
    for index, span in enumerate(spans):
        relation = _rel(low, span)
        between = low[spans[index - 1].end_at : span.at] if index else ""
        if index and not relation and re.fullmatch(r"\s?(?:,|;|va|hoac|, va)?\s?(?:ngay\s?)?", between):
            relation = found[-1]
        found.append(relation)
    return found


def _rel(low: str, span: _Span) -> str:
    """The word that bounds ``span``: "before", "until", "from", "after" or ""."""
    head = low[: span.at]
    if _before(low, span.at):
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


def _last_day(span: _Span, relation: str, year: int) -> dt.date | None:
    """The last day of a span without a year that still counts."""
    days = span.days(year)
    if days is None:
        return None
    return days[0] - _DAY if relation == "before" else days[1]


def _year_for(spans: list[_Span], index: int, context_year: int | None) -> int | None:
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


def _bounds(span: _Span, relation: str, year: int | None) -> tuple[dt.date | None, dt.date | None]:
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


def _period(low: str, spans: list[_Span], context_year: int | None) -> tuple[dt.date | None, dt.date | None]:
    """First and last day that the whole phrase allows; both None where it names none, or where they contradict."""
    starts: list[dt.date] = []
    ends: list[dt.date] = []
    bounded_end: dt.date | None = None
    bounded_start: dt.date | None = None
    for index, (span, relation) in enumerate(zip(spans, _relations(low, spans), strict=True)):
        start, end = _bounds(span, relation, _year_for(spans, index, context_year))
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
