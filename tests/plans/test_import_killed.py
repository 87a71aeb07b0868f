"""A real worker, really killed while it reads a large file: another one reads it to the end, and nothing is doubled."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from tests.core.test_worker_process import ROOT, House
from tests.core.test_worker_process import house as house  # the fixture: a database and a data directory of its own

SEED = ROOT / "data" / "demo" / "province_plan_08_kh_ubnd.txt"
TIMES = 8  # some seconds of reading


def asking(house: House, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(Path(__file__).with_name("reading_house.py")), *arguments]
    environment = {**house.environment, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    house.running.append(process)
    return process


def ask(house: House, *arguments: str) -> str:
    process = asking(house, *arguments)
    said, _nothing = process.communicate()
    assert process.returncode == 0
    return said.strip()


def said_by(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def worker(house: House) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT, env=house.environment, text=True)
    house.running.append(process)
    return process


def test_a_worker_killed_in_the_middle_of_a_file_leaves_nothing_half_read(house, tmp_path):
    large = tmp_path / "large.txt"
    large.write_text("\n".join([SEED.read_text(encoding="utf-8")] * TIMES), encoding="utf-8")
    ask(house, "prepare", str(large))
    watcher = asking(house, "wait_for", "reading")
    assert said_by(watcher) == "watching"
    first = worker(house)
    assert said_by(watcher) == "reading"
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert ask(house, "report") == "reading 1 0 0 0"

    worker(house)
    assert ask(house, "wait_for", "review") == "watching\nreview"
    state, attempts, texts, lines, tasks = ask(house, "report").split()
    assert (state, attempts, texts) == ("review", "2", "1")
    assert int(lines) == len(large.read_text(encoding="utf-8").splitlines())
    assert int(tasks) >= 19
