"""What differs from the decree's layout, and what is measured."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from vanban.lint.rules import ELEMENT_NAMES, RULES
from vanban.parse.roles import Named
from vanban.parse.seen import Seen, SeenBlock, SeenParagraph


@dataclasses.dataclass(frozen=True, slots=True)
class Difference:
    """One difference: by which rule, in which element, what was measured and what is allowed, the article that says so,
    where it begins (``page``: PDF only; ``line``: on the page, or the paragraph's number in a DOCX; None: the whole file),
    in how many places, and a sentence in each language that says what to do."""

    rule: str
    element: str
    measured: str
    allowed: str
    article: str
    page: int | None
    line: int | None
    count: int
    vi: str
    en: str


@dataclasses.dataclass(frozen=True, slots=True)
class Case:
    """A file to be measured: what is seen in it, its named blocks, and the type of document that it is."""

    seen: Seen
    items: tuple[Named, ...]
    doc_type: str

    def of(self, *roles: str, annex: bool | None = None) -> list[Named]:
        """The blocks of these roles; ``annex``: only those of annexes, or only those of the document itself."""
        return [item for item in self.items if item.role in roles and (annex is None or bool(item.annex) == annex)]

    def paragraphs(self, *roles: str, annex: bool | None = None) -> list[SeenParagraph]:
        """The paragraphs of these roles."""
        return [item.block for item in self.of(*roles, annex=annex) if isinstance(item.block, SeenParagraph)]


def differs(
    rule: str,
    element: str,
    measured: str,
    allowed: str | tuple[str, str],
    *,
    at: SeenBlock | None = None,
    page: int | None = None,
    article: str = "",
    says: tuple[str, str] | None = None,
) -> Difference:
    """A difference. ``allowed``: one text, or one a language; ``says``: its own sentences, where the usual ones do not
    fit; ``article``: where it is not the rule's."""
    article = article or RULES[rule].article
    vi_allowed, en_allowed = (allowed, allowed) if isinstance(allowed, str) else allowed
    vi_name, en_name = ELEMENT_NAMES[element]
    title = RULES[rule].title
    vi, en = says or (
        f"{vi_name}: {_lower(title['vi'])} đo được là {measured}; cần {vi_allowed}",
        f"{en_name}: {_lower(title['en'])} is {measured}; it has to be {en_allowed}",
    )
    line = None
    if at is not None:
        line = at.number
        if isinstance(at, SeenParagraph) and at.lines:
            page = at.lines[0].page
    return Difference(
        rule, element, measured, vi_allowed, article, page, line, 1, f"{vi} ({article}).", f"{en} ({article})."
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def gathered(found: Iterable[Difference]) -> tuple[Difference, ...]:
    """The differences in the order of the file; what is the same in many places is said once, with how many."""
    groups: dict[tuple[str, str, str, str], list[Difference]] = {}
    for difference in found:
        key = (difference.rule, difference.element, difference.measured, difference.vi)
        groups.setdefault(key, []).append(difference)
    merged = [dataclasses.replace(_first(group), count=len(group)) for group in groups.values()]
    return tuple(sorted(merged, key=lambda found: (found.page or 0, found.line or 0)))


def _first(group: Sequence[Difference]) -> Difference:
    return min(group, key=lambda found: (found.page or 0, found.line or 0))
