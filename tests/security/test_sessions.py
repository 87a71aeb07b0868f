"""Signing in as an attacker would try it: fixed sessions, other addresses, used codes, links to elsewhere."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from tests.factories import make_member, make_organisation, make_user

from nhipcau.core import accounts, guessing
from nhipcau.core.models import OutboxMessage, User
from nhipcau.organisations.models import Role

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-dai-1"


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet() -> None:
    cache.clear()


@pytest.fixture
def an() -> User:
    return make_user("Nguyễn Văn An", "an@example.vn")


class Clock:
    """The time of day as the counts see it."""

    now = 1_800_000_000.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    standing = Clock()
    monkeypatch.setattr("nhipcau.core.counting.time", lambda: standing.now)
    return standing


def sign_in(client: Client, email: str = "an@example.vn", password: str = PASSWORD, **more: Any) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password}, **more)


def is_in(client: Client) -> bool:
    return client.get(reverse("preferences")).status_code == 200


def test_a_session_that_was_planted_is_not_taken_over(an: User) -> None:
    attacker, victim = Client(), Client()
    session = attacker.session
    session["x"] = 1
    session.save()
    planted = session.session_key
    victim.cookies["sessionid"] = planted
    sign_in(victim)
    assert is_in(victim)
    assert victim.cookies["sessionid"].value != planted
    attacker.cookies["sessionid"] = planted
    assert not is_in(attacker)
    assert not Session.objects.filter(session_key=planted).exists()


def test_the_cookie_is_for_the_server_alone(an: User, settings: Any) -> None:
    client = Client()
    sign_in(client)
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_new_password_ends_the_other_sessions(an: User) -> None:
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere)
    new = "mot-cau-ngan-de-nho"
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert [is_in(here), is_in(elsewhere)] == [True, False]


def test_a_reset_ends_every_session_and_its_link_does_not_come_back(an: User) -> None:
    elsewhere, client = Client(), Client()
    sign_in(elsewhere)
    an.refresh_from_db()
    link = accounts.set_password_link(an).removeprefix("http://localhost:8000")
    form = client.get(link, follow=True).redirect_chain[-1][0]
    new = "mot-cau-ngan-de-nho"
    client.post(form, {"password1": new, "password2": new})
    assert not is_in(elsewhere)
    assert "set-password" not in Client().get(link).headers.get("Location", "")


def test_the_link_is_out_of_date_in_time(an: User, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    link = accounts.set_password_link(an).removeprefix("http://localhost:8000")
    assert Client().get(link).status_code == 302
    late = dt.datetime.now() + dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 60)
    monkeypatch.setattr("django.contrib.auth.tokens.PasswordResetTokenGenerator._now", lambda _self: late)
    assert "Location" not in Client().get(link).headers


def test_a_code_is_taken_once(an: User) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(an, secret)
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    for expected in (True, False):
        client = Client()
        sign_in(client)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert is_in(client) is expected


def test_codes_cannot_be_guessed_on_and_on(an: User) -> None:
    totp.TOTP.activate(an, totp.generate_totp_secret())
    client = Client()
    sign_in(client)
    answers = [client.post(reverse("mfa_authenticate"), {"code": f"{n:06}"}) for n in range(12)]
    assert "quá nhiều lần" in answers[-1].content.decode()


def try_wrongly(times: int, start: int = 0) -> list[str]:
    """So many wrong passwords for one account, each from another address; what each was told."""
    said = []
    for number in range(start, start + times):
        answer = sign_in(Client(REMOTE_ADDR=f"10.0.{number // 250}.{number % 250}"), password="sai")
        said.append(" ".join(answer.context["form"].non_field_errors()))
    return said


def is_looked_at(number: int) -> bool:
    """Whether a password is looked at that comes from the address with this number."""
    request = RequestFactory().post("/", REMOTE_ADDR=f"10.1.{number // 250}.{number % 250}")
    try:
        guessing.attempt(request, "an@example.vn")
    except guessing.TooMany:
        return False
    return True


def test_guessing_from_many_addresses_is_slowed_at_the_account(an: User, clock: Clock) -> None:
    """Whoever changes the address between tries gets slower and slower: about a hundred tries a day."""
    assert {"nhiều nơi" in said for said in try_wrongly(11)} == {False}
    looked_at = 0
    for number in range(24 * 60):  # a day, one try a minute
        looked_at += is_looked_at(number)
        clock.now += 60
    assert 90 < looked_at < 110


def test_a_stranger_shuts_nobody_out(an: User) -> None:
    """Neither from elsewhere nor from the same network does guessing stop a machine in which the person signed in."""
    own = Client(REMOTE_ADDR="10.9.9.9")
    sign_in(own)
    own.post(reverse("account_logout"))
    try_wrongly(40)
    for _number in range(40):
        sign_in(Client(REMOTE_ADDR="10.9.9.9"), password="sai")
    sign_in(own)
    assert is_in(own)


def test_a_new_machine_of_the_person_waits_for_minutes_only_and_reads_why(an: User, clock: Clock) -> None:
    try_wrongly(20)
    new = Client(REMOTE_ADDR="10.9.9.9")
    (said,) = sign_in(new).context["form"].non_field_errors()
    assert ("từ nhiều nơi" in said, "đặt lại mật khẩu qua thư" in said) == (True, True)
    clock.now += 15 * 60
    sign_in(new)
    assert is_in(new)


def test_another_way_to_write_the_address_gives_no_more_tries(an: User) -> None:
    for login in ("an@example.vn", "AN@example.vn", " an@Example.VN ", "ａn@example.vn", "an@example.ｖn"):
        guessing.attempt(RequestFactory().post("/"), login)
    with pytest.raises(guessing.TooMany):
        guessing.attempt(RequestFactory().post("/"), "an@example.vn")


def test_tries_that_were_refused_do_not_make_the_wait_longer(an: User, clock: Clock) -> None:
    client = Client()
    for _number in range(50):
        sign_in(client, password="sai")
        clock.now += 10
    clock.now += 15 * 60 - 500 + 1
    sign_in(client)
    assert is_in(client)


def test_a_known_machine_has_its_own_limit(an: User) -> None:
    client = Client()
    sign_in(client)
    client.post(reverse("account_logout"))
    said = [sign_in(client, password="sai").context["form"].non_field_errors()[0] for _number in range(17)]
    assert ["quá nhiều lần" in each for each in said] == [False] * 15 + [True] * 2


@pytest.mark.parametrize("spoiled", ["", "x", "rubbish:1:2", "of another person"])
def test_a_cookie_of_somebody_else_makes_no_machine_known(an: User, spoiled: str) -> None:
    other = make_user("Trần Bình", "binh@example.vn")
    client = Client()
    sign_in(client, other.email)
    client.post(reverse("account_logout"))
    if spoiled != "of another person":
        client.cookies[guessing.COOKIE] = spoiled
    for _number in range(5):
        sign_in(client, password="sai")
    sign_in(client)
    assert not is_in(client)


def test_a_shared_machine_is_known_for_each_who_used_it_and_names_nobody(an: User) -> None:
    client = Client()
    for number in range(7):
        sign_in(client, make_user(email=f"nguoi-{number}@example.vn").email)
        client.post(reverse("account_logout"))
    request = RequestFactory().get("/", HTTP_COOKIE=f"{guessing.COOKIE}={client.cookies[guessing.COOKIE].value}")
    known = [bool(guessing.known_device(request, f"nguoi-{number}@example.vn")) for number in range(7)]
    assert known == [False] * 2 + [True] * 5
    cookie = client.cookies[guessing.COOKIE]
    assert "nguoi" not in str(signing.loads(cookie.value, salt="nhipcau.core.guessing"))
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/tai-khoan/")


@pytest.mark.parametrize(("behind_proxy", "counted"), [(0, "one"), (1, "last")])
def test_a_header_of_the_client_does_not_make_new_addresses(settings: Any, behind_proxy: int, counted: str) -> None:
    """Without a proxy the header counts for nothing; behind one only the part that the proxy itself has added."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = behind_proxy
    said = []
    for number in range(32):
        forged = f"1.2.3.{number}, 9.9.9.9" if behind_proxy else f"1.2.3.{number}"
        answer = sign_in(Client(), f"ai-{number}@example.vn", headers={"X-Forwarded-For": forged})
        said.append(answer.status_code == 429 or "quá nhiều lần" in answer.content.decode())
    assert said[-1]


