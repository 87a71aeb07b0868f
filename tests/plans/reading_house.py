"""A house with one large file to read, for the test that kills its worker. ``python reading_house.py prepare FILE``"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.settings")
django.setup()

from tests.factories import make_actor, make_province  # noqa: E402

from nhipcau.core import files  # noqa: E402
from nhipcau.core.models import Job  # noqa: E402
from nhipcau.documents.models import Text  # noqa: E402
from nhipcau.plans import actions  # noqa: E402
from nhipcau.plans.models import Doubt, Reading  # noqa: E402


def prepare(path: str) -> None:
    actions.upload_plan(make_actor(make_province()), files.store(Path(path)), name="ke-hoach.txt")


def wait_for(state: str) -> None:
    print("watching", flush=True)
    last = time.monotonic() + 90
    while Reading.objects.get().state != state and time.monotonic() < last:
        time.sleep(0.05)
    print(Reading.objects.get().state, flush=True)


def report() -> None:
    reading = Reading.objects.get()
    lines = reading.text.lines.count() if reading.text else 0
    print(
        reading.state,
        Job.objects.get(kind="plans.read").attempts,
        Text.objects.count(),
        lines,
        len(reading.current.get("tasks", [])),
    )
    assert Doubt.objects.count() == Doubt.objects.values("position").distinct().count()


if __name__ == "__main__":
    what, *words = sys.argv[1:]
    globals()[what](*words)
