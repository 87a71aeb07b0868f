"""Makers of test things: each gives a whole, valid thing; say only what the test is about."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from PIL import Image
from tests.sharing import shared

from nhipcau.core import files
from nhipcau.core.acts import Actor
from nhipcau.core.models import StoredFile, User
from nhipcau.core.worker import run_due_jobs
from nhipcau.documents.actions import outgoing as outgoing_acts
from nhipcau.documents.models import Document, Layout, Line, Outgoing, Text
from nhipcau.documents.queries import pictures
from nhipcau.followup.actions import record_progress
from nhipcau.followup.models import Assignment, Note
from nhipcau.followup.periods import period_on, usual_rhythm, word_due
from nhipcau.organisations.models import Group, Level, Membership, Organisation, OrganisationKind, Role
from nhipcau.plans.actions import upload_plan
from nhipcau.plans.models import Alignment, Plan, Reading, Task, TaskAgency, TimeKind, searched
from nhipcau.reporting.models import Report, Round
from nhipcau.reporting.outlines import USUAL, outline_to_dict
from vanban.official import Heading, OfficialDocument, Paragraph, Signature, plain

_count = itertools.count(1)


def make_user(name: str = "Nguyễn Văn An", email: str | None = None, **fields: Any) -> User:
    return User.objects.create_user(email or f"can-bo-{next(_count)}@example.vn", "mat-khau-dai-1", name=name, **fields)


def make_organisation(name: str | None = None, parent: Organisation | None = None, **fields: Any) -> Organisation:
    """An organisation with its path in place; below ``parent`` when one is given."""
    organisation = Organisation.objects.create(
        name=name or f"Sở Thử nghiệm {next(_count)}",
        parent=parent,
        kind=fields.pop("kind", OrganisationKind.DEPARTMENT),
        level=fields.pop("level", Level.PROVINCE),
        **fields,
    )
    organisation.path = f"{parent.path if parent else ''}{organisation.pk}/"
    organisation.save(update_fields=["path"])
    return organisation


def make_member(organisation: Organisation, *roles: str, user: User | None = None) -> User:
    """A person with these roles (officer unless said) in an organisation."""
    user = user or make_user()
    for role in roles or (Role.OFFICER,):
        Membership.objects.create(person=user, organisation=organisation, role=role)
    return user


def make_actor(organisation: Organisation, *roles: str) -> Actor:
    """An actor who holds these roles (officer unless said) in an organisation."""
    held = roles or (Role.OFFICER,)
    user = make_member(organisation, *held)
    return Actor(person_id=user.pk, organisation_id=organisation.pk, roles=frozenset(held))


def make_text(organisation: Organisation, lines: list[str] | None = None, **fields: Any) -> Text:
    """An imported text of an organisation with these lines; its file is known but not on the disk."""
    number = next(_count)
    name = fields.pop("name", f"van-ban-{number}.txt")
    file = fields.pop("file", None) or StoredFile.objects.create(
        sha256=hashlib.sha256(name.encode()).hexdigest(), size=1, media_type="text/plain"
    )
    lines = lines if lines is not None else [f"Dòng thứ {n}" for n in range(1, 21)]
    text = Text.objects.create(
        organisation=organisation,
        file=file,
        name=name,
        media_type="text/plain",
        line_count=len(lines),
        **fields,
    )
    Line.objects.bulk_create(Line(text_of=text, number=n, text=line) for n, line in enumerate(lines, start=1))
    return text


def make_document(symbol: str | None = None, **fields: Any) -> Document:
    number = next(_count)
    symbol = f"{number}/QĐ-TTg" if symbol is None else symbol
    return Document.objects.create(
        slug=fields.pop("slug", f"van-ban-{number}"),
        key=fields.pop("key", f"văn bản {number}"),
        doc_type=fields.pop("doc_type", "Quyết định"),
        symbol=symbol,
        **fields,
    )


def make_plan(
    organisation: Organisation, symbol: str | None = None, lines: list[str] | None = None, **fields: Any
) -> Plan:
    """A confirmed plan of an organisation with its text, document and reading; private unless ``is_public``."""
    number = next(_count)
    symbol = f"{number}/KH-UBND" if symbol is None else symbol
    date = fields.pop("date", dt.date(2024, 1, 8))
    title = fields.pop("title", "Truyền thông chính sách trên địa bàn tỉnh")
    slug = fields.pop("slug", f"{number}-kh-ubnd-2024")
    document = make_document(
        symbol,
        slug=slug,
        key=f"kế hoạch {number}",
        doc_type="Kế hoạch",
        title=title,
        date=date,
        issuer=organisation.name,
    )
    text = make_text(organisation, lines, document=document)
    reading = Reading.objects.create(
        organisation=organisation, person_id=1, file=text.file, name=text.name, text=text, state=Reading.State.CONFIRMED
    )
    return Plan.objects.create(
        slug=slug,
        organisation=organisation,
        document=document,
        reading=reading,
        text=text,
        symbol=symbol,
        title=title,
        date=date,
        confirmed_at=timezone.now(),
        **fields,
    )


def make_task(
    plan: Plan,
    text: str = "Tham mưu tổ chức hội nghị",
    lead: Iterable[Organisation | Group | str] = (),
    coordinating: Iterable[Organisation | Group | str] = (),
    **fields: Any,
) -> Task:
    """A task of a plan. An agency given as a string is one that nobody has matched. ``due`` makes it due once."""
    position = fields.pop("position", plan.tasks.count())
    if fields.get("due") and "time_kind" not in fields:
        fields["time_kind"] = TimeKind.ONCE
    agencies = [(TaskAgency.Role.LEAD, who) for who in lead]
    agencies += [(TaskAgency.Role.COORDINATING, who) for who in coordinating]
    names = [str(who) for _role, who in agencies]
    code, group = fields.pop("code", f"III.1.{position + 1}"), fields.pop("group", "")
    task = Task.objects.create(
        plan=plan,
        text=text,
        code=code,
        group=group,
        position=position,
        first_line=fields.pop("first_line", 1),
        last_line=fields.pop("last_line", 3),
        folded=searched((code, text, group), names),
        **fields,
    )
    TaskAgency.objects.bulk_create(
        TaskAgency(
            task=task,
            role=role,
            position=at,
            name=str(who),
            organisation=who if isinstance(who, Organisation) else None,
            group=who if isinstance(who, Group) else None,
        )
        for at, (role, who) in enumerate(agencies)
    )
    return task


def make_agency_group(scope: Organisation, name: str = "Các sở, ban, ngành", **fields: Any) -> Group:
    """A group of organisations below ``scope``; by default its departments."""
    return Group.objects.create(scope=scope, name=name, kinds=fields.pop("kinds", ["department"]), **fields)


PLAN_LINES = """\
ỦY BAN NHÂN DÂN TỈNH HÒA AN
Số: 15/KH-UBND
Hòa An, ngày 12 tháng 02 năm 2024
KẾ HOẠCH
Truyền thông chính sách trên địa bàn tỉnh Hòa An
Căn cứ Quyết định số 407/QĐ-TTg ngày 30/3/2022 của Thủ tướng Chính phủ;
Ủy ban nhân dân tỉnh Hòa An ban hành Kế hoạch như sau:
I. MỤC ĐÍCH
Nâng cao nhận thức của cán bộ và người dân về chính sách.
II. NHIỆM VỤ
1. Nâng cao nhận thức
a) Tổ chức hội nghị phổ biến công tác truyền thông chính sách.
- Cơ quan chủ trì: Sở Tư pháp.
- Cơ quan phối hợp: Sở Nội vụ; Sở Vũ trụ.
- Thời gian thực hiện: Trước tháng 12/2024.
b) Biên soạn tài liệu tuyên truyền về chính sách mới cho cơ sở.
- Cơ quan chủ trì: Sở Vũ trụ.
- Cơ quan phối hợp: Sở Tư pháp.
- Thời gian thực hiện: Thường xuyên.
III. TỔ CHỨC THỰC HIỆN
1. Sở Tư pháp
- Theo dõi, đôn đốc việc thực hiện Kế hoạch này.
Nơi nhận:
- Sở Tư pháp;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn Hòa
""".splitlines()


def make_province() -> Organisation:
    """The province that ``PLAN_LINES`` speaks of, with two of the three agencies that it names."""
    province = make_organisation("Ủy ban nhân dân tỉnh Hòa An", kind="committee")
    make_organisation("Sở Tư pháp", parent=province)
    make_organisation("Sở Nội vụ", parent=province)
    return province


def make_reading(actor: Actor, text: str | bytes | None = None, name: str = "ke-hoach.txt") -> Reading:
    """A file that went the whole way through the queue: uploaded by the actor and read. By default ``PLAN_LINES``, which
    is then in review."""
    content = "\n".join(PLAN_LINES) if text is None else text
    stored = files.store(content if isinstance(content, bytes) else content.encode())
    reading = upload_plan(actor, stored, name=name).reading
    with shared():
        run_due_jobs()
    reading.refresh_from_db()
    return reading


def make_layout(text: Text | None, *, ocr_pages: Iterable[int] = (1,)) -> Layout:
    """Where the lines of a text stand: all on page 1, evenly from top to bottom."""
    assert text is not None
    text.pages = 1
    text.save(update_fields=["pages"])
    high = 0.9 / text.line_count
    boxes = [
        [n, 1, 0.1, round(0.05 + high * (n - 1), 4), 0.9, round(0.05 + high * n, 4)]
        for n in range(1, text.line_count + 1)
    ]
    return Layout.objects.create(text_of=text, boxes=boxes, ocr_pages=list(ocr_pages))


def make_page_picture(text: Text | None, page: int = 1, *, is_scan: bool = True) -> None:
    """A picture of a page as if it had been drawn: white, 200 by 283."""
    assert text is not None
    place = pictures.place_of(text, page, is_scan)
    place.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", (200, 283), 255).save(place, "WEBP")


def make_alignment(higher: Plan, lower: Plan, dropped: Iterable[tuple[str, str]] = (), **fields: Any) -> Alignment:
    """A comparison of two plans, worked out, in which the lower one leaves out these tasks (code, wording)."""
    items = {code: {"text": text, "lines": [1, 2], "lead": ["Sở Tư pháp"]} for code, text in dropped}
    pairs = [
        {
            "part": "task",
            "higher": [code],
            "lower": [],
            "kind": "dropped",
            "changes": [{"field": "text", "from": item["text"], "to": None, "note": "Bỏ."}],
            "score": 0.0,
        }
        for code, item in items.items()
    ]
    result = {
        "schema": "alignment/1",
        "higher": higher.label,
        "lower": lower.label,
        "cites_higher": True,
        "pairs": pairs,
        "findings": [],
    }
    return Alignment.objects.create(
        higher=higher,
        lower=lower,
        higher_version=fields.pop("higher_version", higher.version),
        lower_version=fields.pop("lower_version", lower.version),
        cites_higher=True,
        state=Alignment.State.READY,
        result={"vi": result, "en": result},
        extra={
            "sides": ["tỉnh", "thành phố"],
            "weights": [["difference"] for _pair in pairs],
            "places": [[[1, None]] for _pair in pairs],
            "items": {"higher": {"task": items, "duty": {}}, "lower": {"task": {}, "duty": {}}},
            "findings": [],
            "counterparts": [],
            "torn": [False, False],
        },
        counts={
            "task": {"dropped": len(pairs)},
            "duty": {},
            "findings": {"all": 0},
            "left_out": [["task", c] for c in items],
        },
        made_at=timezone.now(),
        **fields,
    )


def make_assignment(organisation: Organisation, task: Task | None = None, **fields: Any) -> Assignment:
    """An assignment of the organisation for a task (by default of a plan of the organisation above it, or its own)."""
    if task is None:
        task = make_task(make_plan(organisation.parent or organisation), lead=[organisation])
    today = timezone.localdate()
    period = period_on(task.stated_time, today)
    values = {
        "plan": task.plan, "owner": task.plan.organisation, "role": TaskAgency.Role.LEAD, "period": period.name,
        "period_start": period.start, "year": max(period.year, today.year), "due": period.due, "stated_due": period.due,
        "word_due": word_due(usual_rhythm(task.time_kind), today, None),
    }  # fmt: skip
    return Assignment.objects.create(task=task, organisation=organisation, **(values | fields))


def make_round(organisation: Organisation, *units: Organisation, **fields: Any) -> Round:
    """A round that an organisation collects over this year, with a report of its own and one of each unit."""
    year = timezone.localdate().year
    given = {
        "name": f"Báo cáo năm {year}",
        "period": str(year),
        "first": dt.date(year, 1, 1),
        "last": dt.date(year, 12, 31),
        "due_at": timezone.now() + dt.timedelta(days=10),
        "outline": outline_to_dict(USUAL),
    }
    made = Round.objects.create(organisation=organisation, **given | fields)
    Report.objects.create(round=made, organisation=organisation, due_at=made.due_at)
    for unit in units:
        Report.objects.create(round=made, organisation=unit, receiver=organisation, depth=1, due_at=made.due_at)
    return made


def say(actor: Actor, assignment: Assignment, progress: str, text: str = "", **more: Any) -> Note:
    """A word on an assignment, written by one of its people."""
    assignment.refresh_from_db()
    return record_progress(
        actor, assignment, version=assignment.version, progress=progress, text=text, key=f"say-{next(_count)}", **more
    )


def make_official(
    doc_type: str = "Báo cáo", subject: str = "Kết quả truyền thông năm 2026", **fields: Any
) -> OfficialDocument:
    """A document that can be printed as it is, with the head and foot of a commune."""
    given: dict[str, Any] = {
        "issuer": "ỦY BAN NHÂN DÂN XÃ TÂN AN",
        "code": "BC-UBND",
        "place": "Tân An",
        "addressees": ("Ủy ban nhân dân tỉnh Hòa An",),
        "body": (
            Heading("roman", "I.", "KẾT QUẢ"),
            Paragraph(plain("Đã tổ chức 12 hội nghị ở 8 thôn."), "1."),
            Paragraph(plain("Đã phát 1.200 tờ rơi"), "-"),
        ),
        "recipients": ("Như trên",),
        "archive": "VT",
        "signature": Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
    }
    return OfficialDocument(type=doc_type, subject=subject, **given | fields)


def make_outgoing(
    organisation: Organisation, state: str = "draft", to: Iterable[Organisation] = (), **fields: Any
) -> Outgoing:
    """A document of an organisation that has come so far on its way, moved there by people of that organisation."""
    officer, head = make_actor(organisation, Role.OFFICER), make_actor(organisation, Role.HEAD)
    made = outgoing_acts.draft_document(officer, make_official(**fields), organisation=organisation, addressees=to)
    if state == "dropped":
        return outgoing_acts.drop_document(officer, made)
    if state != "draft":
        made = outgoing_acts.submit_document(officer, made)
    if state == "returned":
        made = outgoing_acts.return_document(head, made, comment="Bổ sung số liệu")
    if state in ("signed", "numbered", "sent"):
        made = outgoing_acts.sign_document(head, made, version=made.version)
    if state in ("numbered", "sent"):
        outgoing_acts.take_number(officer, made)
    if state == "sent":
        outgoing_acts.send_document(officer, made)
    return Outgoing.objects.get(pk=made.pk)
