"""Rules about the documents that a plan cites."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from vanban.check.case import Case, day, spans
from vanban.check.documents import YEAR, mentions_of, name_of, row_of
from vanban.citations import Mention
from vanban.dates.calendar import DATE, flat
from vanban.knowledge import Knowledge
from vanban.model import Citation, Finding
from vanban.text import fold

_DIRECT_BASIS = re.compile(r"(?:^|[\n;.])\s*(?:[-–+]\s*)?(?:Căn cứ|Thực hiện|Triển khai|Theo)\s+(?:các\s+)?$")
_HEADS = ("thu tuong", "bo truong", "chu nhiem", "thong doc")  # of which body the text does not say
# The short name in brackets stands right behind the subject, so that what is before it belongs to the subject.
_LOCAL_TITLE = re.compile(
    r"(?:(?!trên\s+địa\s+bàn)[^;.()\d]){8,400}(?P<place>trên\s+địa\s+bàn\s+(?:tỉnh|thành\s+phố|huyện|thị\s+xã|quận)"
    r"(?:\s+[^\s;.(),]+){0,6})\s*\(\s*(?:sau\s+đây|gọi\s+tắt|viết\s+tắt)"
)
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
        mentions = mentions_of(case, citation)
        dated = [mention for mention in mentions if mention.date and _prints_date(case, mention)]
        dates = Counter(mention.date for mention in dated if mention.date)
        if len(dates) > 1 and _is_one(citation, dated):
            yield _two_dates(case, at, citation, dated, dates)
        for mention in mentions:
            stated, implied = mention.issuer, _implied(mention.symbol, case.knowledge)
            if mention.issuer_stated and stated and implied and _other_body(_spelled(case, stated), implied):
                yield case.finding(
                    "citation-conflict",
                    "error",
                    f"/citations/{at}/issuer",
                    case.lines_at(mention.start, mention.end),
                    vi=f"{name_of(case, citation)} được ghi là của {stated}, nhưng ký hiệu cho biết cơ quan ban "
                    f"hành là {implied}; "
                    "bạn hãy kiểm tra lại.",
                    en=f"{name_of(case, citation)} is cited as issued by {stated}, but its symbol says {implied}; "
                    "check which is right.",
                    suggestion=f"{mention.symbol} của {implied}",
                )
                break


def _two_issuers(case: Case) -> Iterator[Finding]:
    """One document said to be of two bodies."""
    for at, citation in enumerate(case.plan.citations):
        stated = [
            m for m in mentions_of(case, citation) if m.issuer and m.issuer_stated and m.date in (None, citation.date)
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
                    vi=f"{name_of(case, citation)} được ghi là của {first} ({places[0]}) và của {other} "
                    f"({places[1]}); "
                    "bạn hãy kiểm tra và ghi thống nhất một cơ quan.",
                    en=f"{name_of(case, citation)} is said to be of {first} ({places[0]}) and of {other} "
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
    row = row_of(case.knowledge, citation)
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
        vi=f"{name_of(case, citation)} được ghi {len(dates)} ngày khác nhau: {shown}; bạn hãy kiểm tra và ghi thống "
        "nhất một ngày.",
        en=f"{name_of(case, citation)} is cited with {len(dates)} dates: {shown}; check and keep one.",
        suggestion=f"{citation.symbol} ngày {day(right)}" if right else None,
    )


def _prints_date(case: Case, mention: Mention) -> bool:
    """Whether the date stands at this mention itself: in a list of numbers the last one's date may be that "
    "one's alone."""
    return re.search(DATE, flat(case.text[mention.start : mention.end])) is not None


def _is_one(citation: Citation, dated: Sequence[Mention]) -> bool:
    """Whether two dates under one symbol can only be a slip.

    A symbol without a year starts anew each January (Nghị định 30/2020/NĐ-CP, Điều 15), so that two years may be two
    documents, unless day and month or the title are the same too.
    """
    if YEAR.match(citation.symbol or ""):
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
        row = row_of(case.knowledge, citation, loose=True)
        if row is None or row.issued is None or citation.date in (None, row.issued):
            continue
        if _conflicting(case, citation, row.issued):
            continue  # told by citation-conflict
        yield case.finding(
            "citation-date",
            "error",
            f"/citations/{at}/date",
            _dated_lines(case, citation),
            vi=f"{name_of(case, citation)} ban hành ngày {day(row.issued)}, không phải {_day(citation.date)}; bạn "
            "hãy sửa ngày.",
            en=f"{name_of(case, citation)} was issued on {day(row.issued)}, not on {_day(citation.date)}; correct "
            "the date.",
            suggestion=f"{citation.symbol} ngày {day(row.issued)}",
        )


def _conflicting(case: Case, citation: Citation, date: dt.date) -> bool:
    return any(mention.date == date for mention in mentions_of(case, citation))


