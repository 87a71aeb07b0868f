"""Figures that other rooms offer for reports are what their rows say, for each organisation and only for the days asked."""

import datetime as dt

import pytest
from django.utils import timezone
from django.utils.module_loading import import_string
from tests.factories import make_actor, make_assignment, make_organisation, make_outgoing, make_plan, say

from nhipcau.core import rooms
from nhipcau.documents.models import Outgoing
from nhipcau.followup.models import Obstacle, ObstacleStep
from nhipcau.reporting.figures import OWN, counted, known_figures

pytestmark = pytest.mark.django_db


def count(key: str, *organisations, first=None, last=None) -> list[int]:
    today = timezone.localdate()
    offered = next(one for one in rooms.figures() if one.key == key)
    found = import_string(offered.count)([one.pk for one in organisations], first or today, last or today)
    return [found.get(one.pk, 0) for one in organisations]


def test_documents_are_counted_by_type_and_day_once_they_were_sent():
    one, other = make_organisation("Sở Một"), make_organisation("Sở Hai")
    for doc_type, state in (("Công văn", "sent"), ("Báo cáo", "sent"), ("Báo cáo", "signed")):
        make_outgoing(one, state, doc_type=doc_type)
    keys = ("documents.sent", "documents.sent_letters", "documents.sent_plans")
    assert [count(key, one, other) for key in keys] == [[2, 0], [1, 0], [0, 0]]
    Outgoing.objects.update(date=dt.date(2020, 1, 1))
    assert count("documents.sent", one) == [0]


def test_words_on_progress_are_counted_unless_taken_back():
    one = make_organisation("Sở Một")
    officer, assignment = make_actor(one, "officer"), make_assignment(one)
    say(officer, assignment, "in_progress", "Đang làm")
    note = say(officer, assignment, "done", "Xong")
    assert count("followup.words", one) == [2]
    note.taken_back_at = timezone.now()
    note.save()
    assert count("followup.words", one) == [1]
    long_ago = dt.date(2020, 1, 1)
    assert count("followup.words", one, first=long_ago, last=long_ago) == [0]


def test_obstacles_settled_count_for_who_was_asked():
    asked, raising = make_organisation("Sở Một"), make_organisation("Xã Hai")
    for state in (Obstacle.State.SETTLED, Obstacle.State.OPEN):
        one = Obstacle.objects.create(assignment=make_assignment(raising), text="Vướng", asked=asked, state=state)
        ObstacleStep.objects.create(obstacle=one, kind=ObstacleStep.Kind.SETTLED, organisation=raising)
    assert count("followup.settled", asked, raising) == [1, 0]


def test_plans_are_counted_by_their_day():
    one = make_organisation("Sở Một")
    make_plan(one, date=timezone.localdate())
    make_plan(one, "2/KH", date=dt.date(2020, 1, 1))
    assert count("plans.issued", one) == [1]


def test_every_figure_has_words_and_shows_a_stranger_no_rows():
    today, one = timezone.localdate(), make_organisation("Sở Một")
    make_plan(one, date=today)
    make_outgoing(one, "sent")
    stranger = make_actor(make_organisation("Sở Khác"), "officer")
    assert [
        row for offered in rooms.figures() for row in import_string(offered.rows)(stranger, one.pk, today, today)
    ] == []
    assert all(known_figures().values())
    assert [one.key for one in OWN if counted(one.key) is not one] == []
