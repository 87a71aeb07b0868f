"""The words of a plan find the agency or group that they mean, on the plan's day, in the plan's own tree."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import make_organisation

from nhipcau.organisations.models import Alias, Group, GroupAlias, Level, Organisation, OrganisationKind
from nhipcau.organisations.queries import group_ids_of, groups_of, members, resolve, suggestions

pytestmark = pytest.mark.django_db

DAY = dt.date(2024, 3, 7)


@pytest.fixture
def province() -> Organisation:
    return make_organisation("Ủy ban nhân dân tỉnh Hà Trung", kind=OrganisationKind.COMMITTEE)


@pytest.fixture
def city(province: Organisation) -> Organisation:
    return make_organisation(
        "Ủy ban nhân dân thành phố Biển Xanh", province, kind=OrganisationKind.COMMITTEE, level=Level.DISTRICT
    )


def found(names: list[str], scope: Organisation, on: dt.date = DAY) -> dict[str, str | None]:
    matches = resolve(names, scope, on)
    return {name: str(m.organisation or m.group) if m else m.how for name, m in matches.items()}


@pytest.mark.parametrize(
    "wording",
    [
        "Sở Tư pháp",
        "SỞ TƯ PHÁP",
        "Sở Tư pháp tỉnh",
        "Sở Tư pháp tỉnh Hà Trung",
        "sở tư pháp Hà Trung",
        "Sở Sở Tư pháp",
        "Sở Tư pháp (b/c)",
        "Đề nghị Sở Tư pháp",
    ],
)
def test_an_office_is_found_however_its_place_is_repeated(province: Organisation, wording: str) -> None:
    make_organisation("Sở Tư pháp", province)
    assert found([wording], province) == {wording: "Sở Tư pháp"}


@pytest.mark.parametrize(
    ("wording", "name"),
    [
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh Hà Trung"),
        ("Uỷ ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh Hà Trung"),
        ("UBND thành phố", "Ủy ban nhân dân thành phố Biển Xanh"),
        ("UBND TP Biển Xanh", "Ủy ban nhân dân thành phố Biển Xanh"),
        ("Công an tỉnh", "Công an tỉnh Hà Trung"),
        ("Công an Thành phố", "Công an thành phố Biển Xanh"),
        ("Sở TT&TT tỉnh", "Sở Thông tin và Truyền thông"),
        ("Sở Thông tin, Truyền thông", "Sở Thông tin và Truyền thông"),
        ("Phòng Tài chính- Kế hoạch", "Phòng Tài chính – Kế hoạch"),
        ("Phòng Nội Nội vụ", "Phòng Nội vụ"),
        ("Văn phòng HĐND và UBND Thành phố", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân"),
        ("Sở Nội vụ thành phố", "unknown"),
        ("Công an huyện", "unknown"),
    ],
)
def test_a_plan_of_the_city_looks_at_home_first_then_upward(city: Organisation, wording: str, name: str) -> None:
    assert city.parent is not None
    for office in ("Sở Thông tin và Truyền thông", "Công an tỉnh Hà Trung", "Phòng Nội vụ", "Sở Nội vụ"):
        make_organisation(office, city.parent)
    for office in (
        "Công an thành phố Biển Xanh",
        "Phòng Nội vụ",
        "Phòng Tài chính – Kế hoạch",
        "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân",
    ):
        make_organisation(office, city, level=Level.DISTRICT)
    assert found([wording], city) == {wording: name}
    if name == "Phòng Nội vụ":
        assert resolve([wording], city, DAY)[wording].organisation.parent == city


def test_an_office_further_down_needs_its_place(province: Organisation, city: Organisation) -> None:
    make_organisation("Phòng Tư pháp", city, level=Level.DISTRICT)
    assert found(["Phòng Tư pháp", "Phòng Tư pháp thành phố Biển Xanh"], province) == {
        "Phòng Tư pháp": "unknown",
        "Phòng Tư pháp thành phố Biển Xanh": "Phòng Tư pháp",
    }


def test_another_province_is_never_taken_for_ones_own(province: Organisation) -> None:
    other = make_organisation("Ủy ban nhân dân tỉnh Sơn Nam", kind=OrganisationKind.COMMITTEE)
    make_organisation("Công an tỉnh Sơn Nam", other, kind=OrganisationKind.POLICE)
    make_organisation("Sở Y tế", other)
    assert found(["Công an tỉnh", "Công an tỉnh Sơn Nam"], province) == {
        "Công an tỉnh": "unknown",
        "Công an tỉnh Sơn Nam": "Công an tỉnh Sơn Nam",
    }


def test_a_ministry_is_not_a_department(province: Organisation) -> None:
    make_organisation("Bộ Thông tin và Truyền thông", kind=OrganisationKind.MINISTRY, level=Level.CENTRAL)
    make_organisation("Sở Thông tin và Truyền thông", province)
    assert found(
        ["Bộ Thông tin và Truyền thông", "Sở TTTT", "Bộ TTTT", "Phòng Thông tin và Truyền thông"], province
    ) == {
        "Bộ Thông tin và Truyền thông": "Bộ Thông tin và Truyền thông",
        "Sở TTTT": "Sở Thông tin và Truyền thông",
        "Bộ TTTT": "Bộ Thông tin và Truyền thông",
        "Phòng Thông tin và Truyền thông": "unknown",
    }


def test_two_of_one_name_are_said_to_be_ambiguous(province: Organisation) -> None:
    make_organisation("Ban Quản lý dự án", province)
    make_organisation("Ban quản lý Dự án", province)
    assert found(["Ban Quản lý dự án"], province) == {"Ban Quản lý dự án": "ambiguous"}


def test_only_what_existed_on_the_day_is_meant(province: Organisation) -> None:
    make_organisation("Sở Thông tin và Truyền thông", province, valid_to=dt.date(2025, 2, 28))
    name = "Sở Thông tin và Truyền thông"
    assert found([name], province, dt.date(2025, 2, 28)) == {name: name}
    assert found([name], province, dt.date(2025, 3, 1)) == {name: "not-valid"}


def test_a_plan_without_a_day_means_the_living_agency_else_the_last_that_ended(province: Organisation) -> None:
    name = "Sở Thông tin"
    make_organisation(name, province, valid_to=dt.date(2004, 1, 1))
    last = make_organisation(name, province, valid_from=dt.date(2004, 1, 2), valid_to=dt.date(2024, 12, 31))
    assert resolve([name], province, None)[name].organisation == last
    living = make_organisation(name, province, valid_from=dt.date(2025, 1, 1))
    assert resolve([name], province, None)[name].organisation == living


def test_an_alias_counts_in_its_own_tree_only(province: Organisation) -> None:
    party = make_organisation("Tỉnh ủy Hà Trung", kind=OrganisationKind.PARTY)
    board = make_organisation("Ban Tuyên giáo Tỉnh ủy", party, kind=OrganisationKind.PARTY)
    Alias.objects.create(organisation=board, text="Ban Tuyên giáo Tỉnh ủy", scope=province)
    other = make_organisation("Ủy ban nhân dân tỉnh Sơn Nam", kind=OrganisationKind.COMMITTEE)
    wording = "Đề nghị Ban Tuyên giáo Tỉnh uỷ"
    assert found([wording], province) == {wording: "Ban Tuyên giáo Tỉnh ủy"}
    assert found([wording], other) == {wording: "unknown"}


@pytest.mark.parametrize(
    "wording",
    [
        "UBND các phường, xã",
        "Ủy ban nhân dân các phường, xã",
        "UBND các xã, phường",
        "UBND các phường xã",
        "UBND các phường, xã trên địa bàn thành phố Biển Xanh",
        "UBND các phường, xã trên địa bàn thành phố",
        "UBND các phường, xã của thành phố",
        "UBND xã, phường",
    ],
)
def test_a_group_is_found_by_its_wordings(city: Organisation, wording: str) -> None:
    Group.objects.create(name="Ủy ban nhân dân các phường, xã", scope=city, kinds=["committee"], levels=["commune"])
    assert found([wording], city) == {wording: "Ủy ban nhân dân các phường, xã"}


def test_a_group_of_the_province_holds_for_the_city_too_and_an_alias_names_it(city: Organisation) -> None:
    group = Group.objects.create(name="Các sở, ban, ngành", scope=city.parent, kinds=["department"])
    GroupAlias.objects.create(group=group, text="Các sở, ngành")
    assert found(["các Sở, Ban, Ngành tỉnh", "sở, ngành"], city) == {
        "các Sở, Ban, Ngành tỉnh": "Các sở, ban, ngành",
        "sở, ngành": "Các sở, ban, ngành",
    }


def test_an_open_group_says_that_it_is_open(province: Organisation) -> None:
    Group.objects.create(name="Các cơ quan liên quan", scope=province, is_open=True)
    assert resolve(["các cơ quan có liên quan"], province, DAY)["các cơ quan có liên quan"].how == "open"


def test_members_follow_the_rule_the_names_and_the_day(province: Organisation, city: Organisation) -> None:
    office = make_organisation("Sở Tư pháp", province)
    ended = make_organisation("Sở Thương mại", province, valid_to=dt.date(2008, 5, 31))
    press = make_organisation("Báo Hà Trung", kind=OrganisationKind.PRESS)
    deeper = make_organisation("Phòng Tư pháp", city, level=Level.DISTRICT)
    group = Group.objects.create(name="Các sở, ban, ngành", scope=province, kinds=["department"])
    group.members.add(press)
    assert list(members(group, DAY)) == [press, office]
    assert list(members(group, dt.date(2008, 5, 31))) == [press, ended, office]
    assert [list(groups_of(o.pk, DAY)) for o in (office, press, deeper, city)] == [[group], [group], [], []]
    assert [group_ids_of(o.pk, DAY) for o in (office, press, deeper, city)] == [[group.pk], [group.pk], [], []]


def test_an_organisation_that_has_ended_keeps_the_groups_of_its_last_day(province: Organisation) -> None:
    group = Group.objects.create(name="Các sở, ban, ngành", scope=province, kinds=["department"])
    ended = make_organisation("Sở Thương mại", province, valid_to=dt.date(2008, 5, 31))
    coming = make_organisation("Sở Dữ liệu", province, valid_from=dt.date(2030, 1, 1))
    assert list(members(group, DAY)) == []
    assert [list(groups_of(o.pk, DAY)) for o in (ended, coming)] == [[group], []]
    assert [group_ids_of(o.pk, DAY) for o in (ended, coming)] == [[group.pk], []]


def test_an_open_group_has_only_its_named_members(province: Organisation) -> None:
    office = make_organisation("Sở Tư pháp", province)
    group = Group.objects.create(name="Các cơ quan liên quan", scope=province, is_open=True)
    assert list(members(group, DAY)) == []
    group.members.add(office)
    assert list(members(group, DAY)) == [office]
    assert list(groups_of(office.pk, DAY)) == [group]
    assert group_ids_of(office.pk, DAY) == [group.pk]


def test_the_number_of_queries_does_not_grow_with_the_names(province: Organisation) -> None:
    offices = [f"Sở số {n}" for n in range(30)]
    for office in offices:
        make_organisation(office, province)
    counts = []
    for names in (offices[:1], offices):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert all(resolve(names, province, DAY).values())
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


def test_suggestions_are_near_in_kind_and_in_name(province: Organisation) -> None:
    make_organisation("Bộ Thông tin và Truyền thông", kind=OrganisationKind.MINISTRY, level=Level.CENTRAL)
    for office in ("Sở Thông tin và Truyền thông", "Sở Tư pháp", "Sở Tài chính", "Thanh tra tỉnh"):
        make_organisation(office, province)
    offered = {
        wording: [s.name for s in suggestions(wording, province, 3, DAY)]
        for wording in (
            "Sở Thong tin va Truyen thon",
            "Bộ Thông tin Truyền thôn",
            "Phòng Tư pháp",
            "Sở Tư phap",
            "Sở Nội vụ",
        )
    }
    assert offered == {
        "Sở Thong tin va Truyen thon": ["Sở Thông tin và Truyền thông"],
        "Bộ Thông tin Truyền thôn": ["Bộ Thông tin và Truyền thông"],
        "Phòng Tư pháp": [],
        "Sở Tư phap": ["Sở Tư pháp"],
        "Sở Nội vụ": [],
    }


def test_both_sides_of_a_group_agree(province: Organisation) -> None:
    below = [
        make_organisation(f"{kind} {level}", province, kind=kind, level=level)
        for kind in ("committee", "department")
        for level in (Level.PROVINCE, Level.DISTRICT)
    ]
    groups = [
        Group.objects.create(name=f"{kinds} {levels}", scope=province, kinds=kinds, levels=levels)
        for kinds in ([], ["committee"], ["committee", "department"])
        for levels in ([], ["district"], ["province", "district"])
    ]
    from_groups = {(g.pk, o.pk) for g in groups for o in members(g, DAY)}
    from_members = {(g.pk, o.pk) for o in below for g in groups_of(o.pk, DAY)}
    assert from_groups == from_members
    assert len(from_groups) == 4 + 2 + 4 + 2 + 1 + 2 + 4 + 2 + 4
