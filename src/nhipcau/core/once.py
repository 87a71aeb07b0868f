"""What several parts of one page ask alike is read once: a memory that lasts as long as the request, and no longer.

Outside a request (jobs, commands, tests of a query) there is no memory: every question is asked anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

T = TypeVar("T")
_memory: ContextVar[dict[Hashable, object] | None] = ContextVar("memory of this request", default=None)


@contextmanager
def one_request() -> Iterator[None]:
    """Remember within this block what ``once`` is asked."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def once(key: Hashable, make: Callable[[], T]) -> T:
    """What ``make`` gives; within one request the second question with the same key gets the first answer."""
    memory = _memory.get()
    if memory is None:
        return make()
    if key not in memory:
        memory[key] = make()
    return cast(T, memory[key])


def told(key: Hashable) -> object:
    """The answer that ``once`` got to this question within this request; None where nobody has asked yet."""
    return (_memory.get() or {}).get(key)


def ask_again(key: Hashable) -> None:
    """Forget the answer to one question of this request: something has been done that changes it."""
    memory = _memory.get()
    if memory is not None:
        memory.pop(key, None)
