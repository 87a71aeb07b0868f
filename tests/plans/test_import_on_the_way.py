"""Between upload and review: jobs that are killed, called off or run again, and what the pages say of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse
from tests.factories import (
    make_actor,
    make_member,
    make_reading,
    make_user,
)
from tests.plans.import_files import queued, spreadsheet, word_file

from nhipcau.core import files
from nhipcau.core.models import Job
from nhipcau.core.worker import run_due_jobs
from nhipcau.documents.models import Line, Text
from nhipcau.plans import actions, jobs
from nhipcau.plans.models import Doubt, Reading

pytestmark = pytest.mark.django_db


def test_a_job_that_is_killed_in_the_middle_is_run_again_and_nothing_is_doubled(province, monkeypatch):
    reading = queued(make_actor(province))
    true_keep = jobs.keep_reading

    def killed(*arguments, **named):
        true_keep(*arguments, **named)
        raise KeyboardInterrupt  # the process dies after it wrote, before the job was ended

    monkeypatch.setattr(jobs, "keep_reading", killed)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        run_due_jobs()
    monkeypatch.undo()
    Job.objects.update(state=Job.State.QUEUED, leased_until=None, holder="")
    run_due_jobs()
    reading.refresh_from_db()
    assert (reading.state, Text.objects.count()) == (Reading.State.REVIEW, 1)
    assert Line.objects.count() == reading.text.line_count


def test_a_second_run_of_a_finished_job_changes_nothing(province):
    reading = queued(make_actor(province))
    run_due_jobs()
    before = (Text.objects.count(), Line.objects.count(), Doubt.objects.count())
    Job.objects.update(state=Job.State.QUEUED, leased_until=None)
    run_due_jobs()
    reading.refresh_from_db()
    assert (Text.objects.count(), Line.objects.count(), Doubt.objects.count()) == before


def test_a_reading_that_was_called_off_stays_called_off(browser, province):
    reading = queued(make_actor(province))
    browser.post(reverse("reading_cancel", args=[reading.public_id]))
    run_due_jobs()
    reading.refresh_from_db()
    assert (reading.state, reading.problem) == (Reading.State.FAILED, "cancelled")
    page = browser.get(reverse("reading_progress", args=[reading.public_id])).content.decode()
    assert reverse("reading_again", args=[reading.public_id]) in page


def test_what_was_called_off_can_be_read_again(browser, province):
    reading = queued(make_actor(province))
    actions.cancel_reading(make_actor(province), reading)
    browser.post(reverse("reading_again", args=[reading.public_id]))
    run_due_jobs()
    reading.refresh_from_db()
    assert reading.state == Reading.State.REVIEW


def test_reading_again_begins_anew_and_leaves_one_text(province):
    actor = make_actor(province)
    reading = make_reading(actor)
    actions.change_value(actor, reading, "/tasks/0/text", "Câu đã sửa.")
    actions.read_again(actor, reading)
    run_due_jobs()
    reading.refresh_from_db()
    assert reading.current["tasks"][0]["text"] == reading.found["tasks"][0]["text"]
    assert (Text.objects.count(), reading.doubts.count()) == (1, 1)


def test_the_progress_page_leads_on_when_the_file_is_read(browser, province):
    reading = make_reading(make_actor(province))
    address = reverse("reading_progress", args=[reading.public_id])
    assert browser.get(address)["Location"] == reverse("review", args=[reading.public_id])
    polled = browser.get(address, headers={"HX-Request": "true"})
    assert polled["HX-Redirect"] == reverse("review", args=[reading.public_id])


def test_the_progress_page_says_what_is_happening(browser, province):
    reading = queued(make_actor(province))
    Job.objects.update(state=Job.State.RUNNING, done=3, total=12, message="đang đọc trang 3/12")
    page = browser.get(reverse("reading_progress", args=[reading.public_id])).content.decode()
    assert "đang đọc trang 3/12" in page
    assert 'value="3"' in page


def test_the_list_shows_what_waits_and_how_much_is_left(browser, province, django_assert_max_num_queries):
    actor = make_actor(province)
    make_reading(actor)
    make_reading(actor, spreadsheet(), "bang.xlsx")
    browser.get(reverse("readings"))
    with django_assert_max_num_queries(12):
        page = browser.get(reverse("readings")).content.decode()
    assert "còn 1 chỗ cần xem" in page
    assert "Đây là bảng tính" in page


def test_an_empty_list_teaches_the_first_step(browser):
    page = browser.get(reverse("readings")).content.decode()
    assert reverse("import_plan") in page


def test_the_original_comes_back_byte_for_byte(browser, province):
    content = word_file()
    reading = make_reading(make_actor(province), content, "kế hoạch.docx")
    answer = browser.get(reverse("reading_file", args=[reading.public_id]))
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_discarded_reading_is_gone(browser, province):
    reading = make_reading(make_actor(province))
    browser.post(reverse("reading_discard", args=[reading.public_id]))
    assert browser.get(reverse("review", args=[reading.public_id])).status_code == 404


@pytest.fixture
def endless(tmp_path: Path, monkeypatch) -> Path:
    """In place of the stored file, one whose first byte never comes."""
    place = tmp_path / "endless"
    os.mkfifo(place)
    monkeypatch.setattr(files, "path_of", lambda stored: place)
    return place


def test_a_file_that_takes_too_long_says_so_and_stays(province, endless, settings):
    settings.READING_SECONDS = 1
    reading = queued(make_actor(province))
    run_due_jobs()
    reading.refresh_from_db()
    assert (reading.state, reading.problem, reading.file is not None) == (Reading.State.FAILED, "too-slow", True)
    assert reading.problem_text == {
        "vi": "Tệp mất quá nhiều thời gian để đọc nên việc đọc đã dừng. Bản gốc vẫn còn; bạn hãy tách riêng phần kế "
        "hoạch, hoặc dán nội dung văn bản.",
        "en": "The file takes too long to read, so the reading was ended. The original is kept: take out the part with "
        "the plan, or paste the text.",
    }


def test_a_file_that_takes_too_much_memory_says_so_and_stays(province, monkeypatch):
    monkeypatch.setattr("nhipcau.plans.reader.READ", "tests.core.sandboxed:take_memory")
    reading = queued(make_actor(province))
    run_due_jobs()
    reading.refresh_from_db()
    assert (reading.state, reading.problem, reading.file is not None) == (Reading.State.FAILED, "too-heavy", True)


@pytest.mark.parametrize("call_off", [actions.cancel_reading, actions.discard_reading])
def test_a_reading_that_is_called_off_in_the_middle_of_its_file_ends(province, endless, monkeypatch, call_off):
    actor = make_actor(province)
    reading = queued(actor)

    def called_off(stored):
        call_off(actor, Reading.objects.get())
        return endless

    monkeypatch.setattr(files, "path_of", called_off)
    run_due_jobs()
    assert Job.objects.get().state == Job.State.CANCELLED
    reading.refresh_from_db()
    assert reading.text is None


def test_an_original_that_is_gone_is_said_in_the_language_of_each_reader(client_of, browser, province, monkeypatch):
    def gone(stored):
        raise files.Gone

    reading = queued(make_actor(province))
    monkeypatch.setattr(files, "path_of", gone)
    run_due_jobs()
    address = reverse("reading_progress", args=[reading.public_id])
    english = client_of(make_member(province, user=make_user(language="en")))
    shown = [one.get(address).content.decode() for one in (browser, english)]
    assert ["Không tìm thấy tệp gốc" in page for page in shown] == [True, False]
    reading.refresh_from_db()
    assert reading.problem_text["en"] in shown[1]
