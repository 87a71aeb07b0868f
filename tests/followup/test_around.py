"""Steps of a unit, time that is moved, rhythms, and work that goes on at a successor."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from tests.factories import make_actor, make_assignment, make_organisation, make_plan, make_task

from nhipcau.core import files
from nhipcau.core.acts import STRANGER, SYSTEM, Refused
from nhipcau.core.models import Notice, User
from nhipcau.core.worker import run_due_jobs
from nhipcau.followup.actions import (
    Given,
    add_step,
    change_step,
    extend_assignment,
    finish_step,
    hand_back,
    hand_over,
    move_step,
    raise_obstacle,
    record_progress,
    remove_step,
    set_rhythm,
    settle_plan,
)
from nhipcau.followup.models import Assignment, Extension, Note, Obstacle, Step
from nhipcau.followup.queries.handing_over import ended_agencies, moved_work
from nhipcau.followup.queries.one import due_of, extensions_of
from nhipcau.organisations.models import Succession
from nhipcau.plans.models import NO_DATE

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def province():
    return make_organisation("Tỉnh", kind="committee")


@pytest.fixture
def office(province):
    return make_organisation("Sở A", parent=province)


def texts(assignment) -> list[str]:
    return [step.text for step in Step.objects.filter(assignment=assignment)]


def wrong_ones(province, office):
    """People who may not do what the office's officers do."""
    every = ("officer", "coordinator", "head", "administrator")
    return STRANGER, make_actor(make_organisation("Khác"), *every), make_actor(office, "auditor", "administrator")


def test_a_unit_plans_its_steps(province, office):
    assignment, officer = make_assignment(office), make_actor(office)
    other = make_actor(office)
    person = User.objects.get(pk=other.person_id)
    first = add_step(officer, assignment, text="Gửi  giấy mời", person=person, due=timezone.localdate())
    assert add_step(officer, assignment, text="Gửi giấy mời", person=person, due=timezone.localdate()) == first
    second = add_step(officer, assignment, text="Họp")
    assert texts(assignment) == ["Gửi giấy mời", "Họp"]
    assert Notice.objects.filter(person=person, kind="followup.step_given").count() == 1
    move_step(other, second, to=0)
    assert texts(assignment) == ["Họp", "Gửi giấy mời"]
    change_step(officer, second, text="Họp trực tuyến")
    finish_step(other, first)
    first.refresh_from_db()
    assert first.done_by == other.person_id
    with pytest.raises(Refused):
        remove_step(officer, first)
    finish_step(officer, first, is_done=False)
    remove_step(officer, first)
    assert texts(assignment) == ["Họp trực tuyến"]
    with pytest.raises(Refused):
        add_step(
            officer, assignment, text="Việc của người ngoài", person=User.objects.get(pk=make_actor(province).person_id)
        )
    with pytest.raises(Refused):
        add_step(officer, assignment, text="  ")


def test_nobody_else_plans_for_a_unit(province, office):
    assignment, officer = make_assignment(office), make_actor(office)
    step = add_step(officer, assignment, text="Họp")
    for actor in (*wrong_ones(province, office), make_actor(province, "head")):
        for act in (
            lambda who=actor: add_step(who, assignment, text="X"),
            lambda who=actor: change_step(who, step, text="X"),
            lambda who=actor: move_step(who, step, to=0),
            lambda who=actor: finish_step(who, step),
            lambda who=actor: remove_step(who, step),
        ):
            with pytest.raises(Refused):
                act()
    assert texts(assignment) == ["Họp"]


def test_the_time_is_moved_with_a_reason(province, office):
    due = timezone.localdate() - dt.timedelta(days=3)
    assignment = make_assignment(office, make_task(make_plan(province), lead=[office], due=due))
    officer, coordinator = make_actor(office), make_actor(province, "coordinator")
    later = timezone.localdate() + dt.timedelta(days=10)
    made = extend_assignment(coordinator, assignment, new_due=later, reason="Chờ kinh phí", seen=due)
    assert extend_assignment(coordinator, assignment, new_due=later, reason="Chờ kinh phí", seen=due) == made
    assignment.refresh_from_db()
    assert (assignment.due, assignment.stated_due, assignment.version) == (later, due, 1)
    assert Notice.objects.filter(person=officer.person_id, kind="followup.extended").count() == 1
    for wrong in (
        {"new_due": later, "reason": "Sớm hơn"},
        {"new_due": later + dt.timedelta(days=1), "reason": " "},
        {"new_due": later + dt.timedelta(days=1), "reason": "Trang cũ", "seen": due},
    ):
        if wrong["new_due"] == later:
            Extension.objects.all().delete()
        with pytest.raises(Refused):
            extend_assignment(coordinator, assignment, **wrong)
    for actor in (*wrong_ones(province, office), officer, make_actor(province), make_actor(office, "head")):
        with pytest.raises(Refused):
            extend_assignment(actor, assignment, new_due=later + dt.timedelta(days=9), reason="Không được phép")


