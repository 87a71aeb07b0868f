"""What is done to an uploaded file inside the sandbox: ``vanban`` reads it. No Django here: see ``core.sandbox``."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from nhipcau.core.sandbox import is_out_of_memory
from vanban import plan, source
from vanban.errors import Unreadable
from vanban.knowledge import Agency, Knowledge

Row = Sequence[str | None]


def read(
    progress: Callable[[int, int], None], *, path: str, name: str, password: str | None, agencies: Sequence[Row]
) -> dict[str, Any]:
    """Read one file as plain JSON: ``plan`` (the contract's object), ``outline`` and ``lines`` ([number, text, page]);
    ``boxes``, ``ocr_pages`` and ``unsure`` as of ``vanban.model.Source``; ``behind`` as of ``Reading.behind``; or ``unreadable``, why not. ``agencies``: rows as ``row_of`` makes them."""
    try:
        loaded = source.load(Path(path), name=name, password=password, progress=progress)
        found = plan.read(loaded, _knowledge(agencies))
    except Unreadable as problem:
        if is_out_of_memory(problem):
            raise  # a file is called damaged because there was no room for it
        return {"unreadable": {"code": problem.code, "vi": problem.vi, "en": problem.en, "keep": problem.keep}}
    return {
        "plan": found.to_dict(),
        "outline": [{"code": s.code, "title": s.title, "lines": list(s.lines)} for s in found.outline],
        "lines": [[line.number, line.text, line.page] for line in loaded.lines],
        "boxes": [dataclasses.astuple(box) for box in loaded.boxes],
        "ocr_pages": list(loaded.ocr_pages),
        "unsure": [dataclasses.astuple(word) for word in loaded.unsure],
        "behind": {
            "links": [[link.line, link.url] for link in loaded.links],
            "tables": [list(table.lines) for table in loaded.tables],
        },
    }


def row_of(agency: Agency) -> list[str | None]:
    """An agency as it goes into the sandbox."""
    days = (day.isoformat() if day else None for day in (agency.valid_from, agency.valid_to))
    return [agency.name, agency.level, agency.kind, *days]


def _knowledge(rows: Sequence[Row]) -> Knowledge:
    packaged = Knowledge.packaged()
    own = (Agency(str(name), str(level), str(kind), _day(start), _day(end)) for name, level, kind, start, end in rows)
    return dataclasses.replace(packaged, agency_rows=(*packaged.agency_rows, *own))


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
