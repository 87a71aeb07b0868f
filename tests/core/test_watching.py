"""The clock watches itself and says so where administrators look."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from tests.factories import make_member, make_organisation, make_user

from nhipcau.core import jobs, watching
from nhipcau.core.models import Job, OutboxMessage, Rhythm, Schedule, Worker
from nhipcau.core.watching import Stopped

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client_of):
    return client_of(make_member(make_organisation("Sở Tư pháp"), "administrator"))


def ago(**span) -> dt.datetime:
    return timezone.now() - dt.timedelta(**span)


def make_beats(at: dt.datetime) -> None:
    for kind in watching.BEATS:
        Schedule.objects.update_or_create(kind=kind, defaults={"next_at": at})


def test_a_house_that_has_never_reminded_says_so():
    assert watching.stopped() == Stopped(None)


def test_all_is_well_while_it_comes_round():
    make_beats(timezone.now())
    assert watching.stopped() is None


def test_without_a_worker_it_has_stopped_after_three_minutes():
    make_beats(ago(minutes=2))
    assert watching.stopped() is None
    late = ago(minutes=4)
    make_beats(late)
    assert watching.stopped() == Stopped(late)


def test_a_worker_that_reads_a_long_scan_is_no_alarm():
    Worker.objects.create(name="one", seen_at=timezone.now())
    make_beats(ago(minutes=20))
    assert watching.stopped() is None
    make_beats(ago(minutes=40))
    assert watching.stopped() is not None


def test_people_who_wait_in_vain_are_an_alarm_though_the_job_comes_round():
    Worker.objects.create(name="one", seen_at=timezone.now())
    make_beats(timezone.now())
    due = ago(hours=2)
    Rhythm.objects.create(person=make_user(), next_at=due)
    assert watching.stopped() == Stopped(due)
    Rhythm.objects.update(kind="never")
    assert watching.stopped() is None


def test_the_head_of_an_administrators_page_shows_it(administrator, client_of):
    late = timezone.localtime(ago(hours=3))
    make_beats(late)
    said = f"Nhắc việc đã ngừng từ {late:%H:%M %d/%m/%Y}."
    page = administrator.get("/thong-bao/").content.decode()
    assert said in page
    assert said in administrator.get("/he-thong/").content.decode()
    officer = client_of(make_member(make_organisation()))
    assert said not in officer.get("/thong-bao/").content.decode()


def test_the_head_costs_three_small_questions(administrator, django_assert_num_queries):
    make_beats(timezone.now())
    Worker.objects.create(name="one", seen_at=timezone.now())
    with django_assert_num_queries(3):
        watching.alarm()


def test_the_page_shows_who_works_and_what_comes_round(administrator, django_assert_max_num_queries):
    Worker.objects.create(name="may-1:77", seen_at=timezone.now())
    Worker.objects.create(name="may-2:78", seen_at=ago(minutes=5))
    make_beats(timezone.now())
    with django_assert_max_num_queries(30):
        page = administrator.get("/he-thong/").content.decode()
    assert [words in page for words in ("may-1:77", "may-2:78", "không thấy nữa", "Nhắc việc", "Gửi thư")] == [True] * 5
    assert [round.label for round in watching.rounds() if not round.is_late] == ["Gửi thư", "Nhắc việc"]


def test_a_periodic_job_that_fails_is_shown():
    make_beats(timezone.now())
    job = jobs.enqueue("core.remind", {})
    Job.objects.filter(pk=job.pk).update(state="failed", finished_at=timezone.now())
    assert [round.label for round in watching.rounds() if round.problem] == ["Nhắc việc"]
    done = jobs.enqueue("core.remind", {})
    Job.objects.filter(pk=done.pk).update(state="done", finished_at=timezone.now() + dt.timedelta(seconds=1))
    assert [round.label for round in watching.rounds() if round.problem] == []


def test_letters_that_do_not_go_out_are_shown_without_their_reader(administrator):
    OutboxMessage.objects.create(
        to="rieng@so.example.vn",
        subject="Việc kín",
        body="x",
        attempts=8,
        problem="SMTPRecipientsRefused: {'rieng@so.example.vn': (550, b'no')}",
    )
    page = administrator.get("/he-thong/").content.decode()
    assert "…@so.example.vn" in page
    assert "Máy chủ thư không nhận địa chỉ này" in page
    assert "rieng" not in page
    assert "Việc kín" not in page


def test_letters_are_tried_again(administrator):
    letter = OutboxMessage.objects.create(to="a@so.example.vn", subject="x", body="x", attempts=8, problem="OSError: x")
    assert administrator.post("/he-thong/gui-lai/").status_code == 302
    letter.refresh_from_db()
    assert letter.attempts == 0
    assert letter.try_after <= timezone.now()
