"""Pages for what goes wrong: they say what happened and what to do."""

from __future__ import annotations

import re

import pytest
from django.template.loader import get_template, render_to_string
from tests.factories import make_member, make_organisation

BARE_WORDS = re.compile(r"\b(?:error|invalid|object|null|None|[45]\d\d)\b", re.IGNORECASE)


def said(html: str) -> str:
    """The words of the main part of a page."""
    main = re.search(r"<main.*?</main>", html, re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["400", "403", "404", "413"])
def test_a_problem_is_said_in_words_with_a_way_on(rf, page):
    html = render_to_string(f"{page}.html", {}, rf.get("/"))
    assert BARE_WORDS.findall(said(html)) == []
    assert html.count("<h1>") == 1
    assert 'href="/"' in html


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["400", "403", "404", "413"])
def test_the_reason_is_shown_and_escaped(rf, page):
    html = render_to_string(f"{page}.html", {"reason": "Tệp <b> quá lớn."}, rf.get("/"))
    assert "Tệp &lt;b&gt; quá lớn." in html


@pytest.mark.django_db
def test_an_address_that_does_not_exist(client, client_of):
    assert "Không có trang này" in client.get("/khong-co/").content.decode()
    html = client_of(make_member(make_organisation())).get("/khong-co/").content.decode()
    assert "Về bàn làm việc" in html


def test_the_page_for_a_breakdown_needs_nothing_and_speaks_both_languages():
    html = render_to_string("500.html")
    assert "Máy chủ gặp trục trặc" in html
    assert "The server ran into a problem." in html
    assert get_template("500.html").template.source == html  # served as it stands, without rendering
