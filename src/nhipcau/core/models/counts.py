"""How often something was tried."""

from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """One count since its first time; ``ends_at`` (seconds since 1970) is when it begins anew. ``name`` is a keyed
    digest, so that the table holds neither addresses nor accounts."""

    name = models.CharField(max_length=64, primary_key=True)
    number = models.PositiveBigIntegerField()
    ends_at = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.name[:8]} {self.number}"
