"""The directory's pages: what they show, to whom, and what their forms do."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import make_actor, make_agency_group, make_member, make_organisation, make_user

from nhipcau.core.acts import SYSTEM
from nhipcau.core.models import OutboxMessage, User
from nhipcau.organisations.models import Alias, Group, Level, Membership, Organisation, OrganisationKind, Role
from nhipcau.organisations.queries import Wanted, find_organisations, found_organisations, tree_ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Organisation:
    return make_organisation("Ủy ban nhân dân tỉnh Hà Trung", kind=OrganisationKind.COMMITTEE)


@pytest.fixture
def office(province: Organisation) -> Organisation:
    return make_organisation("Sở Tư pháp", province, short_name="STP")


@pytest.fixture
def admin(province: Organisation, client_of: Any) -> Client:
    return client_of(make_member(province, Role.ADMINISTRATOR))


def pages_of(office: Organisation, group: Group, membership: Membership, alias: Alias) -> dict[str, str]:
    """Every page that only keepers of the directory may open or send to, by its method."""
    one = [office.public_id]
    return {
        reverse("change_organisation", args=one): "get",
        reverse("end_organisation", args=one): "get",
        reverse("remove_alias", args=[office.public_id, alias.pk]): "post",
        reverse("add_group", args=one): "get",
        reverse("change_group", args=[group.public_id]): "get",
        reverse("add_standard_groups", args=one): "post",
        reverse("people", args=one): "get",
        reverse("end_membership", args=[office.public_id, membership.pk]): "post",
        reverse("give_membership_again", args=[office.public_id, membership.pk]): "post",
    }


@pytest.mark.parametrize("who", ["stranger", "no role", "officer", "another province"])
def test_pages_that_keep_the_directory_are_closed_to_others(
    province: Organisation, office: Organisation, client_of: Any, who: str
) -> None:
    group = Group.objects.create(name="Các phòng", scope=office)
    person = make_member(office, Role.HEAD)
    alias = Alias.objects.create(organisation=office, text="Tư pháp tỉnh")
    pages = pages_of(office, group, person.memberships.get(), alias)
    make_member(province, Role.ADMINISTRATOR)
    other = make_organisation("Ủy ban nhân dân tỉnh Khác", kind=OrganisationKind.COMMITTEE)
    client = {
        "stranger": lambda: Client(),
        "no role": lambda: client_of(make_user()),
        "officer": lambda: client_of(make_member(office, Role.OFFICER)),
        "another province": lambda: client_of(make_member(other, Role.ADMINISTRATOR)),
    }[who]()
    answers = {address: getattr(client, method)(address).status_code for address, method in pages.items()}
    assert answers == dict.fromkeys(pages, 302 if who == "stranger" else 403)
    assert Alias.objects.count() == 1
    assert Membership.objects.get(person=person).valid_to is None


def test_officials_read_the_directory_but_only_their_own_people(
    province: Organisation, office: Organisation, client_of: Any
) -> None:
    make_member(office, Role.HEAD, user=make_user("Phạm Văn Kín"))
    own = client_of(make_member(office)).get(f"/co-quan/{office.public_id}/").content.decode()
    other = make_organisation("Sở Nội vụ", province)
    foreign = client_of(make_member(other)).get(f"/co-quan/{office.public_id}/").content.decode()
    assert ("Phạm Văn Kín" in own, "Phạm Văn Kín" in foreign) == (True, False)
    assert "Sở Tư pháp" in foreign


def test_the_tree_stands_in_vietnamese_order_ones_own_first(province: Organisation, office: Organisation) -> None:
    first = make_organisation("Bộ Y tế", kind="ministry", level=Level.CENTRAL)
    early = make_organisation("Sở Công Thương", province)
    below = make_organisation("Phòng Hành chính", office)
    assert tree_ids() == [o.pk for o in (first, province, early, office, below)]
    assert tree_ids(office) == [o.pk for o in (province, early, office, below, first)]


@pytest.mark.parametrize("q", ["so tu phap", "SỞ TƯ", "stp", "tu phap so", "Công lý"])
def test_search_needs_no_marks_and_knows_other_names(office: Organisation, q: str) -> None:
    make_organisation("Sở Nội vụ", office.parent)
    Alias.objects.create(organisation=office, text="Sở Công lý")
    assert list(found_organisations(SYSTEM, Wanted(q=q), dt.date.today())) == [office]


def test_the_letter_d_with_its_stroke_is_found_by_a_plain_d(province: Organisation) -> None:
    office = make_organisation("Sở Địa chính", province)
    assert list(found_organisations(SYSTEM, Wanted(q="dia chinh"), dt.date.today())) == [office]


def test_filters_tell_the_living_from_the_ended(province: Organisation, office: Organisation) -> None:
    ended = make_organisation("Sở Thương mại", province, valid_to=dt.date(2008, 5, 31))
    today = dt.date(2024, 1, 1)
    assert list(found_organisations(SYSTEM, Wanted(state="ended"), today)) == [ended]
    assert set(found_organisations(SYSTEM, Wanted(state="living"), today)) == {province, office}
    assert set(found_organisations(SYSTEM, Wanted(level="province", kind="committee"), today)) == {province}


def test_the_directory_takes_few_queries_however_long(
    admin: Client, province: Organisation, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        below = make_organisation(f"Sở {number}", province)
    addresses = ("/co-quan/", "/co-quan/?q=so", f"/co-quan/{province.public_id}/", f"/co-quan/{below.public_id}/")
    for address in addresses:
        with django_assert_max_num_queries(21):
            assert admin.get(address).status_code == 200


def test_only_the_list_is_sent_to_a_page_that_filters_as_one_types(admin: Client, office: Organisation) -> None:
    whole = admin.get("/co-quan/?q=tu+phap").content.decode()
    part = admin.get("/co-quan/?q=tu+phap", headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in whole, "<html" in part, "Sở Tư pháp" in part) == (True, False, True)


def test_an_organisation_is_entered_through_its_form(admin: Client, province: Organisation) -> None:
    address = f"/co-quan/them/?duoi={province.public_id}"
    given = {"name": "Sở Y tế", "kind": "department", "level": "province", "parent": province.pk}
    wrong = admin.post(address, {**given, "valid_from": "31/02/2024"})
    assert wrong.status_code == 400
    assert 'value="31/02/2024"' in wrong.content.decode()
    made = admin.post(address, {**given, "valid_from": "01/03/2024"})
    office = Organisation.objects.get(name="Sở Y tế")
    assert made["Location"] == f"/co-quan/{office.public_id}/"
    assert (office.parent, office.valid_from) == (province, dt.date(2024, 3, 1))
    again = admin.post(address, {**given, "valid_from": "01/03/2024"})
    assert (again.status_code, "name" in again.context["form"].errors) == (400, True)


def test_facts_are_changed_and_an_end_is_written(admin: Client, province: Organisation, office: Organisation) -> None:
    given = {"name": "Sở Tư pháp", "kind": "department", "level": "province", "parent": province.pk, "short_name": "TP"}
    admin.post(f"/co-quan/{office.public_id}/sua/", given)
    wrong = admin.post(f"/co-quan/{office.public_id}/cham-dut/", {"valid_to": "30/06/2025"})
    assert wrong.status_code == 400
    end = {"valid_to": "30/06/2025", "legal_basis": "Nghị quyết 202/2025/QH15"}
    admin.post(f"/co-quan/{office.public_id}/cham-dut/", end)
    office.refresh_from_db()
    assert (office.short_name, office.valid_to) == ("TP", dt.date(2025, 6, 30))
    assert "đến hết 30/06/2025" in admin.get(f"/co-quan/{office.public_id}/").content.decode()


def test_another_name_is_remembered_and_forgotten(admin: Client, province: Organisation, office: Organisation) -> None:
    admin.post(f"/co-quan/{office.public_id}/ten-goi/", {"text": "Tư pháp tỉnh", "scope": province.pk})
    alias = office.aliases.get()
    assert (alias.text, alias.scope) == ("Tư pháp tỉnh", province)
    admin.post(f"/co-quan/{office.public_id}/ten-goi/{alias.pk}/bo/")
    assert not office.aliases.exists()


def test_a_group_shows_its_members_on_the_day_asked_for(admin: Client, province: Organisation) -> None:
    ended = make_organisation("Sở Thương mại", province, valid_to=dt.date(2008, 5, 31))
    group = Group.objects.create(name="Các sở", scope=province, kinds=["department"])
    address = f"/co-quan/nhom/{group.public_id}/"
    now, then, wrong = (admin.get(address, {"ngay": day}) for day in ("", "31/05/2008", "hôm qua"))
    assert [len(r.context["members"]) for r in (now, then)] == [0, 1]
    assert then.context["members"][0]["organisation"] == ended
    assert "Ngày chưa đúng" in wrong.content.decode()


def test_members_of_an_open_group_are_named_on_its_page(
    province: Organisation, office: Organisation, client_of: Any
) -> None:
    group = Group.objects.create(name="Các cơ quan liên quan", scope=province, is_open=True)
    officer = client_of(make_member(province))
    officer.post(f"/co-quan/nhom/{group.public_id}/thanh-vien/", {"members": [office.pk]})
    assert list(group.members.all()) == [office]
    assert client_of(make_member(office)).get(f"/co-quan/nhom/{group.public_id}/thanh-vien/").status_code == 403


def test_a_group_is_made_and_changed_through_its_form(admin: Client, province: Organisation) -> None:
    given = {"name": "Các sở", "kinds": ["department"], "levels": ["province"], "wordings": "sở ngành\n các sở, ngành "}
    admin.post(f"/co-quan/{province.public_id}/nhom/them/", given)
    group = Group.objects.get()
    assert sorted(group.aliases.values_list("text", flat=True)) == ["các sở, ngành", "sở ngành"]
    admin.post(f"/co-quan/nhom/{group.public_id}/sua/", {"name": "Các sở", "is_open": "on", "wordings": ""})
    group.refresh_from_db()
    assert (group.is_open, group.kinds, group.aliases.count()) == (True, [], 0)
    twice = admin.post(f"/co-quan/{province.public_id}/nhom/them/", {"name": "Các sở"})
    assert twice.status_code == 400


def test_an_administrator_invites_ends_and_gives_again(admin: Client, office: Organisation) -> None:
    address = f"/co-quan/{office.public_id}/nguoi/"
    wrong = admin.post(address, {"email": "không", "name": "Lê Mới", "roles": ["officer"]})
    assert (wrong.status_code, "Lê Mới" in wrong.content.decode()) == (400, True)
    admin.post(address, {"email": "moi@example.vn", "name": "Lê Mới", "roles": ["officer"]})
    membership = User.objects.get(email="moi@example.vn").memberships.get()
    assert OutboxMessage.objects.filter(to="moi@example.vn").count() == 1
    admin.post(f"{address}{membership.pk}/thoi/")
    membership.refresh_from_db()
    assert membership.valid_to is not None
    admin.post(f"{address}{membership.pk}/giao-lai/")
    membership.refresh_from_db()
    assert membership.valid_to is None


def test_one_acts_in_the_name_of_the_organisation_that_one_chose(
    province: Organisation, office: Organisation, client_of: Any
) -> None:
    person = make_member(province, Role.AUDITOR)
    make_member(office, Role.HEAD, user=person)
    client = client_of(person)
    assert client.get("/co-quan/").wsgi_request.actor.organisation_id == province.pk
    answer = client.post("/co-quan/chon/", {"organisation": office.public_id, "next": "/co-quan/?q=a"})
    actor = client.get("/co-quan/").wsgi_request.actor
    assert answer["Location"] == "/co-quan/?q=a"
    assert (actor.organisation_id, actor.roles) == (office.pk, {"head"})
    away = client.post("/co-quan/chon/", {"organisation": office.public_id, "next": "https://example.com/"})
    assert away["Location"] == reverse("home")
    foreign = make_organisation("Sở Lạ")
    assert client.post("/co-quan/chon/", {"organisation": foreign.public_id}).status_code == 404


def test_an_ended_role_opens_nothing_any_more(office: Organisation, client_of: Any) -> None:
    person = make_member(office)
    person.memberships.update(valid_to=dt.date(2020, 1, 1))
    assert client_of(person).get("/co-quan/").status_code == 403


def test_what_does_not_exist_is_not_found(admin: Client) -> None:
    for address in ("/co-quan/khong-co/", "/co-quan/nhom/khong-co/", "/co-quan/tai-ve.pdf", "/co-quan/nhap/mau.doc"):
        assert admin.get(address).status_code == 404


def test_the_search_over_everything_finds_organisations_for_officials_only(office: Organisation) -> None:
    actor = make_actor(office)
    assert [(hit.title, hit.detail) for hit in find_organisations(actor, "tu phap", 5)] == [
        ("Sở Tư pháp", "Ủy ban nhân dân tỉnh Hà Trung")
    ]
    assert find_organisations(type(actor)(), "tu phap", 5) == []


def test_a_group_of_what_has_ended_opens_on_its_last_day(admin: Client, province: Organisation) -> None:
    province.valid_to = dt.date(2025, 6, 30)
    province.save()
    group = make_agency_group(province)
    assert admin.get(f"/co-quan/nhom/{group.public_id}/").context["day"] == dt.date(2025, 6, 30)
    assert admin.get(f"/co-quan/nhom/{group.public_id}/?ngay=01/01/2024").context["day"] == dt.date(2024, 1, 1)
