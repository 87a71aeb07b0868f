"""The review: what is asked together."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.urls import reverse
from tests.factories import make_member, make_organisation, make_reading
from tests.plans.review_parts import unknown, value

from nhipcau.plans import actions
from nhipcau.plans.models import Doubt, Reading
from nhipcau.plans.queries.choices import asked
from nhipcau.plans.queries.review import review_of
from nhipcau.plans.reviewing import doubting
from nhipcau.plans.reviewing.decisions import ACCEPT, TYPED, Decision
from nhipcau.plans.reviewing.stops import is_torn_text
from nhipcau.plans.reviewing.values import BadValue
from vanban.doubts import KINDS

pytestmark = pytest.mark.django_db


SCAN = """\
KE HOACH
Trién khai thue hién cong tic truyén thong chinh sich
I. NHIEM VU
1. Tuyén truyén, phé bién
a) Tham muu t6 chac Hai nghi phé bién, quan triét, nang cao nhan thic.
- Co quan chu tri: Phong Tu phap.
- Co quan phdi hop: Phong Vin hoa va Thong tin.
- Thoi gian thuc hién: Thudng xuyén.
b) T6 chirc pho bién, tuyén truyén, nang cao nhan thic vé truyén thong.
- Co quan chu tri: Phong Vin hoa va Thong tin.
- Thoi gian thuc hién: Thudng xuyén.
c) Téng cuong cong tac kiém tra, d6n ddc, theo ddi vige trien khai.
- Co quan chu tri: Phong Vian hoa va Thong tin.
- Thoi gian thuc hién: Thudng xuyén.
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


def test_sentences_put_right_without_a_word_in_question_wait_at_the_end_as_one_stop(actor, province):
    seed = (settings.ROOT / "data" / "demo" / "city_plan_1927_kh_ubnd_ocr.txt").read_bytes()
    reading = make_reading(actor, seed)
    shown = review_of(actor, reading)
    torn = [is_torn_text(stop.first) and not stop.first.words for stop in shown.stops]
    assert torn == sorted(torn)
    assert shown.left < reading.doubts.count() / 2
    section = shown.stops[torn.index(True)]
    assert all(doubt.kind == "broken-text" for doubt in section.doubts)
    labels = next(stop for stop in shown.stops if stop.first.kind == "repaired-label")
    assert len(labels.doubts) > 2
    with pytest.raises(BadValue):
        actions.settle_stop(actor, reading, labels.first.position, Decision(TYPED, typed="Một nhãn cho mọi mục"))
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


def test_the_ruler_is_read_out_by_stops_as_the_page_counts_them(browser, actor, scan):
    stops, places = len(review_of(actor, scan).stops), scan.doubts.count()
    assert stops < places
    for position in (None, times(scan)[1].position):  # also while a stop is asked by another of its places
        query = f"?cho={position}" if position else ""
        page = browser.get(reverse("review", args=[scan.public_id]) + query).content.decode()
        drawings = re.findall(r'<svg class="(?:broad|narrow)".*?</svg>', page, re.S)
        assert [re.findall(r"(\d+) chỗ cần xem", drawing)[0] for drawing in drawings] == [str(stops)] * 2
        assert [len(re.findall(r'aria-label="Chỗ cần xem ở dòng', drawing)) for drawing in drawings] == [stops] * 2
        assert [drawing.count('class="need"') for drawing in drawings] == [places] * 2
        if position:
            assert all(re.search(rf'href="\?cho={position}#[^>]*aria-label=', drawing) for drawing in drawings)
