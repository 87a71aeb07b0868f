"""Numbers and symbols of documents: ``407/QĐ-TTg``, ``57-NQ/TW``, ``574/UBND-NC``, ``197/2025/QH15``.

The forms are those of Nghị định 30/2020/NĐ-CP (phụ lục III), of the law on legal documents (with the year in the
number), of Party documents (number-type/body), and older ones.
"""

from __future__ import annotations

import dataclasses
import re

from vanban.dates.calendar import flat
from vanban.knowledge import Knowledge

_UP = "A-ZĐÂÊÔƠƯĂ"
_CHUNK = rf"[{_UP}][{_UP}a-zđâêôơưă0-9&]{{0,15}}"
_NUMBER = r"(?:\d{1,2}\.\d{3}|\d{1,6}[A-Za-z]?)"
# A wrap or a slip of the keyboard may leave white space at a separator: at one side of it only ("CT- TTg", "NQ -CP").
_JOIN = r"(?:[-–/.]|\s[-–/](?=\S)|[-–/]\s{1,3}(?=\S)|\s[-–]\s(?=[A-ZĐ]{2})|\s*[-–]\s*\n+\s*)"
SYMBOL = re.compile(
    rf"(?:(?<![\w/.,-])(?<!\d:)|(?<=\b[sS]ố))(?P<number>{_NUMBER})(?P<year>\s?/\s?(?:19|20)\d{{2}}|-(?:19|20)\d{{2}}(?=/NQ-CP))?"
    rf"(?P<sep>\s?[/–-]\s{{0,3}})(?P<code>{_CHUNK}(?:{_JOIN}{_CHUNK}){{0,6}})(?:(?!\w)|(?=ngày|của|về))"
)
# "Công văn số 12/BC" in a broken or careless text has one part only; more are told from a fraction by their parts.
_PARTS = re.compile(r"\s*[-–/.]\s*")
_TYPE_WORD = re.compile(r"\b(?:cong van|van ban|to trinh|quyet dinh|nghi dinh|bao cao|ke hoach|thong bao|chi thi)\s+$")
_CAPITALS = {"TTG": "TTg", "CTR": "CTr", "TTR": "TTr", "QYĐ": "QyĐ"}


@dataclasses.dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol in a text: ``printed`` as it stands there, ``value`` with white space and case made good, its parts."""

    printed: str
    value: str
    number: str
    year: int | None
    parts: tuple[str, ...]
    start: int
    end: int
    repaired: bool = False
    confidence: float = 1.0

    @property
    def key(self) -> str:
        """What two writings of one symbol share: letters without marks, the number without zeros in front."""
        return symbol_key(self.value)


def symbol_key(symbol: str) -> str:
    """``symbol`` reduced to what identifies it: no white space, marks, case or zeros in front, one separator."""
    return re.sub(r"\s+", "", re.sub(r"[-–.]", "/", flat(symbol))).lstrip("0")


def find_symbols(text: str, knowledge: Knowledge) -> list[Symbol]:
    """Every symbol of a document in ``text``, in order. Web addresses must have been blanked before."""
    found = []
    for match in SYMBOL.finditer(text):
        symbol = _symbol(match, knowledge)
        if symbol is not None:
            found.append(symbol)
    return found


def _symbol(match: re.Match[str], knowledge: Knowledge) -> Symbol | None:
    code, end = _trim(match["code"], match.end(), knowledge)
    parts = tuple(p for p in _PARTS.split(code) if p)
    if not _plausible(match, parts, knowledge):
        return None
    year = int(re.sub(r"\D", "", match["year"])) if match["year"] else None
    tidy = re.sub(r"\s+", "", code).replace("–", "-")
    for upper, right in _CAPITALS.items():
        tidy = re.sub(rf"(?<![{_UP}]){upper}(?![{_UP}a-z])", right, tidy)
    separator = match["sep"].strip().replace("–", "-")
    joint = "-" if year and match["year"].startswith("-") else "/"  # "19-2018/NQ-CP", as the Government printed it
    value = match["number"] + (f"{joint}{year}" if year else "") + separator + tidy
    printed = match.string[match.start() : end]
    parts = tuple(p for p in _PARTS.split(tidy) if p)
    return Symbol(printed, value, match["number"], year, parts, match.start(), end)


def _trim(code: str, end: int, knowledge: Knowledge) -> tuple[str, int]:
    """``code`` without a word that follows it after a dash ("77/KH-UBND - Sở", "12/QĐ-UBND- Phòng")."""
    raised = re.fullmatch(r"(.*?)(\d{1,2})", code, re.S)
    if raised and not raised[1].endswith(("BCĐ", "QH")) and knowledge.issuer_of(_PARTS.split(raised[1])[-1]):
        code, end = raised[1], end - len(raised[2])  # the number of a footnote, copied as "UBND2"
    while True:
        match = re.search(rf"(?:\s+[-–/]\s*|[-–/]\s+|\.)(?P<tail>{_CHUNK})$", code)
        if match is None:
            return code, end
        tail, head = match["tail"], code[: match.start()]
        first = len(_PARTS.split(head)) == 1
        known = knowledge.type_by_abbreviation(head.split("/")[-1]) is not None
        capitals = sum(c.isupper() or c.isdigit() for c in tail)
        is_word = capitals < 2
        glued = "\n" in match[0] or (first and known) or head.strip().isupper()
        if match[0].startswith("."):
            glued = tail.isupper() and len(tail) <= 5  # "KH-UBND.VX", not "…-UBND.Theo"
        both = re.match(r"\s+[-–/]\s", match[0]) is not None and "\n" not in match[0]
        if not is_word and glued and not (both and not (first and known)):
            return code, end
        end -= len(code) - len(head)
        code = head


def _plausible(match: re.Match[str], parts: tuple[str, ...], knowledge: Knowledge) -> bool:
    """Whether the match is a symbol and not a fraction, a measure ("5/KG") or a range ("3-Công")."""
    if not parts or any(sum(c.isupper() for c in p) == 0 for p in parts):
        return False
    head = parts[0]
    letters = [c for c in head if c.isalpha()]
    known = knowledge.type_by_abbreviation(head) is not None or knowledge.issuer_of(head) is not None
    if not known and sum(c.isupper() for c in letters) < 2 and not re.fullmatch(r"Q[a-zđ]|[A-ZĐ][a-z]r?", head):
        return False
    if len(letters) > 3 and sum(c.isupper() for c in letters) < len(letters) / 2:
        return False
    before = match.string[max(0, match.start() - 14) : match.start()]
    named = re.search(r"(?i)\b(?:s[oốôóòbé6ơ]+|sé|s)\s*[:.]?\s*$", before) is not None
    if len(parts) == 1:
        if match["year"]:
            return known or named
        if match["sep"].strip() != "/":
            return False
        return named or head == "CP" or _TYPE_WORD.search(flat(before)) is not None
    return not (match["sep"].strip() != "/" and not re.search(r"/", match["code"]))
