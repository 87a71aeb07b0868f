"""Assignments follow the plan, its groups and the calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from tests.factories import (
    make_actor,
    make_agency_group,
    make_organisation,
    make_plan,
    make_province,
    make_reading,
    make_task,
)

from nhipcau.core.acts import SYSTEM
from nhipcau.core.jobs import enqueue
from nhipcau.core.models import Notice
from nhipcau.core.worker import run_due_jobs
from nhipcau.followup.actions import open_periods, settle_plan
from nhipcau.followup.models import Assignment, ClosedPeriod
from nhipcau.organisations.actions import end_organisation
from nhipcau.organisations.models import Organisation
from nhipcau.plans.actions import confirm_reading
from nhipcau.plans.models import NO_DATE, Task

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)


def held(plan) -> list[tuple[str, str, str]]:
    rows = (
        Assignment.objects.filter(plan=plan)
        .select_related("organisation")
        .order_by("task__position", "organisation__name")
    )
    return [(row.organisation.name, row.role, row.ended) for row in rows]


def test_a_confirmed_plan_is_assigned_to_every_agency_that_it_names():
    province = make_province()
    actor = make_actor(province, "coordinator")
    reading = make_reading(actor)
    officer = make_actor(Organisation.objects.get(name="Sở Tư pháp"))
    enqueue("followup.settle_all", {})
    confirm_reading(actor, reading)
    run_due_jobs()
    said = Notice.objects.filter(person=officer.person_id)
    assert [notice.kind for notice in said] == ["plans.confirmed"], "told once, by who confirms"
    leads = Assignment.objects.filter(organisation__name="Sở Tư pháp").order_by("task__position")
    assert [(row.task.kind, row.role, row.due) for row in leads] == [
        ("task", "lead", dt.date(2024, 11, 30)),
        ("task", "coordinating", NO_DATE),
        ("duty", "lead", NO_DATE),
    ]


def test_a_group_stands_for_its_members_and_follows_them():
    province = make_organisation("Tỉnh", kind="committee")
    first, second = make_organisation("Sở A", parent=province), make_organisation("Sở B", parent=province)
    plan = make_plan(province)
    make_task(plan, lead=[first], coordinating=[make_agency_group(province)])
    assert settle_plan(SYSTEM, plan, TODAY) == (2, 0)
    assert held(plan) == [("Sở A", "lead", ""), ("Sở B", "coordinating", "")]
    third = make_organisation("Sở C", parent=province)
    second.kind = "service"
    second.save()
    assert settle_plan(SYSTEM, plan, TODAY) == (1, 1)
    assert held(plan) == [("Sở A", "lead", ""), ("Sở B", "coordinating", "left"), (third.name, "coordinating", "")]
    second.kind = "department"
    second.save()
    assert settle_plan(SYSTEM, plan, TODAY) == (1, 0)
    assert settle_plan(SYSTEM, plan, TODAY) == (0, 0)
    assert Assignment.objects.count() == 3


def test_an_open_group_gets_nothing_until_its_members_are_named():
    province = make_organisation("Tỉnh", kind="committee")
    first = make_organisation("Sở A", parent=province)
    group = make_agency_group(province, "Các cơ quan liên quan", is_open=True, kinds=[])
    plan = make_plan(province)
    make_task(plan, lead=[group])
    assert settle_plan(SYSTEM, plan, TODAY) == (0, 0)
    group.members.add(first)
    assert settle_plan(SYSTEM, plan, TODAY) == (1, 0)


def test_a_withdrawn_task_ends_its_assignments():
    province = make_organisation("Tỉnh", kind="committee")
    plan = make_plan(province)
    task = make_task(plan, lead=[make_organisation("Sở A", parent=province)])
    settle_plan(SYSTEM, plan, TODAY)
    Task.objects.filter(pk=task.pk).update(state=Task.State.WITHDRAWN)
    assert settle_plan(SYSTEM, plan, TODAY) == (0, 1)
    assert held(plan) == [("Sở A", "lead", "withdrawn")]


def test_what_happens_in_the_directory_reaches_the_assignments():
    province = make_organisation("Tỉnh", kind="committee")
    make_organisation("Sở A", parent=province)
    leaving = make_organisation("Sở B", parent=province)
    plan = make_plan(province, date=timezone.localdate())
    make_task(plan, lead=[make_agency_group(province)])
    settle_plan(SYSTEM, plan, timezone.localdate())
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    administrator = make_actor(province, "administrator")
    end_organisation(administrator, leaving, valid_to=yesterday, legal_basis="Nghị quyết 1/NQ")
    run_due_jobs()
    assert [row[2] for row in held(plan)] == ["", "left"]


def test_a_yearly_task_opens_its_next_period_by_itself():
    province = make_organisation("Tỉnh", kind="committee")
    plan = make_plan(province)
    make_task(plan, lead=[make_organisation("Sở A", parent=province)], time_kind="yearly", month_day="11-10")
    settle_plan(SYSTEM, plan, dt.date(2025, 11, 20))
    row = Assignment.objects.get()
    assert (row.period, row.due, row.year) == ("2025", dt.date(2025, 11, 10), 2025)
    assert open_periods(SYSTEM, dt.date(2025, 12, 31)) == 0
    assert open_periods(SYSTEM, dt.date(2026, 1, 1)) == 1
    row.refresh_from_db()
    assert (row.period, row.due, row.year) == ("2026", dt.date(2026, 11, 10), 2026)
    closed = ClosedPeriod.objects.get()
    assert (closed.period, closed.progress, closed.done_on) == ("2025", "not_started", None)
    assert open_periods(SYSTEM, dt.date(2026, 1, 2)) == 0
