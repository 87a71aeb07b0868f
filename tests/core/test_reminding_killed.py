"""Real workers, really killed while they remind and while they send: everybody is told, nobody is told two things, and
of each killing at most one letter goes out twice, as the same letter."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.core.small_smtp import SmallSmtp
from tests.core.test_worker_process import PATIENCE, ROOT, House
from tests.core.test_worker_process import house as house  # the fixture: a database of its own

PEOPLE = 40


def until(says: Callable[[], bool]) -> None:
    last = time.monotonic() + PATIENCE
    while not says():
        assert time.monotonic() < last, "it did not happen in time"
        time.sleep(0.2)


@pytest.fixture
def smtp() -> Iterator[SmallSmtp]:
    server = SmallSmtp()
    yield server
    server.close()


def command(*arguments: str) -> list[str]:
    return [sys.executable, str(Path(__file__).with_name("reminding_house.py")), *arguments]


def ask(house: House, *arguments: str) -> str:
    done = subprocess.run(command(*arguments), cwd=ROOT, env=house.environment, check=True, stdout=subprocess.PIPE)
    return done.stdout.decode().strip()


def start(house: House, *orders: str) -> subprocess.Popen[str]:
    words = " then ".join((*orders, "work"))
    process = subprocess.Popen(
        command(words), cwd=ROOT, env=house.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    house.running.append(process)
    return process


def test_killed_at_any_moment_nobody_is_forgotten_and_at_most_one_letter_comes_twice(house: House, smtp: SmallSmtp):
    house.environment |= {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(smtp.port), "EMAIL_TLS": "0"}
    # While letters are being written: the sixteenth stands there, and its transaction is not yet over.
    worker = start(house, f"prepare {PEOPLE}")
    assert worker.stdout is not None
    noted = [worker.stdout.readline() for _number in range(16)]
    worker.kill()
    worker.wait()
    assert len(set(noted)) == 16
    assert ask(house, "report").split()[:2] == ["15", "15"]
    assert smtp.received == []

    # While they are sent: the mail server has taken the tenth letter, and has not said so yet.
    worker = start(house)
    smtp.before_yes = lambda number: worker.send_signal(signal.SIGKILL) if number == 10 else None
    assert worker.wait(60) == -signal.SIGKILL

    # And again, just after the mail server's yes.
    smtp.before_yes = lambda _number: None
    smtp.after_yes = lambda number: worker.send_signal(signal.SIGKILL) if number == 25 else None
    worker = start(house, "hurry")
    assert worker.wait(60) == -signal.SIGKILL

    start(house, "hurry")
    everybody = {f"nguoi-{number}@example.vn" for number in range(PEOPLE)}
    until(lambda: {letter["To"] for letter in smtp.received} == everybody)
    assert ask(house, "report_when_sent") == f"{PEOPLE} {PEOPLE} 0 0 [1]"  # one letter each, said once, none waits

    assert PEOPLE <= len(smtp.received) <= PEOPLE + 2  # at most one more for each killing while letters were sent
    per_letter = Counter(letter["Message-ID"] for letter in smtp.received)
    per_person = Counter(letter["To"] for letter in smtp.received)
    assert (len(per_letter), len(per_person)) == (PEOPLE, PEOPLE)  # what came twice is the same letter
    assert max(per_letter.values()) <= 2
    for letter in smtp.received:
        words = letter.get_body(("plain",)).get_content()
        assert [words.count(said) for said in ("đã quá hạn", "Một tin", "Hai tin")] == [1, 1, 1]
