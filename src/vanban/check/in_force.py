"""The rule about cited documents that are no longer in force."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from vanban.check.case import Case, day
from vanban.check.documents import mentions_of, name_of, row_of
from vanban.knowledge import Validity
from vanban.model import Citation, Finding, Severity
from vanban.text import fold

_ENDING = re.compile(r"(?:thay thế|bãi bỏ|hết hiệu lực|sửa đổi|đình chỉ)[^.;]{0,60}$", re.IGNORECASE)
_NAMED_YEAR = re.compile(r"[\s,(]*(?:năm\s+|ngày\s+\d{1,2}/\d{1,2}/)((?:19|20)\d\d)\b")


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
    heirs = [s.name for s in case.knowledge.successors if s.kind == "document" and s.of == row.symbol]
    names = [_titled(case, name) for name in heirs]
    known = " và ".join(heirs) == row.basis  # what replaced it is what ended it
    basis_vi, basis_en = ("", "") if known else (f" (cơ sở: {row.basis})", f" (basis: {row.basis})")
    by_vi, by_en = " và ".join(names), " and ".join(names)
    name = name_of(case, citation)
    if citation.symbol is None:
        name = f"{name} ({row.symbol})"
    then_vi = "trước khi kế hoạch ban hành" if late else "sau khi kế hoạch ban hành" if case.issued else ""
    then_en = "before the plan was issued" if late else "after the plan was issued" if case.issued else ""
    if row.ended_by == "period":
        vi = f"{name} đã hết giai đoạn thực hiện ngày {day(row.valid_to)}; bạn hãy kiểm tra văn bản chỉ đạo hiện hành."
        en = f"The period of {name} ended on {day(row.valid_to)}; look for the directive now in force."
    else:
        vi = f"{name} hết hiệu lực từ ngày {day(since)}{_bracket(then_vi)}, được thay bằng {by_vi}{basis_vi}; "
        vi += "bạn hãy thay căn cứ." if late else "bạn hãy áp dụng văn bản mới khi thực hiện."
        en = f"{name} has not been in force since {day(since)}{_bracket(then_en)}; replaced by {by_en}{basis_en}; "
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


def _titled(case: Case, name: str) -> str:
    """A law by its title and number: "Luật Báo chí 126/2025/QH15"; other documents as they are named."""
    symbol = name.split()[-1]
    title = next(
        (row.title for row in case.knowledge.validity if row.symbol == symbol and row.doc_type == "Luật"), None
    )
    return f"{title} {symbol}" if title else name


def _bracket(text: str) -> str:
    return f" ({text})" if text else ""


def _tells_the_end(case: Case, citation: Citation) -> bool:
    """Whether the text itself speaks of the document's end or change ("thay thế Nghị định …")."""
    return any(_ENDING.search(case.text[max(0, m.start - 80) : m.start]) for m in mentions_of(case, citation))


def _version(case: Case, citation: Citation) -> Validity | None:
    """The row of the cited document. A law cited by its name alone is the one in force when the plan was made."""
    if citation.symbol is not None:
        return row_of(case.knowledge, citation)
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
    matches = (_NAMED_YEAR.match(case.text, mention.end) for mention in mentions_of(case, citation))
    return next((match[1] for match in matches if match), None)
