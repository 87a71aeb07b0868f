"""Makes a large register in the configured database: 22,000 tasks of 600 plans, 120 organisations with their groups.

    DATA_DIR=/tmp/bench python bench/make_tasks.py [TASKS]

Deterministic (one seed), through bulk inserts of the platform's own models. The database must be migrated and empty
of plans.
Prints the accounts' session keys that bench/register.py signs in with.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import random
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.settings")
if __name__ == "__main__":
    django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.utils import timezone

from nhipcau.core.models import StoredFile, User
from nhipcau.documents.models import Citation, Document, Line, Text
from nhipcau.organisations.models import Group, Level, Membership, Organisation, OrganisationKind, Role
from nhipcau.plans.models import Plan, Reading, Task, TaskAgency, TimeKind, searched

SEED = 407
PLANS = 600
LINES_A_TASK = 7
FIELDS = (
    "Tư pháp",
    "Nội vụ",
    "Tài chính",
    "Thông tin và Truyền thông",
    "Giáo dục và Đào tạo",
    "Y tế",
    "Xây dựng",
    "Công Thương",
    "Giao thông vận tải",
    "Tài nguyên và Môi trường",
    "Văn hóa và Thể thao",
    "Du lịch",
    "Lao động - Thương binh và Xã hội",
    "Khoa học và Công nghệ",
    "Nông nghiệp và Phát triển nông thôn",
    "Kế hoạch và Đầu tư",
    "Ngoại vụ",
    "Dân tộc",
)
DISTRICTS = ("Vũng Tàu", "Bà Rịa", "Phú Mỹ", "Long Điền", "Đất Đỏ", "Xuyên Mộc", "Châu Đức", "Côn Đảo")
VERBS = (
    "Tham mưu tổ chức",
    "Rà soát, hoàn thiện",
    "Kiểm tra, đôn đốc",
    "Xây dựng và ban hành",
    "Bố trí, bồi dưỡng",
    "Nâng cấp, duy trì",
    "Tổng hợp, báo cáo",
    "Phối hợp cung cấp thông tin về",
    "Đẩy mạnh tuyên truyền",
    "Lập dự toán cho",
)
THINGS = (
    "hội nghị phổ biến, quán triệt truyền thông chính sách",
    "kinh phí từ ngân sách nhà nước cho truyền thông chính sách",
    "đội ngũ cán bộ làm công tác truyền thông",
    "trang thông tin điện tử của cơ quan nhà nước",
    "chuyên trang, chuyên mục trên báo chí",
    "quy chế phát ngôn và cung cấp thông tin cho báo chí",
    "dự thảo chính sách có tác động lớn đến xã hội",
    "chuyển đổi số và cải cách hành chính",
    "phòng, chống tin giả, thông tin sai sự thật trên mạng xã hội",
    "hệ thống đài truyền thanh cơ sở",
)
ENDS = (
    "trên địa bàn tỉnh",
    "tại các xã, phường, thị trấn",
    "theo Quyết định số 407/QĐ-TTg",
    "bảo đảm đúng tiến độ, chất lượng",
    "gắn với nhiệm vụ chính trị của cơ quan, đơn vị",
    "đến từng khu dân cư",
    "trong giai đoạn mới",
)
SECTIONS = ("Nâng cao nhận thức", "Chỉ đạo, hướng dẫn", "Cung cấp thông tin", "Quản lý báo chí", "Nguồn lực, cơ chế")
TIMES: tuple[tuple[str, str], ...] = (
    ("Thường xuyên", TimeKind.CONTINUOUS),
    ("Hằng năm", TimeKind.YEARLY),
    ("Hằng quý", TimeKind.QUARTERLY),
    ("Hằng tháng, trước ngày 15", TimeKind.MONTHLY),
    ("Theo kế hoạch", TimeKind.OTHER),
    ("", TimeKind.NONE),
)


def make(count: int = 22_000) -> dict[str, str]:
    """Fill the database; returns the session keys of a ward officer, a department officer and the province's
    coordinator."""
    rng = random.Random(SEED)
    with transaction.atomic():
        directory = _organisations()
        groups = _groups(directory)
        plans = _plans(rng, directory["committees"], count)
        _tasks(rng, plans, directory["all"], groups, count)
        keys = {name: _session(organisation) for name, organisation in directory["offices"].items()}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what a running database's own housekeeping does within minutes of a large load
    return keys


def _organisations() -> dict:
    province = _organisation("Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu", None, OrganisationKind.COMMITTEE, Level.PROVINCE)
    departments = [
        _organisation(f"Sở {field}", province, OrganisationKind.DEPARTMENT, Level.PROVINCE) for field in FIELDS
    ]
    districts = [
        _organisation(f"Ủy ban nhân dân {name}", province, OrganisationKind.COMMITTEE, Level.DISTRICT)
        for name in DISTRICTS
    ]
    below = [
        _organisation(f"{what} ({district.name[16:]})", district, kind, level)
        for district in districts
        for what, kind, level in (
            *((f"Phòng {field}", OrganisationKind.DEPARTMENT, Level.DISTRICT) for field in FIELDS[:3]),
            *((f"Ủy ban nhân dân Phường {n}", OrganisationKind.COMMITTEE, Level.COMMUNE) for n in range(1, 10)),
        )
    ]
    everyone = [province, *departments, *districts, *below][:120]
    return {
        "all": everyone,
        "committees": [
            province,
            *departments[:6],
            *districts,
            *(o for o in below if o.kind == OrganisationKind.COMMITTEE),
        ],
        "offices": {"ward": below[5], "department": departments[0], "province": province},
    }


def _organisation(name: str, parent: Organisation | None, kind: str, level: str) -> Organisation:
    made = Organisation.objects.create(name=name, parent=parent, kind=kind, level=level)
    made.path = f"{parent.path if parent else ''}{made.pk}/"
    made.save(update_fields=["path"])
    return made


def _groups(directory: dict) -> list[Group]:
    made = []
    for committee in directory["all"]:
        if committee.kind != OrganisationKind.COMMITTEE or committee.level == Level.COMMUNE:
            continue
        made.append(
            Group.objects.create(name="Các sở, ban, ngành, phòng", scope=committee, kinds=[OrganisationKind.DEPARTMENT])
        )
        made.append(
            Group.objects.create(name="Ủy ban nhân dân cấp dưới", scope=committee, kinds=[OrganisationKind.COMMITTEE])
        )
    return made


def _plans(rng: random.Random, committees: list[Organisation], count: int) -> list[Plan]:
    made = []
    cited = [
        Document.objects.create(
            slug=f"qd-{n}-ttg",
            key=f"QĐ {n}/QĐ-TTg 2022",
            doc_type="Quyết định",
            symbol=f"{n}/QĐ-TTg",
            issuer="Thủ tướng Chính phủ",
            title="Về truyền thông chính sách",
            date=dt.date(2022, 3, 30),
        )
        for n in range(400, 440)
    ]
    for n in range(1, PLANS + 1):
        owner = committees[n % len(committees)]
        date = dt.date(2021 + n % 6, 1 + n % 12, 1 + n % 28)
        symbol = f"{n}/KH-UBND"
        title = f"{rng.choice(VERBS)} {rng.choice(THINGS)} năm {date.year}"
        file = StoredFile.objects.create(
            sha256=hashlib.sha256(symbol.encode()).hexdigest(), size=0, media_type="text/plain"
        )
        document = Document.objects.create(
            slug=f"{n}-kh-ubnd-{date.year}",
            key=f"KH {symbol} {date.year}",
            doc_type="Kế hoạch",
            symbol=symbol,
            issuer=owner.name,
            title=title,
            date=date,
        )
        text = Text.objects.create(
            organisation=owner,
            document=document,
            file=file,
            name=f"{n}.txt",
            media_type="text/plain",
            line_count=count // PLANS * LINES_A_TASK,
        )
        reading = Reading.objects.create(
            organisation=owner, person_id=1, file=file, name=f"{n}.txt", text=text, state=Reading.State.CONFIRMED
        )
        Citation.objects.bulk_create(
            Citation(text_of=text, document=document, position=at, is_basis=at < 2, mentions=[[at + 1, at + 2]])
            for at, document in enumerate(rng.sample(cited, 6))
        )
        plan = Plan(
            slug=f"{n}-kh-ubnd-{date.year}",
            organisation=owner,
            document=document,
            reading=reading,
            text=text,
            symbol=symbol,
            title=title,
            date=date,
            confirmed_at=timezone.now(),
            is_public=n % 4 == 0,
        )
        plan.save()
        made.append(plan)
    return made


def _tasks(
    rng: random.Random, plans: list[Plan], everyone: list[Organisation], groups: list[Group], count: int
) -> None:
    today = timezone.localdate()
    by_scope: dict[int, list[Group]] = {}
    for group in groups:
        by_scope.setdefault(group.scope_id, []).append(group)
    tasks: list[Task] = []
    named: list[list[tuple[str, str, Organisation | Group]]] = []
    for n in range(count):
        plan = plans[n * len(plans) // count]
        position = 0 if not tasks or tasks[-1].plan_id != plan.pk else tasks[-1].position + 1
        agencies = _named(rng, everyone, by_scope.get(plan.organisation_id, groups[:2]))
        tasks.append(_task(rng, plan, position, agencies, today))
        named.append(agencies)
    Task.objects.bulk_create(tasks, batch_size=400)
    TaskAgency.objects.bulk_create(
        (
            TaskAgency(
                task=task,
                role=role,
                position=at,
                name=name,
                organisation=who if isinstance(who, Organisation) else None,
                group=who if isinstance(who, Group) else None,
            )
            for task, agencies in zip(tasks, named, strict=True)
            for at, (role, name, who) in enumerate(agencies)
        ),
        batch_size=2000,
    )
    Line.objects.bulk_create(
        (
            Line(text_of_id=task.plan.text_id, number=task.first_line + at, text=part)
            for task in tasks
            for at, part in enumerate(task_lines(task))
        ),
        batch_size=2000,
    )


def _named(
    rng: random.Random, everyone: list[Organisation], groups: list[Group]
) -> list[tuple[str, str, Organisation | Group]]:
    who: list[Organisation | Group] = rng.sample(everyone, rng.choice((1, 2, 3)))
    if rng.random() < 0.4:
        who.insert(rng.choice((0, 1)), rng.choice(groups))
    return [(TaskAgency.Role.LEAD if at == 0 else TaskAgency.Role.COORDINATING, w.name, w) for at, w in enumerate(who)]


def _task(
    rng: random.Random, plan: Plan, position: int, agencies: list[tuple[str, str, Organisation | Group]], today: dt.date
) -> Task:
    section = position // 8 % len(SECTIONS)
    text = f"{rng.choice(VERBS)} {rng.choice(THINGS)} {rng.choice(ENDS)}, {rng.choice(THINGS)}"
    task = Task(
        plan=plan,
        code=f"III.{section + 1}.{'abcdeghi'[position % 8]}",
        kind=rng.choices((Task.Kind.TASK, Task.Kind.DUTY, Task.Kind.REPORTING, Task.Kind.OBLIGATION), (80, 12, 5, 3))[
            0
        ],
        position=position,
        group=SECTIONS[section],
        text=text,
        first_line=position * LINES_A_TASK + 1,
        last_line=position * LINES_A_TASK + LINES_A_TASK,
        doubtful=rng.random() < 0.04,
    )
    if rng.random() < 0.5:
        due = today + dt.timedelta(days=rng.randint(-900, 500))
        task.time_text, task.time_kind, task.due = f"Hoàn thành trước ngày {due:%d/%m/%Y}", TimeKind.ONCE, due
    else:
        task.time_text, task.time_kind = rng.choice(TIMES)
        task.day = 14 if task.time_kind == TimeKind.MONTHLY else None
    task.folded = searched((task.code, text, task.group), [name for _role, name, _who in agencies])
    task.prepare(today)
    return task


def task_lines(task: Task) -> list[str]:
    words = f"{task.code[-1]}) {task.text}. - Thời gian: {task.time_text}".split()
    step = -(-len(words) // LINES_A_TASK)
    return [" ".join(words[at : at + step]) for at in range(0, len(words), step)]


def _session(organisation: Organisation) -> str:
    """Sign a new officer of the organisation in; the key of their session."""
    user = User.objects.create_user(f"bench-{organisation.public_id}@example.vn", None, name="Nguyễn Thị Bình")
    for role in (Role.OFFICER, Role.COORDINATOR):
        Membership.objects.create(person=user, organisation=organisation, role=role)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    print(json.dumps(make(int(sys.argv[1]) if len(sys.argv) > 1 else 22_000)))
