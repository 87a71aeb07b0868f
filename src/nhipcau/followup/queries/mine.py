"""What one person's organisation has to do, the next step first."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor
from nhipcau.core.keys import written_out
from nhipcau.core.recall import NOBODY, recalled
from nhipcau.core.written import Written
from nhipcau.plans.models import NO_DATE, Plan, TaskAgency

from .. import rules
from ..models import Assignment, ChaseLine, Obstacle, Step
from .jobs import Job, jobs_of, near_of
from .people import acting_for

GROUPS = ("late", "today", "week", "later", "done")
SHOWN = {"late": 5, "today": 5, "week": 4, "later": 3, "done": 3}  # of each group; the rest behind a door
PAGE = 25
JUST, MOST_JUST = "just", 5
FEW = 5


@dataclasses.dataclass(frozen=True, slots=True)
class MineFilter:
    """What the address chooses. ``group``: one of ``GROUPS`` alone, paged; ``own``: only where I have a step."""

    role: str = ""
    plan: str = ""
    own: str = ""
    group: str = ""

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> MineFilter:
        """From an address; what is unknown counts as not said."""
        role, group = query.get("role", ""), query.get("group", "")
        return cls(
            role=role if role in TaskAgency.Role.values else "",
            plan=query.get("plan", "")[:120],
            own="1" if query.get("own") == "1" else "",
            group=group if group in GROUPS else "",
        )

    def address(self, **changes: str) -> str:
        """The query string that chooses this, with changes; "" for everything."""
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in {**dataclasses.asdict(self), **changes}.items() if value})
        return f"?{query.urlencode()}" if query else ""


@dataclasses.dataclass(slots=True)
class JobGroup:
    """Jobs of one stretch of time; ``count`` of all, ``jobs`` the first of them."""

    name: str
    title: str
    count: int
    jobs: list[Job]
    url: str

    @property
    def more(self) -> int:
        return self.count - len(self.jobs)


@dataclasses.dataclass(slots=True)
class Mine:
    """The whole of it."""

    groups: list[JobGroup]
    just: list[Job]  # written about minutes ago and not among those shown: what can still be undone
    plans: list[tuple[str, str]]
    total: int
    chases: list[ChaseLine]
    obstacles: list[Obstacle]
    steps: list[Step]
    next: dict[str, Any] | None


class Line(NamedTuple):
    """What the page knows of every assignment, shown or not."""

    key: int
    is_open: bool
    due: dt.date
    word_due: dt.date
    plan_id: int
    is_just: bool  # there was a word minutes ago, which may still be taken back


def group_of(is_open: bool, due: dt.date, word_due: dt.date, today: dt.date) -> str:
    """Where an assignment stands in one's list: late only when its due day has passed; a word that is missing is for
    today."""
    if not is_open:
        return "done"
    if due < today:
        return "late"
    day = min(due, word_due)
    if day <= today:
        return "today"
    return "week" if day <= today + dt.timedelta(days=6 - today.weekday()) else "later"


def own_assignments(actor: Actor, wanted: MineFilter, today: dt.date) -> QuerySet[Assignment]:
    """Assignments of the actor's organisation that are to be done, or were done in a period of this year."""
    rows = Assignment.objects.filter(
        Q(is_open=True) | Q(year=today.year), organisation=actor.organisation_id or 0, ended=""
    )
    if wanted.role:
        rows = rows.filter(role=wanted.role)
    if wanted.plan:
        rows = rows.filter(plan__slug=wanted.plan)
    if wanted.own:
        rows = rows.filter(Exists(Step.objects.filter(assignment=OuterRef("pk"), person=actor.person_id)))
    return rows


def lines_by_group(actor: Actor, wanted: MineFilter, today: dt.date) -> dict[str, list[Line]]:
    """The keys of all of them by group, each in order. One query, recalled until somebody acts who can change it."""
    whose = actor.person_id if wanted.own else None
    key = ("jobs in order", actor.organisation_id, whose, dataclasses.replace(wanted, group=""), today)
    return recalled(key, lambda: _lines(actor, wanted, today), near=near_of(actor))


def _lines(actor: Actor, wanted: MineFilter, today: dt.date) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {name: [] for name in GROUPS}
    just = Q(last_word_at__isnull=False, last_word_at__gte=timezone.now() - rules.TAKING_BACK)  # false, never null
    rows = own_assignments(actor, wanted, today).annotate(is_just=just).order_by("next_day", "plan_id", "pk")
    for row in rows.values_list("pk", "is_open", "due", "word_due", "plan_id", "is_just"):
        line = Line(*row)
        found[group_of(line.is_open, line.due, line.word_due, today)].append(line)
    found["late"].sort(key=lambda line: line.due)
    return found


def mine(actor: Actor, wanted: MineFilter, today: dt.date, page: int = 1) -> Mine:
    """All that the page shows. At most eight queries."""
    lines = lines_by_group(actor, wanted, today)
    shown = _shown(lines, wanted, page)
    jobs = jobs_of([line.key for part in shown.values() for line in part], actor, today)
    groups = [
        JobGroup(
            name, title, len(lines[name]), [jobs[line.key] for line in shown[name] if line.key in jobs],
            reverse("mine") + wanted.address(group=name),
        )
        for name, title in titles().items()
        if name in shown
    ]  # fmt: skip
    chases, obstacles, steps = chases_asking(actor), obstacles_waiting(actor), steps_of(actor)
    return Mine(
        groups=groups,
        just=[jobs[line.key] for line in shown.get(JUST, ()) if line.key in jobs],
        plans=_plans(line for part in lines.values() for line in part),
        total=sum(len(part) for name, part in lines.items() if name != "done"),
        chases=chases,
        obstacles=obstacles,
        steps=steps,
        next=next_step(groups, chases, obstacles, steps, today),
    )


