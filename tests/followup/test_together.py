"""Two people work on one assignment at once, each in a thread and a transaction of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from tests.factories import make_actor, make_assignment, make_organisation, make_plan, make_task

from nhipcau.core import audit
from nhipcau.core.actors import Actor
from nhipcau.followup.actions import Outdated, record_progress, take_back_note
from nhipcau.followup.models import Assignment, Note, Taken

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[object]:
    """What each gives, or the exception that it raised; all begin at the same moment."""
    results: list[object] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(number: int) -> None:
        start.wait()
        try:
            results[number] = works[number]()
        except Exception as problem:
            results[number] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def saying(actor: Actor, assignment: Assignment, text: str, key: str, version: int = 1) -> Callable[[], Note]:
    return lambda: record_progress(actor, assignment, version=version, progress="in_progress", text=text, key=key)


def test_of_two_who_write_at_once_one_is_told_and_sees_the_others_words():
    assignment = make_assignment(make_organisation())
    actors = [make_actor(assignment.organisation) for _number in range(4)]
    results = at_once(*(saying(actor, assignment, f"Lời {n}", f"k{n}") for n, actor in enumerate(actors)))
    (note,) = Note.objects.all()
    told = [result for result in results if isinstance(result, Outdated)]
    assert [result for result in results if isinstance(result, Note)] == [note]
    assert [problem.note for problem in told] == [note] * 3
    assignment.refresh_from_db()
    assert (assignment.version, assignment.last_word) == (2, note.text)
    # Nothing is lost: who was told writes on what is there now.
    again = next(n for n, result in enumerate(results) if isinstance(result, Outdated))
    saying(actors[again], assignment, f"Lời {again}", f"k{again}", version=2)()
    assert [row.text for row in Note.objects.order_by("pk")] == [note.text, f"Lời {again}"]
    assert list(audit.verify(assignment.organisation_id)) == []


def test_a_form_that_is_sent_twice_at_once_is_written_once():
    assignment = make_assignment(make_organisation())
    actor = make_actor(assignment.organisation)
    results = at_once(*[saying(actor, assignment, "Đã họp", "one key")] * 3)
    (note,) = Note.objects.all()
    assert results == [note] * 3
    assert Assignment.objects.get().version == 2


def test_taking_back_while_a_colleague_writes_loses_neither():
    assignment = make_assignment(make_organisation())
    one, other = make_actor(assignment.organisation), make_actor(assignment.organisation)
    first = saying(one, assignment, "Một", "a")()
    results = at_once(lambda: take_back_note(one, first), saying(other, assignment, "Hai", "b", version=2))
    assignment.refresh_from_db()
    taken_back, written = (not isinstance(result, Exception) for result in results)
    assert (taken_back, written) in {(True, False), (False, True)}  # whoever was second is told
    assert assignment.last_word == ("" if taken_back else "Hai")
    assert assignment.version == 3


def test_what_several_wards_do_at_once_is_counted_above_without_a_loss():
    province = make_organisation("Tỉnh", kind="committee")
    city = make_organisation("Thành phố", parent=province, kind="committee", level="district")
    high, low = make_task(make_plan(province), lead=[city]), make_task(make_plan(city))
    Taken.objects.create(higher=high, lower=low, kind="kept")
    upper = make_assignment(city, high)
    wards = [make_organisation(f"Phường {n}", parent=city, kind="committee", level="commune") for n in range(3)]
    rows = [make_assignment(ward, low) for ward in wards]
    officers = [make_actor(ward) for ward in wards]
    results = at_once(
        *(
            lambda officer=officer, row=row: record_progress(officer, row, version=1, progress="done", key="k")
            for officer, row in zip(officers, rows, strict=True)
        )
    )
    assert [type(result) for result in results] == [Note] * 3
    upper.refresh_from_db()
    assert (upper.below, upper.below_done, upper.progress) == (3, 3, "done")
