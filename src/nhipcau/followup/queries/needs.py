"""What waits for an act of one person in this room: for their letters and their list of what is to be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.core.actors import Actor
from nhipcau.core.clocks import spoken
from nhipcau.core.rooms import Need
from nhipcau.organisations import queries as organisations
from nhipcau.plans.models import NO_DATE

from ..models import Assignment, ChaseLine, Obstacle, Step
from ..rules import DOERS, may_move_work
from .obstacles import about
from .people import acting_for

WEEK = dt.timedelta(days=7)  # so long before its day a thing begins to wait for an act
MOST = 200  # of one kind


def needs(person_id: int, actors: list[Actor], now: dt.datetime) -> list[Need]:
    """What this person has to do: what they were asked about, what is late or near, words that are due, answers to
    obstacles and what to do with them, their own steps and those of whom they stand in for, work of agencies that ended.
    Seven queries, however much it is; what one chase asks about is one need."""
    today = timezone.localdate(now)
    doing = [actor.organisation_id for actor in actors if actor.organisation_id and actor.has(*DOERS)]
    found: list[Need] = []
    if doing:
        chased, asked_about = _chases(doing, today)
        found += chased
        found += _work(doing, asked_about, today)
        found += _obstacles(doing, today)
        found += _steps(person_id, doing, today)
    for actor in actors:
        if may_move_work(actor):
            found += _without_heir(actor, today)
    return found


def _urgency(day: dt.date, today: dt.date) -> str:
    if day < today:
        return "late"
    return "soon" if day <= today + WEEK else "calm"


def _short(text: str) -> str:
    return Truncator(text).chars(110)


def _chases(doing: list[int], today: dt.date) -> tuple[list[Need], set[int]]:
    """One need for each round that waits, and the assignments that it is about."""
    lines = ChaseLine.objects.filter(
        asked__in=doing, answered_at=None, assignment__ended="", assignment__is_open=True
    ).select_related("chase__organisation")
    by_round: dict[tuple[int, int], list[ChaseLine]] = {}
    for line in lines.order_by("-pk")[: MOST * 5]:
        by_round.setdefault((line.chase_id, line.asked_id), []).append(line)
    found = []
    for (_pk, agency), asked in by_round.items():
        chase = asked[0].chase
        facts = {"who": chase.organisation.label, "n": len(asked), "day": spoken(chase.answer_by)}
        if chase.answer_by == NO_DATE:
            text = ngettext("%(who)s đôn đốc %(n)s việc.", "%(who)s đôn đốc %(n)s việc.", len(asked)) % facts
        else:
            text = (
                ngettext(
                    "%(who)s đôn đốc %(n)s việc, trả lời đến hết ngày %(day)s.",
                    "%(who)s đôn đốc %(n)s việc, trả lời đến hết ngày %(day)s.",
                    len(asked),
                )
                % facts
            )
        day = None if chase.answer_by == NO_DATE else chase.answer_by
        key = f"followup.chase:{chase.public_id}:{agency}"
        url = reverse("chase_round", args=[chase.public_id])
        urgency = "late" if day is not None and day < today else "soon"
        found.append(Need("followup.chase", key, text, url, day, urgency))
    return found, {line.assignment_id for asked in by_round.values() for line in asked}


def _work(doing: list[int], asked_about: set[int], today: dt.date) -> Iterator[Need]:
    """What is late or near, and what has been without a word for too long; each assignment once."""
    rows = Assignment.objects.filter(organisation__in=doing, is_open=True, next_day__lte=today + WEEK)
    rows = rows.select_related("task").only("public_id", "period", "due", "word_due", "next_day", "task__text")
    for row in rows.order_by("next_day", "pk")[:MOST]:
        if row.pk in asked_about:
            continue
        is_due = row.due <= today + WEEK
        day = row.due if is_due else row.word_due
        facts = {"task": _short(row.task.text), "day": spoken(day)}
        if is_due and day < today:
            kind, text = "followup.late", _("Quá hạn từ %(day)s: %(task)s") % facts
        elif is_due:
            kind, text = "followup.due", _("Hạn %(day)s: %(task)s") % facts
        else:
            kind, text = "followup.word", _("Cần báo một câu đến hết ngày %(day)s: %(task)s") % facts
        key = f"{kind}:{row.public_id}:{row.period or day.isoformat()}"
        yield Need(kind, key, text, reverse("assignment", args=[row.public_id]), day, _urgency(day, today))


def _obstacles(doing: list[int], today: dt.date) -> Iterator[Need]:
    """Those that wait for an answer, and those whose answer waits for a word whether it helped."""
    mine = Q(asked__in=doing, state=Obstacle.State.OPEN)
    mine |= Q(assignment__organisation__in=doing, state=Obstacle.State.ANSWERED)
    rows = Obstacle.objects.filter(mine).select_related("asked", "assignment__organisation")
    for row in rows.order_by("due", "pk")[:MOST]:
        url = reverse("obstacle", args=[row.public_id])
        facts = {"raiser": row.assignment.organisation.label, "asked": row.asked.label, "text": _short(row.text)}
        if row.state == Obstacle.State.OPEN:
            text = _("%(raiser)s chờ trả lời vướng mắc: %(text)s") % facts
            yield Need("followup.obstacle", about(row), text, url, row.due, _urgency(row.due, today))
        else:
            text = _("%(asked)s đã trả lời vướng mắc, bạn xem đã gỡ được chưa: %(text)s") % facts
            yield Need("followup.obstacle_answered", f"{about(row)}:answered", text, url)


def _steps(person_id: int, doing: list[int], today: dt.date) -> Iterator[Need]:
    rows = Step.objects.filter(
        person__in=acting_for(person_id),
        done_at=None,
        due__lte=today + WEEK,
        assignment__ended="",
        assignment__organisation__in=doing,
    )
    for row in rows.select_related("assignment", "person").order_by("due", "pk")[:MOST]:
        facts = {"day": spoken(row.due), "step": _short(row.text), "who": row.person.name if row.person else ""}
        if row.person_id == person_id:
            text = _("Bước của bạn, đến hết ngày %(day)s: %(step)s") % facts
        else:
            text = _("Bước của %(who)s, bạn làm thay, đến hết ngày %(day)s: %(step)s") % facts
        url = f"{reverse('assignment', args=[row.assignment.public_id])}#cac-buoc"
        yield Need("followup.step", f"followup.step:{row.public_id}", text, url, row.due, _urgency(row.due, today))


def _without_heir(actor: Actor, today: dt.date) -> Iterator[Need]:
    """Work of agencies that have ended: for those who keep the organisation or follow its plans, in one need."""
    ended = organisations.reach(actor).filter(valid_to__lt=today).order_by().values("pk")
    rows = Assignment.objects.filter(organisation__in=ended, ended="")
    found = rows.aggregate(n=Count("pk"), agencies=Count("organisation", distinct=True))
    if found["n"]:
        text = ngettext(
            "%(agencies)s cơ quan đã chấm dứt còn %(n)s việc chờ chuyển cho cơ quan kế thừa.",
            "%(agencies)s cơ quan đã chấm dứt còn %(n)s việc chờ chuyển cho cơ quan kế thừa.",
            found["n"],
        )
        key = f"followup.hand_over:{actor.organisation_id}"
        yield Need("followup.hand_over", key, text % found, reverse("handing_over"))
