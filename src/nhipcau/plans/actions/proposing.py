"""What plans that cite a reading's document call it is proposed to its reviewers."""

from __future__ import annotations

from nhipcau.core.acts import Act, act
from vanban.model import Header

from .. import rules
from ..models import Doubt, Reading
from ..queries import readings
from ..reviewing.doubting import CITED
from ._keeping_decisions import resolve_anew

_FIELDS = ("symbol", "date")


@act("plans.propose_header", may=rules.may_keep_reading)
def propose_header(act: Act, reading: Reading, *, by: str, header: Header) -> list[Doubt]:
    """Put the number and the date that a citing plan (``by``) gives into the head where the file states none, as one
    point to be looked at. What a reviewer has written or settled stays; nothing is proposed twice."""
    if reading.state != Reading.State.REVIEW:
        return []
    stated = {"symbol": header.symbol, "date": header.date.isoformat() if header.date else None}
    asked = reading.doubts.filter(kind="header-missing", state__in=readings.LEFT)
    open_at = {doubt.where: doubt for doubt in asked}
    changed = []
    for field in _FIELDS:
        doubt, value = open_at.get(f"/header/{field}"), stated[field]
        if doubt is None or value is None or reading.current["header"][field] is not None:
            continue
        reading.current["header"][field] = value
        doubt.kind, doubt.proposed, doubt.confidence = CITED, value, 0.9
        changed.append(doubt)
    if not changed:
        return []
    for doubt in changed:
        doubt.stop = changed[0].stop
        doubt.save()
    reading.current["cited_by"] = by
    resolve_anew(reading)
    reading.save(update_fields=("current", "changed_at"))
    act.changed(**{doubt.where.rsplit("/", 1)[1]: doubt.proposed for doubt in changed})
    return changed
