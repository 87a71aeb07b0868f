"""Real worker processes, really killed: the job goes on under another worker and nothing is doubled."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg import sql
from tests.databases import address_of, server_place

from nhipcau.core import worker

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds; everything here takes a few


class House:
    """A database of its own and the processes that work on it."""

    def __init__(self, database_url: str, data_dir: Path) -> None:
        self.environment = {
            **os.environ,
            "DATABASE_URL": database_url,
            "DATA_DIR": str(data_dir),
            "JOB_LEASE_SECONDS": "2",
            "DJANGO_SETTINGS_MODULE": "nhipcau.settings",
        }
        self.data_dir = data_dir
        self.running: list[subprocess.Popen[str]] = []

    def manage(self, *arguments: str) -> None:
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, check=True)

    def ask(self, *arguments: str) -> str:
        command = [sys.executable, str(ROOT / "tests" / "core" / "slow_house.py"), *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def start(self, *orders: str) -> subprocess.Popen[str]:
        command = [sys.executable, str(ROOT / "tests" / "core" / "slow_house.py"), " then ".join((*orders, "work"))]
        process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True)
        self.running.append(process)
        return process

    def end(self) -> None:
        for process in self.running:
            if process.poll() is None:
                process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()


@pytest.fixture
def house(tmp_path: Path, migrated: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    """On SQLite a file; on PostgreSQL a database made for this test."""
    if connection.vendor == "sqlite":
        place = tmp_path / "house.sqlite3"
        shutil.copy(migrated, place)
        made = House(f"sqlite:///{place}", tmp_path)
        yield made
        made.end()
        return
    name = f"nhipcau_house_{uuid.uuid4().hex[:8]}"
    template = request.getfixturevalue("migrated_template")
    with psycopg.connect(dbname="postgres", autocommit=True, **server_place()) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, template))))
        made = House(address_of(name), tmp_path)
        yield made
        made.end()
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def said_attempt(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_killed_workers_job_goes_on_and_nothing_is_doubled(house: House):
    first = house.start("prepare 12 0.25")
    assert said_attempt(first) == "attempt 1"
    time.sleep(1)
    first.send_signal(signal.SIGKILL)
    first.wait()
    state, attempts, done, told = re.fullmatch(r"(\w+) (\d+) (\d+) (\[.*\])", house.ask("report")).groups()
    assert (state, attempts) == ("running", "1")
    assert 0 < int(done) < 12
    assert told != str([1] * 12)

    second = house.start()
    assert said_attempt(second) == "attempt 2"
    assert house.ask("report_when_done") == f"done 2 12 {[1] * 12}"


def test_two_workers_do_one_job_once_even_if_it_is_silent_for_longer_than_a_lease(house: House):
    house.ask("prepare", "2", "3.0")
    workers = [house.start(), house.start()]
    assert house.ask("report_when_done") == f"done 1 2 {[1] * 2}"
    for process in workers:
        process.terminate()
    said = "".join(process.communicate()[0] for process in workers)
    assert said == "attempt 1\n"


def test_a_job_that_never_ends_is_ended_with_its_worker(house: House):
    process = house.start("prepare_endless")
    assert process.wait(PATIENCE) == worker.OVER_TIME
    assert house.ask("report_endless") == "running 1"


def test_a_worker_that_is_told_to_end_gives_its_job_back(house: House):
    process = house.start("prepare 200 0.1")
    assert said_attempt(process) == "attempt 1"
    process.terminate()
    assert process.wait(PATIENCE) == 0
    assert house.ask("report").startswith("queued 0 ")
