"""The letterhead: number and symbol, place and date, issuer."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence

from vanban.citations.issuers import best_place, place_names
from vanban.citations.repair import repair_symbol
from vanban.citations.symbols import Symbol, find_symbols
from vanban.dates.calendar import DATE, date_of, flat
from vanban.header.fragments import Fragment
from vanban.header.names import agency_name
from vanban.knowledge import Knowledge

_SO = re.compile(r"(?:^|[\s|])(?:s[oe6b0]|so6)\s*[:.;]?\s*(?=[\d/.…_]|$)")
_PLACE_DATE = re.compile(rf",?\s*(?:ng[a-z]{{1,2}}y)\s+(?P<date>{DATE})")
_DAYLESS = re.compile(r",?\s*ngay\s*[.…_\s]*\s*thang\s*[.…_\d\s]*\s*nam\s*(?:\d{4})?")
_HEAD = re.compile(
    r"(?:(?:uy|tinh|thanh|huyen|van|tong|mat|hoi) $|uy ban|y ban nhan dan"
    r"|ubnd|hoi dong|hdnd|bo |so |phong |ban |tinh uy|thanh uy|huyen uy|thi uy|quan uy|dang uy"
    r"|dang bo|van phong|cuc "
    r"|tong cuc|chi cuc|thanh tra|cong an|truong |trung tam|mat tran|ubmttq|hoi |lien doan|lien minh"
    r"|doan |bch |tinh doan|thanh doan"
    r"|bao hiem|kho bac|ngan hang|vien |toa an|quan khu|chinh phu|thu tuong|quoc hoi|chu tich|tong |dai "
    r"|bao |lien |cong ty"
    r"|tap doan|hiep hoi|to |tieu ban|ttxvn|thong tan xa|kiem toan)"
)
_PLACES = ("tinh ", "thanh pho ", "huyen ", "quan ", "thi xa ", "thi tran ", "xa ", "phuong ", "dac khu ", "tp ", "tp.")
_PLACE_KINDS = ("thanh pho", "thi xa", "thi tran")
_LONE_HEAD = re.compile(r"uy|tinh|thanh|huyen|van|tong|mat|hoi|bo|so")


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """A value of the letterhead, what is printed, the line it begins at, and how sure it is."""

    value: str | dt.date
    printed: str
    line: int
    confidence: float = 1.0


@dataclasses.dataclass(frozen=True, slots=True)
class Letterhead:
    """What the letterhead states; None for what it does not."""

    symbol: Found | None = None
    place: Found | None = None
    date: Found | None = None
    issuer: Found | None = None
    parent: Found | None = None


def read_letterhead(pieces: Sequence[Fragment], knowledge: Knowledge, *, broken: bool) -> Letterhead:
    """What stands above the title. ``pieces`` are the fragments above it, without the motto."""
    text, at = _joined(pieces)
    low = flat(text)
    symbol = _symbol(text, low, knowledge)
    date, place, span = _place_and_date(text, low, symbol, at, knowledge, broken)
    parent, issuer = _issuer(pieces, symbol, span, at, knowledge)
    head = Letterhead(None, place, date, issuer, parent)
    if symbol is None:
        return head
    fixed = repair_symbol(symbol, None, None, knowledge)
    sure = 0.9 if fixed.value != symbol.value else 1.0
    return dataclasses.replace(head, symbol=Found(fixed.value, symbol.printed, _line(at, symbol.start), sure))


def is_place_and_date(text: str) -> bool:
    """Whether a line is the place and the date of a letterhead and nothing else."""
    match = _PLACE_DATE.search(flat(text))
    return match is not None and text[:1].isupper() and 1 < match.start() <= 40 and not text[match.end() :].strip(" .")


def _joined(pieces: Sequence[Fragment]) -> tuple[str, list[tuple[int, Fragment]]]:
    """The fragments as one text, a line each ("\\n\\n" before a fresh one), with the offset of each."""
    text = ""
    at: list[tuple[int, Fragment]] = []
    for piece in pieces:
        text += "\n\n" if piece.fresh and text else "\n" if text else ""
        at.append((len(text), piece))
        text += piece.text
    return text, at


def _line(at: list[tuple[int, Fragment]], offset: int) -> int:
    return next((piece.number for start, piece in reversed(at) if start <= offset), 1)


def _symbol(text: str, low: str, knowledge: Knowledge) -> Symbol | None:
    """The number behind "Số:", the last one above the title (site notices stand farther up)."""
    ends = {match.end() for match in _SO.finditer(low)}
    found = None
    for symbol in find_symbols(text, knowledge):
        if any(end <= symbol.start and not low[end : symbol.start].strip() for end in ends):
            found = symbol
    return found


def _place_and_date(
    text: str,
    low: str,
    symbol: Symbol | None,
    at: list[tuple[int, Fragment]],
    knowledge: Knowledge,
    broken: bool,
) -> tuple[Found | None, Found | None, tuple[int, int]]:
    """Date and place ("Cần Thơ, ngày 17 tháng 11 năm 2025"), and the offsets that they take."""
    matches = list(_PLACE_DATE.finditer(low))
    match = matches[-1] if matches else None
    dayless = None
    if match is None:
        dayless = next(iter(_DAYLESS.finditer(low)), None)
    begin = match.start() if match else dayless.start() if dayless else None
    if begin is None:
        return None, None, (len(text), len(text))
    end = match.end() if match else dayless.end() if dayless else begin
    value = date_of(match) if match else None
    date = None
    if match and value:
        printed = " ".join(text[match.start("date") : match.end("date")].split())
        torn = broken and not re.search(r"tháng|/", printed)
        date = Found(value, printed, _line(at, match.start("date")), 0.9 if torn else 1.0)
    place_start, place = _place(text, low, begin, symbol, knowledge, broken)
    found = Found(place[0], place[1], _line(at, place_start), place[2]) if place else None
    return date, found, (place_start if place else begin, end)


def _place(
    text: str, low: str, end: int, symbol: Symbol | None, knowledge: Knowledge, broken: bool
) -> tuple[int, tuple[str, str, float] | None]:
    """The place that ends at ``end``: the words that begin with a capital and are not all capitals, over a wrap."""
    floor = symbol.end if symbol and symbol.end <= end else 0
    floor = max(floor, text.rfind("\n\n", 0, end) if text[:end].rstrip() != text[: text.rfind("\n\n", 0, end)] else 0)
    tokens = list(re.finditer(r"[^\s,;:|]+", text[max(floor, 0) : end]))
    start = end
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        word = token[0]
        kind = index and start < end and flat(f"{tokens[index - 1][0]} {word}") in _PLACE_KINDS
        numbered = index and start == end and word.isdigit() and tokens[index - 1][0].lower() in ("quận", "phường")
        dash = word in ("-", "–") or bool(kind) or bool(numbered)
        named = word[0].isupper() and not (len(word) > 3 and word.isupper()) and not re.search(r"\d", word)
        if not (dash or named) or len(tokens) - index > 7:
            break
        if symbol is not None and floor + token.start() < symbol.end and floor + token.end() > symbol.start:
            break
        if (
            start < end
            and "\n" in text[floor + token.end() : start]
            and _is_whole(low[floor:end], low[start:end], knowledge)
        ):
            break  # what stands a line above is no part of it: the motto's rule, read from a picture as a word
        start = floor + token.start()
    printed = " ".join(text[start:end].split()).strip(" -–,")
    if not printed:
        return start, None
    if not broken:
        return start, (printed, printed, 1.0)
    near = best_place(re.sub(r"^thanh\s+ph\S{1,2}\s+", "", low[start:end]), knowledge)
    if near is None:
        return start, (printed, printed, 0.3)
    name = f"Thành phố {near[0]}" if re.match(r"thanh ph", flat(printed)) else near[0]
    return start, (name, printed, 1.0 if name == printed else 0.85)


def _is_whole(before: str, place: str, knowledge: Knowledge) -> bool:
    """Whether a place is a known one by itself, and not the end of a longer one that ``before`` ends with."""
    wanted, all_before = " ".join(place.split()), " ".join(before.split())
    names = [" ".join(flat(name).split()) for name in place_names(knowledge)]
    longer = (name for name in names if name != wanted and name.endswith(wanted))
    return wanted in names and not any(
        re.sub(r"[\s–-]+", " ", all_before).endswith(re.sub(r"[\s–-]+", " ", n)) for n in longer
    )


def _issuer(
    pieces: Sequence[Fragment],
    symbol: Symbol | None,
    span: tuple[int, int],
    at: list[tuple[int, Fragment]],
    knowledge: Knowledge,
) -> tuple[Found | None, Found | None]:
    """The body above and the issuer: the agency names of the left column, told by words such as "ỦY BAN"."""
    names: list[tuple[str, int]] = []
    open_name = False
    for index, (offset, piece) in enumerate(at):
        text = _cut(piece.text, offset, symbol, span)
        if not text:
            open_name = False
            continue
        low = " ".join(flat(text).split())
        capitals = Fragment(text, piece.number).capitals
        if names and open_name and _LONE_HEAD.fullmatch(" ".join(flat(names[-1][0]).split())):
            names[-1] = (f"{names[-1][0]} {text}", names[-1][1])  # "ỦY⏎BAN NHÂN DÂN"
        elif _HEAD.match(low + " ") and (capitals or index < len(at) and _looks_like_name(text)):
            names.append((text, piece.number))
            open_name = True
        elif open_name and capitals and (not piece.fresh or low.startswith(_PLACES)):
            names[-1] = (f"{names[-1][0]} {text}", names[-1][1])
        else:
            open_name = False
    names = [(" ".join(n.split()), line) for n, line in names]
    if not names:
        return None, None
    line = names[-1][1]
    issuer = agency_name(names[-1][0], knowledge)
    parent = agency_name(names[-2][0], knowledge) if len(names) > 1 else None
    found_parent = Found(parent, names[-2][0], names[-2][1]) if parent else None
    sure = 0.85 if _torn(names[-1][0], issuer) else 1.0
    return found_parent, Found(issuer, names[-1][0], line, sure)


def _torn(printed: str, name: str) -> bool:
    """Whether a sign that no name has was put right."""
    return any(not c.isalnum() and not c.isspace() and c not in "-–,.:*()" and c not in name for c in printed)


def _cut(text: str, offset: int, symbol: Symbol | None, span: tuple[int, int]) -> str:
    """A fragment without the number, place and date that stand on its line."""
    low, end = 0, len(text)
    if symbol is not None and offset <= symbol.start < offset + len(text):
        number = re.search(r"(?i)\bs\S{1,2}\s*[:.;]?\s*$", text[: symbol.start - offset])
        end = min(end, number.start() if number else symbol.start - offset)
    if offset <= span[0] < offset + len(text):
        end = min(end, span[0] - offset)
    if span[0] < offset < span[1] or (symbol and symbol.start < offset < symbol.end):
        return ""
    piece = text[low:end]
    return re.sub(r"(?i)\bsố\s*(?::|[\d./…_]).*$", "", piece).strip(" ,;:*|-–")


def _looks_like_name(text: str) -> bool:
    return len(text) < 70 and text[0].isupper() and not re.search(r"[.;:,]", text)
