"""Rules about the documents that a plan cites."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from vanban.check.case import Case, day, spans
from vanban.citations import Mention
from vanban.citations.symbols import symbol_key
from vanban.knowledge import Knowledge, Validity
from vanban.model import Citation, Finding, Severity
from vanban.text import fold

_YEAR = re.compile(r"^\d+/(\d{4})/")
_ENDING = re.compile(r"(?:thay thế|bãi bỏ|hết hiệu lực|sửa đổi|đình chỉ)[^.;]{0,60}$", re.IGNORECASE)
_DIRECT_BASIS = re.compile(r"(?:^|[\n;.])\s*(?:[-–+]\s*)?(?:Căn cứ|Thực hiện|Triển khai|Theo)\s+(?:các\s+)?$")
_NAMED_YEAR = re.compile(r"[\s,(]*(?:năm\s+|ngày\s+\d{1,2}/\d{1,2}/)((?:19|20)\d\d)\b")
_SAME_TITLE = 90
_SAME_BODY = 85


def citation_conflict(case: Case) -> Iterator[Finding]:
    """One document cited with two dates or two issuers, or by a body that cannot have issued it."""
    if case.is_sound:
        yield from _against_symbol(case)
        yield from _two_issuers(case)


def _against_symbol(case: Case) -> Iterator[Finding]:
    """One document cited with two dates, or by a body that its symbol excludes."""
    for at, citation in enumerate(case.plan.citations):
        mentions = _mentions(case, citation)
        dated = [mention for mention in mentions if mention.date]
        dates = Counter(mention.date for mention in dated if mention.date)
        if len(dates) > 1 and _is_one(citation, dated):
            yield _two_dates(case, at, citation, dated, dates)
        for mention in mentions:
            stated, implied = mention.issuer, _implied(mention.symbol, case.knowledge)
            if mention.issuer_stated and stated and implied and _other_body(stated, implied):
                yield case.finding(
                    "citation-conflict",
                    "error",
                    f"/citations/{at}/issuer",
                    case.lines_at(mention.start, mention.end),
                    vi=f"{_name(case, citation)} được ghi là của {stated}, nhưng ký hiệu cho biết cơ quan ban "
                    f"hành là {implied}; "
                    "bạn hãy kiểm tra lại.",
                    en=f"{_name(case, citation)} is cited as issued by {stated}, but its symbol says {implied}; "
                    "check which is right.",
                    suggestion=f"{mention.symbol} của {implied}",
                )
                break


def _two_issuers(case: Case) -> Iterator[Finding]:
    """One document said to be of two bodies."""
    for at, citation in enumerate(case.plan.citations):
        stated = [
            m for m in _mentions(case, citation) if m.issuer and m.issuer_stated and m.date in (None, citation.date)
        ]
        for mention in stated[1:]:
            first, other = stated[0].issuer or "", mention.issuer or ""
            if _are_two(first, other):
                places = [spans(case.lines_at(m.start, m.end), case.language) for m in (stated[0], mention)]
                yield case.finding(
                    "citation-conflict",
                    "error",
                    f"/citations/{at}/issuer",
                    case.lines_at(mention.start, mention.end),
                    vi=f"{_name(case, citation)} được ghi là của {first} ({places[0]}) và của {other} ({places[1]}); "
                    "bạn hãy kiểm tra và ghi thống nhất một cơ quan.",
                    en=f"{_name(case, citation)} is said to be of {first} ({places[0]}) and of {other} "
                    f"({places[1]}); "
                    "check and keep one.",
                )
                break


_LEVELS = re.compile(r"\b(?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong|dac khu)\b")


def _are_two(first: str, other: str) -> bool:
    """Whether two names cannot be one body: committees of two levels, two ministries or departments."""
    a, b = (
        fold(name).replace("ubnd", "uy ban nhan dan").replace("hdnd", "hoi dong nhan dan") for name in (first, other)
    )
    if all("nhan dan" in name for name in (a, b)):
        levels = [_LEVELS.search(name) for name in (a, b)]
        return levels[0] is not None and levels[1] is not None and levels[0][0] != levels[1][0]
    a, b = (re.sub(r"^(?:bo truong|giam doc) ", "", name) for name in (a, b))
    same_kind = any(a.startswith(head) and b.startswith(head) for head in ("bo ", "so "))
    return same_kind and a not in b and b not in a and fuzz.ratio(a, b) < _SAME_BODY


def _two_dates(case: Case, at: int, citation: Citation, dated: Sequence[Mention], dates: Counter[dt.date]) -> Finding:
    row = _row(case.knowledge, citation)
    right = row.issued if row and row.issued in dates else citation.date
    odd = next(mention for mention in dated if mention.date != right)
    listed = [
        (day(date), spans(case.lines_at(m.start, m.end), case.language))
        for date in dates
        for m in [next(mention for mention in dated if mention.date == date)]
    ]
    shown = ", ".join(f"{date} ({place})" for date, place in listed)
    return case.finding(
        "citation-conflict",
        "error",
        f"/citations/{at}/date",
        case.lines_at(odd.start, odd.end),
        vi=f"{_name(case, citation)} được ghi {len(dates)} ngày khác nhau: {shown}; bạn hãy kiểm tra và ghi thống "
        "nhất một ngày.",
        en=f"{_name(case, citation)} is cited with {len(dates)} dates: {shown}; check and keep one.",
        suggestion=f"{citation.symbol} ngày {day(right)}" if right else None,
    )


def _is_one(citation: Citation, dated: Sequence[Mention]) -> bool:
    """Whether two dates under one symbol can only be a slip.

    A symbol without a year starts anew each January (Nghị định 30/2020/NĐ-CP, Điều 15), so that two years may be two
    documents, unless day and month or the title are the same too.
    """
    if _YEAR.match(citation.symbol or ""):
        return True
    dates = {mention.date for mention in dated if mention.date}
    if len({date.year for date in dates}) == 1 or len({(date.month, date.day) for date in dates}) == 1:
        return True
    titles = {mention.title for mention in dated if mention.title}
    return len(titles) > 1 and all(fuzz.ratio(fold(a), fold(b)) >= _SAME_TITLE for a in titles for b in titles)


def citation_date(case: Case) -> Iterator[Finding]:
    """A citation whose date is not the day on which that document was issued."""
    if not case.is_sound:
        return
    for at, citation in enumerate(case.plan.citations):
        row = _row(case.knowledge, citation, loose=True)
        if row is None or row.issued is None or citation.date in (None, row.issued):
            continue
        if _conflicting(case, citation, row.issued):
            continue  # told by citation-conflict
        yield case.finding(
            "citation-date",
            "error",
            f"/citations/{at}/date",
            _dated_lines(case, citation),
            vi=f"{_name(case, citation)} ban hành ngày {day(row.issued)}, không phải {_day(citation.date)}; bạn "
            "hãy sửa ngày.",
            en=f"{_name(case, citation)} was issued on {day(row.issued)}, not on {_day(citation.date)}; correct "
            "the date.",
            suggestion=f"{citation.symbol} ngày {day(row.issued)}",
        )


def _conflicting(case: Case, citation: Citation, date: dt.date) -> bool:
    return any(mention.date == date for mention in _mentions(case, citation))


def citation_year(case: Case) -> Iterator[Finding]:
    """A number that holds another year than the date: "46/2002/QĐ-UBND ngày 12/9/2022"."""
    if not case.is_sound:
        return
    for at, citation in enumerate(case.plan.citations):
        year = _YEAR.match(citation.symbol or "")
        if year is None or citation.date is None or int(year[1]) == citation.date.year:
            continue
        symbol = str(citation.symbol).replace(year[1], str(citation.date.year), 1)
        yield case.finding(
            "citation-year",
            "error",
            f"/citations/{at}/symbol",
            _dated_lines(case, citation),
            vi=f"Số {citation.symbol} mang năm {year[1]} nhưng ngày ban hành ghi là {day(citation.date)}; bạn hãy "
            "kiểm tra số và ngày.",
            en=f"The number {citation.symbol} holds the year {year[1]} but the date given is "
            f"{day(citation.date)}; check both.",
            suggestion=f"{symbol} ngày {day(citation.date)}",
        )


def citation_after_issue(case: Case) -> Iterator[Finding]:
    """A document cited that is newer than the plan."""
    if not case.is_sound or case.issued is None:
        return
    for at, citation in enumerate(case.plan.citations):
        if citation.date is not None and citation.date > case.issued and not _is_year_slip(citation):
            yield case.finding(
                "citation-after-issue",
                "error",
                f"/citations/{at}/date",
                _dated_lines(case, citation),
                vi=f"{_name(case, citation)} đề ngày {day(citation.date)}, sau ngày ban hành kế hoạch "
                f"{day(case.issued)}; bạn hãy kiểm tra hai ngày.",
                en=f"{_name(case, citation)} is dated {day(citation.date)}, after the plan itself "
                f"({day(case.issued)}); check both dates.",
            )


def _is_year_slip(citation: Citation) -> bool:
    year = _YEAR.match(citation.symbol or "")
    return year is not None and citation.date is not None and int(year[1]) != citation.date.year


def citation_incomplete(case: Case) -> Iterator[Finding]:
    """A legal basis that is cited without its date."""
    if not case.is_sound:
        return
    for at, citation in enumerate(case.plan.citations):
        if not citation.is_basis or citation.symbol is None or citation.date is not None:
            continue
        mention = next(iter(_mentions(case, citation)), None)
        if mention is not None and _DIRECT_BASIS.search(case.text[max(0, mention.start - 40) : mention.start]):
            row = _row(case.knowledge, citation)
            yield case.finding(
                "citation-incomplete",
                "note",
                f"/citations/{at}/date",
                case.lines_at(mention.start, mention.end),
                vi=f"Căn cứ {_name(case, citation)} không ghi ngày ban hành; bạn hãy ghi đủ số, ký hiệu, ngày, cơ "
                "quan và trích yếu.",
                en=f"The legal basis {_name(case, citation)} has no date; give number, date, issuer and subject "
                "in full.",
                suggestion=f"{citation.symbol} ngày {day(row.issued) if row and row.issued else '…'}",
            )


def citation_superseded(case: Case) -> Iterator[Finding]:
    """A cited document that is no longer in force."""
    for at, citation in enumerate(case.plan.citations):
        row = _version(case, citation)
        if row is None or row.valid_to is None or row.valid_to >= case.as_of or _tells_the_end(case, citation):
            continue
        yield _ended(case, at, citation, row)


def _ended(case: Case, at: int, citation: Citation, row: Validity) -> Finding:
    assert row.valid_to is not None
    since = row.valid_to + dt.timedelta(days=1)
    late = case.issued is not None and row.valid_to < case.issued
    severity: Severity = "warning"
    if late:
        severity = "error" if citation.is_basis else "warning"
    elif citation.symbol is None or row.ended_by == "period":
        severity = "note"
    names = [s.name for s in case.knowledge.successors if s.kind == "document" and s.of == row.symbol]
    by_vi, by_en = " và ".join(names), " and ".join(names)
    name = _name(case, citation)
    if citation.symbol is None:
        name = f"{name} ({row.symbol})"
    then_vi = "trước khi kế hoạch ban hành" if late else "sau khi kế hoạch ban hành" if case.issued else ""
    then_en = "before the plan was issued" if late else "after the plan was issued" if case.issued else ""
    if row.ended_by == "period":
        vi = f"{name} đã hết giai đoạn thực hiện ngày {day(row.valid_to)}; bạn hãy kiểm tra văn bản chỉ đạo hiện hành."
        en = f"The period of {name} ended on {day(row.valid_to)}; look for the directive now in force."
    else:
        vi = (
            f"{name} hết hiệu lực từ ngày {day(since)}{_bracket(then_vi)}, được thay bằng {by_vi} (cơ sở: "
            f"{row.basis}); "
        )
        vi += "bạn hãy thay căn cứ." if late else "bạn hãy áp dụng văn bản mới khi thực hiện."
        en = (
            f"{name} is no longer in force since {day(since)}{_bracket(then_en)}; replaced by {by_en} (basis: "
            f"{row.basis}); "
        )
        en += "cite the new one." if late else "follow the new one in carrying out the plan."
    return case.finding(
        "citation-superseded",
        severity,
        f"/citations/{at}",
        citation.mentions[0] if citation.mentions else None,
        vi=vi,
        en=en,
        suggestion=by_vi or None,
    )


def _bracket(text: str) -> str:
    return f" ({text})" if text else ""


def _tells_the_end(case: Case, citation: Citation) -> bool:
    """Whether the text itself speaks of the document's end or change ("thay thế Nghị định …")."""
    return any(_ENDING.search(case.text[max(0, m.start - 80) : m.start]) for m in _mentions(case, citation))


