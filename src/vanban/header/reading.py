"""Puts the head of a document together from its letterhead, its title and, where need be, its first paragraphs."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import re
from collections import Counter

from vanban.citations.issuers import best_place, issuer_at
from vanban.citations.mentions import blank, looks_broken
from vanban.dates.calendar import flat
from vanban.header.fragments import Fragment, fragments
from vanban.header.letterhead import Found, Letterhead, is_place_and_date, read_letterhead
from vanban.header.names import agency_name
from vanban.header.phrases import restore
from vanban.header.title import Title, find_title
from vanban.header.untyped import find_untyped
from vanban.knowledge import Knowledge
from vanban.model import Doubt, Header, Line, Source
from vanban.sitetext import body_lines

_HEAD_LINES = 160
_OPENING_LINES = 120
_PART_NAMES = ("doc_type", "symbol", "issuer", "place", "date", "title")


def read(source: Source, *, knowledge: Knowledge | None = None) -> tuple[Header, tuple[Doubt, ...], int]:
    """The head of ``source``, the doubts about it, and the number of the first line behind head and title.

    A part that the file does not state is None with the doubt ``header-missing``. Where no letterhead stands, the
    issuer is read from the body ("Ủy ban nhân dân tỉnh … ban hành"): the doubt ``header-inferred``. In a broken text
    the values are put right with the doubts ``repaired-symbol``, ``repaired-date``, ``repaired-place``,
    ``repaired-title`` and ``repaired-issuer``. A decision with an annexed plan has the decision's head.
    Layout and order of the parts are those of Nghị định 30/2020/NĐ-CP, phụ lục I; Party documents put their number
    ("Số 14-KH/TU") in the same place.
    """
    known = knowledge or Knowledge.packaged()
    broken = source.quality == "broken" or looks_broken(source.text())
    first, last = body_lines(source)
    lines = [line for line in source.lines if first <= line.number <= min(last, first + _HEAD_LINES)]
    pieces = fragments(lines)
    title = find_title(pieces, known, spacing=_spacing(lines))
    if title is not None and (earlier := _date_first(pieces, title.index)):
        pieces, title = earlier, find_title(earlier, known, spacing=_spacing(lines))
    title = title or find_untyped(pieces, known)
    above = pieces[: title.index] if title else _letter(pieces)
    head = read_letterhead(above, known, broken=broken)
    after = (title.last_line if title else above[-1].number if above and head.symbol else first - 1) + 1
    return _assemble(source, head, title, after, known, broken)


def _date_first(pieces: list[Fragment], at: int) -> list[Fragment] | None:
    """``pieces`` with the place and date that stand right below the type's name put before it; None where none do.

    So they come where columns are read one after the other and the type's name stands under the left one."""
    if at + 1 == len(pieces) or not is_place_and_date(pieces[at + 1].text):
        return None
    moved = dataclasses.replace(pieces[at + 1], fresh=True)
    below = [dataclasses.replace(piece, fresh=True) for piece in pieces[at + 2 : at + 3]]
    return [*pieces[:at], moved, pieces[at], *below, *pieces[at + 3 :]]


def _letter(pieces: list[Fragment]) -> list[Fragment]:
    """The head of a document without a type's name (a letter): up to "Kính gửi" or the first numbered section."""
    for index, piece in enumerate(pieces):
        if re.match(r"kinh gui|(?:I|1)\s?[.)]\s|can cu ", piece.low, re.I) or len(piece.text) > 160:
            return pieces[:index]
    return pieces[:12]