def citation_year(case: Case) -> Iterator[Finding]:
    """A number that holds another year than the date: "46/2002/QĐ-UBND ngày 12/9/2022"."""
    if not case.is_sound:
        return
    for at, citation in enumerate(case.plan.citations):
        year = YEAR.match(citation.symbol or "")
        dated = [(m, m.date) for m in mentions_of(case, citation) if m.date and _prints_date(case, m)]
        if year is None or not dated or any(date.year == int(year[1]) for _, date in dated):
            continue  # a second date that fits the number is told by citation-conflict
        mention, date = dated[0]
        symbol = str(citation.symbol).replace(year[1], str(date.year), 1)
        yield case.finding(
            "citation-year",
            "error",
            f"/citations/{at}/symbol",
            case.lines_at(mention.start, mention.end),
            vi=f"Số {citation.symbol} mang năm {year[1]} nhưng ngày ban hành ghi là {day(date)}; bạn hãy "
            "kiểm "
            "tra số và ngày.",
            en=f"The number {citation.symbol} holds the year {year[1]} but the date given is {day(date)}; check both.",
            suggestion=f"{symbol} ngày {day(date)}",
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
                vi=f"{name_of(case, citation)} đề ngày {day(citation.date)}, sau ngày ban hành kế hoạch "
                f"{day(case.issued)}; bạn hãy kiểm tra hai ngày.",
                en=f"{name_of(case, citation)} is dated {day(citation.date)}, after the plan itself "
                f"({day(case.issued)}); check both dates.",
            )


def _is_year_slip(citation: Citation) -> bool:
    year = YEAR.match(citation.symbol or "")
    return year is not None and citation.date is not None and int(year[1]) != citation.date.year


def citation_title(case: Case) -> Iterator[Finding]:
    """A document of the whole country whose subject is cited as if it spoke of one province."""
    if not case.is_sound:
        return
    for at, citation in enumerate(case.plan.citations):
        if _implied(citation.symbol, case.knowledge) is None:
            continue
        for mention in mentions_of(case, citation):
            tail = _LOCAL_TITLE.match(case.text, mention.end)
            if tail is not None:
                yield case.finding(
                    "citation-title",
                    "note",
                    f"/citations/{at}/title",
                    case.lines_at(tail.start("place"), tail.end("place")),
                    vi=f"Trích yếu của {name_of(case, citation)} được ghi thêm «{_flat(tail['place'])}», trong "
                    "khi đây là "
                    "văn bản của trung ương; bạn hãy ghi trích yếu đúng như bản gốc.",
                    en=f"The subject of {name_of(case, citation)} is cited with “{_flat(tail['place'])}” although "
                    "it is a "
                    "national document; cite the subject as issued.",
                    suggestion=_flat(case.text[mention.end : tail.start("place")]).strip(" ,") or None,
                )
                break


def _flat(text: str) -> str:
    return " ".join(text.split())


def citation_incomplete(case: Case) -> Iterator[Finding]:
    """A legal basis that is cited without its date."""
    if not case.is_sound:
        return
    for at, citation in enumerate(case.plan.citations):
        if not citation.is_basis or citation.symbol is None or citation.date is not None:
            continue
        mention = next(iter(mentions_of(case, citation)), None)
        if mention is not None and _DIRECT_BASIS.search(case.text[max(0, mention.start - 40) : mention.start]):
            row = row_of(case.knowledge, citation)
            yield case.finding(
                "citation-incomplete",
                "note",
                f"/citations/{at}/date",
                case.lines_at(mention.start, mention.end),
                vi=f"Căn cứ {name_of(case, citation)} không ghi ngày ban hành; bạn hãy ghi đủ số, ký hiệu, ngày, cơ "
                "quan và trích yếu.",
                en=f"The legal basis {name_of(case, citation)} has no date; give number, date, issuer and subject "
                "in full.",
                suggestion=f"{citation.symbol} ngày {day(row.issued) if row and row.issued else '…'}",
            )


def _dated_lines(case: Case, citation: Citation) -> tuple[int, int] | None:
    for mention in mentions_of(case, citation):
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


def _spelled(case: Case, name: str) -> str:
    """``name`` with its abbreviations written out ("Bộ TT&TT")."""
    return " ".join(case.knowledge.abbreviations.get(word, word) for word in name.split())


def _other_body(stated: str, implied: str) -> bool:
    """Whether ``stated`` cannot be the body ``implied``; the head of a body stands for it."""
    bare = re.sub(r"^(?:bo truong|chu nhiem|tong thanh tra|thong doc)\s+", "", fold(stated))
    wanted = fold(implied)
    if {bare, wanted} == {"chinh phu", "thu tuong chinh phu"}:
        return True
    return fuzz.partial_ratio(bare, wanted) < 60 and not re.search(r"\b(?:va|cung)\b", bare) and bare not in _HEADS


def _day(date: dt.date | None) -> str:
    return day(date) if date else "?"
