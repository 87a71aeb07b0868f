"""Figures of one report that cannot all be right: said to who writes and to who receives it, never in the way of either.
What the register counts agrees with itself; figures changed by hand, and sums of such, may not. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from .models import ReportFigure
from .saying import lower, number

_STATES = ("tasks.done", "tasks.running", "tasks.waiting", "tasks.cannot")
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
    """What does not go together, in a sentence, and the figures that it is about."""

    words: str
    keys: tuple[str, ...]


def contradictions(
    figures: Sequence[ReportFigure], *, is_merged: bool = False, less: Mapping[str, int] | None = None
) -> list[Contradiction]:
    """What does not go together in these figures of one report. ``is_merged``: their register's values are sums of lower
    reports; ``less``: by how much a figure was lowered for events that were told twice."""
    known = {one.key: one for one in figures}
    return [*_sums(known), *_wholes(known), *(_merged(known, less or {}) if is_merged else ())]


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
