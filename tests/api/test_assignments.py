"""Assignments over REST: read with a key, written to once, each word answered by itself."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import make_actor, make_assignment, make_organisation, make_plan, make_task

from nhipcau.api.actions import make_token
from nhipcau.followup.actions import record_progress
from nhipcau.followup.models import Assignment, Evidence, Note
from nhipcau.organisations.models import Role

pytestmark = pytest.mark.django_db
BOTH = ("read:assignments", "write:progress")


class House:
    """A province, two departments with an assignment each, and the first one's key."""

    def __init__(self) -> None:
        self.province = make_organisation("Tỉnh", kind="committee")
        self.office = make_organisation("Sở A", parent=self.province)
        self.other = make_organisation("Sở B", parent=self.province)
        self.plan = make_plan(self.province)
        self.mine = make_assignment(self.office, make_task(self.plan, "Họp báo quý", lead=[self.office]))
        self.others = make_assignment(self.other, make_task(self.plan, "Tập huấn", lead=[self.other]))
        self.key = key_of(self.office, *BOTH)


def key_of(organisation, *scopes: str) -> str:
    actor = make_actor(organisation, Role.ADMINISTRATOR)
    return make_token(actor, organisation, name="Phần mềm", scopes=list(scopes), expires_on=None)[1]


@pytest.fixture
def house() -> House:
    return House()


def ask(address: str, key: str = "", **given: Any) -> Any:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return Client().get(f"/api/v1/{address}", given, headers=headers)


def send(address: str, key: str, given: Any) -> Any:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return Client().post(f"/api/v1/{address}", json.dumps(given), content_type="application/json", headers=headers)


def word(key: str = "khoa-so-1", **more: Any) -> dict[str, Any]:
    return {"key": key, "version": 1, "progress": "in_progress", "text": "Đang làm", **more}


def ids(answer: Any) -> list[str]:
    return [item["id"] for item in answer.json()["items"]]


def test_a_key_reads_its_own_and_who_stands_above_reads_all(house):
    assert ids(ask("assignments", house.key)) == [house.mine.public_id]
    above = key_of(house.province, "read:assignments")
    assert set(ids(ask("assignments", above))) == {house.mine.public_id, house.others.public_id}
    assert ids(ask("assignments", above, organisation=house.other.public_id)) == [house.others.public_id]
    assert ids(ask("assignments", above, q="hop bao")) == [house.mine.public_id]
    assert ids(ask("assignments", above, state="done")) == []
    assert ask("assignments").status_code == 401
    assert ask("assignments", key_of(house.office, "read:tasks")).status_code == 403
    assert ask(f"assignments/{house.others.public_id}", house.key).status_code == 404
    assert ask(f"assignments/{house.mine.public_id}", house.key).json()["task"]["text"] == "Họp báo quý"


def test_the_filters_say_what_the_pages_say(house):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Assignment.objects.filter(pk=house.mine.pk).update(due=yesterday, word_due=yesterday)
    above = key_of(house.province, "read:assignments")
    for state in ("late", "silent"):
        assert ids(ask("assignments", above, state=state)) == [house.mine.public_id]
    item = ask(f"assignments/{house.mine.public_id}", above).json()
    assert (item["late"], item["silent"], item["due"]) == (True, True, yesterday.isoformat())
    assert ask("assignments", above, state="khác").status_code == 422


def test_a_list_asks_the_same_number_of_questions_for_many(house, django_assert_max_num_queries):
    for n in range(30):
        make_assignment(house.office, make_task(house.plan, f"Việc {n}"))
    ask("assignments", house.key)
    with django_assert_max_num_queries(8):
        assert len(ids(ask("assignments", house.key))) == 31


def test_a_word_is_written_once(house):
    address = f"assignments/{house.mine.public_id}/notes"
    given = word(links=[{"url": "https://tinh.example/tin"}], things=[f"plans.task:{house.mine.task.public_id}"])
    first, again = send(address, house.key, given), send(address, house.key, given)
    assert [(a.status_code, a.json()["status"], a.json()["version"]) for a in (first, again)] == [
        (201, "written", 2),
        (200, "there", 2),
    ]
    assert (Note.objects.count(), Evidence.objects.count()) == (1, 2)
    assert ask(f"assignments/{house.mine.public_id}", house.key).json()["notes"][0]["text"] == "Đang làm"
    stale = send(address, house.key, word("khoa-so-2"))
    assert (stale.status_code, stale.json()["status"], stale.json()["version"]) == (409, "outdated", 2)
    assert Note.objects.count() == 1


def test_who_may_not_write_is_refused(house):
    address = f"assignments/{house.mine.public_id}/notes"
    assert send(address, "", word()).status_code == 401
    assert send(address, key_of(house.office, "read:assignments"), word()).status_code == 403
    assert send(address, key_of(house.province, *BOTH), word()).status_code == 403, "nobody writes it for them"
    assert send(address, key_of(house.other, *BOTH), word()).status_code == 404
    for wrong in ({"key": "ngắn"}, {"progress": "xong"}, {"percent": 200}, {"version": 0}):
        assert send(address, house.key, {**word(), **wrong}).status_code == 422
    for wrong in ({"links": [{"url": "javascript:alert(1)"}]}, {"things": ["plans.task:khongco"]}):
        assert send(address, house.key, {**word(), **wrong}).status_code == 403
    assert not Note.objects.exists()


def test_of_many_words_each_is_answered_by_itself(house):
    second = make_assignment(house.office, make_task(house.plan, "Việc khác"))
    record_progress(make_actor(house.office), second, version=1, progress="in_progress", key="tay")
    batch = [
        {"assignment": house.mine.public_id, **word()},
        {"assignment": house.mine.public_id, **word()},
        {"assignment": second.public_id, **word()},
        {"assignment": house.others.public_id, **word()},
        {"assignment": second.public_id, **word("x")},
        {"version": 1},
    ]
    answer = send("notes", house.key, {"notes": batch}).json()["results"]
    assert [one["status"] for one in answer] == ["written", "there", "outdated", "not-found", "wrong", "not-found"]
    above = send("notes", key_of(house.province, *BOTH), {"notes": batch[:1]}).json()["results"]
    assert [one["status"] for one in above] == ["refused"]
    assert Note.objects.count() == 2
    assert send("notes", house.key, {"notes": []}).status_code == 422
    assert send("notes", house.key, {"notes": [{}] * 501}).status_code == 422
    assert send("notes", "", {"notes": batch}).status_code == 401
