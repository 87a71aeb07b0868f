"""``manage.py work``: take jobs from the queue and run them until told to stop."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from nhipcau.core import worker


class Command(BaseCommand):
    help = "Takes jobs from the queue and runs them. Several may run at once. SIGTERM and Ctrl-C end it gently."

    def handle(self, *args: Any, **options: Any) -> None:
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        worker.work(stopping)
