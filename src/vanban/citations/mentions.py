"""The places of a text that name a document."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import unicodedata

from rapidfuzz import fuzz

from vanban.citations.issuers import OF, IssuerName, issuer_at, issuer_before
from vanban.citations.laws import LawName, find_laws
from vanban.citations.repair import repair_symbol
from vanban.citations.symbols import Symbol, find_symbols
from vanban.citations.titles import title_after
from vanban.citations.types import SO, type_named, type_of, type_pattern, type_word_before
from vanban.dates.calendar import DATE, NAM, date_of, flat
from vanban.knowledge import Knowledge

_URL = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)\S{1,300}?\.(?:aspx|html?|pdf)\b\S*")
_PAGE_NUMBER = re.compile(r"(?m)^[ \t]*\d{1,3}[ \t]*$")
_FOOTNOTE = re.compile(r"\[\d{1,3}\](?!\s*[^\W\d_]{2,}\s*:)")
_DATE_AFTER = re.compile(
    rf"\s*(?:\([^()]{{0,80}}\)\s*)?,?\s*\(?\s*(?:duoc\s+)?(?:ban\s+hanh\s+)?(?:ky\s+)?(?:ng[a-z]{{1,2}}y\s*)?,?\s*(?P<date>{DATE})"
)
_YEAR_AFTER = re.compile(rf"\s*,?\s*{NAM}\s+(?:19|20)\d{{2}}")
_OF_AFTER = re.compile(rf"\s*(?:\([^()]{{0,80}}\)\s*)?,?\s*(?:do\s+|{OF}\s+)")
_LIST_GAP = re.compile(rf"[\s,;:]*(?:va|hoac|cung)?\s*(?:cac\s+)?(?:{SO})?\s*[:.]?\s*", re.I)
_ISSUED = re.compile(r"\s+(?:da\s+|moi\s+)?(?:ky\s+)?(?:ban\s+hanh|co|thong\s+qua)\s+(?:cac\s+)?$")
_JOINT = re.compile(
    r"\s*(?:,|va|-)\s+(?=(?:bo\s+truong|bo|chanh\s+an|vien\s+truong|tong|uy\s+ban|ubnd|doan|hoi|ban)\s)"
)
# "Mẫu số 01/BC-SKHĐT" is a form, not a document.
_FORM = re.compile(rf"\b(?:mau|bieu|phu luc|phu bieu|mau bieu|bieu mau)\s*(?:{SO})?\s*[:.]?\s*$")
_VIETNAMESE_LETTER = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹĂĐƠƯ]")
_BROKEN_WORDS = 30


@dataclasses.dataclass(frozen=True, slots=True)
class Mention:
    """One place that names a document; ``start`` and ``end`` are offsets into the text in NFC.

    ``symbol`` is whole: white space made good, a short form ("Chỉ thị số 07") resolved (``short``). ``symbol`` is None
    for a law cited by name, whose name is the ``title``. ``date``, ``issuer`` and ``title`` are those printed here, or,
    where this place has none, what the symbol itself says of the issuer (``issuer_stated`` is then False). ``found`` is
    the symbol as printed where it was made good, and ``confidence`` how sure that is. ``conflicts`` are the dates that
    other mentions give the same symbol.
    """

    doc_type: str | None
    symbol: str | None
    issuer: str | None
    date: dt.date | None
    title: str | None
    start: int
    end: int
    short: bool = False
    issuer_stated: bool = False
    found: str | None = None
    found_issuer: str | None = None
    confidence: float = 1.0
    conflicts: tuple[dt.date, ...] = ()
    key: str = ""


def find(text: str, *, knowledge: Knowledge | None = None, broken: bool | None = None) -> tuple[Mention, ...]:
    """Every place of ``text`` that names a document, in order.

    ``broken`` says that the text has lost its Vietnamese letters, so that types, issuers and symbols are matched by
    likeness; by default that is told from the text. Web addresses are no citations; a document's name in brackets
    behind its citation is one more mention of it. Never raises on any text.
    """
    known = knowledge or Knowledge.packaged()
    text = blank(unicodedata.normalize("NFC", text))
    low = flat(text)
    if broken is None:
        broken = looks_broken(text)
    symbols = find_symbols(text, known)
    mentions = _numbered(text, low, symbols, known, broken)
    mentions += _named(text, low, mentions, known, broken)
    mentions += _short_forms(low, mentions, known)
    mentions.sort(key=lambda m: m.start)
    return tuple(_with_conflicts(mentions))


def blank(text: str) -> str:
    """``text`` with web addresses, bare page numbers and marks of footnotes blanked; offsets stay the same."""
    text = _URL.sub(lambda m: " " * len(m[0]), text)
    text = _FOOTNOTE.sub(lambda m: " " * len(m[0]), text)
    return _PAGE_NUMBER.sub(lambda m: " " * len(m[0]), text)


def looks_broken(text: str) -> bool:
    """Whether a text of some length has hardly a word with a letter that only Vietnamese has."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    if len(words) < _BROKEN_WORDS:
        return False
    vietnamese = sum(1 for w in words if _VIETNAMESE_LETTER.search(w))
    # A letterhead in capitals has few such letters, so that a short text is told only where it has next to none.
    return vietnamese / len(words) < (0.25 if len(words) >= 100 else 0.04)


