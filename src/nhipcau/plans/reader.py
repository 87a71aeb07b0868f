"""From a stored file to the reading of it: calls ``vanban`` with what the platform knows. No tables are written here."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from pathlib import Path

from nhipcau.organisations.models import Organisation
from vanban import model, plan, source
from vanban.knowledge import Agency, Knowledge

Progress = Callable[[int, int], None]


class TooSlow(Exception):
    """The file takes longer to read than a page may wait."""


def knowledge_for(organisation: Organisation) -> Knowledge:
    """What the readers know, with the agencies of the tree that the organisation belongs to."""
    packaged = Knowledge.packaged()
    root = organisation.path.split("/")[0]
    own = Organisation.objects.filter(path__startswith=f"{root}/").values_list(
        "name", "level", "kind", "valid_from", "valid_to"
    )
    known = {row.name for row in packaged.agency_rows}
    return dataclasses.replace(
        packaged, agency_rows=(*packaged.agency_rows, *(Agency(*row) for row in own if row[0] not in known))
    )


def read(path: Path, *, name: str, organisation: Organisation, progress: Progress | None = None) -> model.Plan:
    """Read a stored file. Raises ``vanban.errors.Unreadable``, and what ``progress`` raises."""
    loaded = source.load(path, name=name, progress=progress)
    return plan.read(loaded, knowledge_for(organisation))


def read_with_password(
    path: Path, *, name: str, organisation: Organisation, password: str, seconds: float
) -> model.Plan:
    """Read an encrypted file inside a request, so that its password need not be kept anywhere.

    Raises ``Unreadable``, and ``TooSlow`` when the pages take longer than ``seconds``.
    """
    end = time.monotonic() + seconds

    def watch(_page: int, _pages: int) -> None:
        if time.monotonic() > end:
            raise TooSlow

    loaded = source.load(path, name=name, password=password, progress=watch)
    return plan.read(loaded, knowledge_for(organisation))
