"""Words that may be wrong: found in their values, shown with other readings, chosen one by one; what restores them."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse
from tests.factories import make_organisation, make_plan, make_reading, make_task
from tests.plans.review_parts import value

from nhipcau.plans import actions, corpus
from nhipcau.plans.models import Doubt, Reading
from nhipcau.plans.queries.review import review_of
from nhipcau.plans.reviewing import unsure
from nhipcau.plans.reviewing.doubting import Point
from nhipcau.plans.reviewing.stops import stops_of
from nhipcau.plans.reviewing.unsure import Read, Word
from nhipcau.plans.reviewing.values import BadValue

pytestmark = pytest.mark.django_db
TEXT = "Tổ chức hội nghị phổ biến công tác truyền thông chính sách."


def point(kind: str = "broken-text", where: str = "/tasks/0/text", **more) -> Point:
    told = {"first_line": 1, "last_line": 2, "found": "x", "proposed": "y", "confidence": 0.5, **more}
    return Point(kind, where, **told)


def test_words_are_found_in_the_value_however_the_lines_broke_it():
    lines = {1: "a) Tham mưu UBND thành phố tổ chức", 2: "hội nghị, phổ biến."}
    changes = {1: [(3, 7, "Tham"), (26, 31, "thành phố")]}  # a lost blank put back moves what stands behind it
    words = [Word(2, 0, 3, "hOi", "hội", 0.6, ("hồi", "hơi")), Word(1, 27, 30, "t6", "tổ", 0.7)]
    content = {"tasks": [{"text": "Tham mưu UBND thành phố tổ chức hội nghị, phổ biến."}]}
    (found,) = unsure.with_words([point()], content, Read(lines, {**changes, 1: [(0, 0, "")]}, words))
    assert [(w["text"], w["options"]) for w in found.words if w["text"] == "hội"] == [
        ("hội", ["hội", "hồi", "hơi", "hOi"])
    ]
    at = found.words[-1]["at"]
    assert content["tasks"][0]["text"][at:].startswith("hội nghị")


def test_another_reading_stands_where_the_word_stood_or_nothing_is_written():
    words = [
        {"at": 0, "text": "Tổ", "options": ["Tổ", "Tỏ"]},
        {"at": 8, "text": "hội", "options": ["hội", "hồi"]},
    ]
    assert unsure.rewritten(TEXT, words, {1: "hồi", 0: "Tỏ"}) == TEXT.replace("Tổ", "Tỏ").replace("hội", "hồi")
    assert unsure.rewritten(TEXT, words, {1: "họp"}) is None
    assert unsure.rewritten("Mở hội nghị", words, {1: "hồi"}) is None


def test_what_only_lost_its_marks_is_one_stop_and_every_entry_with_words_its_own():
    word = {"at": 0, "text": "Tổ"}
    points = [
        point("repaired-agency", "/tasks/0/lead/0", found="So Tu phap", proposed="Sở Tư pháp"),
        point("repaired-time", "/tasks/1/time/text", found="Thuong xuyén", proposed="Thường xuyên"),
        point("repaired-time", "/tasks/2/time/text", found="thang 1/2024", proposed="tháng 11/2024"),
        point(where="/tasks/0/text", words=[word]),
        point("unsure-word", "/tasks/0/form", words=[word]),
        point(where="/tasks/1/text", words=[word]),
        point(where="/tasks/3/text"),
        point(where="/tasks/4/text"),
        point("repaired-label", "/tasks/5/code", found="¢)", proposed="III.2.c"),
        point("repaired-label", "/tasks/6/code", found="d)", proposed="III.2.đ"),
        point("repaired-agency", "/tasks/7/lead/0", found="Phong N6i vu", proposed="Phòng Nội vụ"),
        point("repaired-agency", "/tasks/8/lead/0", found="Phong Y 1e", proposed="Phòng Y tế"),
    ]
    known = {"phong noi vu", "phong y te"}
    assert stops_of(points, [], known) == [1, 1, 3, 4, 4, 6, 7, 7, 9, 9, 11, 11]


# --- on the page -----------------------------------------------------------------------------------------------------


@pytest.fixture
def doubtful(reading) -> Doubt:
    """A doubt about the first task's text, with two words that may be wrong."""
    at = TEXT.index("hội"), TEXT.index("thông")
    words = [
        {"at": at[0], "text": "hội", "line": 12, "start": 11, "end": 14, "found": "hOi", "options": ["hội", "hồi", "hOi"], "sure": 0.5},
        {"at": at[1], "text": "thông", "line": 12, "start": 47, "end": 52, "found": "thòng", "options": ["thông", "thòng"], "sure": 0.6},
    ]  # fmt: skip
    last = reading.doubts.order_by("-position")[0].position + 1
    return Doubt.objects.create(
        reading=reading, position=last, stop=last, kind="broken-text", where="/tasks/0/text", words=words,
        first_line=12, last_line=12, found="x", proposed=TEXT, confidence=0.5,
    )  # fmt: skip


