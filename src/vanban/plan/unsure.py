"""Words that an OCR read with doubt (``Source.unsure``), as doubts about the values of the plan in which they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vanban.model import Doubt, Lines, Plan, UnsureWord, When

_ORDER = ("symbol", "issuer", "place", "title")


def read(plan: Plan, reach: Mapping[str, Lines], header_end: int) -> list[Doubt]:
    """A doubt for each value of ``plan`` that holds words read with doubt.

    ``reach`` gives for the code of a task the lines over which its block stands; the head ends before line
    ``header_end``. ``found`` are the words as they were read, ``proposed`` is the value.
    """
    if not plan.source.unsure:
        return []
    words = [(word, *_around(plan, word)) for word in plan.source.unsure]
    out: list[Doubt] = []
    for where, value, spans in _values(plan, reach, header_end):
        text = f" {' '.join(value.split())} "
        held = [
            word
            for word, before, after in words
            if any(first <= word.line <= last for first, last in spans) and (before in text or after in text)
        ]
        if held:
            found = "; ".join(dict.fromkeys(word.text for word in held))
            lines = min(word.line for word in held), max(word.line for word in held)
            out.append(Doubt("unsure-word", where, lines, found, value, min(word.confidence for word in held)))
    return out


def _around(plan: Plan, word: UnsureWord) -> tuple[str, str]:
    """The word as it stands in its line, with the word before it and with the word behind it."""
    text = plan.source.lines[word.line - 1].text
    here = text[word.start : word.end].strip(" .,;:")
    before, after = text[: word.start].split()[-1:], text[word.end :].split()[:1]
    return " ".join([*before, here]), " ".join([here, *(part.strip(".,;:") for part in after)])


def _values(plan: Plan, reach: Mapping[str, Lines], header_end: int) -> Iterator[tuple[str, str, tuple[Lines, ...]]]:
    """Every value of the plan that is read from lines: its pointer, its text and those lines."""
    for name in _ORDER:
        value = getattr(plan.header, name)
        if value:
            yield f"/header/{name}", value, ((1, header_end - 1),)
    for at, task in enumerate(plan.tasks):
        spans = (task.lines, reach.get(task.code, task.lines))
        for field in ("lead", "coordinating"):
            for place, name in enumerate(getattr(task, field)):
                yield f"/tasks/{at}/{field}/{place}", name, spans
        yield from _time(f"/tasks/{at}", task.time, spans)
        yield f"/tasks/{at}/text", task.text, (task.lines,)
    for at, duty in enumerate(plan.duties):
        yield f"/duties/{at}/text", duty.text, (duty.lines,)
    for at, entry in enumerate(plan.reporting):
        yield from _time(f"/reporting/{at}", entry.time, (entry.lines,))
    if plan.signature.name:
        yield "/signature/name", plan.signature.name, ((header_end, len(plan.source.lines)),)


def _time(where: str, time: When | None, spans: tuple[Lines, ...]) -> Iterator[tuple[str, str, tuple[Lines, ...]]]:
    if time is not None:
        yield f"{where}/time/text", time.text, spans
