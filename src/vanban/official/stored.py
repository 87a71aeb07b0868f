"""An official document as plain values for JSON, and back."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from vanban.official.document import (
    Annex,
    Block,
    Heading,
    OfficialDocument,
    Paragraph,
    Picture,
    Run,
    Runs,
    Signature,
    Table,
    TableCell,
)

_KINDS: dict[str, type[Heading | Paragraph | Table | Picture]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "table": Table,
    "picture": Picture,
}


def to_dict(document: OfficialDocument) -> dict[str, Any]:
    """Plain values: days as "YYYY-MM-DD", each block with its kind under "block"."""
    found = {field.name: getattr(document, field.name) for field in dataclasses.fields(document)}
    return found | {
        "date": document.date.isoformat() if document.date else None,
        "bases": list(document.bases),
        "addressees": list(document.addressees),
        "recipients": list(document.recipients),
        "body": [_block(block) for block in document.body],
        "signature": {"lines": list(document.signature.lines), "name": document.signature.name},
        "annexes": [
            {
                "title": annex.title,
                "attached": annex.attached,
                "landscape": annex.landscape,
                "body": [_block(block) for block in annex.body],
            }
            for annex in document.annexes
        ],
    }


def from_dict(found: dict[str, Any]) -> OfficialDocument:
    """The document of which ``to_dict`` made these values. Raises KeyError, TypeError or ValueError where they are not
    such values."""
    return OfficialDocument(
        **found
        | {
            "date": dt.date.fromisoformat(found["date"]) if found["date"] else None,
            "bases": tuple(found["bases"]),
            "addressees": tuple(found["addressees"]),
            "recipients": tuple(found["recipients"]),
            "body": tuple(_built(block) for block in found["body"]),
            "signature": Signature(tuple(found["signature"]["lines"]), found["signature"]["name"]),
            "annexes": tuple(
                Annex(
                    annex["title"],
                    annex["attached"],
                    tuple(_built(block) for block in annex["body"]),
                    landscape=annex["landscape"],
                )
                for annex in found["annexes"]
            ),
        }
    )


def _block(block: Block) -> dict[str, Any]:
    kind = next(name for name, made in _KINDS.items() if isinstance(block, made))
    return {"block": kind, **dataclasses.asdict(block)}


def _built(found: dict[str, Any]) -> Block:
    values = {name: value for name, value in found.items() if name != "block"}
    if found["block"] == "paragraph":
        return Paragraph(**values | {"runs": _runs(values["runs"])})
    if found["block"] == "table":
        rows = tuple(tuple(_cell(cell) for cell in row) for row in values["rows"])
        return Table(**values | {"rows": rows, "widths": tuple(values["widths"])})
    return Heading(**values) if found["block"] == "heading" else Picture(**values)


def _cell(found: dict[str, Any]) -> TableCell:
    return TableCell(**found | {"lines": tuple(_runs(line) for line in found["lines"])})


def _runs(found: list[dict[str, Any]]) -> Runs:
    return tuple(Run(**run) for run in found)
