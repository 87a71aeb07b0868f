"""The review: each doubt settled, put off, taken back; two reviewers at once."""

from __future__ import annotations

import pytest
from tests.factories import make_actor, make_organisation, make_reading
from tests.plans.review_parts import TORN, shared, unknown, value

from nhipcau.plans import actions
from nhipcau.plans.models import Doubt, Reading
from nhipcau.plans.queries.review import review_of
from nhipcau.plans.reviewing import contents
from nhipcau.plans.reviewing.decisions import ACCEPT, DROP, EMPTY, LAST, NAMED, TYPED, Decision, Target
from nhipcau.plans.reviewing.values import BadValue

pytestmark = pytest.mark.django_db


def test_the_reader_found_the_plan_and_asks_about_the_one_agency_that_nobody_knows(reading):
    assert reading.state == Reading.State.REVIEW
    assert [t["code"] for t in reading.current["tasks"]] == ["II.1.a", "II.1.b"]
    assert [(d.kind, d.found) for d in reading.doubts.all()] == [("agency-unmatched", "Sở Vũ trụ")]


def test_a_name_matched_once_is_matched_everywhere_and_keeps_the_words_of_the_plan(actor, reading, province):
    space = make_organisation("Sở Hàng không Vũ trụ", parent=province)
    doubt = unknown(reading)
    target = Target("organisation", space.public_id, space.name)
    settled = actions.settle_doubt(actor, reading, doubt.position, Decision(NAMED, target=target))
    assert settled.state == Doubt.State.CHANGED
    assert value(reading, "/tasks/0/coordinating") == ["Sở Nội vụ", "Sở Vũ trụ"]
    assert contents.explained(reading.current)["so vu tru"] == "Sở Hàng không Vũ trụ"


def test_a_name_typed_anew_is_corrected_in_every_place(actor, reading):
    actions.settle_doubt(actor, reading, unknown(reading).position, Decision(TYPED, typed="Sở Nội vụ"))
    assert value(reading, "/tasks/0/coordinating") == ["Sở Nội vụ"]
    assert value(reading, "/tasks/1/lead") == ["Sở Nội vụ"]


def test_a_name_typed_that_nobody_knows_is_asked_about_again(actor, reading):
    actions.settle_doubt(actor, reading, unknown(reading).position, Decision(TYPED, typed="Sở Đại dương"))
    assert [d.found for d in reading.doubts.filter(state="open")] == ["Sở Đại dương"]


def test_one_name_can_turn_out_to_be_two_agencies(actor, reading):
    actions.settle_doubt(actor, reading, unknown(reading).position, Decision(TYPED, typed="Sở Nội vụ; Sở Tư pháp"))
    assert value(reading, "/tasks/1/lead") == ["Sở Nội vụ", "Sở Tư pháp"]


def test_what_is_no_agency_leaves_every_list(actor, reading):
    actions.settle_doubt(actor, reading, unknown(reading).position, Decision(DROP))
    assert value(reading, "/tasks/1/lead") == []


def test_undo_puts_everything_back_and_opens_the_doubt_again(actor, reading):
    found = value(reading, "/tasks")
    actions.settle_doubt(actor, reading, unknown(reading).position, Decision(TYPED, typed="Sở Đại dương"))
    actions.undo_decision(actor, reading)
    assert value(reading, "/tasks") == found
    assert [(d.found, d.state) for d in reading.doubts.all()] == [("Sở Vũ trụ", "open")]


def test_undo_with_nothing_to_take_back_says_so(actor, reading):
    assert actions.undo_decision(actor, reading) is None


def test_undo_takes_back_ones_own_decision_not_a_colleagues(actor, reading, province):
    colleague = make_actor(province)
    actions.settle_doubt(actor, reading, unknown(reading).position, Decision(ACCEPT))
    assert actions.undo_decision(colleague, reading) is None


