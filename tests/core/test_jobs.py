"""The queue: every job runs once to its end, or says why not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from tests.factories import make_user

from nhipcau.core import jobs, worker
from nhipcau.core.files import NoRoom, TooLarge
from nhipcau.core.models import Job, Notice, Schedule
from nhipcau.core.worker import claim, run, run_due_jobs

pytestmark = pytest.mark.django_db

GAVE_UP = (
    "Hệ thống đã thử 3 lần mà việc bạn giao vẫn không xong. Bạn hãy thử lại sau; nếu vẫn không được, hãy báo người "
    "quản trị hệ thống."
)
LATER = dt.timedelta(minutes=2)  # longer than a lease


@pytest.fixture
def declare(monkeypatch):
    """Declare a kind of job for one test."""
    monkeypatch.setattr(jobs, "_kinds", dict(jobs._kinds))
    monkeypatch.setattr(jobs, "_periods", {})

    def declared(function, kind="tests.work", **options):
        jobs.job(kind, **options)(function)

    return declared


def ended(job: Job) -> Job:
    job.refresh_from_db()
    return job


class TestRunning:
    def test_a_job_gets_its_arguments(self, declare):
        seen = []
        declare(lambda run, number: seen.append(number))
        job = jobs.enqueue("tests.work", {"number": 7})
        assert [done.state for done in run_due_jobs()] == ["done"]
        assert seen == [7]
        assert (ended(job).attempts, job.leased_until, job.finished_at is not None) == (1, None, True)

    def test_it_exists_only_when_its_transaction_commits(self, declare):
        declare(lambda run: None)
        with pytest.raises(RuntimeError), transaction.atomic():
            jobs.enqueue("tests.work", {})
            raise RuntimeError
        assert run_due_jobs() == []

    def test_the_oldest_runs_first_and_later_ones_wait_for_their_time(self, declare):
        seen = []
        declare(lambda run, name: seen.append(name))
        now = timezone.now()
        jobs.enqueue("tests.work", {"name": "second"}, run_after=now - dt.timedelta(seconds=1))
        jobs.enqueue("tests.work", {"name": "first"}, run_after=now - dt.timedelta(seconds=9))
        jobs.enqueue("tests.work", {"name": "tomorrow"}, run_after=now + dt.timedelta(days=1))
        run_due_jobs()
        assert seen == ["first", "second"]

    def test_progress_is_visible_while_it_runs(self, declare):
        def work(run):
            run.progress(3, 12, "đang đọc trang 3/12")
            seen.append(Job.objects.values_list("done", "total", "message", "state").get())

        seen = []
        declare(work)
        jobs.enqueue("tests.work", {})
        run_due_jobs()
        assert seen == [(3, 12, "đang đọc trang 3/12", "running")]

    def test_it_speaks_the_language_of_its_person(self, declare):
        seen = []
        declare(lambda run: seen.append(_("January")))
        jobs.enqueue("tests.work", {}, person_id=make_user(language="en").pk)
        jobs.enqueue("tests.work", {}, person_id=make_user(language="vi").pk)
        run_due_jobs()
        assert seen == ["January", "Tháng 1"]

    def test_a_kind_that_is_not_known_here_is_left_to_others(self):
        job = jobs.enqueue("tests.of-a-newer-version", {})
        assert run_due_jobs() == []
        assert ended(job).state == "queued"


class TestFailing:
    def test_it_is_tried_again(self, declare):
        def work(run):
            seen.append(run.job.attempts)
            if len(seen) < 3:
                raise ValueError

        seen = []
        declare(work)
        job = jobs.enqueue("tests.work", {})
        run_due_jobs()
        assert (seen, ended(job).state) == ([1, 2, 3], "done")

    def test_it_waits_before_it_is_tried_again(self, declare):
        declare(lambda run: 1 / 0)
        job = jobs.enqueue("tests.work", {})
        run(claim())
        assert ended(job).message == "Chưa xong, đang chờ thử lại (lần 2/3)"
        assert claim() is None
        assert claim(timezone.now() + worker.BACK_OFF).pk == job.pk

    def test_after_three_attempts_its_person_is_told(self, declare):
        person = make_user()
        declare(lambda run: 1 / 0)
        job = jobs.enqueue("tests.work", {}, person_id=person.pk)
        run_due_jobs()
        assert (ended(job).state, job.attempts, job.problem) == ("failed", 3, GAVE_UP)
        assert list(Notice.objects.values_list("person_id", "text", "to_mail")) == [(person.pk, GAVE_UP, True)]

    def test_its_room_may_do_the_telling(self, declare):
        told = []
        declare(lambda run, number: 1 / 0, on_failure=lambda job, number: told.append((job.problem, number)))
        jobs.enqueue("tests.work", {"number": 5}, person_id=make_user().pk)
        run_due_jobs()
        assert told == [(GAVE_UP, 5)]
        assert Notice.objects.count() == 0

    def test_it_has_failed_even_if_nobody_could_be_told(self, declare):
        declare(lambda run: 1 / 0, on_failure=lambda job: 1 / 0)
        job = jobs.enqueue("tests.work", {})
        run_due_jobs()
        assert (ended(job).state, job.problem) == ("failed", GAVE_UP)

    @pytest.mark.parametrize(
        ("problem", "said", "attempts"),
        [
            (jobs.Hopeless("Tệp đã bị xóa."), "Tệp đã bị xóa.", 1),
            (TooLarge(50_000_000), TooLarge(50_000_000).message, 1),
            (NoRoom(), NoRoom().message, 3),
            (OSError(28, "No space left on device"), NoRoom().message, 3),
        ],
    )
    def test_what_is_hopeless_is_not_tried_again(self, declare, problem, said, attempts):
        def work(run):
            raise problem

        declare(work)
        job = jobs.enqueue("tests.work", {})
        run_due_jobs()
        assert (ended(job).state, job.problem, job.attempts) == ("failed", said, attempts)


class TestCancelling:
    def test_one_that_waits_is_cancelled_at_once(self, declare):
        declare(lambda run: None)
        job = jobs.enqueue("tests.work", {})
        assert jobs.cancel(job.pk) is True
        assert run_due_jobs() == []
        assert ended(job).state == "cancelled"

    def test_one_that_runs_stops_at_its_next_word(self, declare):
        def work(run):
            steps.append(1)
            jobs.cancel(run.job.pk)
            run.progress(1, 2)
            steps.append(2)

        steps = []
        declare(work)
        job = jobs.enqueue("tests.work", {})
        run_due_jobs()
        assert (steps, ended(job).state) == ([1], "cancelled")

    def test_one_that_has_ended_stays_as_it_ended(self, declare):
        declare(lambda run: None)
        job = jobs.enqueue("tests.work", {})
        run_due_jobs()
        assert jobs.cancel(job.pk) is False
        assert ended(job).state == "done"

    def test_one_whose_worker_died_is_not_taken_up_again(self, declare):
        declare(lambda run: None)
        job = jobs.enqueue("tests.work", {})
        claim()
        jobs.cancel(job.pk)
        assert claim(timezone.now() + LATER) is None
        assert ended(job).state == "cancelled"


class TestLeases:
    def test_a_job_is_given_to_one_worker_only(self, declare):
        declare(lambda run: None)
        jobs.enqueue("tests.work", {})
        assert (claim() is not None, claim()) == (True, None)

    def test_a_dead_workers_job_is_given_to_another(self, declare):
        declare(lambda run: None)
        jobs.enqueue("tests.work", {})
        first = claim()
        second = claim(timezone.now() + LATER)
        assert (second.pk, second.attempts) == (first.pk, 2)

    def test_progress_renews_the_lease(self, declare):
        declare(lambda run: None)
        long_ago = timezone.now() - jobs.LEASE
        job = jobs.enqueue("tests.work", {}, run_after=long_ago)
        taken = claim(long_ago)
        jobs.Run(taken).progress(1, 2)
        assert claim(timezone.now() + jobs.LEASE / 2) is None
        assert ended(job).attempts == 1

    def test_a_worker_that_lost_its_job_changes_nothing_more(self, declare):
        declare(lambda run: run.progress(1, 2))
        job = jobs.enqueue("tests.work", {})
        slow = claim()
        quick = claim(timezone.now() + LATER)
        run(quick)
        run(slow)
        with pytest.raises(jobs.LeaseLost):
            jobs.Run(slow).progress(2, 2)
        assert (ended(job).state, job.attempts) == ("done", 2)

    def test_nor_does_it_end_the_job_for_the_other(self, declare):
        declare(lambda run: None)
        job = jobs.enqueue("tests.work", {})
        slow = claim()
        quick = claim(timezone.now() + LATER)
        run(slow)
        assert (ended(job).state, job.holder) == ("running", quick.holder)

    def test_a_job_that_kills_its_workers_is_given_up(self, declare):
        person = make_user()
        declare(lambda run: None)
        job = jobs.enqueue("tests.work", {}, person_id=person.pk)
        for minutes in (0, 2, 4):
            assert claim(timezone.now() + dt.timedelta(minutes=minutes)).pk == job.pk
        assert claim(timezone.now() + dt.timedelta(minutes=6)) is None
        assert ended(job).state == "failed"
        assert job.problem == (
            "Việc bạn giao làm máy chủ dừng giữa chừng 3 lần nên đã được dừng hẳn. Bạn hãy báo người quản trị hệ thống."
        )
        assert Notice.objects.get().person == person

    def test_a_worker_that_is_shut_down_gives_its_job_back(self, declare):
        declare(lambda run: run.progress(1, 2))
        job = jobs.enqueue("tests.work", {})
        run(claim(), is_stopping=lambda: True)
        assert (ended(job).state, job.attempts) == ("queued", 0)


class TestPeriods:
    @pytest.fixture
    def hourly(self, declare):
        asked = []
        jobs.periodic("tests.hourly", every=dt.timedelta(hours=1), when=lambda: not asked)(lambda run: None)
        return asked

    def test_it_comes_once_a_period(self, hourly):
        now = timezone.now()
        hours = [0, 0.5, 1, 1.5, 2.5]
        made = []
        for hour in hours:
            made.append(len(list(jobs.enqueue_periodic(now + dt.timedelta(hours=hour)))))
            run_due_jobs()
        assert made == [1, 0, 1, 0, 1]

    def test_it_does_not_pile_up_while_nobody_works(self, hourly):
        now = timezone.now()
        made = [len(list(jobs.enqueue_periodic(now + dt.timedelta(hours=hour)))) for hour in (0, 2, 4)]
        assert made == [1, 0, 0]

    def test_it_stays_away_when_there_is_nothing_to_do(self, hourly):
        hourly.append("nothing to do")
        assert list(jobs.enqueue_periodic()) == []
        assert Schedule.objects.get().kind == "tests.hourly"
