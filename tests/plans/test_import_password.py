"""A locked file asks for its password, which is kept nowhere."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse
from tests.factories import (
    make_actor,
    make_reading,
)
from tests.plans.import_files import locked_pdf

from nhipcau.core import files
from nhipcau.plans import reader as plan_reader
from nhipcau.plans.models import Reading

pytestmark = pytest.mark.django_db


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


def test_a_locked_file_is_not_opened_in_the_process_of_the_page(browser, province, monkeypatch):
    reading = make_reading(make_actor(province), locked_pdf(SECRET), "mat.pdf")
    monkeypatch.setattr("vanban.source.load", None)  # here; not where the file is read
    browser.post(reverse("reading_password", args=[reading.public_id]), {"password": SECRET})
    reading.refresh_from_db()
    assert reading.state == Reading.State.REVIEW


def test_a_locked_file_that_wants_too_much_memory_says_so_and_stays(browser, province, monkeypatch):
    reading = make_reading(make_actor(province), locked_pdf(SECRET), "mat.pdf")
    monkeypatch.setattr("nhipcau.plans.reader.READ", "tests.core.sandboxed:take_memory")
    browser.post(reverse("reading_password", args=[reading.public_id]), {"password": SECRET})
    reading.refresh_from_db()
    assert (reading.state, reading.problem, reading.file is not None) == (Reading.State.FAILED, "too-heavy", True)
    assert "quá nhiều bộ nhớ" in browser.get(reverse("reading_progress", args=[reading.public_id])).content.decode()


def test_a_file_that_breaks_its_reader_is_answered_with_a_page(browser, province, monkeypatch):
    reading = make_reading(make_actor(province), locked_pdf(SECRET), "mat.pdf")
    monkeypatch.setattr("nhipcau.plans.reader.READ", "tests.core.sandboxed:die_of_a_file")
    page = browser.post(reverse("reading_password", args=[reading.public_id]), {"password": SECRET})
    assert (page.status_code, "Không đọc được tệp này" in page.content.decode()) == (422, True)


def test_only_a_few_locked_files_are_opened_at_once(browser, province, monkeypatch):
    reading = make_reading(make_actor(province), locked_pdf(SECRET), "mat.pdf")
    monkeypatch.setattr("nhipcau.plans.reader._opening", threading.BoundedSemaphore(1))
    monkeypatch.setattr("nhipcau.plans.views.importing.SECONDS_IN_PAGE", 0.4)
    with plan_reader._opening:
        page = browser.post(reverse("reading_password", args=[reading.public_id]), {"password": SECRET})
    assert (page.status_code, "đang mở các tệp khác" in page.content.decode()) == (422, True)
