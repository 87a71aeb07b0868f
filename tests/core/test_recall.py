"""What is kept between requests: forgotten with the next act, never kept from inside a transaction."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction
from tests.factories import make_actor, make_member, make_organisation, make_plan, make_task

from nhipcau.core import recall
from nhipcau.core.acts import Refused, act
from nhipcau.core.once import one_request
from nhipcau.core.recall import recalled
from nhipcau.organisations.models import Organisation
from nhipcau.plans.actions.publishing import publish_plan, withdraw_plan

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def counter():
    """A question that is answered with how often it was asked in earnest."""
    asked: list[int] = []

    def ask(key="question", near=recall.EVERYBODY) -> int:
        return recalled(key, lambda: asked.append(1) or len(asked), near=near)

    return ask


@pytest.fixture
def head():
    return make_actor(make_organisation(kind="committee"), "head")


@pytest.fixture
def plan(head):
    made = make_plan(Organisation.objects.get(pk=head.organisation_id))
    make_task(made, "Việc kín", lead=[make_organisation("Sở Tư pháp")])
    return made


def test_the_same_question_is_asked_once_and_another_one_anew(counter):
    assert [counter(), counter(), counter("another"), counter()] == [1, 1, 2, 1]


def test_an_act_makes_all_forgotten(counter, head, plan):
    counter()
    publish_plan(head, plan)
    assert counter() == 2


def test_an_act_within_the_request_counts_at_once(counter, head, plan):
    with one_request():
        counter()
        publish_plan(head, plan)
        assert counter() == 2


def test_a_refused_act_changes_nothing(counter, head, plan):
    counter()
    with pytest.raises(Refused):
        publish_plan(make_actor(make_organisation(), "officer"), plan)
    assert counter() == 1


def test_what_a_transaction_sees_is_not_kept(counter):
    with transaction.atomic():
        counter()
    assert [counter(), counter()] == [2, 2]


def test_it_does_not_last_for_ever(counter, monkeypatch):
    counter()
    monkeypatch.setattr(recall, "LONGEST", 0.0)
    assert counter() == 2


def test_no_more_is_kept_than_there_is_room_for(counter, monkeypatch):
    monkeypatch.setattr(recall, "MOST", 2)
    assert [counter(key) for key in ("a", "b", "c", "b", "a")] == [1, 2, 3, 2, 4]


def test_a_plan_that_is_withdrawn_is_gone_from_the_register_at_once(head, plan, client_of):
    browser = client_of(make_member(make_organisation("Nơi khác")))

    def is_there() -> bool:
        return "Việc kín" in browser.get("/so-nhiem-vu/?q=viec+kin").content.decode()

    seen = [is_there()]
    for change in (publish_plan, withdraw_plan):
        change(head, plan)
        seen.append(is_there())
    assert seen == [False, True, False]


def test_several_who_ask_the_same_at_once_wait_for_one_answer():
    asked: list[int] = []
    start = threading.Barrier(4)

    def make() -> int:
        asked.append(1)
        time.sleep(0.05)  # the others come meanwhile
        return len(asked)

    def ask() -> None:
        start.wait()
        try:
            answers.append(recalled("slow question", make))
        finally:
            connection.close()

    answers: list[int] = []
    threads = [threading.Thread(target=ask) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [1, 1, 1, 1]


def test_a_question_that_failed_is_asked_again(counter):
    with pytest.raises(ZeroDivisionError):
        recalled("question", lambda: 1 // 0)
    assert counter() == 1


def near_act(actor, subject):
    """An act that changes nothing for others."""

    @act("test.near", may=lambda *_arguments: True)
    def run(act, organisation) -> None:
        act.stays_near()

    run(actor, subject)


def test_what_stays_near_is_forgotten_there_and_by_those_who_look_at_everybody(counter, head):
    there, elsewhere = head.organisation_id, make_organisation("Nơi khác").pk
    whose = {"all": recall.EVERYBODY, "there": there, "elsewhere": elsewhere, "nobody's": recall.NOBODY}

    def asked() -> list[int]:
        return [counter(name, near) for name, near in whose.items()]

    assert asked() == [1, 2, 3, 4]
    near_act(head, Organisation.objects.get(pk=there))
    assert asked() == [5, 6, 3, 4]


def test_an_act_that_does_not_say_that_it_stays_near_counts_for_all(counter, head, plan):
    near = (recall.EVERYBODY, head.organisation_id, make_organisation("Nơi khác").pk, recall.NOBODY)
    before = [counter(whose, whose) for whose in near]
    publish_plan(head, plan)
    assert [counter(whose, whose) for whose in near] == [answer + 4 for answer in before]


def test_acts_of_several_organisations_are_told_apart_within_one_request(counter, head):
    other = make_organisation("Nơi khác")
    with one_request():
        recall.stands_in(head.organisation_id)
        assert [counter("here", head.organisation_id), counter("there", other.pk)] == [1, 2]
        near_act(make_actor(other, "head"), other)
        assert [counter("here", head.organisation_id), counter("there", other.pk)] == [1, 3]
        near_act(head, Organisation.objects.get(pk=head.organisation_id))
        assert [counter("here", head.organisation_id), counter("there", other.pk)] == [4, 3]
