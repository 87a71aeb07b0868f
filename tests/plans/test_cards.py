"""What the first pages and the search over everything show of plans."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from tests.factories import (
    make_actor,
    make_agency_group,
    make_document,
    make_member,
    make_organisation,
    make_plan,
    make_task,
    make_text,
)

from nhipcau.core import rooms
from nhipcau.core.acts import STRANGER
from nhipcau.plans.models import Doubt, Reading
from nhipcau.plans.queries.cards import plans_card, public_part, waiting_card, work_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_organisation("Ủy ban nhân dân tỉnh A", kind="committee")


@pytest.fixture
def justice(province):
    return make_organisation("Sở Tư pháp", province)


def ahead(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def make_waiting(organisation, name: str) -> Reading:
    text = make_text(organisation)
    return Reading.objects.create(
        organisation=organisation, person_id=1, file=text.file, name=name, text=text, state="review"
    )


def test_what_waits_for_my_organisation_with_its_points(province, justice):
    reading = make_waiting(province, "ke-hoach.pdf")
    reading.current = {"header": {"symbol": "08/KH-UBND", "title": None}}
    reading.save()
    make_waiting(justice, "cua-so.pdf")
    for position, state in enumerate(("open", "accepted")):
        Doubt.objects.create(
            reading=reading, position=position, stop=position, kind="word", where="/", confidence=0.5, state=state
        )
    card = waiting_card(make_actor(province))
    assert card is not None
    assert [(waiting.symbol, waiting.title, waiting.left) for waiting in card["readings"]] == [("08/KH-UBND", None, 1)]


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_who_does_not_review_is_not_asked_to(province, role):
    make_waiting(province, "ke-hoach.pdf")
    assert waiting_card(make_actor(province, role)) is None


def groups(card) -> dict[str, list[str]]:
    return {group["name"]: [row.text for row in group["rows"]] for group in card["groups"]}


def test_my_work_by_its_date(province, justice):
    plan = make_plan(province)
    make_task(plan, "sau", coordinating=[justice], due=ahead(40))
    make_task(plan, "gần", lead=[make_agency_group(province)], due=ahead(2))
    make_task(plan, "không ngày", lead=[justice])
    make_task(plan, "người khác", lead=["Sở Y tế"], due=ahead(-1))
    for days in (9, 4, 1, 2):
        make_task(plan, f"qua {days} ngày", lead=[justice], due=ahead(-days))
    card = work_card(make_actor(justice))
    assert card is not None
    assert groups(card) == {
        "past": ["qua 1 ngày", "qua 2 ngày", "qua 4 ngày"],
        "soon": ["gần"],
        "later": ["sau", "không ngày"],
    }
    assert [group["count"] for group in card["groups"]] == [4, 1, 0]
    assert (card["count"], card["others"]["count"], card["others"]["past"]) == (7, 8, 5)


def test_the_counts_of_my_work_open_to_as_many_rows(province, justice, client_of):
    plan = make_plan(province)
    for number in range(5):
        make_task(plan, f"Việc {number}", lead=[justice], due=ahead(-number - 1))
    make_task(plan, "Việc sau", coordinating=[justice], due=ahead(3))
    actor, browser = make_actor(justice), client_of(make_member(justice))
    card = work_card(actor)
    assert card is not None
    shown = {
        group["name"]: (group["count"], browser.get(group["url"]).context["count"]) for group in card["groups"][:2]
    }
    assert shown == {"past": (5, 5), "soon": (1, 1)}
    assert (browser.get(card["url"]).context["count"], browser.get(card["lead_url"]).context["count"]) == (6, 5)


def test_who_is_named_nowhere_sees_all_that_they_may(province):
    plan = make_plan(province)
    make_task(plan, "xa", due=ahead(30))
    make_task(plan, "gần", due=ahead(3))
    make_task(plan, "qua", due=ahead(-3))
    card = work_card(make_actor(province))
    assert card is not None
    assert (card["is_mine"], card["others"]) == (False, None)
    assert groups(card) == {"past": ["qua"], "soon": ["gần"], "later": ["xa"]}


def test_the_plans_of_my_organisation_with_their_counts(province, justice):
    old, new = make_plan(province, date=dt.date(2023, 1, 1)), make_plan(province, date=dt.date(2024, 1, 1))
    make_task(old, "cũ", doubtful=True)
    make_task(new, "mới", lead=[justice])
    card = plans_card(make_actor(province))
    assert card is not None
    assert [(plan.pk, plan.task_count, plan.doubt_count) for plan in card["plans"]] == [(new.pk, 1, 0), (old.pk, 1, 1)]
    theirs = plans_card(make_actor(justice))
    assert theirs is not None
    assert ([plan.pk for plan in theirs["plans"]], theirs["is_own"]) == ([new.pk], False)


def test_nothing_to_show_is_no_card(province):
    actor = make_actor(province)
    assert [waiting_card(actor), work_card(actor), plans_card(actor), public_part()] == [None] * 4


def test_the_public_part_holds_published_plans_with_their_sections(province, justice):
    public, private = make_plan(province, is_public=True), make_plan(province)
    make_task(public, "Một", lead=[justice], group="Nguồn lực", code="III.6.a")
    make_task(public, "Hai", lead=[justice], group="Nguồn lực", code="III.6.b", doubtful=True)
    make_task(private, "Kín", lead=[justice])
    part = public_part()
    assert part is not None
    assert (part["count"], part["tasks"]) == (1, 2)
    section = part["plans"][0]["sections"][0]
    assert (section.title, section.code, section.leads, len(section.rows)) == ("Nguồn lực", "III.6", "Sở Tư pháp", 2)
    assert section.state[0] == "going"


def test_the_front_page_shows_it_to_strangers(client, province):
    plan = make_plan(province, "08/KH-UBND", is_public=True)
    make_task(plan, group="Nguồn lực")
    page = client.get("/").content.decode()
    assert (f"/ke-hoach/{plan.slug}/" in page, "Nguồn lực" in page) == (True, True)


def test_search_finds_tasks_and_plans_that_the_actor_may_see(province, justice):
    plan = make_plan(province, "08/KH-UBND", title="Ngân sách truyền thông")
    task = make_task(plan, "Bố trí ngân sách", lead=[justice])
    found = {
        str(label): [hit.url for hit in hits] for label, hits in rooms.findings(make_actor(justice), "ngan sach", 5)
    }
    assert found["Nhiệm vụ"] == [f"/nhiem-vu/{task.public_id}/"]
    assert found["Kế hoạch"] == [f"/ke-hoach/{plan.slug}/"]
    assert rooms.findings(STRANGER, "ngan sach", 5) == []


def test_the_page_of_a_document_leads_to_its_plan(province):
    plan = make_plan(province)
    make_task(plan)
    actor, other = make_actor(province), make_actor(make_organisation())
    assert [len(rooms.panels("documents.document", who, plan.document)) for who in (actor, other)] == [1, 0]
    assert rooms.panels("documents.document", actor, make_document()) == []


def test_the_first_page_takes_few_queries(province, justice, client_of, django_assert_max_num_queries):
    for n in range(8):
        make_task(make_plan(province), f"Việc {n}", lead=[justice], due=ahead(n))
    browser = client_of(make_member(justice))
    with django_assert_max_num_queries(17):  # one of them asks whether a report is due
        assert browser.get("/ban-lam-viec/").status_code == 200
