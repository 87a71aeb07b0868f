"""Whether a lower plan names a higher one among what it cites, and what that says of the higher plan's own head."""

from __future__ import annotations

import dataclasses
import re

from rapidfuzz import fuzz

from vanban.align.names import Names, place_of
from vanban.fuzzy import skeleton
from vanban.knowledge import Knowledge
from vanban.model import Citation, Header, Plan
from vanban.text import fold

#: So much (of 100) of a title must be found where the lower plan cites it; torn text counts letter by letter.
_TITLE_ALIKE = 70


def identify(higher: Plan, lower: Plan, knowledge: Knowledge | None = None) -> Citation | None:
    """The citation in ``lower`` that names ``higher``; None where there is none.

    By number and symbol where the higher file bears them; else by issuer, type and title, the title being looked for in
    the lines of the citation too, since a torn text's titles are not read. What contradicts (another date, another
    issuer) rules a citation out.
    """
    knowledge = knowledge or Knowledge.packaged()
    names = Names(knowledge, None, (place_of(higher, knowledge), place_of(lower, knowledge)))
    fitting = [cited for cited in lower.citations if _fits(higher, lower, cited, names)]
    return max(fitting, key=lambda cited: (cited.is_basis, len(cited.mentions)), default=None)


def proposed_header(higher: Plan, lower: Plan, knowledge: Knowledge | None = None) -> Header | None:
    """The head of ``higher`` with the number, date and issuer that it lacks and that ``lower``, which cites it, states.

    None where the lower plan does not cite it, or states nothing new.
    """
    cited = identify(higher, lower, knowledge)
    if cited is None:
        return None
    head = higher.header
    filled = dataclasses.replace(
        head,
        symbol=head.symbol or cited.symbol,
        date=head.date or cited.date,
        issuer=head.issuer or cited.issuer,
        doc_type=head.doc_type or cited.doc_type,
    )
    return None if filled == head else filled


def _fits(higher: Plan, lower: Plan, cited: Citation, names: Names) -> bool:
    head = higher.header
    if head.symbol and cited.symbol and _symbol(head.symbol) != _symbol(cited.symbol):
        return False
    if head.date and cited.date and head.date != cited.date:
        return False
    if head.doc_type and cited.doc_type and head.doc_type != cited.doc_type:
        return False
    if not _same_issuer(head.issuer, cited.issuer, names):
        return False
    if head.symbol and cited.symbol:
        local = head.issuer is None or cited.issuer is None
        return not local or head.date == cited.date or _title_stands(head.title, lower, cited)
    if cited.symbol is None and cited.title is None:
        return False
    return head.issuer is not None and _title_stands(head.title, lower, cited)


def _symbol(symbol: str) -> str:
    number, _, rest = fold(symbol).partition("/")
    return f"{number.lstrip('0')}/{rest}"


def _same_issuer(one: str | None, other: str | None, names: Names) -> bool:
    """Whether two issuers can be the same: one may leave out the place's name ("UBND tỉnh")."""
    if one is None or other is None:
        return True
    left, right = (fold(re.sub(r"[-–]", " ", names.plain(name))).split() for name in (one, other))
    shorter, longer = sorted((left, right), key=len)
    return longer[: len(shorter)] == shorter


def _title_stands(title: str | None, lower: Plan, cited: Citation) -> bool:
    """Whether ``title`` is the cited one, or stands in the lines of the citation and right behind them."""
    if title is None:
        return False
    wanted = skeleton(title.replace(" ", ""))
    if cited.title is not None:
        found = skeleton(cited.title.replace(" ", ""))
        return fuzz.ratio(wanted, found) >= _TITLE_ALIKE or (len(found) > 20 and found in wanted)
    by_number = {line.number: line.text for line in lower.source.lines}
    for first, last in cited.mentions:
        near = " ".join(by_number.get(number, "") for number in range(first, last + 5))
        if fuzz.partial_ratio(wanted, skeleton(near.replace(" ", ""))) >= _TITLE_ALIKE:
            return True
    return False