def _version(case: Case, citation: Citation) -> Validity | None:
    """The row of the cited document. A law cited by its name alone is the one in force when the plan was made."""
    if citation.symbol is not None:
        return _row(case.knowledge, citation)
    if citation.title is None:
        return None
    rows = [
        row for row in case.knowledge.validity if row.doc_type == "Luật" and fold(row.title) == fold(citation.title)
    ]
    if citation.date is not None:
        return next((row for row in rows if row.issued == citation.date), None)
    year = _printed_year(case, citation)
    if year is not None:
        return next((row for row in rows if f"/{year}/" in row.symbol), None)
    made = case.not_before
    if made is None:
        return None
    return next((row for row in rows if (row.valid_from or made) <= made <= (row.valid_to or made)), None)


def _printed_year(case: Case, citation: Citation) -> str | None:
    """The year that follows the name of a law: "Luật Đất đai năm 2024"."""
    matches = (_NAMED_YEAR.match(case.text, mention.end) for mention in _mentions(case, citation))
    return next((match[1] for match in matches if match), None)


def _row(knowledge: Knowledge, citation: Citation, *, loose: bool = False) -> Validity | None:
    """The row of a citation with a symbol. A symbol without a year needs its date (``loose``: only the year of "
    "it)."""
    if citation.symbol is None:
        return None
    for row in _rows(knowledge).get(symbol_key(citation.symbol), ()):
        if _YEAR.match(row.symbol):
            return row
        if citation.date is None or row.issued is None:
            continue
        if citation.date == row.issued or (loose and citation.date.year == row.issued.year):
            return row
    return None


