"""A real worker, really killed while it reads a large file: another one reads it to the end, and nothing is doubled."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from tests.core.test_worker_process import ROOT, House
from tests.core.test_worker_process import house as house  # the fixture: a database and a data directory of its own

SEED = ROOT / "data" / "demo" / "province_plan_08_kh_ubnd.txt"
TIMES = 20  # some seconds of reading


def ask(house: House, *arguments: str) -> str:
    command = [sys.executable, str(Path(__file__).with_name("reading_house.py")), *arguments]
    environment = {**house.environment, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def worker(house: House) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT, env=house.environment, text=True)
    house.running.append(process)
    return process


def test_a_worker_killed_in_the_middle_of_a_file_leaves_nothing_half_read(house, tmp_path):
    large = tmp_path / "large.txt"
    large.write_text("\n".join([SEED.read_text(encoding="utf-8")] * TIMES), encoding="utf-8")
    ask(house, "prepare", str(large))
    first = worker(house)
    assert ask(house, "wait_for", "reading") == "reading"
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert ask(house, "report") == "reading 1 0 0 0"

    worker(house)
    assert ask(house, "wait_for", "review") == "review"
    state, attempts, texts, lines, tasks = ask(house, "report").split()
    assert (state, attempts, texts) == ("review", "2", "1")
    assert int(lines) == len(large.read_text(encoding="utf-8").splitlines())
    assert int(tasks) >= 19
