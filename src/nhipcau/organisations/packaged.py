"""The directory that ships with the software: agencies and groups with their sources, as the same tables that users
import."""

from __future__ import annotations

from pathlib import Path

from .sheets import Table, read_sheet

DATA = Path(__file__).parent / "data"
FILES = ("agencies.csv", "groups.csv")


def packaged_tables() -> list[Table]:
    """The shipped tables, agencies first."""
    return [read_sheet((DATA / name).read_bytes()) for name in FILES]
