"""What drafting anew has changed in a report, for the person who asked for it; what a new edition changes, for everyone."""

from __future__ import annotations

import dataclasses

from ..editions import what_changed
from ..models import Report, Sentence

MOST = 30  # of a kind that are told one by one
_LONG = 240


@dataclasses.dataclass(frozen=True, slots=True)
class Snapshot:
    """What the software had written, by part and key, and what the register gave, by figure (its label and value)."""

    sentences: dict[tuple[str, str], str]
    figures: dict[str, tuple[str, int]]


def snapshot(report: Report) -> Snapshot:
    """The report as it stands now. Two queries."""
    drafted = report.sentences.exclude(key="").exclude(kind=Sentence.Kind.HEADING)
    sentences = {(part, key): text for part, key, text in drafted.values_list("part", "key", "drafted")}
    figures = {key: (label, value) for key, label, value in report.figures.values_list("key", "label", "value")}
    return Snapshot(sentences, figures)


def changed_since(before: Snapshot, report: Report) -> dict[str, list[list[str]]]:
    """New sentences, sentences said otherwise (old and new), sentences no longer said, figures that moved: plain values for a
    session. At most ``MOST`` of each."""
    now = snapshot(report)
    new = [[_cut(text)] for key, text in now.sentences.items() if key not in before.sentences]
    other = [
        [_cut(before.sentences[key]), _cut(text)]
        for key, text in now.sentences.items()
        if key in before.sentences and before.sentences[key] != text
    ]
    gone = [[_cut(text)] for key, text in before.sentences.items() if key not in now.sentences]
    moved = [
        [label, str(before.figures[key][1]), str(value)]
        for key, (label, value) in now.figures.items()
        if key in before.figures and before.figures[key][1] != value
    ]
    return {"new": new[:MOST], "other": other[:MOST], "gone": gone[:MOST], "moved": moved[:MOST]}


def drafted_change(report: Report) -> str:
    """What a new edition changes against the one that it replaces, drafted from both; "" where they say the same, or where
    it replaces none. Four queries."""
    if report.replaces is None:
        return ""
    before = {one.key: one.shown for one in report.replaces.figures.all()}
    return what_changed(
        list(report.replaces.sentences.all()), list(report.sentences.all()), before, list(report.figures.all())
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[: _LONG - 1].rstrip()}…"
