"""The likeliest run of syllables for a run of torn words, and how sure each of them is."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

from vanban.restore.language import BREAK, Language

_MOST = 16  # candidates of a word that the first pass looks at
_FAINT = 1e-7  # a state less likely than this so far is not followed further
_KEEP = 1e-3  # a candidate less likely than this after the first pass is dropped


@dataclasses.dataclass(frozen=True, slots=True)
class Option:
    """What a torn word may stand for: one syllable, or more where a blank was lost; and the cost of the reading."""

    words: tuple[str, ...]
    cost: float


Choice = tuple[Option, float]
State = tuple[str, ...]


def decide(slots: Sequence[Sequence[Option]], language: Language, weight: float) -> list[list[Choice]]:
    """For each slot its options with their chances (which add up to one), likeliest first.

    ``weight``: how much the cost of a reading counts beside the language.
    """
    if not slots:
        return []
    narrow = [_narrow(options, language, weight) for options in slots]
    first = _pass(narrow, weight, language, order=1)
    kept = [
        [option for option, chance in zip(options, chances, strict=True) if chance >= _KEEP * max(chances)]
        for options, chances in zip(narrow, first, strict=True)
    ]
    second = _pass(kept, weight, language, order=2)
    return [
        sorted(zip(options, chances, strict=True), key=lambda choice: -choice[1])
        for options, chances in zip(kept, second, strict=True)
    ]


def _narrow(options: Sequence[Option], language: Language, weight: float) -> list[Option]:
    if len(options) <= _MOST:
        return list(options)
    return sorted(options, key=lambda o: weight * o.cost - sum(math.log(language.one(w)) for w in o.words))[:_MOST]


def _chance(language: Language, state: State, words: tuple[str, ...], order: int) -> float:
    """The chance of ``words`` after ``state``."""
    if order == 1:
        if len(words) == 1:
            return language.chance_two(state[0], words[0])
        return math.prod(language.chance_two(a, b) for a, b in zip((state[0], *words), words, strict=False))
    run = (*state, *words)
    return math.prod(language.chance(run[at], run[at + 1], run[at + 2]) for at in range(len(words)))


def _pass(slots: Sequence[Sequence[Option]], weight: float, language: Language, order: int) -> list[list[float]]:
    """Forward and backward over states (the last ``order`` syllables): the chance of each option of each slot."""
    states: dict[State, float] = {(BREAK,) * order: 1.0}
    layers = [states]
    two = language.chance_two
    arcs: list[list[tuple[State, int, State, float]]] = []
    for options in slots:
        ahead: dict[State, float] = {}
        here: list[tuple[State, int, State, float]] = []
        least = min(option.cost for option in options)
        for at, option in enumerate(options):
            reading = math.exp(weight * (least - option.cost))
            words = option.words
            if order == 1 and len(words) == 1:  # nearly always, and nearly all of the time
                total = 0.0
                word = words[0]
                for state, chance in states.items():
                    step = reading * two(state[0], word)
                    here.append((state, at, words, step))
                    total += chance * step
                ahead[words] = ahead.get(words, 0.0) + total
                continue
            for state, chance in states.items():
                after = (*state, *words)[-order:]
                step = reading * _chance(language, state, words, order)
                here.append((state, at, after, step))
                ahead[after] = ahead.get(after, 0.0) + chance * step
        whole = sum(ahead.values())
        states = {state: chance / whole for state, chance in ahead.items() if chance > _FAINT * whole}
        layers.append(states)
        arcs.append(here)
    return _backward(slots, layers, arcs, {state: _chance(language, state, (BREAK,), order) for state in states})


def _backward(
    slots: Sequence[Sequence[Option]],
    layers: Sequence[dict[State, float]],
    arcs: Sequence[list[tuple[State, int, State, float]]],
    behind: dict[State, float],
) -> list[list[float]]:
    out: list[list[float]] = []
    for place in range(len(slots) - 1, -1, -1):
        chances = [0.0] * len(slots[place])
        earlier: dict[State, float] = {}
        states = layers[place]
        for state, at, after, step in arcs[place]:
            onward = behind.get(after)
            if onward is None:
                continue
            rest = step * onward
            chances[at] += states[state] * rest
            earlier[state] = earlier.get(state, 0.0) + rest
        most = max(earlier.values())
        behind = {state: chance / most for state, chance in earlier.items()}
        whole = sum(chances)
        out.append([chance / whole for chance in chances])
    return out[::-1]