def test_no_time_is_moved_beyond_its_period_or_where_there_is_none(province, office):
    coordinator = make_actor(province, "coordinator")
    year = timezone.localdate().year
    yearly = make_assignment(office, make_task(make_plan(province), time_kind="yearly", month_day="11-10"))
    endless = make_assignment(office, make_task(make_plan(province), time_kind="continuous"))
    with pytest.raises(Refused):
        extend_assignment(coordinator, yearly, new_due=dt.date(year + 1, 1, 1), reason="Quá kỳ")
    with pytest.raises(Refused):
        extend_assignment(coordinator, endless, new_due=dt.date(year + 1, 1, 1), reason="Không có hạn")


def test_a_rhythm_holds_for_all_agencies_and_makes_nobody_silent_at_once(province, office):
    task = make_task(make_plan(province), lead=[office], time_kind="continuous")
    long_ago = timezone.now() - dt.timedelta(days=90)
    quiet = make_assignment(office, task, last_word_at=long_ago)
    other = make_assignment(make_organisation("Sở B", parent=province), task)
    officer, coordinator = make_actor(office), make_actor(province, "coordinator")
    assert set_rhythm(coordinator, task, rhythm="weekly") == 2
    assert set_rhythm(coordinator, task, rhythm="weekly") == 0
    quiet.refresh_from_db()
    other.refresh_from_db()
    assert timezone.localdate() <= quiet.word_due == other.word_due == quiet.next_day
    assert Notice.objects.filter(person=officer.person_id, kind="followup.rhythm_set").count() == 1
    set_rhythm(coordinator, task, rhythm="none")
    quiet.refresh_from_db()
    assert quiet.word_due == NO_DATE
    with pytest.raises(Refused):
        set_rhythm(coordinator, task, rhythm="mỗi giờ")
    for actor in (*wrong_ones(province, office), officer, make_actor(province)):
        with pytest.raises(Refused):
            set_rhythm(actor, task, rhythm="monthly")


class Merger:
    """A department ended and another took over; a plan names both, one task for each and one for both."""

    def __init__(self, province) -> None:
        self.province = province
        self.old = make_organisation("Sở Vũ trụ", parent=province)
        self.heir = make_organisation("Sở Vũ trụ và Biển", parent=province)
        self.plan = make_plan(province)
        make_task(self.plan, "Riêng", lead=[self.old], time_kind="yearly", month_day="11-10")
        make_task(self.plan, "Chung", lead=[self.old], coordinating=[self.heir])
        settle_plan(SYSTEM, self.plan, TODAY)
        self.officer = make_actor(self.old)
        self.own = self.held(self.old)[0]
        record_progress(self.officer, self.own, version=1, progress="in_progress", text="Đã làm", key="k")
        self.obstacle = raise_obstacle(self.officer, self.own, text="Thiếu người", asked=province)
        self.old.valid_to = dt.date(2025, 2, 28)
        self.old.save()
        Succession.objects.create(
            of=self.old.name, level="provincial", ended=self.old.valid_to, name=self.heir.name, basis="NQ 1", source="x"
        )
        self.administrator = make_actor(province, "administrator")

    def held(self, organisation) -> list[Assignment]:
        rows = Assignment.objects.filter(organisation=organisation, ended="").order_by("task__position")
        return list(rows.select_related("task"))

    def hand_over(self, **more) -> int:
        return hand_over(self.administrator, self.old, self.heir, day=dt.date(2025, 3, 1), basis="NQ 1", **more)


