"""Several at once, each in a thread and a transaction of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from nhipcau.core import audit, files, jobs, worker
from nhipcau.core.acts import Act, Actor, act
from nhipcau.core.models import AuditEvent, Job, StoredFile

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(work: Callable[[], object], count: int) -> list[object]:
    results: list[object] = []
    start = threading.Barrier(count)

    def run() -> None:
        start.wait()
        try:
            results.append(work())
        except Exception as problem:
            results.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_the_same_file_stored_at_once_is_stored_once():
    results = all_at_once(lambda: files.store(b"x" * 200_000).sha256, 4)
    assert len(set(results)) == 1
    assert StoredFile.objects.count() == 1
    assert len([path for path in settings.FILES_DIR.rglob("*") if path.is_file()]) == 1


def test_acts_at_once_make_one_chain():
    @act("tests.do", may=lambda actor: True)
    def do(act: Act) -> None:
        act.changed(a=1)

    results = all_at_once(lambda: do(Actor(person_id=1, organisation_id=1)), 6)
    assert results == [None] * 6
    assert list(AuditEvent.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert list(audit.verify(1)) == []


def test_workers_at_once_take_different_jobs():
    for _number in range(3):
        jobs.enqueue("core.tidy", {})
    taken = all_at_once(worker.claim, 5)
    assert sorted(job.pk for job in taken if job) == sorted(Job.objects.values_list("pk", flat=True))
    assert taken.count(None) == 2


def test_the_guard_stands_between_two_such_tests():
    with transaction.atomic():
        audit.append(organisation_id=1, person_id=1, act="tests.do", subject=None, changes={})
    with pytest.raises(DatabaseError):
        AuditEvent.objects.update(act="other")
    assert AuditEvent.objects.get().act == "tests.do"
