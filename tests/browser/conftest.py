"""A real site in a real browser: the demonstration site on a port of its own, and Debian's Chromium.

Site and browser are there for the tests of this directory only: Django refuses to ask a database while a browser is held,
and whatever runs afterwards in the same process should not have to share the machine with a site that nobody visits.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from psycopg import sql
from tests.databases import address_of, server_place
from tests.made_once import made_once

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Site:
    """A running site: its address, and the password of its accounts."""

    def __init__(self, address: str, password: str) -> None:
        self.address = address
        self.password = password


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_of_its_own(request: pytest.FixtureRequest, data: Path) -> dict[str, str]:
    """The environment of a house in a data directory with a migrated database, of the kind that is tested."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment["DATA_DIR"] = str(data)
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        if not (data / "nhipcau.sqlite3").exists():
            shutil.copy(request.getfixturevalue("migrated"), data)
        return environment
    name, template = f"browser_{uuid.uuid4().hex[:8]}", request.getfixturevalue("migrated_template")
    with psycopg.connect(dbname="postgres", autocommit=True, **server_place()) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, template))))
    return {**environment, "DATABASE_URL": address_of(name)}


def serve(request: pytest.FixtureRequest, data: Path, *options: str) -> Iterator[Site]:
    """``manage.py demo`` in a data directory, until the test is over."""
    port = free_port()
    environment = database_of_its_own(request, data) | {"SITE_URL": f"http://localhost:{port}"}
    with (data / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(port), *options],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(f"http://localhost:{port}/", server, data / "server.log")
            yield Site(f"http://localhost:{port}", (data / "demo_password").read_text())
        finally:
            server.terminate()
            server.wait(20)


def wait_for(address: str, server: subprocess.Popen[Any], log: Path) -> None:
    for _try in range(600):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"the site did not start:\n{log.read_text()}")


@pytest.fixture(scope="package")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration site: both seed plans, the province's confirmed and public."""
    place = tmp_path_factory.mktemp("site")
    if not os.environ.get("DATABASE_URL"):  # two processes visit one

        def make(place: Path) -> None:
            command = [sys.executable, "manage.py", "demo", "--no-serve"]
            environment = database_of_its_own(request, place)
            subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)

        shutil.copytree(made_once(tmp_path_factory, "demonstration", make), place, dirs_exist_ok=True)
    yield from serve(request, place)


@pytest.fixture(scope="package")
def empty_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with one organisation, one administrator and nothing else."""
    yield from serve(request, tmp_path_factory.mktemp("empty"), "--empty")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "Browser tests need Chromium: sudo apt-get install chromium (or: make test, which installs it)"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


def switch(page: Page, lang: str) -> None:
    """Choose the other language at the foot of the page, as a person does."""
    page.locator("footer form[action='/ngon-ngu/'] button").click()
    page.wait_for_selector(f"html[lang={lang}]")


@pytest.fixture
def visit(browser: Browser):
    """Open pages: ``visit(site, "can-bo@tinh.example", width=390)`` gives a page where that person is signed in."""
    contexts: list[BrowserContext] = []
    switched: list[Page] = []

    def opened(
        site: Site, email: str | None = None, *, width: int = 1280, lang: str = "vi", dark: bool = False
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, base_url=site.address, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        if lang != "vi":
            context.add_cookies([{"name": "django_language", "value": lang, "url": site.address}])
        page = context.new_page()
        page.problems = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.problems.append(str(error)))  # type: ignore[attr-defined]
        page.on("console", lambda line: line.type == "error" and page.problems.append(line.text))  # type: ignore[attr-defined]
        if email:
            page.goto("/tai-khoan/dang-nhap/")
            page.fill("input[type=email]", email)
            page.fill("input[type=password]", site.password)
            page.click("main form .btn.main")
            page.wait_for_url(lambda url: "/dang-nhap" not in url)
            if lang != "vi":
                switch(page, lang)
                switched.append(page)
        return page

    yield opened
    for page in switched:  # the choice is the person's and the site is shared
        page.goto("/ban-lam-viec/")
        switch(page, "vi")
    for context in contexts:
        context.close()
