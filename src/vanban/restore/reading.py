"""Broken lines put right: the words proposed for them, and how sure each is."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

from vanban.model import Line
from vanban.restore.broken import broken_lines
from vanban.restore.cases import write
from vanban.restore.model import Model, runs, token
from vanban.restore.search import Option, decide
from vanban.restore.suggesting import suggest
from vanban.restore.units import PROTECTED, Unit, units

_TEMPER = 0.72  # the search is surer than it is right; set on the first 150 lines of the city plan
_MOST_ALTERNATIVES = 4
_TOLD = 0.97  # a first letter less sure than this has its other case among the alternatives


@dataclasses.dataclass(frozen=True, slots=True)
class Word:
    """A word that is, or may be, other than the file has it.

    ``line`` (its number) and ``start``, ``end`` tell where ``found`` stands in the original. ``proposed`` stands in the
    restored text, unless ``suggestion_only``: numbers, symbols, addresses, abbreviations, labels and names of persons
    are left as found. ``alternatives``: other readings, likeliest first.
    """

    line: int
    start: int
    end: int
    found: str
    proposed: str
    confidence: float
    alternatives: tuple[str, ...] = ()
    suggestion_only: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Restored:
    """The lines, as many as were given, and the words that were looked at."""

    lines: tuple[str, ...]
    words: tuple[Word, ...]


def restore(lines: Sequence[Line], model: Model) -> Restored:
    """``lines`` with their broken words put right as far as ``model`` can tell. Clean lines come back as they are."""
    texts = [line.text for line in lines]
    broken = broken_lines(texts)
    found = units(texts, model.abbreviations) if any(broken) else []
    words = _suggestions(found, lines, broken, model)
    for run in runs(found):
        if any(broken[unit.line] for unit in run):
            words.extend(word for unit, word in _run(run, lines, model, broken) if broken[unit.line])
    out = list(texts)
    at = {line.number: place for place, line in enumerate(lines)}
    for word in sorted(words, key=lambda w: (w.line, -w.start)):
        if not word.suggestion_only and word.proposed != word.found:
            place = at[word.line]
            out[place] = out[place][: word.start] + word.proposed + out[place][word.end :]
    return Restored(tuple(out), tuple(sorted(words, key=lambda word: (word.line, word.start))))


def _suggestions(found: Sequence[Unit], lines: Sequence[Line], broken: Sequence[bool], model: Model) -> list[Word]:
    out: list[Word] = []
    for unit in found:
        hint = suggest(unit, model) if broken[unit.line] and unit.kind in PROTECTED else None
        if hint is not None:
            place = (lines[unit.line].number, unit.start, unit.end, unit.text)
            out.append(Word(*place, hint.proposed, hint.confidence, hint.alternatives, suggestion_only=True))
    return out


def _run(run: Sequence[Unit], lines: Sequence[Line], model: Model, broken: Sequence[bool]) -> list[tuple[Unit, Word]]:
    slots = [_options(unit, model, broken[unit.line]) for unit in run]
    decided = decide(slots, model.language)
    out: list[tuple[Unit, Word]] = []
    likeliest = ["", *(choices[0][0].words[-1] for choices in decided)]
    following = [*(choices[0][0].words[0] for choices in decided[1:]), ""]
    for at, (unit, choices) in enumerate(zip(run, decided, strict=True)):
        if unit.kind == "word":
            around = (likeliest[at], following[at])
            forms = [
                write(unit.text, option.words, around, _place(unit), model.cases, model.channel)
                for option, _ in choices[: _MOST_ALTERNATIVES + 2]
            ]
            best, sure = forms[0]
            others = tuple(dict.fromkeys(form for form, _ in forms[1:] if form != best))[:_MOST_ALTERNATIVES]
            if sure < _TOLD:
                others = (best[:1].swapcase() + best[1:], *others)[:_MOST_ALTERNATIVES]
            confidence = round(_tempered([chance for _, chance in choices]) * sure, 4)
            line = lines[unit.line].number
            out.append((unit, Word(line, unit.start, unit.end, unit.text, best, confidence, others)))
    return out


def _place(unit: Unit) -> str:
    return "opens" if unit.opens else "leads" if unit.leads else ""


def _tempered(chances: Sequence[float]) -> float:
    """How sure the first of ``chances`` is, as often as it proves right: the search itself is too sure."""
    powers = [math.pow(chance, _TEMPER) for chance in chances]
    return powers[0] / sum(powers)


def _options(unit: Unit, model: Model, broken: bool) -> tuple[Option, ...]:
    if unit.kind in PROTECTED or not broken:
        return (Option((token(unit),), 0.0),)
    return model.likely(unit.text)
