"""The review: each doubt settled, put off, taken back; each value changed; two reviewers at once."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from django.conf import settings
from django.urls import reverse
from docx import Document as Word
from tests.factories import make_actor, make_member, make_organisation, make_province, make_reading

from nhipcau.core.acts import Refused
from nhipcau.organisations.models import Organisation
from nhipcau.plans import actions
from nhipcau.plans.models import Doubt, Reading
from nhipcau.plans.queries.choices import asked
from nhipcau.plans.queries.review import review_of
from nhipcau.plans.reviewing import contents, doubting
from nhipcau.plans.reviewing.decisions import ACCEPT, DROP, EMPTY, LAST, NAMED, TYPED, Decision, Target
from nhipcau.plans.reviewing.stops import is_torn_text
from nhipcau.plans.reviewing.values import BadValue
from vanban.doubts import KINDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Organisation:
    return make_province()


@pytest.fixture
def actor(province):
    return make_actor(province)


@pytest.fixture
def reading(actor) -> Reading:
    return make_reading(actor)


def unknown(reading: Reading) -> Doubt:
    return reading.doubts.get(kind="agency-unmatched")


def value(reading: Reading, pointer: str):
    reading.refresh_from_db()
    return contents.get(reading.current, pointer)


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


TORN = """\
KẾ HOẠCH
Truyền thông chính sách
I. NHIỆM VỤ
1. Nhóm một
a) Tổ chức hội nghị phổ biến chính sách.
b) Biên soạn tài liệu cho cơ sở.
- Cơ quan chủ trì: Sở Tư pháp.
- Thời gian thực hiện: Thường xuyên.
2. Nhóm hai
a) Mở chuyên mục trên báo.
b) Mở chuyên trang trên cổng.
- Cơ quan chủ trì: Sở Nội vụ.
- Thời gian thực hiện: Thường xuyên.
"""


def shared(reading: Reading) -> list[Doubt]:
    return list(reading.doubts.filter(kind="shared-block"))


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


def test_another_date_means_the_agencies_of_that_day(actor, province):
    space = make_organisation("Sở Vũ trụ", parent=province, valid_to=dt.date(2023, 12, 31))
    reading = make_reading(actor)
    assert [d.kind for d in reading.doubts.all()] == ["agency-ended"]
    actions.change_value(actor, reading, "/header/date", "12/02/2023")
    assert reading.doubts.filter(state="open").count() == 0
    assert value(reading, "/known/so vu tru/id") == space.public_id
    actions.undo_decision(actor, reading)
    assert reading.doubts.filter(state="open").count() == 1


# --- rights ----------------------------------------------------------------------------------------------------------


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


# --- the page --------------------------------------------------------------------------------------------------------


@pytest.fixture
def browser(client_of, province):
    return client_of(make_member(province, "officer"))


def test_the_page_shows_the_lines_the_values_and_the_question(browser, reading):
    page = browser.get(reverse("review", args=[reading.public_id])).content.decode()
    assert 'id="dong-12"' in page
    assert "Trước tháng 12/2024" in page and "hạn chót 30/11/2024" in page
    assert "Còn 1 chỗ cần xem" in page
    assert "Xác nhận 2 nhiệm vụ" in page


def test_every_line_of_the_document_is_on_the_page_once(browser, reading):
    page = browser.get(reverse("review", args=[reading.public_id])).content.decode()
    lines = [n for n, text in reading.text.lines.values_list("number", "text") if text.strip()]
    assert [page.count(f'id="dong-{n}"') for n in lines] == [1] * len(lines)


def test_without_javascript_each_decision_leads_to_the_next_doubt(browser, reading, actor):
    actions.change_value(actor, reading, "/tasks/1/coordinating", "Sở Đại dương")
    first, second = review_of(actor, reading).doubts
    answer = browser.post(reverse("settle_doubt", args=[reading.public_id, first.position]), {"choice": "accept"})
    assert answer["Location"].endswith(f"?cho={second.position}#cho-{second.position}")


def test_with_htmx_only_what_changed_comes_back(browser, reading):
    position = unknown(reading).position
    answer = browser.post(
        reverse("settle_doubt", args=[reading.public_id, position]),
        {"do": "typed", "value": "Sở Nội vụ"},
        headers={"HX-Request": "true"},
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in page
    assert re.findall(r'id="doan-(\d+)"', page) == ["14", "17"]  # the two lists that named it
    assert "Đã xem hết" in page


def test_a_conflict_is_told_by_name(browser, reading, actor):
    position = unknown(reading).position
    actions.settle_doubt(actor, reading, position, Decision(ACCEPT))
    answer = browser.post(
        reverse("settle_doubt", args=[reading.public_id, position]), {"choice": "drop"}, headers={"HX-Request": "true"}
    )
    assert "Nguyễn Văn An đã quyết định chỗ này trước bạn" in answer.content.decode()


def test_what_was_typed_wrong_stays_in_the_field(browser, reading):
    address = reverse("edit_value", args=[reading.public_id])
    answer = browser.post(address, {"where": "/header/date", "value": "ngày mai", "seen": "12/02/2024"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="ngày mai"' in page
    assert "ngày/tháng/năm" in page


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"choice": "named:organisation:zzzz"},
        {"choice": "nonsense"},
        {"choice": "named"},
        {"do": "typed", "value": ""},
    ],
)
def test_a_forged_or_empty_decision_is_answered_with_a_page(browser, reading, data):
    position = unknown(reading).position
    answer = browser.post(reverse("settle_doubt", args=[reading.public_id, position]), data)
    assert answer.status_code in (302, 422)


@pytest.mark.parametrize(
    "query", ["?cho=999", "?cho=abc", "?sua=/nothing", "?sua=tasks", "?cho=99999999999", "?sua=/tasks/0/lines"]
)
def test_a_forged_address_shows_the_review(browser, reading, query):
    assert browser.get(reverse("review", args=[reading.public_id]) + query).status_code == 200


def test_an_agency_is_entered_in_place(browser, reading):
    position = unknown(reading).position
    address = reverse("match_agency", args=[reading.public_id])
    data = {"cho": position, "name": "Sở Vũ trụ", "level": "province", "kind": "department", "is_below": "on"}
    answer = browser.post(address, data)
    made = Organisation.objects.get(name="Sở Vũ trụ")
    reading.refresh_from_db()
    assert answer.status_code == 302
    assert (made.parent_id, reading.current["matches"]["so vu tru"]["id"]) == (reading.organisation_id, made.public_id)


def test_the_review_asks_few_queries(browser, reading, django_assert_max_num_queries):
    address = reverse("review", args=[reading.public_id])
    browser.get(address)
    with django_assert_max_num_queries(20):
        browser.get(address)


# --- what is asked together ------------------------------------------------------------------------------------------

SCAN = """\
KE HOACH
Trién khai thue hién cong tic truyén thong chinh sich
I. NHIEM VU
1. Tuyén truyén, phé bién
a) Tham muu t6 chac Hai nghi phé bién, quan triét, nang cao nhan thic.
- Co quan chu tri: Phong Tu phap.
- Co quan phdi hop: Phong Vin hoa va Thong tin.
- Thoi gian thuc hién: Thuong xuyén.
b) T6 chirc pho bién, tuyén truyén, nang cao nhan thic vé truyén thong.
- Co quan chu tri: Phong Vin hoa va Thong tin.
- Thoi gian thuc hién: Thuong xuyén.
c) Téng cuong cong tac kiém tra, d6n ddc, theo ddi vige trien khai.
- Co quan chu tri: Phong Vian hoa va Thong tin.
- Thoi gian thuc hién: Thuong xuyén.
"""


@pytest.fixture
def scan(actor) -> Reading:
    return make_reading(actor, SCAN)


def times(reading: Reading) -> list[Doubt]:
    return list(reading.doubts.filter(kind="repaired-time").order_by("position"))


def test_one_repair_in_many_places_is_one_stop(actor, scan):
    found = times(scan)
    assert [d.proposed for d in found] == ["Thường xuyên"] * 3
    assert {d.stop for d in found} == {found[0].position}
    shown = review_of(actor, scan, position=found[1].position)
    assert (shown.current, shown.asked.places) == (found[1], 3)
    assert [d.pk for d in shown.asked.together] == [d.pk for d in found]


def test_stops_are_counted_not_doubts(actor, scan):
    shown = review_of(actor, scan)
    assert shown.left == scan.doubts.values("stop").distinct().count() < scan.doubts.count()
    actions.settle_stop(actor, scan, times(scan)[0].position, Decision(ACCEPT))
    after = review_of(actor, Reading.objects.get(pk=scan.pk))
    assert (after.left, after.seen, after.points) == (shown.left - 1, 1, shown.points)


def test_one_decision_holds_in_every_place_and_is_taken_back_as_one(actor, scan):
    before = value(scan, "/tasks")
    found = times(scan)
    actions.settle_stop(actor, scan, found[0].position, Decision(TYPED, typed="Trước tháng 12/2024"))
    assert [t["time"]["due"] for t in value(scan, "/tasks")] == ["2024-11-30"] * 3
    assert {d.state for d in times(scan)} == {Doubt.State.CHANGED}
    actions.undo_decision(actor, scan)
    assert value(scan, "/tasks") == before
    assert {d.state for d in times(scan)} == {Doubt.State.OPEN}


def test_one_of_them_is_taken_back_by_itself(actor, scan):
    found = times(scan)
    actions.settle_stop(actor, scan, found[0].position, Decision(ACCEPT))
    actions.undo_decision(actor, scan, found[1].pk)
    assert [d.state for d in times(scan)] == [Doubt.State.ACCEPTED, Doubt.State.OPEN, Doubt.State.ACCEPTED]


def test_one_of_them_is_decided_by_itself(browser, actor, scan):
    first, second, third = times(scan)
    page = browser.get(reverse("review", args=[scan.public_id]), {"cho": second.position, "rieng": 1}).content.decode()
    assert "Quyết định chung cho các chỗ giống nhau" in page
    address = reverse("settle_doubt", args=[scan.public_id, second.position])
    browser.post(address, {"do": "typed", "value": "Năm 2025", "rieng": "1"})
    assert [t["time"]["text"] for t in value(scan, "/tasks")] == ["Thường xuyên", "Năm 2025", "Thường xuyên"]
    assert [d.state for d in times(scan)] == [Doubt.State.OPEN, Doubt.State.CHANGED, Doubt.State.OPEN]


def test_one_name_however_it_was_torn_is_one_decision(actor, scan):
    torn = list(scan.doubts.filter(proposed="Phòng Văn hóa và Thông tin").order_by("position"))
    assert len(torn) == 3 and len({d.stop for d in torn}) == 1
    actions.settle_stop(actor, scan, torn[0].position, Decision(TYPED, typed="Sở Nội vụ"))
    tasks = value(scan, "/tasks")
    assert [tasks[0]["coordinating"], tasks[1]["lead"], tasks[2]["lead"]] == [["Sở Nội vụ"]] * 3
    actions.undo_decision(actor, scan)
    assert {d.state for d in scan.doubts.filter(pk__in=[d.pk for d in torn])} == {Doubt.State.OPEN}


def test_the_page_lists_every_place_of_a_stop(browser, scan):
    first, second, third = times(scan)
    page = browser.get(reverse("review", args=[scan.public_id]), {"cho": first.position}).content.decode()
    listed = re.findall(r'href="\?cho=(\d+)&amp;rieng=1#', page)
    assert listed == [str(d.position) for d in (first, second, third)]


def test_torn_text_waits_at_the_end_as_one_stop_a_section(actor, province):
    seed = (settings.ROOT / "data" / "demo" / "city_plan_1927_kh_ubnd_ocr.txt").read_bytes()
    reading = make_reading(actor, seed)
    shown = review_of(actor, reading)
    torn = [is_torn_text(stop.first) for stop in shown.stops]
    assert torn == sorted(torn)
    assert shown.left < reading.doubts.count() / 2
    section = shown.stops[torn.index(True)]
    assert len(section.doubts) > 10
    with pytest.raises(BadValue):
        actions.settle_stop(actor, reading, section.first.position, Decision(TYPED, typed="Một câu cho mọi đoạn"))
    before = value(reading, "/tasks")
    actions.settle_stop(actor, reading, section.first.position, Decision(ACCEPT))
    assert value(reading, "/tasks") == before
    after = review_of(actor, Reading.objects.get(pk=reading.pk))
    assert after.left == shown.left - 1


def test_putting_off_puts_off_the_whole_stop(actor, scan):
    first, *_others = times(scan)
    actions.postpone_doubt(actor, scan, first.position)
    assert {d.state for d in times(scan)} == {Doubt.State.LATER}


@pytest.mark.parametrize("kind", [*KINDS, *sorted(doubting.UNMATCHED)])
def test_every_kind_of_doubt_is_asked_about_in_its_own_words(actor, province, kind):
    scope = make_reading(actor)
    doubt = Doubt(reading=scope, kind=kind, where="/tasks/0/text", position=9, stop=9, found="x", proposed="y")
    said = asked(doubt, [doubt], scope.current, province).words
    assert said and said != "Xin bạn xem lại chỗ này:"


def test_an_agency_entered_in_the_directory_is_asked_about_no_longer(browser, reading, province):
    make_organisation("Sở Vũ trụ", parent=province)
    page = browser.get(reverse("review", args=[reading.public_id])).content.decode()
    assert "Đã xem hết" in page
    assert unknown(reading).state == Doubt.State.CHANGED


def test_an_auditor_who_looks_changes_nothing(client_of, reading, province):
    make_organisation("Sở Vũ trụ", parent=province)
    client_of(make_member(province, "auditor")).get(reverse("review", args=[reading.public_id]))
    assert unknown(reading).state == Doubt.State.OPEN


# --- what the words do not say ---------------------------------------------------------------------------------------


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


# --- a plan whose tasks stand in a table -----------------------------------------------------------------------------

TABLE = (
    ("STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện"),
    ("1", "Tập huấn cho cán bộ của các sở, ban, ngành", "Sở Tư pháp", "Các sở, ban, ngành", "Quý II/2025"),
    ("2", "Mở chuyên mục trên báo", "Sở Nội vụ", "Sở Tư pháp", "Thường xuyên"),
)


def word_table() -> bytes:
    document = Word()
    for line in ("KẾ HOẠCH", "Truyền thông chính sách năm 2025", "I. PHÂN CÔNG NHIỆM VỤ"):
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=len(TABLE[0]))
    for row in TABLE:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def test_each_cell_of_a_table_stands_beside_its_value(actor):
    reading = make_reading(actor, word_table(), "bang.docx")
    lines = dict(reading.text.lines.values_list("number", "text"))
    edition = review_of(actor, reading).edition

    def beside(pointer: str) -> str:
        pair = edition.pair_for(pointer)
        return lines[pair.first]

    assert [beside(f"/tasks/0/{field}/0") for field in ("lead", "coordinating")] == list(TABLE[1][2:4])
    assert [beside(f"/tasks/{i}/time") for i in (0, 1)] == [row[4] for row in TABLE[1:]]
