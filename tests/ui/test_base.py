"""What every page has: language, theme, menu, a way round for keyboards; and how heavy a public page is."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from tests.factories import make_member, make_organisation, make_user

from nhipcau.core.models import Notice

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def test_the_first_visit_lays_no_cookie(client):
    response = client.get("/")
    assert response.status_code == 200
    assert response.cookies == {}


def test_nothing_is_inline(client):
    html = text(client.get("/"))
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html) == []


def test_a_page_is_vietnamese_until_someone_chooses(client):
    assert '<html lang="vi">' in text(client.get("/", headers={"accept-language": "en-US"}))
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    assert '<html lang="en">' in text(client.get("/"))


def test_the_chosen_theme_is_on_the_page(client):
    client.post("/giao-dien/", {"theme": "dark", "next": "/"})
    assert 'data-theme="dark"' in text(client.get("/"))


def test_one_heading_and_a_way_past_the_menu(client):
    html = text(client.get("/"))
    assert html.count("<h1") == 1
    assert re.search(r'class="skip" href="#([^"]+)"', html)[1] in re.findall(r'<main id="([^"]+)"', html)


def test_a_stranger_is_shown_the_door_and_no_menu(client):
    html = text(client.get("/"))
    assert 'href="/tai-khoan/dang-nhap/"' in html
    assert 'class="nav"' not in html


def test_an_officer_has_the_menu_with_the_current_entry_marked(client_of):
    html = text(client_of(make_member(make_organisation())).get("/ban-lam-viec/"))
    assert len(re.findall(r'href="/ban-lam-viec/" aria-current="page"', html)) == 1
    assert "Bàn làm việc" in html


def test_waiting_notices_are_counted(client_of):
    person = make_member(make_organisation())
    for number in range(2):
        Notice.objects.create(person=person, kind="test", text=f"Việc {number}")
    assert "2 thông báo chưa đọc" in text(client_of(person).get("/ban-lam-viec/"))


def test_who_acts_for_several_organisations_can_choose(client_of):
    first, second = make_organisation("Sở Tư pháp"), make_organisation("Sở Nội vụ")
    person = make_member(first)
    make_member(second, user=person)
    html = text(client_of(person).get("/ban-lam-viec/"))
    assert set(re.findall(r'name="organisation" value="([^"]+)"', html)) == {first.public_id, second.public_id}
    assert f'value="{first.public_id}" aria-current="true"' in html


def test_who_acts_for_one_organisation_is_not_asked(client_of):
    assert 'name="organisation"' not in text(client_of(make_member(make_organisation())).get("/ban-lam-viec/"))


def test_an_account_without_a_role_reads_whom_to_ask(client_of):
    response = client_of(make_user("Trần Thị Bình")).get("/ban-lam-viec/")
    assert response.status_code == 403
    assert "Bạn chưa thuộc cơ quan nào" in text(response)


def test_a_public_page_weighs_less_than_100_kb_as_it_travels(client):
    call_command("build_assets", verbosity=0)
    html = text(client.get("/"))
    paths = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"', html)
    weight = len(gzip.compress(html.encode()))
    for path in paths:
        content = Path(finders.find(path)).read_bytes()
        weight += len(gzip.compress(content))
        for font in re.findall(rb'url\("(fonts/[^"]+)"\)', content):
            weight += Path(finders.find(f"core/{font.decode()}")).stat().st_size
    assert len(paths) > 5
    assert weight < 100_000
