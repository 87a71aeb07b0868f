"""A file arrives: from the upload through the worker to the review; who may, and the same file again."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.factories import (
    PLAN_LINES,
    make_actor,
    make_member,
    make_organisation,
    make_reading,
)
from tests.plans.import_files import SEEDS, pdf_file, send, word_file

from nhipcau.core.worker import run_due_jobs
from nhipcau.plans import actions
from nhipcau.plans.models import Plan, Reading

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("content", "name"),
    [("\n".join(PLAN_LINES).encode(), "ke-hoach.txt"), (word_file(), "ke-hoach.docx")],
    ids=["text", "word"],
)
def test_a_dropped_file_waits_for_review_when_the_worker_has_read_it(browser, content, name):
    answer = send(browser, content, name)
    reading = Reading.objects.get()
    assert answer["Location"] == reverse("reading_progress", args=[reading.public_id])
    assert reading.state == Reading.State.QUEUED
    run_due_jobs()
    reading.refresh_from_db()
    assert (reading.state, len(reading.current["tasks"])) == (Reading.State.REVIEW, 2)
    assert reading.text.lines.count() == reading.text.line_count > 20


def test_a_pdf_goes_the_same_way(browser):
    send(browser, pdf_file(), "ke-hoach.pdf")
    run_due_jobs()
    reading = Reading.objects.get()
    assert (reading.state, reading.text.pages) == (Reading.State.REVIEW, 1)
    assert [t["lead"] for t in reading.current["tasks"]] == [["Sở Tư pháp"], ["Sở Vũ trụ"]]


@pytest.mark.parametrize(
    ("seed", "tasks"), [("province_plan_08_kh_ubnd.txt", 19), ("city_plan_1927_kh_ubnd_ocr.txt", 18)]
)
def test_the_seed_plans_come_through_the_same_door(browser, seed, tasks):
    send(browser, (SEEDS / seed).read_bytes(), seed)
    run_due_jobs()
    reading = Reading.objects.get()
    assert (reading.state, len(reading.current["tasks"])) == (Reading.State.REVIEW, tasks)
    page = browser.get(reverse("review", args=[reading.public_id]))
    assert page.status_code == 200


def test_pasted_text_is_read_like_a_file(browser):
    browser.post(reverse("import_plan"), {"text": "\n".join(PLAN_LINES)})
    run_due_jobs()
    assert Reading.objects.get().state == Reading.State.REVIEW


def test_several_files_are_several_readings(browser):
    first = SimpleUploadedFile("a.txt", "\n".join(PLAN_LINES).encode())
    second = SimpleUploadedFile("b.docx", word_file())
    answer = browser.post(reverse("import_plan"), {"files": [first, second]})
    assert answer["Location"] == reverse("readings")
    assert sorted(Reading.objects.values_list("name", flat=True)) == ["a.txt", "b.docx"]


def test_nothing_chosen_is_said_beside_the_form(browser):
    answer = browser.post(reverse("import_plan"), {"text": "  "})
    assert answer.status_code == 422
    assert "chọn một tệp hoặc dán nội dung" in answer.content.decode()


def test_the_same_file_again_leads_to_the_reading_that_exists(browser):
    send(browser, "\n".join(PLAN_LINES).encode())
    answer = send(browser, "\n".join(PLAN_LINES).encode(), "ten-khac.txt")
    reading = Reading.objects.get()
    assert answer.status_code == 200
    assert reverse("reading_progress", args=[reading.public_id]) in answer.content.decode()


def test_the_same_file_in_another_organisation_is_its_own_reading(province):
    other = make_organisation("Ủy ban nhân dân tỉnh Khác", kind="committee")
    make_reading(make_actor(province))
    make_reading(make_actor(other))
    assert [r.state for r in Reading.objects.all()] == ["review", "review"]


def test_a_confirmed_plan_is_read_again_only_when_asked(browser, province):
    actor = make_actor(province)
    reading = make_reading(actor)
    plan = actions.confirm_reading(actor, reading)
    answer = send(browser, "\n".join(PLAN_LINES).encode())
    assert reverse("plan", args=[plan.slug]) in answer.content.decode()
    assert Reading.objects.count() == 1
    browser.post(reverse("import_plan"), {"once_more": reading.public_id})
    assert Reading.objects.count() == 2


def test_a_discarded_file_can_be_uploaded_anew(browser, province):
    actor = make_actor(province)
    actions.discard_reading(actor, make_reading(actor))
    send(browser, "\n".join(PLAN_LINES).encode())
    assert sorted(Reading.objects.values_list("state", flat=True)) == ["discarded", "queued"]


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_only_those_who_review_may_import(client_of, province, role):
    client = client_of(make_member(province, role))
    assert client.get(reverse("import_plan")).status_code == 403
    assert send(client, b"x").status_code == 403
    assert Reading.objects.count() == 0


@pytest.mark.parametrize("name", ["import_plan", "readings"])
def test_a_stranger_signs_in_first(client, name):
    assert client.get(reverse(name))["Location"].startswith(reverse("account_login"))


def test_a_province_sees_what_its_departments_import_and_they_do_not_see_each_other(client_of, province):
    department = province.children.first()
    make_reading(make_actor(department))
    assert "ke-hoach.txt" in client_of(make_member(province)).get(reverse("readings")).content.decode()
    sibling = province.children.last()
    assert "ke-hoach.txt" not in client_of(make_member(sibling)).get(reverse("readings")).content.decode()


def test_nothing_is_live_before_confirmation(province):
    make_reading(make_actor(province))
    assert Plan.objects.count() == 0
