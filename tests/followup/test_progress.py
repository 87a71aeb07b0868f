"""A word on progress: written once, told when somebody was faster, taken back, seen above."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from tests.factories import make_actor, make_assignment, make_organisation, make_plan, make_task

from nhipcau.core.acts import Refused
from nhipcau.followup.actions import Outdated, record_progress, take_back_note
from nhipcau.followup.models import Assignment, Note, Taken

pytestmark = pytest.mark.django_db


def test_a_word_moves_the_assignment_and_is_written_once():
    assignment = make_assignment(make_organisation())
    officer = make_actor(assignment.organisation)
    note = record_progress(officer, assignment, version=1, progress="done", text="Đã họp", key="k1")
    again = record_progress(officer, assignment, version=1, progress="done", text="Đã họp", key="k1")
    assert again == note
    assignment.refresh_from_db()
    assert (assignment.progress, assignment.percent, assignment.is_open, assignment.version) == ("done", 100, False, 2)
    assert assignment.last_word == "Đã họp"


def test_the_second_of_two_people_is_told_and_nothing_is_written_over():
    assignment = make_assignment(make_organisation())
    one, other = make_actor(assignment.organisation), make_actor(assignment.organisation)
    first = record_progress(one, assignment, version=1, progress="in_progress", text="Một", key="a")
    with pytest.raises(Outdated) as told:
        record_progress(other, assignment, version=1, progress="done", text="Hai", key="b")
    assert told.value.note == first
    assert Note.objects.count() == 1
    record_progress(other, assignment, version=2, progress="done", text="Hai", key="b")
    assert [note.text for note in Note.objects.order_by("pk")] == ["Một", "Hai"]


def test_taking_back_restores_what_stood_before():
    assignment = make_assignment(make_organisation())
    officer, colleague = make_actor(assignment.organisation), make_actor(assignment.organisation)
    record_progress(officer, assignment, version=1, progress="in_progress", text="Một", percent=40, key="a")
    last = record_progress(officer, assignment, version=2, progress="done", key="b")
    with pytest.raises(Refused):
        take_back_note(colleague, last)
    take_back_note(officer, last)
    assignment.refresh_from_db()
    assert (assignment.progress, assignment.percent, assignment.last_word) == ("in_progress", 40, "Một")
    assert [note.taken_back_at is None for note in Note.objects.order_by("pk")] == [True, False]
    Note.objects.filter(taken_back_at=None).update(at=timezone.now() - dt.timedelta(minutes=16))
    with pytest.raises(Refused):
        take_back_note(officer, Note.objects.first())


def test_only_the_agency_itself_writes():
    province = make_organisation(kind="committee")
    assignment = make_assignment(make_organisation(parent=province))
    for actor in (
        make_actor(make_organisation()),
        make_actor(province, "coordinator"),
        make_actor(assignment.organisation, "auditor"),
    ):
        with pytest.raises(Refused):
            record_progress(actor, assignment, version=1, progress="done", key="k")
    assert not Note.objects.exists()


def test_what_a_ward_does_shows_at_the_city_and_the_province():
    province = make_organisation("Tỉnh", kind="committee")
    city = make_organisation("Thành phố", parent=province, kind="committee", level="district")
    ward = make_organisation("Phường", parent=city, kind="committee", level="commune")
    above, below = make_plan(province), make_plan(city)
    high = make_task(above, lead=[city])
    low, other = make_task(below, lead=[ward]), make_task(below, lead=[ward])
    for task in (low, other):
        Taken.objects.create(higher=high, lower=task, kind="kept")
    upper = make_assignment(city, high)
    lower, second = make_assignment(ward, low), make_assignment(ward, other)
    officer = make_actor(ward)
    record_progress(officer, lower, version=1, progress="done", key="a")
    upper.refresh_from_db()
    assert (upper.below, upper.below_done, upper.progress, upper.percent, upper.from_below) == (
        2, 1, "in_progress", 50, True,
    )  # fmt: skip
    note = record_progress(officer, second, version=1, progress="done", key="b")
    assert Assignment.objects.get(pk=upper.pk).progress == "done"
    take_back_note(officer, note)
    assert Assignment.objects.get(pk=upper.pk).progress == "in_progress"
