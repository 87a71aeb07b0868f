"""Finding the words of a search in a column that keeps ``vanban.text.search_text``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.lookups import Contains
from django.db.models.sql.compiler import SQLCompiler


@models.TextField.register_lookup
@models.CharField.register_lookup
class HasWords(Contains):
    """``folded__has_words=" ngan sach"``: one of ``search_patterns`` stands in the column.

    On PostgreSQL this is LIKE, which an index of trigrams answers where the words are rare (plans' migration 0006). On
    SQLite LIKE compares sign by sign with upper and lower case in mind; INSTR takes two thirds of its time.
    """

    lookup_name = "has_words"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any) -> tuple[str, Any]:
        return Contains(self.lhs, self.rhs).as_sql(compiler, connection)  # under the name for which LIKE is known

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any
    ) -> tuple[str, list[Any]]:
        column, given = self.process_lhs(compiler, connection)
        # Without the blank before the word first: INSTR stops at each sign that fits the first one, and every fifth is
        # a blank. Where the word is rare that takes off a third.
        parts = dict.fromkeys((str(self.rhs).lstrip(), str(self.rhs)))
        sql = " AND ".join(f"INSTR({column}, %s) > 0" for _part in parts)
        return f"({sql})", [each for part in parts for each in (*given, part)]


def has_words(column: str, *patterns: str) -> Q:
    """That every one of ``search_patterns`` stands in the column, the longest looked for first: it is the rarest."""
    return Q(*_each(column, sorted(patterns, key=len, reverse=True)))


def _each(column: str, patterns: Iterable[str]) -> list[Q]:
    return [Q(**{f"{column}__has_words": pattern}) for pattern in patterns]
