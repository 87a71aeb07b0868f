"""Calendars by a secret link, read back by another parser than the one that wrote them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from tests.factories import make_member, make_organisation, make_user

from nhipcau.core import actions, feeds
from nhipcau.core.actors import Actor, Refused
from nhipcau.core.apps import CoreConfig
from nhipcau.core.models import AuditEvent, Feed
from nhipcau.core.rooms import Event, Offers, rooms

pytestmark = pytest.mark.django_db

EVENTS: list[Event] = []
ASKED: list[dict[str, object]] = []


def events(actors, **asked):
    ASKED.append({"actors": [(actor.organisation_id, sorted(actor.roles)) for actor in actors], **asked})
    return list(EVENTS)


@pytest.fixture(autouse=True)
def _small_room(monkeypatch):
    EVENTS.clear()
    ASKED.clear()
    names = get_resolver().reverse_dict  # the addresses are read with what the rooms really offer
    assert names
    for room in rooms():
        monkeypatch.setattr(type(room), "offers", Offers(actors=room.offers.actors, named=room.offers.named))
    monkeypatch.setattr(CoreConfig, "offers", Offers(events=(f"{__name__}.events",)))


def make_feed(person=None, organisation=None) -> tuple[Feed, str]:
    if organisation is not None:
        actor = Actor(make_user().pk, organisation.pk, frozenset({"head"}))
        return actions.make_feed(actor, name="Phòng họp")
    return actions.make_own_feed(Actor(person_id=person.pk), person, name="Điện thoại")


def path(token: str) -> str:
    return f"/lich-dang-ky/{token}.ics"


def parsed(content: bytes) -> list[dict[str, str]]:
    """The properties of each event: RFC 5545 read by hand. Lines end in CRLF and are at most 75 octets; long ones are
    folded; text has its commas, semicolons and line breaks escaped."""
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    text = re.sub(rb"\r\n[ \t]", b"", content).decode()
    found: list[dict[str, str]] = []
    for line in text.split("\r\n"):
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif line == "END:VEVENT":
            continue
        elif found and line and not line.startswith("END:"):
            found[-1][name] = re.sub(r"\\(.)", lambda sign: "\n" if sign[1] in "nN" else sign[1], value)
    return found


LONG = "Tổ chức hội nghị phổ biến, giáo dục pháp luật; truyền thông chính sách \\ đến cán bộ, người dân các xã, phường"


def test_a_calendar_is_read_back_as_it_was_meant(client, settings):
    settings.SITE_URL = "https://nhipcau.example.vn"
    EVENTS[:] = [
        Event("tests-1", LONG, "/viec/1/", day=dt.date(2026, 3, 4), description=f"{LONG}\nDòng hai", changed_at=dt.datetime(2026, 3, 1, 5, tzinfo=dt.UTC)),
        Event("tests-2", "Trả lời", "/viec/2/", at=dt.datetime(2026, 3, 3, 16, 30, tzinfo=timezone.get_default_timezone())),
    ]  # fmt: skip
    _feed, token = make_feed(make_user())
    answer = client.get(path(token))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    later, first = parsed(answer.content)[::-1]
    assert later == {
        "UID": "tests-1@nhipcau.example.vn",
        "DTSTAMP": "20260301T050000Z",
        "SUMMARY": LONG,
        "DTSTART;VALUE=DATE": "20260304",
        "DTEND;VALUE=DATE": "20260305",
        "DESCRIPTION": f"{LONG}\nDòng hai",
        "URL": "https://nhipcau.example.vn/viec/1/",
        "TRANSP": "TRANSPARENT",
    }
    assert (first["UID"], first["DTSTART"]) == ("tests-2@nhipcau.example.vn", "20260303T093000Z")


def test_how_often_to_ask_and_since_when_are_said_as_programs_read_them(client):
    """An event of days to come was not written then, but when the link was made; the file stays the same."""
    EVENTS[:] = [Event("tests-1", "Việc", "/", day=timezone.localdate() + dt.timedelta(days=30))]
    feed, token = make_feed(make_user())
    content = client.get(path(token)).content
    assert b"X-PUBLISHED-TTL:PT1H\r\n" in content
    assert parsed(content)[0]["DTSTAMP"] == f"{feed.created_at:%Y%m%dT%H%M%SZ}"
    assert client.get(path(token)).content == content


def test_a_line_break_in_a_title_begins_no_property(client):
    EVENTS[:] = [Event("tests-1", "Việc\r\nATTENDEE:mailto:x@evil.vn", "/", day=dt.date(2026, 3, 4))]
    _feed, token = make_feed(make_user())
    (event,) = parsed(client.get(path(token)).content)
    assert "ATTENDEE" not in event


def test_a_persons_calendar_is_what_they_may_do(client):
    one, other = make_organisation(), make_organisation()
    person = make_member(other, "head", user=make_member(one, "officer"))
    _feed, token = make_feed(person)
    client.get(path(token))
    today = timezone.localdate()
    assert ASKED[0] == {
        "actors": [(one.pk, ["officer"]), (other.pk, ["head"])],
        "person_id": person.pk,
        "organisation_id": None,
        "first": today - dt.timedelta(days=180),
        "last": today + dt.timedelta(days=550),
    }


def test_an_organisations_calendar_bears_its_name(client):
    office = make_organisation("Sở Tư pháp")
    _feed, token = make_feed(organisation=office)
    content = client.get(path(token)).content.decode()
    assert "X-WR-CALNAME:Nhịp Cầu: Sở Tư pháp\r\n" in content
    assert (ASKED[0]["person_id"], ASKED[0]["organisation_id"], ASKED[0]["actors"]) == (
        None,
        office.pk,
        [(office.pk, ["officer"])],
    )


def test_what_did_not_change_is_not_sent_again(client):
    EVENTS[:] = [Event("tests-1", "Một", "/", day=dt.date(2026, 3, 4))]
    _feed, token = make_feed(make_user())
    first = client.get(path(token))
    again = client.get(path(token), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    EVENTS[:] = [Event("tests-1", "Hai", "/", day=dt.date(2026, 3, 4))]
    assert client.get(path(token), headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_no_cookie_counts_and_none_is_laid(client_of):
    _feed, token = make_feed(make_user())
    answer = Client().get(path(token))
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    browser = client_of(make_user(language="en"))
    assert browser.get(path(token)).content == answer.content


def test_wrong_withdrawn_and_left_do_not_exist(client):
    person = make_user()
    feed, token = make_feed(person)
    assert client.get(path(token[:-1])).status_code == 404
    assert client.get(path(token)).status_code == 200
    person.is_active = False
    person.save()
    assert client.get(path(token)).status_code == 404
    person.is_active = True
    person.save()
    actions.withdraw_feed(Actor(person_id=person.pk), feed)
    assert client.get(path(token)).status_code == 404


def test_who_tries_many_links_waits(client):
    answers = [client.get(path(f"x{number}")).status_code for number in range(31)]
    assert answers == [404] * 30 + [429]
    _feed, token = make_feed(make_user())
    assert client.get(path(token)).status_code == 200  # whoever has a right one is not held up by it


def test_a_program_that_asks_all_the_time_waits(client):
    _feed, token = make_feed(make_user())
    answers = [client.head(path(token)) for _number in range(61)]
    assert [answer.status_code for answer in answers] == [200] * 60 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 600


def test_the_link_is_shown_once_and_not_kept(client_of):
    person = make_user()
    client = client_of(person)
    page = client.post("/tuy-chon/lich/", {"name": "Điện thoại", "whose": "own"})
    (token,) = re.findall(r"/lich-dang-ky/([\w-]+)\.ics", page.content.decode())
    assert page.headers["Cache-Control"] == "no-store"
    assert token not in client.get("/tuy-chon/lich/").content.decode()
    feed = Feed.objects.get()
    assert token not in "".join(str(value) for value in vars(feed).values())
    assert (feed.person_id, feed.digest) == (person.pk, feeds.digest_of(token))
    assert client.post(f"/tuy-chon/lich/{feed.pk}/rut/").status_code == 302
    assert list(AuditEvent.objects.order_by("pk").values_list("act", flat=True)) == ["feeds.make_own", "feeds.withdraw"]
    assert Client().get(path(token)).status_code == 404


def test_a_link_without_a_name_is_not_made(client_of):
    answer = client_of(make_user()).post("/tuy-chon/lich/", {"name": " "})
    assert answer.status_code == 422
    assert "Bạn hãy ghi đường dẫn này dùng ở đâu." in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "may"), [("officer", False), ("auditor", False), ("head", True), ("coordinator", True)]
)
def test_who_shares_the_organisations_calendar(client_of, role, may):
    office = make_organisation()
    client = client_of(make_member(office, role))
    answer = client.post("/tuy-chon/lich/", {"name": "Phòng họp", "whose": "organisation"})
    assert (answer.status_code, Feed.objects.filter(organisation_id=office.pk).count()) == (
        (200, 1) if may else (403, 0)
    )


def test_nobody_withdraws_what_is_not_theirs(client_of):
    office = make_organisation()
    own, _token = make_feed(make_user())
    shared, _token = make_feed(organisation=office)
    stranger = client_of(make_member(make_organisation(), "head"))
    officer = client_of(make_member(office, "officer"))
    for client, feed in ((stranger, own), (stranger, shared), (officer, own), (officer, shared)):
        assert client.post(f"/tuy-chon/lich/{feed.pk}/rut/").status_code == 404
    with pytest.raises(Refused):
        actions.withdraw_feed(Actor(make_user().pk, office.pk, frozenset({"officer"})), shared)
    with pytest.raises(Refused):
        actions.withdraw_feed(Actor(make_user().pk, make_organisation().pk, frozenset({"head"})), shared)
    head = client_of(make_member(office, "head"))
    assert head.post(f"/tuy-chon/lich/{shared.pk}/rut/").status_code == 302
