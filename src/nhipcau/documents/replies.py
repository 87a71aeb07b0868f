"""What the answer to a document that was sent to the organisation is filled with."""

from __future__ import annotations

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import PaperValues

from .models import Outgoing
from .queries.outgoing.listed import received
from .queries.saying import about, day, shortened

_LONGEST_TITLE = 300
KIND = "documents.outgoing"  # what an answer is about


def reply(actor: Actor, public_id: str) -> PaperValues | None:
    """To a document that was sent to the actor's organisation."""
    row = received(actor).filter(outgoing__public_id=public_id).first()
    if row is None:
        return None
    found: Outgoing = row.outgoing
    named = f"{found.doc_type} số {found.symbol}"
    dated = f" {day(found.date)}" if found.date is not None else ""
    title = about(shortened(found.subject, _LONGEST_TITLE))
    sender = found.organisation
    return _values(named, f"{named}{dated} của {sender.name}{title}", sender.name, (sender.pk,), public_id)


def sample_reply() -> PaperValues:
    """An answer to nobody."""
    named, sender = "Công văn số 45/UBND-VX", "Ủy ban nhân dân tỉnh Hòa An"
    whole = f"{named} ngày 20 tháng 11 năm 2026 của {sender} về rà soát tài liệu truyền thông quý IV"
    return _values(named, whole, sender, (), "")


def _values(named: str, whole: str, sender: str, addressees: tuple[int, ...], public_id: str) -> PaperValues:
    fills = {"số văn bản đến": named, "văn bản đến": whole, "cơ quan gửi": sender}
    return PaperValues(fills=fills, about=(KIND, public_id), addressees=addressees)
