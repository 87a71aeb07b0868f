"""The first organisation of an empty site, and the person who administers it."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from tests.factories import make_organisation

from nhipcau.core.models import User
from nhipcau.organisations.models import Group, Membership, Organisation

pytestmark = pytest.mark.django_db

GIVEN = {"organisation": "Ủy ban nhân dân tỉnh Hà Trung", "email": "qt@example.vn", "name": "Trần Thị Bình"}


def test_an_empty_site_gets_its_first_organisation_person_and_way_in(client, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    out = io.StringIO()
    call_command("start", **GIVEN, stdout=out)
    organisation = Organisation.objects.get()
    person = User.objects.get()
    assert (organisation.kind, organisation.level, organisation.path) == (
        "committee",
        "province",
        f"{organisation.pk}/",
    )
    assert set(person.memberships.values_list("role", flat=True)) == {"administrator", "coordinator"}
    assert Group.objects.filter(scope=organisation).count() == 5
    link = next(word for word in out.getvalue().split() if word.startswith("http"))
    page = client.get(link.split("localhost:8000")[1], follow=True)
    assert (page.status_code, 'type="password"' in page.content.decode()) == (200, True)


def test_a_password_may_be_given_on_the_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("mat-khau-rat-dai-9\n"))
    call_command("start", **GIVEN, password_from_input=True, stdout=io.StringIO())
    assert User.objects.get().check_password("mat-khau-rat-dai-9")


def test_a_weak_password_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("123456\n"))
    with pytest.raises(CommandError):
        call_command("start", **GIVEN, password_from_input=True, stdout=io.StringIO())
    assert (User.objects.count(), Organisation.objects.count()) == (0, 0)


def test_a_site_in_use_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    call_command("start", **GIVEN, stdout=io.StringIO())
    with pytest.raises(CommandError):
        call_command("start", **{**GIVEN, "organisation": "Ủy ban nhân dân tỉnh Khác"}, stdout=io.StringIO())
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize("is_known", [False, True])
def test_another_tree_gets_its_first_administrator_on_the_server_only(
    monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    call_command("start", **GIVEN, stdout=io.StringIO())
    name = "Ủy ban nhân dân tỉnh Khác"
    if is_known:  # a plan named it, so it stands in the directory
        make_organisation(name, kind="committee")
    given = {"organisation": name, "email": "khac@example.vn", "name": "Lê Khác", "another": True}
    call_command("start", **given, stdout=io.StringIO())
    assert Organisation.objects.filter(name=name).count() == 1
    roles = Membership.objects.filter(organisation__name=name, person__email="khac@example.vn")
    assert set(roles.values_list("role", flat=True)) == {"administrator", "coordinator"}
    with pytest.raises(CommandError):
        call_command("start", **{**given, "email": "ba@example.vn"}, stdout=io.StringIO())
    assert not User.objects.filter(email="ba@example.vn").exists()


def test_a_city_must_say_its_level(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    city = {**GIVEN, "organisation": "Ủy ban nhân dân thành phố Biển Xanh"}
    with pytest.raises(CommandError):
        call_command("start", **city, stdout=io.StringIO())
    call_command("start", **city, level="district", stdout=io.StringIO())
    assert Organisation.objects.get().level == "district"
