"""The table of documents in force that ships with the software, as rows of ``Validity``: where the database begins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from vanban.knowledge import Knowledge, packaged_rows

from .models import Validity

FIELDS = (
    "symbol", "doc_type", "title", "issued", "valid_from", "valid_to", "ended_by", "replaced_by", "basis", "source",
    "key", "folded", "sort_key",
)  # fmt: skip


def validity_rows() -> Iterator[Validity]:
    """The shipped rows, unsaved and prepared."""
    heirs: dict[str, list[str]] = defaultdict(list)
    for successor in Knowledge.packaged().successors:
        if successor.kind == "document" and successor.name:
            heirs[successor.of].append(successor.name)
    for row, said in zip(Knowledge.packaged().validity, packaged_rows("validity.csv"), strict=True):
        made = Validity(
            symbol=row.symbol,
            doc_type=row.doc_type,
            title=row.title,
            issued=row.issued,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            ended_by=row.ended_by,
            replaced_by=heirs[row.symbol],
            basis=row.basis,
            source=said["source"],
        )
        made.prepare()
        yield made


def values_of(row: Validity) -> dict[str, Any]:
    """What is stored of a row, by field."""
    return {name: getattr(row, name) for name in FIELDS}