# --- documents with a number ---------------------------------------------------------------------------------------


def _numbered(text: str, low: str, symbols: list[Symbol], known: Knowledge, broken: bool) -> list[Mention]:
    mentions: list[Mention] = []
    symbols[:] = [s for s in symbols if not _FORM.search(low[max(0, s.start - 24) : s.start])]
    for index, symbol in enumerate(symbols):
        following = symbols[index + 1].start if index + 1 < len(symbols) else len(text)
        mentions.append(_mention(text, low, symbol, following, known, broken))
    return _shared(text, low, symbols, mentions, known)


def _mention(text: str, low: str, symbol: Symbol, following: int, known: Knowledge, broken: bool) -> Mention:
    named = type_word_before(low, symbol.start, known)
    start = named[1] if named else symbol.start
    date, issuer, end = _tail(text, low, symbol.end, known, broken, joint=len(symbol.parts) > 2)
    if issuer is None:
        issuer = _issuer_before(text, low, start, known, broken)
    repaired = repair_symbol(symbol, named[0] if named else None, issuer.name if issuer else None, known)
    found = symbol.printed if repaired.value != symbol.value else None
    suffix_issuer = known.issuer_of(_issuing_part(repaired))
    implied = suffix_issuer.name if suffix_issuer and suffix_issuer.level not in ("local", "party") else None
    if issuer is not None and implied is not None and not broken:
        issuer = _mended(issuer, implied)
    return Mention(
        doc_type=type_of(repaired, named[0] if named else None, known),
        symbol=repaired.value,
        issuer=issuer.name if issuer else implied,
        date=date,
        title=None if broken else title_after(text, low, end, following, known, stated=bool(date or issuer)),
        start=start,
        end=end,
        issuer_stated=issuer is not None,
        found=found,
        found_issuer=issuer.printed if issuer and issuer.printed != issuer.name else None,
        confidence=min(repaired.confidence, issuer.confidence if issuer else 1.0),
        key=repaired.key,
    )


def _mended(issuer: IssuerName, implied: str) -> IssuerName:
    """An issuer with a torn letter ("Thủ tướng Chlnh phủ") as the body that the symbol names."""
    likeness = fuzz.ratio(flat(issuer.name), flat(implied)) / 100
    if 0.85 <= likeness < 1 and len(issuer.name.split()) == len(implied.split()):
        return dataclasses.replace(issuer, name=implied, confidence=round(likeness, 2))
    return issuer


def _issuing_part(symbol: Symbol) -> str:
    """The part of the symbol that names its body: the last, or in a công văn (number/body-unit) the first."""
    known = Knowledge.packaged()
    if known.type_by_abbreviation(symbol.parts[0]) is None and known.issuer_of(symbol.parts[0]) is not None:
        return symbol.parts[0]
    return symbol.parts[1] if len(symbol.parts) > 1 else symbol.parts[0]