@pytest.mark.parametrize(
    "evil", ["https://evil.vn/", "//evil.vn/", "/\\evil.vn", "javascript:alert(1)", "https:evil.vn"]
)
def test_signing_in_leads_to_no_other_site(an: User, evil: str) -> None:
    answer = Client().post(reverse("account_login"), {"login": an.email, "password": PASSWORD, "next": evil})
    assert answer.headers["Location"] == reverse("home")


@pytest.mark.parametrize("path", ["//evil.vn/", "///evil.vn/", "/\\evil.vn/"])
def test_the_page_before_leads_to_no_other_site(path: str) -> None:
    """A path of ours may begin with two strokes; as an address to go to it would be another site's."""
    came_from = {"Referer": f"http://testserver{path}", "Sec-Fetch-Site": "same-origin"}
    answer = Client().post(reverse("set_language"), {"language": "en", "next": path}, headers=came_from)
    assert answer.headers["Location"] == "/"
    answer = Client().post(reverse("read_all_notices"), headers=came_from)
    assert "evil" not in answer.headers["Location"]


def test_who_has_an_account_cannot_be_told_by_the_clock(an: User, settings: Any) -> None:
    """With the real hashing an unknown address takes as long as a wrong password."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    an.set_password(PASSWORD)
    an.save()
    calls: list[str] = []
    encode = Argon2PasswordHasher.encode
    verify = Argon2PasswordHasher.verify
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Argon2PasswordHasher, "encode", lambda *a: calls.append("hash") or encode(*a))
        patch.setattr(Argon2PasswordHasher, "verify", lambda *a: calls.append("hash") or verify(*a))
        sign_in(Client(), an.email, "sai")
        known = len(calls)
        sign_in(Client(), "khong-co@example.vn", "sai")
    assert (known, len(calls) - known) == (1, 1)


def test_a_deactivated_person_is_out_at_once_everywhere(an: User) -> None:
    client = Client()
    sign_in(client)
    User.objects.filter(pk=an.pk).update(is_active=False)
    assert not is_in(client)
    Client().post(reverse("account_reset_password"), {"email": an.email})
    assert OutboxMessage.objects.count() == 0


def test_a_role_that_ended_yesterday_opens_nothing_today(an: User) -> None:
    office = make_organisation()
    make_member(office, Role.ADMINISTRATOR, user=an)
    client = Client()
    sign_in(client)
    assert client.get(reverse("api_tokens")).status_code == 200
    an.memberships.update(valid_to=timezone.localdate() - dt.timedelta(days=1))
    assert client.get(reverse("api_tokens")).status_code == 403


def test_neither_password_nor_code_nor_key_is_logged(an: User, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    sign_in(Client(), an.email, "sai-mat-khau-rat-rieng")
    Client().get("/api/v1/plans", headers={"Authorization": "Bearer nc_rat-rieng-tu"})
    Client().post(reverse("account_reset_password"), {"email": an.email})
    letter = OutboxMessage.objects.get()
    key = letter.body.split("dat-mat-khau/")[1].split("/")[0]
    said = "\n".join(r.getMessage() for r in caplog.records if not r.name.startswith("django.db"))
    assert [word for word in ("sai-mat-khau-rat-rieng", "rat-rieng-tu", key, an.email) if word in said] == []
