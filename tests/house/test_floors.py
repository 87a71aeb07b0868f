"""The house stands on floors: what import-linter cannot see."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

SRC = Path(__file__).resolve().parents[2] / "src" / "nhipcau"
FLOORS = [["core"], ["organisations"], ["documents"], ["plans"], ["followup"], ["reporting"], ["home", "api"]]
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
OPEN_TO_ALL = {"core"}
DOORS = {"models", "queries", "actions"}


def imported_modules(path: Path) -> set[str]:
    """The absolute names of all modules of the platform that a file imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module)
            if node.module.count(".") == 1:  # from nhipcau.plans import queries
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.startswith("nhipcau.")}


def test_every_room_has_its_floor():
    rooms = {path.name for path in SRC.iterdir() if path.is_dir() and (path / "apps.py").exists()}
    assert rooms == set(FLOOR_OF)


@pytest.mark.parametrize("room", sorted(FLOOR_OF))
def test_a_room_enters_another_only_by_its_doors(room):
    wrong = [
        f"{path.relative_to(SRC)} imports {name}"
        for path in sorted((SRC / room).rglob("*.py"))
        for name in imported_modules(path)
        for other, *inside in [name.split(".")[1:]]
        if other in FLOOR_OF and other != room and other not in OPEN_TO_ALL and inside and inside[0] not in DOORS
    ]
    assert wrong == []


def test_no_relation_of_a_model_points_upward():
    wrong = [
        f"{model._meta.label}.{field.name} points at {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in FLOOR_OF
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and FLOOR_OF.get(field.related_model._meta.app_label, 0) > FLOOR_OF[model._meta.app_label]
    ]
    assert wrong == []
