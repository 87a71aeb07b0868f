"""A list comes back as its reader left it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails
from tests.factories import make_user

from nhipcau.core import remembered
from nhipcau.core.models import User

pytestmark = pytest.mark.django_db
LIST = "/so-nhiem-vu/"


def ask(person: Any, query: str = "", *, method: str = "get", name: str = "plans.register", **headers: str) -> str:
    """Where the list sends this person on who asks for it with this query; each request reads the person anew."""
    request = getattr(RequestFactory(), method)(f"{LIST}{query}", headers=headers)
    request.user = User.objects.get(pk=person.pk) if person.pk else person
    request.htmx = HtmxDetails(request)
    return remembered.address(request, name, "" if query == remembered.EVERYTHING else query)


def test_the_plain_address_leads_to_the_filter_of_last_time() -> None:
    an = make_user()
    assert ask(an) == ""
    assert ask(an, "?plan=08-kh&role=lead") == ""
    assert ask(an) == "/so-nhiem-vu/?plan=08-kh&role=lead"
    assert ask(an, "?time=soon") == ""
    assert ask(an) == "/so-nhiem-vu/?time=soon"


def test_who_asks_for_everything_gets_it_and_keeps_it() -> None:
    an = make_user()
    ask(an, "?time=soon")
    assert ask(an, remembered.EVERYTHING) == ""
    assert ask(an) == ""


def test_what_is_chosen_while_typing_counts_and_going_back_does_not() -> None:
    an = make_user()
    ask(an, "?time=soon", **{"HX-Request": "true"})
    assert ask(an, **{"HX-Request": "true", "HX-History-Restore-Request": "true"}) == ""
    assert ask(an) == "/so-nhiem-vu/?time=soon"
    assert ask(an, **{"HX-Request": "true"}) == ""  # the last filter was taken off
    assert ask(an) == ""


def test_each_person_and_each_list_has_its_own() -> None:
    an, binh = make_user(), make_user()
    ask(an, "?time=soon")
    ask(an, "?holding=held", name="documents.list")
    assert [ask(binh), ask(an), ask(an, name="documents.list")] == [
        "",
        "/so-nhiem-vu/?time=soon",
        "/so-nhiem-vu/?holding=held",
    ]


def test_a_stranger_is_not_remembered() -> None:
    stranger = AnonymousUser()
    assert [ask(stranger, "?time=soon"), ask(stranger)] == ["", ""]


def test_the_same_filter_again_writes_nothing(django_assert_num_queries: Any) -> None:
    an = make_user()
    ask(an, "?time=soon")
    with django_assert_num_queries(1):  # that is reading the person, which every request does
        ask(an, "?time=soon")


def test_the_person_does_not_grow_without_end() -> None:
    an = make_user()
    for number in range(50):
        ask(an, "?time=soon", name=f"list-{number}")
    ask(an, f"?q={'x' * 600}", name="list-49")
    an.refresh_from_db()
    assert (len(an.remembered), an.remembered.get("list-49")) == (29, None)


@pytest.mark.parametrize("kept", ["//evil.vn", "?", "?=", 7, None, {"a": 1}])
def test_what_is_no_filter_leads_nowhere(kept: Any) -> None:
    an = make_user()
    an.remembered = {"plans.register": kept}
    an.save()
    assert ask(an) == ""
