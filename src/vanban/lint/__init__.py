"""A file measured against the layout that the law fixes (Nghị định 30/2020/NĐ-CP).

    from vanban.lint import lint

    for difference in lint("ke_hoach.docx"):
        print(difference.page, difference.line, difference.vi)

Ours or anyone's, DOCX or PDF. What is allowed stands in ``vanban.official.layout`` with the article beside it; where the
decree leaves a point open nothing is measured. ``RULES`` describes every rule; ``docs/guide/the-thuc.md`` prints them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from vanban.lint import hands, places, sheets, text, words
from vanban.lint.difference import Case, Difference, differs, gathered
from vanban.lint.rules import RULES, Rule
from vanban.parse import Seen, named, see, wording
from vanban.parse.building import said
from vanban.parse.roles import paragraphs

__all__ = ["RULES", "Difference", "Rule", "lint", "lint_seen"]

_MEASURES: Mapping[str, tuple[Callable[[Case], Iterator[Difference]], ...]] = MappingProxyType(
    {
        "missing": (places.missing,),
        "page-size": (sheets.page_size,),
        "margins": (sheets.margins,),
        "font": (hands.fonts,),
        "colour": (hands.colours,),
        "page-number": (sheets.page_number,),
        "size": (hands.sizes,),
        "hand": (hands.hands,),
        "capitals": (hands.capitals,),
        "position": (places.position,),
        "order": (places.order,),
        "rule": (places.rules,),
        "symbol": (words.symbol,),
        "symbol-type": (words.symbol_type,),
        "date": (words.date,),
        "about": (words.about,),
        "bases": (words.bases,),
        "body": (text.body,),
        "end-mark": (words.end_mark,),
        "addressees": (words.addressees,),
        "recipients": (words.recipients,),
        "signature": (words.signature,),
        "annex": (words.annex,),
    }
)
_HEAD = ("country", "motto", "symbol", "place_date")
_FIRST = 12  # paragraphs of a head


def lint(file: str | Path | bytes, name: str = "", *, off: Collection[str] = ()) -> tuple[Difference, ...]:
    """What differs from the decree's layout in a DOCX or PDF file, given by its path or its bytes, in the order of the file;
    nothing: it keeps it. ``off``: names of rules to leave out. A file that is no official document has one difference.

    Raises ``vanban.errors.Unreadable`` for a file that cannot be read, KeyError for a rule that there is not."""
    return lint_seen(see(file, name), off=off)


def lint_seen(seen: Seen, *, off: Collection[str] = ()) -> tuple[Difference, ...]:
    """``lint`` of what is seen in a file already."""
    for rule in off:
        RULES[rule]
    items = named(seen)
    if any(wording.OTHERS.fullmatch(block.text) for block in list(paragraphs(seen.blocks))[:_FIRST]):
        says = (
            "Tệp này là văn bản của Đảng hoặc của Đoàn: thể thức theo hướng dẫn riêng, không theo Nghị định "
            "30/2020/NĐ-CP, nên không xét",
            "This is a paper of the Party or the Youth Union: its layout follows their own guidance, not Nghị định "
            "30/2020/NĐ-CP, and is not measured",
        )
        return (differs("not-official", "document", "–", ("văn bản hành chính", "an official document"), says=says),)
    if sum(any(item.role == role for item in items) for role in _HEAD) < 2:
        says = (
            "Tệp này không có phần đầu của văn bản hành chính (Quốc hiệu, Tiêu ngữ, số, ký hiệu, địa danh và thời "
            "gian) nên "
            "không xét thể thức",
            "The file has no head of an official document (country, motto, number, place and date): its layout is not "
            "measured",
        )
        return (differs("not-official", "document", "–", ("văn bản hành chính", "an official document"), says=says),)
    printed = said(items, "type")
    case = Case(seen, items, wording.type_of(printed) or printed.capitalize() or "Công văn")
    found = (
        difference
        for rule, measures in _MEASURES.items()
        if rule not in off
        for take in measures
        for difference in take(case)
    )
    return gathered(found)
