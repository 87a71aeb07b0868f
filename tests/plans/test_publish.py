"""A plan becomes public by an act of its own organisation's head or coordinator, and private again by another."""

from __future__ import annotations

import pytest
from tests.factories import make_actor, make_member, make_organisation, make_plan, make_task

from nhipcau.core.acts import STRANGER, Refused
from nhipcau.core.models import AuditEvent
from nhipcau.plans.actions.publishing import publish_plan, withdraw_plan
from nhipcau.plans.queries.plans import visible_plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_organisation("Ủy ban nhân dân tỉnh A", kind="committee")


@pytest.fixture
def plan(province):
    plan = make_plan(province)
    make_task(plan, lead=[make_organisation("Sở Tư pháp", province)])
    return plan


@pytest.mark.parametrize("role", ["head", "coordinator"])
def test_published_is_public_and_withdrawn_is_not(province, plan, role):
    actor = make_actor(province, role)
    states = []
    for act in (publish_plan, withdraw_plan):
        act(actor, plan)
        states.append(visible_plans(STRANGER).count())
    assert states == [1, 0]
    assert list(AuditEvent.objects.order_by("pk").values_list("act", "subject_kind")) == [
        ("documents.open_text", "documents.text"), ("plans.publish", "plans.plan"),
        ("documents.open_text", "documents.text"), ("plans.withdraw", "plans.plan"),
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["officer", "auditor", "administrator"])
def test_other_roles_may_not(province, plan, role):
    with pytest.raises(Refused):
        publish_plan(make_actor(province, role), plan)


def test_a_higher_or_lower_organisation_may_not(province, plan):
    below = make_organisation(parent=province)
    with pytest.raises(Refused):
        publish_plan(make_actor(below, "head"), plan)
    with pytest.raises(Refused):
        publish_plan(make_actor(province, "head"), make_plan(below))


def test_twice_is_once(province, plan):
    actor = make_actor(province, "head")
    first = publish_plan(actor, plan).published_at
    assert publish_plan(actor, plan).published_at == first


def test_the_page_offers_it_says_what_becomes_public_and_does_it(province, plan, client_of, client):
    browser = client_of(make_member(province, "coordinator"))
    address = f"/ke-hoach/{plan.slug}/"
    page = browser.get(address).content.decode()
    assert ("Công bố 1 nhiệm vụ" in page, "không cần đăng nhập, sẽ đọc được: 1 nhiệm vụ" in page) == (True, True)
    answer = browser.post(f"{address}cong-bo/", follow=True)
    assert (answer.redirect_chain, "Đã công bố" in answer.content.decode()) == ([(address, 302)], True)
    assert client.get(address).status_code == 200
    browser.post(f"{address}rut/")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("verb", ["cong-bo", "rut"])
def test_the_addresses(province, plan, client, client_of, verb):
    address = f"/ke-hoach/{plan.slug}/{verb}/"
    officer, other = client_of(make_member(province)), client_of(make_member(make_organisation(), "head"))
    assert client.post(address).status_code == 302
    assert client.post(address).headers["Location"].startswith("/tai-khoan/")
    assert [one.post(address).status_code for one in (officer, other)] == [403, 404]
    assert officer.get(address).status_code == 405


def test_an_officer_is_not_offered_it(province, plan, client_of):
    assert "cong-bo" not in client_of(make_member(province)).get(f"/ke-hoach/{plan.slug}/").content.decode()
