"""What another system sends, and whether it was sent before."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from nhipcau.core.acts import Refused

from ..models import Report, ReportDelivery


class KeyUsed(Refused):
    """The key came with other content before: which of the two is meant, nobody here can know."""

    def __init__(self) -> None:
        super().__init__(_("Khóa này đã dùng cho một lần gửi có nội dung khác. Bạn hãy gửi với khóa mới."))


@dataclasses.dataclass(frozen=True, slots=True)
class Content:
    """What another system sends: figures by key with their reason, sentences by part with their kind."""

    figures: Mapping[str, tuple[int, str]]
    sentences: Sequence[tuple[str, str, str]]  # key of the part, kind, text

    @property
    def digest(self) -> str:
        """A few signs that are the same for the same content."""
        plain = [
            sorted((key, list(given)) for key, given in self.figures.items()),
            [list(one) for one in self.sentences],
        ]
        return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()


def was_received(report: Report, key: str, content: Content) -> bool:
    """Whether this organisation has sent this already in the round, into this edition or one before it. Raises ``KeyUsed``
    where the key came with other content."""
    there = ReportDelivery.objects.filter(
        report__round=report.round_id, report__organisation=report.organisation_id, key=key
    ).first()
    if there is None:
        return False
    if there.digest != content.digest:
        raise KeyUsed
    return True
