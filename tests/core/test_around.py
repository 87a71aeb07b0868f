"""What stands around every page is drawn once, and still says who is signed in, where, and what waits."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.factories import make_member, make_organisation, make_user

from nhipcau.core import notices

pytestmark = pytest.mark.django_db
ADDRESS = "/tuy-chon/"


def around(browser: Client, address: str = ADDRESS) -> str:
    """The masthead and the foot of a page."""
    return "".join(re.findall(r"<header.*?</header>|<footer.*?</footer>", browser.get(address).content.decode(), re.S))


def without_token(html: str) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", html)


def test_two_people_of_an_organisation_each_read_their_own_name(client_of):
    office = make_organisation("Sở Tư pháp")
    first, second = (client_of(make_member(office, user=make_user(name))) for name in ("Lê <b>An</b>", "Trần Bình"))
    shown = [around(first), around(second), around(first)]
    assert ["Lê &lt;b&gt;An&lt;/b&gt;" in html for html in shown] == [True, False, True]
    assert ["Trần Bình" in html for html in shown] == [False, True, False]
    assert without_token(shown[0]) == without_token(shown[2])


def test_every_form_around_a_page_has_the_token_of_its_reader(client_of):
    office = make_organisation("Sở Tư pháp")
    for browser in (client_of(make_member(office)), client_of(make_member(office))):
        page = browser.get(ADDRESS)
        tokens = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
        assert set(tokens) == {str(page.context["csrf_token"])}
        browser.handler.enforce_csrf_checks = True
        sent = browser.post("/ngon-ngu/", {"csrfmiddlewaretoken": tokens[-1], "language": "en", "next": ADDRESS})
        assert sent.status_code == 302


def test_notices_language_colours_and_roles_show_at_once(client_of):
    office = make_organisation("Sở Tư pháp")
    person = make_member(office)
    browser = client_of(person)
    assert "chưa đọc" not in around(browser)
    notices.note([person.pk], "test", "Có tin")
    assert "1 thông báo chưa đọc" in around(browser)
    person.theme, person.language = "dark", "en"
    person.save()
    assert 'value="light"' in around(browser)
    assert "Tiếng Việt" in around(browser)
    assert "/he-thong/" not in around(browser)
    make_member(office, "administrator", user=person)
    assert "/he-thong/" in around(browser)


def test_who_acts_for_several_reads_in_whose_name(client_of):
    first, second = make_organisation("Sở Tư pháp"), make_organisation("Sở Y tế")
    person = make_member(second, user=make_member(first))
    browser = client_of(person)
    assert 'aria-current="true">Sở Tư pháp' in around(browser)
    browser.post("/co-quan/chon/", {"organisation": second.public_id, "next": ADDRESS})
    assert 'aria-current="true">Sở Y tế' in around(browser)


def test_the_forms_lead_back_to_the_page_they_stand_on(client_of):
    browser = client_of(make_member(make_organisation("Sở Tư pháp")))
    address = '/tim/?q="><script>'
    assert around(browser, address).count('value="/tim/?q=%22%3E%3Cscript%3E"') == 2
    assert around(browser).count('value="/tuy-chon/"') == 2
