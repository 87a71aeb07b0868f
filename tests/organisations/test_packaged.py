"""The shipped directory: loaded twice without doubling, and every agency that the two seed plans name is found in
it."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from django.core.management import call_command

from nhipcau.organisations.models import Alias, Group, Organisation
from nhipcau.organisations.packaged import DATA
from nhipcau.organisations.queries import groups_of, members, resolve
from vanban import plan, source

pytestmark = pytest.mark.django_db

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"

PROVINCE = "Ủy ban nhân dân tỉnh Bà Rịa – Vũng Tàu"
CITY = "Ủy ban nhân dân thành phố Vũng Tàu"
# Every agency that data/demo's province plan names in tasks, duties, reporting, obligations and recipients, as printed.
PROVINCE_NAMES = {
    "Sở Tư pháp": "Sở Tư pháp",
    "Sở Thông tin và Truyền thông": "Sở Thông tin và Truyền thông",
    "Sở Nội vụ": "Sở Nội vụ",
    "Sở Tài chính": "Sở Tài chính",
    "Công an tỉnh": "Công an tỉnh Bà Rịa – Vũng Tàu",
    "Văn phòng UBND tỉnh": "Văn phòng Ủy ban nhân dân tỉnh",
    "Văn phòng Ủy ban nhân dân tỉnh": "Văn phòng Ủy ban nhân dân tỉnh",
    "Ban Tuyên giáo Tỉnh ủy": "Ban Tuyên giáo Tỉnh ủy",
    "Báo Bà Rịa – Vũng Tàu": "Báo Bà Rịa – Vũng Tàu",
    "Báo BRVT": "Báo Bà Rịa – Vũng Tàu",
    "Đài Phát thanh và Truyền hình Bà Rịa – Vũng Tàu": "Đài Phát thanh và Truyền hình Bà Rịa – Vũng Tàu",
    "Đài PTTH tỉnh": "Đài Phát thanh và Truyền hình Bà Rịa – Vũng Tàu",
    "UBND tỉnh": PROVINCE,
    "Ủy ban nhân dân tỉnh": PROVINCE,
    "Bộ Thông tin và Truyền thông": "Bộ Thông tin và Truyền thông",
    "Thường trực Tỉnh ủy": "Tỉnh ủy Bà Rịa – Vũng Tàu",
    "Thường trực HĐND tỉnh": "Hội đồng nhân dân tỉnh Bà Rịa – Vũng Tàu",
    "HĐND tỉnh": "Hội đồng nhân dân tỉnh Bà Rịa – Vũng Tàu",
    "Chủ tịch và các PCT UBND tỉnh": PROVINCE,
    "Bộ Thông tin và Truyền thông (b/c)": "Bộ Thông tin và Truyền thông",
    "Uỷ ban MTTQ Việt Nam tỉnh": "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bà Rịa – Vũng Tàu",
    "Các sở, ban, ngành": "Các sở, ban, ngành",
    "các sở, ban, ngành": "Các sở, ban, ngành",
    "Các sở, ban, ngành và đoàn thể": "Các sở, ban, ngành và đoàn thể",
    "Ủy ban nhân dân các huyện, thị xã, thành phố": "Ủy ban nhân dân các huyện, thị xã, thành phố",
    "UBND các huyện, thị xã, thành phố": "Ủy ban nhân dân các huyện, thị xã, thành phố",
    "Ủy ban nhân dân các huyện, thành phố": "Ủy ban nhân dân các huyện, thị xã, thành phố",
    "các cơ quan liên quan": "Các cơ quan liên quan",
    "các cơ quan, đơn vị, địa phương": "Các cơ quan, đơn vị, địa phương",
    "các cơ quan, đơn vị": "Các cơ quan, đơn vị, địa phương",
    "các đơn vị, địa phương": "Các cơ quan, đơn vị, địa phương",
}
# The same of the city plan, under their right Vietnamese names.
CITY_NAMES = {
    "Phòng Tư pháp": "Phòng Tư pháp",
    "Phòng Văn hóa và Thông tin": "Phòng Văn hóa và Thông tin",
    "Phòng Nội vụ": "Phòng Nội vụ",
    "Phòng Nội Nội vụ": "Phòng Nội vụ",
    "Phòng Tài chính - Kế hoạch": "Phòng Tài chính – Kế hoạch",
    "Trung tâm Văn hóa, Thông tin và Thể thao": "Trung tâm Văn hóa, Thông tin và Thể thao",
    "Công an Thành phố": "Công an thành phố Vũng Tàu",
    "Văn phòng HĐND và UBND": "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân",
    "Văn phòng UBND&HĐND": "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân",
    "Văn phòng HĐND và UBND Thành phố": "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân",
    "Ban Tuyên giáo Thành ủy": "Ban Tuyên giáo Thành ủy",
    "UBND thành phố": CITY,
    "UBND tỉnh": PROVINCE,
    "Sở Thông tin và Truyền thông": "Sở Thông tin và Truyền thông",
    "Sở TT&TT tỉnh": "Sở Thông tin và Truyền thông",
    "TTr Thành ủy Vũng Tàu": "Thành ủy Vũng Tàu",
    "Các phòng, ban, đơn vị": "Các phòng, ban, đơn vị",
    "các các phòng, ban, đơn vị": "Các phòng, ban, đơn vị",
    "Các phòng chuyên môn thuộc UBND TPVT": "Các phòng, ban, đơn vị",
    "UBND các phường, xã": "Ủy ban nhân dân các phường, xã",
    "UBND các phường xã": "Ủy ban nhân dân các phường, xã",
    "UBND các phường, xã trên địa bàn thành phố Vũng Tàu": "Ủy ban nhân dân các phường, xã",
    "Ủy ban nhân dân các phường, xã": "Ủy ban nhân dân các phường, xã",
    "các cơ quan liên quan": "Các cơ quan liên quan",
    "các cơ quan, đơn vị": "Các cơ quan, đơn vị, địa phương",
    "các đơn vị, địa phương": "Các cơ quan, đơn vị, địa phương",
}


@pytest.fixture
def loaded(capsys: pytest.CaptureFixture[str]) -> str:
    call_command("load_agencies")
    return capsys.readouterr().out


def meanings(issuer: str, names: dict[str, str], day: dt.date | None) -> dict[str, str]:
    matches = resolve(names, Organisation.objects.get(name=issuer), day)
    return {name: str(m.organisation or m.group or m.how) for name, m in matches.items()}


@pytest.mark.parametrize("day", [dt.date(2024, 1, 8), None], ids=["on its day", "day not stated"])
def test_every_agency_of_the_province_plan_is_found(loaded: str, day: dt.date | None) -> None:
    assert meanings(PROVINCE, PROVINCE_NAMES, day) == PROVINCE_NAMES


@pytest.mark.parametrize("day", [dt.date(2024, 3, 7), None], ids=["on its day", "day not stated"])
def test_every_agency_of_the_city_plan_is_found(loaded: str, day: dt.date | None) -> None:
    assert meanings(CITY, CITY_NAMES, day) == CITY_NAMES


def test_only_the_open_groups_are_open(loaded: str) -> None:
    opened = Group.objects.filter(is_open=True).values_list("name", flat=True)
    assert sorted(set(opened)) == ["Các cơ quan báo chí", "Các cơ quan liên quan"]


def test_the_groups_have_the_members_of_their_time(loaded: str) -> None:
    def size(issuer: str, name: str, day: dt.date) -> int:
        return members(Group.objects.get(scope__name=issuer, name=name), day).count()

    districts = "Ủy ban nhân dân các huyện, thị xã, thành phố"
    assert size(PROVINCE, districts, dt.date(2024, 3, 7)) == 8
    assert size(PROVINCE, districts, dt.date(2025, 1, 1)) == 7  # Long Điền and Đất Đỏ became Long Đất
    assert size(PROVINCE, districts, dt.date(2025, 7, 1)) == 0
    assert size(CITY, "Ủy ban nhân dân các phường, xã", dt.date(2024, 3, 7)) == 17
    office = Organisation.objects.get(name="Sở Tư pháp")
    assert [g.name for g in groups_of(office.pk, dt.date(2024, 1, 8))] == [
        "Các cơ quan, đơn vị, địa phương",
        "Các sở, ban, ngành",
        "Các sở, ban, ngành và đoàn thể",
    ]


def test_loading_twice_changes_nothing(loaded: str, capsys: pytest.CaptureFixture[str]) -> None:
    counts = (Organisation.objects.count(), Alias.objects.count(), Group.objects.count())
    assert loaded == f"cơ quan: {counts[0]} mới, 0 thay đổi, 0 như cũ\nnhóm: {counts[2]} mới, 0 thay đổi, 0 như cũ\n"
    call_command("load_agencies")
    assert capsys.readouterr().out == (
        f"cơ quan: 0 mới, 0 thay đổi, {counts[0]} như cũ\nnhóm: 0 mới, 0 thay đổi, {counts[2]} như cũ\n"
    )
    assert (Organisation.objects.count(), Alias.objects.count(), Group.objects.count()) == counts


@pytest.mark.parametrize("name", ["agencies.csv", "groups.csv"])
def test_every_row_names_its_source(name: str) -> None:
    with (DATA / name).open(encoding="utf-8") as file:
        assert [row for row in csv.DictReader(file) if not row["Nguồn"].strip()] == []


@pytest.mark.parametrize(
    ("issuer", "name", "day"),
    [(PROVINCE, "province_plan_08_kh_ubnd.txt", None), (CITY, "city_plan_1927_kh_ubnd_ocr.txt", dt.date(2024, 3, 7))],
    ids=["province", "city"],
)
def test_what_the_reader_finds_in_the_seed_plans_is_known(
    loaded: str, issuer: str, name: str, day: dt.date | None
) -> None:
    read = plan.read(source.load(DEMO / name))
    named = {who for task in read.tasks for who in (*task.lead, *task.coordinating)}
    named |= {who for duty in read.duties for who in duty.agencies}
    named |= {who for entry in (*read.reporting, *read.obligations) for who in entry.who}
    assert len(named) >= 10
    matches = resolve(named, Organisation.objects.get(name=issuer), day)
    assert {who: match.how for who, match in matches.items() if not match} == {}
