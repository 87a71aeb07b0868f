"""Plans read from pictures: words that the OCR read with doubt (``Source.unsure``) become doubts about the values in which
they stand, and known names get back the marks that the OCR took for others."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterator, Mapping

from vanban.knowledge import Knowledge
from vanban.model import Doubt, Lines, Plan, Source, UnsureWord, When
from vanban.text import fold

_ORDER = ("symbol", "issuer", "place", "title")


def read(plan: Plan, source: Source, reach: Mapping[str, Lines], header_end: int) -> list[Doubt]:
    """A doubt for each value of ``plan`` that holds words read with doubt. ``source`` has the lines as they were read.

    ``reach`` gives for the code of a task the lines over which its block stands; the head ends before line
    ``header_end``. ``found`` are the words as they were read, ``proposed`` is the value.
    """
    words = [(word, *_around(source, word)) for word in source.unsure]
    if not words:
        return []
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


def _around(source: Source, word: UnsureWord) -> tuple[str, str]:
    """The word as it stands in its line, with the word before it and with the word behind it."""
    text = source.lines[word.line - 1].text
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
    for at, citation in enumerate(plan.citations):
        if citation.symbol:
            yield f"/citations/{at}/symbol", citation.symbol, citation.mentions
    if plan.signature.name:
        yield "/signature/name", plan.signature.name, ((header_end, len(plan.source.lines)),)


def _time(where: str, time: When | None, spans: tuple[Lines, ...]) -> Iterator[tuple[str, str, tuple[Lines, ...]]]:
    if time is not None:
        yield f"{where}/time/text", time.text, spans


# --- names --------------------------------------------------------------------------------------------------------

_ENDS = ".,;:()"
_SHORTEST = 2  # words of a name
_PHRASES = (
    "Thường xuyên", "Hoàn thành trước", "Ủy ban nhân dân", "Hội đồng nhân dân",
    "các sở, ban, ngành", "các xã, phường, đặc khu", "các huyện, thị xã, thành phố", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH",
    "TM. ỦY BAN NHÂN DÂN", "các cơ quan liên quan", "đơn vị liên quan",
)  # fmt: skip


def with_names(plan: Plan, knowledge: Knowledge) -> Plan:
    """``plan`` with the names of agencies that an OCR read with wrong marks ("Thế thao") as they are known, each with
    the doubt ``repaired-agency`` (times: ``repaired-time``). Only marks are changed, never a letter, figure or person's
    name, and only in values that were read on a page that was a picture."""
    if not plan.source.ocr_pages:
        return plan
    names = _Names(plan, knowledge)
    tasks = tuple(
        dataclasses.replace(
            task,
            lead=names.each(task.lead, f"/tasks/{at}/lead", task.lines),
            coordinating=names.each(task.coordinating, f"/tasks/{at}/coordinating", task.lines),
            time=names.time(task.time, f"/tasks/{at}/time/text", task.lines),
        )
        for at, task in enumerate(plan.tasks)
    )
    duties = tuple(
        dataclasses.replace(duty, agencies=names.each(duty.agencies, f"/duties/{at}/agencies", duty.lines))
        for at, duty in enumerate(plan.duties)
    )
    recipients = names.each(plan.recipients, "/recipients", None)
    signature = plan.signature
    for field in ("authority", "capacity"):
        value = getattr(signature, field)
        if value:
            new = names.one(value, f"/signature/{field}", None, "repaired-signature")
            signature = dataclasses.replace(signature, **{field: new})
    return dataclasses.replace(
        plan, tasks=tasks, duties=duties, recipients=recipients, signature=signature,
        doubts=(*plan.doubts, *names.doubts),
    )  # fmt: skip


class _Names:
    """Known names by their letters without marks, and the doubts of what was put right."""

    def __init__(self, plan: Plan, knowledge: Knowledge) -> None:
        self.doubts: list[Doubt] = []
        self._pages = set(plan.source.ocr_pages)
        self._lines = plan.source.lines
        found: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        for name in (*_PHRASES, *knowledge.agencies):
            words = tuple(word.strip(_ENDS) for word in name.split())
            if len(words) >= _SHORTEST:
                found.setdefault(tuple(map(fold, words)), set()).add(tuple(word.lower() for word in words))
        self._known = {key: next(iter(words)) for key, words in found.items() if len(words) == 1}
        self._longest = max(map(len, self._known), default=0)

    def each(self, values: tuple[str, ...], where: str, lines: Lines | None) -> tuple[str, ...]:
        return tuple(self.one(value, f"{where}/{at}", lines, "repaired-agency") for at, value in enumerate(values))

    def time(self, time: When | None, where: str, lines: Lines) -> When | None:
        return time and dataclasses.replace(time, text=self.one(time.text, where, lines, "repaired-time"))

    def one(self, value: str, where: str, lines: Lines | None, kind: str) -> str:
        """``value`` with the marks of the known names in it."""
        if lines is not None and self._lines[lines[0] - 1].page not in self._pages:
            return value
        words = value.split(" ")
        bare = [word.strip(_ENDS) for word in words]
        keys = [fold(word) for word in bare]
        at = 0
        while at < len(words):
            for length in range(min(self._longest, len(words) - at), _SHORTEST - 1, -1):
                known = self._known.get(tuple(keys[at : at + length]))
                if known is not None:
                    for place, right in enumerate(known, start=at):
                        if _marks(bare[place].lower()) != _marks(right):
                            words[place] = words[place].replace(bare[place], _cased(right, bare[place]))
                    at += length - 1
                    break
            at += 1
        new = " ".join(words)
        if new != value:
            self.doubts.append(Doubt(kind, where, lines, value, new, 0.9))
        return new


def _marks(word: str) -> list[str]:
    """The letters and marks of a word, wherever the tone stands ("hoà", "hòa")."""
    return sorted(unicodedata.normalize("NFD", word))


def _cased(word: str, like: str) -> str:
    if len(like) > 1 and like.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
