"""Letters: written with the act, sent once, kept until they are sent."""

from __future__ import annotations

import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone, translation
from tests.factories import make_user

from nhipcau.core import jobs, notices
from nhipcau.core.delivery import MAX_ATTEMPTS
from nhipcau.core.models import Job, Notice, OutboxMessage, Schedule, Worker
from nhipcau.core.worker import run_due_jobs

pytestmark = pytest.mark.django_db


class Refusing(EmailBackend):
    """A mail server that refuses one address."""

    def send_messages(self, messages):
        if messages[0].to == ["xau@example.vn"]:
            raise smtplib.SMTPRecipientsRefused({"xau@example.vn": (550, b"no such mailbox")})
        return super().send_messages(messages)


class Slow(EmailBackend):
    """A mail server so slow that another worker has meanwhile taken the other letters."""

    def send_messages(self, messages):
        OutboxMessage.objects.filter(attempts=0).update(attempts=1)
        return super().send_messages(messages)


def write(to: str = "an@example.vn", subject: str = "Một", body: str = "Thư") -> OutboxMessage:
    return OutboxMessage.objects.create(to=to, subject=subject, body=body)


def deliver() -> None:
    Schedule.objects.update(next_at=timezone.now())
    list(jobs.enqueue_periodic())
    run_due_jobs()


def test_a_letter_is_sent_once():
    write("binh@example.vn", "Có 5 nhiệm vụ mới", "Kính gửi")
    deliver()
    deliver()
    assert [(letter.to, letter.subject, letter.body) for letter in mail.outbox] == [
        (["binh@example.vn"], "Có 5 nhiệm vụ mới", "Kính gửi")
    ]


def test_a_letter_that_was_sent_is_not_kept():
    write()
    deliver()
    letter = OutboxMessage.objects.get()
    assert (letter.sent_at is not None, letter.body, letter.attempts) == (True, "", 1)


def test_a_letter_is_known_by_its_message_id():
    letter = write()
    deliver()
    # As after a worker that was killed between the server's yes and ours.
    OutboxMessage.objects.update(sent_at=None, try_after=timezone.now())
    deliver()
    ids = [sent.extra_headers["Message-ID"] for sent in mail.outbox]
    assert ids == [f"<outbox-{letter.pk}-{letter.created_at:%Y%m%d%H%M%S%f}@localhost>"] * 2


def test_a_letter_that_another_worker_has_taken_is_left_to_it(settings):
    settings.EMAIL_BACKEND = "tests.core.test_delivery.Slow"
    write("mot@example.vn")
    write("hai@example.vn")
    deliver()
    assert [letter.to for letter in mail.outbox] == [["mot@example.vn"]]


def test_a_line_break_in_a_subject_does_no_harm():
    write(subject="Kế hoạch\nBcc: ai-do@example.vn")
    deliver()
    assert mail.outbox[0].subject == "Kế hoạch Bcc: ai-do@example.vn"


def test_people_who_left_get_nothing():
    notices.tell([make_user(is_active=False).pk], "tests", "Một")
    assert Notice.objects.count() == 0


def test_one_refused_address_holds_nobody_up(settings):
    settings.EMAIL_BACKEND = "tests.core.test_delivery.Refusing"
    write("xau@example.vn")
    write("tot@example.vn")
    deliver()
    assert [letter.to for letter in mail.outbox] == [["tot@example.vn"]]
    waiting = OutboxMessage.objects.get(to="xau@example.vn")
    assert (waiting.sent_at, waiting.attempts) == (None, 1)
    assert waiting.problem == "SMTPRecipientsRefused: {'xau@example.vn': (550, b'no such mailbox')}"
    assert waiting.body != ""


def test_a_refused_letter_waits_longer_each_time_and_then_stays(settings):
    settings.EMAIL_BACKEND = "tests.core.test_delivery.Refusing"
    write("xau@example.vn")
    waits = []
    for _attempt in range(MAX_ATTEMPTS + 2):
        OutboxMessage.objects.update(try_after=timezone.now())
        deliver()
        waits.append(round((OutboxMessage.objects.get().try_after - timezone.now()).total_seconds() / 60))
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 0, 0]


def test_tidying_up_leaves_what_is_young_and_what_people_wait_for():
    old = timezone.now() - dt.timedelta(days=40)
    OutboxMessage.objects.create(to="a@example.vn", subject="cũ", body="", sent_at=old)
    OutboxMessage.objects.create(to="a@example.vn", subject="chưa gửi", body="x")
    jobs.enqueue("core.deliver", {}, run_after=old)
    jobs.enqueue("plans.read", {}, run_after=old, person_id=1)
    Job.objects.update(state="done", finished_at=old)
    Worker.objects.create(name="gone", seen_at=old)
    jobs.enqueue("core.tidy", {})
    run_due_jobs()
    assert [letter.subject for letter in OutboxMessage.objects.all()] == ["chưa gửi"]
    assert sorted(Job.objects.values_list("kind", flat=True)) == ["core.tidy", "plans.read"]
    assert Worker.objects.count() == 0


def test_each_person_is_told_in_their_own_language():
    officer, guest = make_user(), make_user(language="en")
    told = notices.tell([officer.pk, guest.pk], "test", lambda: f"{translation.get_language()}: 19")
    assert {notice.person_id: notice.text for notice in told} == {officer.pk: "vi: 19", guest.pk: "en: 19"}
