"""What people do with their own accounts, as acts: it stands in the audit trail of the installation."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from . import feeds, rooms, rules, webhooks
from .acts import Act, act
from .models import Delivery, Feed, Hook, Notice, OutboxMessage, Rhythm, User
from .reminding import next_letter
from .timekeeping import read_calendar


@act("account.change_preferences", may=rules.may_change_own)
def change_preferences(act: Act, person: User, *, name: str, language: str, theme: str) -> User:
    """Keep a person's name, language and theme."""
    given = {"name": name, "language": language, "theme": theme}
    changed = {field: value for field, value in given.items() if getattr(person, field) != value}
    for field, value in changed.items():
        setattr(person, field, value)
    person.save()
    act.changed(**changed)
    act.stays_near()
    return person


@act("account.set_password", may=rules.may_change_own)
def set_password(act: Act, person: User, password: str) -> User:
    """Give a person a new password; every other session of theirs ends. The audit keeps no trace of the password
    itself."""
    person.set_password(password)
    person.save(update_fields=["password"])
    return person


@act("account.turn_second_factor_on", may=rules.may_change_own)
def turn_second_factor_on(act: Act, person: User) -> None:
    """Note that signing in asks for a code from now on; allauth has kept the secret."""
    act.changed(second_factor=True)


@act("account.turn_second_factor_off", may=rules.may_change_own)
def turn_second_factor_off(act: Act, person: User) -> None:
    """Note that signing in asks for the password only from now on."""
    act.changed(second_factor=False)


@act("account.change_rhythm", may=rules.may_change_own)
def change_rhythm(act: Act, person: User, /, **chosen: Any) -> Rhythm:
    """Keep when a person wants to be written to. From now on it holds, also for what was told before; whoever wants no
    letters gets none of what still waits."""
    rhythm = Rhythm.objects.select_for_update().filter(pk=person.pk).first() or Rhythm(person=person)
    changed = {field: value for field, value in chosen.items() if getattr(rhythm, field) != value}
    for field, value in changed.items():
        setattr(rhythm, field, value)
    rhythm.next_at = next_letter(rhythm, timezone.now(), read_calendar())
    rhythm.save()
    if rhythm.kind == Rhythm.Kind.NEVER:
        Notice.objects.filter(person=person, to_mail=True).update(to_mail=False)
    act.changed(**changed)
    return rhythm


@act("system.retry_letters", may=rules.may_watch)
def retry_letters(act: Act) -> int:
    """Try again, from the first attempt, every letter that had a problem; returns how many."""
    troubled = OutboxMessage.objects.filter(sent_at=None).exclude(problem="")
    number = troubled.update(attempts=0, try_after=timezone.now())
    act.changed(letters=number)
    return number


# --- calendars by a secret link ---------------------------------------------------------------------------------------


@act("feeds.make_own", may=rules.may_change_own)
def make_own_feed(act: Act, person: User, *, name: str) -> tuple[Feed, str]:
    """A link to a person's own calendar; returns its row and the token, which is kept nowhere."""
    return _make_feed(act, name, person=person)


@act("feeds.make", may=rules.may_make_feed)
def make_feed(act: Act, *, name: str) -> tuple[Feed, str]:
    """A link to the calendar of the organisation in whose name the actor acts; as ``make_own_feed``."""
    return _make_feed(act, name, organisation_id=act.organisation_id)


def _make_feed(act: Act, name: str, **whose: Any) -> tuple[Feed, str]:
    token = feeds.new_token()
    feed = Feed.objects.create(
        name=name.strip(),
        prefix=token[: feeds.PREFIX_LENGTH],
        digest=feeds.digest_of(token),
        made_by_id=act.actor.person_id,
        **whose,
    )
    act.about(feed)
    act.changed(name=feed.name)
    return feed, token


@act("feeds.withdraw", may=rules.may_withdraw_feed)
def withdraw_feed(act: Act, feed: Feed) -> Feed:
    """From now on the link opens nothing. Withdrawing twice changes nothing."""
    if feed.withdrawn_at is None:
        feed.withdrawn_at = timezone.now()
        feed.save(update_fields=["withdrawn_at"])
        act.changed(withdrawn_at=feed.withdrawn_at)
    return feed


# --- other systems ----------------------------------------------------------------------------------------------------


@act("hooks.make", may=rules.may_keep_hooks)
def make_hook(act: Act, *, name: str, url: str, kinds: Iterable[str]) -> tuple[Hook, str]:
    """Register another system's address for the organisation; returns its row and the secret of the signatures, which
    nobody is shown again. Raises ``ValidationError`` by field: no name, an address that is none, no or unknown kinds."""
    chosen = sorted(set(kinds))
    if not name.strip():
        raise ValidationError({"name": _("Bạn hãy ghi hệ thống này dùng vào việc gì.")})
    if not url.startswith(("https://", "http://")) or len(url) > 500:
        raise ValidationError({"url": _("Địa chỉ phải bắt đầu bằng https:// hoặc http:// và có tên máy chủ.")})
    if not chosen or not set(chosen) <= set(rooms.announcements()):
        raise ValidationError({"kinds": _("Bạn hãy chọn ít nhất một loại tin.")})
    secret = secrets.token_urlsafe(32)
    hook = Hook.objects.create(
        organisation_id=act.organisation_id or 0,
        name=name.strip(),
        url=url,
        kinds=chosen,
        secret=webhooks.seal(secret),
        made_by_id=act.actor.person_id,
    )
    act.about(hook)
    act.changed(name=hook.name, url=url, kinds=chosen)
    return hook, secret


@act("hooks.withdraw", may=rules.may_change_hook)
def withdraw_hook(act: Act, hook: Hook) -> Hook:
    """Tell this system nothing any more, also not what waits. Withdrawing twice changes nothing."""
    if hook.withdrawn_at is None:
        hook.withdrawn_at = timezone.now()
        hook.save(update_fields=["withdrawn_at"])
        act.changed(withdrawn_at=hook.withdrawn_at)
        act.settle(f"core.hook:{hook.public_id}")
    return hook


@act("hooks.test", may=rules.may_change_hook)
def test_hook(act: Act, hook: Hook) -> Delivery:
    """Send the system a delivery that says nothing, and ask it at once even where it did not answer a moment ago."""
    Hook.objects.filter(pk=hook.pk).update(paused_until=timezone.now())
    return webhooks.announce_test(hook)
