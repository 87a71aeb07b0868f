"""Which type of document a citation names: by the words before its number, or by its symbol."""

from __future__ import annotations

import functools
import re

from vanban.citations.symbols import Symbol
from vanban.dates.calendar import flat
from vanban.knowledge import KEPT, DocType, Knowledge

# Names that documents use beside the names of types; the longest is tried first.
_LONGER = {
    "thong bao ket luan": "Thông báo",
    "chuong trinh hanh dong": "Chương trình",
    "chuong trinh cong tac": "Chương trình",
    "chuong trinh phoi hop": "Chương trình",
    "quy che phoi hop": "Quy chế",
    "van ban": "Công văn",
    "cong van": "Công văn",
}
# Abbreviations that stand for a type's name ("QĐ số 12/2020/…"); inside a symbol they are no names.
_ALIASES = {
    "cv": "Công văn", "qd": "Quyết định", "nq": "Nghị quyết", "nd": "Nghị định", "tt": "Thông tư", "ct": "Chỉ thị",
    "kh": "Kế hoạch",
}  # fmt: skip
_NO_NAMES = {"thu cong"}  # "Ban Bí thư⏎Công văn số …" holds these letters by chance
# How "số" is printed, and misread.
SO = r"(?:s[oốôóòơ]|s[oé6b]|so6|s0|s)"


@functools.lru_cache(maxsize=KEPT)
def type_pattern(knowledge: Knowledge) -> re.Pattern[str]:
    """A pattern for the names of types, on text made flat."""
    names = ({flat(t.name) for t in knowledge.doc_types} | set(_LONGER)) - _NO_NAMES
    alternatives = "|".join(r"\s+".join(map(re.escape, n.split())) for n in sorted(names, key=len, reverse=True))
    short = "|".join(_ALIASES)
    return re.compile(rf"(?<![a-z])(?:cac\s+)?(?P<name>{alternatives}|(?<![\w/.-])(?:{short})(?=\s))(?![a-z])")


def type_named(name: str, knowledge: Knowledge) -> DocType | None:
    """The type that a matched name means."""
    key = " ".join(flat(name).split())
    return knowledge.type_by_name(_LONGER.get(key) or _ALIASES.get(key) or key)


def type_word_before(low: str, at: int, knowledge: Knowledge) -> tuple[DocType, int] | None:
    """The type whose name stands before the number at ``at``, with where that name begins.

    Between name and number may stand "số" and a few words ("Kết luận liên ngành tư pháp Trung ương số 23/…"), but then
    "số" is needed. ``low`` is the flat text.
    """
    begin = max(0, at - 90)
    head = low[begin:at]
    direct = re.search(rf"\s*{SO}?\s*[:.]?\s*$", head)
    stop = direct.start() if direct else len(head)
    has_so = direct is not None and direct[0].strip(" :.\n") != ""
    best: tuple[DocType, int] | None = None
    for match in type_pattern(knowledge).finditer(head):
        gap = head[match.end() : stop]
        if match.end() > stop and match.end() > len(head):
            continue
        clean = not re.search(r"[.;:,()\"“”/\d]|\n\s*\n", gap)
        if (gap.strip() == "" or (has_so and clean and len(gap.split()) <= 7)) and match.end() <= len(head):
            named = type_named(match["name"], knowledge)
            if named is not None:
                start = begin + match.start("name")
                if best is None or gap.strip() == "" or best[1] + 40 > start:
                    best = (named, start)
    return best


def type_of(symbol: Symbol, named: DocType | None, knowledge: Knowledge) -> str | None:
    """The abbreviation (or the name, where there is none) of the type of a cited document.

    The symbol tells it, except where its letters stand for two types ("TT" is also a Party "thông tri") or for none
    (a công văn: number/body-unit).
    """
    if named is not None and named.name == "Thông tri":
        return named.name
    party = "/" not in symbol.value.split("-")[0] and "-" in symbol.value
    code = knowledge.type_by_abbreviation(symbol.parts[0])
    if code is not None and code.in_symbol and not (party and code.name == "Thông tư"):
        same_letters = named is not None and flat(named.name) != flat(code.name) and code.name == "Quyết định"
        if same_letters and named is not None and named.name == "Quy định":
            return named.abbreviation
        return code.abbreviation
    if re.match(r"QH\d|UBTVQH\d", symbol.parts[0]):
        return _short(named) if named else None
    if named is not None:
        return _short(named)
    if len(symbol.parts) > 1 and knowledge.issuer_of(symbol.parts[0]) is not None:
        return "CV"
    return None


def _short(doc_type: DocType) -> str:
    return doc_type.abbreviation or doc_type.name