def _assemble(
    source: Source, head: Letterhead, title: Title | None, after: int, known: Knowledge, broken: bool
) -> tuple[Header, tuple[Doubt, ...], int]:
    doubts: list[Doubt] = []
    line = title.type_line if title else None
    values: dict[str, Found | None] = {"symbol": head.symbol, "place": head.place, "date": head.date}
    values["issuer"] = _issuer(source, head, title, after, known, broken, doubts)
    values["title"] = _title(title, known, broken) if title else _subject(source, after)
    for name, found in values.items():
        if found is None:
            doubts.append(Doubt("header-missing", f"/header/{name}", None, None, None, 1.0))
        elif found.confidence < 1 and not any(d.where == f"/header/{name}" for d in doubts):
            proposed = found.value.isoformat() if isinstance(found.value, dt.date) else found.value
            span = (found.line, found.line)
            doubts.append(Doubt(f"repaired-{name}", f"/header/{name}", span, found.printed, proposed, found.confidence))
    doc_type = _doc_type(title, head, known)
    if doc_type is None:
        doubts.append(Doubt("header-missing", "/header/doc_type", (line, line) if line else None, None, None, 1.0))
    date = values["date"].value if values["date"] else None
    header = Header(
        doc_type=doc_type,
        symbol=_text(values["symbol"]),
        issuer=_text(values["issuer"]),
        place=_text(values["place"]),
        date=date if isinstance(date, dt.date) else None,
        title=_text(values["title"]),
    )
    order = {f"/header/{name}": i for i, name in enumerate(_PART_NAMES)}
    return header, tuple(sorted(doubts, key=lambda d: order[d.where])), after


def _text(found: Found | None) -> str | None:
    return str(found.value) if found else None


def _doc_type(title: Title | None, head: Letterhead, known: Knowledge) -> str | None:
    """The type by the printed name, or by the symbol where there is none (a công văn has neither)."""
    if title is not None and title.doc_type is not None:
        return title.doc_type.abbreviation or title.doc_type.name
    if head.symbol is None:
        return None
    part = re.split(r"[/-]", re.sub(r"^\d+\w?(?:/\d{4})?[/-]", "", str(head.symbol.value)))[0]
    code = known.type_by_abbreviation(part)
    return part if code is not None and code.in_symbol else "CV"


def _title(title: Title | None, known: Knowledge, broken: bool) -> Found | None:
    if title is None or title.text is None:
        return None
    if not broken:
        return Found(title.text, title.text, title.first_line)
    restored, sure = restore(title.text, known)
    return Found(restored, title.text, title.first_line, min(sure, 0.95))


def _subject(source: Source, after: int) -> Found | None:
    """The subject of a letter, which stands under its number: "V/v hướng dẫn …"."""
    parts: list[str] = []
    first = 0
    for piece in fragments([line for line in source.lines if line.number < after + 3]):
        if not parts:
            match = re.match(r"(?:v/v|ve\s+viec)[\s:]+", flat(piece.text))
            if match:
                parts, first = [piece.text[match.end() :]], piece.number
        elif (
            piece.fresh
            or piece.blank_before > 1
            or re.match(r"kinh gui|.*ngay .*nam \d{4}|\d", piece.low)
            or piece.capitals
        ):
            break
        else:
            parts.append(piece.text)
    text = " ".join(" ".join(parts).split()).strip(" .-–")
    return Found(text, text, first) if text else None


def _issuer(
    source: Source,
    head: Letterhead,
    title: Title | None,
    after: int,
    known: Knowledge,
    broken: bool,
    doubts: list[Doubt],
) -> Found | None:
    """The issuer: the line between a decision's title and its bases, the letterhead, or the issuing sentence."""
    if title is not None and title.issuer_line:
        name = agency_name(title.issuer_line, known)
        return Found(_placed(_named_fully(name, head), head), title.issuer_line, title.last_line)
    if head.issuer is not None and not broken:
        return _complete(head, known, doubts)
    opening = [ln for ln in source.lines if after <= ln.number < after + _OPENING_LINES]
    found = _issuing_sentence(opening, known, broken)
    if found is None and title is not None and title.aside:
        found = _from_aside(title, known)
    if found is None:
        return head.issuer
    if broken and head.issuer is not None:
        return head.issuer
    kind = "repaired-issuer" if broken else "header-inferred"
    span = (found.line, found.line)
    doubts.append(Doubt(kind, "/header/issuer", span, found.printed, str(found.value), found.confidence))
    return found


def _complete(head: Letterhead, known: Knowledge, doubts: list[Doubt]) -> Found | None:
    """The letterhead's issuer, with the province of the body above it, or of the place line where it names none."""
    issuer = head.issuer
    if issuer is None:
        return None
    name = str(issuer.value)
    if (
        flat(name) in ("uy ban nhan dan", "uy ban nhan dan tinh", "uy ban nhan dan thanh pho")
        and head.place is not None
    ):
        province = known.province_named(str(head.place.value))
        if province is not None:
            full = f"Ủy ban nhân dân {province.full_name}"
            span = (issuer.line, issuer.line)
            doubts.append(Doubt("header-inferred", "/header/issuer", span, issuer.printed, full, 0.9))
            return dataclasses.replace(issuer, value=full)
    return dataclasses.replace(issuer, value=_placed(name, head))


