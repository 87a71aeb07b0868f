"""Telling other systems: what an act announces is written with the act and delivered by a job, at least once.

What goes out names no person: the kind of thing, when, which organisation, which thing, where to read it. Each delivery
bears a signature by which the receiver knows that it is ours and fresh::

    Nhipcau-Id: 6f0c…            the same over all attempts; who has it already drops it
    Nhipcau-Signature: t=1773968400,v1=<HMAC-SHA256 of "1773968400." and the body, under the hook's secret, in hex>
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import logging
import time
import uuid
from collections.abc import Iterable

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import fetching, notices, rooms
from .jobs import Run, periodic
from .models import Delivery, Hook
from .vault import vault
from .written import Written

logger = logging.getLogger(__name__)

TEST = "core.test"  # what the button of the page sends
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
PAUSE = dt.timedelta(minutes=1)  # for a server that does not answer at all: its other deliveries wait with it
AT_ONCE = 100
LONGEST = 30.0  # seconds of one run: other jobs wait for the same worker
SECONDS = 5.0  # for one receiver
KEPT = dt.timedelta(days=30)
SHOWN = 20


def announce(
    kind: str,
    subject: models.Model | None,
    url: str,
    organisation_ids: Iterable[int],
    *,
    organisation_id: int | None,
) -> list[Delivery]:
    """Write one delivery for each hook of these organisations that wants this kind. Call it inside the act.
    ``organisation_id``: in whose name it was done."""
    told = tuple(set(organisation_ids))
    hooks = [hook for hook in (_HOOKS(told) if told else ()) if kind in hook.kinds]
    return _write(hooks, kind, subject, url, organisation_id) if hooks else []


_HOOKS = Written(lambda organisations: Hook.objects.filter(organisation_id__in=organisations, withdrawn_at=None))


def announce_test(hook: Hook) -> Delivery:
    """A delivery that says nothing, so that an administrator sees whether the receiver takes it."""
    (delivery,) = _write([hook], TEST, None, "", hook.organisation_id)
    return delivery


def _write(
    hooks: list[Hook], kind: str, subject: models.Model | None, url: str, organisation_id: int | None
) -> list[Delivery]:
    event_id, now = str(uuid.uuid4()), timezone.now()
    named = rooms.named([organisation_id]).get(organisation_id) if organisation_id is not None else None
    payload = {
        "id": event_id,
        "kind": kind,
        "at": now.isoformat(timespec="seconds"),
        "organisation": named.public_id if named else None,
        "subject": _reference(subject),
        "url": f"{settings.SITE_URL}{url}" if url.startswith("/") else url or None,
    }
    return Delivery.objects.bulk_create(
        Delivery(hook=hook, event_id=event_id, kind=kind, payload=payload, created_at=now, try_after=now)
        for hook in hooks
    )


def _reference(subject: models.Model | None) -> dict[str, str] | None:
    """A thing as its address names it."""
    if subject is None:
        return None
    public = getattr(subject, "slug", None) or getattr(subject, "public_id", None) or subject.pk
    return {"kind": subject._meta.label_lower, "id": str(public)}


def signature(secret: str, moment: int, body: bytes) -> str:
    """The signature of a body sent at a moment (seconds since 1970)."""
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def seal(secret: str) -> str:
    """A hook's secret as it is kept."""
    return vault("hook").encrypt(secret.encode()).decode()


def waiting(now: dt.datetime) -> models.QuerySet[Delivery]:
    """What is to be delivered now, the oldest first."""
    pending = Delivery.objects.filter(delivered_at=None, given_up_at=None, try_after__lte=now)
    return pending.filter(hook__withdrawn_at=None, hook__paused_until__lte=now).order_by("try_after", "pk")


def last_deliveries(hook: Hook) -> models.QuerySet[Delivery]:
    """What the page of a hook shows."""
    return hook.deliveries.order_by("-created_at", "-pk")[:SHOWN]


@periodic(
    "core.deliver_hooks",
    every=dt.timedelta(seconds=5),
    when=lambda: waiting(timezone.now()).exists(),
    label=gettext_lazy("Báo hệ thống ngoài"),
)
def deliver_hooks(run: Run) -> None:
    """Deliver what waits. Each is taken by moving its ``try_after`` on, so that two workers never deliver the same one;
    killed before the answer was written down, it goes again under the same id."""
    ends_at = time.monotonic() + LONGEST
    silent: set[int] = set()
    found = list(waiting(timezone.now()).select_related("hook")[:AT_ONCE])
    for number, delivery in enumerate(found, start=1):
        run.progress(number, len(found))
        if delivery.hook_id in silent:
            continue
        if time.monotonic() > ends_at:
            break
        if not _deliver(delivery):
            silent.add(delivery.hook_id)
    Delivery.objects.filter(created_at__lt=timezone.now() - KEPT).delete()


def _deliver(delivery: Delivery) -> bool:
    """One attempt. False where the server did not answer at all: its other deliveries wait."""
    now = timezone.now()
    wait = WAITS[min(delivery.attempts, len(WAITS) - 1)]
    taken = Delivery.objects.filter(pk=delivery.pk, delivered_at=None, attempts=delivery.attempts)
    if not taken.update(attempts=delivery.attempts + 1, try_after=now + wait):
        return True
    delivery.attempts += 1
    problem, status, answered = _send(delivery)
    mine = Delivery.objects.filter(pk=delivery.pk)
    if not problem:
        mine.update(delivered_at=timezone.now(), status=status, problem="")
        return True
    mine.update(status=status, problem=problem[:300])
    if not answered:
        Hook.objects.filter(pk=delivery.hook_id).update(paused_until=timezone.now() + PAUSE)
    if delivery.attempts >= len(WAITS):
        mine.update(given_up_at=timezone.now())
        _tell(delivery, problem)
    return answered


def _send(delivery: Delivery) -> tuple[str, int | None, bool]:
    """The problem ("" when it was taken), the status, and whether anybody answered."""
    body = json.dumps(delivery.payload, ensure_ascii=False, separators=(",", ":")).encode()
    try:
        secret = vault("hook").decrypt(delivery.hook.secret.encode()).decode()
    except InvalidToken:  # encrypted under a key that this installation no longer has: others are told all the same
        return _("Không mở được khóa ký của hệ thống này nữa. Bạn hãy rút và thêm lại."), None, False
    headers = {
        "Content-Type": "application/json",
        "Nhipcau-Id": delivery.event_id,
        "Nhipcau-Kind": delivery.kind,
        "Nhipcau-Signature": signature(secret, int(time.time()), body),
    }
    try:
        answer = fetching.fetch(
            delivery.hook.url, method="POST", body=body, headers=headers, seconds=SECONDS, most=1000
        )
    except fetching.Unreachable as stop:
        return stop.reason, None, False
    if 200 <= answer.status < 300:
        return "", answer.status, True
    return _("Máy chủ trả lời mã %(status)d.") % {"status": answer.status}, answer.status, True


def _tell(delivery: Delivery, problem: str) -> None:
    hook = delivery.hook
    logger.warning("hook %s: delivery %s was given up", hook.pk, delivery.event_id)
    if hook.made_by_id is None:
        return

    def words() -> str:
        said = _("Đã thôi báo tin cho “%(name)s” sau %(times)d lần thử: %(problem)s")
        return said % {"name": hook.name, "times": delivery.attempts, "problem": problem}

    about = f"core.hook:{hook.public_id}"
    notices.settle(about)
    notices.tell(
        [hook.made_by_id], "hooks.given_up", words, "/goi-ra/", organisation_id=hook.organisation_id, about=about
    )
