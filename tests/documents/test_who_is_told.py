"""What a plan tells of a document is told to those who may read the plan, wherever the document is shown."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from tests.factories import PLAN_LINES, make_actor, make_member, make_organisation, make_province, make_reading

from nhipcau.core import rooms
from nhipcau.core.actors import STRANGER
from nhipcau.documents import queries
from nhipcau.documents.models import Document
from nhipcau.organisations.models import Organisation
from nhipcau.plans import actions
from nhipcau.plans.actions.publishing import publish_plan, withdraw_plan
from nhipcau.plans.models import Plan

pytestmark = pytest.mark.django_db

ADDRESS = "407-qd-ttg-2022"
TITLE = "Phê duyệt Đề án Ngọc Lam"  # only the first plan tells it
FULL = f"Căn cứ Quyết định số 407/QĐ-TTg ngày 30/3/2022 của Thủ tướng Chính phủ {TITLE[0].lower()}{TITLE[1:]};"
BARE = "Căn cứ Quyết định số 407/QĐ-TTg;"


def plan_of(organisation: Organisation, citing: str, symbol: str) -> Plan:
    lines = [citing if line.startswith("Căn cứ") else line for line in PLAN_LINES]
    lines = [line.replace("15/KH-UBND", symbol) for line in lines]
    actor = make_actor(organisation, "head")
    return actions.confirm_reading(actor, make_reading(actor, "\n".join(lines)))


@pytest.fixture
def province() -> Organisation:
    return make_province()


@pytest.fixture
def telling(province) -> Plan:
    """A plan that is not public and tells what the document is about."""
    return plan_of(province, FULL, "15/KH-UBND")


@pytest.fixture
def other(telling) -> Organisation:
    """Another organisation, whose public plan cites the same document by its symbol alone."""
    organisation = make_organisation("Ủy ban nhân dân tỉnh Khác", kind="committee")
    publish_plan(make_actor(organisation, "head"), plan_of(organisation, BARE, "16/KH-UBND"))
    assert Document.objects.filter(symbol="407/QĐ-TTg").count() == 1
    return organisation


def everything(browser: Client) -> str:
    """All pages on which the document could be shown."""
    slugs = Plan.objects.values_list("slug", flat=True)
    addresses = ["/van-ban/", f"/van-ban/{ADDRESS}/", "/tim/?q=407", "/", *(f"/ke-hoach/{slug}/" for slug in slugs)]
    addresses += [f"/api/v1/plans/{slug}" for slug in slugs]
    return "".join(browser.get(address).content.decode() for address in addresses)


def found_by(actor, words: str) -> list[str]:
    readable = queries.readable_texts(actor)
    return list(queries.library(readable, q=words).values_list("slug", flat=True))


def test_whose_plan_tells_it_sees_it_everywhere(client_of, province, telling, other):
    browser = client_of(make_member(province))
    page = browser.get(f"/van-ban/{ADDRESS}/").content.decode()
    assert (TITLE in page, "30/03/2022" in page) == (True, True)
    assert TITLE in browser.get("/van-ban/").content.decode()
    assert TITLE in browser.get(f"/ke-hoach/{telling.slug}/").content.decode()
    actor = make_actor(province)
    assert (found_by(actor, "ngoc lam"), found_by(actor, "ngoc 407")) == ([ADDRESS], [ADDRESS])
    assert ADDRESS in [d.slug for d in queries.library(queries.readable_texts(actor), year=2022)]
    assert 2022 in queries.choices(queries.readable_texts(actor))[1]
    assert [hit.detail for _label, hits in rooms.findings(actor, "ngoc lam", 5) for hit in hits] == [TITLE]


def test_others_who_cite_the_document_do_not_learn_it(client, client_of, other):
    for browser in (client, client_of(make_member(other))):
        shown = everything(browser)
        assert ("407/QĐ-TTg" in shown, "Ngọc Lam" in shown, "30/03/2022" in shown, "2022-03-30" in shown) == (
            True, False, False, False
        )  # fmt: skip
    for actor in (STRANGER, make_actor(other)):
        assert (found_by(actor, "407"), found_by(actor, "ngoc lam")) == ([ADDRESS], [])
        assert rooms.findings(actor, "ngoc lam", 5) == []
        assert 2022 not in queries.choices(queries.readable_texts(actor))[1]


def test_everyone_learns_it_while_the_plan_is_public(client, province, telling, other):
    head = make_actor(province, "head")
    seen = []
    for act in (publish_plan, withdraw_plan, publish_plan):
        act(head, telling)
        seen.append((TITLE in client.get(f"/van-ban/{ADDRESS}/").content.decode(), found_by(STRANGER, "ngoc lam")))
    assert seen == [(True, [ADDRESS]), (False, []), (True, [ADDRESS])]


def test_a_new_version_of_a_public_plan_tells_what_it_says_now(client, province, telling, other):
    publish_plan(make_actor(province, "head"), telling)
    plan_of(province, FULL.replace("Ngọc Lam", "Ngọc Bích").replace("ngọc Lam", "Ngọc Bích"), "15/KH-UBND")
    telling.refresh_from_db()
    page = client.get(f"/van-ban/{ADDRESS}/").content.decode()
    assert (telling.version, "Ngọc Bích" in page, "Ngọc Lam" in page) == (2, True, False)


def test_the_plan_itself_is_such_a_document(client, client_of, province, telling):
    """Whoever cites a plan by its number does not learn its title and day from it."""
    citing = plan_of(make_organisation("Ủy ban nhân dân tỉnh Khác", kind="committee"), BARE, "16/KH-UBND")
    document = telling.document
    assert (document.title, document.date) == ("", None)
    page = client_of(make_member(province)).get(f"/van-ban/{document.slug}/").content.decode()
    assert ("Truyền thông chính sách trên địa bàn tỉnh Hòa An" in page, "12/02/2024" in page) == (True, True)
    assert citing.document != document


def test_the_day_of_a_text_that_cites_is_shown_to_its_readers(client_of, province, telling):
    page = client_of(make_member(province)).get(f"/van-ban/{ADDRESS}/").content.decode()
    assert "ngày 12/02/2024" in page
    assert telling.date == dt.date(2024, 2, 12)
