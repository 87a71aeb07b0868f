"""The house's own periodic jobs: sending what stands in the outbox, and tidying up."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import logging
import smtplib
from email.mime.image import MIMEImage
from email.utils import parseaddr
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import counting, files
from .jobs import Run, periodic
from .models import Job, OutboxMessage, Reminder, Worker

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 8
FIRST_WAIT = dt.timedelta(minutes=1)  # doubled after each attempt: the last one is two hours after the first
AT_ONCE = 200
KEPT = dt.timedelta(days=30)
MARK = Path(__file__).parent / "templates" / "core" / "reminders" / "mark.png"


def _waiting() -> models.QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(sent_at=None, try_after__lte=timezone.now(), attempts__lt=MAX_ATTEMPTS)


@periodic("core.deliver", every=dt.timedelta(seconds=5), when=lambda: _waiting().exists(), label=_("Gửi thư"))
def deliver(run: Run) -> None:
    """Send what waits in the outbox.

    A letter is taken by moving its ``try_after`` on, so that two workers never send the same one. When a worker is
    killed between the mail server's yes and ours, the letter goes again with the same Message-ID, by which mail servers
    know it.
    """
    letters = list(_waiting().order_by("created_at", "pk")[:AT_ONCE])
    mail = get_connection()
    try:
        for number, letter in enumerate(letters, start=1):
            run.progress(number, len(letters))
            wait = FIRST_WAIT * 2**letter.attempts
            taken = OutboxMessage.objects.filter(pk=letter.pk, sent_at=None, attempts=letter.attempts).update(
                attempts=letter.attempts + 1, try_after=timezone.now() + wait
            )
            if taken:
                _send(letter, mail)
    finally:
        mail.close()


def _send(letter: OutboxMessage, mail: BaseEmailBackend) -> None:
    _name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    domain = sender.rpartition("@")[2] or "localhost"
    message = _message(letter, mail)
    message.extra_headers = {
        "Message-ID": f"<outbox-{letter.pk}-{letter.created_at:%Y%m%d%H%M%S%f}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }
    mine = OutboxMessage.objects.filter(pk=letter.pk)
    try:
        mail.open()
        message.send()
    except (OSError, smtplib.SMTPException, ValueError) as problem:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            mail.close()  # the next letter starts on a new connection
        # The mail server's own words name the recipient; they stand with the letter, not in the log.
        logger.warning("letter %s was not sent: %s", letter.pk, type(problem).__name__)
        mine.update(problem=f"{type(problem).__name__}: {problem}"[:300])
    else:
        mine.update(sent_at=timezone.now(), problem="", body="", html="")


def _message(letter: OutboxMessage, mail: BaseEmailBackend) -> EmailMessage:
    """Plain text; where the letter has marks too, they stand beside it with their picture inside the letter: whoever
    reads it loads nothing from us, and we do not learn that it was read."""
    subject = " ".join(letter.subject.split())
    if not letter.html:
        return EmailMessage(subject, letter.body, to=[letter.to], connection=mail)
    message = EmailMultiAlternatives(subject, letter.body, to=[letter.to], connection=mail)
    message.mixed_subtype = "related"  # type: ignore[attr-defined]
    message.attach_alternative(letter.html, "text/html")
    picture = MIMEImage(_mark(), "png")
    picture.add_header("Content-ID", "<mark>")
    picture.add_header("Content-Disposition", "inline", filename="nhip-cau.png")
    message.attach(picture)
    return message


@functools.cache
def _mark() -> bytes:
    return MARK.read_bytes()


@periodic("core.tidy", every=dt.timedelta(days=1), label=_("Dọn những gì đã cũ"))
def tidy(run: Run) -> None:
    """Delete what nobody needs any more: sessions that are over, letters that were sent, periodic jobs that are done,
    counts that are over, files that nothing refers to."""
    old = timezone.now() - KEPT
    call_command("clearsessions", verbosity=0)
    run.progress(1, 6)
    Reminder.objects.filter(created_at__lt=old).delete()
    OutboxMessage.objects.filter(sent_at__lt=old).delete()
    run.progress(2, 6)
    Job.objects.filter(finished_at__lt=old, person_id=None, organisation_id=None).delete()
    run.progress(3, 6)
    Worker.objects.filter(seen_at__lt=old).delete()
    run.progress(4, 6)
    counting.tidy()
    run.progress(5, 6)
    files.discard_unreferenced()
