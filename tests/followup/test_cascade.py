"""What a lower plan took in, by the comparison of the two, shows in the higher one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import F
from django.utils import timezone
from tests.factories import make_actor, make_alignment, make_assignment, make_organisation, make_plan, make_task

from nhipcau.core.acts import SYSTEM, Refused
from nhipcau.core.jobs import enqueue
from nhipcau.core.worker import run_due_jobs
from nhipcau.followup.actions import count_below_plan, open_periods, record_progress, take_back_note, take_in
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


def test_of_two_plans_only_one_is_the_lower(levels):
    """Compared the other way round nothing is taken in: not against the tree, and not where it would close a circle."""
    take_in(SYSTEM, levels.compare(([1], [1], "kept")), today())
    swapped = make_alignment(levels.lower, levels.higher)
    swapped.result["vi"]["pairs"] = [{"part": "task", "higher": ["II.1"], "lower": ["III.1"], "kind": "kept"}]
    swapped.save()
    assert take_in(SYSTEM, swapped, today()) == (0, 0)
    ministry = make_plan(make_organisation("Bộ", kind="ministry"))
    make_task(ministry, code="I.1", lead=[levels.province])
    for higher, lower, codes, came in (
        (ministry, levels.higher, ("I.1", "III.1"), 1),
        (levels.lower, ministry, ("II.1", "I.1"), 0),
    ):
        made = make_alignment(higher, lower)
        made.result["vi"]["pairs"] = [{"part": "task", "higher": [codes[0]], "lower": [codes[1]], "kind": "kept"}]
        made.save()
        assert take_in(SYSTEM, made, today()) == (came, 0)


def test_a_word_in_a_ward_reaches_the_province_through_the_city(levels):
    """Twice removed: nobody has written anything between."""
    take_in(SYSTEM, levels.compare(([1, 2], [1], "kept")), today())
    ward = levels.work[0].organisation
    wards = make_plan(ward)
    small = make_task(wards, code="1.1", lead=[unit := make_organisation("Tổ", parent=ward, level="commune")])
    made = make_alignment(levels.lower, wards)
    made.result["vi"]["pairs"] = [{"part": "task", "higher": ["II.1"], "lower": ["1.1"], "kind": "kept"}]
    made.save()
    take_in(SYSTEM, made, today())
    lowest, actor = make_assignment(unit, small), make_actor(unit)

    def stands() -> list[tuple[str, int | None, bool]]:
        keys = [levels.upper[0].pk, levels.upper[1].pk, levels.work[0].pk]
        rows = Assignment.objects.filter(pk__in=keys).order_by("pk")
        return [(row.progress, row.percent, row.from_below) for row in rows]

    record_progress(actor, lowest, version=1, progress="in_progress", key="a")
    assert stands() == [("in_progress", 0, True)] * 3
    note = record_progress(actor, lowest, version=2, progress="done", key="b")
    assert stands() == [("done", 100, True)] * 3
    take_back_note(actor, note)
    assert stands() == [("in_progress", 0, True)] * 3


def test_a_new_year_begins_above_as_below(levels):
    """What was written last year neither says that this year's work has begun, nor keeps it from following."""
    Task.objects.update(time_kind="yearly")
    take_in(SYSTEM, levels.compare(([1, 2], [1], "kept")), today())
    by_hand, work = levels.upper[1], levels.work[0]
    year = dt.timedelta(days=365)
    for row, key in ((by_hand, "a"), (work, "b")):
        row.refresh_from_db()
        record_progress(make_actor(row.organisation), row, version=row.version, progress="done", key=key)
    Assignment.objects.update(period="2025", period_start=dt.date(2025, 1, 1), year=2025)
    Assignment.objects.filter(last_word_at__isnull=False).update(last_word_at=F("last_word_at") - year)
    while open_periods(SYSTEM, today()):
        pass
    count_below_plan(SYSTEM, levels.lower, today())
    rows = Assignment.objects.filter(pk__in=[row.pk for row in levels.upper]).order_by("pk")
    assert [(row.progress, row.below_done) for row in rows] == [("not_started", 0)] * 2
    work.refresh_from_db()
    record_progress(make_actor(work.organisation), work, version=work.version, progress="in_progress", key="c")
    assert [(row.progress, row.from_below) for row in rows.all()] == [("in_progress", True)] * 2


def test_plans_that_take_in_each_other_come_to_an_end(levels):
    """Rows that nothing here writes: two plans, each the lower of the other."""
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
