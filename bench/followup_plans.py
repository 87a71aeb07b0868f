"""Plans of one year with their tasks, for bench/make_followup.py."""

from __future__ import annotations

import datetime as dt
import hashlib
import random

from followup_lives import DAY
from make_tasks import ENDS, LINES_A_TASK, SECTIONS, THINGS, VERBS, task_lines
from nhipcau.core.models import StoredFile
from nhipcau.documents.models import Document, Line, Text
from nhipcau.organisations.models import Group, Organisation
from nhipcau.plans.models import Plan, Reading, Task, TaskAgency, TimeKind, searched

TASKS_A_PLAN = 40
KINDS = ((TimeKind.ONCE, 43), (TimeKind.CONTINUOUS, 22), (TimeKind.YEARLY, 12), (TimeKind.QUARTERLY, 10),
         (TimeKind.MONTHLY, 3), (TimeKind.OTHER, 5), (TimeKind.NONE, 5))  # fmt: skip
WORDS = {TimeKind.CONTINUOUS: "Thường xuyên", TimeKind.YEARLY: "Hằng năm", TimeKind.QUARTERLY: "Hằng quý",
         TimeKind.MONTHLY: "Hằng tháng, trước ngày 26", TimeKind.OTHER: "Theo kế hoạch", TimeKind.NONE: ""}  # fmt: skip


def plan_of(rng: random.Random, owner: Organisation, person: int, year: int, number: int, today: dt.date) -> Plan:
    """A confirmed plan of the year."""
    date = min(dt.date(year, 1, 5 + number * 6), today)
    symbol = f"{year % 100}{number + 1}/KH-{'STP' if number == 2 else 'UBND'}"
    title = f"{rng.choice(VERBS)} {rng.choice(THINGS)} năm {year}"
    slug = f"{symbol.replace('/', '-').lower()}-{owner.pk}-{year}"
    file = StoredFile.objects.create(sha256=hashlib.sha256(slug.encode()).hexdigest(), size=0, media_type="text/plain")
    document = Document.objects.create(
        slug=slug,
        key=f"KH {symbol} {slug}",
        doc_type="Kế hoạch",
        symbol=symbol,
        issuer=owner.name,
        title=title,
        date=date,
    )
    text = Text.objects.create(
        organisation=owner, document=document, file=file, name=f"{slug}.txt", media_type="text/plain",
        line_count=TASKS_A_PLAN * LINES_A_TASK,
    )  # fmt: skip
    reading = Reading.objects.create(
        organisation=owner, person_id=person, file=file, name=f"{slug}.txt", text=text,
        state=Reading.State.CONFIRMED,
    )  # fmt: skip
    return Plan.objects.create(
        slug=slug, organisation=owner, document=document, reading=reading, text=text, symbol=symbol, title=title,
        date=date, confirmed_at=dt.datetime(date.year, date.month, date.day, 3, tzinfo=dt.UTC), is_public=number == 0,
    )  # fmt: skip


def tasks_of(
    rng: random.Random, plan: Plan, departments: list[Organisation], groups: list[Group], today: dt.date
) -> list[Task]:
    """Its tasks: each led by one department, with everybody else of the groups as coordinators."""
    tasks, named = [], []
    for position in range(TASKS_A_PLAN):
        lead = rng.choice(departments)
        tasks.append(_task(rng, plan, position, [lead.name, *(group.name for group in groups)], today))
        named.append([(TaskAgency.Role.LEAD, lead), *((TaskAgency.Role.COORDINATING, group) for group in groups)])
    Task.objects.bulk_create(tasks)
    TaskAgency.objects.bulk_create(
        TaskAgency(
            task=task, role=role, position=at, name=who.name,
            organisation=who if isinstance(who, Organisation) else None, group=who if isinstance(who, Group) else None,
        )
        for task, agencies in zip(tasks, named, strict=True)
        for at, (role, who) in enumerate(agencies)
    )  # fmt: skip
    Line.objects.bulk_create(
        Line(text_of_id=plan.text_id, number=task.first_line + at, text=part)
        for task in tasks
        for at, part in enumerate(task_lines(task))
    )
    return tasks


def _task(rng: random.Random, plan: Plan, position: int, agencies: list[str], today: dt.date) -> Task:
    section = position // 8
    text = f"{rng.choice(VERBS)} {rng.choice(THINGS)} {rng.choice(ENDS)}, {rng.choice(THINGS)}"
    task = Task(
        plan=plan, code=f"III.{section + 1}.{'abcdeghi'[position % 8]}", position=position, group=SECTIONS[section],
        text=text, first_line=position * LINES_A_TASK + 1, last_line=(position + 1) * LINES_A_TASK,
        time_kind=rng.choices([kind for kind, _weight in KINDS], [weight for _kind, weight in KINDS])[0],
    )  # fmt: skip
    if task.time_kind == TimeKind.ONCE:
        task.due = dt.date(plan.date.year, 3, 1) + dt.timedelta(days=rng.randint(0, 300))  # type: ignore[union-attr]
        task.time_text = f"Hoàn thành trước ngày {task.due + DAY:%d/%m/%Y}"
    else:
        task.time_text = WORDS[TimeKind(task.time_kind)]
        task.day = 25 if task.time_kind == TimeKind.MONTHLY else None
        task.month_day = "11-30" if task.time_kind == TimeKind.YEARLY else ""
    task.folded = searched((task.code, text, task.group), agencies)
    task.prepare(today)
    return task


def is_slow(task: Task) -> bool:
    """Continuous tasks of which a word is asked each quarter only: one in ten."""
    return task.time_kind == TimeKind.CONTINUOUS and task.position % 10 == 3
