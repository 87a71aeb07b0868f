"""How tests are spread over processes: file by file, so that what a module makes is made once, and those that share
something costly (a site, a migrated database) in one process. The longest begin first: nobody waits for them at the end.

This says so by the path of a test, not by ``xdist_group``: that mark is silently lost where pytest keeps the id of a test
elsewhere than pytest-xdist writes it (9.2 and 3.8 do).
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

FIRST = ("axe", "browser", "houses", "tests/security/", "tests/vanban/source/")
HOUSES = {
    "tests/core/test_reminding_killed.py", "tests/core/test_serve.py", "tests/core/test_worker_process.py",
    "tests/plans/test_import_killed.py",
}  # fmt: skip


def unit_of(nodeid: str) -> str:
    """What a test runs together with: the name of a group, or its file."""
    path = nodeid.split("::")[0]
    if path.startswith("tests/browser/"):
        return "axe" if "accessibility" in PurePosixPath(path).name else "browser"
    return "houses" if path in HOUSES else path


def in_order(items: list[pytest.Item]) -> None:
    """The longest first, the others as they were."""
    items.sort(key=lambda item: next((n for n, start in enumerate(FIRST) if unit_of(item.nodeid).startswith(start)), 9))


class Spreading(LoadScopeScheduling):
    """Gives out units in the order of the collection. A file whose transaction tests were put to the end of all is two
    units: what they leave behind must not meet the others."""

    def __init__(self, config: pytest.Config, log: Any = None) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)
        self._units: dict[str, str] = {}

    def schedule(self) -> None:
        if self.collection is None and self.collection_is_completed:
            last, seen = "", set()
            for nodeid in next(iter(self.registered_collections.values())):
                unit = unit_of(nodeid)
                again = unit != last and (unit in seen or f"{unit} again" in seen)
                if unit != last:
                    last, name = unit, f"{unit} again" if again else unit
                    seen.add(name)
                self._units[nodeid] = name
        super().schedule()

    def _split_scope(self, nodeid: str) -> str:
        return self._units[nodeid]
