"""The table of what took over from agencies that ended, as people keep it."""

from __future__ import annotations

from typing import Any

from nhipcau.core.acts import Act, act

from .. import rules
from ..models import Succession
from ..packaged import SUCCESSION_FIELDS, succession_rows, succession_values
from ._checks import may_keep_successions

WRITTEN = ("of", "level", "ended", "name", "topic", "basis", "source")


@act("organisations.keep_succession", may=may_keep_successions)
def keep_succession(act: Act, row: Succession, values: dict[str, Any]) -> Succession:
    """Write who took over from an agency that ended: a new row, or a row as it is now known."""
    for name in WRITTEN:
        setattr(row, name, values[name])
    row.person_id = act.actor.person_id
    row.save()
    act.about(row)
    act.changed(**{name: str(values[name]) for name in WRITTEN})
    return row


@act("organisations.load_successions", may=rules.may_load_facts)
def load_successions(act: Act) -> tuple[int, int]:
    """Take over what came with the software and is not in the table yet; rows that a person wrote stay as they are.
    Returns how many are new and how many were renewed."""
    held = {(row.of, row.level, row.name, row.topic): row for row in Succession.objects.all()}
    new, renewed = 0, 0
    for packaged in succession_rows():
        row = held.get((packaged.of, packaged.level, packaged.name, packaged.topic))
        if row is None:
            packaged.save()
            new += 1
        elif row.person_id is None and succession_values(row) != succession_values(packaged):
            for name in SUCCESSION_FIELDS:
                setattr(row, name, getattr(packaged, name))
            row.save()
            renewed += 1
    act.changed(new=new, renewed=renewed)
    return new, renewed
