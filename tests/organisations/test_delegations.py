"""Who is away lets a colleague act in their place."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from tests.factories import make_actor, make_member, make_organisation

from nhipcau.core.acts import Actor, Refused
from nhipcau.core.models import Notice, User
from nhipcau.organisations.actions import delegate, end_delegation, end_membership, set_membership
from nhipcau.organisations.middleware import actor_from, memberships_of
from nhipcau.organisations.models import Membership

pytestmark = pytest.mark.django_db


def roles_of(person: User, organisation, day: dt.date | None = None) -> set[str]:
    held = memberships_of(person.pk, day or timezone.localdate())
    return set(actor_from(person.pk, held, organisation.pk).roles)


def lend(actor: Actor, organisation, to: User, *roles: str, first: int = 0, last: int = 5) -> list[Membership]:
    today = timezone.localdate()
    days = {"valid_from": today + dt.timedelta(days=first), "valid_to": today + dt.timedelta(days=last)}
    return delegate(actor, organisation, to=to, roles=roles or ("head",), **days)


def test_a_colleague_holds_the_roles_for_those_days_and_is_told():
    here = make_organisation()
    head, colleague = make_actor(here, "head"), make_member(here, "officer")
    lend(head, here, colleague, first=1, last=2)
    today = timezone.localdate()
    assert [roles_of(colleague, here, today + dt.timedelta(days=n)) for n in (0, 1, 2, 3)] == [
        {"officer"}, {"officer", "head"}, {"officer", "head"}, {"officer"},
    ]  # fmt: skip
    assert roles_of(User.objects.get(pk=head.person_id), here, today + dt.timedelta(days=1)) == {"head"}
    assert Notice.objects.filter(person=colleague, kind="organisations.delegation").count() == 1


@pytest.mark.parametrize("role", ["administrator", "auditor", "coordinator"])
def test_only_roles_of_ones_own_that_can_be_lent(role):
    here = make_organisation()
    head = make_actor(here, "head", "administrator", "auditor")
    with pytest.raises(ValidationError):
        lend(head, here, make_member(here), role)
    assert not Membership.objects.exclude(stands_in_for=None).exists()


def test_what_was_lent_is_not_lent_on():
    here = make_organisation()
    head, colleague, third = make_actor(here, "head"), make_member(here, "officer"), make_member(here, "officer")
    lend(head, here, colleague)
    standing_in = Actor(colleague.pk, here.pk, frozenset({"officer", "head"}))
    with pytest.raises(ValidationError):
        lend(standing_in, here, third)


def test_only_to_colleagues_and_only_in_ones_own_name():
    here, elsewhere = make_organisation(), make_organisation()
    head = make_actor(here, "head")
    with pytest.raises(ValidationError):
        lend(head, here, make_member(elsewhere))
    with pytest.raises(ValidationError):
        lend(head, here, User.objects.get(pk=head.person_id))
    with pytest.raises(Refused):
        lend(head, elsewhere, make_member(elsewhere))
    with pytest.raises(Refused):
        lend(make_actor(here, "auditor"), here, make_member(here))


@pytest.mark.parametrize(("first", "last"), [(3, 2), (-5, -1), (0, 400)])
def test_days_that_make_no_sense_are_refused(first, last):
    here = make_organisation()
    with pytest.raises(ValidationError) as told:
        lend(make_actor(here, "head"), here, make_member(here), first=first, last=last)
    assert list(told.value.message_dict) == ["valid_to"]


def test_either_side_ends_it_and_others_do_not():
    here = make_organisation()
    head, colleague = make_actor(here, "head"), make_member(here, "officer")
    (lent,) = lend(head, here, colleague)
    with pytest.raises(Refused):
        end_delegation(make_actor(here, "head"), lent)
    end_delegation(Actor(colleague.pk, here.pk, frozenset({"officer"})), lent)
    assert roles_of(colleague, here) == {"officer"}


def test_nothing_lent_outlives_the_role_it_came_from():
    """Neither where the lender loses the role, nor where who stands in leaves; and a form sent twice lends once."""
    here = make_organisation()
    head, colleague = make_actor(here, "head", "coordinator"), make_member(here, "officer")
    administrator = make_actor(here, "administrator")
    for _again in range(2):
        lend(head, here, colleague, "head", "coordinator")
    lent = Membership.objects.exclude(stands_in_for=None)
    assert (lent.count(), Notice.objects.filter(person=colleague).count()) == (2, 1)
    end_membership(administrator, Membership.objects.get(person=head.person_id, role="head"))
    assert roles_of(colleague, here) == {"officer", "coordinator"}
    assert Notice.objects.filter(person=colleague).count() == 2
    today = timezone.localdate()
    lender = User.objects.get(pk=head.person_id)
    last = today + dt.timedelta(days=2)
    set_membership(administrator, here, person=lender, role="coordinator", valid_to=last)
    assert lent.get(role="coordinator").valid_to == last
    end_membership(administrator, Membership.objects.get(person=colleague, role="officer"))
    assert roles_of(colleague, here) == set()


def test_ones_own_role_stays_when_a_lent_one_ends():
    here = make_organisation()
    head, other = make_actor(here, "head"), make_member(here, "head")
    (lent,) = lend(head, here, other)
    administrator = make_actor(here, "administrator")
    end_membership(administrator, lent)
    assert roles_of(other, here) == {"head"}


def test_the_page_lends_and_ends(client):
    here = make_organisation()
    head, colleague = make_member(here, "head"), make_member(here, "officer")
    client.force_login(head)
    year = timezone.localdate().year + 1
    days = {"valid_from": f"01/01/{year}", "valid_to": f"05/01/{year}"}
    client.post(reverse("delegations"), {"to": colleague.pk, "roles": ["head"], **days})
    lent = Membership.objects.exclude(stands_in_for=None).get()
    assert (lent.person, lent.stands_in_for, lent.valid_from) == (colleague, head, dt.date(year, 1, 1))
    page = client.get(reverse("delegations")).content.decode()
    assert page.count(f"từ 01/01/{year} đến hết 05/01/{year}") == 1
    client.post(reverse("end_delegation", args=[lent.pk]))
    lent.refresh_from_db()
    assert lent.valid_to < timezone.localdate()
    client.force_login(make_member(here, "head"))
    assert client.post(reverse("end_delegation", args=[lent.pk])).status_code == 404


def test_a_form_that_is_wrong_keeps_what_was_typed(client):
    here = make_organisation()
    client.force_login(make_member(here, "head"))
    make_member(here, "officer")
    answer = client.post(reverse("delegations"), {"valid_from": "hôm nay", "valid_to": "05/01/2027"})
    assert answer.status_code == 400
    assert answer.content.decode().count('value="hôm nay"') == 1
