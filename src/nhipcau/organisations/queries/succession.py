"""What took over from agencies that ended: reads of ``Succession``, facts that everyone may know."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from nhipcau.core.words import has_words
from vanban.knowledge import Successor
from vanban.text import fold, search_patterns

from ..models import Level, Organisation, Succession

_TIERS = {
    Level.CENTRAL: Succession.Tier.NATIONAL,
    Level.PROVINCE: Succession.Tier.PROVINCIAL,
    Level.DISTRICT: Succession.Tier.DISTRICT,
}


def successors() -> tuple[Successor, ...]:
    """The whole table as the rules know it."""
    rows = Succession.objects.order_by("pk")
    return tuple(Successor("agency", row.of, row.level, row.ended, row.name, row.topic, row.basis) for row in rows)


def found_successions(q: str = "") -> QuerySet[Succession]:
    """The rows that hold every word of ``q``, with or without marks."""
    rows = Succession.objects.order_by("sort_key", "pk")
    for pattern in search_patterns(q):
        rows = rows.filter(has_words("folded", pattern))
    return rows


def tier_of(organisation: Organisation) -> str:
    """The tier under which the table knows an organisation's like; "" where it knows none."""
    return _TIERS.get(Level(organisation.level), "")


def successions_about(organisation: Organisation) -> tuple[list[Succession], list[Succession]]:
    """What took over from agencies of this name at this level, by topic (empty where the agency goes on); and whose work
    agencies of this name took over. One query."""
    tier = tier_of(organisation)
    rows = Succession.objects.filter(Q(of_folded=fold(organisation.name)) | Q(name=organisation.name)).order_by("pk")
    found = list(rows)
    heirs = [row for row in found if row.of_folded == fold(organisation.name) and row.level == tier]
    return heirs, [row for row in found if row.name == organisation.name and row not in heirs]


def stands_at_top(organisation_id: int | None) -> bool:
    """Whether this organisation is the head of its tree: facts that hold for everyone are kept there."""
    return Organisation.objects.filter(pk=organisation_id or 0, parent=None).exists()
