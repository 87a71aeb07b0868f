"""The clock watches itself: whether workers live, periodic jobs come round, reminders and letters go out."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from django.db.models import Count, Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from . import jobs, recall
from .delivery import MAX_ATTEMPTS
from .models import Delivery, Job, OutboxMessage, Reminder, Rhythm, Schedule, Worker

BEATS = ("core.remind", "core.deliver")  # what must come round for people to be told anything
WITHOUT_WORKER = dt.timedelta(minutes=3)
# A single worker that reads a long scan does nothing else meanwhile; that is no alarm before it is longer than that.
WITH_WORKER = dt.timedelta(minutes=35)
SHOWN = 20


@dataclasses.dataclass(frozen=True, slots=True)
class Stopped:
    """Reminding has stopped; ``since`` when, or None where it has never run in this house."""

    since: dt.datetime | None


@dataclasses.dataclass(frozen=True, slots=True)
class Round:
    """One periodic job: when it last ended, when it is due next, and how it is."""

    label: Any
    last_at: dt.datetime | None
    next_at: dt.datetime | None
    is_late: bool
    problem: str


def stopped(now: dt.datetime | None = None, *, is_worker_alive: bool | None = None) -> Stopped | None:
    """Whether reminding has stopped; None while all is well. Three small questions, each answered from an index; two
    where it is known already whether a worker lives."""
    now = now or timezone.now()
    beats = Schedule.objects.filter(kind__in=BEATS).aggregate(oldest=Min("next_at"), number=Count("kind"))
    if beats["number"] < len(BEATS):
        return Stopped(None)
    if is_worker_alive is None:
        is_worker_alive = jobs.is_worker_alive()
    patience = WITH_WORKER if is_worker_alive else WITHOUT_WORKER
    waiting = Rhythm.objects.filter(next_at__lt=now - patience, person__is_active=True)
    oldest = waiting.exclude(kind=Rhythm.Kind.NEVER).aggregate(oldest=Min("next_at"))["oldest"]
    behind = [at for at in (beats["oldest"], oldest) if at is not None and now - at > patience]
    return Stopped(max(behind)) if behind else None


def alarm() -> Stopped | None:
    """The same for the head of an administrator's pages; kept for a minute at most."""
    return recall.recalled(("core.watching",), stopped)


def rounds(now: dt.datetime | None = None) -> list[Round]:
    """Every periodic job of the house."""
    now = now or timezone.now()
    patience = WITH_WORKER if jobs.is_worker_alive() else WITHOUT_WORKER
    due = dict(Schedule.objects.values_list("kind", "next_at"))
    kinds = [period.kind for period in jobs.periods()]
    ended = Job.objects.filter(kind__in=kinds, state=Job.State.DONE)
    last = dict(ended.values_list("kind").annotate(last=Max("finished_at")))
    failed = Job.objects.filter(kind__in=kinds, state=Job.State.FAILED)
    problems = {
        kind: at
        for kind, at in failed.values_list("kind").annotate(last=Max("finished_at"))
        if at is not None and (last.get(kind) is None or at > last[kind])
    }
    return [
        Round(
            label=period.label or period.kind,
            last_at=last.get(period.kind),
            next_at=due.get(period.kind),
            is_late=period.kind not in due or now - due[period.kind] > patience,
            problem=_("lần gần nhất không xong") if period.kind in problems else "",
        )
        for period in jobs.periods()
    ]


def letters(now: dt.datetime | None = None) -> dict[str, Any]:
    """What stands in the outbox: how many letters wait and since when, which have a problem, how many went out."""
    now = now or timezone.now()
    unsent = OutboxMessage.objects.filter(sent_at=None)
    waiting = unsent.filter(attempts__lt=MAX_ATTEMPTS).aggregate(number=Count("pk"), oldest=Min("created_at"))
    troubled = unsent.exclude(problem="").order_by("-created_at")[:SHOWN]
    return {
        "waiting": waiting["number"],
        "oldest": waiting["oldest"],
        "given_up": unsent.filter(attempts__gte=MAX_ATTEMPTS).count(),
        "troubled": [_troubled(letter) for letter in troubled],
        "sent_today": OutboxMessage.objects.filter(sent_at__gte=now - dt.timedelta(days=1)).count(),
        "reminders_today": Reminder.objects.filter(created_at__gte=now - dt.timedelta(days=1)).count(),
        "unmade": Rhythm.objects.exclude(problem="").count(),
    }


def _troubled(letter: OutboxMessage) -> dict[str, Any]:
    """A letter that did not go out, without its words and without the person: the mail server's sentence names them."""
    kind = letter.problem.partition(":")[0]
    words = {
        "SMTPRecipientsRefused": _("Máy chủ thư không nhận địa chỉ này"),
        "SMTPAuthenticationError": _("Máy chủ thư không nhận mật khẩu của hệ thống"),
        "SMTPSenderRefused": _("Máy chủ thư không nhận địa chỉ gửi của hệ thống"),
        "SMTPServerDisconnected": _("Máy chủ thư ngắt kết nối"),
        "ConnectionRefusedError": _("Không nối được máy chủ thư"),
        "TimeoutError": _("Máy chủ thư không trả lời"),
        "gaierror": _("Không tìm thấy máy chủ thư"),
    }
    return {
        "created_at": letter.created_at,
        "to": f"…@{letter.to.rpartition('@')[2]}",
        "attempts": letter.attempts,
        "is_given_up": letter.attempts >= MAX_ATTEMPTS,
        "try_after": letter.try_after,
        "problem": words.get(kind, kind),
    }


def queue(now: dt.datetime | None = None) -> dict[str, Any]:
    """Jobs that wait, since when, and those that failed within a week; what other systems still have to be told."""
    now = now or timezone.now()
    waiting = Job.objects.filter(state=Job.State.QUEUED, run_after__lte=now)
    pending = Delivery.objects.filter(delivered_at=None, given_up_at=None)
    return {
        **waiting.aggregate(waiting=Count("pk"), oldest=Min("run_after")),
        "running": Job.objects.filter(state=Job.State.RUNNING).count(),
        "failed": Job.objects.filter(state=Job.State.FAILED, finished_at__gte=now - dt.timedelta(days=7)).count(),
        "deliveries": pending.count(),
    }


def workers(now: dt.datetime | None = None) -> list[dict[str, Any]]:
    """The processes that take jobs, the one seen last first."""
    now = now or timezone.now()
    found = Worker.objects.order_by("-seen_at")[:SHOWN]
    return [{"worker": worker, "is_late": now - worker.seen_at > jobs.WORKER_IS_LATE} for worker in found]
