"""What every test has: a data directory of its own, quick password hashing, no manifest of static files."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
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


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> spreading.Spreading:
    """What shares something costly runs in one process."""
    return spreading.Spreading(config, log)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database with nothing in it: tests of processes with a database of their own copy it."""
    place = tmp_path_factory.mktemp("migrated") / "nhipcau.sqlite3"
    migrate(f"sqlite:///{place}", place.parent)
    return place


@pytest.fixture(scope="session")
def migrated_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same on PostgreSQL: the name of a database to be copied."""
    name = f"nhipcau_template_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(dbname="postgres", autocommit=True, **server_place()) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        migrate(address_of(name), tmp_path_factory.mktemp("template"))
        yield name
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


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
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """On SQLite a file, as in use: threads that share a database in memory find its tables locked at once."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


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
