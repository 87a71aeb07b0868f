"""The documents that a source cites, each once, with its mentions and what is doubtful about it."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

from vanban.citations.mentions import Mention, find
from vanban.citations.symbols import symbol_key
from vanban.dates.calendar import flat
from vanban.knowledge import Knowledge
from vanban.model import Citation, Doubt, Lines, Source
from vanban.sitetext import body_lines

_SECTION = re.compile(
    r"^\s*(?:[IVXl1|]{1,4}\s?[.)]|PHAN\s+[IVX]+|CHUONG\s+[IVX]+|1\.|A\.|Dieu 1\b|QUYET DINH\s*:?\s*$)\s*\S?", re.I
)

_BASIS = re.compile(
    r"(?:can c\S{0,2} (?!\d)|thu[ce] hien |trien khai |theo de nghi |xet de nghi |thi hanh |de (?:trien"
    r"|thuc|tiep|chu dong))"
)
_BASES_HEADING = re.compile(r"(?:can cu|co so)(?: phap ly| xay dung| ban hanh| lap ke hoach|$)|cac can cu")


def read(
    source: Source,
    basis: Lines | None,
    own_symbol: str | None = None,
    *,
    knowledge: Knowledge | None = None,
) -> tuple[tuple[Citation, ...], tuple[Doubt, ...]]:
    """The documents that ``source`` cites, in order of first mention, and the doubts about them.

    ``basis`` are the lines of the opening paragraphs: a document mentioned there, or in a section of its own for them
    ("I. CĂN CỨ PHÁP LÝ"), is one of the legal bases. None finds the paragraphs (from the first Căn cứ, Thực hiện, Theo
    đề nghị … to the first section). ``own_symbol`` is the document's own
    number, which is no citation. Kinds of doubt: ``citation-conflict`` (two mentions give one symbol two dates),
    ``citation-year`` (the year in the number is not that of the date), ``repaired-symbol``, ``repaired-issuer``,
    ``repaired-title``.
    """
    known = knowledge or Knowledge.packaged()
    first, last = body_lines(source)
    lines = [line for line in source.lines if first <= line.number <= last]
    text = "\n".join(line.text for line in lines)
    starts = _line_starts([line.text for line in lines])
    mentions = find(text, knowledge=known, broken=source.quality == "broken" or None)
    own = symbol_key(own_symbol) if own_symbol else None
    bases = [span for span in (basis or find_basis(source), _bases_section(source)) if span]
    groups = _groups([m for m in mentions if m.key != own])
    citations: list[Citation] = []
    doubts: list[Doubt] = []
    for group in groups:
        spans = [_lines_of(m, starts, lines[0].number) for m in group]
        citation = _citation(group, spans, bases)
        doubts += _doubts(group, spans, citation, f"/citations/{len(citations)}")
        citations.append(citation)
    return tuple(citations), tuple(doubts)


def find_basis(source: Source) -> Lines | None:
    """The lines of the opening paragraphs that name the legal bases, or None where there are none."""
    begin = None
    for index, line in enumerate(source.lines):
        bare = flat(line.text).strip()
        if begin is None:
            following = next((flat(n.text).strip() for n in source.lines[index + 1 : index + 3] if n.text.strip()), "")
            if _BASIS.match(f"{bare} {following}") and not line.text.strip().isupper():
                begin = line.number
        elif _SECTION.match(flat(line.text)) and not bare.startswith("can c"):
            return (begin, line.number - 1)
    return None


def _bases_section(source: Source) -> Lines | None:
    """The lines of a section of its own for the legal bases ("I. CĂN CỨ PHÁP LÝ"), up to the next such heading."""
    begin = None
    form = ""
    for line in source.lines:
        match = re.match(r"\s*([IVX]+|\d{1,2}|[A-H])\s?[.)-]\s*(\S.*)", line.text)
        if match is None:
            continue
        here = "roman" if re.match(r"[IVX]+$", match[1]) else "digit" if match[1].isdigit() else "letter"
        if begin is not None and here == form:
            return (begin, line.number - 1)
        if begin is None and _BASES_HEADING.match(" ".join(flat(match[2]).split())):
            begin, form = line.number, here
    return (begin, source.lines[-1].number) if begin is not None and form == "roman" else None


def _groups(mentions: list[Mention]) -> list[list[Mention]]:
    """Mentions of one document together, in order of first mention."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        for group in groups:
            if group[0].key == mention.key and _same(group, mention):
                group.append(mention)
                break
        else:
            groups.append([mention])
    return groups


