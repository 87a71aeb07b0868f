"""A house in a process of its own in which something waits for everybody, for the tests that kill its worker.
``python reminding_house.py prepare 40 then work``"""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import threading
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from nhipcau.core import notices, worker  # noqa: E402
from nhipcau.core.apps import CoreConfig  # noqa: E402
from nhipcau.core.models import Notice, OutboxMessage, Reminded, Reminder, Rhythm, User  # noqa: E402
from nhipcau.core.reminding import job  # noqa: E402
from nhipcau.core.rooms import Need, Offers  # noqa: E402

CoreConfig.offers = Offers(needs=("__main__.needs",))


def needs(person_id, actors, now):
    return [Need("tests.late", f"tests.late:{person_id}", f"Việc của {person_id} đã quá hạn", "/x/", urgency="late")]


def prepare(people: int) -> None:
    for number in range(people):
        person = User.objects.create(email=f"nguoi-{number}@example.vn", name=f"Người {number}")
        Rhythm.objects.create(
            person=person,
            kind=Rhythm.Kind.AT_ONCE,
            quiet_from=dt.time(0),
            quiet_to=dt.time(0),
            is_quiet_on_days_off=False,
        )
    everybody = list(User.objects.values_list("pk", flat=True))
    notices.tell(everybody, "tests", "Một tin", "/tin/")
    notices.tell(everybody, "tests", "Hai tin", "/tin/")


def hurry() -> None:
    """What a killed worker had in its hands is tried again now, not in a minute."""
    OutboxMessage.objects.filter(sent_at=None).update(try_after=timezone.now())


def report() -> None:
    print(
        Reminder.objects.count(),
        OutboxMessage.objects.count(),
        OutboxMessage.objects.filter(sent_at=None).count(),
        Notice.objects.filter(to_mail=True).count(),
        sorted(set(Reminded.objects.values_list("times", flat=True))),
    )


def report_when_sent() -> None:
    last = time.monotonic() + 60
    unsent, untold = OutboxMessage.objects.filter(sent_at=None), Notice.objects.filter(to_mail=True)
    while (unsent.exists() or untold.exists()) and time.monotonic() < last:
        time.sleep(0.05)
    report()


def work() -> None:
    note = job._note

    def say_and_note(person_id, *more):
        """The last step of a letter's transaction: here a test may kill us."""
        note(person_id, *more)
        print(f"noted {person_id}", flush=True)
        time.sleep(0.03)

    job._note = say_and_note
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    worker.work(stopping)


if __name__ == "__main__":
    for order in " ".join(sys.argv[1:]).split(" then "):
        what, *numbers = order.split()
        globals()[what](*(int(n) for n in numbers))
