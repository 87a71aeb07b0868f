"""Rules about sums of money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from vanban.check.case import Case
from vanban.model import Finding
from vanban.outline.letters import UPPER
from vanban.text import fold

_WORDED = re.compile(
    r"(?P<number>\d{1,3}(?:\.\d{3})+)\s*(?:đồng|đ|VNĐ|VND)\s*\(\s*(?P<words>[^()]{6,200}?)\s*\)", re.IGNORECASE
)
_DIGITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_SCALES = {"nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "ty": 10**9, "ti": 10**9}
_IGNORED = frozenset(("bang", "chu", "dong", "chan", "viet", "nam_", "linh", "le", "va"))
_UNITS = {"dong": 1, "nghin dong": 10**3, "trieu dong": 10**6, "ty dong": 10**9}
_AMOUNT = re.compile(
    r"(?P<number>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)\s*(?P<unit>(?:nghìn |triệu |tỷ |tỉ )?đồng)", re.IGNORECASE
)
_TOTAL = re.compile(r"\b(?:tổng|tổng cộng)\b[^.;:\d]{0,80}?:?\s*(?:là\s+)?$", re.IGNORECASE)
_SENTENCE_END = re.compile(rf"\.\s+(?=[{UPPER}])")
_PARTS = re.compile(r"^\s*(?:\([^()]*\)\s*)?[,;.:(]?\s*(?P<word>bao gồm|gồm|trong đó)\s*(?:có)?\s*:?", re.IGNORECASE)


def amount_words(case: Case) -> Iterator[Finding]:
    """A sum whose figures and words differ."""
    if not case.is_sound:
        return
    for match in _WORDED.finditer(case.text):
        spoken, printed = in_words(match["words"]), int(match["number"].replace(".", ""))
        if spoken is not None and spoken != printed:
            shown = f"{spoken:,}".replace(",", ".")
            yield case.finding(
                "amount-words",
                "error",
                None,
                case.lines_at(match.start(), match.end()),
                vi=f"Số tiền {match['number']} đồng khác với số bằng chữ ({shown} đồng); bạn hãy kiểm tra lại.",
                en=f"The sum {match['number']} đồng is not the one in words ({shown} đồng); check which is right.",
            )


def in_words(text: str) -> int | None:
    """The number that Vietnamese words say ("một trăm hai mươi lăm triệu" → 125000000); None where they say none."""
    words = [word for word in re.findall(r"[a-z]+", fold(text).removesuffix("viet nam")) if word not in _IGNORED]
    if not words or not any(word in _SCALES or word in ("tram", "muoi") for word in words):
        return None
    total, group, digit = 0, 0, None
    for word in words:
        if word in _DIGITS:
            group, digit = group + (digit or 0), _DIGITS[word]
        elif word in ("tram", "muoi"):
            factor = 100 if word == "tram" else 10
            group, digit = group + (1 if digit is None else digit) * factor, None
        elif word in _SCALES:
            scale = _SCALES[word]
            value = group + (digit or 0)
            total = (total + value) * scale if scale == 10**9 else total + value * scale
            group, digit = 0, None
        else:
            return None
    return total + group + (digit or 0)


def amount_sum(case: Case) -> Iterator[Finding]:
    """A total that is not the sum of the parts listed behind it."""
    if not case.is_sound:
        return
    for start, paragraph in _paragraphs(case.text):
        amounts = list(_AMOUNT.finditer(paragraph))
        for at, total in enumerate(amounts):
            opening = _PARTS.match(paragraph[total.end() :])
            if opening is None or not _TOTAL.search(paragraph[: total.start()]):
                continue
            tail = _SENTENCE_END.split(paragraph[total.end() + opening.end() :])[0]
            stop = total.end() + opening.end() + len(tail)
            parts = [amount for amount in amounts[at + 1 :] if amount.start() < stop]
            if len(parts) < 2 or "(" in tail or re.search(r"trong đó|gồm|mỗi|/|×|\bx\b", tail):
                continue
            added, whole = sum(map(_value, parts), Decimal(0)), _value(total)
            if added > whole or (added != whole and "gồm" in opening["word"].lower()):
                yield _wrong_sum(case, start, total, parts, added)


def _wrong_sum(case: Case, start: int, total: re.Match[str], parts: Sequence[re.Match[str]], added: Decimal) -> Finding:
    unit = _UNITS[fold(total["unit"]).replace("ti dong", "ty dong")]
    shown = f"{added / unit:,f}".rstrip("0").rstrip(".") if "." in f"{added / unit:f}" else f"{added / unit:,f}"
    shown = shown.replace(",", "_").replace(".", ",").replace("_", ".")
    return case.finding(
        "amount-sum",
        "warning",
        None,
        case.lines_at(start + total.start(), start + parts[-1].end()),
        vi=f"Tổng ghi {' '.join(total[0].split())} nhưng các khoản nêu sau cộng lại là {shown} {total['unit']}; "
        "bạn hãy cộng lại.",
        en=f"The total is given as {' '.join(total[0].split())}, but the parts listed add up to {shown} "
        f"{total['unit']}; add them again.",
    )


def _value(match: re.Match[str]) -> Decimal:
    number = Decimal(match["number"].replace(".", "").replace(",", "."))
    return number * _UNITS[" ".join(fold(match["unit"]).split()).replace("ti dong", "ty dong")]


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for piece in re.split(r"(\n\s*\n|\n(?=\s*(?:[-–+•]|\d+[.)]|[a-zđ]\)))|\|)", text):
        yield at, piece
        at += len(piece)
