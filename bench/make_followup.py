"""Makes a province's follow-up of five years in the configured database: 120 organisations, 3 plans of 40 tasks a year,
about 71,000 assignments and a million events; more provinces, up to the nation, with --scale.

    DATA_DIR=/tmp/bench python bench/make_followup.py                # one province, five years
    DATA_DIR=/tmp/bench python bench/make_followup.py --scale 4      # four provinces below one root
    DATA_DIR=/tmp/bench python bench/make_followup.py --scale 0.125  # a province of 15 organisations

Deterministic (one seed). Organisations, plans and tasks are written through the models; assignments are those that the
room's own ``wanted`` names, their periods and days come from the room's own rules, so that settling a plan and opening
periods afterwards change nothing. Events are rows written in bulk: words on progress, closed periods, rounds of chasing,
obstacles, extensions, evidence. The audit trail has one event for each act, in chains by the real hash function, so that
``manage.py audit verify`` holds. The database must be migrated and empty of plans.

Prints, as JSON, how many rows there are and the session keys that bench/followup.py signs in with.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.settings")
if __name__ == "__main__":
    django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.utils import timezone

import make_tasks
from bulk import follow, insert
from followup_chains import write_chains
from followup_lives import TEXTS, Life, live
from followup_plans import is_slow, plan_of, tasks_of
from make_tasks import FIELDS
from nhipcau.core.acts import SYSTEM
from nhipcau.core.models import AuditEvent, User
from nhipcau.followup.actions import settle_plan
from nhipcau.followup.models import (
    Assignment,
    Chase,
    ChaseLine,
    ClosedPeriod,
    Evidence,
    Extension,
    Note,
    Obstacle,
    ObstacleStep,
    Step,
    TaskRhythm,
)
from nhipcau.followup.queries.wanted import Wanted, wanted
from nhipcau.organisations.models import Group, Level, Membership, Organisation, OrganisationKind, Role
from nhipcau.plans.models import Plan, Task, TimeKind

SEED = 411
ORGANISATIONS = 120  # of a province: its committee, 20 departments, 99 communes
DEPARTMENTS = 20
PLANS_A_YEAR = 3
PEOPLE = (Role.OFFICER, Role.COORDINATOR, Role.HEAD)
_IDS = "23456789abcdefghijkmnpqrstuvwxyz"

_ASSIGNMENT = ("id public_id task_id plan_id owner_id organisation_id role group_id ended created_at period period_start "
               "year progress percent is_open due stated_due word_due next_day last_word last_word_at last_asked_at "
               "open_obstacles below_done below_late from_below version")  # fmt: skip
_NOTE = "id public_id assignment_id period person_id organisation_id progress percent text before key at"


@dataclass
class Province:
    """One province while it is made."""

    committee: Organisation
    departments: list[Organisation]
    communes: list[Organisation]
    people: dict[int, list[int]]  # by organisation: officer, coordinator, head
    diligence: dict[int, float] = field(default_factory=dict)
    acts: dict[int, list[tuple[Any, ...]]] = field(default_factory=dict)  # by organisation: what its chain gets
    rows: dict[type, list[tuple[Any, ...]]] = field(default_factory=dict)
    notes: list[tuple[Any, ...]] = field(default_factory=list)
    over: list[tuple[Any, ...]] = field(default_factory=list)

    def add(self, model: type, *values: Any) -> None:
        self.rows.setdefault(model, []).append(values)

    def did(
        self, organisation_id: int, at: dt.datetime, person: int, act: str, subject: str, pk: int, **said: Any
    ) -> None:
        self.acts.setdefault(organisation_id, []).append((at, person, act, subject, pk, said))


class Numbers:
    """Primary keys and public ids, each once."""

    def __init__(self) -> None:
        self.last: dict[type, int] = {}
        self.ids = 0

    def next(self, model: type) -> int:
        self.last[model] = self.last.get(model, 0) + 1
        return self.last[model]

    def public(self) -> str:
        self.ids += 1
        number = self.ids * 0x2545F4914F6CDD1D % 2**50  # odd, so no two are alike: scattered, as real ones are
        return "".join(_IDS[number >> shift & 31] for shift in range(0, 50, 5))


def make(scale: float = 1, years: int = 5, say: bool = False) -> dict[str, Any]:
    """Fill the database; returns the counts of rows and the session keys."""
    rng, numbers, today = random.Random(SEED), Numbers(), timezone.localdate()
    begin = time.monotonic()
    with transaction.atomic():
        root = (
            _organisation("Văn phòng Chính phủ", None, OrganisationKind.MINISTRY, Level.CENTRAL) if scale > 1 else None
        )
        provinces = [_province(number, root, scale) for number in range(max(1, round(scale)))]
        top = _people([root])[root.pk] if root else provinces[0].people[provinces[0].committee.pk]
    for number, province in enumerate(provinces, start=1):
        with transaction.atomic():
            _fill(rng, numbers, province, years, today)
        if say:
            print(f"province {number} of {len(provinces)}: {time.monotonic() - begin:.0f} s", file=sys.stderr)
    follow(*numbers.last)
    _analyze()
    return {
        "size": _size(),
        "counts": _counts(),
        **_sessions(provinces[0], top),
    }


def make_of_tasks() -> dict[str, Any]:
    """The register of bench/make_tasks.py, 22,000 tasks of 600 plans, with every plan assigned by the room's own act."""
    keys = make_tasks.make()
    for plan in Plan.objects.order_by("pk").only("pk", "organisation_id", "date"):
        settle_plan(SYSTEM, plan, timezone.localdate())
    _analyze()
    officers, top = [keys["ward"], keys["department"]], [keys["province"]]
    return {"size": _size(), "counts": _counts(), "officers": officers, "province": top, "top": top}


