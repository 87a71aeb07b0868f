"""Rows into the configured database as quickly as it takes them: COPY on PostgreSQL, one statement for all on SQLite."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models


def insert(model: type[models.Model], columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Insert tuples with the values of ``columns`` (attribute names: "id task_id"), JSON as Python objects or as
    text already. Nothing is filled in: every column without a default in the database must be there."""
    fields = [model._meta.get_field(name) for name in columns.split()]
    into = ", ".join(f'"{field.column}"' for field in fields)  # type: ignore[union-attr]
    ready = _readied([_preparation(field) for field in fields], rows)  # type: ignore[arg-type]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{model._meta.db_table}" ({into}) FROM STDIN') as copy:
                for row in ready:
                    copy.write_row(row)
        else:
            marks = ", ".join(["?"] * len(fields))
            connection.connection.executemany(f'INSERT INTO "{model._meta.db_table}" ({into}) VALUES ({marks})', ready)


def follow(*tables: type[models.Model]) -> None:
    """Let the tables' own numbering go on behind what was inserted with numbers."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)


def _readied(prepare: list[Callable[[Any], Any] | None], rows: Iterable[Sequence[Any]]) -> Iterable[list[Any]]:
    todo = [(at, how) for at, how in enumerate(prepare) if how is not None]
    for row in rows:
        values = list(row)
        for at, how in todo:
            if values[at] is not None:
                values[at] = how(values[at])
        yield values


def _preparation(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """What must be done to a value of the field before it is written as it is."""
    if isinstance(field, models.JSONField):
        return lambda value: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if connection.vendor == "postgresql":
        return None
    if isinstance(field, models.DateTimeField):
        return _moment
    return str if isinstance(field, models.DateField) else None


def _moment(value: dt.datetime) -> str:
    return str(value.astimezone(dt.UTC).replace(tzinfo=None))
