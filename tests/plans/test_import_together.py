"""Two uploads, two decisions, two confirmations at once: each in a thread and a transaction of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from tests.factories import PLAN_LINES, make_actor, make_province, make_reading

from nhipcau.core import files
from nhipcau.plans import actions
from nhipcau.plans.models import Plan, Reading, Task
from nhipcau.plans.reviewing.decisions import ACCEPT, DROP, Decision

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(*works: Callable[[], object]) -> list[object]:
    results: list[object] = []
    start = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        start.wait()
        try:
            results.append(work())
        except Exception as problem:
            results.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_the_same_file_uploaded_twice_at_once_is_one_reading():
    actor = make_actor(make_province())

    def upload() -> bool:
        stored = files.store("\n".join(PLAN_LINES).encode())
        return actions.upload_plan(actor, stored, name="a.txt").is_new

    assert sorted(map(str, all_at_once(upload, upload, upload))) == ["False", "False", "True"]
    assert Reading.objects.count() == 1


def test_two_decisions_at_once_are_one_decision_and_one_conflict():
    province = make_province()
    first, second = make_actor(province), make_actor(province)
    reading = make_reading(first)
    position = reading.doubts.get(kind="agency-unmatched").position
    results = all_at_once(
        lambda: actions.settle_doubt(first, reading, position, Decision(ACCEPT)),
        lambda: actions.settle_doubt(second, reading, position, Decision(DROP)),
    )
    assert sorted(type(result).__name__ for result in results) == ["AlreadySettled", "Doubt"]


def test_two_confirmations_at_once_are_one_plan():
    actor = make_actor(make_province())
    reading = make_reading(actor)
    one, other = all_at_once(
        lambda: actions.confirm_reading(actor, reading).pk, lambda: actions.confirm_reading(actor, reading).pk
    )
    assert one == other == Plan.objects.get().pk
    assert Task.objects.filter(kind="task").count() == 2
