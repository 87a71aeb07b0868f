"""A file arrives: from the upload through the worker to the review, whatever the file is."""

from __future__ import annotations

import io
import os
import resource
import shutil
import subprocess
import zipfile
from pathlib import Path

import fontpkg_be_vietnam_pro
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from docx import Document as Word
from openpyxl import Workbook
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from tests.factories import (
    PLAN_LINES,
    make_actor,
    make_member,
    make_organisation,
    make_province,
    make_reading,
    make_user,
)

from nhipcau.core import files
from nhipcau.core.models import Job, StoredFile
from nhipcau.core.worker import run_due_jobs
from nhipcau.documents.models import Line, Text
from nhipcau.plans import actions, jobs
from nhipcau.plans.actions import upload_plan
from nhipcau.plans.models import Doubt, Plan, Reading

pytestmark = pytest.mark.django_db
SEEDS = Path(__file__).parents[2] / "data" / "demo"
FONT = Path(fontpkg_be_vietnam_pro.__file__).parent / "files" / "BeVietnamPro-Regular.ttf"


@pytest.fixture
def province():
    return make_province()


@pytest.fixture
def officer(province):
    return make_member(province)


@pytest.fixture
def browser(client_of, officer) -> Client:
    return client_of(officer)


def word_file(lines: list[str] = PLAN_LINES) -> bytes:
    word = Word()
    for line in lines:
        word.add_paragraph(line)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def pdf_file(lines: list[str] = PLAN_LINES) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    pdfmetrics.registerFont(TTFont("Plan", FONT))
    y = 800
    canvas.setFont("Plan", 11)
    for line in lines:
        canvas.drawString(60, y, line)
        y -= 16
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def locked_pdf(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_file())))
    writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def spreadsheet() -> bytes:
    book = Workbook()
    book.active.append(["TT", "Nhiệm vụ", "Chủ trì"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
        )
        archive.writestr("word/document.xml", b"<w:document>" + b" " * 200_000_000)
    return out.getvalue()


def send(browser: Client, content: bytes, name: str = "ke-hoach.txt"):
    return browser.post(reverse("import_plan"), {"files": SimpleUploadedFile(name, content)})


# --- the whole way ---------------------------------------------------------------------------------------------------


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


# --- the same file again ---------------------------------------------------------------------------------------------


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


# --- what cannot be read ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "problem", "is_kept"),
    [
        (spreadsheet(), "ke-hoach.pdf", "spreadsheet", True),
        (os.urandom(5000), "ke-hoach.docx", "binary", True),
        (bomb(), "ke-hoach.docx", "bomb", False),
        (b"%PDF-1.7\nnothing more", "ke-hoach.pdf", "damaged", True),
    ],
    ids=["spreadsheet", "noise", "bomb", "torn"],
)
def test_what_cannot_be_read_says_why_and_what_to_do(browser, province, content, name, problem, is_kept):
    reading = make_reading(make_actor(province), content, name)
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


# --- a password ------------------------------------------------------------------------------------------------------

SECRET = "mat-khau-rat-rieng-7319"


def everything_stored() -> str:
    """Every value of every row of every table, and every byte kept on the disk."""
    kept = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            kept.append(repr(cursor.fetchall()))
    kept += [repr(p.read_bytes()) for p in Path(files.settings.FILES_DIR).rglob("*") if p.is_file()]
    return "\n".join(kept)


def test_an_encrypted_pdf_asks_for_its_password_and_keeps_it_nowhere(browser, province):
    reading = make_reading(make_actor(province), locked_pdf(SECRET), "mat.pdf")
    assert reading.state == Reading.State.NEEDS_PASSWORD
    address = reverse("reading_password", args=[reading.public_id])
    page = browser.get(reverse("reading_progress", args=[reading.public_id])).content.decode()
    assert f'action="{address}"' in page
    wrong = browser.post(address, {"password": "sai"})
    assert wrong.status_code == 422
    assert "Mật khẩu không đúng" in wrong.content.decode()
    browser.post(address, {"password": SECRET})
    reading.refresh_from_db()
    assert (reading.state, len(reading.current["tasks"])) == (Reading.State.REVIEW, 2)
    assert SECRET not in everything_stored()


def test_a_wrong_password_is_not_shown_again(browser, province):
    reading = make_reading(make_actor(province), locked_pdf(SECRET), "mat.pdf")
    page = browser.post(reverse("reading_password", args=[reading.public_id]), {"password": "khong-dung-4242"})
    assert "khong-dung-4242" not in page.content.decode()


def test_a_locked_file_that_takes_too_long_is_given_back(browser, province, monkeypatch):
    reading = make_reading(make_actor(province), locked_pdf(SECRET), "mat.pdf")
    monkeypatch.setattr("nhipcau.plans.views.importing.SECONDS_IN_PAGE", -1.0)
    page = browser.post(reverse("reading_password", args=[reading.public_id]), {"password": SECRET})
    assert page.status_code == 422
    reading.refresh_from_db()
    assert reading.state == Reading.State.NEEDS_PASSWORD


# --- on the way ------------------------------------------------------------------------------------------------------


def queued(actor) -> Reading:
    return upload_plan(actor, files.store("\n".join(PLAN_LINES).encode()), name="a.txt").reading


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


# --- who may ---------------------------------------------------------------------------------------------------------


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