def _tail(
    text: str, low: str, at: int, known: Knowledge, broken: bool, *, joint: bool
) -> tuple[dt.date | None, IssuerName | None, int]:
    """Date and issuer printed right behind a symbol, in either order, and where they end; ``joint``: of several bodies.

    What stands farther on belongs to the title or to another document, so it is never taken.
    """
    date: dt.date | None = None
    issuer: IssuerName | None = None
    end = at
    for _ in range(2):
        match = _DATE_AFTER.match(low, end) if date is None else None
        if match:
            date, end = date_of(match), match.end()
            continue
        year = _YEAR_AFTER.match(low, end) if date is None else None
        if year and issuer is None:
            end = year.end()
        of = _OF_AFTER.match(low, end) if issuer is None else None
        if of:
            issuer = issuer_at(text, low, of.end(), known, broken=broken)
            if issuer is None:
                break
            issuer = _with_partners(text, low, issuer, known, broken) if joint else issuer
            end = issuer.end
    return date, issuer, end


def _with_partners(text: str, low: str, issuer: IssuerName, known: Knowledge, broken: bool) -> IssuerName:
    """An issuer together with those that issue a joint document with it ("Bộ trưởng Bộ … và Bộ trưởng Bộ …")."""
    while True:
        join = _JOINT.match(low, issuer.end)
        more = issuer_at(text, low, join.end(), known, broken=broken) if join else None
        if join is None or more is None:
            return issuer
        word = " và " if "va" in join[0] else ", "
        issuer = IssuerName(issuer.name + word + more.name, issuer.printed + word + more.printed, more.end)


def _issuer_before(text: str, low: str, at: int, known: Knowledge, broken: bool) -> IssuerName | None:
    """The issuer in "của Sở … tại Tờ trình số", "được UBND tỉnh phê duyệt tại Quyết định số"."""
    head = low[max(0, at - 220) : at]
    issued = _ISSUED.search(head)
    if issued:
        return issuer_before(text, low, max(0, at - 220) + issued.start(), known, broken=broken)
    matches = list(re.finditer(rf"(?:{OF}|duoc|do)\s+(?=[a-z])", head))
    match = matches[-1] if matches else None
    if match is None or not re.search(r"\s(?:tai|theo)\s+(?:cac\s+)?$", head):
        return None
    begin = max(0, at - 220) + match.end()
    issuer = issuer_at(text, low, begin, known, broken=broken)
    if issuer is None:
        return None
    between = low[issuer.end : at]
    return issuer if len(between.split()) <= 8 and not re.search(r"[.;()\d]", between) else None


def _shared(text: str, low: str, symbols: list[Symbol], mentions: list[Mention], known: Knowledge) -> list[Mention]:
    """Type, date and issuer that several numbers share: "các Nghị quyết số 1/NQ-CP, số 2/NQ-CP ngày … của …"."""
    for i in range(1, len(mentions)):
        before, here = mentions[i - 1], mentions[i]
        if (
            here.start == symbols[i].start
            and _LIST_GAP.fullmatch(low[before.end : here.start])
            and here.doc_type in (None, "CV")
        ):
            mentions[i] = dataclasses.replace(here, doc_type=before.doc_type)
    for i in range(len(mentions) - 2, -1, -1):
        here, after = mentions[i], mentions[i + 1]
        gap = low[here.end : symbols[i + 1].start]
        if not _LIST_GAP.fullmatch(gap) or symbols[i].parts[0] != symbols[i + 1].parts[0]:
            continue
        changes: dict[str, object] = {}
        if here.date is None and after.date is not None:
            changes["date"] = after.date
        if not here.issuer_stated and after.issuer_stated and symbols[i].parts[-1] == symbols[i + 1].parts[-1]:
            changes |= {"issuer": after.issuer, "issuer_stated": True}
        mentions[i] = dataclasses.replace(here, **changes)  # type: ignore[arg-type]
    return mentions


# --- laws by name, short forms, conflicts ----------------------------------------------------------------------------