def titles() -> dict[str, str]:
    """The headings, in order."""
    return {
        "late": _("Quá hạn"), "today": _("Hôm nay"), "week": _("Tuần này"), "later": _("Sau đó"),
        "done": _("Đã xong kỳ này"),
    }  # fmt: skip


def _shown(lines: dict[str, list[Line]], wanted: MineFilter, page: int) -> dict[str, list[Line]]:
    if wanted.group:
        first = (page - 1) * PAGE
        return {wanted.group: lines[wanted.group][first : first + PAGE]}
    shown = {name: lines[name][: SHOWN[name]] for name in GROUPS}
    hidden = (line for name in GROUPS for line in lines[name][0 if name == "done" else SHOWN[name] :])
    shown[JUST] = [line for line in hidden if line.is_just][:MOST_JUST]
    shown["done"] = [line for line in shown["done"] if line not in shown[JUST]]
    return shown


def _plans(lines: Iterable[Line]) -> list[tuple[str, str]]:
    """Address and words of the plans of these, where there are several."""
    keys = tuple(sorted({line.plan_id for line in lines}))
    if len(keys) < 2:
        return []

    def made() -> list[tuple[str, str]]:
        found = Plan.objects.filter(pk__in=written_out(keys)).values_list("slug", "symbol", "title")
        return sorted(((slug, symbol or title) for slug, symbol, title in found), key=lambda plan: plan[1])

    return recalled(("plans of jobs", keys), made, near=NOBODY)


def chases_asking(actor: Actor) -> list[ChaseLine]:
    """What the organisation was asked about and has not answered yet, the first to be answered first. Recalled."""
    here = actor.organisation_id or 0
    return recalled(("chases asking", here), lambda: _CHASES(here), near=near_of(actor))


_CHASES = Written(
    lambda asked: ChaseLine.objects.filter(asked=asked, answered_at=None, assignment__ended="")
    .select_related("chase__organisation", "assignment__task")
    .order_by("chase__answer_by", "pk")
    .only(
        "was_late", "chase__public_id", "chase__words", "chase__answer_by", "chase__at", "chase__organisation__name",
        "assignment__public_id", "assignment__task__code", "assignment__task__text",
    )[: FEW + 1]
)  # fmt: skip


def obstacles_waiting(actor: Actor) -> list[Obstacle]:
    """Obstacles that others put before the organisation and that wait for its answer. Recalled."""
    here = actor.organisation_id or 0
    return recalled(("obstacles waiting", here), lambda: _OBSTACLES(here), near=near_of(actor))


_OBSTACLES = Written(
    lambda asked: (
        Obstacle.objects.filter(asked=asked, state=Obstacle.State.OPEN)
        .select_related("assignment__organisation")
        .order_by("due", "pk")
        .only("public_id", "text", "due", "assignment__public_id", "assignment__organisation__name")[: FEW + 1]
    )
)


def steps_of(actor: Actor) -> list[Step]:
    """The person's own steps that are not done, and those of whom they stand in for, of assignments of the organisation
    in whose name they act. Recalled."""
    person, here, today = actor.person_id or 0, actor.organisation_id or 0, timezone.localdate()
    return recalled(
        ("own steps", actor.person_id, actor.organisation_id),
        lambda: _STEPS(person, here, today=today),
        near=near_of(actor),
    )


_STEPS = Written(
    lambda person, organisation, today: (
        Step.objects.filter(
            person__in=acting_for(person, today),
            done_at=None,
            assignment__ended="",
            assignment__organisation=organisation,
        )
        .select_related("assignment__task")
        .order_by("due", "pk")
        .only("public_id", "text", "due", "assignment__public_id", "assignment__task__text")[: FEW + 1]
    )
)


def next_step(
    groups: list[JobGroup], chases: list[ChaseLine], obstacles: list[Obstacle], steps: list[Step], today: dt.date
) -> dict[str, Any] | None:
    """The one thing to do first: what is past its day, else today's, else what somebody asks, else the nearest."""
    found: list[tuple[int, dt.date, int, dict[str, Any]]] = []
    for at, line in enumerate(chases[:1]):
        rank = 0 if line.chase.answer_by < today else 1
        found.append((rank, line.chase.answer_by, at, {"kind": "chase", "line": line}))
    for obstacle in obstacles[:1]:
        found.append((_rank(obstacle.due, today), obstacle.due, 1, {"kind": "obstacle", "obstacle": obstacle}))
    for step in steps[:1]:
        found.append((_rank(step.due, today), step.due, 2, {"kind": "step", "step": step}))
    for group in groups:
        if group.jobs and group.name != "done":
            job = next((one for one in group.jobs if not _told_today(one.row, today)), group.jobs[0])
            day = job.row.due if group.name == "late" else job.row.next_day
            rank = {"late": 0, "today": 1}.get(group.name, 2)
            if rank < 2 and _told_today(job.row, today):
                rank = 2  # its day is past or now, and today's word is written: something else comes first
            found.append((rank, day, 3, {"kind": "job", "job": job, "group": group.name}))
    return min(found, key=lambda one: one[:3])[3] if found else None


def _told_today(row: Assignment, today: dt.date) -> bool:
    return row.last_word_at is not None and timezone.localtime(row.last_word_at).date() == today


def _rank(day: dt.date, today: dt.date) -> int:
    if day == NO_DATE:
        return 2
    return 0 if day < today else 1 if day == today else 2
