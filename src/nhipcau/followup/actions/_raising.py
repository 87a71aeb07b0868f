"""What is done below shows above (cascade): part of the acts that change an assignment."""

from __future__ import annotations

from django.utils import timezone

from ..models import Assignment, Progress
from ..queries.cascade import Below, below_of, uppers_of

_MOST_LEVELS = 5  # ward, city, province, ministry; a loop of plans ends here


def raise_up(assignment: Assignment) -> None:
    """Count anew, in every assignment above that the lower owner took into its plan, how far it is below; where nobody
    has written there, its progress follows from that. Goes on from level to level."""
    level = [assignment]
    for _n in range(_MOST_LEVELS):
        uppers = {upper.pk: upper for lower in level for upper in uppers_of(lower)}
        if not uppers:
            return
        level = [upper for upper in uppers.values() if count_below(upper)]


def count_below(upper: Assignment) -> bool:
    """Write what the owner's own plan tells of this assignment; whether that changed anything."""
    return put_below(upper, below_of(upper, timezone.localdate()))


def put_below(upper: Assignment, found: Below) -> bool:
    """Write what was counted below; whether that changed anything."""
    before = upper.below, upper.below_done, upper.below_late, upper.progress, upper.percent
    upper.below, upper.below_done, upper.below_late = found.count or None, found.done, found.late
    if upper.from_below or not _was_told(upper):
        _follow(upper, found)
    if before == (upper.below, upper.below_done, upper.below_late, upper.progress, upper.percent):
        return False
    upper.version += 1
    upper.save()
    return True


def _was_told(upper: Assignment) -> bool:
    """Whether somebody wrote on it in its running period: what was written goes before what is counted."""
    if upper.last_word_at is None:
        return False
    begins = upper.period_start
    return begins is None or timezone.localtime(upper.last_word_at).date() >= begins


def _follow(upper: Assignment, found: Below) -> None:
    """Its progress is what it is below: nothing, as long as nobody there has begun."""
    if found.begun:
        upper.from_below = True
        upper.progress = Progress.DONE if found.done == found.count else Progress.IN_PROGRESS
        upper.percent = found.done * 100 // found.count
    elif upper.from_below:
        upper.from_below, upper.progress, upper.percent = False, Progress.NOT_STARTED, None
