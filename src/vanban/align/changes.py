"""What changed between the entries of a pair, as rows and sentences, and the kind that follows."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Literal

from vanban.align.differences import Comparison, compare
from vanban.align.fields import Agencies, agencies, same_time
from vanban.align.judging import OFTEN, Span, narrows
from vanban.align.laying import Same
from vanban.align.names import Names
from vanban.align.notes import Notes
from vanban.align.result import Change, Field, Kind
from vanban.align.tokens import Token, Tokeniser
from vanban.model import Duty, Task
from vanban.text import fold


@dataclasses.dataclass(frozen=True)
class Sides:
    """The two plans as they are compared: how each one's texts are cut, whose names, which words."""

    higher: Tokeniser
    lower: Tokeniser
    names: Names
    same: Same
    notes: Notes


@dataclasses.dataclass(frozen=True)
class Outcome:
    """The kind of a pair, its rows, and the agencies that stand for one another in it."""

    kind: Kind
    changes: tuple[Change, ...]
    counterparts: tuple[tuple[str, str, str], ...]


def changes(sides: Sides, higher: Sequence[Task | Duty], lower: Sequence[Task | Duty]) -> Outcome:
    """Compares what the entries ``higher`` and ``lower`` of one pair order."""
    texts = " ".join(entry.text for entry in higher), " ".join(entry.text for entry in lower)
    tokens = _joined(sides.higher, higher), _joined(sides.lower, lower)
    several = len(higher) > 1 or len(lower) > 1
    compared = compare(tokens[0][1], tokens[1][1], sides.same, several=several)
    own = [name for entry in lower for name in (entry.lead if isinstance(entry, Task) else entry.agencies)]
    rows = [*_verb(sides, compared, tokens), *_texts(sides, compared, tokens, own)]
    standing: list[tuple[str, str, str]] = []
    for field in _agency_fields(higher):
        one = [sides.higher.name(name) for name in _all(getattr(entry, field) for entry in higher)]
        other = [sides.lower.name(name) for name in _all(getattr(entry, field) for entry in lower)]
        result = agencies(one, other, sides.names)
        standing.extend(result.counterparts)
        rows.extend(_agencies(sides, field, result, one, other, fold(texts[1])))
    if isinstance(higher[0], Task) and isinstance(lower[0], Task):
        rows.extend(
            _timed(sides, [e for e in higher if isinstance(e, Task)], [e for e in lower if isinstance(e, Task)])
        )
    if several:
        name = "split" if len(lower) > len(higher) else "merged"
        count = max(len(higher), len(lower))
        rows.append(Change("text", None, None, sides.notes.say(name, n=count), "wording"))
    return Outcome(_kind(compared, rows), tuple(rows), tuple(standing))


def _agency_fields(entries: Sequence[Task | Duty]) -> tuple[Field, ...]:
    return ("lead", "coordinating") if isinstance(entries[0], Task) else ("agencies",)


def _all(lists: object) -> list[str]:
    """The names of several lists, each once."""
    seen: dict[str, None] = {}
    for names in lists:  # type: ignore[attr-defined]
        seen.update(dict.fromkeys(names))
    return list(seen)


_Text = tuple[str, list[Token]]


def _joined(cutter: Tokeniser, entries: Sequence[Task | Duty]) -> _Text:
    """The texts of the entries as one, and its tokens."""
    text = " ".join(entry.text for entry in entries)
    return text, cutter.cut(text)


def _said(text: str, tokens: Sequence[Token]) -> str:
    """What ``text`` prints from the first of ``tokens`` to the last."""
    if not tokens:
        return ""
    return " ".join(text[tokens[0].start : tokens[-1].end].split()).strip(" ,;:")


def _shown(text: str, tokens: Sequence[Token]) -> str:
    """The same as a sentence quotes it: torn words as they are read."""
    if not any(token.raw for token in tokens):
        return _said(text, tokens)
    return " ".join(f"{token.shown}{',' if token.comma else ''}" for token in tokens).rstrip(" ,")


