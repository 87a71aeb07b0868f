"""A query whose SQL is written once gives what the same query gives when it is written anew."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection
from django.db.models import Count
from tests.factories import make_assignment, make_member, make_organisation, make_plan, make_task

from nhipcau.core.written import Written
from nhipcau.followup.models import Note
from nhipcau.organisations.models import Membership, Organisation
from nhipcau.organisations.queries import valid_on
from nhipcau.plans.models import Task

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = dt.date(2026, 11, 23)


def agree(make, *calls, **fixed) -> None:
    written = Written(make)
    for values in (*calls, *calls):
        assert written(*values, **fixed) == list(make(*values, **fixed))


def test_numbers_words_tuples_and_days_go_where_they_belong():
    province = make_organisation("Tỉnh")
    offices = [make_organisation(f"Sở {n}", parent=province, valid_from=TODAY) for n in range(4)]
    keys = [office.pk for office in offices]
    agree(lambda pk: Organisation.objects.filter(pk=pk), *((key,) for key in keys))
    agree(lambda name: Organisation.objects.filter(name=name), ("Sở 1",), ("' OR ''='",), ("",), ("%s",))
    agree(lambda pks: Organisation.objects.filter(pk__in=pks).order_by("name"), ((keys[0],),), (tuple(keys),))
    agree(
        lambda parent, pks, name: Organisation.objects.filter(pk__in=pks, parent=parent).exclude(name=name),
        (province.pk, tuple(keys[:2]), "Sở 0"),
        (province.pk, tuple(keys[2:]), "Sở 3"),
        (keys[0], tuple(keys[2:]), "Sở 3"),
    )
    for day in (TODAY, TODAY - dt.timedelta(days=1)):
        agree(lambda pks, today: Organisation.objects.filter(valid_on(today), pk__in=pks), (tuple(keys),), today=day)


def test_what_is_related_comes_along():
    office = make_organisation("Sở Tư pháp", parent=make_organisation("Tỉnh"))
    people = [make_member(office) for _number in range(2)]
    asked = Written(lambda person: Membership.objects.filter(person=person).select_related("organisation__parent"))
    for person in people:
        [held] = asked(person.pk)
        assert (held.person_id, held.organisation.parent.name) == (person.pk, "Tỉnh")
    row = make_assignment(office)
    note = Note.objects.create(assignment=row, organisation_id=office.pk, progress="done", key="a", before={})
    notes = Written(lambda pk: Note.objects.filter(assignment=pk).prefetch_related("evidence"))
    assert [(one.pk, list(one.evidence.all())) for one in notes(row.pk)] == [(note.pk, [])]
    assert notes(row.pk + 1) == []


def test_columns_counts_and_limits():
    office = make_organisation()
    plans = [make_plan(office) for _number in range(2)]
    for number in range(3):
        make_task(plans[number % 2], f"Việc {number}", lead=[office])
    agree(
        lambda plan: Task.objects.filter(plan=plan).order_by("-pk").values_list("text", "kind")[:1],
        *((plan.pk,) for plan in plans),
    )
    agree(
        lambda plan: (
            Task.objects.filter(plan=plan).order_by().values("plan").annotate(n=Count("pk")).values_list("n", "plan")
        ),
        *((plan.pk,) for plan in plans),
    )


def test_a_value_that_is_changed_on_its_way_into_the_sql_is_refused():
    with pytest.raises(ValueError, match="as it was given"):
        Written(lambda word: Organisation.objects.filter(name__contains=word))("Sở")


def test_threads_ask_on_their_own_connections():
    offices = [make_organisation(f"Sở {n}") for n in range(4)]
    asked = Written(lambda pk: Organisation.objects.filter(pk=pk))
    found: dict[int, list[Organisation]] = {}

    def ask(pk: int) -> None:
        try:
            for _time in range(20):
                found[pk] = asked(pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=[office.pk]) for office in offices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {office.pk: [office] for office in offices}
