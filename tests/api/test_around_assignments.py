"""Steps, obstacles and rounds of asking over REST: whose they are, and once however often they are sent."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import make_actor, make_assignment, make_member, make_organisation, make_plan, make_task

from nhipcau.api.actions import make_token
from nhipcau.core.models import Notice
from nhipcau.followup.actions import add_step, finish_step, record_progress
from nhipcau.followup.models import Chase, Obstacle, Step
from nhipcau.organisations.models import Role

pytestmark = pytest.mark.django_db
READ, WRITE, ASK = "read:assignments", "write:progress", "write:chases"


class House:
    """A province with a plan, and two departments with one task each."""

    def __init__(self) -> None:
        self.province = make_organisation("Tỉnh", kind="committee")
        self.office = make_organisation("Sở A", parent=self.province)
        self.other = make_organisation("Sở B", parent=self.province)
        plan = make_plan(self.province)
        self.mine = make_assignment(self.office, make_task(plan, "Họp báo", lead=[self.office]))
        self.others = make_assignment(self.other, make_task(plan, "Tập huấn", lead=[self.other]))
        self.key = key_of(self.office)
        self.above = key_of(self.province)
        self.beside = key_of(self.other)


def key_of(organisation, *scopes: str) -> str:
    actor = make_actor(organisation, Role.ADMINISTRATOR)
    chosen = list(scopes or (READ, WRITE, ASK))
    return make_token(actor, organisation, name="Phần mềm", scopes=chosen, expires_on=None)[1]


@pytest.fixture
def house() -> House:
    return House()


def call(method: str, address: str, key: str = "", given: Any = None) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    body = json.dumps(given) if given is not None else ""
    answer = Client().generic(method, f"/api/v1/{address}", body, content_type="application/json", headers=headers)
    return answer.status_code, answer.json() if answer.content else None


def test_steps_are_added_once_changed_and_removed(house):
    address = f"assignments/{house.mine.public_id}/steps"
    given = {"text": "Gửi giấy mời", "due": "2026-12-01"}
    status, made = call("POST", address, house.key, given)
    assert (status, call("POST", address, house.key, given)[0], Step.objects.count()) == (201, 200, 1)
    one = f"steps/{made['id']}"
    assert call("PATCH", one, house.key, {"done": True})[1]["done_at"] is not None
    assert call("PATCH", one, house.key, {"due": None})[1] | {"done_at": None} == {**made, "due": None}
    assert call("DELETE", one, house.key)[0] == 403, "what is done stays"
    assert call("PATCH", one, house.key, {"done": False, "text": "Họp"})[1]["text"] == "Họp"
    assert [step["text"] for step in call("GET", address, house.above)[1]] == ["Họp"]
    assert (call("DELETE", one, house.key)[0], call("DELETE", one, house.key)[0]) == (204, 404)
    assert call("POST", address, house.key, {"text": "  "})[0] == 403


def test_a_step_changed_by_a_program_keeps_its_person(house):
    officer = make_actor(house.office)
    person = make_member(house.office)
    step = add_step(officer, house.mine, text="Họp", person=person)
    finish_step(officer, step)
    assert call("PATCH", f"steps/{step.public_id}", house.key, {"text": "Họp trực tuyến"})[0] == 200
    step.refresh_from_db()
    assert (step.text, step.person, step.done_at is None) == ("Họp trực tuyến", person, False)


def test_an_obstacle_goes_its_way(house):
    address = f"assignments/{house.mine.public_id}/obstacles"
    given = {"text": "Chưa có kinh phí", "proposal": "Cấp trước 15/12"}
    status, made = call("POST", address, house.key, given)
    assert (status, made["asked"]["name"], made["state"]) == (201, "Tỉnh", "open")
    assert (call("POST", address, house.key, given)[0], Obstacle.objects.count()) == (200, 1)
    steps = f"obstacles/{made['id']}/steps"
    answer = {"kind": "answered", "text": "Đã cấp"}
    assert call("POST", steps, house.key, answer)[0] == 403, "who was asked answers"
    assert [call("POST", steps, house.above, answer)[0] for _again in range(2)] == [201, 200]
    assert call("POST", steps, house.above, {"kind": "settled"})[0] == 403, "who raised it closes it"
    status, now = call("POST", steps, house.key, {"kind": "reopened", "text": "Chưa nhận"})
    assert (status, now["state"], [step["kind"] for step in now["steps"]]) == (201, "open", ["answered", "reopened"])
    passed = {"kind": "forwarded", "to": house.other.public_id, "text": "Sở B giữ kinh phí"}
    status, now = call("POST", steps, house.above, passed)
    assert (status, now["asked"]["name"], now["steps"][-1]["to"]["name"]) == (201, "Sở B", "Sở B")
    assert call("POST", steps, house.beside, answer)[0] == 201
    assert [call("POST", steps, house.key, {"kind": "settled"})[1]["state"] for _again in range(2)] == ["settled"] * 2
    assert Obstacle.objects.get().steps.count() == 5
    lists = [call("GET", f"obstacles?side={side}", key)[1]["total"] for side, key in
             (("raised", house.key), ("asked", house.beside), ("asked", house.key), ("raised", house.above))]  # fmt: skip
    assert lists == [1, 1, 0, 0]


def test_a_round_asks_once_and_shows_each_its_own(house):
    told = make_member(house.office)
    given = {
        "key": "dot-don-doc-1",
        "words": "Đề nghị báo cáo.",
        "answer_by": (timezone.localdate() + dt.timedelta(days=3)).isoformat(),
        "assignments": [house.mine.public_id, house.others.public_id, "khongco"],
    }
    status, made = call("POST", "chases", house.above, given)
    assert (status, made["assignments"], made["agencies"], len(made["lines"])) == (201, 2, 2, 2)
    assert (call("POST", "chases", house.above, given)[0], Chase.objects.count()) == (200, 1)
    assert Notice.objects.filter(person=told, kind="followup.chase").count() == 1
    record_progress(make_actor(house.office), house.mine, version=1, progress="in_progress", key="khoa")
    _status, own = call("GET", f"chases/{made['id']}", house.key)
    assert ([line["assignment"] for line in own["lines"]], own["assignments"], own["answered"]) == (
        [house.mine.public_id], 1, 1,
    )  # fmt: skip
    assert call("GET", "chases", house.above)[1]["items"][0]["answered"] == 1
    assert call("POST", "chases", house.above, {**given, "key": "dot-don-doc-2", "answer_by": "2020-01-01"})[0] == 422


def test_nobody_does_for_another_what_is_theirs(house):
    step = add_step(make_actor(house.office), house.mine, text="Họp")
    _status, made = call("POST", f"assignments/{house.mine.public_id}/obstacles", house.key, {"text": "Vướng"})
    stranger = key_of(make_organisation("Tỉnh khác", kind="committee"))
    reading = key_of(house.office, READ)
    asking = {"key": "dot-don-doc-1", "words": "Báo cáo", "assignments": [house.mine.public_id]}
    for method, address, given, beside in (
        ("GET", f"assignments/{house.mine.public_id}/steps", None, 404),
        ("POST", f"assignments/{house.mine.public_id}/steps", {"text": "X"}, 404),
        ("PATCH", f"steps/{step.public_id}", {"text": "X"}, 404),
        ("DELETE", f"steps/{step.public_id}", None, 404),
        ("POST", f"assignments/{house.mine.public_id}/obstacles", {"text": "X"}, 404),
        ("GET", f"obstacles/{made['id']}", None, 404),
        ("POST", f"obstacles/{made['id']}/steps", {"kind": "settled"}, 404),
        ("POST", "chases", asking, 403),
    ):
        assert call(method, address, "", given)[0] == 401
        assert [call(method, address, key, given)[0] for key in (house.beside, stranger)] == [beside] * 2
        if method != "GET":
            assert call(method, address, reading, given)[0] == 403
    above = (
        ("POST", f"assignments/{house.mine.public_id}/steps", {"text": "X"}),
        ("PATCH", f"steps/{step.public_id}", {"text": "X"}),
        ("DELETE", f"steps/{step.public_id}", None),
        ("POST", f"assignments/{house.mine.public_id}/obstacles", {"text": "X"}),
    )
    assert [call(method, address, house.above, given)[0] for method, address, given in above] == [403] * 4
    assert call("POST", "chases", house.key, asking)[0] == 403, "who has the work asks nobody about it"
    assert call("GET", "chases/khongco", house.above)[0] == 404
    assert [step.text for step in Step.objects.all()] == ["Họp"]


def test_lists_ask_the_same_number_of_questions_for_many(house, django_assert_max_num_queries):
    for n in range(20):
        call("POST", f"assignments/{house.mine.public_id}/obstacles", house.key, {"text": f"Vướng {n}"})
        given = {"key": f"dot-don-doc-{n}", "words": "Báo cáo", "assignments": [house.mine.public_id]}
        call("POST", "chases", house.above, given)
    for address, most in (("obstacles", 9), ("chases", 8)):
        call("GET", address, house.above)
        with django_assert_max_num_queries(most):
            assert len(call("GET", address, house.above)[1]["items"]) == 20
