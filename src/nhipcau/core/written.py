"""Queries whose SQL is written once.

Django writes the SQL of a query anew whenever it is asked, which takes it longer than the database takes to answer most of
ours; and a page asks a dozen. Those of the pages asked most differ from one request to the next in a few keys only. Their
SQL is written when they are first asked, and later only the values are put in::

    _STEPS = Written(lambda assignment: Step.objects.filter(assignment=assignment))
    _STEPS(row.pk)  # a list

What changes from call to call is given by position: whole numbers, words, or tuples of numbers, which go into the SQL as
they are. All else (a day) is given by name; each gets SQL of its own. No query may look otherwise for other values, and
none may be asked for None or for an empty tuple.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Hashable
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

T = TypeVar("T")
Value = int | str | tuple[int, ...]
_FORMS = 100  # of one query that are kept: days, lengths of tuples
# Where they stand a value belongs: a number that fits every column and no query of ours asks for, a sign no word has.
_NUMBER, _WORD = 2_147_000_000, "\x01"


class _Place(int):
    """Which of the values belongs here."""


class _Form(NamedTuple):
    rows: QuerySet[Any, Any]
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]


class Written(Generic[T]):
    """A query, given by the function that makes its query set."""

    def __init__(self, make: Callable[..., QuerySet[Any, T]]) -> None:
        self._make = make
        self._form = functools.lru_cache(_FORMS)(self._written)

    def __call__(self, *values: Value, **fixed: Hashable) -> list[T]:
        """What the database answers for these values."""
        shape = tuple(len(value) if isinstance(value, tuple) else type(value) for value in values)
        form = self._form(shape, tuple(fixed.items()))
        given = [one for value in values for one in (value if isinstance(value, tuple) else (value,))]
        compiler = copy.copy(form.compiler)
        compiler.connection = connection  # of this thread
        params = tuple(given[one] if type(one) is _Place else one for one in form.params)
        compiler.as_sql = lambda *_arguments, **_named: (form.sql, params)  # type: ignore[method-assign]
        rows = form.rows.all()
        rows.query.get_compiler = lambda *_arguments, **_named: compiler  # type: ignore[method-assign]
        return list(rows)

    def _written(self, shape: tuple[Any, ...], fixed: tuple[tuple[str, Hashable], ...]) -> _Form:
        places: dict[Any, _Place] = {}

        def place(kind: type) -> Any:
            number = len(places)
            mark = f"{_WORD}{number}" if kind is str else _NUMBER + number
            places[mark] = _Place(number)
            return mark

        marks = [tuple(place(int) for _one in range(one)) if isinstance(one, int) else place(one) for one in shape]
        rows = self._make(*marks, **dict(fixed))
        compiler = rows.query.get_compiler(connection.alias)
        sql, params = compiler.as_sql()
        found = tuple(places.get(one, one) if isinstance(one, int | str) else one for one in params)
        if {one for one in found if type(one) is _Place} != set(places.values()):
            raise ValueError("A value does not stand in the SQL as it was given.")
        return _Form(rows, compiler, sql, found)
