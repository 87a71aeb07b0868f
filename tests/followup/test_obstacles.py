"""An obstacle is put before who can remove it, comes back with an answer, and is settled by who raised it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from tests.factories import make_actor, make_assignment, make_organisation, make_plan, make_task

from nhipcau.core.acts import STRANGER, SYSTEM, Refused
from nhipcau.core.models import AuditEvent, Clock, Notice
from nhipcau.followup.actions import (
    answer_obstacle,
    follow_calendar,
    forward_obstacle,
    raise_obstacle,
    reopen_obstacle,
    settle_obstacle,
    withdraw_obstacle,
)
from nhipcau.followup.models import Assignment, Obstacle
from nhipcau.followup.queries.obstacles import may_be_asked, may_be_passed_to, visible_obstacles

pytestmark = pytest.mark.django_db


class Town:
    """A province with two departments; the first leads a task, the second coordinates; who acts for each."""

    def __init__(self) -> None:
        self.province = make_organisation("Tỉnh", kind="committee")
        self.lead = make_organisation("Sở A", parent=self.province)
        self.office = make_organisation("Sở B", parent=self.province)
        task = make_task(make_plan(self.province), lead=[self.lead], coordinating=[self.office])
        self.assignment = make_assignment(self.office, task, role="coordinating")
        self.officer = make_actor(self.office)
        self.asked = make_actor(self.lead)
        self.above = make_actor(self.province, "coordinator")

    def obstacle(self) -> Obstacle:
        return raise_obstacle(self.officer, self.assignment, text="Thiếu kinh phí", asked=self.lead, proposal="Cấp bù")


@pytest.fixture
def town() -> Town:
    return Town()


def told(person_id: int | None) -> list[str]:
    return [n.kind.removeprefix("followup.") for n in Notice.objects.filter(person=person_id, settled_at=None)]


def counted(town: Town) -> int:
    return Assignment.objects.get(pk=town.assignment.pk).open_obstacles


def test_it_goes_there_and_back(town):
    obstacle = town.obstacle()
    assert (obstacle.state, counted(town), told(town.asked.person_id)) == ("open", 1, ["obstacle_raised"])
    assert obstacle.due > timezone.localdate()
    answer_obstacle(town.asked, obstacle, text="Đã bố trí")
    assert (counted(town), told(town.asked.person_id), told(town.officer.person_id)) == (1, [], ["obstacle_answered"])
    settle_obstacle(town.officer, obstacle)
    assert (counted(town), told(town.officer.person_id), told(town.asked.person_id)) == (0, [], ["obstacle_settled"])
    assert [step.kind for step in obstacle.steps.all()] == ["answered", "settled"]
    assert AuditEvent.objects.filter(act="followup.answer_obstacle", organisation_id=town.lead.pk).count() == 1


def test_the_same_sent_twice_is_raised_once(town):
    assert town.obstacle() == town.obstacle()
    assert (Obstacle.objects.count(), told(town.asked.person_id)) == (1, ["obstacle_raised"])


def test_who_may_be_asked_can_remove_it(town):
    elsewhere = make_organisation("Sở ở tỉnh khác")
    assert may_be_asked(town.assignment) == [town.province, town.lead]
    for wrong in (elsewhere, town.office):
        with pytest.raises(Refused):
            raise_obstacle(town.officer, town.assignment, text="Vướng", asked=wrong)
    with pytest.raises(Refused):
        raise_obstacle(town.officer, town.assignment, text="  ", asked=town.lead)
    town.lead.valid_to = dt.date(2025, 6, 30)
    town.lead.save()
    assert may_be_asked(town.assignment) == [town.province]


def test_it_is_passed_on_with_a_new_day(town):
    obstacle = town.obstacle()
    first = Clock.objects.get()
    assert may_be_passed_to(obstacle) == [town.province]
    with pytest.raises(Refused):
        forward_obstacle(town.asked, obstacle, to=town.office)
    forward_obstacle(town.asked, obstacle, to=town.province, text="Thuộc thẩm quyền tỉnh")
    with pytest.raises(Refused):
        answer_obstacle(town.asked, obstacle, text="Nữa")
    first.refresh_from_db()
    assert (first.closed_at is None, Clock.objects.get(closed_at=None).organisation_id) == (False, town.province.pk)
    assert told(town.asked.person_id) == []
    assert told(town.above.person_id) == ["obstacle_raised"]
    assert told(town.officer.person_id) == ["obstacle_forwarded"]
    answer_obstacle(town.above, obstacle, text="Đồng ý")
    assert not Clock.objects.filter(closed_at=None).exists()


def test_an_answer_that_does_not_help_brings_it_back(town):
    obstacle = town.obstacle()
    with pytest.raises(Refused):
        reopen_obstacle(town.officer, obstacle, text="Chưa được")
    answer_obstacle(town.asked, obstacle, text="Xem lại")
    reopen_obstacle(town.officer, obstacle, text="Vẫn thiếu")
    obstacle.refresh_from_db()
    assert (obstacle.state, told(town.asked.person_id)) == ("open", ["obstacle_raised"])
    withdraw_obstacle(town.officer, obstacle)
    assert (counted(town), Clock.objects.filter(closed_at=None).count()) == (0, 0)
    with pytest.raises(Refused):
        settle_obstacle(town.officer, obstacle)


def test_only_who_is_asked_answers_and_only_who_raised_it_closes(town):
    obstacle = town.obstacle()
    outsider = make_actor(make_organisation("Sở khác"), "officer", "coordinator", "head", "administrator")
    auditor, clerk = make_actor(town.lead, "auditor"), make_actor(town.office, "auditor", "administrator")
    for actor in (STRANGER, outsider, auditor, clerk, town.officer, town.above):
        with pytest.raises(Refused):
            answer_obstacle(actor, obstacle, text="Trả lời")
        with pytest.raises(Refused):
            forward_obstacle(actor, obstacle, to=town.province)
    for actor in (STRANGER, outsider, auditor, clerk, town.asked, town.above):
        with pytest.raises(Refused):
            settle_obstacle(actor, obstacle)
        with pytest.raises(Refused):
            withdraw_obstacle(actor, obstacle)
        with pytest.raises(Refused):
            raise_obstacle(actor, town.assignment, text="Vướng", asked=town.province)
    obstacle.refresh_from_db()
    assert (obstacle.state, obstacle.steps.count()) == ("open", 0)


def test_who_was_asked_reads_it_also_without_the_assignment(town):
    make_assignment(town.lead, town.assignment.task)
    ministry = make_organisation("Bộ", level="central")
    town.assignment.task.agencies.create(role="coordinating", position=5, name="Bộ", organisation=ministry)
    obstacle = raise_obstacle(town.officer, town.assignment, text="Vướng", asked=ministry)
    for actor, sees in (
        (make_actor(ministry), True),
        (town.above, True),
        (town.asked, True),  # as lead of the task
        (make_actor(make_organisation()), False),
        (STRANGER, False),
    ):
        assert visible_obstacles(actor).filter(pk=obstacle.pk).exists() == sees


def test_the_day_for_the_answer_follows_the_calendar(town):
    obstacle = town.obstacle()
    assert follow_calendar(SYSTEM) == 0
    moved = obstacle.due + dt.timedelta(days=1)
    Clock.objects.update(due_at=timezone.make_aware(dt.datetime.combine(moved, dt.time(23, 59))))
    assert follow_calendar(SYSTEM) == 1
    obstacle.refresh_from_db()
    assert obstacle.due == moved
    with pytest.raises(Refused):
        follow_calendar(town.above)
