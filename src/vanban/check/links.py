"""The rule about web addresses in a plan and behind its words."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from vanban.check.case import Case
from vanban.citations.symbols import symbol_key
from vanban.model import Finding
from vanban.text import fold

_URL = re.compile(r"https?://[^\s<>\"“”]+")
_TYPES = {
    "quyet-dinh": "Quyết định",
    "nghi-dinh": "Nghị định",
    "nghi-quyet": "Nghị quyết",
    "ke-hoach": "Kế hoạch",
    "chi-thi": "Chỉ thị",
    "thong-tu": "Thông tư",
    "cong-van": "Công văn",
    "thong-bao": "Thông báo",
    "huong-dan": "Hướng dẫn",
    "chuong-trinh": "Chương trình",
    "cong-dien": "Công điện",
    "luat": "Luật",
}
# Legal sites name a page by its document: ke-hoach-4046-kh-ubnd-2023-hop-tac-…, nghi-dinh-09-2017-nd-cp-phat-ngon-….
_SLUG = re.compile(
    rf"(?:^|[/_])(?P<type>{'|'.join(_TYPES)})-(?:so-)?(?P<number>\d{{1,5}})-(?:(?P<year>(?:19|20)\d\d)-)?"
    r"(?P<code>[a-z][a-z0-9]{1,9}(?:-[a-z][a-z0-9]{0,9}){0,12})"
)
_YEAR = re.compile(r"^(\d+)/(\d{4})/")


@dataclasses.dataclass(frozen=True, slots=True)
class Address:
    """The document that an address names: its type, number, year if told, and the rest of the name."""

    type: str
    number: int
    year: int | None
    rest: str
    slug: str


def address(url: str) -> Address | None:
    """The document that the page at ``url`` is named after; None where the address names none."""
    match = _SLUG.search(url.lower())
    if match is None:
        return None
    year = int(match["year"]) if match["year"] else None
    return Address(match["type"], int(match["number"]), year, match["code"], url.lower()[match.end("number") :])


def citation_link_mismatch(case: Case) -> Iterator[Finding]:
    """An address that leads to another document than any cited on its page, or beside it."""
    seen: set[str] = set()
    for line, url, beside in _addresses(case):
        target = address(url)
        if target is None or url in seen or _names_law(case, target):
            continue
        if not any(_fits(target, symbol) for symbol in _cited(case, line, beside)):
            seen.add(url)
            yield _mismatch(case, line, url, target)


def _addresses(case: Case) -> Iterator[tuple[int, str, bool]]:
    """(line, address, whether it lies behind the words of that line)."""
    for line in case.lines:
        for match in _URL.finditer(line.text):
            yield line.number, match[0].rstrip(".,;:)]"), False
    inside = {line.number for line in case.lines}
    cited = {n for c in case.plan.citations for first, last in c.mentions for n in range(first, last + 1)}
    # A web page has links of the site's own; those of the document stand at its citations.
    is_page = case.plan.source.media_type.startswith("text/html")
    for link in case.plan.source.links:
        if link.line in inside and (not is_page or link.line in cited):
            yield link.line, link.url, True


def _cited(case: Case, line: int, beside: bool) -> list[str]:
    """The symbols that an address on ``line`` may lead to: those beside it, else those of its page, else all."""
    pages = {entry.number: entry.page for entry in case.plan.source.lines}
    page = pages.get(line)
    symbols = [(c.symbol, span) for c in case.plan.citations if c.symbol for span in c.mentions]
    own = [case.plan.header.symbol] if case.plan.header.symbol else []
    if beside:
        near = [symbol for symbol, (first, last) in symbols if first <= line <= last]
        if near:
            return near
    if page is not None:
        # A sentence may run over from the page before or on to the next.
        near = [symbol for symbol, span in symbols if any((pages.get(n) or 0) - page in (-1, 0, 1) for n in span)]
        return [*near, *own]
    return [*(symbol for symbol, _ in symbols), *own]


def _names_law(case: Case, target: Address) -> bool:
    """Whether the address is that of a law that the plan cites by its name alone."""
    if target.type != "luat":
        return False
    numbered = f"{target.number}/{target.year}/"
    titles = {fold(row.title) for row in case.knowledge.validity if row.symbol.lstrip("0").startswith(numbered)}
    for citation in case.plan.citations:
        name = fold(citation.title or "")
        words = re.sub(r"[^a-z]+", "-", name.removeprefix("luat ")).strip("-")
        if citation.symbol is None and words and (name in titles or words in target.slug):
            return True
    return False


def _fits(target: Address, symbol: str) -> bool:
    """Whether ``symbol`` is the document that the address names: number, year where both tell it, letters."""
    number = re.match(r"\d+", symbol)
    if number is None or int(number[0]) != target.number:
        return False
    year = _YEAR.match(symbol)
    if year is not None and target.year is not None and int(year[2]) != target.year:
        return False
    letters = re.sub(r"^\d+/(?:\d{4}/)?", "", symbol_key(symbol))
    return re.sub(r"[^a-z0-9]", "", target.rest).startswith(re.sub(r"[^a-z]", "", letters)[:6])


def _mismatch(case: Case, line: int, url: str, target: Address) -> Finding:
    place = _province(case, target.slug)
    code = _code(target)
    name = f"{_TYPES[target.type]} {code}"
    of_vi, of_en = (f" ({place})", f" ({place})") if place else ("", "")
    return case.finding(
        "citation-link-mismatch",
        "warning",
        None,
        (line, line),
        vi=f"Đường dẫn mở {name}{of_vi}, là văn bản không được dẫn ở chỗ này; bạn hãy bỏ hoặc thay đường dẫn: {url}",
        en=f"The link leads to {name}{of_en}, which is not cited here; remove or replace it: {url}",
    )


def _code(target: Address) -> str:
    """The number as documents print it, as far as the address tells: 4046/KH-UBND, 09/2017/NĐ-CP."""
    codes = {
        "kh": "KH",
        "qd": "QĐ",
        "nd": "NĐ",
        "nq": "NQ",
        "ct": "CT",
        "tt": "TT",
        "tb": "TB",
        "hd": "HD",
        "ctr": "CTr",
    }
    first, _, rest = target.rest.partition("-")
    body = {"ttg": "TTg", "hdnd": "HĐND"}.get(rest.partition("-")[0], rest.partition("-")[0].upper())
    year = f"/{target.year}" if target.year else ""
    symbol = f"{codes[first]}-{body}" if first in codes and body else ""
    return f"{target.number:02}{year}" + (f"/{symbol}" if symbol else "")


def _province(case: Case, slug: str) -> str | None:
    """The province that the address names."""
    for province in case.knowledge.provinces:
        key = re.sub(r"[^a-z]+", "-", fold(province.name))
        if re.search(rf"-{key}(?:-|$)", slug):
            return province.full_name
    return None
