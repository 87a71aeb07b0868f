"""The title of a cited document: what follows its number, date and issuer."""

from __future__ import annotations

import re

from vanban.citations.types import SO, type_pattern
from vanban.dates.calendar import flat
from vanban.knowledge import Knowledge

_BEGIN = re.compile(
    r"\s*(?:\([^()]{0,80}\)\s*)?,?\s*(?=(?:ve|v/v|quy dinh|phe duyet|ban hanh|huong dan|sua doi|bo sung"
    r"|cong bo|trien khai|giao"
    r"|thanh lap|kien toan|thong bao|sap xep|dieu chinh|tang cuong|thuc hien|day manh|tiep tuc|thong qua"
    r"|phan bo|bai bo)\b|[“\"])"
)
_LEAD = re.compile(r"(?:ve\s+viec|viec|ve|v/v)\s+")
_SURE = re.compile(r"(?:ve|v/v)\b|[“\"]")
_ASIDE = re.compile(r"\(\s*(?:sau\s+day|goi|viet|duoc\s+viet|sau\s+goi|tai\s|kem|neu\s)")
_NEW_ITEM = re.compile(
    r"\n\s*(?:\d+\.\s|[a-zđ]\)|[-+*]\s(?!\d)|[IVX]+\.|\[\d+\]"
    r"|(?:Căn\s+cứ|Thực\s+hiện|Theo\s+đề\s+nghị|Xét\s+đề\s+nghị|Ủy\s+ban\s+nhân\s+dân|UBND)\s[^;.]{0,300}?(?:số\s|ban\s+hành))"
)
_LONGEST = 500


def title_after(text: str, low: str, at: int, following: int, knowledge: Knowledge, *, stated: bool) -> str | None:
    """The title that begins at ``at``, or None. ``following`` is where the next symbol begins; ``stated`` says that a
    date or issuer was printed, without which only "về …" and a quotation are taken for a title."""
    begin = _BEGIN.match(low, at)
    if begin is None or (not stated and not _SURE.match(low, begin.end())):
        return None
    start = begin.end()
    end = _end(text, low, start, following, knowledge)
    title = " ".join(text[start:end].split()).strip(" ,;.:-–")
    lead = _LEAD.match(flat(title))
    if lead and not re.match(r"v[ệẽẻé]\s", title, re.I):  # "về", whole or torn, but not "vệ sinh"
        title = title[lead.end() :].strip()
    if title.startswith(("“", '"')) and title.count("”") + title.count('"') >= 1 and title[-1] in '”"':
        title = title[1:-1].strip()
    if len(title.split()) < 3:
        return None
    return title[0].upper() + title[1:]


def _end(text: str, low: str, start: int, following: int, knowledge: Knowledge) -> int:
    limit = min(len(text), start + _LONGEST)
    depth = 0
    for index in range(start, limit):
        char = text[index]
        if char in "“":
            depth += 1
        elif char == "”":
            depth -= 1
            if depth < 0:
                return index
        elif (
            depth == 0
            and (char in ";|" or (char == "(" and _ASIDE.match(low, index)))
            or depth == 0
            and char == "."
            and re.match(r"\.(?:\s*$|\s+[^\W\d_a-z]|/)", text[index : index + 4])
            or char == "\n"
            and ((depth == 0 and _NEW_ITEM.match(text, index)) or _ends_capitals(text, start, index))
        ):
            return index
    return _before_sibling(low, start, limit, following, knowledge)


def _ends_capitals(text: str, start: int, newline: int) -> bool:
    """Whether a title in capitals ends at this line: what follows is in small letters."""
    following = text[newline:].lstrip()[:40]
    return text[start:newline].isupper() and bool(following) and not following.split("\n")[0].isupper()


def _before_sibling(low: str, start: int, limit: int, following: int, knowledge: Knowledge) -> int:
    """``limit``, or where the sentence goes on to another document ("… và Nghị quyết số 18-NQ/TU")."""
    if following >= limit:
        return limit
    for match in type_pattern(knowledge).finditer(low, start, following):
        joined = re.search(r"(?:,|\bva)\s+(?:cac\s+)?$", low[start : match.start()])
        if joined and re.fullmatch(rf"\s*(?:{SO})?\s*[:.]?\s*", low[match.end() : following]):
            return start + joined.start()
    return limit