def _verb(sides: Sides, compared: Comparison, texts: tuple[_Text, _Text]) -> list[Change]:
    if compared.head is None:
        return []
    one, other = _said(texts[0][0], compared.head.higher), _said(texts[1][0], compared.head.lower)
    quoted = _shown(texts[0][0], compared.head.higher), _shown(texts[1][0], compared.head.lower)
    note = sides.notes.say(compared.head.direction, *map(_small, quoted))
    return [Change("verb", one, other, note)]


def _small(text: str) -> str:
    """``text`` as it stands inside a sentence: no capital but that of a name."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _texts(sides: Sides, compared: Comparison, texts: tuple[_Text, _Text], own: Sequence[str]) -> list[Change]:
    """The rows on the running text. ``own``: the agencies that the lower entry belongs to."""
    notes, rows = sides.notes, []
    if compared.rewritten:
        return [Change("text", texts[0][0], texts[1][0], _anew(sides, compared, texts, own))]
    for span in compared.spans:
        one, other = _said(texts[0][0], span.higher), _said(texts[1][0], span.lower)
        is_amount = bool(span.higher and span.lower) and span.direction != "changed" and not span.is_verb
        name = _sentence(span)
        before = 1 if is_amount and span.higher[0].literal in OFTEN else 0  # "hằng" of "hằng tháng"
        around = (before, 4) if is_amount else (2, 0) if name.endswith("-bound") else (0, 0)
        quoted = [
            _shown(text, _with_next(tokens, side, *around))
            for (text, tokens), side in zip(texts, (span.higher, span.lower), strict=True)
        ]
        note = notes.say(name, *quoted, torn=span.doubtful)
        rows.append(Change("verb" if span.is_verb else "text", one or None, other or None, note))
    if compared.named:
        said = [_said(texts[1][0], [token]) for token in compared.named]
        rows.append(Change("text", None, "; ".join(said), notes.say("named", b=notes.names(said)), "wording"))
    seen: set[tuple[str, str]] = set()
    for left, right in compared.met:
        one, other = _said(texts[0][0], [left]), _said(texts[1][0], [right])
        if left.sort != "agency" or sides.names.is_same(left.key, right.key) or (one, other) in seen:
            continue
        seen.add((one, other))
        rows.append(Change("text", one, other, notes.say("counterpart", one, other), "counterpart"))
    return rows


def _anew(sides: Sides, compared: Comparison, texts: tuple[_Text, _Text], own: Sequence[str]) -> str:
    """The sentence on a text that was written anew: whom it no longer names, what bounds it now."""
    left = [t for t in compared.gone if not any(sides.names.stands_for(t.key, name) is not None for name in own)]
    gone = sides.notes.names(list(dict.fromkeys(_said(texts[0][0], [token]) for token in left)))
    limits = "; ".join(_shown(texts[1][0], clause) for clause in compared.limits)
    name = "rewritten" + ("-gone" if gone else "") + ("-limits" if limits else "")
    return sides.notes.say(name, gone, limits)


def _with_next(tokens: Sequence[Token], span: Sequence[Token], before: int, after: int) -> Sequence[Token]:
    """``span`` with so many tokens around it: a figure is quoted with what it counts, an attribute with its word."""
    if not span or not (before or after):
        return span
    first = next((at for at, token in enumerate(tokens) if token.start == span[0].start), None)
    if first is None:
        return span
    last = first + len(span)
    while (
        last < len(tokens) and last < first + len(span) + after and not (tokens[last].is_stop or tokens[last - 1].comma)
    ):
        last += 1
    return tokens[max(0, first - before) : last]


def _sentence(span: Span) -> str:
    """The name of the sentence that a difference in the text is told by."""
    if span.reason == "soft":
        return f"soft-{span.direction}"
    if span.is_verb:
        return f"{'verb' if span.higher and span.lower else 'helping'}-{span.direction}"
    if span.higher and span.lower:
        return "replaced" if span.direction == "changed" else "amount"
    if (span.direction == "narrowed") == bool(span.higher) or span.direction == "changed":
        return "lost" if span.higher else "gained"
    side, tokens = ("lost", span.higher) if span.higher else ("gained", span.lower)
    return f"{side}-limit" if narrows(tokens) or span.reason == "place" else f"{side}-bound"


def _agencies(
    sides: Sides, field: Field, result: Agencies, one: Sequence[str], other: Sequence[str], lower_text: str
) -> list[Change]:
    """The rows of a list of agencies: a difference first, then wording, then who stands for whom."""
    notes, rows = sides.notes, []
    lost, gained = "; ".join(result.lost), "; ".join(result.gained)
    if result.differ:
        name = "both" if lost and gained else "lost" if lost else "gained"
        if field == "coordinating" and not gained and all(_stands(sides, agency, lower_text) for agency in result.lost):
            name = "moved"
        note = notes.say(f"{field}-{name}", notes.names(result.lost), notes.names(result.gained))
        whole = name == "both" or (field != "coordinating" and not (one and other))
        rows.append(
            Change(
                field, "; ".join(one) if whole else lost or None, "; ".join(other) if whole else gained or None, note
            )
        )
    for name, agencies_ in (("named", result.named), ("unnamed", result.unnamed), ("vague", result.vague)):
        if agencies_:
            said = "; ".join(agencies_)
            spoken = notes.names(agencies_)
            is_lower = name == "named" or (name == "vague" and agencies_[0] in other)
            rows.append(
                Change(
                    field,
                    None if is_lower else said,
                    said if is_lower else None,
                    notes.say(name, spoken, spoken),
                    "wording",
                )
            )
    rows.extend(
        Change(field, left, right, notes.say("counterpart", left, right), "counterpart")
        for left, right, _ in result.counterparts
        if not sides.names.is_same(left, right)
    )
    return rows


def _stands(sides: Sides, agency: str, text: str) -> bool:
    """Whether the counterpart of ``agency`` is named in the lower text."""
    base = sides.names.base(agency)
    return len(base.split()) > 1 and base.replace("cap uy", "").strip() in " ".join(text.replace(",", " ").split())


def _timed(sides: Sides, higher: Sequence[Task], lower: Sequence[Task]) -> list[Change]:
    notes, rows = sides.notes, []
    one = next((task.time for task in higher if task.time), None)
    times = [task.time for task in lower]
    other = next((time for time in times if not same_time(one, time)), times[0])
    if len(higher) > 1:  # merged: the time of any of them will do
        one = next((task.time for task in higher if same_time(task.time, other)), one)
    if not same_time(one, other):
        rows.append(Change("time", one.text if one else None, other.text if other else None, notes.time(one, other)))
    forms = [" ".join(form.split()) if (form := side[0].form) else "" for side in (higher, lower)]
    if forms[0] or forms[1]:
        left, right = sides.higher.cut(forms[0]), sides.lower.cut(forms[1])
        compared = compare(left, right, sides.same) if left and right else None
        if compared is None or compared.spans or compared.rewritten:
            name = "form-both" if left and right else "form-lost" if left else "form-gained"
            rows.append(Change("form", forms[0] or None, forms[1] or None, notes.say(name, forms[0], forms[1])))
    return rows


Turn = Literal["narrowed", "widened", "weakened", "strengthened", "changed"]


def _kind(compared: Comparison, rows: Sequence[Change]) -> Kind:
    """The kind of a pair: the verb that answers decides; then the text; then agencies, time and form.

    Differences of the text that point several ways, and those that point nowhere, make it "changed"; so does another
    agency, time or form where the text is the same.
    """
    if compared.head is not None:
        turn: Turn = compared.head.direction
        return turn
    directions = {span.direction for span in compared.spans}
    if len(directions) == 1:
        return directions.pop()
    if directions or any(row.weight == "difference" for row in rows):
        return "changed"
    return "kept"
