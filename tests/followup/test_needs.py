"""What waits for one person, and what stands in the calendars that people subscribe to."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from tests.factories import make_actor, make_assignment, make_organisation, make_plan, make_task

from nhipcau.core import rooms
from nhipcau.core.models import User
from nhipcau.followup.actions import add_step, answer_obstacle, raise_obstacle
from nhipcau.followup.models import Chase, ChaseLine
from nhipcau.followup.queries.mine import steps_of
from nhipcau.organisations.actions import delegate
from nhipcau.plans.models import NO_DATE

pytestmark = pytest.mark.django_db


def day(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


class Office:
    """A department of a province, with an officer."""

    def __init__(self) -> None:
        self.province = make_organisation("Tỉnh", kind="committee")
        self.office = make_organisation("Sở A", parent=self.province)
        self.plan = make_plan(self.province)
        self.officer = make_actor(self.office)

    def work(self, text: str, due: dt.date = NO_DATE, word_due: dt.date = NO_DATE, **more):
        task = make_task(self.plan, text, lead=[self.office], time_kind="once")
        return make_assignment(self.office, task, due=due, word_due=word_due, **more)

    def needs(self, *actors) -> list[rooms.Need]:
        asked = list(actors or (self.officer,))
        found = rooms.needs(asked[0].person_id, asked, timezone.now())
        return [need for need in found if need.kind.startswith("followup.")]

    def kinds(self, *actors) -> list[tuple[str, str]]:
        return [(need.kind.removeprefix("followup."), need.urgency) for need in self.needs(*actors)]


@pytest.fixture
def office() -> Office:
    return Office()


def test_work_waits_when_it_is_late_or_near_once_each(office):
    office.work("Trễ", due=day(-3), word_due=day(-9))
    office.work("Gần", due=day(2))
    office.work("Im lặng", due=day(90), word_due=day(-1))
    office.work("Xa", due=day(60), word_due=day(40))
    office.work("Xong", due=day(-5), progress="done")
    assert office.kinds() == [("late", "late"), ("word", "late"), ("due", "soon")]
    late = office.needs()[0]
    assert (late.text.split(":")[0], late.due) == (f"Quá hạn từ {day(-3):%d/%m/%Y}", day(-3))
    assert office.kinds(make_actor(office.office, "auditor")) == []
    assert office.kinds(make_actor(office.province)) == []


def test_what_is_asked_about_is_one_need(office):
    rows = [office.work(f"Trễ {n}", due=day(-3)) for n in range(3)]
    chase = Chase.objects.create(organisation=office.province, words="Đề nghị báo", answer_by=day(4), key="k")
    for row in rows[:2]:
        ChaseLine.objects.create(chase=chase, assignment=row, asked=office.office)
    assert office.kinds() == [("late", "late"), ("chase", "soon")]
    assert office.needs()[1].text == f"Tỉnh đôn đốc 2 việc, trả lời đến hết ngày {day(4):%d/%m/%Y}."
    ChaseLine.objects.update(answered_at=timezone.now())
    assert len(office.kinds()) == 3


def test_an_obstacle_waits_for_an_answer_and_then_for_who_raised_it(office):
    obstacle = raise_obstacle(office.officer, office.work("Việc"), text="Thiếu tiền", asked=office.province)
    asked = make_actor(office.province, "head")
    assert ([kind for kind, _urgency in office.kinds(asked)], office.kinds()) == (["obstacle"], [])
    answer_obstacle(asked, obstacle, text="Đã cấp")
    assert (office.kinds(asked), office.kinds()) == ([], [("obstacle_answered", "calm")])


def test_steps_wait_for_their_person_alone(office):
    colleague = make_actor(office.office)
    person = User.objects.get(pk=office.officer.person_id)
    add_step(colleague, office.work("Việc"), text="Gửi giấy mời", person=person, due=day(-1))
    assert (office.kinds(), office.kinds(colleague)) == ([("step", "late")], [])


def test_work_without_an_agency_waits_for_who_can_move_it(office):
    office.work("Việc")
    office.office.valid_to = day(-1)
    office.office.save()
    assert office.kinds(make_actor(office.province, "administrator")) == [("hand_over", "calm")]
    assert office.kinds(make_actor(make_organisation("Khác"), "administrator")) == []


def test_many_needs_ask_no_more_questions(office, django_assert_max_num_queries):
    for n in range(40):
        office.work(f"Trễ {n}", due=day(-n - 1))
    head = make_actor(office.office, "head", "administrator")
    with django_assert_max_num_queries(8):
        assert len(office.kinds(head)) == 40


def test_the_calendar_has_due_days_steps_and_answers(office):
    row = office.work("Họp báo", due=day(20))
    office.work("Xong", due=day(10), progress="done")
    office.work("Năm sau", due=day(500))
    person = User.objects.get(pk=office.officer.person_id)
    add_step(office.officer, row, text="Gửi giấy mời", person=person, due=day(5))
    given = {"first": day(-30), "last": day(200)}

    def titles(actors, **who) -> list[str]:
        ids = {"person_id": None, "organisation_id": None, **who}
        return [event.title for event in rooms.events(actors, **ids, **given)]

    own = titles([office.officer], person_id=office.officer.person_id)
    assert own == ["Hạn: Họp báo", "Bước: Gửi giấy mời"]
    colleague = make_actor(office.office)
    assert titles([colleague], person_id=colleague.person_id) == ["Hạn: Họp báo"]
    assert titles([office.officer], organisation_id=office.office.pk) == own
    assert titles([office.officer], organisation_id=office.province.pk) == []


def test_who_stands_in_has_the_steps_of_who_is_away(office):
    colleague = make_actor(office.office)
    row = office.work("Hội nghị")
    add_step(office.officer, row, text="Gửi giấy mời", person=User.objects.get(pk=office.officer.person_id), due=day(1))
    assert office.kinds(colleague) == []
    to = User.objects.get(pk=colleague.person_id)
    delegate(office.officer, office.office, to=to, roles=["officer"], valid_from=day(0), valid_to=day(3))
    (need,) = office.needs(colleague)
    name = User.objects.get(pk=office.officer.person_id).name
    assert need.text == f"Bước của {name}, bạn làm thay, đến hết ngày {day(1):%d/%m/%Y}: Gửi giấy mời"
    assert [step.text for step in steps_of(colleague)] == ["Gửi giấy mời"]
    assert len(office.needs()) == 1
