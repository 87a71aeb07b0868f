"""The audit trail as auditors read, export and verify it."""

from __future__ import annotations

import csv
import io
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.urls import reverse
from tests.factories import make_actor, make_assignment, make_member, make_organisation

from nhipcau.core import acts, rooms
from nhipcau.core.models import AuditChain, TrailCheck
from nhipcau.core.worker import run_due_jobs
from nhipcau.followup.actions import record_progress
from nhipcau.organisations.actions import add_group

pytestmark = pytest.mark.django_db


def house_with_acts():
    """A province with a department: one act in each."""
    province = make_organisation("Ủy ban nhân dân tỉnh Hòa An", kind="committee")
    department = make_organisation("Sở Tư pháp", parent=province)
    add_group(make_actor(province, "administrator"), province, name="Các sở, ban, ngành")
    record_progress(make_actor(department), make_assignment(department), version=1, progress="done", key="k")
    return province, department


def rows(client, **asked) -> list[dict[str, str]]:
    answer = client.get(reverse("export_trail"), asked)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_every_act_has_its_words():
    for room in rooms.rooms():
        for part in ("actions", "urls"):  # with them every act is declared
            if find_spec(f"{room.name}.{part}") is not None:
                import_module(f"{room.name}.{part}")
    assert {name for name in acts.known() if not name.startswith("tests.")} == set(rooms.act_names())


def test_an_auditor_reads_who_did_what_about_what(client):
    province, department = house_with_acts()
    client.force_login(make_member(department, "auditor"))
    (row,) = rows(client)
    assert (row["Việc"], row["Cơ quan"], row["Người"]) == ("ghi tiến độ", "Sở Tư pháp", "Nguyễn Văn An")
    assert row["Về"].startswith("Sở Tư pháp: III.1.1")
    page = client.get(reverse("trail")).content.decode()
    assert page.count(">ghi tiến độ<") == 2  # the row, and the choice of the filter
    assert page.count("Tỉnh") == 0


def test_an_auditor_above_reads_those_below_when_asked(client):
    province, department = house_with_acts()
    client.force_login(make_member(province, "auditor"))
    assert [row["Việc"] for row in rows(client)] == ["thêm nhóm cơ quan"]
    assert [row["Việc"] for row in rows(client, **{"cap-duoi": "1"})] == ["ghi tiến độ", "thêm nhóm cơ quan"]
    assert [row["Việc"] for row in rows(client, **{"co-quan": department.public_id})] == ["ghi tiến độ"]
    assert rows(client, **{"cap-duoi": "1", "viec": "plans.confirm"}) == []
    assert rows(client, **{"cap-duoi": "1", "den": "01/01/2020"}) == []
    assert len(rows(client, **{"cap-duoi": "1", "nguoi": "văn an"})) == 2


def test_nobody_else_reads_it(client):
    province, department = house_with_acts()
    for member in (make_member(province, "head", "administrator"), make_member(make_organisation(), "auditor")):
        client.force_login(member)
        assert client.get(reverse("trail"), {"co-quan": department.public_id}).status_code == 403
    client.force_login(make_member(department, "auditor"))
    assert client.get(reverse("trail"), {"co-quan": province.public_id}).status_code == 403


def test_the_chain_is_walked_on_demand_and_a_break_is_shown(client):
    _province, department = house_with_acts()
    client.force_login(make_member(department, "auditor"))
    client.post(reverse("verify_trail"), {"co-quan": department.public_id})
    run_due_jobs()
    check = TrailCheck.objects.filter(organisation_id=department.pk).latest("pk")
    assert (check.length, check.breaks) == (1, [])
    assert client.get(reverse("trail")).content.decode().count("Chuỗi nguyên vẹn") == 1
    AuditChain.objects.filter(organisation_id=department.pk).update(last_seq=2)
    client.post(reverse("verify_trail"), {"co-quan": department.public_id})
    run_due_jobs()
    page = client.get(reverse("trail")).content.decode()
    assert (page.count("Chuỗi bị đứt"), page.count("chain&#x27;s end is missing")) == (1, 1)


def test_the_page_asks_few_questions(client, django_assert_max_num_queries):
    _province, department = house_with_acts()
    assignment = make_assignment(department)
    actor = make_actor(department)
    for number in range(1, 21):
        record_progress(actor, assignment, version=number, progress="in_progress", key=str(number))
    client.force_login(make_member(department, "auditor"))
    with django_assert_max_num_queries(20):
        client.get(reverse("trail"))