def _sessions(first: Province, top: list[int]) -> dict[str, list[str]]:
    some = [*first.departments[:4], *first.communes[:12]]
    return {
        "officers": [_session(first.people[organisation.pk][0]) for organisation in some],
        "province": [_session(person) for person in first.people[first.committee.pk]],
        "top": [_session(person) for person in top],
    }


def _counts() -> dict[str, int]:
    return {
        model.__name__: model._default_manager.count() for model in (*_COLUMNS, AuditEvent, Task, Organisation, User)
    }


def _analyze() -> None:
    """What a running database's own housekeeping does within minutes of a large load."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _size() -> int:
    """Bytes of the database with its indexes."""
    asked = (
        "SELECT pg_database_size(current_database())"
        if connection.vendor == "postgresql"
        else "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return int(cursor.fetchone()[0])


# --- the directory ---------------------------------------------------------------------------------------------------


def _province(number: int, root: Organisation | None, scale: float) -> Province:
    count = max(4, round(ORGANISATIONS * min(1, scale)))
    departments = max(2, round(DEPARTMENTS * min(1, scale)))
    name = f"tỉnh {number + 1}"
    committee = _organisation(f"Ủy ban nhân dân {name}", root, OrganisationKind.COMMITTEE, Level.PROVINCE)
    below = [
        _organisation(f"Sở {FIELDS[n % len(FIELDS)]} {n // len(FIELDS) or ''} {name}", committee,
                      OrganisationKind.DEPARTMENT, Level.PROVINCE) for n in range(departments)
    ]  # fmt: skip
    communes = [
        _organisation(f"Ủy ban nhân dân xã {n + 1} {name}", committee, OrganisationKind.COMMITTEE, Level.COMMUNE)
        for n in range(count - 1 - departments)
    ]
    return Province(committee, below, communes, _people([committee, *below, *communes]))


def _organisation(name: str, parent: Organisation | None, kind: str, level: str) -> Organisation:
    made = Organisation.objects.create(name=" ".join(name.split()), parent=parent, kind=kind, level=level)
    made.path = f"{parent.path if parent else ''}{made.pk}/"
    made.save(update_fields=["path"])
    return made


def _people(organisations: list[Organisation]) -> dict[int, list[int]]:
    users = [
        User(email=f"{role}-{organisation.pk}@example.vn", name=f"Nguyễn Thị {organisation.pk}", password="!")
        for organisation in organisations
        for role in PEOPLE
    ]
    made = iter(User.objects.bulk_create(users, batch_size=500))
    people = {organisation.pk: [next(made).pk for _role in PEOPLE] for organisation in organisations}
    Membership.objects.bulk_create(
        (
            Membership(person_id=person, organisation_id=pk, role=role)
            for pk, held in people.items()
            for person, role in zip(held, PEOPLE, strict=True)
        ),
        batch_size=500,
    )
    return people


def _session(person: int) -> str:
    user = User.objects.get(pk=person)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


# --- one province ----- -------------------------------------------------------------------------------------------------


def _fill(rng: random.Random, numbers: Numbers, province: Province, years: int, today: dt.date) -> None:
    groups = [
        Group.objects.create(name="Các sở, ban, ngành", scope=province.committee, kinds=[OrganisationKind.DEPARTMENT]),
        Group.objects.create(name="Ủy ban nhân dân các xã", scope=province.committee, levels=[Level.COMMUNE]),
    ]
    for organisation in (*province.departments, *province.communes):
        province.diligence[organisation.pk] = 0.3 + rng.random() * 0.65
    for year in range(today.year - years + 1, today.year + 1):
        for number in range(PLANS_A_YEAR):
            owner = province.departments[0] if number == 2 else province.committee
            plan = plan_of(rng, owner, province.people[owner.pk][0], year, number, today)
            tasks = tasks_of(rng, plan, province.departments, groups, today)
            for want in wanted(plan, plan.date or today).values():
                _assign(rng, numbers, province, plan, want, today)
            TaskRhythm.objects.bulk_create(TaskRhythm(task=task, rhythm="quarterly") for task in tasks if is_slow(task))
        _write(province)
    _tell(rng, numbers, province)
    _chase(rng, numbers, province, years, today)
    _write(province)
    write_chains(province.acts)


# --- assignments and what happened with them -------------------------------------------------------------------------


def _assign(rng: random.Random, numbers: Numbers, province: Province, plan: Plan, want: Wanted, today: dt.date) -> None:
    task, pk = want.task, numbers.next(Assignment)
    began = plan.date or today
    rhythm = "quarterly" if is_slow(task) else ""
    life = live(rng, task.stated_time, began, today, province.diligence[want.organisation_id], rhythm)
    officer, coordinator, _head = province.people[want.organisation_id]
    for said in life.said:
        person = officer if rng.random() < 0.8 else coordinator
        province.notes.append((said.at, pk, person, want.organisation_id, said))
        province.did(want.organisation_id, said.at, person, "followup.record_progress", Assignment._meta.label_lower, pk,
                     progress=said.progress, percent=said.percent, text=said.text, evidence=0)  # fmt: skip
    province.over.extend((over.closed_at, pk, over) for over in life.over)
    is_open = life.progress != "done"
    due, obstacles = life.period.due, 0
    if is_open and rng.random() < 0.03:
        obstacles = _obstacle(rng, numbers, province, pk, want, life, today)
    if is_open and task.time_kind == TimeKind.ONCE and rng.random() < 0.1:
        due = _extend(rng, numbers, province, pk, plan, life, today)
    year = max(life.period.year, life.period.start.year if life.period.start else began.year)
    if is_open or task.time_kind != TimeKind.ONCE:
        year = max(year, today.year)
    if is_open and year == today.year and rng.random() < 0.06:
        _steps(rng, numbers, province, pk, officer, today)
    last = life.said[-1] if life.said else None
    province.add(Assignment, pk, numbers.public(), task.pk, plan.pk, plan.organisation_id, want.organisation_id, want.role,
                 want.group_id, "", plan.confirmed_at, life.period.name, life.period.start, year, life.progress,
                 life.percent, is_open, due, life.period.due, life.word_due, min(due, life.word_due),
                 last.text if last else "", last.at if last else None, None, obstacles, 0, 0, False,
                 1 + len(life.said) + len(life.over))  # fmt: skip


def _tell(rng: random.Random, numbers: Numbers, province: Province) -> None:
    """Words on progress and closed periods, in the order in which they came: as they lie in a database that has grown."""
    for at, assignment, person, organisation, said in sorted(province.notes, key=lambda note: note[:2]):
        pk = numbers.next(Note)
        province.add(Note, pk, numbers.public(), assignment, said.period, person, organisation, said.progress,
                     said.percent, said.text, said.before, f"b{pk}", at)  # fmt: skip
        if rng.random() < 0.02:
            province.add(Evidence, numbers.next(Evidence), numbers.public(), pk, f"https://example.vn/{pk}", "", "",
                         "Báo cáo trên cổng thông tin")  # fmt: skip
    for _at, assignment, over in sorted(province.over, key=lambda over: over[:2]):
        province.add(ClosedPeriod, numbers.next(ClosedPeriod), assignment, *over)
    province.notes, province.over = [], []


def _obstacle(
    rng: random.Random, numbers: Numbers, province: Province, assignment: int, want: Wanted, life: Life, today: dt.date
) -> int:
    raised = _moment(rng, max(life.began, today - dt.timedelta(days=rng.randint(1, 120))))
    state, pk = rng.choices(("open", "answered", "settled", "withdrawn"), (30, 25, 40, 5))[0], numbers.next(Obstacle)
    asked, person = (
        rng.choice([province.committee, province.departments[0]]).pk,
        province.people[want.organisation_id][0],
    )
    due = raised.date() + dt.timedelta(days=15)
    province.add(Obstacle, pk, numbers.public(), assignment, "Chưa được bố trí kinh phí, thiếu cán bộ chuyên trách.",
                 "Đề nghị bổ sung kinh phí trong quý tới.", asked, state, due, person, raised, 1)  # fmt: skip
    province.did(
        want.organisation_id, raised, person, "followup.raise_obstacle", Assignment._meta.label_lower, assignment
    )
    for number, kind in enumerate({"answered": ["answered"], "settled": ["answered", "settled"]}.get(state, [])):
        at = raised + dt.timedelta(days=5 * (number + 1), minutes=number)
        who = asked if kind == "answered" else want.organisation_id
        province.add(ObstacleStep, numbers.next(ObstacleStep), pk, kind, TEXTS[pk % len(TEXTS)], None, who,
                     province.people[who][0], at)  # fmt: skip
        act = "followup.answer_obstacle" if kind == "answered" else "followup.settle_obstacle"
        province.did(who, at, province.people[who][0], act, Obstacle._meta.label_lower, pk)
    return int(state in {"open", "answered"})


def _extend(
    rng: random.Random, numbers: Numbers, province: Province, assignment: int, plan: Plan, life: Life, today: dt.date
) -> dt.date:
    new = life.period.due + dt.timedelta(days=rng.randint(30, 120))
    at, person = _moment(rng, min(life.period.due, today)), province.people[plan.organisation_id][1]
    province.add(Extension, numbers.next(Extension), assignment, "", life.period.due, new,
                 "Chờ hướng dẫn của cấp trên", person, at)  # fmt: skip
    province.did(plan.organisation_id, at, person, "followup.extend", Assignment._meta.label_lower, assignment, due=new)
    return new


def _steps(
    rng: random.Random, numbers: Numbers, province: Province, assignment: int, person: int, today: dt.date
) -> None:
    for position, text in enumerate(("Lập dự toán", "Tổ chức thực hiện", "Tổng hợp, báo cáo")):
        done = _moment(rng, today - dt.timedelta(days=30)) if position == 0 else None
        province.add(Step, numbers.next(Step), numbers.public(), assignment, position, text, person,
                     today + dt.timedelta(days=30 * position - 10), done, person if done else None)  # fmt: skip


def _chase(rng: random.Random, numbers: Numbers, province: Province, years: int, today: dt.date) -> None:
    """Every month the province asks about some hundreds of assignments; in this month about those that are late."""
    person = province.people[province.committee.pk][1]
    mine = Assignment.objects.filter(plan__organisation__path__startswith=province.committee.path)
    every = list(mine.order_by("pk").values_list("pk", "organisation_id", "created_at"))
    late = list(
        mine.filter(is_open=True, due__lt=today).order_by("pk").values_list("pk", "organisation_id", "created_at")
    )
    first = dt.date(today.year - years + 1, 2, 3)
    months = [first + dt.timedelta(days=30 * n) for n in range(years * 13) if first + dt.timedelta(days=30 * n) < today]
    for number, day in enumerate(months, start=1):
        at, pk, is_last = _moment(rng, day), numbers.next(Chase), number == len(months)
        asked = late if is_last else [row for row in rng.sample(every, len(every) // 80) if row[2] < at]
        province.add(Chase, pk, numbers.public(), province.committee.pk, person, "Đề nghị các cơ quan báo cáo tiến độ.",
                     day + dt.timedelta(days=7), f"b{pk}", at)  # fmt: skip
        for assignment, organisation, _began in asked:
            answered = None if is_last or rng.random() < 0.3 else at + dt.timedelta(days=rng.randint(1, 9))
            province.add(ChaseLine, numbers.next(ChaseLine), pk, assignment, organisation, is_last, 3, answered)
        province.did(province.committee.pk, at, person, "followup.chase", Chase._meta.label_lower, pk, lines=len(asked))
        if is_last:
            Assignment.objects.filter(pk__in=mine.filter(is_open=True, due__lt=today).values("pk")).update(
                last_asked_at=at
            )


def _moment(rng: random.Random, day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, rng.randint(1, 9), rng.randint(0, 59), tzinfo=dt.UTC)


_COLUMNS: dict[type, str] = {
    Assignment: _ASSIGNMENT,
    Note: _NOTE,
    ClosedPeriod: "id assignment_id period year progress percent due done_on closed_at",
    Evidence: "id public_id note_id url ref_kind ref_id name",
    Obstacle: "id public_id assignment_id text proposal asked_id state due raised_by raised_at version",
    ObstacleStep: "id obstacle_id kind text to_id organisation_id person_id at",
    Extension: "id assignment_id period old_due new_due reason person_id at",
    Step: "id public_id assignment_id position text person_id due done_at done_by",
    Chase: "id public_id organisation_id person_id words answer_by key at",
    ChaseLine: "id chase_id assignment_id asked_id was_late people answered_at",
}


def _write(province: Province) -> None:
    for model, columns in _COLUMNS.items():  # what is pointed to comes first
        insert(model, columns, province.rows.pop(model, ()))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=1, help="provinces; below 1: a smaller one (0.125: 15 agencies)")
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--tasks", action="store_true", help="the register of 22,000 tasks instead, assigned")
    return parser.parse_args()


if __name__ == "__main__":
    _given = _options()
    print(json.dumps(make_of_tasks() if _given.tasks else make(_given.scale, _given.years, say=True)))