def test_undo_of_what_was_built_upon_changes_nothing(actor, reading, province):
    colleague = make_actor(province)
    actions.change_value(actor, reading, "/tasks/0/text", "Một câu khác.")
    actions.change_value(colleague, reading, "/tasks/0/text", "Câu của đồng nghiệp.")
    with pytest.raises(actions.Overtaken):
        actions.undo_decision(actor, reading)
    assert value(reading, "/tasks/0/text") == "Câu của đồng nghiệp."


def test_the_second_of_two_reviewers_is_told_and_overwrites_nothing(actor, reading, province):
    colleague = make_actor(province)
    position = unknown(reading).position
    actions.settle_doubt(actor, reading, position, Decision(TYPED, typed="Sở Nội vụ"))
    with pytest.raises(actions.AlreadySettled) as told:
        actions.settle_doubt(colleague, reading, position, Decision(DROP))
    assert told.value.doubt.person_id == actor.person_id
    assert value(reading, "/tasks/1/lead") == ["Sở Nội vụ"]


def test_the_same_click_twice_is_one_decision(actor, reading):
    position = unknown(reading).position
    first = actions.settle_doubt(actor, reading, position, Decision(ACCEPT))
    again = actions.settle_doubt(actor, reading, position, Decision(ACCEPT))
    assert again.settled_at == first.settled_at


def test_later_puts_a_doubt_behind_the_others_and_keeps_it(actor, reading):
    actions.change_value(actor, reading, "/tasks/0/lead", "Sở Đại dương")  # a second doubt
    first = review_of(actor, reading).current
    actions.postpone_doubt(actor, reading, first.position)
    reading.refresh_from_db()
    shown = review_of(actor, reading)
    assert shown.left == 2
    assert [d.found for d in shown.doubts] == ["Sở Đại dương", "Sở Vũ trụ"] or shown.doubts[-1].pk == first.pk


def test_a_half_done_review_goes_on_where_it_stopped(actor, reading):
    actions.change_value(actor, reading, "/tasks/1/coordinating", "Sở Đại dương")
    first, second = review_of(actor, reading).doubts
    actions.settle_doubt(actor, reading, first.position, Decision(ACCEPT))
    shown = review_of(actor, Reading.objects.get(pk=reading.pk))
    assert (shown.current.pk, shown.left, shown.seen) == (second.pk, 1, 1)


def test_a_header_part_that_the_file_lacks_can_be_given_or_left_empty(actor, province):
    text = "KẾ HOẠCH\nTruyền thông\nI. NHIỆM VỤ\n1. Tổ chức hội nghị.\n- Cơ quan chủ trì: Sở Tư pháp.\n- Thời gian: 2024.\n"
    reading = make_reading(actor, text)
    symbol = reading.doubts.get(where="/header/symbol")
    place = reading.doubts.get(where="/header/place")
    actions.settle_doubt(actor, reading, symbol.position, Decision(TYPED, typed="08/KH-UBND"))
    actions.settle_doubt(actor, reading, place.position, Decision(EMPTY))
    assert (value(reading, "/header/symbol"), value(reading, "/header/place")) == ("08/KH-UBND", None)


def test_a_shared_block_can_belong_to_the_last_alone(actor, province):
    reading = make_reading(actor, TORN)
    first, _second = shared(reading)
    actions.settle_doubt(actor, reading, first.position, Decision(LAST))
    tasks = value(reading, "/tasks")
    assert [(t["lead"], t["shared_block"]) for t in tasks[:2]] == [([], False), (["Sở Tư pháp"], False)]
    actions.undo_decision(actor, reading)
    assert [t["lead"] for t in value(reading, "/tasks")[:2]] == [["Sở Tư pháp"], ["Sở Tư pháp"]]


def test_points_of_one_kind_are_accepted_and_taken_back_together(actor, province):
    reading = make_reading(actor, TORN)
    assert actions.accept_alike(actor, reading, "shared-block") == 2
    assert {d.state for d in shared(reading)} == {Doubt.State.ACCEPTED}
    actions.undo_decision(actor, reading)
    assert {d.state for d in shared(reading)} == {Doubt.State.OPEN}


def test_unknown_agencies_are_not_accepted_together(actor, reading):
    with pytest.raises(BadValue):
        actions.accept_alike(actor, reading, "agency-unmatched")
