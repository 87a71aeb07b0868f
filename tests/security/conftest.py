"""One world for all tests of a file: made once, and after each test as it was before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as house
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from tests.factories import make_page_picture
from tests.security.world import World, make_world

from nhipcau.documents.queries import pictures


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, Path]]:
    place = tmp_path_factory.mktemp("files")
    plain = "django.contrib.auth.hashers.MD5PasswordHasher"
    changed = {"FILES_DIR": place, "PASSWORD_HASHERS": [plain], "DATA_DIR": place}
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**changed):
            world = make_world()
        yield world, place
        transaction.set_rollback(True)


@pytest.fixture
def world(made: tuple[World, Path], settings: Any, db: None) -> World:
    """The world; what a test changes in it is taken back."""
    world, settings.FILES_DIR = made
    assert house.FILES_DIR == settings.FILES_DIR
    cache.clear()
    for text in (world.reading.text, world.plan.text):
        if text is not None and not pictures.place_of(text, 1, True).exists():
            make_page_picture(text)
    return world
