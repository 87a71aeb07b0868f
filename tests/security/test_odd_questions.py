"""Whatever stands in the address or in a form: an answer, never a failure."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from zlib import crc32

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings, strategies
from tests.factories import make_member
from tests.security.addresses import address_of, read
from tests.security.test_rights import RIGHTS, WRONG
from tests.security.world import World

from nhipcau.organisations.models import Role

PARAMETERS = [
    "agency",
    "cho",
    "den",
    "duoi",
    "form",
    "group",
    "holding",
    "kind",
    "level",
    "limit",
    "month",
    "ngay",
    "next",
    "offset",
    "on",
    "organisation",
    "page",
    "plan",
    "q",
    "replaces",
    "role",
    "sort",
    "state",
    "sua",
    "text",
    "them",
    "through",
    "time",
    "trang",
    "tu",
    "type",
    "uid",
    "year",
]
ODD = (
    "\x00",
    "a\x00b",
    "'; DROP TABLE plans_plan; --",
    '" OR 1=1 --',
    "%' ESCAPE '!",
    "9" * 30,
    "9" * 6000,
    "-1",
    "1e400",
    "٣",  # a digit of another script
    "²",  # a sign that is a digit and no number
    "NaN",
    "🏛️ \u202e\ufeff",
    "\ud800",
    "a " * 1500,
    "(" * 1500,
    "/a/0/b/-/~1~0",
    "31/02/2024",
    "0001-01-01",
    "9999-12-31",
    "{{ 7*7 }}{% debug %}<script>",
)
# Pages that read their address. Those of accounts and the description of the API read next to nothing of it.
QUIET = ("account_", "mfa_", "api_docs", "api-1:openapi")
PAGES = [n for n, (get, _post) in RIGHTS.items() if get != WRONG and "+" in get and not n.startswith(QUIET)]
FORMS = [name for name, (_get, post) in RIGHTS.items() if post != WRONG and "+" in post]
FIELDS = [
    "action",
    "alike",
    "alias",
    "aliases",
    "cho",
    "choice",
    "confirm",
    "do",
    "doubt",
    "email",
    "expires_on",
    "first_line",
    "form",
    "group",
    "is_below",
    "is_open",
    "kind",
    "kinds",
    "language",
    "last_line",
    "legal_basis",
    "level",
    "levels",
    "members",
    "name",
    "next",
    "oldpassword",
    "once_more",
    "organisation",
    "packed",
    "parent",
    "password",
    "password1",
    "password2",
    "q",
    "remove",
    "replaces",
    "restore",
    "roles",
    "scope",
    "scopes",
    "section",
    "seen",
    "short_name",
    "source",
    "sure",
    "text",
    "theme",
    "valid_from",
    "valid_to",
    "value",
    "where",
    "wordings",
]


@pytest.fixture
def insider(world: World) -> Client:
    """Somebody with every role in the office: what refuses others is asked to the end."""
    client = Client()
    client.force_login(make_member(world.office, *Role.values))
    return client


def asked(client: Client, method: str, address: str, data: dict[str, Any]) -> int:
    """The status of the answer, its body read; what it changed is taken back. A failure of the house is raised."""
    sent = urlencode(data, errors="surrogatepass")
    with transaction.atomic():
        if method == "get":
            response: Any = client.get(f"{address}?{sent}")
        else:
            response = client.post(address, sent, content_type="application/x-www-form-urlencoded")
        read(response)
        transaction.set_rollback(True)
    return int(response.status_code)


def mixed(name: str, parameters: list[str]) -> Iterator[dict[str, str]]:
    """A third of the odd values for each parameter of a page, other ones for other parameters and on other pages: every
    parameter meets every value somewhere, and what is wrong in one does not hide the next for long."""
    start = crc32(name.encode())
    for turn in range(0, len(ODD), 3):
        yield {parameter: ODD[(start + turn + 4 * at) % len(ODD)] for at, parameter in enumerate(parameters)}


@pytest.mark.parametrize("name", PAGES)
def test_odd_addresses(world: World, insider: Client, name: str) -> None:
    address = address_of(world, name)
    for question in mixed(name, PARAMETERS):
        cache.clear()
        assert asked(insider, "get", address, question) < 500


def test_odd_addresses_of_quiet_pages(world: World, insider: Client) -> None:
    for name in [name for name in RIGHTS if name.startswith(QUIET)]:
        cache.clear()
        assert asked(insider, "get", address_of(world, name), dict.fromkeys(PARAMETERS, "\ud800\x00'")) < 500


@pytest.mark.parametrize("name", FORMS)
def test_odd_forms(world: World, insider: Client, name: str) -> None:
    address = address_of(world, name)
    key = insider.cookies.copy()
    forms = list(mixed(name, FIELDS))
    for form in forms if name != "reading_password" else forms[::2]:  # each password that is tried starts a process
        cache.clear()
        insider.cookies = key.copy()
        assert asked(insider, "post", address, form) < 500


ANYTHING = strategies.one_of(strategies.sampled_from(ODD), strategies.text(max_size=30), strategies.integers().map(str))


@functools.cache
def questions() -> strategies.SearchStrategy[dict[str, str]]:
    return strategies.dictionaries(strategies.sampled_from(PARAMETERS), ANYTHING, max_size=6)


@pytest.mark.parametrize("name", PAGES)
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(question=questions())
def test_any_address(world: World, insider: Client, name: str, question: dict[str, str]) -> None:
    cache.clear()
    assert asked(insider, "get", address_of(world, name), question) < 500


EDITS = strategies.fixed_dictionaries(
    {},
    optional={
        "do": strategies.sampled_from(["change", "add", "later", "alike", "typed", "remove", "x", ""]),
        "where": strategies.one_of(
            ANYTHING,
            strategies.sampled_from(
                ["/header/date", "/tasks/0/time", "/tasks/0/lead/0", "/tasks/-/text", "/tasks/99/code", "/source", "/"]
            ),
        ),
        "value": ANYTHING,
        "seen": ANYTHING,
        "choice": strategies.sampled_from(
            ["accept", "drop", "named:organisation:x", "named:group:", "named", ":", "last", "\x00"]
        ),
        "doubt": ANYTHING,
        "section": strategies.sampled_from(["tasks", "duties", "x"]),
        "first_line": ANYTHING,
        "last_line": ANYTHING,
        "text": ANYTHING,
        "remove": strategies.sampled_from(["/tasks/0", "/tasks/0/lead/0", "/x", "/tasks/1e9"]),
    },
)


@pytest.mark.parametrize("name", ["edit_value", "settle_doubt", "undo_doubt"])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(given_form=EDITS)
def test_any_edit_of_a_reading(world: World, insider: Client, name: str, given_form: dict[str, str]) -> None:
    assert asked(insider, "post", address_of(world, name), given_form) < 500


@pytest.mark.parametrize(
    "packed",
    [
        "[" * 100_000,
        '["organisations", [[Infinity, {}]]]',
        '["organisations", [[1, {"name": "a\\u0000b", "level": "Cấp tỉnh"}]]]',
        '["organisations", [[1, {"name": "a\\ud800b", "level": "Cấp tỉnh"}]]]',
        '["groups", {"0": 1}]',
        '[["x"], []]',
        '["organisations", [[1e400, {"name": "x"}]]]',
        f'["organisations", [[{"9" * 5000}, {{}}]]]',
    ],
)
def test_a_preview_that_was_tampered_with(world: World, insider: Client, packed: str) -> None:
    address = address_of(world, "import_organisations")
    for form in ({"packed": packed}, {"packed": packed, "confirm": "1"}):
        assert asked(insider, "post", address, form) < 500


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "sessionid=" + "x" * 5000},
        {"Cookie": 'sessionid=\x00; django_language=../../etc; theme="><script>'},
        {"Authorization": "Bearer " + "x" * 20_000},
        {"Authorization": "Bearer nc_\x00"},
        {"Authorization": "Bearer nc_é"},
        {"Referer": "http://[broken"},
        {"HX-Request": "true", "HX-Current-URL": "http://[broken"},
        {"Origin": "http://[broken"},
        {"If-None-Match": "x" * 5000, "If-Modified-Since": "never"},
        {"X-Forwarded-For": "x" * 500, "X-Forwarded-Host": "evil.vn"},
        {"Accept-Language": "x" * 5000},
        {"Range": "bytes=9-1,-"},
        {"Content-Length": "-1"},
    ],
    ids=str,
)
@pytest.mark.parametrize("address", ["/", "/so-nhiem-vu/", "/api/v1/plans", "/ban-lam-viec/", "/tai-khoan/dang-nhap/"])
def test_odd_headers(world: World, address: str, headers: dict[str, str]) -> None:
    for asker in ("stranger", "officer"):
        client = world.client(asker)
        if "Cookie" in headers:
            client.cookies.clear()
        assert client.get(address, headers=headers).status_code < 500
        assert client.post("/ngon-ngu/", {"language": "en"}, headers=headers).status_code < 500


@pytest.mark.parametrize("page", ["9" * 5000, "0", "-1", "1.5", "last", "٣"])
def test_odd_numbers_in_paths(world: World, insider: Client, page: str) -> None:
    for address in (
        f"/doi-chieu/{world.reading.public_id}/diem/{page}/",
        f"/thong-bao/{page}/",
        f"/api/khoa/{page}/rut/",
    ):
        assert insider.post(address).status_code in {302, 404}


def test_nul_never_reaches_a_view(world: World, insider: Client) -> None:
    """PostgreSQL fails on it; SQLite, where tests mostly run, does not."""
    answer = insider.get("/so-nhiem-vu/?q=h%00oi&plan=%00")
    assert (answer.wsgi_request.GET["q"], answer.wsgi_request.GET["plan"]) == ("hoi", "")
    answer = insider.post("/ke-hoach-moi/", {"text": "", "once_more": "a\x00b"})
    assert answer.wsgi_request.POST["once_more"] == "ab"
