"""Symbols that a careless hand or a poor text layer spoilt: ``Qb-TTy`` beside "Quyết định … của Thủ tướng"."""

from __future__ import annotations

import dataclasses
import re

from rapidfuzz.distance import Levenshtein

from vanban.citations.symbols import Symbol
from vanban.dates.calendar import flat
from vanban.knowledge import DocType, Knowledge

# Letters that a text layer without Vietnamese puts for Đ ("Qb-TTg", "HPND").
_DOUBTFUL_BAR = re.compile(r"(?<=[A-Z])[bDPBp]|[DP](?=[A-Z])")


def repair_symbol(symbol: Symbol, named: DocType | None, issuer: str | None, knowledge: Knowledge) -> Symbol:
    """``symbol`` with the letters that the printed type and issuer prove wrong put right, digits never.

    A type is put right only where the words before the number name it, or where only the bar of Đ is missing; an
    issuer's part only where one known suffix differs in marks alone, or in one letter and the printed issuer has it.
    """
    if len(symbol.parts) == 1:
        split = _split(symbol, knowledge)
        if split is not None:
            return split
    parts = list(symbol.parts)
    confidence = 1.0
    typed = _type_part(parts[0], named, knowledge)
    if typed is not None and typed != parts[0]:
        parts[0] = typed
        confidence = 0.9
    for index in range(1, len(parts)):
        right = _issuer_part(parts[index], issuer, knowledge)
        if right is not None and right != parts[index]:
            parts[index] = right
            confidence = min(confidence, 0.85)
    if parts == list(symbol.parts):
        return symbol
    return dataclasses.replace(
        symbol, value=_join(symbol, parts), parts=tuple(parts), repaired=True, confidence=confidence
    )


def _split(symbol: Symbol, knowledge: Knowledge) -> Symbol | None:
    """A symbol whose hyphen a copy has lost ("61/2018/NĐCP"): a known type and a known issuer written together."""
    code = symbol.parts[0]
    if knowledge.type_by_abbreviation(code) is not None or knowledge.issuer_of(code) is not None:
        return None
    for at in range(2, len(code) - 1):
        head, tail = code[:at], code[at:]
        doc_type = knowledge.type_by_abbreviation(head)
        if doc_type is not None and doc_type.in_symbol and knowledge.issuer_of(tail) is not None:
            value = symbol.value[: -len(code)] + f"{head}-{tail}"
            return dataclasses.replace(symbol, value=value, parts=(head, tail), repaired=True, confidence=0.9)
    return None


def _join(symbol: Symbol, parts: list[str]) -> str:
    value, position = symbol.value, 0
    for old, new in zip(symbol.parts, parts, strict=True):
        at = value.index(old, position)
        value = value[:at] + new + value[at + len(old) :]
        position = at + len(new)
    return value


def _type_part(part: str, named: DocType | None, knowledge: Knowledge) -> str | None:
    if knowledge.type_by_abbreviation(part) is not None:
        return None
    if knowledge.issuer_of(part) is not None:
        return None
    if named is not None and named.abbreviation and named.in_symbol:
        wanted = named.abbreviation
        if flat(part) == flat(wanted) or (len(part) == len(wanted) and Levenshtein.distance(part, wanted) == 1):
            return wanted
    twins = [t.abbreviation for t in knowledge.doc_types if t.abbreviation and flat(t.abbreviation) == flat(part)]
    if len(twins) == 1 and "Đ" in twins[0]:
        return twins[0]
    barred = _DOUBTFUL_BAR.sub("Đ", part)
    return barred if barred != part and knowledge.type_by_abbreviation(barred) is not None else None


def _issuer_part(part: str, issuer: str | None, knowledge: Knowledge) -> str | None:
    if knowledge.issuer_of(part) is not None or part.isdigit():
        return None
    rows = knowledge.issuer_rows
    twins = {r.suffix for r in rows if flat(r.suffix) == flat(part)}
    if len(twins) == 1:
        return twins.pop()
    if issuer is None or len(part) < 3:
        return None
    near = {r.suffix for r in rows if len(r.suffix) == len(part) and Levenshtein.distance(r.suffix, part) == 1}
    stated = {r.suffix for r in rows if r.suffix in near and flat(r.name) in flat(issuer)}
    return stated.pop() if len(stated) == 1 else None