def _same(group: list[Mention], mention: Mention) -> bool:
    """Whether a mention with the symbol of ``group`` can be the same document.

    Two bodies may have given one local number twice ("08/KH-UBND" of a province and of a city): then both the printed
    issuers and the dates differ.
    """
    date = next((m.date for m in group if m.date), None)
    issuer = next((m.issuer for m in group if m.issuer_stated), None)
    if mention.date is None or date is None or mention.date == date:
        return True
    if not mention.issuer_stated or issuer is None or mention.issuer is None:
        return True
    a, b = _issuer_key(issuer), _issuer_key(mention.issuer)
    return a in b or b in a


def _issuer_key(name: str) -> str:
    key = " ".join(flat(name).replace("ubnd", "uy ban nhan dan").replace("hdnd", "hoi dong nhan dan").split())
    return re.sub(r"^(?:bo truong|chu tich) ", "", key)


def _citation(group: list[Mention], spans: list[Lines], bases: list[Lines]) -> Citation:
    symbol = next((m.symbol for m in group if m.symbol and not m.found), group[0].symbol)
    stated = [m.issuer for m in group if m.issuer and m.issuer_stated]
    return Citation(
        doc_type=next((m.doc_type for m in group if m.doc_type), None),
        symbol=symbol,
        date=_date(group, symbol),
        issuer=stated[0] if stated else next((m.issuer for m in group if m.issuer), None),
        title=next(iter(sorted((m.title for m in group if m.title), key=str.isupper)), None),
        is_basis=any(a <= first <= b for first, _ in spans for a, b in bases),
        mentions=tuple(dict.fromkeys(spans)),
    )


def _date(group: list[Mention], symbol: str | None) -> dt.date | None:
    """The date of a document: where mentions differ, one of the year in the number, then the most frequent."""
    dates = [m.date for m in group if m.date]
    if not dates:
        return None
    year = re.match(r"\d+/(\d{4})/", symbol or "")
    fitting = [d for d in dates if year and d.year == int(year[1])] or dates
    counts = Counter(fitting)
    return max(counts, key=lambda d: (counts[d], -fitting.index(d)))


def _doubts(group: list[Mention], spans: list[Lines], citation: Citation, where: str) -> list[Doubt]:
    doubts: list[Doubt] = []
    dates = list(dict.fromkeys(m.date for m in group if m.date))
    if len(dates) > 1 and citation.symbol and citation.date:
        printed = "; ".join(d.strftime("%d/%m/%Y") for d in dates)
        other = next(s for m, s in zip(group, spans, strict=True) if m.date and m.date != citation.date)
        doubts.append(Doubt("citation-conflict", f"{where}/date", other, printed, citation.date.isoformat(), 0.5))
    year = re.match(r"\d+/(\d{4})/", citation.symbol or "")
    if year and citation.date and citation.date.year != int(year[1]):
        doubts.append(Doubt("citation-year", f"{where}/symbol", spans[0], citation.symbol, citation.symbol, 0.5))
    for mention, span in zip(group, spans, strict=True):
        if mention.found:
            kind, part = ("repaired-symbol", "symbol") if mention.symbol else ("repaired-title", "title")
            proposed = mention.symbol or mention.title
            doubts.append(Doubt(kind, f"{where}/{part}", span, mention.found, proposed, mention.confidence))
        if mention.found_issuer and mention.issuer == citation.issuer and not mention.found_issuer.isupper():
            doubts.append(
                Doubt(
                    "repaired-issuer", f"{where}/issuer", span, mention.found_issuer, mention.issuer, mention.confidence
                )
            )
    return list({(d.kind, d.where, d.found): d for d in reversed(doubts)}.values())[::-1]


def _line_starts(texts: list[str]) -> list[int]:
    starts, at = [], 0
    for text in texts:
        starts.append(at)
        at += len(text) + 1
    return starts


def _lines_of(mention: Mention, starts: list[int], first: int) -> Lines:
    def line(offset: int) -> int:
        low, high = 0, len(starts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if starts[middle] <= offset else (low, middle)
        return first + low

    return line(mention.start), line(max(mention.start, mention.end - 1))
