"""Who sees which plan, and with it its tasks, its text and its pages."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.factories import (
    make_actor,
    make_agency_group,
    make_member,
    make_organisation,
    make_plan,
    make_task,
    make_user,
)

from nhipcau.core.acts import STRANGER, SYSTEM, Actor
from nhipcau.documents import queries as documents
from nhipcau.plans.queries.plans import sees_plan, visible_plans
from nhipcau.plans.queries.register import visible_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    """A province with a department and a city; the city has an office and a ward. Another province stands beside it."""
    province = make_organisation("Ủy ban nhân dân tỉnh A", kind="committee")
    city = make_organisation("Ủy ban nhân dân thành phố B", province, kind="committee", level="district")
    return {
        "province": province,
        "department": make_organisation("Sở Tư pháp", province),
        "city": city,
        "office": make_organisation("Phòng Tư pháp", city, level="district"),
        "ward": make_organisation("Ủy ban nhân dân Phường 7", city, kind="committee", level="commune"),
        "stranger": make_organisation("Ủy ban nhân dân tỉnh C", kind="committee"),
    }


def sees(organisation, plan) -> bool:
    """Whether the plan is found among the visible ones, and seen when it is read by itself: always both or neither."""
    actor = make_actor(organisation)
    is_found = visible_plans(actor).filter(pk=plan.pk).exists()
    assert sees_plan(actor, plan) == is_found
    return is_found


def test_an_organisation_sees_its_own_plans_and_those_below_and_above(tree):
    plan = make_plan(tree["city"])
    assert {name: sees(organisation, plan) for name, organisation in tree.items()} == {
        "province": True,
        "department": False,
        "city": True,
        "office": True,
        "ward": True,
        "stranger": False,
    }


def test_the_reach_does_not_stop_at_a_number_that_begins_alike(tree):
    """Paths are compared part by part: organisation 1 does not reach what lies below organisation 12."""
    others = [make_organisation() for _ in range(12)]
    below = make_organisation(parent=others[-1])
    plan = make_plan(below)
    assert [sees(other, plan) for other in others] == [*[False] * 11, True]


def test_who_is_named_sees_the_plan(tree):
    plan = make_plan(tree["stranger"])
    make_task(plan, coordinating=[tree["department"]])
    assert (sees(tree["department"], plan), sees(tree["province"], plan)) == (True, False)


def test_a_member_of_a_named_group_sees_the_plan(tree):
    plan = make_plan(tree["stranger"])
    make_task(plan, lead=[make_agency_group(tree["province"])])
    assert (sees(tree["department"], plan), sees(tree["city"], plan)) == (True, False)


def test_an_open_group_means_those_who_were_named_in_it(tree):
    group = make_agency_group(tree["province"], "các cơ quan liên quan", kinds=[], is_open=True)
    plan = make_plan(tree["stranger"])
    make_task(plan, lead=[group])
    before = sees(tree["department"], plan)
    group.members.add(tree["department"])
    assert (before, sees(tree["department"], plan)) == (False, True)


def test_a_name_that_nobody_has_matched_opens_nothing(tree):
    plan = make_plan(tree["stranger"])
    make_task(plan, lead=["Sở Tư pháp"])
    assert not sees(tree["department"], plan)


def test_strangers_and_people_without_a_role_see_public_plans_alone(tree):
    public, private = make_plan(tree["city"], is_public=True), make_plan(tree["city"])
    make_task(public)
    make_task(private)
    nobody = Actor(person_id=make_user().pk)
    assert [list(visible_plans(actor)) for actor in (STRANGER, nobody)] == [[public], [public]]
    assert [sees_plan(actor, plan) for actor in (STRANGER, nobody) for plan in (public, private)] == [True, False] * 2
    assert list(visible_tasks(STRANGER).values_list("plan", flat=True)) == [public.pk]
    assert sees(tree["stranger"], public)


def test_the_system_sees_everything(tree):
    make_plan(tree["city"])
    assert visible_plans(SYSTEM).count() == 1


def test_a_plan_that_names_one_twice_is_seen_once(tree):
    plan = make_plan(tree["stranger"])
    for _ in range(3):
        make_task(plan, lead=[tree["department"]], coordinating=[make_agency_group(tree["province"], f"nhóm {_}")])
    actor = make_actor(tree["department"])
    assert (visible_plans(actor).count(), visible_tasks(actor).count()) == (1, 3)


def test_what_is_seen_takes_a_fixed_number_of_queries(tree, django_assert_max_num_queries):
    for _ in range(5):
        make_task(make_plan(tree["city"]), lead=[tree["ward"]])
    actor = make_actor(tree["ward"])
    with django_assert_max_num_queries(5):
        assert len(visible_tasks(actor)) == 5


def test_an_ended_agency_keeps_reading_what_named_its_group(tree):
    tree["department"].valid_to = dt.date(2025, 6, 30)
    tree["department"].save()
    plan = make_plan(tree["stranger"], date=dt.date(2024, 1, 8))
    make_task(plan, lead=[make_agency_group(tree["province"])])
    assert sees(tree["department"], plan)


def test_the_text_goes_with_the_plan(tree):
    plan = make_plan(tree["stranger"])
    make_task(plan, lead=[tree["department"]])
    public = make_plan(tree["stranger"], is_public=True)
    named, other = make_actor(tree["department"]), make_actor(tree["city"])
    readable = [set(documents.readable_texts(actor).values_list("pk", flat=True)) for actor in (named, other, STRANGER)]
    assert readable == [{plan.text_id, public.text_id}, {public.text_id}, {public.text_id}]


@pytest.mark.parametrize(
    "page", ["/nhiem-vu/{task}/", "/ke-hoach/{plan}/", "/ke-hoach/{plan}/tai-ve.csv", "/ban-goc/{text}/"]
)
@pytest.mark.parametrize(
    ("who", "status"),
    [("ward", 200), ("stranger", 404), (None, 404), ("nobody", 404)],
    ids=["below", "other", "-", "no-role"],
)
def test_pages_of_a_private_plan(tree, client, client_of, page, who, status):
    plan = make_plan(tree["city"])
    task = make_task(plan, lead=[tree["office"]])
    address = page.format(task=task.public_id, plan=plan.slug, text=plan.text.public_id)
    if who == "nobody":
        client = client_of(make_user())
    elif who:
        client = client_of(make_member(tree[who]))
    assert client.get(address).status_code == status


@pytest.mark.parametrize(
    "page", ["/nhiem-vu/{task}/", "/ke-hoach/{plan}/", "/ke-hoach/{plan}/tai-ve.ics", "/ban-goc/{text}/"]
)
def test_pages_of_a_public_plan_are_open_and_lay_no_cookie(tree, client, page):
    plan = make_plan(tree["city"], is_public=True)
    task = make_task(plan, lead=[tree["office"]])
    answer = client.get(page.format(task=task.public_id, plan=plan.slug, text=plan.text.public_id))
    assert (answer.status_code, dict(answer.cookies)) == (200, {})


@pytest.mark.parametrize("page", ["/so-nhiem-vu/", "/so-nhiem-vu/tai-ve.csv", "/van-ban/"])
def test_lists_are_for_officials(tree, client, client_of, page):
    door = client.get(page)
    assert (door.status_code, door.headers["Location"].startswith("/tai-khoan/")) == (302, True)
    assert client_of(make_user()).get(page).status_code == 403
    assert client_of(make_member(tree["ward"], "auditor")).get(page).status_code == 200
