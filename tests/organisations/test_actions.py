"""Acts on the directory: who may, what they leave behind, what they refuse."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from tests.factories import make_actor, make_member, make_organisation, make_user

from nhipcau.core.acts import SYSTEM, Actor, Refused
from nhipcau.core.models import AuditEvent, Notice, OutboxMessage, User
from nhipcau.organisations import actions
from nhipcau.organisations.models import Group, Level, Membership, Organisation, OrganisationKind, Role
from nhipcau.organisations.queries import ancestors_ids, groups_of, keepable, members, reach, resolve

pytestmark = pytest.mark.django_db

DAY = dt.date(2024, 3, 7)


@pytest.fixture
def province() -> Organisation:
    return make_organisation("Ủy ban nhân dân tỉnh Hà Trung", kind=OrganisationKind.COMMITTEE)


def test_an_organisation_is_entered_below_its_parent_and_audited(province: Organisation) -> None:
    actor = make_actor(province, Role.ADMINISTRATOR)
    made = actions.add_organisation(actor, province, name="  Sở  Tư pháp ", level=Level.PROVINCE, kind="department")
    assert (made.name, made.path, made.folded) == ("Sở Tư pháp", f"{province.pk}/{made.pk}/", "so tu phap")
    event = AuditEvent.objects.get()
    assert (event.act, event.organisation_id, event.person_id, event.subject_id) == (
        "organisations.add",
        province.pk,
        actor.person_id,
        str(made.pk),
    )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "   "}, "name"),
        ({"name": "x" * 251}, "name"),
        ({"name": "SỞ TƯ PHÁP"}, "name"),
        ({"name": "Sở Y tế", "valid_from": DAY, "valid_to": DAY - dt.timedelta(1)}, "valid_to"),
        ({"name": "Sở Y tế", "level": "planet"}, "level"),
    ],
)
def test_what_cannot_be_is_refused_by_field(province: Organisation, values: dict[str, object], field: str) -> None:
    make_organisation("Sở Tư pháp", province)
    actor = make_actor(province, Role.ADMINISTRATOR)
    with pytest.raises(ValidationError) as problem:
        actions.add_organisation(actor, province, **{"level": Level.PROVINCE, **values})
    assert list(problem.value.message_dict) == [field]
    assert Organisation.objects.count() == 2


def test_an_organisation_may_come_back_under_its_old_name_after_it_ended(province: Organisation) -> None:
    make_organisation("Sở Du lịch", province, valid_to=dt.date(2008, 5, 31))
    actor = make_actor(province, Role.ADMINISTRATOR)
    actions.add_organisation(actor, province, name="Sở Du lịch", level=Level.PROVINCE, valid_from=dt.date(2017, 1, 16))
    assert Organisation.objects.filter(name="Sở Du lịch").count() == 2


def test_moving_takes_everything_below_along(province: Organisation) -> None:
    city = make_organisation("Ủy ban nhân dân thành phố Một", province, kind="committee", level=Level.DISTRICT)
    other = make_organisation("Ủy ban nhân dân thành phố Hai", province, kind="committee", level=Level.DISTRICT)
    ward = make_organisation("Ủy ban nhân dân phường Ba", city, kind="committee", level=Level.COMMUNE)
    office = make_organisation("Công an phường Ba", ward, kind="police", level=Level.COMMUNE)
    actions.change_organisation(make_actor(province, Role.ADMINISTRATOR), ward, parent=other)
    ward.refresh_from_db()
    office.refresh_from_db()
    assert ward.path == f"{province.pk}/{other.pk}/{ward.pk}/"
    assert office.path == f"{ward.path}{office.pk}/"
    assert ancestors_ids(office.pk) == (province.pk, other.pk, ward.pk)


def test_a_cycle_is_refused_and_nothing_moves(province: Organisation) -> None:
    city = make_organisation("Ủy ban nhân dân thành phố Một", province, kind="committee", level=Level.DISTRICT)
    for parent in (city, province):
        with pytest.raises(ValidationError) as problem:
            actions.change_organisation(SYSTEM, province, parent=parent)
        assert list(problem.value.message_dict) == ["parent"]
    province.refresh_from_db()
    assert (province.parent, province.path) == (None, f"{province.pk}/")


def test_ending_needs_its_legal_basis(province: Organisation) -> None:
    office = make_organisation("Sở Thông tin và Truyền thông", province)
    actor = make_actor(province, Role.ADMINISTRATOR)
    with pytest.raises(ValidationError):
        actions.end_organisation(actor, office, valid_to=DAY, legal_basis=" ")
    actions.end_organisation(actor, office, valid_to=DAY, legal_basis="Nghị định 45/2025/NĐ-CP")
    name = office.name
    assert resolve([name], province, DAY)[name].organisation == office
    assert resolve([name], province, DAY + dt.timedelta(1))[name].how == "not-valid"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD, Role.COORDINATOR, Role.AUDITOR])
def test_only_administrators_change_the_directory(province: Organisation, role: str) -> None:
    office = make_organisation("Sở Tư pháp", province)
    actor = make_actor(province, role)
    with pytest.raises(Refused):
        actions.change_organisation(actor, office, name="Sở Tự pháp")
    with pytest.raises(Refused):
        actions.add_group(actor, province, name="Các sở")
    with pytest.raises(Refused):
        actions.invite_person(actor, province, email="a@example.vn", name="A", roles=["officer"])
    assert not AuditEvent.objects.exists()


def test_an_administrator_below_reaches_neither_up_nor_sideways(province: Organisation) -> None:
    office = make_organisation("Sở Tư pháp", province)
    beside = make_organisation("Sở Nội vụ", province)
    below = make_organisation("Trung tâm Trợ giúp pháp lý", office, kind="service")
    actor = make_actor(office, Role.ADMINISTRATOR)
    for wrong in (province, beside):
        with pytest.raises(Refused):
            actions.change_organisation(actor, wrong, short_name="X")
    actions.change_organisation(actor, below, short_name="TTTGPL")
    assert set(reach(actor)) == {office, below}


def test_trees_that_nobody_administers_are_kept_from_the_top_only(province: Organisation) -> None:
    ministry = make_organisation("Bộ Nội vụ", kind="ministry", level=Level.CENTRAL)
    office = make_organisation("Sở Tư pháp", province)
    with pytest.raises(Refused):
        actions.change_organisation(make_actor(office, Role.ADMINISTRATOR), ministry, short_name="BNV")
    actions.change_organisation(make_actor(province, Role.ADMINISTRATOR), ministry, short_name="BNV")
    make_actor(ministry, Role.ADMINISTRATOR)
    with pytest.raises(Refused):
        actions.change_organisation(make_actor(province, Role.ADMINISTRATOR), ministry, short_name="X")


def refused_move(actor: Actor, organisation: Organisation, parent: Organisation | None) -> bool:
    """Whether the move is refused, and nothing has moved."""
    before = list(Organisation.objects.order_by("pk").values_list("parent_id", "path"))
    try:
        actions.change_organisation(actor, organisation, parent=parent)
    except (Refused, ValidationError):
        assert list(Organisation.objects.order_by("pk").values_list("parent_id", "path")) == before
        return True
    return False


def test_a_tree_in_which_somebody_ever_held_a_role_is_not_kept_by_others(province: Organisation) -> None:
    """Also where nobody administers it, or where the last role has ended."""
    other = make_organisation("Ủy ban nhân dân tỉnh Khác", kind="committee")
    office = make_organisation("Sở Tư pháp", other)
    chief = make_actor(province, Role.ADMINISTRATOR)
    actions.change_organisation(chief, office, short_name="STP")
    member = make_member(office, Role.OFFICER)
    member.memberships.update(valid_to=dt.date(2020, 1, 1))
    for about in (other, office):
        with pytest.raises(Refused):
            actions.change_organisation(chief, about, short_name="X")
    assert other not in keepable(chief)


@pytest.mark.parametrize("has_people", [False, True])
def test_nobody_takes_another_tree_in(province: Organisation, has_people: bool) -> None:
    """Whoever stands above an organisation invites its people and reads what it may read: a tree that nobody administers
    is not to be had by moving it."""
    free = make_organisation("Bộ Nội vụ", kind="ministry", level=Level.CENTRAL)
    below = make_organisation("Vụ Pháp chế", free)
    if has_people:
        make_member(below)
    chief = make_actor(province, *Role.values)
    assert refused_move(chief, free, province)
    assert refused_move(chief, below, province)
    with pytest.raises(Refused):
        actions.invite_person(chief, free, email="a@example.vn", name="A", roles=["administrator"])
    assert list(reach(chief)) == [province]


def test_nobody_goes_below_another_tree_to_read_its_plans(province: Organisation) -> None:
    free = make_organisation("Ủy ban nhân dân tỉnh Khác", kind="committee")
    office = make_organisation("Sở Tư pháp", province)
    chief = make_actor(province, *Role.values)
    assert refused_move(chief, province, free)
    assert refused_move(chief, office, free)


def test_nobody_leaves_those_above_by_moving(province: Organisation) -> None:
    office = make_organisation("Sở Tư pháp", province)
    unit = make_organisation("Trung tâm Trợ giúp pháp lý", office, kind="service")
    beside = make_organisation("Sở Nội vụ", province)
    chief = make_actor(office, *Role.values)
    assert [refused_move(chief, *move) for move in ((office, None), (unit, None), (unit, beside))] == [True] * 3
    assert not refused_move(make_actor(province, Role.ADMINISTRATOR), unit, None)


def test_the_form_offers_no_place_that_is_refused(province: Organisation, client_of: Any) -> None:
    free = make_organisation("Bộ Nội vụ", kind="ministry", level=Level.CENTRAL)
    office = make_organisation("Sở Tư pháp", province)
    client = client_of(make_member(province, Role.ADMINISTRATOR))

    def offered(about: Organisation) -> list[Organisation]:
        return list(client.get(f"/co-quan/{about.public_id}/sua/").context["form"].fields["parent"].queryset)

    assert [offered(office), offered(free), offered(province)] == [[province], [], []]


def test_a_reviewer_adds_what_a_plan_names_and_teaches_its_own_tree_a_name(province: Organisation) -> None:
    officer = make_actor(province, Role.OFFICER)
    made = actions.add_organisation(officer, province, name="Sở Chuyển đổi số", level=Level.PROVINCE)
    actions.add_alias(officer, made, "Sở CĐS", province)
    actions.add_alias(officer, made, "sở cđs", province)
    assert [alias.text for alias in made.aliases.all()] == ["Sở CĐS"]
    assert resolve(["Sở CĐS"], province, DAY)["Sở CĐS"].organisation == made
    with pytest.raises(Refused):
        actions.add_alias(officer, made, "Sở Số")
    foreign = make_organisation("Ủy ban nhân dân tỉnh Khác", kind="committee")
    with pytest.raises(Refused):
        actions.add_organisation(officer, foreign, name="Sở Lạ", level=Level.PROVINCE)


def test_the_usual_groups_are_made_once(province: Organisation) -> None:
    actor = make_actor(province, Role.ADMINISTRATOR)
    made = actions.add_standard_groups(actor, province)
    assert [g.name for g in actions.add_standard_groups(actor, province)] == []
    assert Group.objects.count() == len(made) == 5
    names = ["các sở, ngành", "UBND các huyện, thành phố", "các cơ quan, đơn vị liên quan", "UBND cấp xã"]
    assert all(match.group for match in resolve(names, province, DAY).values())


def test_a_group_is_changed_with_its_wordings(province: Organisation) -> None:
    actor = make_actor(province, Role.ADMINISTRATOR)
    group = actions.add_group(actor, province, name="Các sở", kinds=["department"], wordings=["các sở ngành", "sở"])
    actions.change_group(actor, group, name="Các sở, ngành", kinds=[], levels=[], is_open=True, wordings=["sở"])
    group.refresh_from_db()
    assert (group.name, group.is_open, [a.text for a in group.aliases.all()]) == ("Các sở, ngành", True, ["sở"])
    with pytest.raises(ValidationError):
        actions.add_group(actor, province, name="các sở, NGÀNH")
    with pytest.raises(ValidationError):
        actions.add_group(actor, province, name="Khác", kinds=["nothing"])


def test_members_of_an_open_group_are_named_by_its_committees_reviewers(province: Organisation) -> None:
    office = make_organisation("Sở Tư pháp", province)
    group = actions.add_group(SYSTEM, province, name="Các cơ quan liên quan", is_open=True)
    with pytest.raises(Refused):
        actions.name_members(make_actor(office, Role.HEAD), group, [office])
    actions.name_members(make_actor(province, Role.OFFICER), group, [office])
    assert list(members(group, DAY)) == [office]
    assert list(groups_of(office.pk, DAY)) == [group]


def test_a_new_person_gets_a_letter_and_a_known_one_a_notice(province: Organisation) -> None:
    admin = make_actor(province, Role.ADMINISTRATOR)
    person, is_new = actions.invite_person(
        admin, province, email=" Moi@Example.VN ", name="Lê Thị Mới", roles=["officer", "head"]
    )
    assert (person.email, is_new) == ("moi@example.vn", True)
    assert set(person.memberships.values_list("role", flat=True)) == {"officer", "head"}
    assert [letter.to for letter in OutboxMessage.objects.all()] == ["moi@example.vn"]
    again, is_new = actions.invite_person(admin, province, email="moi@example.vn", name="", roles=["auditor"])
    assert (again, is_new) == (person, False)
    assert Notice.objects.get().person == person
    assert User.objects.filter(email="moi@example.vn").count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": "không phải thư"}, "email"),
        ({"name": " "}, "name"),
        ({"roles": []}, "roles"),
        ({"roles": ["king"]}, "roles"),
    ],
)
def test_a_wrong_invitation_makes_nobody(province: Organisation, values: dict[str, object], field: str) -> None:
    admin = make_actor(province, Role.ADMINISTRATOR)
    given = {"email": "moi@example.vn", "name": "Lê Thị Mới", "roles": ["officer"], **values}
    with pytest.raises(ValidationError) as problem:
        actions.invite_person(admin, province, **given)
    assert list(problem.value.message_dict) == [field]
    assert User.objects.count() == 1


def test_a_role_ends_and_stays_in_the_record(province: Organisation) -> None:
    admin = make_actor(province, Role.ADMINISTRATOR)
    person = make_user()
    membership = actions.set_membership(admin, province, person=person, role="head")
    actions.end_membership(admin, membership)
    membership.refresh_from_db()
    assert membership.valid_to is not None
    assert membership.valid_to < dt.date.today()
    again = actions.set_membership(admin, province, person=person, role="head")
    assert (again.pk, again.valid_to) == (membership.pk, None)


def test_nobody_ends_their_own_administration(province: Organisation) -> None:
    admin = make_actor(province, Role.ADMINISTRATOR)
    own = Membership.objects.get(person_id=admin.person_id)
    with pytest.raises(Refused):
        actions.end_membership(admin, own)
    with pytest.raises(ValidationError):
        actions.set_membership(admin, province, person=own.person, role="administrator", valid_to=dt.date(2020, 1, 1))
    own.refresh_from_db()
    assert own.valid_to is None


def test_an_administrator_above_gives_roles_below_but_not_beside(province: Organisation) -> None:
    office = make_organisation("Sở Tư pháp", province)
    beside = make_organisation("Sở Nội vụ", province)
    actions.set_membership(make_actor(province, Role.ADMINISTRATOR), office, person=make_user(), role="officer")
    with pytest.raises(Refused):
        actions.set_membership(make_actor(office, Role.ADMINISTRATOR), beside, person=make_user(), role="officer")
