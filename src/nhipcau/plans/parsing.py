"""What is done to an uploaded file inside the sandbox: ``vanban`` reads it. No Django here: see ``core.sandbox``."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import pickle
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

from nhipcau.core.sandbox import is_out_of_memory
from vanban import plan, source
from vanban.errors import Unreadable
from vanban.knowledge import Agency, Knowledge
from vanban.restore import Model, restore

BROKEN = "broken"
Row = Sequence[str | None]


def read(
    progress: Callable[[int, int], None],
    *,
    path: str,
    name: str,
    password: str | None,
    agencies: Sequence[Row],
    model: str | None = None,
) -> dict[str, Any]:
    """Read one file as plain JSON: ``plan`` (the contract's object), ``outline`` and ``lines`` ([number, text, page]);
    ``boxes``, ``ocr_pages`` and ``unsure`` as of ``vanban.model.Source``; ``behind`` as of ``Reading.behind``;
    ``restored``, the words of torn text that were put right (as of ``vanban.restore.Word``); or ``unreadable``, why not.

    ``agencies``: rows as ``row_of`` makes them; ``model``: where what is known of clean texts stands (``corpus``)."""
    try:
        loaded = source.load(Path(path), name=name, password=password, progress=progress)
        known = _model(model) if loaded.quality == BROKEN else None
        found = plan.read(loaded, _knowledge(agencies), known)
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
        "restored": [] if known is None else [dataclasses.astuple(word) for word in restore(loaded.lines, known).words],
        "behind": {
            "links": [[link.line, link.url] for link in loaded.links],
            "tables": [list(table.lines) for table in loaded.tables],
        },
    }


def _model(path: str | None) -> Model:
    """What is known of clean texts: with the organisation's own where they were gathered, else what is packaged."""
    if path is None:
        return Model.packaged()
    with open(path, "rb") as kept:
        return cast(Model, pickle.load(kept))  # noqa: S301 made by ``learn``, from confirmed lines


def learn(progress: Callable[[int, int], None], *, texts: Sequence[str], path: str) -> int:
    """Keep at ``path`` what the packaged model learns from texts that are known to be right; returns its size."""
    made = pickle.dumps(Model.packaged().with_corpus(texts))
    unfinished = Path(f"{path}.{os.getpid()}")
    unfinished.write_bytes(made)
    unfinished.rename(path)
    progress(1, 1)
    return len(made)


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