def _named(text: str, low: str, numbered: list[Mention], known: Knowledge, broken: bool) -> list[Mention]:
    """Laws cited by name. One that carries a number of its own ("Luật X số 72/2025/QH15") is that numbered document."""
    mentions = []
    names: dict[str, Mention] = {}
    laws = find_laws(text, low, known, broken=broken)
    taken = [(m.start, m.end) for m in numbered]
    for law in laws:
        owner = _number_behind(low, law, numbered)
        if owner is not None:
            index = numbered.index(owner)
            numbered[index] = dataclasses.replace(owner, title=law.name, doc_type=law.kind, start=law.start)
            names[flat(law.name)] = numbered[index]
    for law in laws:
        if any(a <= law.start < b for a, b in taken if low[a:b].startswith("luat so")) or _number_behind(
            low, law, numbered
        ):
            continue
        match = _DATE_AFTER.match(low, law.end)
        date = date_of(match) if match else None
        same = names.get(flat(law.name))
        if same is not None and date is not None and f"/{date.year}/" not in (same.symbol or ""):
            same = None  # an earlier law of the same name
        end = match.end() if match else law.end
        mentions.append(
            Mention(
                doc_type=law.kind,
                symbol=same.symbol if same else None,
                issuer=same.issuer if same else None,
                date=date,
                title=law.name,
                start=law.start,
                end=end,
                found=law.printed if (broken and law.printed != law.name) or law.confidence < 1 else None,
                confidence=law.confidence,
                key=same.key if same else flat(law.name),
            )
        )
    return mentions


def _number_behind(low: str, law: LawName, numbered: list[Mention]) -> Mention | None:
    for mention in numbered:
        if 0 <= mention.start - law.start <= len(law.printed) + 12 and mention.end > law.end and mention.symbol:
            between = low[law.end : mention.end]
            if re.match(rf"\s*(?:{NAM}\s+\d{{4}}\s*)?,?\s*\(?\s*(?:luat\s+)?(?:{SO})?\s*[:.]?\s*\d+/\d{{4}}/", between):
                return mention
    return None


def _short_forms(low: str, mentions: list[Mention], known: Knowledge) -> list[Mention]:
    """ "Chỉ thị số 07" for a document that the text cites in full; unknown short forms are left alone."""
    full: dict[tuple[str | None, int], Mention] = {}
    for mention in mentions:
        number = re.match(r"\d+", mention.symbol or "")
        if number:
            full.setdefault((mention.doc_type, int(number[0])), mention)
    taken = bytearray(len(low))
    for mention in mentions:
        taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    found = []
    for match in type_pattern(known).finditer(low):
        number = re.compile(rf"\s+(?P<so>{SO}\s*)?(?P<n>\d{{1,5}}(?:/\d{{4}})?)(?![\w]|\s?[/-]\s?\w|[.,]\d)").match(
            low, match.end()
        )
        if number is None or taken[match.start()]:
            continue
        named = type_named(match["name"], known)
        whole = full.get((named.abbreviation or named.name, int(number["n"].split("/")[0]))) if named else None
        unit = re.match(r"\s*(?:nam|thang|ngay|tuan|nhiem|noi dung|cuoc|xa|phuong|nguoi|%)", low[number.end() :])
        if whole is None or (not number["so"] and unit):
            continue
        found.append(
            dataclasses.replace(
                whole,
                date=None,
                title=None,
                start=match.start(),
                end=number.end(),
                short=True,
                found=None,
                conflicts=(),
            )
        )
    return found


def _with_conflicts(mentions: list[Mention]) -> list[Mention]:
    dates: dict[str, list[dt.date]] = {}
    for mention in mentions:
        if mention.date is not None and mention.date not in dates.setdefault(mention.key, []):
            dates[mention.key].append(mention.date)
    return [
        dataclasses.replace(m, conflicts=tuple(d for d in dates.get(m.key, []) if d != m.date))
        if m.symbol and m.date and len(dates[m.key]) > 1
        else m
        for m in mentions
    ]
