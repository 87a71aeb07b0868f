"""What ships with the software: agencies and groups with their sources, as the same tables that users import; and what
took over from agencies that ended, as rows of ``Succession``: where the database begins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vanban.knowledge import Knowledge, packaged_rows

from .models import Succession
from .sheets import Table, read_sheet

DATA = Path(__file__).parent / "data"
FILES = ("agencies.csv", "groups.csv")


def packaged_tables() -> list[Table]:
    """The shipped tables, agencies first."""
    return [read_sheet((DATA / name).read_bytes()) for name in FILES]


SUCCESSION_FIELDS = ("of", "level", "ended", "name", "topic", "basis", "source", "of_folded", "folded", "sort_key")


def succession_rows() -> Iterator[Succession]:
    """The shipped rows, unsaved and prepared."""
    for row, said in zip(Knowledge.packaged().successors, packaged_rows("successors.csv"), strict=True):
        if row.kind == "agency" and row.ended is not None:
            made = Succession(
                of=row.of, level=row.level, ended=row.ended, name=row.name, topic=row.topic, basis=row.basis,
                source=said["source"],
            )  # fmt: skip
            made.prepare()
            yield made


def succession_values(row: Succession) -> dict[str, Any]:
    """What is stored of a row, by field."""
    return {name: getattr(row, name) for name in SUCCESSION_FIELDS}
