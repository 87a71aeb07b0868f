"""The review: its page, with and without JavaScript."""

from __future__ import annotations

import io
import re

import pytest
from django.urls import reverse
from docx import Document as Word
from tests.factories import make_reading
from tests.plans.review_parts import unknown

from nhipcau.organisations.models import Organisation
from nhipcau.plans import actions
from nhipcau.plans.queries.review import review_of
from nhipcau.plans.reviewing.decisions import ACCEPT, Decision

pytestmark = pytest.mark.django_db


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
    # Inside a test's transaction nothing is recalled: the facts of the rules are read each time, with three questions.
    with django_assert_max_num_queries(25):
        browser.get(address)


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
