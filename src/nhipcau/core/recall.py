"""What many pages ask alike is kept from one request to the next, in this process, until somebody changes something.

Every change to what people read is an act, and an act makes a chain of the audit trail longer in the same transaction.
So the length of all chains together, one small question a request, tells whether anything has changed anywhere since:
an act counts from the moment it is committed, in every process. What changes without an act (a daily job, an
administrator at the database) counts after ``LONGEST`` at the latest.

Most acts are words on progress, which change the work of one organisation and what those see who follow it up; they say
so (``Act.stays_near``). An answer that is made of the work of one organisation, or of nobody's (plans, the directory,
the library), says that too, and then outlasts what stays near to others: only the far acts count for it, and those of
the organisation that it names.

Who acts, and with which roles, is never kept: each request reads that anew.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import NamedTuple, TypeVar, cast

from django.db import connection

from .once import ask_again, once, told

T = TypeVar("T")
LONGEST = 60.0  # seconds
MOST = 2000  # answers of one process; those not asked for the longest time go first
EVERYBODY, NOBODY = -1, -2  # whose near acts count; else the id of an organisation
_ACTS, _HERE = "acts done", "organisation of this request"
_kept: OrderedDict[Hashable, tuple[int, float, object]] = OrderedDict()
_lock = threading.Lock()
_making: dict[Hashable, threading.Lock] = {}  # what some thread is asking the database for just now


class _Acts(NamedTuple):
    """How many acts have been committed: in all, far ones, and in the chain of one organisation."""

    all: int
    far: int
    own: int
    organisation_id: int


def recalled(key: Hashable, make: Callable[[], T], near: int = EVERYBODY) -> T:
    """What ``make`` gives, or what it gave when it was last asked under ``key`` if no act has been done since that
    counts: any act; with ``near`` any far act, and any of the organisation with this id (``NOBODY``: none more).

    ``key`` must hold all that the answer depends on besides the database: whose eyes, which filter, which day, which
    language. The answer must not be changed by who gets it, and hold no open query; ``make`` must not ask under its own
    key. Inside a transaction nothing is kept or recalled: what is seen there may never come to be.
    """
    if connection.in_atomic_block:
        return make()
    acts = _counting(near)
    found = _recall(key, acts) or _made_once(key, acts, make)
    return cast(T, found[0])


def _made_once(key: Hashable, acts: int, make: Callable[[], object]) -> tuple[object]:
    """After an act several ask the same at once: one of them makes the answer, the others wait for it."""
    with _lock:
        turn = _making.setdefault(key, threading.Lock())
    try:
        with turn:
            found = _recall(key, acts)
            if found is None:
                now = time.monotonic()
                found = (make(),)  # read after the acts were counted: what an act changes meanwhile is made again
                _keep(key, acts, now, found[0])
            return found
    finally:
        with _lock:
            _making.pop(key, None)


def _recall(key: Hashable, acts: int) -> tuple[object] | None:
    """What is kept under the key and holds after so many acts."""
    with _lock:
        found = _kept.get(key)
        if found is None or found[0] < acts or time.monotonic() - found[1] >= LONGEST:
            return None
        _kept.move_to_end(key)
        return (found[2],)


def _keep(key: Hashable, acts: int, now: float, made: object) -> None:
    with _lock:
        _kept[key] = (acts, now, made)
        _kept.move_to_end(key)
        while _kept and (len(_kept) > MOST or next(iter(_kept.values()))[1] + LONGEST <= now):
            _kept.popitem(last=False)  # the one not asked for the longest time; also where it is too old to be given


def _counting(near: int) -> int:
    acts = once(_ACTS, lambda: acts_done(cast(int, told(_HERE) or 0)))
    if near == EVERYBODY:
        return acts.all
    if near == NOBODY:
        return acts.far
    if acts.organisation_id != near:
        acts = acts_done(near)
    return acts.far + acts.own


def acts_done(organisation_id: int = 0) -> _Acts:
    """How many acts have been committed in this house so far, and how many of them in the chain of one organisation. One
    query, asked at nearly every request: written out, it takes a fifth of the time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT SUM(last_seq), SUM(far_seq), SUM(CASE WHEN organisation_id = %s THEN last_seq ELSE 0 END)"
            " FROM core_auditchain",
            [organisation_id],
        )
        every, far, own = (int(number or 0) for number in cursor.fetchone())
    return _Acts(every, far, own, organisation_id)


def stands_in(organisation_id: int) -> None:
    """Within this request the acts of this organisation are counted along."""
    once(_HERE, lambda: organisation_id)


def count_again() -> None:
    """An act has been done within this request: what it read before no longer holds."""
    ask_again(_ACTS)


def forget() -> None:
    """Drop everything that this process keeps."""
    with _lock:
        _kept.clear()
