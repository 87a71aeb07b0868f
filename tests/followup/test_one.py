"""One assignment's page, its steps, and what the page of its task shows of it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories import make_actor, make_assignment, make_member, make_organisation, make_plan, make_task

from nhipcau.core.actors import Actor
from nhipcau.followup.actions import record_progress, take_back_note
from nhipcau.followup.models import (
    Assignment,
    Chase,
    ChaseLine,
    ClosedPeriod,
    Evidence,
    Extension,
    Note,
    Obstacle,
    Step,
    Taken,
)
from nhipcau.followup.queries.seen import sees, visible_assignments, visible_at_task
from nhipcau.organisations.models import Role
from nhipcau.plans.models import Task

pytestmark = pytest.mark.django_db


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def row() -> Assignment:
    province = make_organisation("UBND tỉnh", kind="committee")
    office, other = make_organisation("Sở Tư pháp", parent=province), make_organisation("Sở Nội vụ", parent=province)
    task = make_task(
        make_plan(province), "Tổ chức hội nghị", lead=[office], coordinating=[other], due=dt.date(2026, 11, 30)
    )
    make_assignment(other, task, role="coordinating", last_word="Đã cử người", last_word_at=timezone.now())
    return make_assignment(office, task)


def test_the_page_tells_all_that_happened(client_of, row, django_assert_max_num_queries):
    actor, province = make_actor(row.organisation), row.organisation.parent
    for number in range(8):
        row.refresh_from_db()
        note = record_progress(
            actor, row, version=row.version, progress="in_progress", text=f"Lần {number}", key=f"khoa-so-{number}"
        )
        Evidence.objects.create(note=note, url="https://bao.vn", name=f"Bài {number}")
    take_back_note(actor, note)
    ClosedPeriod.objects.create(assignment=row, period="2025-Q4", year=2025, progress="done")
    Extension.objects.create(
        assignment=row, old_due=dt.date(2026, 10, 1), new_due=row.due, reason="Chờ hướng dẫn", person_id=actor.person_id
    )
    chase = Chase.objects.create(organisation=province, words="Đề nghị khẩn trương", key="k")
    ChaseLine.objects.create(chase=chase, assignment=row, asked=row.organisation)
    Obstacle.objects.create(assignment=row, text="Thiếu kinh phí", asked=province)
    for number in range(5):
        Step.objects.create(assignment=row, position=number, text=f"Bước {number}", person_id=actor.person_id)
    client = client_of(make_member(row.organisation))
    with django_assert_max_num_queries(20):
        said = words(client.get(f"/viec/{row.public_id}/"))
    for part in (
        "Lần 0", "đã hoàn tác", "Bài 3", "Hết kỳ quý IV/2025: đã xong", "Chờ hướng dẫn", "UBND tỉnh đôn đốc",
        "Thiếu kinh phí", "Bước 4", "là ngày cuối của thời gian được ghi", "Ghi tiến độ", "Sở Nội vụ",
    ):  # fmt: skip
        assert part in said


def test_one_row_is_seen_by_those_who_find_it_among_all(row):
    """``sees`` looks at one row without asking the database what ``visible_assignments`` would ask: they must agree."""
    province, other = row.organisation.parent, Assignment.objects.get(role="coordinating")
    unit, ward = (
        make_organisation("Trung tâm", parent=other.organisation),
        make_organisation("UBND xã", parent=province),
    )
    elsewhere = make_organisation("Tỉnh khác")
    led_by_ward = make_task(make_plan(elsewhere), "Việc khác", lead=[ward], coordinating=[unit])
    make_assignment(ward, led_by_ward, ended="withdrawn")
    make_assignment(unit, led_by_ward, role="coordinating")
    actors = [make_actor(agency) for agency in (province, row.organisation, other.organisation, unit, ward, elsewhere)]
    actors += [make_actor(make_organisation()), Actor(), Actor(organisation_id=province.pk), Actor(is_system=True)]
    for ended in ("withdrawn", ""):
        Assignment.objects.filter(organisation=ward).update(ended=ended)
        for actor in actors:
            seen = visible_assignments(actor)
            assert {one for one in Assignment.objects.all() if sees(actor, one)} == set(seen)
            for task in Task.objects.all():
                assert set(visible_at_task(actor, task)) == set(seen.filter(task=task, ended=""))


def test_a_coordinator_of_the_task_does_not_read_how_far_its_lead_is(client_of, row):
    other = Assignment.objects.get(role="coordinating")
    by_lead = words(client_of(make_member(row.organisation)).get(f"/viec/{row.public_id}/"))
    assert re.search(r"Sở Nội vụ phối hợp [A-ZĐ]", by_lead)
    page = client_of(make_member(other.organisation)).get(f"/viec/{other.public_id}/")
    assert f"/viec/{row.public_id}/" not in page.content.decode()
    assert "Sở Tư pháp chủ trì" in words(page)


def test_what_is_done_below_has_its_rows(client_of, row):
    lower = make_plan(row.organisation)
    unit = make_organisation("Trung tâm", parent=row.organisation)
    low = make_task(lower, "Việc của trung tâm", lead=[unit])
    Taken.objects.create(higher=row.task, lower=low, kind="kept")
    below = make_assignment(unit, low)
    record_progress(make_actor(unit), below, version=1, progress="done", key="khoa-o-duoi")
    page = client_of(make_member(row.organisation)).get(f"/viec/{row.public_id}/")
    assert "1/1 việc xong" in words(page)
    assert f'href="/viec/{below.public_id}/"' in page.content.decode()


def test_steps_are_added_ticked_moved_and_removed_with_plain_forms(client_of, row):
    colleague = make_member(row.organisation)
    client, address = client_of(make_member(row.organisation)), f"/viec/{row.public_id}/buoc/"

    def do(**said: object):
        return client.post(address, said)

    assert do(do="add", text="Gửi giấy mời", person=colleague.pk, due="15/11/2026").status_code == 302
    do(do="add", text="Thuê hội trường")
    first, second = Step.objects.order_by("position")
    assert (first.person, first.due, second.person) == (colleague, dt.date(2026, 11, 15), None)
    do(do="up", step=second.public_id)
    assert [step.text for step in row.steps.all()] == ["Thuê hội trường", "Gửi giấy mời"]
    do(do="finish", step=first.public_id)
    assert "xong" in words(client.get(f"/viec/{row.public_id}/"))
    assert "Bước này đã xong" in words(do(do="remove", step=first.public_id))
    do(do="open", step=first.public_id)
    do(do="remove", step=first.public_id)
    assert [step.text for step in row.steps.all()] == ["Thuê hội trường"]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"text": "X", "due": "31/02/2026"}, "Ngày chưa đúng"),
        ({"text": "X", "person": "999999"}, "không còn vai trò"),
        ({"text": "  "}, "Bạn hãy ghi bước này làm gì"),
        ({"do": "finish", "step": "khong-co"}, "Bước này không còn nữa"),
    ],
)
def test_a_step_that_cannot_be_is_said_so_and_kept(client_of, row, said, problem):
    answer = client_of(make_member(row.organisation)).post(f"/viec/{row.public_id}/buoc/", said)
    assert answer.status_code == 403
    assert problem in words(answer)
    if said.get("text", "").strip():
        assert 'value="X"' in answer.content.decode()


def test_the_page_of_the_task_shows_each_reader_what_they_may_see(client, client_of, row):
    address = f"/nhiem-vu/{row.task.public_id}/"
    type(row.plan).objects.update(is_public=True)
    assert "Đã xong 0/" not in words(client.get(address))
    assert "Đã cử người" not in words(client.get(address))
    owner = words(client_of(make_member(row.owner, Role.COORDINATOR)).get(address))
    assert "Đã xong 0/2 cơ quan" in owner
    assert "Đã cử người" in owner
    other = words(client_of(make_member(Assignment.objects.get(role="coordinating").organisation)).get(address))
    assert "Đã xong 0/1 cơ quan" in other
    assert "Ghi tiến độ của cơ quan bạn" in other
    elsewhere = words(client_of(make_member(make_organisation())).get(address))
    assert "Đã xong 0/" not in elsewhere


def test_a_long_history_is_shown_in_part_with_a_door(client_of, row):
    Note.objects.bulk_create(
        Note(assignment=row, organisation_id=row.organisation_id, progress="in_progress", text=f"Số {n}.", key=f"k{n}")
        for n in range(70)
    )
    client = client_of(make_member(row.organisation))
    assert "Số 1." not in words(client.get(f"/viec/{row.public_id}/"))
    assert "Số 1." in words(client.get(f"/viec/{row.public_id}/", {"lich-su": "het"}))


def test_a_task_of_many_agencies_takes_no_more_queries(client_of, row):
    browser, address = client_of(make_member(row.organisation)), f"/viec/{row.public_id}/"

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
        return len(queries)

    few = asked()
    for number in range(10):
        office = make_organisation(f"Sở {number}", parent=row.owner)
        make_assignment(office, row.task, role="coordinating")
    assert asked() == few
