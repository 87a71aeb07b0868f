"""The review: each value changed, entries added and taken out."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from tests.factories import make_organisation, make_reading
from tests.plans.review_parts import value

from nhipcau.plans import actions
from nhipcau.plans.reviewing import contents
from nhipcau.plans.reviewing.values import BadValue

pytestmark = pytest.mark.django_db


def test_a_value_changed_meanwhile_is_not_overwritten(actor, reading):
    seen = value(reading, "/tasks/0/text")
    actions.change_value(actor, reading, "/tasks/0/text", "Câu thứ nhất.", seen=seen)
    with pytest.raises(actions.ChangedMeanwhile) as told:
        actions.change_value(actor, reading, "/tasks/0/text", "Câu thứ hai.", seen=seen)
    assert told.value.value == "Câu thứ nhất."


@pytest.mark.parametrize(
    ("pointer", "typed", "expected"),
    [
        ("/tasks/0/text", "  Một   câu. ", "Một câu."),
        ("/tasks/0/lead", "Sở Tư pháp\nSở Nội vụ\n", ["Sở Tư pháp", "Sở Nội vụ"]),
        ("/tasks/0/form", "", None),
        ("/tasks/0/code", "II.1.đ", "II.1.đ"),
        ("/header/date", "08/01/2024", "2024-01-08"),
        ("/header/date", "", None),
        ("/header/symbol", "08/KH-UBND", "08/KH-UBND"),
        ("/recipients", "Sở Tư pháp\n\nLưu: VT", ["Sở Tư pháp", "Lưu: VT"]),
        ("/signature/name", "Trần Văn Bình", "Trần Văn Bình"),
        ("/citations/0/symbol", "408/QĐ-TTg", "408/QĐ-TTg"),
    ],
)
def test_every_value_can_be_typed(actor, reading, pointer, typed, expected):
    actions.change_value(actor, reading, pointer, typed)
    assert value(reading, pointer) == expected


def test_a_time_typed_is_understood(actor, reading):
    actions.change_value(actor, reading, "/tasks/1/time", "Trước ngày 11/11 hằng năm")
    time = value(reading, "/tasks/1/time")
    assert (time["kind"], time["month_day"]) == ("yearly", "11-10")


@pytest.mark.parametrize(
    ("pointer", "typed"),
    [("/header/date", "31/02/2024"), ("/header/date", "mai"), ("/tasks/0/text", " "), ("/tasks/0/code", "II.1.b")],
)
def test_what_does_not_fit_is_said_and_changes_nothing(actor, reading, pointer, typed):
    before = value(reading, "")
    with pytest.raises(BadValue):
        actions.change_value(actor, reading, pointer, typed)
    assert value(reading, "") == before


@pytest.mark.parametrize(
    "pointer", ["", "/tasks", "/tasks/0", "/tasks/9/text", "/nothing", "tasks", "/schema/0", "/source"]
)
def test_a_place_that_is_no_value_cannot_be_written(actor, reading, pointer):
    before = value(reading, "")
    with pytest.raises((contents.BadPointer, BadValue)):
        actions.change_value(actor, reading, pointer, "x")
    assert value(reading, "") == before


@pytest.mark.parametrize(
    "pointer", ["/schema", "/source/sha256", "/source/name", "/scope", "/doubts/0/kind", "/tasks/0/lines"]
)
def test_what_the_file_is_cannot_be_rewritten(actor, reading, pointer):
    before = value(reading, "")
    with pytest.raises(contents.BadPointer):
        actions.change_value(actor, reading, pointer, "x")
    assert value(reading, "") == before


def test_an_entry_is_taken_out_and_put_back(actor, reading):
    actions.remove_entry(actor, reading, "/tasks/1")
    reading.refresh_from_db()
    assert [i for i, _task in contents.live(reading.current, "tasks")] == [0]
    actions.restore_entry(actor, reading, "/tasks/1")
    reading.refresh_from_db()
    assert [i for i, _task in contents.live(reading.current, "tasks")] == [0, 1]


def test_a_missing_task_is_added_from_its_lines(actor, reading):
    actions.add_entry(actor, reading, "tasks", "Một nhiệm vụ bị sót.", first_line=9, last_line=9)
    assert value(reading, "/tasks/2/text") == "Một nhiệm vụ bị sót."
    assert value(reading, "/tasks/2/lines") == [9, 9]


@pytest.mark.parametrize(("first", "last"), [(0, 1), (5, 4), (1, 999)])
def test_lines_that_the_document_does_not_have_are_refused(actor, reading, first, last):
    with pytest.raises(BadValue):
        actions.add_entry(actor, reading, "tasks", "x", first_line=first, last_line=last)


def test_another_date_means_the_agencies_of_that_day(actor, province):
    space = make_organisation("Sở Vũ trụ", parent=province, valid_to=dt.date(2023, 12, 31))
    reading = make_reading(actor)
    assert [d.kind for d in reading.doubts.all()] == ["agency-ended"]
    actions.change_value(actor, reading, "/header/date", "12/02/2023")
    assert reading.doubts.filter(state="open").count() == 0
    assert value(reading, "/known/so vu tru/id") == space.public_id
    actions.undo_decision(actor, reading)
    assert reading.doubts.filter(state="open").count() == 1


def test_dates_can_be_given_where_the_words_of_a_time_say_none(browser, actor, reading):
    address = reverse("edit_value", args=[reading.public_id])
    data = {"where": "/tasks/1/time", "value": "Sau khi có hướng dẫn", "due": "30/06/2024"}
    browser.post(address, data)
    time = value(reading, "/tasks/1/time")
    assert (time["text"], time["kind"], time["due"]) == ("Sau khi có hướng dẫn", "once", "2024-06-30")
    page = browser.get(reverse("review", args=[reading.public_id]), {"sua": "/tasks/1/time"}).content.decode()
    assert 'name="due" value="30/06/2024"' in page
    actions.change_value(actor, reading, "/tasks/1/time", "Thường xuyên")
    assert (value(reading, "/tasks/1/time/kind"), value(reading, "/tasks/1/time/due")) == ("continuous", None)


@pytest.mark.parametrize(
    "dates",
    [{"due": "31/02/2024"}, {"start": "02/01/2024", "due": "01/01/2024"}, {"kind": "sometimes"}],
)
def test_dates_that_do_not_fit_are_said_and_stay_in_the_form(browser, reading, dates):
    before = value(reading, "/tasks/1/time")
    answer = browser.post(
        reverse("edit_value", args=[reading.public_id]), {"where": "/tasks/1/time", "value": "Khi cần", **dates}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert [f'value="{typed}"' in page for name, typed in dates.items() if name != "kind"] == [True] * (
        len(dates) - ("kind" in dates)
    )
    assert value(reading, "/tasks/1/time") == before


def test_a_duty_to_report_is_added_by_hand(browser, actor, reading):
    data = {"do": "add", "section": "reporting", "first_line": 9, "last_line": 9}
    browser.post(reverse("edit_value", args=[reading.public_id]), data)
    last = len(value(reading, "/reporting")) - 1
    page = browser.get(reverse("review", args=[reading.public_id])).content.decode()
    assert f"?sua=/reporting/{last}/who" in page and f"?sua=/reporting/{last}/time" in page
    actions.change_value(actor, reading, f"/reporting/{last}/who", "Sở Nội vụ")
    actions.change_value(actor, reading, f"/reporting/{last}/to", "Ủy ban nhân dân tỉnh")
    plan = actions.confirm_reading(actor, reading)
    assert plan.tasks.filter(kind="reporting", text="Báo cáo Ủy ban nhân dân tỉnh", first_line=9).count() == 1
