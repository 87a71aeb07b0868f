"""What one person may send in a day: so many files, so many bytes, and when more is taken."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation
from tests.factories import make_member, make_province

from nhipcau.core import counting, files
from nhipcau.core.models import StoredFile, User
from nhipcau.plans.models import Reading

pytestmark = pytest.mark.django_db

MANY = "Bạn đã tải lên 2 tệp trong 24 giờ, đủ mức cho phép, nên tệp này chưa được lưu."
MUCH = "Với tệp này, bạn tải lên quá 1 MB trong 24 giờ, nên tệp chưa được lưu."
WHEN = re.compile(r"Bạn có thể tải (?:tiếp|lại) từ (\d\d:\d\d) ngày (\d\d/\d\d/\d{4})\.")


@pytest.fixture
def officer(settings) -> User:
    settings.UPLOADS_A_DAY, settings.UPLOAD_BYTES_A_DAY = 2, 1_000_000
    return make_member(make_province())


@pytest.fixture
def browser(client_of, officer):
    return client_of(officer)


def send(browser, content: bytes, name: str = "a.txt"):
    return browser.post(reverse("import_plan"), {"files": SimpleUploadedFile(name, content)})


def test_the_third_of_two_files_is_refused_with_the_time_when_it_may_come(browser):
    answers = [send(browser, f"tệp {n}".encode()) for n in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 422]
    page = answers[2].content.decode()
    assert MANY in page
    time, day = WHEN.search(page).groups()
    said = dt.datetime.strptime(f"{time} {day}", "%H:%M %d/%m/%Y")
    waits = said - timezone.localtime().replace(tzinfo=None)
    assert dt.timedelta(hours=23, minutes=58) < waits <= dt.timedelta(hours=24, minutes=1)
    assert (Reading.objects.count(), StoredFile.objects.count()) == (2, 2)


def test_so_many_bytes_and_no_more(browser):
    statuses = [send(browser, letter * 450_000).status_code for letter in (b"a", b"b")]
    assert statuses == [302, 302]


def test_what_goes_over_the_bytes_is_refused_and_something_smaller_still_fits(browser, settings):
    settings.UPLOADS_A_DAY = 3
    answers = [send(browser, letter * size) for letter, size in ((b"a", 900_000), (b"b", 200_000), (b"c", 50_000))]
    assert [answer.status_code for answer in answers] == [302, 422, 302]
    assert MUCH in answers[1].content.decode()
    assert sorted(StoredFile.objects.values_list("size", flat=True)) == [50_000, 900_000]


def test_what_was_refused_is_not_counted(browser, settings):
    settings.UPLOAD_LIMIT = 1000
    assert [send(browser, b"x" * 2000).status_code for _ in range(4)] == [422] * 4
    settings.UPLOAD_LIMIT = 50_000_000
    assert [send(browser, f"tệp {n}".encode()).status_code for n in range(2)] == [302, 302]


def test_pasted_text_counts_as_a_file(browser):
    send(browser, b"mot")
    pasted = [browser.post(reverse("import_plan"), {"text": f"văn bản {n}"}) for n in range(2)]
    assert [answer.status_code for answer in pasted] == [302, 422]
    page = pasted[1].content.decode()
    assert (MANY in page, "văn bản 1" in page) == (True, True)


def test_each_person_has_a_limit_of_their_own(client_of, browser, officer):
    for n in range(3):
        send(browser, f"tệp {n}".encode())
    colleague = client_of(make_member(officer.memberships.get().organisation))
    assert send(colleague, b"cua nguoi khac").status_code == 302


def test_a_day_later_the_count_begins_anew(browser, monkeypatch):
    for n in range(2):
        send(browser, f"tệp {n}".encode())
    later = counting.time() + files.DAY + 1
    monkeypatch.setattr(counting, "time", lambda: later)
    assert send(browser, b"hom sau").status_code == 302


def test_several_files_of_one_request_are_counted_one_by_one(browser):
    three = [SimpleUploadedFile(f"{n}.txt", f"tệp {n}".encode()) for n in range(3)]
    page = browser.post(reverse("import_plan"), {"files": three}).content.decode()
    assert (f"2.txt: {MANY}" in page, "1.txt: " in page) == (True, False)


def test_every_problem_is_said_in_each_language():
    when = timezone.localtime()
    problems = [
        files.TooLarge(50_000_000), files.TooMuch(), files.TooManyToday(2, when), files.TooMuchToday(10**6, when),
        files.NoRoom(), files.Gone(),
    ]  # fmt: skip
    for problem in problems:
        said = problem.in_each_language()
        assert sorted(said) == ["en", "vi"]
        for language, sentence in said.items():
            with translation.override(language):
                assert sentence == problem.message == str(problem)
    english, vietnamese = (files.Gone().in_each_language()[language] for language in ("en", "vi"))
    assert vietnamese.startswith("Không tìm thấy tệp gốc") and english.startswith("The original file")
