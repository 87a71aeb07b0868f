"""Tasks and plans in the search over everything: what is found, and what comes first."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from tests.factories import make_actor, make_organisation, make_plan, make_task

from nhipcau.plans.queries.finding import find_plans, find_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_organisation("Ủy ban nhân dân tỉnh A", kind="committee")


def test_words_side_by_side_come_first_and_names_of_agencies_last(province):
    plan = make_plan(province)
    soon = timezone.localdate() + dt.timedelta(days=1)
    make_task(plan, "Tuyên truyền", lead=["Phòng Ngân sách"], due=soon)
    make_task(plan, "Sách về ngân hàng", due=soon)
    make_task(plan, "Lập dự toán ngân sách")
    make_task(plan, "Chính sách của ngành", due=soon)
    found = find_tasks(make_actor(province), "ngan sach", 10)
    assert [hit.title for hit in found] == ["Lập dự toán ngân sách", "Sách về ngân hàng", "Tuyên truyền"]


def test_no_more_than_asked_for_and_nothing_for_no_words(province):
    plan = make_plan(province)
    for n in range(3):
        make_task(plan, f"Việc {n}")
    actor = make_actor(province)
    assert [len(find_tasks(actor, q, 2)) for q in ("viec", "", '"', "%")] == [2, 0, 0, 0]


def test_others_find_neither(province):
    make_task(make_plan(province, "08/KH-UBND"), "Việc kín")
    stranger = make_actor(make_organisation())
    assert (find_tasks(stranger, "viec kin", 5), find_plans(stranger, "08/kh-ubnd", 5)) == ([], [])


def test_a_plan_is_found_by_its_symbol(province):
    make_plan(province, "08/KH-UBND")
    make_plan(province, "108/KH-UBND")
    found = find_plans(make_actor(province), "08/kh-ubnd", 5)
    assert [hit.title.split()[-1] for hit in found] == ["08/KH-UBND"]