def test_work_goes_on_at_the_successor_and_comes_back(province):
    town = Merger(province)
    one = ended_agencies(town.administrator)[0]
    assert (one.organisation, one.count, one.only_heir) == (town.old, 2, town.heir)
    assert (town.hand_over(), town.hand_over()) == (2, 0)
    alone, both = town.held(town.heir)
    assert (alone.progress, alone.last_word, alone.due, alone.period) == (
        "in_progress", "Đã làm", town.own.due, town.own.period,
    )  # fmt: skip
    assert (both.role, both.predecessors.get().organisation) == ("lead", town.old)
    town.obstacle.refresh_from_db()
    assert (town.obstacle.assignment, alone.open_obstacles) == (alone, 1)
    former = Assignment.objects.get(pk=town.own.pk)
    assert (former.ended, former.open_obstacles, former.notes.filter(text="Đã làm").count()) == ("succeeded", 0, 1)
    assert settle_plan(SYSTEM, town.plan, TODAY) == (0, 0)
    assert [row.role for row in town.held(town.heir)] == ["lead", "lead"]
    assert ended_agencies(town.administrator) == []
    assert [(m.predecessor, m.successor, m.count) for m in moved_work(town.administrator)] == [(town.old, town.heir, 2)]
    assert hand_back(town.administrator, town.old, town.heir, basis="Chuyển nhầm") == 2
    assert [row.task.text for row in town.held(town.old)] == ["Riêng", "Chung"]
    assert [row.task.text for row in town.held(town.heir)] == ["Chung"]
    assert Obstacle.objects.get().assignment == town.held(town.old)[0]
    assert settle_plan(SYSTEM, town.plan, TODAY) == (0, 0)
    assert [row.role for row in town.held(town.heir)] == ["coordinating"]


def test_two_that_become_one_leave_their_history_to_it(province, client):
    """Both had the same task; the one that takes over helps only, and still opens what they proved."""
    old = [make_organisation(f"Sở {name}", parent=province) for name in ("Kế hoạch", "Tài chính cũ")]
    heir = make_organisation("Sở Tài chính", parent=province)
    plan = make_plan(province)
    make_task(plan, lead=[make_organisation("Sở Nội vụ", parent=province)], coordinating=old)
    settle_plan(SYSTEM, plan, TODAY)
    proofs = []
    for number, organisation in enumerate(old):
        row = Assignment.objects.get(organisation=organisation)
        given = Given(name="anh.pdf", file=files.store(b"%PDF-1.4 " + organisation.name.encode()))
        note = record_progress(
            make_actor(organisation), row, version=1, progress="in_progress", text=organisation.name, key="khoa",
            evidence=[given],
        )  # fmt: skip
        proofs.append(note.evidence.get())
        add_step(make_actor(organisation), row, text=f"Bước {number}")
    administrator, officer = make_actor(province, "administrator"), make_actor(heir)
    for organisation in old:
        assert hand_over(administrator, organisation, heir, day=dt.date(2025, 3, 1), basis="NQ 1") == 1
    row = Assignment.objects.get(organisation=heir)
    assert (row.role, texts(row)) == ("coordinating", ["Bước 0", "Bước 1"])
    client.force_login(User.objects.get(pk=officer.person_id))
    page = client.get(f"/viec/{row.public_id}/").content.decode()
    for organisation, proof in zip(old, proofs, strict=True):
        former = Assignment.objects.get(organisation=organisation)
        assert f"/viec/{former.public_id}/" in page
        assert f"<p>{organisation.name}</p>" in page
        assert client.get(f"/viec/{former.public_id}/").status_code == 200
        assert b"".join(client.get(f"/minh-chung/{proof.public_id}/").streaming_content).startswith(b"%PDF")
    client.force_login(User.objects.get(pk=make_actor(old[0]).person_id))
    page = client.get(f"/viec/{Assignment.objects.get(organisation=old[0]).public_id}/").content.decode()
    assert ("Chuyển việc cho Sở Tài chính" in page, f"/viec/{row.public_id}/" in page) == (True, False)
    assert settle_plan(SYSTEM, plan, TODAY) == (0, 0)
    assert hand_back(administrator, old[0], heir, basis="Tách lại") == 1
    assert sorted(Assignment.objects.filter(ended="").values_list("organisation__name", flat=True)) == [
        "Sở Kế hoạch", "Sở Nội vụ", "Sở Tài chính",
    ]  # fmt: skip
    assert texts(Assignment.objects.get(organisation=old[0], ended="")) == ["Bước 0"]
    assert hand_back(administrator, old[1], heir, basis="Tách lại") == 1
    run_due_jobs()
    assert not Assignment.objects.filter(organisation=heir, ended="").exists()
    assert settle_plan(SYSTEM, plan, TODAY) == (0, 0)


