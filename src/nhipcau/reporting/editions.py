"""What a new edition of a report changes, said in a few sentences by comparing it with the edition before. Vietnamese only:
it stands in documents. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from .models import ReportFigure, Sentence
from .saying import ended, number

MOST = 4  # of a kind that are quoted; the rest are counted
LONGEST = 140  # signs of one quotation
_ALIKE = 0.6  # from here on two sentences that people wrote are one that was changed
_SAID = (Sentence.Kind.SENTENCE, Sentence.Kind.ANSWER)


def what_changed(
    before: Sequence[Sentence],
    after: Sequence[Sentence],
    figures_before: Mapping[str, int],
    figures_after: Sequence[ReportFigure],
) -> str:
    """Figures that are stated otherwise, sentences said otherwise, added and left out, each with its words; "" where the
    editions say the same."""
    said = []
    moved = [
        f"{one.label}: {number(one.shown)} (bản trước: {number(figures_before[one.key])})"
        for one in figures_after
        if one.key in figures_before and figures_before[one.key] != one.shown
    ]
    changed, added, gone = _compared(_visible(before), _visible(after))
    for title, some in (
        ("Sửa số liệu", moved),
        ("Sửa câu", [f"“{_cut(new)}” (bản trước: “{_cut(old)}”)" for old, new in changed]),
        ("Bổ sung", [f"“{_cut(text)}”" for text in added]),
        ("Bỏ", [f"“{_cut(text)}”" for text in gone]),
    ):
        if some:
            rest = f" và {number(len(some) - MOST)} chỗ khác" if len(some) > MOST else ""
            said.append(f"{title}: {'; '.join(some[:MOST])}{rest}.")
    return " ".join(said)


def _visible(sentences: Sequence[Sentence]) -> list[Sentence]:
    return [one for one in sentences if one.kind in _SAID and not one.is_removed]


def _compared(before: list[Sentence], after: list[Sentence]) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Sentences said otherwise (old and new words), new ones, and those that are left out."""
    left = {_known_by(one): one for one in before}
    changed: list[tuple[str, str]] = []
    added: list[Sentence] = []
    for one in after:
        old = left.pop(_known_by(one), None)
        if old is None:
            added.append(one)
        elif old.text != one.text:
            changed.append((old.text, one.text))
    gone = list(left.values())
    for one in list(added):
        old = next((old for old in gone if old.part == one.part and _is_alike(old.text, one.text)), None)
        if old is not None:
            changed.append((old.text, one.text))
            added.remove(one)
            gone.remove(old)
    return changed, [one.text for one in added], [one.text for one in gone]


def _known_by(one: Sentence) -> tuple[str, str]:
    """What a sentence of two editions has in common: what it is written from, or, where a person wrote it, its words."""
    return one.part, one.key or one.text


def _is_alike(old: str, new: str) -> bool:
    return difflib.SequenceMatcher(None, old, new, autojunk=False).ratio() >= _ALIKE


def _cut(text: str) -> str:
    words = ended(text, "")
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]}…"
