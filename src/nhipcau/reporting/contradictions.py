"""Figures of one report that cannot all be right, and numbers that edited sentences say otherwise than the register: told to
who writes and to who receives it, never in the way of either. What the register counts agrees with itself; figures changed
by hand, and sums of such, may not. Pure."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from .models import ReportFigure, Sentence
from .saying import lower, number

_STATES = ("tasks.done", "tasks.running", "tasks.waiting", "tasks.cannot")
_SHORT = 90  # signs of a sentence that is quoted
_SENT = ("documents.sent_plans", "documents.sent_letters")
_AT_MOST = (
    (("tasks.lead",), "tasks.total"),
    (("tasks.done_late",), "tasks.done"),
    (("tasks.done", "tasks.overdue"), "tasks.total"),
    (("tasks.silent",), "tasks.total"),
    (("obstacles.settled",), "obstacles.raised"),
    (_SENT[:1], "documents.sent"),
    (_SENT[1:], "documents.sent"),
    (_SENT, "documents.sent"),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Contradiction:
    """What does not go together, in a sentence, and the figures or the sentence (public id) that it is about."""

    words: str
    keys: tuple[str, ...] = ()
    sentence: str = ""


def contradictions(
    figures: Sequence[ReportFigure],
    sentences: Iterable[Sentence] = (),
    *,
    is_merged: bool = False,
    less: Mapping[str, int] | None = None,
) -> list[Contradiction]:
    """What does not go together in these figures and sentences of one report. ``is_merged``: their register's values are sums
    of lower reports; ``less``: by how much a figure was lowered for events that were told twice."""
    known = {one.key: one for one in figures}
    return [
        *_sums(known),
        *_wholes(known),
        *(_merged(known, less or {}) if is_merged else ()),
        *_said_otherwise(sentences),
    ]


def numbers_moved(sentence: Sentence) -> tuple[str, str]:
    """The numbers that the register gave for a sentence and that its edited words no longer say, and those that stand there
    instead; ("", "") where none was put in the place of another (words that only say less or more contradict nothing)."""
    if not sentence.is_edited or sentence.is_removed or sentence.kind != Sentence.Kind.SENTENCE:
        return "", ""
    drafted, said = _numbers(sentence.drafted), _numbers(sentence.text)
    for sign in (str, _plain):  # "02" is told from a "2" that stands beside it
        drafted, said = _without(drafted, said, sign), _without(said, drafted, sign)
    return (", ".join(drafted), ", ".join(said)) if drafted and said else ("", "")


_NUMBER = re.compile(r"(?<!\w)\d[\d.,/]*%?")


def _numbers(text: str) -> list[str]:
    return [one.rstrip(".,/") for one in _NUMBER.findall(text)]


def _plain(shown: str) -> str:
    """By what two numbers are compared: "05/11" is "5/11"."""
    return "/".join(part.lstrip("0") or "0" for part in shown.split("/"))


def _without(some: Sequence[str], others: Iterable[str], sign: Callable[[str], str]) -> list[str]:
    there = Counter(sign(one) for one in others)
    left = []
    for one in some:
        if there[sign(one)]:
            there[sign(one)] -= 1
        else:
            left.append(one)
    return left


def _said_otherwise(sentences: Iterable[Sentence]) -> Iterator[Contradiction]:
    for one in sentences:
        old, new = numbers_moved(one)
        if old:
            said = _("Câu đã sửa ghi %(new)s, bản thảo từ sổ ghi %(old)s: “%(text)s”")
            short = one.text if len(one.text) <= _SHORT else f"{one.text[:_SHORT].rsplit(' ', 1)[0]}…"
            yield Contradiction(said % {"new": new, "old": old, "text": short}, sentence=one.public_id)


def _sums(known: Mapping[str, ReportFigure]) -> Iterator[Contradiction]:
    """The states of tasks are all of them."""
    total = known.get("tasks.total")
    parts = [known[key] for key in _STATES if key in known]
    if total is None or len(parts) < len(_STATES):
        return
    added = sum(one.shown for one in parts)
    if added != total.shown:
        said = _("%(parts)s cộng lại là %(sum)s, còn %(whole)s là %(total)s.")
        facts = {
            "parts": _listed(parts),
            "sum": number(added),
            "whole": lower(total.label),
            "total": number(total.shown),
        }
        yield Contradiction(said % facts, (*_STATES, total.key))


def _wholes(known: Mapping[str, ReportFigure]) -> Iterator[Contradiction]:
    """A part is no more than its whole."""
    told: set[str] = set()
    for keys, whole_key in _AT_MOST:
        if whole_key not in known or any(key not in known for key in keys) or told & set(keys):
            continue
        parts, whole = [known[key] for key in keys], known[whole_key]
        if sum(one.shown for one in parts) <= whole.shown:
            continue
        told |= set(keys)
        said = _("%(parts)s: %(sum)s, nhiều hơn %(whole)s: %(total)s.")
        facts = {
            "parts": _listed(parts),
            "sum": number(sum(one.shown for one in parts)),
            "whole": lower(whole.label),
            "total": number(whole.shown),
        }
        yield Contradiction(said % facts, (*keys, whole_key))


def _merged(known: Mapping[str, ReportFigure], less: Mapping[str, int]) -> Iterator[Contradiction]:
    """A figure of a merged report is the sum of what was reported, less what was told twice."""
    for one in known.values():
        if one.shown != one.value - less.get(one.key, 0):
            said = _("%(label)s: báo cáo này ghi %(shown)s, còn cộng từ các đơn vị và cơ quan mình là %(sum)s.")
            facts = {"label": one.label, "shown": number(one.shown), "sum": number(one.value - less.get(one.key, 0))}
            yield Contradiction(said % facts, (one.key,))


def _listed(parts: Sequence[ReportFigure]) -> str:
    labels = [one.label.removeprefix("Trong đó: ") for one in parts]
    return ", ".join([labels[0][:1].upper() + labels[0][1:], *(lower(label) for label in labels[1:])])