@functools.cache
def _rows(knowledge: Knowledge) -> dict[str, list[Validity]]:
    rows: dict[str, list[Validity]] = {}
    for row in knowledge.validity:
        rows.setdefault(symbol_key(row.symbol), []).append(row)
    return rows


def _mentions(case: Case, citation: Citation) -> list[Mention]:
    """The places that name ``citation``."""
    if citation.symbol is None:
        return [m for m in case.mentions if m.symbol is None and m.title == citation.title]
    key = symbol_key(citation.symbol)
    spans_ = set(citation.mentions)
    return [
        m
        for m in case.mentions
        if m.symbol is not None and symbol_key(m.symbol) == key and case.lines_at(m.start, m.end) in spans_
    ]


def _dated_lines(case: Case, citation: Citation) -> tuple[int, int] | None:
    for mention in _mentions(case, citation):
        if mention.date == citation.date:
            return case.lines_at(mention.start, mention.end)
    return citation.mentions[0] if citation.mentions else None


def _implied(symbol: str | None, knowledge: Knowledge) -> str | None:
    """The national body that a symbol names for sure."""
    tail = re.split(r"[-/]", symbol or "")[-1]
    issuer = knowledge.issuer_of(tail)
    if issuer is None or issuer.level != "national" or not re.search(r"(?:QĐ|NQ|NĐ|CT|CĐ|TT)-[^-]+$", symbol or ""):
        return None
    return issuer.name


def _other_body(stated: str, implied: str) -> bool:
    """Whether ``stated`` cannot be the body ``implied``; the head of a body stands for it."""
    bare = re.sub(r"^(?:bo truong|chu nhiem|tong thanh tra|thong doc)\s+", "", fold(stated))
    wanted = fold(implied)
    if {bare, wanted} == {"chinh phu", "thu tuong chinh phu"}:
        return True
    return fuzz.partial_ratio(bare, wanted) < 60 and not re.search(r"\b(?:va|cung)\b", bare) and bare != "thu tuong"


def _name(case: Case, citation: Citation) -> str:
    """How a message names the document: "Nghị định 09/2017/NĐ-CP", "Luật Tiếp cận thông tin"."""
    if citation.symbol is None:
        return citation.title or "?"
    kind = case.knowledge.type_by_abbreviation(citation.doc_type or "")
    name = kind.name if kind else citation.doc_type or ""
    return f"{name} {citation.symbol}".strip()


def _day(date: dt.date | None) -> str:
    return day(date) if date else "?"
