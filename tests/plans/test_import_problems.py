"""What cannot be read, or not be kept, says why and what to do, and leaves nothing half-written."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from functools import partial
from pathlib import Path

import pytest
from django.urls import reverse
from tests.factories import (
    PLAN_LINES,
    make_actor,
    make_member,
    make_reading,
    make_user,
)
from tests.plans.import_files import bomb, send, spreadsheet

from nhipcau.core.models import Job, StoredFile
from nhipcau.documents.models import Line, Text
from nhipcau.plans.models import Doubt, Reading

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("made", "name", "problem", "is_kept"),
    [
        (spreadsheet, "ke-hoach.pdf", "spreadsheet", True),
        (partial(os.urandom, 5000), "ke-hoach.docx", "binary", True),
        (bomb, "ke-hoach.docx", "bomb", False),
        (lambda: b"%PDF-1.7\nnothing more", "ke-hoach.pdf", "damaged", True),
    ],
    ids=["spreadsheet", "noise", "bomb", "torn"],
)
def test_what_cannot_be_read_says_why_and_what_to_do(browser, province, made, name, problem, is_kept):
    reading = make_reading(make_actor(province), made(), name)
    assert reading.state == Reading.State.FAILED
    assert (reading.problem, reading.file is not None) == (problem, is_kept)
    page = browser.get(reverse("reading_progress", args=[reading.public_id])).content.decode()
    assert reading.problem_text["vi"] in page
    assert (Text.objects.count(), Line.objects.count(), Doubt.objects.count()) == (0, 0, 0)


def test_the_reason_comes_in_english_for_who_reads_english(client_of, province):
    reading = make_reading(make_actor(province), spreadsheet(), "x.xlsx")
    reader = client_of(make_member(province, user=make_user(language="en")))
    page = reader.get(reverse("reading_progress", args=[reading.public_id])).content.decode()
    assert "This is a spreadsheet" in page


def test_an_empty_file_is_refused_beside_the_field(browser):
    answer = send(browser, b"")
    assert answer.status_code == 422
    assert "Tệp không có nội dung" in answer.content.decode()
    assert Reading.objects.count() == 0


def test_a_file_over_the_limit_is_refused_with_a_sentence_and_nothing_stays(browser, settings):
    settings.UPLOAD_LIMIT = 1_000_000
    answer = send(browser, b"a" * 1_200_000)
    assert answer.status_code == 422
    assert "Tệp lớn hơn 1 MB" in answer.content.decode()
    assert (Reading.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_an_english_text_is_read_and_said_to_be_no_plan(browser, province):
    text = "The quick brown fox jumps over the lazy dog. " * 40
    reading = make_reading(make_actor(province), text, "fox.txt")
    assert reading.state == Reading.State.REVIEW
    assert "not-a-plan" in [d.kind for d in reading.doubts.all()]
    page = browser.get(reverse("review", args=[reading.public_id]) + "?cho=1").content.decode()
    assert "Không thấy kế hoạch trong tệp" in page


@pytest.fixture
def small_disk(tmp_path: Path, settings):
    """A disk with room for a megabyte: a real one where this process may mount it, else its limit on files."""
    place = tmp_path / "small"
    place.mkdir()
    settings.FILES_DIR, settings.FILE_UPLOAD_TEMP_DIR = place, str(place)
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    is_mounted = shutil.which("mount") is not None and subprocess.run(command, capture_output=True).returncode == 0
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    if not is_mounted:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))
    yield place
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    if is_mounted:
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_said_and_leaves_nothing(browser, small_disk):
    answer = send(browser, ("\n".join(PLAN_LINES) * 4000).encode())
    assert answer.status_code == 422
    assert "hết chỗ lưu" in answer.content.decode()
    assert [path for path in small_disk.rglob("*") if path.is_file()] == []
    assert (Reading.objects.count(), StoredFile.objects.count(), Job.objects.count()) == (0, 0, 0)


def test_text_pasted_on_a_full_disk_stays_in_the_form(browser, small_disk):
    (small_disk / "other").write_bytes(b"x" * 900_000)
    text = "\n".join(PLAN_LINES * 250)
    answer = browser.post(reverse("import_plan"), {"text": text})
    page = answer.content.decode()
    assert (answer.status_code, "hết chỗ lưu" in page, PLAN_LINES[0] in page) == (422, True, True)
    assert [path.name for path in small_disk.rglob("*") if path.is_file()] == ["other"]
    assert (Reading.objects.count(), StoredFile.objects.count(), Job.objects.count()) == (0, 0, 0)