def _named_fully(name: str, head: Letterhead) -> str:
    """ "Chủ tịch Ủy ban nhân dân tỉnh" with the name that the letterhead gives the province."""
    kind = re.search(r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường)$", name)
    full = re.search(rf"\b{kind[0]}\s+(\S.*)$", str(head.issuer.value)) if kind and head.issuer else None
    return f"{name} {full[1]}" if full else name


def _placed(name: str, head: Letterhead) -> str:
    """ "Sở Tư pháp" under "UBND tỉnh Nghệ An" is that province's; a name that says its place is kept."""
    if head.parent is not None and name in ("Ban Thường trực", "Ban Thường vụ", "Ban Chấp hành", "Thường trực"):
        return f"{name} {head.parent.value}"
    if head.parent is None or not re.match(r"(?:Sở|Phòng|Thanh tra|Văn phòng|Ban|Chi cục|Trung tâm)\b", name):
        return name
    match = re.search(r"((?:tỉnh|[Tt]hành phố|huyện|quận|thị xã|xã|phường|đặc khu)\s+\S.*)$", str(head.parent.value))
    if match is None or re.search(r"\b(?:tỉnh|[Tt]hành phố|huyện|quận|thị xã|xã|phường)\b", name):
        return name
    return f"{name} {match[1]}"


def _issuing_sentence(lines: list[Line], known: Knowledge, broken: bool) -> Found | None:
    """The body in "Ủy ban nhân dân tỉnh … ban hành Kế hoạch …"."""
    text = blank("\n".join(line.text for line in lines))
    low = flat(text)
    bounds = [0]
    for line in lines:
        bounds.append(bounds[-1] + len(line.text) + 1)
    verb = r"\s+(?:ban\s+h\S{1,2}nh|xay\s+d\Sng|trien\s+khai|phat\s+dong|to\s+ch\S{1,2}c)\b"
    for match in re.finditer(
        r"(?:^|[\n;.,]\s*|\b(?:nay|,)\s+)(?=(?:uy\s+ban\s+nhan|ubnd|hoi\s+dong|so\s|bo\s|ban\s+|tinh\s+uy|thanh\s+uy))",
        low,
    ):
        at = match.end()
        issuer = issuer_at(text, low, at, known, broken=broken)
        if issuer is None or not re.match(verb, low[issuer.end : issuer.end + 40]):
            continue
        if not text[at].isupper():
            continue
        number = lines[max(i for i, start in enumerate(bounds[:-1]) if start <= at)].number
        name = agency_name(issuer.name, known)
        return Found(name, " ".join(text[at : issuer.end].split()), number, min(issuer.confidence, 0.9))
    return None


def _from_aside(title: Title, known: Knowledge) -> Found | None:
    """The issuer of the decision that a plan is annexed to ("Kèm theo Quyết định số … của Ủy ban nhân dân …")."""
    aside = title.aside or ""
    low = flat(aside)
    matches = list(re.finditer(r"\bcua\s+", low))
    issuer = issuer_at(aside, low, matches[-1].end(), known) if matches else None
    return Found(agency_name(issuer.name, known), issuer.printed, title.last_line, 0.8) if issuer else None


def _spacing(lines: list[Line]) -> int:
    """How many empty lines stand between the lines of one paragraph: more than none where lines were copied one by one.

    It is told by sentences that go on behind empty lines: in small letters, with no stop before.
    """
    filled = [(index, line.text.strip()) for index, line in enumerate(lines) if line.text.strip()]
    gaps = Counter(
        j - i - 1 for (i, a), (j, b) in itertools.pairwise(filled) if b[0].islower() and a[-1] not in ".;:|-_"
    )
    gap, count = max(gaps.items(), key=lambda item: item[1], default=(0, 0))
    return gap if count >= 2 else 0


__all__ = ["best_place", "read"]
