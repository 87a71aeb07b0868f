"""What every test has: a data directory of its own, quick password hashing, no manifest of static files."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client
from hypothesis import settings as property_settings
from psycopg import sql
from tests import spreading
from tests.databases import address_of, server_place
from tests.made_once import made_once

from nhipcau.core import recall
from nhipcau.core.models import User

ROOT = Path(__file__).resolve().parents[1]

# The same examples at every run, so that a change is what makes a test fail; HYPOTHESIS_PROFILE=wild looks for new ones.
property_settings.register_profile("steady", derandomize=True)
property_settings.register_profile("wild")
property_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session")
def no_static_files(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where no static file stands: every ``Client`` lists them anew before its first answer."""
    return str(tmp_path_factory.mktemp("static"))


@pytest.fixture(autouse=True)
def _own_house(settings, tmp_path: Path, no_static_files: str) -> None:  # type: ignore[no-untyped-def]
    recall.forget()  # each test has a house of its own
    settings.STATIC_ROOT = no_static_files
    settings.DATA_DIR = tmp_path
    settings.FILES_DIR = tmp_path / "files"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Spread over processes, the longest tests begin first."""
    if hasattr(config, "workerinput"):
        spreading.in_order(items)


def pytest_collection_finish() -> None:
    """Thousands of tests and all modules live until the end: whoever looks for garbage need not look through them."""
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> spreading.Spreading:
    """What shares something costly runs in one process."""
    return spreading.Spreading(config, log)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database with nothing in it, to be copied: migrating takes ten times as long as many a file of tests."""

    def make(place: Path) -> None:
        migrate(f"sqlite:///{place / 'nhipcau.sqlite3'}", place)

    return made_once(tmp_path_factory, "migrated", make) / "nhipcau.sqlite3"


@pytest.fixture(scope="session")
def migrated_template(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same on PostgreSQL: the name of a database to be copied. It stays on the server; the next run makes it anew."""
    name = "nhipcau_template"

    def make(place: Path) -> None:
        with psycopg.connect(dbname="postgres", autocommit=True, **server_place()) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        migrate(address_of(name), place)

    made_once(tmp_path_factory, "template", make)
    return name


def migrate(database_url: str, data_dir: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": database_url, "DATA_DIR": str(data_dir)}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr.decode()) == (0, "")


@pytest.fixture
def client_of():
    """A browser in which a person is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The database is there before Django looks for it: a copy."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[None]:
    """Each process has a copy of one migrated database. On SQLite a file, as in use: threads that share a database in
    memory find its tables locked at once."""
    if connection.vendor == "sqlite":
        place = tmp_path_factory.mktemp("database") / "test.sqlite3"
        shutil.copy(request.getfixturevalue("migrated"), place)
        connection.settings_dict["TEST"]["NAME"] = str(place)
        yield
        return
    template = request.getfixturevalue("migrated_template")
    name = connection.settings_dict["TEST"]["NAME"] or f"test_{connection.settings_dict['NAME']}"
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(dbname="postgres", autocommit=True, **server_place()) as server:
        server.execute(drop)
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, template))))
    yield
    connection.close()
    with psycopg.connect(dbname="postgres", autocommit=True, **server_place()) as server:
        server.execute(drop)


_guard_is_away = False


@pytest.fixture(autouse=True)
def _audit_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test with ``django_db(transaction=True)`` empties every table when it is over, which the audit trail's triggers
    refuse: they go away for that moment, and come back before the next such test (these run after all others)."""
    global _guard_is_away
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction"):
        yield
        return
    request.getfixturevalue("_django_db_helper")  # set up before this one, so emptied after it
    triggers = import_module("nhipcau.core.migrations.0001_initial")
    with connection.cursor() as cursor:
        for statement in triggers.GUARD[connection.vendor] if _guard_is_away else ():
            cursor.execute(statement)
    yield
    with connection.cursor() as cursor:
        for statement in triggers.UNGUARD[connection.vendor]:
            cursor.execute(statement)
    _guard_is_away = True