def test_enter_accepts_the_sentence_as_proposed(browser, reading, doubtful):
    address = reverse("settle_doubt", args=[reading.public_id, doubtful.position])
    tu = f"tu-{doubtful.position}"
    browser.post(address, {"do": "settle", "choice": "accept", f"{tu}-0": "0", f"{tu}-1": "0"})
    doubtful.refresh_from_db()
    assert (doubtful.state, value(reading, "/tasks/0/text")) == (Doubt.State.ACCEPTED, TEXT)


def test_a_picked_word_is_written_and_taken_back(browser, reading, doubtful):
    address = reverse("settle_doubt", args=[reading.public_id, doubtful.position])
    tu = f"tu-{doubtful.position}"
    browser.post(address, {"do": "settle", "choice": "accept", f"{tu}-0": "1", f"{tu}-1": "1"})
    doubtful.refresh_from_db()
    changed = TEXT.replace("hội", "hồi").replace("thông", "thòng")
    assert (doubtful.state, value(reading, "/tasks/0/text")) == (Doubt.State.CHANGED, changed)
    browser.post(reverse("undo_doubt", args=[reading.public_id]))
    doubtful.refresh_from_db()
    assert (doubtful.state, value(reading, "/tasks/0/text")) == (Doubt.State.OPEN, TEXT)


def test_a_word_that_was_never_offered_is_refused(actor, reading, doubtful):
    with pytest.raises(BadValue):
        actions.settle_words(actor, reading, doubtful.position, {doubtful.position: {0: 7}})
    assert value(reading, "/tasks/0/text") == TEXT


def test_the_sentence_shows_its_words_with_their_readings(actor, browser, reading, doubtful):
    asked = review_of(actor, reading, position=doubtful.position).asked
    assert [(w.found, w.options) for w in asked.sentences[0].words] == [
        ("hOi", ["hội", "hồi", "hOi"]),
        ("thòng", ["thông", "thòng"]),
    ]
    page = browser.get(reverse("review", args=[reading.public_id]), {"cho": doubtful.position}).content.decode()
    assert '<mark class="doubt">hội</mark> nghị phổ biến' in page
    assert page.count(f'name="tu-{doubtful.position}-0"') == 3


# --- what restores torn text -----------------------------------------------------------------------------------------


def test_the_corpus_is_the_confirmed_text_of_the_tree_and_what_people_confirmed(province):
    office = make_organisation("Phòng Tư pháp", parent=province)
    stranger = make_organisation("Ủy ban nhân dân tỉnh Khác")
    assert corpus.model_for(office) is None
    make_plan(province, lines=["Một dòng rõ."])
    make_plan(stranger, lines=["Dòng của nơi khác."])
    torn = make_plan(office, lines=["M6t dong hong."], title="Kế hoạch đã sửa")
    torn.text.quality = "broken"
    torn.text.save()
    make_task(torn, "Việc đã xác nhận", lead=["Phòng Tư pháp"])
    make_task(torn, "Việc còn ngờ", doubtful=True)
    found = "\n".join(corpus.texts(office))
    assert "Một dòng rõ." in found and "Việc đã xác nhận" in found and "Phòng Tư pháp" in found
    assert "nơi khác" not in found and "hong" not in found and "còn ngờ" not in found


def test_what_is_learnt_is_kept_until_another_plan_is_confirmed(province):
    make_plan(province, lines=["Tổ chức hội nghị phổ biến."])
    first = corpus.model_for(province)
    assert first is not None and corpus.model_for(province) == first
    make_plan(province, lines=["Mở chuyên mục trên báo."])
    second = corpus.model_for(province)
    assert second != first and second is not None


def test_a_torn_plan_is_put_right_and_asks_less_than_when_it_stayed_torn(actor):
    city = (settings.ROOT / "data" / "demo" / "city_plan_1927_kh_ubnd_ocr.txt").read_bytes()
    reading = make_reading(actor, city)
    text = value(reading, "/tasks/0/text")
    assert text.startswith("Tham mưu UBND Thành phố tổ chức Hội nghị phổ biến, quán triệt")
    assert any(doubt.words for doubt in reading.doubts.all())
    shown = review_of(actor, Reading.objects.get(pk=reading.pk))
    assert shown.left < reading.doubts.count() / 2
