"""What a stated time means: kind, first and last day (contract ``plan/1``, definition ``when``)."""

from __future__ import annotations

import re
import unicodedata

from vanban.dates.calendar import DATE, NAM, THANG, flat
from vanban.dates.spans import YEAR, Span, bounds, excluded, find_spans, last_day, period, relations, year_for
from vanban.model import TimeKind, When

# A document named inside the phrase, with its date: its numbers are no times.
_DOCUMENT = re.compile(
    rf"(?:so\s*:?\s*)?\b\d+(?:\s?/\s?{YEAR})?\s?[/-]\s?[a-z]{{2,}}[a-z&]*\s?[-/]\s?[a-z&\d-]+(?:\s*,?\s*ngay\s+{DATE})?"
)
_RECURRENT: tuple[tuple[TimeKind, str], ...] = (
    ("half_yearly", r"0?6 thang\s?(?:/|mot|1|01)\s?(?:1 |01 |mot )?lan|(?:dinh ky|hang|moi) 0?6 thang\b|nua nam"
                    r"|0?2 lan/nam"),
    ("quarterly", r"(?:hang|moi|tung|theo|dinh ky) qu[yi]\b(?! (?:dinh|che|trinh|hoach|mo|chuan|luat|uoc))|"
                  r"qu[yi]\s?/\s?lan|0?3 thang\s?/\s?(?:0?1 )?lan"
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


_LONGEST = 1000  # a stated time is a phrase or a sentence; what stands farther on is another


def parse_when(text: str, *, context_year: int | None = None) -> When:
    """What ``text``, the whole printed phrase, means.

    ``context_year`` completes a date without a year ("Quý IV", "trước ngày 15/12"); without it, it is ``other``.
    A phrase that states several times gives the first (see ``parse_all``). Never raises: what is not understood is
    ``other``. "Trước" excludes the day it names, so "trước ngày 30/11/2025" has the last day 29/11/2025.
    """
    return parse_all(text, context_year=context_year)[0]


def parse_all(text: str, *, context_year: int | None = None) -> tuple[When, ...]:
    """Every time that the first 1,000 characters of ``text`` state, at least one; each keeps the whole phrase.

    "trước ngày 01/6 và 15/11 hằng năm (hoặc đột xuất)" gives two yearly times and one ``other``.
    """
    printed = unicodedata.normalize("NFC", text)
    low = " ".join(flat(printed[:_LONGEST]).split())
    low = _DOCUMENT.sub(lambda m: "~" * len(m[0]), low)
    low = _BY_DOCUMENT.sub("~", low)
    spans = find_spans(low)
    kinds = _rhythms(low)
    dated = [s for s in spans if s.year is None and s.first == s.last]
    whens: list[When]
    if kinds and dated and "monthly" not in kinds and "weekly" not in kinds:
        # "6 tháng (trước 15/6) và hằng năm (trước 15/12)": each day comes once a year.
        whens = _yearly(printed, low, spans, context_year)
        if "thang cuoi qu" in low:
            whens.insert(0, When(printed, "quarterly"))
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
    if "thang cuoi qu" in low:
        hits.pop("monthly", None)  # "tháng cuối quý" is one month in three
    if hits and _CONTINUOUS.search(low) and not re.search(rf"ngay \d|\d/\d|tuan|truoc|{THANG} \d|qu[yi] ", low):
        return ["continuous"]
    return sorted(hits, key=lambda kind: hits[kind])


_UNIT = r"0?6 thang|ngay|tuan|thang|qu[yi](?! (?:dinh|che|trinh|hoach|mo|chuan))|nam"
_UNIT_KIND: dict[str, TimeKind] = {
    "6 thang": "half_yearly",
    "ngay": "daily",
    "tuan": "weekly",
    "thang": "monthly",
    "quy": "quarterly",
    "qui": "quarterly",
    "nam": "yearly",
}


def _rhythm(kind: TimeKind, printed: str, low: str, spans: list[Span], context_year: int | None) -> list[When]:
    if kind == "yearly":
        return _yearly(printed, low, spans, context_year)
    if kind == "monthly":
        return _monthly(printed, low, spans, context_year)
    start, due = period(low, spans, context_year)
    return [When(printed, kind, start, due)]


def _yearly(printed: str, low: str, spans: list[Span], context_year: int | None) -> list[When]:
    """Yearly times, one a printed day, month or quarter without a year."""
    start, due = period(low, [s for s in spans if s.year is not None], None)
    if not any(s.ranged for s in spans) and re.search(r"\bva\b|tiep theo|tro di|nam sau", low) and start and due:
        # "Năm 2023 và cập nhật các năm tiếp theo": it begins in that year and has no end.
        due = None
    whens = []
    has_days = any(s.year is None and s.first == s.last for s in spans)
    for span, relation in zip(spans, relations(low, spans), strict=True):
        if has_days and span.first != span.last:
            continue  # "6 tháng đầu năm (trước ngày 15/6)"
        years = (context_year, 2001, 2000)  # 29/02 needs a leap year
        last = next((d for y in years if y and (d := last_day(span, relation, y))), None) if span.year is None else None
        if last is not None:
            whens.append(When(printed, "yearly", start, due, month_day=f"{last.month:02d}-{last.day:02d}"))
    return whens or [When(printed, "yearly", start, due)]


def _monthly(printed: str, low: str, spans: list[Span], context_year: int | None) -> list[When]:
    start, due = period(low, [s for s in spans if s.year is not None], context_year)
    whens = []
    before = False
    last_end = -1
    for match in re.finditer(rf"\b(?:ngay|truoc)\s+(\d{{1,2}})\b(?!\s?[/-]\s?\d)(?!\s+{THANG}\s+\d)", low):
        day = int(match[1])
        if not 1 <= day <= 31:
            continue
        joined = last_end >= 0 and re.fullmatch(r"\s?(?:,|;|va|hoac)?\s?", low[last_end : match.start()])
        before = match[0].startswith("truoc") or excluded(low, match.start()) or (before and bool(joined))
        last_end = match.end()
        if before:
            day = day - 1 or 31  # the day before the first is the last of the month
        whens.append(When(printed, "monthly", start, due, day=day))
    return whens or [When(printed, "monthly", start, due)]


def _undated_rhythm(printed: str, low: str, spans: list[Span], context_year: int | None) -> list[When]:
    days = [s for s in spans if s.first == s.last]
    all_days = len(days) == len(spans) > 0
    if "dinh ky" in low and all_days and not context_year and all(s.year is None for s in days):
        # "định kỳ trước ngày 11/11": a rhythm of days without a year is the year's.
        return _yearly(printed, low, spans, None)
    start, due = period(low, spans, context_year)
    if _CONTINUOUS.search(low):
        return [When(printed, "continuous", start, due)]
    if start is None and due is None:
        return [When(printed, "other")]
    if all_days and len(days) > 1 and re.search(r"\bva\b|,|;", low) and not re.search(r"\btu\b|\bden\b|-", low):
        years = [year_for(spans, i, context_year) for i in range(len(spans))]
        bounded = zip(spans, relations(low, spans), years, strict=True)
        return [When(printed, "once", *bounds(s, r, y)) for s, r, y in bounded]
    return [When(printed, "once", start, due)]
