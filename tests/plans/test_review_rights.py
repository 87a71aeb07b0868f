"""The review: who may, and what the others learn."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.factories import make_actor, make_member, make_organisation
from tests.plans.review_parts import unknown

from nhipcau.core.acts import Refused
from nhipcau.plans import actions
from nhipcau.plans.reviewing.decisions import ACCEPT, Decision

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_whoever_may_not_review_changes_nothing(reading, province, role):
    other = make_actor(province, role)
    with pytest.raises(Refused):
        actions.settle_doubt(other, reading, unknown(reading).position, Decision(ACCEPT))
    with pytest.raises(Refused):
        actions.change_value(other, reading, "/tasks/0/text", "x")


URLS = [
    ("get", "review", ()), ("post", "settle_doubt", (1,)), ("post", "undo_doubt", ()), ("post", "edit_value", ()),
    ("get", "match_agency", ()), ("post", "match_agency", ()), ("get", "confirm_reading", ()),
    ("post", "confirm_reading", ()), ("get", "reading_progress", ()), ("get", "reading_file", ()),
    ("post", "reading_again", ()), ("post", "reading_cancel", ()), ("post", "reading_discard", ()),
    ("post", "reading_password", ()),
]  # fmt: skip


@pytest.mark.parametrize(("method", "name", "more"), URLS)
def test_a_stranger_is_sent_to_sign_in(client, reading, method, name, more):
    url = reverse(name, args=[reading.public_id, *more])
    answer = getattr(client, method)(url)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize(("method", "name", "more"), URLS)
def test_another_organisation_learns_nothing(client_of, reading, method, name, more):
    stranger = make_member(make_organisation("Ủy ban nhân dân tỉnh Khác"), "head", "coordinator", "officer", "auditor")
    assert getattr(client_of(stranger), method)(reverse(name, args=[reading.public_id, *more])).status_code == 404


@pytest.mark.parametrize(
    ("method", "name", "more"),
    [
        url
        for url in URLS
        if url[1] not in ("review", "reading_progress", "reading_file") and url[1] != "reading_password"
    ],
)
def test_the_wrong_role_is_refused_with_a_reason(client_of, reading, province, method, name, more):
    auditor = make_member(province, "auditor")
    answer = getattr(client_of(auditor), method)(reverse(name, args=[reading.public_id, *more]))
    assert answer.status_code == 403


def test_an_auditor_reads_the_review_without_any_button(client_of, reading, province):
    page = client_of(make_member(province, "auditor")).get(reverse("review", args=[reading.public_id]))
    assert page.status_code == 200
    assert "data-accept" not in page.content.decode()
