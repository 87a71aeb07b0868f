"""Calendars that people subscribe to (RFC 5545), by a secret link that their calendar program asks again and again."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from . import rooms
from .actors import Actor
from .models import Feed, User
from .rooms import Event

PREFIX_LENGTH = 6
BEFORE, AFTER = (
    dt.timedelta(days=180),
    dt.timedelta(days=550),
)  # what stands in a calendar: half a year back, 18 months on
REFRESH = dt.timedelta(hours=1)
# What an organisation's own officials read: a link gives nobody more.
_READER = frozenset({"officer"})


def new_token() -> str:
    """A token of 256 bits of chance."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What is kept of a token. There is nothing to guess, so a plain digest is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def address(token: str) -> str:
    """The link to give to a calendar program."""
    return f"{settings.SITE_URL}{reverse('feed', args=[token])}"


def feeds_of(person_id: int) -> QuerySet[Feed]:
    """The links of one person's calendar, those that work first."""
    return Feed.objects.filter(person_id=person_id).order_by("withdrawn_at", "-created_at", "-pk")


def feeds_of_organisation(organisation_id: int | None) -> QuerySet[Feed]:
    """The links of an organisation's calendar, those that work first."""
    return Feed.objects.filter(organisation_id=organisation_id or 0).order_by("withdrawn_at", "-created_at", "-pk")


def found(token: str) -> Feed | None:
    """The calendar behind a link; None for a wrong or withdrawn one, and when the person has left."""
    feed = Feed.objects.select_related("person").filter(digest=digest_of(token), withdrawn_at=None).first()
    if feed is None or (feed.person is not None and not feed.person.is_active):
        return None
    today = timezone.localdate()
    if feed.last_used_on != today:
        Feed.objects.filter(pk=feed.pk).update(last_used_on=today)  # once a day, not once a request
    return feed


def written(feed: Feed) -> bytes:
    """The calendar as a file, the same as long as nothing in it changes."""
    person: User | None = feed.person
    with translation.override(person.language if person is not None else "vi"):
        content: bytes = _calendar(_name(feed), _events(feed), feed.created_at).to_ical()
    return content


def _events(feed: Feed) -> list[Event]:
    today = timezone.localdate()
    if feed.person_id is not None:
        actors = rooms.actors_of([feed.person_id], today).get(feed.person_id, [])
    else:
        actors = [Actor(organisation_id=feed.organisation_id, roles=_READER)]
    return rooms.events(
        actors,
        person_id=feed.person_id,
        organisation_id=feed.organisation_id,
        first=today - BEFORE,
        last=today + AFTER,
    )


def _name(feed: Feed) -> str:
    if feed.organisation_id is None:
        return _("Nhịp Cầu: việc của tôi")
    named = rooms.named([feed.organisation_id]).get(feed.organisation_id)
    return _("Nhịp Cầu: %(organisation)s") % {"organisation": named.name if named else ""}


def _calendar(name: str, events: list[Event], made_at: dt.datetime) -> icalendar.Calendar:
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Nhip Cau//Lich//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)  # RFC 7986
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(REFRESH))
    unique = {event.uid: event for event in events if event.day is not None or event.at is not None}
    for event in sorted(unique.values(), key=lambda event: (_day(event), event.uid)):
        calendar.add_component(_event(event, made_at))
    return calendar


def _event(event: Event, made_at: dt.datetime) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", f"{event.uid}@{urlsplit(settings.SITE_URL).netloc or 'localhost'}")
    # When it was last changed, not when it was asked for: the file stays the same as long as nothing changes.
    begins = timezone.make_aware(dt.datetime.combine(_day(event), dt.time(0)))
    stamp = event.changed_at or min(begins, made_at)  # never a moment that is to come
    made.add("dtstamp", stamp.astimezone(dt.UTC))
    made.add("summary", event.title)
    if event.at is not None:
        made.add("dtstart", event.at.astimezone(dt.UTC))
    elif event.day is not None:
        made.add("dtstart", event.day)
        made.add("dtend", event.day + dt.timedelta(days=1))
    if event.description:
        made.add("description", event.description)
    url = f"{settings.SITE_URL}{event.url}" if event.url.startswith("/") else event.url
    if url:
        made.add("url", url)
    made.add("transp", "TRANSPARENT")
    return made


def _day(event: Event) -> dt.date:
    if event.day is not None:
        return event.day
    return timezone.localtime(event.at).date() if event.at is not None else dt.date.min
