"""Work on what strangers sent happens in a process of its own, which ends however it goes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from nhipcau.core import sandbox

ROOT = Path(__file__).resolve().parents[2]


def run(name: str, arguments: dict | None = None, *, seconds: float = 20, megabytes: int = 1024, **how):
    return sandbox.run(f"tests.core.sandboxed:{name}", arguments or {}, seconds=seconds, megabytes=megabytes, **how)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_the_answer_and_the_progress_come_back():
    steps: list[tuple[int, int]] = []
    answer = run("double", {"number": 21}, progress=lambda done, total: steps.append((done, total)))
    assert (answer, steps) == ({"number": 42, "text": "Nhịp Cầu"}, [(1, 2), (2, 2)])


def test_what_is_printed_inside_is_no_answer():
    assert run("talk") == "an answer"


def test_it_works_from_many_threads_at_once():
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda n=n: answers.append(run("double", {"number": n})["number"])) for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [0, 2, 4, 6]


@pytest.mark.parametrize("name", ["sleep", "turn"])
def test_what_takes_too_long_is_killed(name):
    pids: list[int] = []
    began = time.monotonic()
    with pytest.raises(sandbox.OverTime):
        run(name, seconds=1, progress=lambda pid, _zero: pids.append(pid))
    assert time.monotonic() - began < 10
    assert [is_alive(pid) for pid in pids] == [False] * len(pids)


def test_what_wants_too_much_memory_is_told_apart_however_it_calls_it():
    with pytest.raises(sandbox.OverMemory):
        run("take_memory", megabytes=256)


@pytest.mark.parametrize(("name", "said"), [("fail", "ValueError: something of its own"), ("die", "status -6")])
def test_what_breaks_is_said_for_the_log(name, said):
    with pytest.raises(sandbox.Broken, match=said):
        run(name)


def test_an_answer_without_end_is_not_listened_to():
    with pytest.raises(sandbox.Broken, match="no end"):
        run("flood")


def test_whoever_no_longer_wants_it_ends_it():
    class CalledOff(Exception):
        pass

    def no_longer():
        if pids:
            raise CalledOff

    pids: list[int] = []
    began = time.monotonic()
    with pytest.raises(CalledOff):
        run("sleep", progress=lambda pid, _zero: pids.append(pid), watch=no_longer)
    assert time.monotonic() - began < 10
    assert [is_alive(pid) for pid in pids] == [False]


def test_it_knows_nothing_of_the_house(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "of the house")
    monkeypatch.setenv("DATABASE_URL", "sqlite:////of/the/house")
    found = run("surroundings")
    assert {"SECRET_KEY", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"} & set(found["environment"]) == set()
    assert (found["django"], found["place"]) == (False, [])


def test_it_ends_with_a_parent_that_is_killed():
    code = (
        "from nhipcau.core import sandbox\n"
        "sandbox.run('tests.core.sandboxed:sleep', {}, seconds=60, megabytes=512,"
        " progress=lambda pid, _zero: print(pid, flush=True))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    parent = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    with parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert is_alive(child)
        parent.send_signal(signal.SIGKILL)
    last = time.monotonic() + 10
    while is_alive(child) and time.monotonic() < last:
        time.sleep(0.05)
    assert not is_alive(child)
