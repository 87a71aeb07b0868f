"""The words of a letter of reminding: one letter, all that waits, late things first."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Notice, Reminded, User
from ..rooms import Need

SHOWN = 30  # lines of one part; what is more stands in the page
URGENCIES = ("late", "soon", "calm")


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One thing in a letter: what it says, what more there is to know, its address."""

    text: str
    detail: str
    url: str


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """Lines under one heading; ``more``: how many are left out."""

    heading: str
    lines: list[Line]
    more: int
    is_late: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it goes into the outbox."""

    subject: str
    body: str
    html: str


def write(person: User, needs: list[Need], notices: list[Notice], before: dict[str, Reminded]) -> Letter:
    """The letter that tells a person of these needs and notices, in the language of the moment. ``before``: what
    earlier letters said of the same needs, by their key."""
    headings = {"late": _("Đã quá hạn"), "soon": _("Sắp đến hạn"), "calm": _("Đang chờ bạn")}
    parts = [
        _part(
            headings[urgency],
            [_need_line(need, before.get(need.key)) for need in needs if need.urgency == urgency],
            is_late=urgency == "late",
        )
        for urgency in URGENCIES
    ]
    parts.append(_part(_("Tin mới"), [_notice_line(notice) for notice in notices]))
    parts = [part for part in parts if part.lines]
    context: dict[str, object] = {
        "subject": _subject(needs, notices),
        "greeting": _("Kính gửi %(name)s,") % {"name": person.name},
        "parts": parts,
        "page": _absolute(reverse("notices")),
        "rhythm": _absolute(reverse("rhythm")),
        "language": person.language,
    }
    html = render_to_string("core/reminders/letter.html", context)
    return Letter(str(context["subject"])[:200], _plain(context, parts), html)


def _subject(needs: list[Need], notices: list[Notice]) -> str:
    late = sum(need.urgency == "late" for need in needs)
    if len(needs) == 1 and not notices:
        return needs[0].text
    if needs:
        waiting = ngettext("%(count)d việc chờ bạn", "%(count)d việc chờ bạn", len(needs)) % {"count": len(needs)}
        if not late:
            return waiting
        over = ngettext("%(count)d đã quá hạn", "%(count)d đã quá hạn", late) % {"count": late}
        return f"{waiting}, {over}"
    if len(notices) == 1:
        return notices[0].text
    return ngettext("%(count)d tin mới", "%(count)d tin mới", len(notices)) % {"count": len(notices)}


def _part(heading: str, lines: list[Line], *, is_late: bool = False) -> Part:
    return Part(heading, lines[:SHOWN], max(0, len(lines) - SHOWN), is_late)


def _need_line(need: Need, said: Reminded | None) -> Line:
    details = []
    if need.due is not None:
        details.append(_("hạn %(day)s") % {"day": _day(need.due)})
    if said is not None:
        since = _("đã nhắc từ %(day)s, lần này là lần %(times)d")
        details.append(since % {"day": _day(timezone.localtime(said.first_at).date()), "times": said.times + 1})
    return Line(need.text, "; ".join(details), _absolute(need.url))


def _notice_line(notice: Notice) -> Line:
    when = timezone.localtime(notice.created_at).strftime("%H:%M %d/%m/%Y")
    return Line(notice.text, when, _absolute(notice.url))


def _plain(context: dict[str, object], parts: list[Part]) -> str:
    blocks = [str(context["greeting"])]
    for part in parts:
        blocks.append(f"{part.heading.upper()} ({len(part.lines) + part.more})")
        for line in part.lines:
            detail = f" ({line.detail})" if line.detail else ""
            blocks.append(f"- {line.text}{detail}" + (f"\n  {line.url}" if line.url else ""))
        if part.more:
            blocks.append(more_words(part.more))
    blocks.append(_("Xem tất cả: %(page)s") % {"page": context["page"]})
    blocks.append(_("Bạn chọn lúc nhận thư, hoặc thôi nhận, tại: %(rhythm)s") % {"rhythm": context["rhythm"]})
    return "\n\n".join(blocks)


def more_words(number: int) -> str:
    """How a part says what it leaves out."""
    return ngettext("Và %(count)d mục nữa trong trang.", "Và %(count)d mục nữa trong trang.", number) % {
        "count": number
    }


def _day(day: dt.date) -> str:
    return day.strftime("%d/%m/%Y")


def _absolute(url: str) -> str:
    return f"{settings.SITE_URL}{url}" if url.startswith("/") else url
