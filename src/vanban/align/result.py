"""What an alignment gives back: plain, frozen values. ``Alignment.to_dict()`` is the contract ``alignment/1``."""

from __future__ import annotations

import dataclasses
from typing import Any, Literal

from vanban.model import Finding

Part = Literal["task", "duty"]
Kind = Literal["kept", "narrowed", "widened", "weakened", "strengthened", "changed", "dropped", "added"]
Field = Literal["text", "verb", "agencies", "lead", "coordinating", "time", "form"]
#: How much a change weighs: the same at the other level, a matter of wording, a difference in what is to be done.
Weight = Literal["counterpart", "wording", "difference"]


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not the same in both plans: what the higher plan says, what the lower, one sentence on it.

    ``weight`` tells differences (which make the pair's kind) from wording and from counterparts; the contract does not
    carry it.
    """

    field: Field
    from_: str | None
    to: str | None
    note: str | None
    weight: Weight = "difference"

    def to_dict(self) -> dict[str, Any]:
        """An entry of ``changes`` in the contract."""
        return {"field": self.field, "from": self.from_, "to": self.to, "note": self.note}


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """What of the higher plan is carried out by what of the lower, and how. ``dropped`` has no lower codes, ``added`` no
    higher ones. ``score`` is how alike the two sides are, 0 to 1."""

    part: Part
    higher: tuple[str, ...]
    lower: tuple[str, ...]
    kind: Kind
    changes: tuple[Change, ...] = ()
    score: float = 0.0

    @property
    def differences(self) -> tuple[Change, ...]:
        """The changes that are more than wording or counterparts."""
        return tuple(change for change in self.changes if change.weight == "difference")

    def to_dict(self) -> dict[str, Any]:
        """An entry of ``pairs`` in the contract."""
        return {
            "part": self.part,
            "higher": list(self.higher),
            "lower": list(self.lower),
            "kind": self.kind,
            "changes": [change.to_dict() for change in self.changes],
            "score": self.score,
        }


@dataclasses.dataclass(frozen=True, slots=True)
class Alignment:
    """A lower plan against the higher one that it carries out.

    Every task and duty of both stands in exactly one of ``pairs``, in the order of the higher plan, what is added last.
    ``counterparts`` are the agencies that stand for one another, (higher, lower, where it is laid down), each once.
    """

    higher: str
    lower: str
    cites_higher: bool
    pairs: tuple[Pair, ...]
    findings: tuple[Finding, ...] = ()
    counterparts: tuple[tuple[str, str, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The contract's ``alignment/1`` object."""
        return {
            "schema": "alignment/1",
            "higher": self.higher,
            "lower": self.lower,
            "cites_higher": self.cites_higher,
            "pairs": [pair.to_dict() for pair in self.pairs],
            "findings": [finding.to_dict() for finding in self.findings],
        }
