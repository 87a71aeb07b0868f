"""The likeliest run of syllables for a run of torn words, and how sure each of them is."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from typing import TypeVar

from vanban.restore.language import BREAK, Language

_WEIGHT = 0.9  # what the reading of a word counts beside the language
_MOST = 16  # candidates of a word that are looked at in its line
_FAINT = 1e-7  # a state less likely than this so far is not followed further
_KEEP = 1e-3  # a candidate less likely than this after the first pass is dropped


@dataclasses.dataclass(frozen=True, slots=True)
class Option:
    """What a torn word may stand for: one syllable, or more where a blank was lost; and the cost of the reading."""

    words: tuple[str, ...]
    cost: float


Choice = tuple[Option, float]
State = tuple[str, str]
_State = TypeVar("_State", str, State)


@dataclasses.dataclass(frozen=True, slots=True)
class _Layer:
    """One slot as the first pass met it.

    ``words`` and ``readings``: the syllables of each option and how likely they are read as what was found; ``coming``:
    its chance by what stands before; ``pairs``: for each syllable before what ``Language.following`` says of the options;
    ``ends``: the syllables that may stand last, with their chances.
    """

    words: list[tuple[str, ...]]
    readings: list[float]
    coming: list[float]
    pairs: list[tuple[str, float, list[tuple[str, float]]]]
    ends: dict[str, float]


def likely(options: Sequence[Option], language: Language) -> tuple[Option, ...]:
    """The options that are likeliest by themselves, as many as are looked at in a line."""
    if len(options) <= _MOST:
        return tuple(options)
    dear = [_WEIGHT * option.cost - sum([math.log(language.one(word)) for word in option.words]) for option in options]
    return tuple(options[at] for at in sorted(range(len(options)), key=dear.__getitem__)[:_MOST])


def decide(slots: Sequence[Sequence[Option]], language: Language) -> list[list[Choice]]:
    """For each slot its options with their chances (which add up to one), likeliest first."""
    if not slots:
        return []
    first = _first(slots, language)
    kept = [
        [option for option, chance in zip(options, chances, strict=True) if chance >= _KEEP * max(chances)]
        for options, chances in zip(slots, first, strict=True)
    ]
    second = _second(kept, language)
    return [
        sorted(zip(options, chances, strict=True), key=lambda choice: -choice[1])
        for options, chances in zip(kept, second, strict=True)
    ]


def _first(slots: Sequence[Sequence[Option]], language: Language) -> list[list[float]]:
    """The chance of each option of each slot: forward and backward over the last syllable.

    The chance of a syllable after another is a share of its own chance, and more where the two were seen together. So
    that share is added up once for all pairs, and only the few pairs that were seen are looked at one by one.
    """
    layers = _forward(slots, language)
    behind = {word: language.chance_two(word, BREAK) for word in layers[-1].ends}
    out: list[list[float]] = []
    for layer in reversed(layers):
        chances: list[float] = []
        rest: dict[str, float] = {}
        for words, reading, coming in zip(layer.words, layer.readings, layer.coming, strict=True):
            onward = behind.get(words[-1], 0.0)
            chances.append(coming * onward)
            rest[words[0]] = rest.get(words[0], 0.0) + reading * onward
        unseen = sum(language.one(word) * chance for word, chance in rest.items())
        earlier = {
            before: share * unseen + sum([more * rest[word] for word, more in seen])
            for before, share, seen in layer.pairs
        }
        most = max(earlier.values())
        behind = {word: chance / most for word, chance in earlier.items()}
        whole = sum(chances)
        out.append([chance / whole for chance in chances])
    return out[::-1]


def _forward(slots: Sequence[Sequence[Option]], language: Language) -> list[_Layer]:
    ends = {BREAK: 1.0}
    out: list[_Layer] = []
    for options in slots:
        words = [option.words for option in options]
        readings = _readings(options)
        for at, run in enumerate(words):
            if len(run) > 1:
                readings[at] *= math.prod(map(language.chance_two, run, run[1:]))
        into = dict.fromkeys([run[0] for run in words], 0.0)
        pairs = []
        unseen = 0.0
        for before, chance in ends.items():
            share, seen = language.following(before, into)
            unseen += chance * share
            for word, more in seen:
                into[word] += chance * more
            pairs.append((before, share, seen))
        into = {word: chance + unseen * language.one(word) for word, chance in into.items()}
        coming = [reading * into[run[0]] for run, reading in zip(words, readings, strict=True)]
        ahead: dict[str, float] = {}
        for run, chance in zip(words, coming, strict=True):
            ahead[run[-1]] = ahead.get(run[-1], 0.0) + chance
        ends = _likely(ahead)
        out.append(_Layer(words, readings, coming, pairs, ends))
    return out


def _second(slots: Sequence[Sequence[Option]], language: Language) -> list[list[float]]:
    """The chance of each option of each slot: forward and backward over the last two syllables."""
    states: dict[State, float] = {(BREAK, BREAK): 1.0}
    layers = [states]
    arcs: list[list[tuple[State, int, State, float]]] = []
    for options in slots:
        ahead: dict[State, float] = {}
        here: list[tuple[State, int, State, float]] = []
        for at, (option, reading) in enumerate(zip(options, _readings(options), strict=True)):
            words = option.words
            for state, chance in states.items():
                run = (*state, *words)
                step = reading * language.chance(*run[:3])
                for place in range(1, len(words)):
                    step *= language.chance(*run[place : place + 3])
                after = (run[-2], run[-1])
                here.append((state, at, after, step))
                ahead[after] = ahead.get(after, 0.0) + chance * step
        states = _likely(ahead)
        layers.append(states)
        arcs.append(here)
    return _backward(slots, layers, arcs, {state: language.chance(*state, BREAK) for state in states})


def _readings(options: Sequence[Option]) -> list[float]:
    least = min(option.cost for option in options)
    return [math.exp(_WEIGHT * (least - option.cost)) for option in options]


def _likely(ahead: Mapping[_State, float]) -> dict[_State, float]:
    """The states that are followed further, with their chances."""
    whole = sum(ahead.values())
    return {state: chance / whole for state, chance in ahead.items() if chance > _FAINT * whole}


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
