"""A worker in a process of its own, with one slow job, for the tests that kill it.
``python slow_house.py prepare 12 0.25 then work``: one start of Python and Django for both."""

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

from nhipcau.core import jobs, worker  # noqa: E402
from nhipcau.core.models import Job, Notice, User  # noqa: E402


@jobs.job("tests.slow")
def tell_everyone(run: jobs.Run, pause: float) -> None:
    """Tell each person once; written as every job must be: it looks at what an earlier run has left."""
    print(f"attempt {run.job.attempts}", flush=True)
    people = list(User.objects.order_by("pk"))
    for number, person in enumerate(people, start=1):
        run.progress(number, len(people), f"{number}/{len(people)}")
        Notice.objects.get_or_create(person=person, kind="tests.slow", defaults={"text": f"{number}"})
        time.sleep(pause)


@jobs.job("tests.endless", time_limit=dt.timedelta(seconds=1))
def turn_in_circles(run: jobs.Run) -> None:
    """What a bug looks like."""
    while True:
        time.sleep(0.1)


def prepare_endless() -> None:
    jobs.enqueue("tests.endless", {})


def report_endless() -> None:
    job = Job.objects.get(kind="tests.endless")
    print(job.state, job.attempts)


def prepare(people: int, pause: float) -> None:
    for number in range(people):
        User.objects.create(email=f"{number}@example.vn", name=f"{number}")
    jobs.enqueue("tests.slow", {"pause": pause})


def work() -> None:
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    worker.work(stopping)


def report() -> None:
    job = Job.objects.get(kind="tests.slow")
    per_person = [person.notices.count() for person in User.objects.order_by("pk")]
    print(job.state, job.attempts, job.done, per_person)


def report_when_done() -> None:
    last = time.monotonic() + 60
    while Job.objects.get(kind="tests.slow").state != Job.State.DONE and time.monotonic() < last:
        time.sleep(0.05)
    report()


if __name__ == "__main__":
    for order in " ".join(sys.argv[1:]).split(" then "):
        what, *numbers = order.split()
        globals()[what](*(float(n) if "." in n else int(n) for n in numbers))
