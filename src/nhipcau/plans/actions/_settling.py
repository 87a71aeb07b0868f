"""What the acts of deciding share: which point is asked about, whether it is settled, writing a decision down."""

from __future__ import annotations

import copy
from collections.abc import Iterable

from django.utils import timezone

from nhipcau.core.acts import Act

from ..models import Doubt, Reading
from ..queries import readings
from ..reviewing.decisions import ACCEPT, Decision, Question, decide
from ..reviewing.doubting import EDITED
from ._keeping_decisions import keep


class AlreadySettled(Exception):
    """Somebody has decided this point before; ``doubt`` tells who and how. Nothing was changed."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(str(doubt))
        self.doubt = doubt


def asked(reading: Reading, position: int) -> Doubt:
    """The point at this place. Raises ``Doubt.DoesNotExist``."""
    return reading.doubts.exclude(kind=EDITED).get(position=position)


def is_settled(act: Act, doubt: Doubt, decision: Decision) -> bool:
    """Whether the same click came twice. Raises ``AlreadySettled`` where somebody has decided otherwise."""
    if doubt.state in readings.LEFT:
        return False
    if doubt.person_id == act.actor.person_id and doubt.value and doubt.value.get("how") == decision.how:
        return True
    raise AlreadySettled(doubt)


def settle(act: Act, reading: Reading, doubt: Doubt, decision: Decision, together: str = "") -> None:
    """Write one decision down. Raises ``BadValue``."""
    before = copy.deepcopy(reading.current)
    changes = decide(reading.current, Question(doubt.kind, doubt.where, doubt.found, doubt.proposed), decision)
    settled = Doubt.State.CHANGED if changes or decision.how != ACCEPT else Doubt.State.ACCEPTED
    keep(act, reading, doubt, settled, changes, before, how=decision.how, together=together)


def accept(act: Act, reading: Reading, points: Iterable[Doubt], together: str) -> int:
    """Accept points as they stand, in one statement: nothing of the reading changes by it."""
    record = {"values": [], "matches": [], "how": ACCEPT, "made": [], "together": together}
    settled = {doubt.pk: doubt.position for doubt in points if doubt.state in readings.LEFT}
    reading.doubts.filter(pk__in=settled, state__in=readings.LEFT).update(
        state=Doubt.State.ACCEPTED, person_id=act.actor.person_id, settled_at=timezone.now(), value=record, before={}
    )
    if settled:
        stopped_at(reading, min(settled.values()))
    return len(settled)


def stopped_at(reading: Reading, position: int) -> None:
    reading.place_in_review = str(position)
    reading.save(update_fields=("place_in_review", "changed_at"))
