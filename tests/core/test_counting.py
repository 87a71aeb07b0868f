"""Counts are exact, however many count at once."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory

from nhipcau.core import counting
from nhipcau.core.models import Tally


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    def set_to(seconds: float) -> None:
        monkeypatch.setattr(counting, "time", lambda: seconds)

    set_to(1000.7)
    return set_to


@pytest.mark.django_db
def test_a_count_begins_anew_when_its_time_is_over_and_not_when_it_goes_on(at: Any) -> None:
    assert [counting.take("a", 60), counting.take("a", 60), counting.take("b", 60)] == [(1, 60), (2, 60), (1, 60)]
    at(1059)
    assert counting.take("a", 60) == (3, 1)
    at(1060)
    assert counting.take("a", 60) == (1, 60)


@pytest.mark.django_db
def test_what_did_not_happen_is_taken_off(at: Any) -> None:
    counting.take("a", 60)
    counting.give_back("a")
    counting.give_back("a")
    counting.give_back("never counted")
    assert counting.take("a", 60) == (1, 60)


@pytest.mark.django_db
def test_counts_survive_the_cache_and_name_nobody(at: Any) -> None:
    counting.take("account:an@example.vn", 60)
    cache.clear()
    assert counting.take("account:an@example.vn", 60)[0] == 2
    assert re.fullmatch("[0-9a-f]{64}", Tally.objects.get().name)


@pytest.mark.django_db
def test_counts_that_are_over_are_deleted(at: Any) -> None:
    counting.take("a", 60)
    counting.take("b", 6000)
    at(2000)
    counting.tidy()
    assert (Tally.objects.count(), counting.take("b", 60)[0]) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_each_number_once() -> None:
    def count(_turn: int) -> list[int]:
        try:
            return [counting.take("shared", 600)[0] for _time in range(10)]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = [number for taken in pool.map(count, range(8)) for number in taken]
    assert sorted(numbers) == list(range(1, 81))


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "counted"),
    [
        ("10.0.0.1", "", 0, "10.0.0.1"),
        ("10.0.0.1", "1.2.3.4", 0, "10.0.0.1"),
        ("10.0.0.1", "1.2.3.4, 5.6.7.8", 1, "5.6.7.8"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::"),
    ],
)
def test_the_address_that_counts(settings: Any, remote: str, forwarded: str, proxies: int, counted: str) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert counting.address_of(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)) == counted
