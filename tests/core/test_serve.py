"""``manage.py serve``: one thing to start and to stop; what dies is started again."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


def until(says: Callable[[], object]) -> None:
    last = time.monotonic() + PATIENCE
    while not says():
        assert time.monotonic() < last, "it did not happen in time"
        time.sleep(0.2)


class Site:
    def __init__(self, data_dir: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        self.environment = {**environment, "DATA_DIR": str(data_dir), "JOB_LEASE_SECONDS": "2"}
        self.errors = data_dir / "errors"

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)

    def start(self) -> None:
        with self.errors.open("w") as errors:
            command = [sys.executable, "manage.py", "serve", "--port", str(self.port)]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stderr=errors)
        until(lambda: self.health() == "database: ok\nworker: ok\nclock: ok\n")

    def health(self) -> str:
        try:
            return self.ask("GET", "/suc-khoe/")[1]
        except OSError:
            return ""

    def ask(self, method: str, address: str, body=None, **headers: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def children(self, of: int | None = None) -> dict[int, str]:
        """Every process below this one, with its command line."""
        found: dict[int, str] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                    said = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                except (FileNotFoundError, ProcessLookupError):
                    continue
                if parent == (of or self.process.pid):
                    found[int(entry.name)] = said
                    found.update(self.children(int(entry.name)))
        return found

    def worker(self) -> int | None:
        return next((pid for pid, said in self.children().items() if said.rstrip().endswith("manage.py work")), None)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Site]:
    """Started once: it takes five processes. The last test ends it."""
    place = tmp_path_factory.mktemp("served")
    shutil.copy(migrated, place)
    made = Site(place)
    made.start()
    yield made
    if made.process.poll() is None:
        made.process.terminate()
        made.process.wait(PATIENCE)


def test_a_port_in_use_is_said_in_a_sentence(site: Site):
    second = site.manage("serve", "--port", str(site.port))
    assert second.returncode == 1
    said = f"CommandError: Port {site.port} on 127.0.0.1 cannot be used (Address already in use)."
    assert second.stderr.strip() == f"{said} Choose another one with --port."


def test_200_megabytes_get_a_page_and_not_a_dropped_connection(site: Site):
    head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.pdf"\r\n\r\n'
    tail = b"\r\n--x--\r\n"

    def parts() -> Iterator[bytes]:
        yield head
        for _megabyte in range(200):
            yield b"\0" * 1_000_000
        yield tail

    length = str(len(head) + 200_000_000 + len(tail))
    status, page = site.ask(
        "POST", "/tuy-chon/", parts(), **{"Content-Type": "multipart/form-data; boundary=x", "Content-Length": length}
    )
    # A form without its token: what matters here is that the house read to the end and answered with a page.
    assert (status, "<h1" in page) == (403, True)
    assert list((Path(site.environment["DATA_DIR"]) / "files" / "incoming").iterdir()) == []


def test_a_killed_worker_is_started_again_and_all_end_together(site: Site):
    first = site.worker()
    assert first is not None
    os.kill(first, signal.SIGKILL)
    until(lambda: site.worker() not in {None, first})

    below = site.children()
    assert len(below) >= 3  # the web server, its workers, the worker
    site.process.terminate()
    assert site.process.wait(PATIENCE) == 0
    assert [pid for pid in below if Path(f"/proc/{pid}").exists()] == []
