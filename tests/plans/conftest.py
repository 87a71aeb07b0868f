"""A province, its people and a plan of its own under review; a test module may have others of the same name."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories import make_actor, make_member, make_province, make_reading

from nhipcau.core.models import User
from nhipcau.organisations.models import Organisation
from nhipcau.plans.models import Reading


@pytest.fixture
def province() -> Organisation:
    return make_province()


@pytest.fixture
def officer(province) -> User:
    return make_member(province)


@pytest.fixture
def actor(province):
    return make_actor(province)


@pytest.fixture
def reading(actor) -> Reading:
    return make_reading(actor)


@pytest.fixture
def browser(client_of, officer) -> Client:
    return client_of(officer)
