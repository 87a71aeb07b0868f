"""Rules about the head and the end of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.check.case import Case
from vanban.model import Finding, Severity
from vanban.text import fold

_MOTTO = re.compile(r"cong\s*hoa\s*xa\s*hoi|doc\s*lap\s*-?\s*tu\s*do")
_PARTS = {
    "symbol": ("số và ký hiệu", "number and symbol", "Số: …/KH-UBND"),
    "place": ("địa danh", "place of issue", None),
    "date": ("ngày, tháng, năm ban hành", "date of issue", "…, ngày … tháng … năm …"),
    "issuer": ("tên cơ quan ban hành", "issuing body", None),
    "title": ("trích yếu nội dung", "subject", None),
}
_LAID_OUT = ("application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
_TYPE_LINES = 60


def header_missing(case: Case) -> Iterator[Finding]:
    """Parts that the head and the end of such a document must have."""
    plan = case.plan
    if not case.is_plan or not case.lines:
        return
    missing = [part for part in _PARTS if getattr(plan.header, part) is None]
    copied = plan.source.media_type.split(";")[0] not in _LAID_OUT
    motto = any(_MOTTO.search(fold(line.text)) for line in case.lines[:_TYPE_LINES])
    if not motto and {"symbol", "date"} <= set(missing):
        yield _no_letterhead(case, missing, "note" if copied or not case.is_sound else "warning")
    elif case.is_sound:
        for part in missing:
            vi, en, suggestion = _PARTS[part]
            yield case.finding(
                "header-missing",
                "warning",
                f"/header/{part}",
                None,
                vi=f"Văn bản không có {vi}; bạn hãy bổ sung theo thể thức.",
                en=f"The document has no {en}; add it.",
                suggestion=suggestion,
            )
    if case.is_sound:
        yield from _end(case)


def _no_letterhead(case: Case, missing: list[str], severity: Severity) -> Finding:
    vi = ", ".join(("Quốc hiệu và tiêu ngữ", *(_PARTS[part][0] for part in missing)))
    en = ", ".join(("national title and motto", *(_PARTS[part][1] for part in missing)))
    return case.finding(
        "header-missing",
        severity,
        "/header",
        None,
        vi=f"Tệp không có phần đầu văn bản ({vi}); nếu là bản sao bị cắt, bạn hãy bổ sung theo bản gốc.",
        en=f"The file has no letterhead ({en}); if it is a cut copy, add these from the original.",
    )


def _end(case: Case) -> Iterator[Finding]:
    plan = case.plan
    if plan.signature.name is None and plan.signature.capacity is None:
        yield case.finding(
            "header-missing",
            "warning",
            "/signature",
            None,
            vi="Văn bản không có chức vụ và họ tên người ký; bạn hãy bổ sung hoặc dùng bản đã ký.",
            en="The document has no signatory; add one or use the signed copy.",
        )
    if not plan.recipients:
        yield case.finding(
            "header-missing",
            "warning",
            "/recipients",
            None,
            vi="Văn bản không có nơi nhận; bạn hãy bổ sung.",
            en="The document has no recipients; add them.",
            suggestion="Nơi nhận: …",
        )


def type_mismatch(case: Case) -> Iterator[Finding]:
    """A number whose abbreviation is not that of the type printed above the subject."""
    symbol = case.plan.header.symbol
    if not case.is_sound or not symbol:
        return
    part = re.match(r"^\d+(?:/\d{4})?/([^-/]+)-", symbol)
    wanted = case.knowledge.type_by_abbreviation(part[1]) if part else None
    if wanted is None or wanted.family == "party":
        return
    for line in case.lines[:_TYPE_LINES]:
        text = " ".join(line.text.strip(" |").split())
        printed = case.knowledge.type_by_name(text) if text and text.isupper() else None
        if printed is None:
            continue
        if printed.name != wanted.name and fold(printed.name) != fold(wanted.name):
            right = f"{symbol.partition('/')[0]}/{printed.abbreviation}-{symbol.rpartition('-')[2]}"
            yield case.finding(
                "type-mismatch",
                "error",
                "/header/symbol",
                (line.number, line.number),
                vi=f"Ký hiệu {symbol} là của {wanted.name} nhưng tên loại ghi là {text}; bạn hãy sửa ký hiệu hoặc "
                "tên loại.",
                en=f"The symbol {symbol} is that of a {wanted.name} but the type printed is {text}; correct one "
                "of them.",
                suggestion=right if printed.abbreviation else None,
            )
        return
