"""Asking agencies: who is asked about what, once; who is told; who answered; who may."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import make_actor, make_assignment, make_member, make_organisation, make_plan, make_task

from nhipcau.core import recall
from nhipcau.core.acts import Actor, Refused
from nhipcau.core.models import Notice, User
from nhipcau.followup.actions import AskedMeanwhile, chase, record_progress
from nhipcau.followup.models import Assignment, Chase, ChaseLine
from nhipcau.followup.queries.chasing import visible_round

pytestmark = pytest.mark.django_db
NEW = "/don-doc/moi/"


@pytest.fixture(autouse=True)
def nothing_kept() -> Any:
    recall.forget()


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


class House:
    """A province whose plan gives three departments a late task each, and a fourth one that is on time."""

    def __init__(self) -> None:
        self.today = timezone.localdate()
        self.province = make_organisation("Ủy ban nhân dân tỉnh", kind="committee")
        self.agencies = [make_organisation(f"Sở {letter}", parent=self.province) for letter in "ABCD"]
        self.plan = make_plan(self.province)
        late = self.today - dt.timedelta(days=3)
        self.rows = [make_assignment(agency, make_task(self.plan), due=late) for agency in self.agencies[:3]]
        self.rows.append(make_assignment(self.agencies[3], make_task(self.plan)))
        self.officers = [make_member(agency, "officer") for agency in self.agencies[:2]]
        make_member(self.agencies[2], "auditor")
        self.coordinator = make_actor(self.province, "coordinator")

    @property
    def client(self) -> Client:
        return signed_in(User.objects.get(pk=self.coordinator.person_id))

    def ask(self, actor: Actor | None = None, **more: Any) -> Chase:
        keys = [row.pk for row in self.rows[:3]]
        return chase(actor or self.coordinator, keys, **({"words": "Đề nghị báo", "key": "k"} | more))


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def test_from_the_board_to_sent():
    house = House()
    client = house.client
    assert 'name="who" value="late"' in client.get("/dieu-phoi/?tat-ca=").content.decode()
    page = client.get(NEW, {"who": "late"})
    letters = [letter for letter, _ticked in page.context["letters"]]
    assert [(one.organisation.name, one.late, one.people) for one in letters] == [
        ("Sở A", 1, 1), ("Sở B", 1, 1), ("Sở C", 1, 0),
    ]  # fmt: skip
    assert "giao vai trò ở trang cơ quan" in page.content.decode()
    form = hidden(page.content.decode()) | {
        "words": page.context["words"], "answer_by": page.context["answer_by"],
        "ask": [one.organisation.public_id for one in letters],
    }  # fmt: skip
    sent = client.post(NEW, form)
    made = Chase.objects.get()
    assert sent.headers["Location"] == f"/don-doc/{made.public_id}/"
    assert client.post(NEW, form).headers["Location"] == sent.headers["Location"]  # sent twice, asked once
    assert list(ChaseLine.objects.order_by("pk").values_list("asked__name", "was_late", "people")) == [
        ("Sở A", True, 1), ("Sở B", True, 1), ("Sở C", True, 0),
    ]  # fmt: skip
    told = Notice.objects.order_by("pk")
    assert [(one.person_id, one.kind, one.url) for one in told] == [
        (officer.pk, "followup.chase", f"/don-doc/{made.public_id}/") for officer in house.officers
    ]
    assert told[0].text.startswith("Ủy ban nhân dân tỉnh đôn đốc: 1 việc quá hạn. Đề nghị trả lời trước hết ngày ")
    assert set(Assignment.objects.values_list("last_asked_at", flat=True)) == {made.at, None}


def test_only_what_one_follows_and_what_is_open_is_asked_about():
    house = House()
    house.rows[0].progress = "done"
    house.rows[0].save()
    elsewhere = make_assignment(make_organisation(), due=house.today - dt.timedelta(days=9))
    made = chase(house.coordinator, [row.pk for row in (*house.rows, elsewhere)], words="Đề nghị báo", key="k")
    assert set(made.lines.values_list("assignment", flat=True)) == {row.pk for row in house.rows[1:]}
    with pytest.raises(Refused):
        chase(house.coordinator, [elsewhere.pk, house.rows[0].pk], words="Đề nghị báo", key="l")
    with pytest.raises(Refused):
        chase(house.coordinator, [house.rows[1].pk], words="  ", key="m")


def test_two_coordinators_at_once_are_told_of_each_other():
    house = House()
    opened = timezone.now()
    house.ask(make_actor(house.province, "head"), key="first")
    with pytest.raises(AskedMeanwhile) as told:
        house.ask(opened=opened)
    assert told.value.names == ["Sở A", "Sở B", "Sở C"]
    page = house.client.post(
        NEW,
        {"who": "late", "ask": [house.agencies[0].public_id], "words": "x", "key": "k", "opened": opened.isoformat()},
    )
    assert (page.status_code, Chase.objects.count()) == (409, 1)
    assert "đã có người đôn đốc: Sở A" in page.content.decode()
    again = house.client.post(
        NEW, {"who": "late", "ask": [house.agencies[0].public_id], "words": "x", **_fresh(page.content.decode())}
    )
    assert (again.status_code, Chase.objects.count()) == (302, 2)


def _fresh(page: str) -> dict[str, str]:
    found = hidden(page)
    return {"key": found["key"], "opened": found["opened"]}


def test_who_was_asked_yesterday_is_not_ticked():
    house = House()
    made = house.ask()
    page = house.client.get(NEW, {"to": [agency.public_id for agency in house.agencies]})
    assert [ticked for _letter, ticked in page.context["letters"]] == [False, False, False]
    assert "vừa được hỏi trong 2 ngày qua" in page.content.decode()
    Assignment.objects.update(last_asked_at=made.at - dt.timedelta(days=3))
    page = house.client.get(NEW, {"to": [agency.public_id for agency in house.agencies]})
    assert [ticked for _letter, ticked in page.context["letters"]] == [True, True, True]


def test_the_record_shows_who_answered_since():
    house = House()
    made = house.ask()
    row = house.rows[1]
    row.refresh_from_db()
    record_progress(make_actor(house.agencies[1]), row, version=row.version, progress="in_progress", key="n")
    found = visible_round(house.coordinator, made.public_id)
    assert found is not None
    assert [(one.organisation.name, one.people, one.answered) for one in found.letters] == [
        ("Sở A", 1, 0), ("Sở C", 0, 0), ("Sở B", 1, 1),
    ]  # fmt: skip
    said = house.client.get(f"/don-doc/{made.public_id}/").content.decode()
    assert "Đã có lời báo: 1/3 việc." in said
    assert "1 cơ quan chưa có ai nhận" in said
    (listed,) = house.client.get("/don-doc/").context["rounds"]
    assert (listed.agencies, listed.lines, listed.answered, listed.nobody) == (3, 3, 1, 1)
    part = house.client.get(f"/don-doc/{made.public_id}/?agency={house.agencies[2].public_id}")
    assert [one.organisation.name for one in part.context["round"].letters] == ["Sở C"]


def test_an_agency_reads_its_own_part_and_nobody_else_reads_any():
    house = House()
    made = house.ask()
    page = signed_in(house.officers[0]).get(f"/don-doc/{made.public_id}/")
    assert [one.organisation.name for one in page.context["round"].letters] == ["Sở A"]
    assert "Sở B" not in page.content.decode()
    for person in (make_member(house.agencies[3], "head"), make_member(make_organisation(), "head")):
        assert signed_in(person).get(f"/don-doc/{made.public_id}/").status_code == 404
        assert made not in list(signed_in(person).get("/don-doc/").context["page_obj"])


def test_who_may_ask():
    house = House()
    for role in ("officer", "auditor", "administrator"):
        with pytest.raises(Refused):
            house.ask(make_actor(house.province, role))
        assert signed_in(make_member(house.province, role)).get(NEW, {"who": "late"}).status_code == 403
    for actor in (make_actor(make_organisation(), "head"), make_actor(house.agencies[0], "head")):
        with pytest.raises(Refused):  # nothing of theirs is among it
            house.ask(actor)
    assert not Chase.objects.exists()
    above = make_organisation("Chính phủ")
    house.province.parent, house.province.path = above, f"{above.path}{house.province.path}"
    house.province.save()
    recall.forget()
    assert house.ask(make_actor(above, "head")).lines.count() == 3


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"ask": []}, "Bạn chưa chọn cơ quan nào"),
        ({"words": " "}, "Bạn hãy viết lời mở đầu"),
        ({"answer_by": "2020-01-01"}, "Ngày trả lời đã qua"),
        ({"answer_by": "mai"}, "Ngày trả lời chưa đúng"),
        ({"answer_by": "2026-02-31"}, "Ngày trả lời chưa đúng"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(form: dict[str, Any], says: str) -> None:
    house = House()
    given = {"who": "late", "ask": [house.agencies[0].public_id], "words": "Lời riêng", "key": "k", **form}
    page = house.client.post(NEW, given)
    said = page.content.decode()
    assert (page.status_code, says in said, Chase.objects.count()) == (409, True, 0)
    assert (given["words"].strip() or "Lời mở đầu") in said


def test_the_day_of_the_answer_is_three_working_days_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    friday = timezone.make_aware(dt.datetime(2026, 11, 20, 9))
    monkeypatch.setattr(timezone, "now", lambda: friday)
    page = House().client.get(NEW, {"who": "late"})
    assert page.context["answer_by"] == "26/11/2026"  # 24 November is a holiday since 2026


def test_asking_many_takes_few_questions(django_assert_max_num_queries: Any) -> None:
    house = House()
    client = house.client
    client.get("/dieu-phoi/?tat-ca=")
    with django_assert_max_num_queries(14):
        client.get(NEW, {"who": "late"})


def test_the_notice_of_a_round_is_settled_by_the_last_answer():
    house = House()
    second = make_assignment(house.agencies[0], make_task(house.plan), due=house.today - dt.timedelta(days=1))
    house.rows.insert(0, second)
    house.ask()
    officer = Actor(house.officers[0].pk, house.agencies[0].pk, frozenset({"officer"}))
    told = Notice.objects.filter(person=house.officers[0], kind="followup.chase", settled_at=None)
    for row, left in ((second, 1), (house.rows[1], 0)):
        record_progress(
            officer, Assignment.objects.get(pk=row.pk), version=row.version, progress="in_progress", key="w"
        )
        assert told.count() == left
