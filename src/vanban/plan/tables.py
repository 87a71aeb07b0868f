"""Tasks that stand in tables."""

from __future__ import annotations

from vanban.model import Source, Task
from vanban.plan.drafts import Draft
from vanban.plan.regions import Regions


def read_tables(source: Source, parts: Regions, draft: Draft) -> list[Task]:
    """The tasks in the tables of ``source``."""
    return []