def test_what_the_successor_asked_of_its_predecessor_is_asked_of_the_owner(province):
    town = Merger(province)
    own = town.held(town.heir)[0]
    asked = raise_obstacle(make_actor(town.heir), own, text="Chờ Sở Vũ trụ", asked=province)
    Obstacle.objects.filter(pk=asked.pk).update(asked=town.old)
    town.hand_over()
    asked.refresh_from_db()
    assert (asked.asked, asked.steps.get().to) == (province, province)


def test_the_day_of_who_goes_on_says_by_which_extension_it_came(province):
    town = Merger(province)
    later = dt.date(2026, 12, 20)
    Extension.objects.create(
        assignment=town.own, period="2026", old_due=town.own.due, new_due=later, reason="Chờ sáp nhập"
    )
    Assignment.objects.filter(pk=town.own.pk).update(due=later)
    town.hand_over()
    row = town.held(town.heir)[0]
    due = due_of(row, TODAY, extensions_of(row))
    assert (due.day, [one.reason for one in due.extensions]) == (later, ["Chờ sáp nhập"])


def test_single_tasks_go_their_own_way_and_on(province):
    town = Merger(province)
    third = make_organisation("Sở Văn hóa", parent=province)
    assert town.hand_over(tasks=[town.own.task_id]) == 1
    hand_over(town.administrator, town.heir, third, day=dt.date(2026, 1, 1), basis="NQ 2", tasks=[town.own.task_id])
    assert [row.task.text for row in town.held(third)] == ["Riêng"]
    assert settle_plan(SYSTEM, town.plan, TODAY) == (0, 0), "a successor's successor keeps it"
    assert Note.objects.filter(assignment=town.held(third)[0]).count() == 1


def test_work_is_moved_only_by_who_stands_above_both(province):
    town = Merger(province)
    elsewhere = make_organisation("Tỉnh khác", kind="committee")
    every = ("officer", "coordinator", "head", "administrator", "auditor")
    for actor in (
        STRANGER,
        make_actor(elsewhere, *every),
        make_actor(town.heir, *every),
        make_actor(province, "officer", "auditor"),
    ):
        with pytest.raises(Refused):
            hand_over(actor, town.old, town.heir, day=dt.date(2025, 3, 1), basis="NQ 1")
        with pytest.raises(Refused):
            hand_back(actor, town.old, town.heir, basis="Lý do")
    ended = make_organisation("Đã hết", parent=province, valid_to=dt.date(2025, 1, 1))
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    for successor, day, basis in (
        (town.heir, dt.date(2025, 3, 1), " "),
        (town.heir, tomorrow, "NQ 1"),
        (ended, dt.date(2025, 3, 1), "NQ 1"),
        (town.old, dt.date(2025, 3, 1), "NQ 1"),
    ):
        with pytest.raises(Refused):
            hand_over(town.administrator, town.old, successor, day=day, basis=basis)
    assert len(town.held(town.old)) == 2


def test_the_page_moves_all_with_one_click_or_each_to_another(province, client):
    town = Merger(province)
    client.force_login(User.objects.get(pk=town.administrator.person_id))
    address = f"/chuyen-viec/{town.old.public_id}/"
    assert address in client.get(f"/co-quan/{town.old.public_id}/").content.decode()
    page = client.get("/chuyen-viec/").content.decode()
    assert "Chuyển 2 việc" in page
    third = make_organisation("Sở Văn hóa", parent=province)
    given = {"successor": town.heir.public_id, "day": "01/03/2025", "basis": "NQ 1"}
    assert client.post(address, {**given, "basis": ""}).status_code == 422
    answer = client.post(address, {**given, f"viec-{town.own.task_id}": third.public_id})
    assert (answer.status_code, len(town.held(third)), len(town.held(town.heir))) == (302, 1, 1)
    back = f"{address}tu/{third.public_id}/lai/"
    assert client.post(back, {"basis": "Nhầm"}).status_code == 302
    assert len(town.held(third)) == 0
