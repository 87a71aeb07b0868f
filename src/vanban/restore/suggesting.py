"""Suggestions for what is never altered: a symbol, an abbreviation, a label, a name that looks torn."""

from __future__ import annotations

import dataclasses
import re

from vanban.restore.model import Model
from vanban.restore.syllables import skeleton
from vanban.restore.units import Unit

_PART = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"([IVX|l1]+)([.,])")
_TORN_ROMAN = str.maketrans("|l1", "III")
_GLUED = re.compile(r"\d+[^\W\d_]{3,}|[^\W\d_]*\d[^\W\d_]*[:;'‘’(|][^\W\d_]+")
_BARRED = "DPBb"  # what an OCR without Vietnamese prints for Đ
_USUAL_NAME = 3.0  # what a usual name may cost more than another
_FAR = 8.0  # a part of a symbol that costs more than this is no known one


@dataclasses.dataclass(frozen=True, slots=True)
class Suggestion:
    """What may stand there, how sure that is, and other readings."""

    proposed: str
    confidence: float
    alternatives: tuple[str, ...] = ()


def suggest(unit: Unit, model: Model) -> Suggestion | None:
    """What ``unit`` (of a protected kind) was probably printed as; None where nothing looks torn."""
    if unit.kind == "label":
        return _label(unit.text)
    if unit.kind == "name":
        return _name(unit.text, model)
    if unit.kind in ("code", "abbreviation"):
        return _symbol(unit.text, model) or _torn(unit.text, model)
    return None


def _label(text: str) -> Suggestion | None:
    """ "I11." for III., "¢)" for c)."""
    roman = _ROMAN.fullmatch(text)
    if roman is not None and not text[:-1].isdigit():
        right = roman[1].translate(_TORN_ROMAN) + "."
        return None if right == text else Suggestion(right, 0.9)
    return Suggestion(f"{text[:-2]}c)", 0.9) if text.endswith("¢)") else None


def _name(text: str, model: Model) -> Suggestion | None:
    """A part of a person's name, by the usual ones first."""
    options = [option for option in model.options(text) if len(option.words) == 1]
    options.sort(key=lambda option: option.cost - (_USUAL_NAME if option.words[0] in model.names else 0.0))
    forms = tuple(dict.fromkeys(option.words[0].capitalize() for option in options[:4]))
    return Suggestion(forms[0], 0.5, forms[1:]) if forms and forms[0] != text else None


def _symbol(text: str, model: Model) -> Suggestion | None:
    """A symbol or an abbreviation with those of its parts put right that only one known part is near to."""
    sure = 1.0
    out = text
    for part in reversed(list(_PART.finditer(text))):
        found = _part(part.group(), model)
        if found is None:
            continue
        out = out[: part.start()] + found[0] + out[part.end() :]
        sure = min(sure, found[1])
    return None if out == text else Suggestion(out, sure)


def _part(part: str, model: Model) -> tuple[str, float] | None:
    if part in model.forms or len(part) < 2:
        return None
    twins = [form for form in model.forms if skeleton(form) == part]
    if len(twins) == 1:
        return twins[0], 0.9
    barred = [
        form
        for form in model.forms
        if len(form) == len(part)
        and "Đ" in form
        and all(a == b or (b == "Đ" and a in _BARRED) for a, b in zip(part, form, strict=True))
    ]
    if len(barred) == 1:
        return barred[0], 0.85
    if len(part) < 3:
        return None
    near = sorted(
        (model.channel.plain_cost(part, form), form)
        for form in model.forms
        if len(form) == len(part) and sum(a != b for a, b in zip(part, form, strict=True)) == 1
    )
    if near and near[0][0] < _FAR and (len(near) == 1 or near[1][0] > near[0][0] + 1):
        return near[0][1], 0.6
    return None


def _torn(text: str, model: Model) -> Suggestion | None:
    """A word that was taken for a symbol or an abbreviation because it is torn so badly."""
    if _GLUED.fullmatch(text):
        return Suggestion(text, 0.3)
    if (
        not re.fullmatch(r"[^\W\d_]{2,7}", text)
        or text in model.forms
        or not re.search("[AEIOUYaeiouy]", skeleton(text))
    ):
        return None
    near = model.options(text)
    if near[0].cost > len(text):
        return None
    forms = tuple(
        dict.fromkeys(o.words[0].upper() if text.isupper() else o.words[0] for o in near[:4] if len(o.words) == 1)
    )
    return Suggestion(forms[0], 0.5, forms[1:]) if forms and forms[0] != text else None
