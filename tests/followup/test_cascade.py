"""What a lower plan took in, by the comparison of the two, shows in the higher one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from tests.factories import make_actor, make_alignment, make_assignment, make_organisation, make_plan, make_task

from nhipcau.core.acts import SYSTEM, Refused
from nhipcau.core.jobs import enqueue
from nhipcau.core.worker import run_due_jobs
from nhipcau.followup.actions import count_below_plan, record_progress, take_in
from nhipcau.followup.models import Assignment, Taken
from nhipcau.plans.models import Alignment, Plan, Task

pytestmark = pytest.mark.django_db


class Levels:
    """A province's plan with two tasks for a city, whose own plan has three, one for each of its wards; compared."""

    def __init__(self) -> None:
        self.province = make_organisation("Tỉnh", kind="committee")
        self.city = make_organisation("Thành phố", parent=self.province, kind="committee", level="district")
        wards = [make_organisation(f"Phường {n}", parent=self.city, kind="committee", level="commune") for n in "123"]
        self.higher, self.lower = make_plan(self.province), make_plan(self.city)
        self.high = [make_task(self.higher, code=f"III.{n}", lead=[self.city]) for n in (1, 2)]
        self.low = [make_task(self.lower, code=f"II.{n}", lead=[ward]) for n, ward in enumerate(wards, start=1)]
        self.upper = [make_assignment(self.city, task) for task in self.high]
        self.work = [make_assignment(ward, task) for ward, task in zip(wards, self.low, strict=True)]

    def compare(self, *pairs: tuple[list[int], list[int], str], **more) -> Alignment:
        made = make_alignment(self.higher, self.lower, **more)
        made.result["vi"]["pairs"] = [
            {"part": "task", "higher": [f"III.{n}" for n in high], "lower": [f"II.{n}" for n in low], "kind": kind}
            for high, low, kind in pairs
        ]
        made.save()
        return made

    def taken(self) -> list[tuple[str, str, str]]:
        return list(
            Taken.objects.order_by("higher__code", "lower__code").values_list("higher__code", "lower__code", "kind")
        )

    def below(self, number: int) -> tuple[int | None, int, int]:
        row = Assignment.objects.get(pk=self.upper[number].pk)
        return row.below, row.below_done, row.below_late


@pytest.fixture
def levels() -> Levels:
    return Levels()


def today() -> dt.date:
    return timezone.localdate()


def test_pairs_of_a_comparison_become_what_was_taken_in(levels):
    made = levels.compare(([1], [1, 2], "kept"), ([2], [], "dropped"), ([], [3], "added"))
    enqueue("followup.cascade", {"act": "plans.keep_alignment", "subject_id": made.pk})
    run_due_jobs()
    assert levels.taken() == [("III.1", "II.1", "kept"), ("III.1", "II.2", "kept")]
    assert (levels.below(0), levels.below(1)) == ((2, 0, 0), (None, 0, 0))
    record_progress(make_actor(levels.work[0].organisation), levels.work[0], version=1, progress="done", key="a")
    assert levels.below(0) == (2, 1, 0)
    assert take_in(SYSTEM, made, today()) == (0, 0)


def test_a_newer_comparison_takes_the_place_of_an_older(levels):
    old = levels.compare(([1], [1], "kept"), ([2], [2], "weakened"), higher_version=1, lower_version=1)
    take_in(SYSTEM, old, today())
    Plan.objects.filter(pk=levels.higher.pk).update(version=2)
    levels.higher.refresh_from_db()
    new = levels.compare(([1], [1], "narrowed"), higher_version=2, lower_version=1)
    assert take_in(SYSTEM, new, today()) == (0, 1)
    assert levels.taken() == [("III.1", "II.1", "narrowed")]
    assert levels.below(1) == (None, 0, 0)
    assert take_in(SYSTEM, old, today()) == (0, 0), "the newest counts, whichever is asked about"
    with pytest.raises(Refused):
        take_in(make_actor(levels.province, "head"), new, today())


def test_withdrawn_tasks_and_plans_beside_each_other_are_not_taken_in(levels):
    made = levels.compare(([1], [1, 2], "kept"))
    Task.objects.filter(pk=levels.low[1].pk).update(state="withdrawn")
    take_in(SYSTEM, made, today())
    assert levels.taken() == [("III.1", "II.1", "kept")]
    beside = make_plan(make_organisation("Tỉnh khác", kind="committee"))
    make_task(beside, code="II.1")
    other = make_alignment(levels.higher, beside)
    other.cites_higher = False
    other.result["vi"]["pairs"] = [{"part": "task", "higher": ["III.1"], "lower": ["II.1"], "kind": "kept"}]
    other.save()
    assert take_in(SYSTEM, other, today()) == (0, 0)


def test_what_is_late_below_is_counted_as_days_pass(levels):
    take_in(SYSTEM, levels.compare(([1], [1, 2], "kept")), today())
    Assignment.objects.filter(pk=levels.work[0].pk).update(due=today() + dt.timedelta(days=3))
    assert count_below_plan(SYSTEM, levels.lower, today()) == 0
    assert count_below_plan(SYSTEM, levels.lower, today() + dt.timedelta(days=4)) == 1
    assert levels.below(0) == (2, 0, 1)


def test_plans_that_take_in_each_other_come_to_an_end(levels):
    """Nonsense, but nothing forbids it: two plans, each compared as the lower of the other."""
    take_in(SYSTEM, levels.compare(([1], [1], "kept")), today())
    Taken.objects.create(higher=levels.low[0], lower=levels.high[0], kind="kept")
    ward = levels.work[0].organisation
    record_progress(make_actor(ward), levels.work[0], version=1, progress="done", key="a")
    assert levels.below(0) == (1, 1, 0)


def test_counting_asks_the_same_number_of_questions_for_many(levels, django_assert_max_num_queries):
    for n in range(3, 33):
        task = make_task(levels.higher, code=f"III.{n}", lead=[levels.city])
        make_assignment(levels.city, task)
        Taken.objects.create(higher=task, lower=levels.low[0], kind="kept")
    count_below_plan(SYSTEM, levels.lower, today())
    with django_assert_max_num_queries(14):
        count_below_plan(SYSTEM, levels.lower, today())
