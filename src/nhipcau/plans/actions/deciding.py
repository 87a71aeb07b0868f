"""What a reviewer decides about the points that they are asked about: settled, put off, taken back.

Every act locks the reading first, so that two reviewers never write over each other.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.utils.translation import gettext as _

from nhipcau.core.acts import Act, act
from vanban.text import fold

from .. import rules
from ..models import Doubt, Reading
from ..queries import readings
from ..reviewing import contents, doubting, stops
from ..reviewing.changes import Overtaken, take_back
from ..reviewing.decisions import ACCEPT, DROP, EMPTY, FOUND, NAMED, TYPED, Decision, place_of
from ..reviewing.doubting import EDITED
from ..reviewing.values import BadValue
from ._settling import AlreadySettled as AlreadySettled
from ._settling import accept, asked, is_settled, settle, stopped_at


@act("plans.settle_doubt", may=rules.may_review)
def settle_doubt(act: Act, reading: Reading, position: int, decision: Decision) -> Doubt:
    """Decide one point. The same decision of the same person again changes nothing.

    Raises ``Doubt.DoesNotExist``, ``BadValue`` (a sentence), ``AlreadySettled``.
    """
    doubt = asked(reading, position)
    if is_settled(act, doubt, decision):
        return doubt
    settle(act, reading, doubt, decision)
    act.changed(doubt=doubt.kind, where=doubt.where, how=decision.how)
    return doubt


@act("plans.settle_stop", may=rules.may_review)
def settle_stop(act: Act, reading: Reading, position: int, decision: Decision) -> list[Doubt]:
    """Decide every point that is asked about together with this one and is left; returns them.

    One repair in many places is decided in each of them. Several points about one value are settled by the answer to
    the one that leads; torn text can only be left as it is, since each text has its own words. Raises as
    ``settle_doubt`` does.
    """
    doubt = asked(reading, position)
    if is_settled(act, doubt, decision):
        return [doubt]
    together = secrets.token_hex(8)
    left = list(reading.doubts.filter(stop=doubt.stop, state__in=readings.LEFT).exclude(kind=EDITED))
    if decision.how == ACCEPT:
        accept(act, reading, left, together)
    elif len(left) > 1 and (stops.is_torn(left) or stops.is_list(left)):
        raise BadValue(_("Mỗi chỗ có chữ riêng. Hãy mở từng chỗ để sửa, hoặc nhận tất cả."))
    else:
        _settle_each(act, reading, left, decision, together)
    act.changed(doubt=doubt.kind, where=doubt.where, how=decision.how, points=len(left))
    return left


@act("plans.accept_alike", may=rules.may_review)
def accept_alike(act: Act, reading: Reading, kind: str) -> int:
    """Accept every point of one kind that is left, as it stands; returns how many. They are taken back together.

    Raises ``BadValue`` (a sentence) for a kind that must be looked at one by one.
    """
    if not doubting.may_accept_alike(kind):
        raise BadValue(_("Những chỗ này cần xem từng chỗ một."))
    count = accept(act, reading, reading.doubts.filter(kind=kind, state__in=readings.LEFT), secrets.token_hex(8))
    act.changed(kind=kind, accepted=count)
    return count


@act("plans.postpone_doubt", may=rules.may_review)
def postpone_doubt(act: Act, reading: Reading, position: int) -> Doubt:
    """Look at a point, and at all that is asked about with it, later: it stays open, behind the others.

    Raises ``Doubt.DoesNotExist``, ``AlreadySettled``.
    """
    doubt = asked(reading, position)
    if doubt.state not in readings.LEFT:
        raise AlreadySettled(doubt)
    reading.doubts.filter(stop=doubt.stop, state=Doubt.State.OPEN).exclude(kind=EDITED).update(state=Doubt.State.LATER)
    doubt.state = Doubt.State.LATER
    stopped_at(reading, position)
    act.changed(doubt=doubt.kind, state=doubt.state)
    return doubt


@act("plans.undo_decision", may=rules.may_review)
def undo_decision(act: Act, reading: Reading, doubt_id: int | None = None) -> Doubt | None:
    """Take back the decision on one point; without one the person's own last decision, with all that it settled
    together. None: there is none.

    Raises ``Overtaken`` where somebody has built on it since.
    """
    decided = reading.doubts.filter(settled_at__isnull=False, person_id__isnull=False)
    if doubt_id is not None:
        doubt = decided.filter(pk=doubt_id).first()
    else:
        doubt = decided.filter(person_id=act.actor.person_id).order_by("-settled_at", "-pk").first()
    if doubt is None:
        return None
    together = (doubt.value or {}).get("together") if doubt_id is None else None
    with_it = decided.filter(value__together=together).order_by("-settled_at", "-pk") if together else [doubt]
    for taken in with_it:
        doubt = _take_back(reading, taken)
    reading.save(update_fields=("current", "changed_at"))
    act.changed(undone=doubt.kind, where=doubt.where)
    return doubt


@act("plans.recognise_names", may=rules.may_review)
def recognise_names(act: Act, reading: Reading) -> int:
    """Names that the directory has learnt since they were asked about are asked about no longer; returns how many."""
    learnt = readings.learnt_names(reading)
    reading.current["known"] = {**reading.current.get("known", {}), **learnt}
    count = 0
    for doubt in reading.doubts.filter(kind__in=doubting.UNMATCHED, state__in=readings.LEFT):
        if fold(doubt.found or "") in learnt:
            doubt.state = Doubt.State.CHANGED
            doubt.save(update_fields=("state",))
            count += 1
    reading.save(update_fields=("current", "changed_at"))
    act.changed(recognised=count)
    return count


# --- one decision ----------------------------------------------------------------------------------------------------


def _settle_each(act: Act, reading: Reading, left: list[Doubt], decision: Decision, together: str) -> None:
    """The point that leads first; a decision about it may have settled others of the same name already."""
    leading = stops.main_of(left)
    settle(act, reading, leading, decision, together)
    for other in left:
        other.refresh_from_db()
        if other.state not in readings.LEFT:
            continue
        if leading.kind == doubting.CITED and decision.how == TYPED:
            _ask_alone(other)  # another number typed by hand says nothing of the date
        elif _goes_along(leading, other, decision):
            accept(act, reading, [other], together)
        else:
            settle(act, reading, other, _fitted(other, decision), together)


def _ask_alone(doubt: Doubt) -> None:
    """Ask about this point by itself from now on."""
    doubt.stop = doubt.position
    doubt.save(update_fields=("stop",))


def _goes_along(leading: Doubt, other: Doubt, decision: Decision) -> bool:
    """Whether the answer to the leading point is one to this point too, so that nothing more is to be written: about
    the same value, about the same name, or about whom words mean that stay as they are."""
    if decision.how == FOUND:
        return False
    is_same_value = place_of(leading.where) == place_of(other.where)
    keeps_words = decision.how == NAMED and leading.kind in doubting.UNMATCHED
    return is_same_value or keeps_words or (contents.is_name(leading.where) and contents.is_name(other.where))


def _fitted(doubt: Doubt, decision: Decision) -> Decision:
    """The decision about a name where its words stand outside a list of names ("báo cáo UBND tỉnh")."""
    if contents.is_name(doubt.where) or decision.how not in (NAMED, DROP):
        return decision
    if decision.how == NAMED and decision.target is not None:
        return Decision(TYPED, typed=decision.target.name)
    return Decision(EMPTY)


def _take_back(reading: Reading, doubt: Doubt) -> Doubt:
    record: dict[str, Any] = doubt.value or {"values": [], "matches": []}
    take_back(reading.current, record)
    reading.doubts.filter(pk__in=record.get("made", ()), settled_at__isnull=True).delete()
    for pk, where, state in (doubt.before or {}).get("doubts", ()):
        reading.doubts.filter(pk=pk).update(where=where, state=state)
    if doubt.kind == EDITED:
        doubt.delete()
        return doubt
    doubt.state, doubt.value, doubt.before = Doubt.State.OPEN, None, None
    doubt.person_id, doubt.settled_at = None, None
    doubt.save()
    return doubt


__all__ = [
    "ACCEPT",
    "AlreadySettled",
    "Decision",
    "Overtaken",
    "accept_alike",
    "postpone_doubt",
    "recognise_names",
    "settle_doubt",
    "settle_stop",
    "undo_decision",
]
