"""What was asked about a duty is found again beside it in another version, where it may bear another code. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar

from rapidfuzz import fuzz

from vanban.text import fold

ALIKE = 60.0  # least likeness of two wordings under one code
VERY_ALIKE = 90.0  # and under different codes


class Asked(Protocol):
    """What a question tells of the duty that it is about."""

    part: str
    code: str
    text: str


Q = TypeVar("Q", bound=Asked)


def followed(questions: Iterable[Q], texts: Mapping[tuple[str, str], str]) -> tuple[dict[tuple[str, str], Q], list[Q]]:
    """The questions by the duty that each belongs to now (part, code), and those whose duty is no longer there.
    ``texts``: the wording of each duty of the higher plan by part and code."""
    at: dict[tuple[str, str], Q] = {}
    moved: list[Q] = []
    for question in questions:
        here = (question.part, question.code)
        if here in texts and fuzz.ratio(fold(question.text), fold(texts[here])) >= ALIKE:
            at[here] = question
        else:
            moved.append(question)
    gone = []
    for question in moved:
        likely = [
            (fuzz.ratio(fold(question.text), fold(text)), key)
            for key, text in texts.items()
            if key[0] == question.part and key not in at
        ]
        score, key = max(likely, default=(0.0, ("", "")))
        if score >= VERY_ALIKE:
            at[key] = question
        else:
            gone.append(question)
    return at, gone
