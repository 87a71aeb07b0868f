"""A word on progress leaves what other organisations recall of their own work; where it does change that, it says so."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import make_actor, make_assignment, make_member, make_organisation, make_plan, make_task

from nhipcau.core.models import AuditChain
from nhipcau.followup.actions import chase, record_progress, take_back_note
from nhipcau.followup.models import Assignment, Taken

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/viec-cua-toi/"


@pytest.fixture
def house():
    """A province, two of its departments with the same task, and what each of the three has to do."""
    province = make_organisation("UBND tỉnh", kind="committee")
    offices = [make_organisation(name, parent=province) for name in ("Sở Tư pháp", "Sở Y tế")]
    task = make_task(make_plan(province), "Lập danh mục", lead=offices)
    return province, offices, [make_assignment(office, task) for office in offices]


def far_acts() -> int:
    return sum(AuditChain.objects.values_list("far_seq", flat=True))


def word(assignment: Assignment, text: str = "Đã họp", **said):
    row = Assignment.objects.get(pk=assignment.pk)
    said = {"version": row.version, "progress": "in_progress", "text": text, "key": text, **said}
    return record_progress(make_actor(row.organisation), row, **said)


def queries(browser) -> int:
    with CaptureQueriesContext(connection) as asked:
        browser.get(ADDRESS)
    return len(asked)


def test_ones_own_word_shows_at_once_and_anothers_costs_nothing(house, client_of):
    _province, (office, _other), (own, others) = house
    browser = client_of(make_member(office))
    browser.get(ADDRESS)
    word(own, "Đã gửi công văn")
    assert "Đã gửi công văn" in browser.get(ADDRESS).content.decode()
    warm = queries(browser)
    word(others)
    assert queries(browser) == warm
    word(own)
    assert queries(browser) > warm


def test_a_word_and_taking_it_back_stay_near(house):
    _province, _offices, (own, _others) = house
    before = far_acts()
    actor = make_actor(own.organisation)
    take_back_note(actor, record_progress(actor, own, version=own.version, progress="done", key="a"))
    assert far_acts() == before


def test_a_word_on_work_that_a_higher_plan_counts_reaches_far(house, client_of):
    province, _offices, (own, _others) = house
    above = make_organisation("Trung ương", kind="committee")
    higher = make_task(make_plan(above), "Việc trên", lead=[province])
    make_assignment(province, higher, below=2)
    plan = make_plan(province)
    lower = [make_task(plan, text, lead=[own.organisation]) for text in ("Việc dưới", "Việc dưới nữa")]
    Taken.objects.bulk_create(Taken(higher=higher, lower=task, kind="kept") for task in lower)
    work = [make_assignment(own.organisation, task) for task in lower]
    browser = client_of(make_member(province))
    assert "cấp dưới xong 0/2" in browser.get(ADDRESS).content.decode()
    word(work[0], progress="done")
    assert "cấp dưới xong 1/2" in browser.get(ADDRESS).content.decode()


def test_who_follows_up_sees_every_word_at_once(house, client_of):
    province, _offices, (own, _others) = house
    head = client_of(make_member(province, "head"))
    address = "/dieu-phoi/viec/?state=new_word"
    assert own.task.text not in head.get(address).content.decode()
    word(own)
    assert own.task.text in head.get(address).content.decode()


def test_being_chased_shows_at_once_where_one_is_asked(house, client_of):
    province, (office, _other), (own, _others) = house
    browser = client_of(make_member(office))
    assert "Cơ quan bạn được đôn đốc" not in browser.get(ADDRESS).content.decode()
    chase(make_actor(province, "coordinator"), [own.pk], words="Đề nghị báo", key="k")
    assert "Cơ quan bạn được đôn đốc" in browser.get(ADDRESS).content.decode()
    word(own)
    assert "Cơ quan bạn được đôn đốc" not in browser.get(ADDRESS).content.decode()
