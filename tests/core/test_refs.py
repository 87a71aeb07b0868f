"""Things of any room by kind and public id: shown to who may see them, chosen by their words."""

from __future__ import annotations

import pytest
from tests.factories import make_actor, make_organisation, make_plan, make_task

from nhipcau.core import refs
from nhipcau.core.acts import STRANGER
from nhipcau.core.refs import Ref

pytestmark = pytest.mark.django_db


def test_a_thing_is_written_and_read_back():
    assert Ref.of(str(Ref("plans.task", "4c2x"))) == Ref("plans.task", "4c2x")
    for wrong in ("", "plans.task", "plans.task:", "a:b", "plans.task:" + "x" * 60, "PLANS.Task:a", "plans.task:a b"):
        assert Ref.of(wrong) is None


def test_each_reader_sees_what_he_may(django_assert_max_num_queries):
    office = make_organisation("Sở A")
    plan = make_plan(office, "12/KH-STP")
    tasks = [make_task(plan, f"Việc số {n}") for n in range(20)]
    kinds = [Ref("plans.plan", plan.public_id), Ref("documents.document", plan.document.public_id)]
    wanted = [*kinds, *(Ref("plans.task", task.public_id) for task in tasks), Ref("khong.co", "x")]
    officer, outsider = make_actor(office), make_actor(make_organisation("Sở khác"))
    with django_assert_max_num_queries(14):
        found = refs.shown(officer, wanted)
    assert [found[ref].title for ref in wanted[:3]] == ["12/KH-STP", "Kế hoạch 12/KH-STP", "Việc số 0"]
    assert [found[ref].is_hidden for ref in wanted] == [False] * 22 + [True]
    for actor in (outsider, STRANGER):
        assert {one.title for one in refs.shown(actor, wanted).values()} == {
            "một tài liệu trong hệ thống (bạn không có quyền xem)"
        }
    assert refs.seen(officer, str(kinds[0])) == found[kinds[0]]
    assert refs.seen(outsider, str(kinds[0])) is None


def test_things_are_found_by_their_words():
    office = make_organisation("Sở A")
    plan = make_plan(office, "12/KH-STP", title="Truyền thông về chuyển đổi số")
    task = make_task(plan, "Tập huấn chuyển đổi số")
    found = refs.choices(make_actor(office), "chuyen doi so")
    assert {thing.ref for _label, things in found for thing in things} == {
        Ref("plans.task", task.public_id),
        Ref("plans.plan", plan.public_id),
        Ref("documents.document", plan.document.public_id),
    }
    assert refs.choices(make_actor(make_organisation("Sở khác")), "chuyen doi so") == []
    assert refs.choices(make_actor(office), " ") == []
