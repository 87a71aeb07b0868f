"""Việc của tôi: the next step first, one tap, nothing lost."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import make_assignment, make_member, make_organisation, make_plan, make_task

from nhipcau.core.acts import Actor
from nhipcau.followup.actions import record_progress
from nhipcau.followup.models import Assignment, Chase, ChaseLine, Obstacle, Step
from nhipcau.organisations.models import Role
from nhipcau.plans.models import NO_DATE

pytestmark = pytest.mark.django_db
ADDRESS = "/viec-cua-toi/"


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def groups(response) -> dict[str, list[str]]:
    return {
        group.name: [job.row.task.text for job in group.jobs]
        for group in response.context["mine"].groups
        if group.count
    }


def next_week(today: dt.date) -> dt.date:
    return today + dt.timedelta(days=14)


@pytest.fixture
def house():
    """A province, one of its departments, an officer there."""
    province = make_organisation("UBND tỉnh", kind="committee")
    office = make_organisation("Sở Tư pháp", parent=province)
    return province, office, make_member(office)


def assigned(province, office, text: str, **fields) -> Assignment:
    fields = {"due": NO_DATE, "word_due": NO_DATE, **fields}
    return make_assignment(office, make_task(make_plan(province), text, lead=[office]), **fields)


def test_everything_stands_in_its_stretch_of_time(client_of, house):
    province, office, officer = house
    today = timezone.localdate()
    assigned(province, office, "Trễ", due=today - dt.timedelta(days=8))
    assigned(province, office, "Lời báo trễ", word_due=today - dt.timedelta(days=3))
    assigned(province, office, "Hôm nay", due=today)
    assigned(province, office, "Chủ nhật", due=today + dt.timedelta(days=6 - today.weekday()))
    assigned(province, office, "Sau", due=next_week(today))
    assigned(province, office, "Thường xuyên")
    assigned(province, office, "Xong", progress="done")
    assigned(province, office, "Của kế hoạch cũ", ended="withdrawn")
    assigned(province, province, "Của tỉnh", due=today)
    answer = client_of(officer).get(ADDRESS)
    sunday = ["Chủ nhật"]
    expected = {
        "late": ["Trễ"],
        "today": ["Lời báo trễ", "Hôm nay"] + (sunday if today.weekday() == 6 else []),
        "week": sunday,
        "later": ["Sau", "Thường xuyên"],
        "done": ["Xong"],
    }
    if today.weekday() == 6:
        del expected["week"]
    assert groups(answer) == expected
    assert answer.context["mine"].next["job"].row.task.text == "Trễ"
    assert "Quá hạn 8 ngày" in words(answer)
    assert "Cần một câu, chậm 3 ngày" in words(answer)


def test_forty_jobs_are_shown_in_part_with_a_door_to_the_rest(client_of, house, django_assert_max_num_queries):
    province, office, officer = house
    today = timezone.localdate()
    plan = make_plan(province)
    for number in range(60):
        task = make_task(plan, f"Việc {number:02}", lead=[office])
        make_assignment(office, task, due=today - dt.timedelta(days=60 - number), word_due=NO_DATE)
    client = client_of(officer)
    with django_assert_max_num_queries(12):
        answer = client.get(ADDRESS)
    assert groups(answer) == {"late": [f"Việc {number:02}" for number in range(5)]}
    assert "Còn 55 việc nữa" in words(answer)
    with django_assert_max_num_queries(12):
        second = client.get(ADDRESS, {"group": "late", "page": "2"})
    assert groups(second) == {"late": [f"Việc {number:02}" for number in range(25, 50)]}
    assert 'href="?group=late&amp;page=3"' in second.content.decode()


def test_what_asks_this_organisation_is_there_too(client_of, house, django_assert_max_num_queries):
    province, office, officer = house
    other = make_organisation("Sở Nội vụ", parent=province)
    asked = assigned(province, office, "Bị hỏi")
    chase = Chase.objects.create(organisation=province, words="Đề nghị báo", key="k")
    ChaseLine.objects.create(chase=chase, assignment=asked, asked=office)
    Obstacle.objects.create(assignment=assigned(province, other, "X"), text="Thiếu kinh phí", asked=office)
    Step.objects.create(assignment=asked, position=0, text="Gửi giấy mời", person=officer)
    Step.objects.create(assignment=asked, position=1, text="Của người khác", person=make_member(office))
    helped = assigned(province, office, "Phối hợp", role="coordinating")
    client = client_of(officer)
    client.post(f"/viec/{helped.public_id}/ghi/", {"version": 1, "key": "khoa-cua-trang", "progress": "in_progress"})
    client.get(ADDRESS)  # what was said once is said no more
    with django_assert_max_num_queries(12):
        said = words(client.get(ADDRESS))
    assert "Cơ quan bạn được đôn đốc" in said
    assert "Thiếu kinh phí" in said
    assert "Gửi giấy mời" in said
    assert "Của người khác" not in said


def test_the_filter_is_in_the_address_and_remembered(client_of, house):
    province, office, officer = house
    assigned(province, office, "Chủ trì")
    assigned(province, office, "Phối hợp", role="coordinating")
    mine = assigned(province, office, "Có bước của tôi")
    Step.objects.create(assignment=mine, position=0, text="Bước", person=officer)
    client = client_of(officer)
    assert groups(client.get(ADDRESS, {"role": "coordinating"})) == {"later": ["Phối hợp"]}
    again = client.get(ADDRESS)
    assert (again.status_code, again["Location"]) == (302, f"{ADDRESS}?role=coordinating")
    assert groups(client.get(ADDRESS, {"own": "1"})) == {"later": ["Có bước của tôi"]}
    assert groups(client.get(ADDRESS, {"plan": mine.plan.slug})) == {"later": ["Có bước của tôi"]}
    assert len(groups(client.get(ADDRESS + "?tat-ca="))["later"]) == 3


@pytest.mark.parametrize(
    "query", [{"role": "boss"}, {"group": "x"}, {"page": "-1"}, {"page": "x"}, {"plan": "đ" * 900}]
)
def test_odd_questions_are_answered(client_of, house, query):
    assert client_of(house[2]).get(ADDRESS, query).status_code == 200


def test_what_was_just_written_can_be_undone_wherever_it_stands(client_of, house):
    province, office, officer = house
    row = assigned(province, office, "Vừa xong", due=timezone.localdate())
    client = client_of(officer)
    client.post(f"/viec/{row.public_id}/ghi/", {"version": 1, "key": "khoa-cua-trang", "progress": "done"})
    answer = client.get(ADDRESS)
    assert [job.row.pk for job in answer.context["mine"].just] == [row.pk]
    assert "Hoàn tác" in words(answer)


def test_an_auditor_reads_and_has_nothing_to_tap(client_of, house):
    province, office, _officer = house
    assigned(province, office, "Việc")
    page = client_of(make_member(office, Role.AUDITOR)).get(ADDRESS).content.decode()
    assert "Việc" in page
    assert 'name="progress"' not in page


def test_the_first_page_leads_to_the_next_step(client_of, house):
    province, office, officer = house
    row = assigned(province, office, "Việc trễ", due=timezone.localdate() - dt.timedelta(days=2))
    page = client_of(officer).get("/ban-lam-viec/").content.decode()
    assert f'href="/viec/{row.public_id}/#ghi"' in page
    assert f'href="{ADDRESS}?group=late"' in page


def test_nothing_to_do_teaches_what_will_stand_here(client_of, house):
    assert "Không có việc nào đang chờ" in words(client_of(house[2]).get(ADDRESS))


@pytest.mark.django_db(transaction=True)
def test_the_page_is_recalled_until_somebody_acts(client_of, house, django_assert_max_num_queries):
    province, office, officer = house
    row = assigned(province, office, "Việc chung")
    client = client_of(officer)
    assert "Đã họp xong" not in words(client.get(ADDRESS))
    with django_assert_max_num_queries(6):
        client.get(ADDRESS)
    colleague = make_member(office)
    actor = Actor(colleague.pk, office.pk, frozenset({"officer"}))
    record_progress(actor, row, version=1, progress="in_progress", text="Đã họp xong", key="khoa-cua-trang")
    assert "Đã họp xong" in words(client.get(ADDRESS))
    assert "Việc chung" not in words(client_of(make_member(make_organisation("Sở Nội vụ"))).get(ADDRESS))


def test_every_asking_has_its_own_keys_and_its_own_token(house):
    province, office, officer = house
    rows = [assigned(province, office, f"Việc {number}", percent=number or None) for number in range(3)]
    browser, other = Client(enforce_csrf_checks=True), Client()
    pages = []
    for client, person in ((browser, officer), (other, make_member(office))):
        client.force_login(person)
        pages.append(client.get(ADDRESS).content.decode())
    keys = [key for page in pages for key in re.findall(r'name="key" value="(\w+)"', page)]
    assert (len(keys), len(set(keys))) == (6, 6)
    assert not re.search(r"(token|next|key|id|version|task|percent|url)-[A-Za-z0-9]{20}", "".join(pages))
    for row in rows:
        assert f'action="/viec/{row.public_id}/ghi/"' in pages[0]
        assert f'href="/viec/{row.public_id}/#ghi"' in pages[0]
    (token,) = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', pages[0].split("<main")[1]))
    said = {"version": 1, "key": keys[0], "progress": "in_progress", "csrfmiddlewaretoken": token}
    assert browser.post(f"/viec/{rows[0].public_id}/ghi/", said).status_code == 302
