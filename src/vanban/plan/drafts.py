"""What the readers of one plan share: the knowledge, the year it speaks of, and the doubts on the way."""

from __future__ import annotations

import dataclasses
import re

from vanban.agencies import split
from vanban.dates import parse_when
from vanban.knowledge import Knowledge
from vanban.model import When


@dataclasses.dataclass(slots=True)
class Draft:
    """One reading under way. ``year`` is the plan's own, for times that name none."""

    knowledge: Knowledge
    year: int | None = None

    def agencies(self, text: str) -> tuple[str, ...]:
        """The agencies that ``text`` lists."""
        return tuple(split(text, self.knowledge))

    def when(self, text: str) -> When | None:
        """The time that ``text`` states; None for an empty one."""
        text = re.sub(r"[\s;,.]+$", "", " ".join(text.split()).strip())
        return parse_when(text, context_year=self.year) if text else None
