"""vanban: reading and writing Vietnamese official documents. Pure Python: no Django, no database, no network.

    import vanban

    plan = vanban.read_file("ke_hoach.docx")     # raises vanban.Unreadable, whose .vi and .en say what to do
    for task in plan.tasks:
        print(task.code, task.lead, task.time, task.lines)
    plan.to_dict()                               # the object of docs/contracts/plan.schema.json

The small readers are useful alone: ``vanban.source.load``, ``vanban.citations.find``, ``vanban.dates``,
``vanban.agencies``. Only what is used is loaded.
"""

from __future__ import annotations

import importlib
import os
import pathlib

from vanban.errors import Unreadable
from vanban.model import (
    Cell,
    Citation,
    Doubt,
    Duty,
    Finding,
    Header,
    Line,
    Obligation,
    Plan,
    Reporting,
    Section,
    Signature,
    Source,
    Table,
    Task,
    When,
)

__all__ = [
    "Cell",
    "Citation",
    "Doubt",
    "Duty",
    "Finding",
    "Header",
    "Line",
    "Obligation",
    "Plan",
    "Reporting",
    "Section",
    "Signature",
    "Source",
    "Table",
    "Task",
    "Unreadable",
    "When",
    "read_file",
]


def read_file(path: str | os.PathLike[str], password: str | None = None) -> Plan:
    """Read the plan in the file at ``path`` (text, DOCX, PDF with text, HTML; told apart by content).

    ``password`` opens an encrypted PDF. Raises ``Unreadable`` when the file cannot be read; a document in which no plan
    is found gives a ``Plan`` without tasks and the doubt ``not-a-plan``.
    """
    # The readers and their lexicons are loaded here: importing ``vanban`` for its types stays quick.
    load = importlib.import_module("vanban.source").load
    read = importlib.import_module("vanban.plan").read
    plan: Plan = read(load(pathlib.Path(path), password=password))
    return plan
