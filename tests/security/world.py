"""A small country for the tests of rights: who is there, and what belongs to whom. Everything private bears the
canary, so that it is known again wherever it comes out."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.conf import settings
from django.test import Client
from django.utils import timezone
from tests.factories import (
    PLAN_LINES,
    make_actor,
    make_agency_group,
    make_alignment,
    make_assignment,
    make_document,
    make_layout,
    make_member,
    make_organisation,
    make_outgoing,
    make_plan,
    make_reading,
    make_round,
    make_task,
)

from nhipcau.api.actions import make_token
from nhipcau.api.models import ApiToken, Scope
from nhipcau.core import files, rooms
from nhipcau.core.actions import make_hook, make_own_feed
from nhipcau.core.actors import Actor
from nhipcau.core.models import Notice, User
from nhipcau.documents.actions.arriving import Entry, enter_arrival
from nhipcau.documents.actions.outgoing import reserve_number
from nhipcau.documents.models import Arrival, Citation, Document, Outgoing, RegisterNumber
from nhipcau.followup.models import Assignment, Chase, ChaseLine, Evidence, Note, Obstacle
from nhipcau.organisations.models import Alias, Group, Membership, Organisation, OrganisationKind, Role
from nhipcau.plans.models import Plan, Reading, Task
from nhipcau.reporting.actions import draft_report
from nhipcau.reporting.models import Outline, Regime, Report, Sentence
from nhipcau.reporting.outlines import USUAL, outline_to_dict

CANARY = "Chimxanhbimat"
NOTE = "chimghi001"  # public id of a word on progress, written by the officer
ASKERS = (
    "stranger",
    "roleless",
    "foreign",
    "below",
    "officer",
    "head",
    "coordinator",
    "auditor",
    "administrator",
    "above_officer",
    "above_auditor",
    "above_administrator",
)


@dataclasses.dataclass
class World:
    """What there is. ``office`` owns the private things; ``foreign`` belongs to another tree."""

    people: dict[str, User | None]
    office: Organisation
    group: Group
    alias: Alias
    membership: Membership
    plan: Plan
    public: Plan
    task: Task
    document: Document
    reading: Reading
    waiting: Reading
    locked: Reading
    token: ApiToken
    secret: str
    notice: Notice
    chase: Chase
    named_secretly: Organisation
    assignment: Assignment
    evidence: Evidence
    obstacle: Obstacle
    ended: Organisation
    outgoing: Outgoing
    number: RegisterNumber
    arrival: Arrival
    report: Report
    regime: Regime
    outline: Outline
    sentence: Sentence
    _keys: dict[str, str] = dataclasses.field(default_factory=dict)

    def client(self, asker: str) -> Client:
        """A browser in which this person is signed in; each signed in once."""
        client = Client()
        if (person := self.people[asker]) is not None:
            if asker not in self._keys:
                client.force_login(person)
                self._keys[asker] = client.cookies[settings.SESSION_COOKIE_NAME].value
            client.cookies[settings.SESSION_COOKIE_NAME] = self._keys[asker]
        return client


def make_world() -> World:
    """Make it; a second would have the same content under other names."""
    province = make_organisation("Ủy ban nhân dân tỉnh Hòa An", kind=OrganisationKind.COMMITTEE)
    office = make_organisation("Sở Tư pháp", parent=province)
    unit = make_organisation("Trung tâm Trợ giúp pháp lý", parent=office, kind=OrganisationKind.SERVICE)
    elsewhere = make_organisation("Ủy ban nhân dân tỉnh Khác", kind=OrganisationKind.COMMITTEE)
    secretly = make_organisation("Sở Chỉ Có Kế Hoạch Kín Nêu", parent=elsewhere)
    people: dict[str, User | None] = {
        "stranger": None,
        "roleless": User.objects.create_user("khong-vai@example.vn", "mat-khau-dai-1", name="Không vai"),
        "foreign": make_member(elsewhere, *Role.values),
        "below": make_member(unit, *Role.values),
        "above_officer": make_member(province, Role.OFFICER),
        "above_auditor": make_member(province, Role.AUDITOR),
        "above_administrator": make_member(province, Role.ADMINISTRATOR),
    }
    for role in Role.values:
        people[role] = make_member(office, role)
    officer = people["officer"]
    assert officer is not None
    membership = Membership.objects.create(
        person=User.objects.create_user("rieng@example.vn", "mat-khau-dai-1", name=f"Người {CANARY}"),
        organisation=office,
        role=Role.OFFICER,
    )
    plan = make_plan(
        office, f"77/KH-{CANARY}", [f"Dòng {CANARY}"] * 5, title=f"Kế hoạch {CANARY}", slug=f"77-kh-{CANARY.lower()}"
    )
    plan.text.name = f"{CANARY}.txt"
    plan.text.file = files.store(f"Tệp {CANARY}".encode())
    plan.text.save()
    task = make_task(plan, f"Việc {CANARY}", lead=[secretly, f"Tổ {CANARY}"], due=dt.date(2024, 5, 5))
    task.group = f"Mục {CANARY}"
    task.save()
    # That a plan names an organisation opens the plan to it: whoever asks here as a foreigner belongs to another one.
    document = make_document(f"88/QĐ-{CANARY}", title=f"Văn bản {CANARY}", slug=f"88-qd-{CANARY.lower()}")
    Citation.objects.create(text_of=plan.text, document=document, position=1, mentions=[[1, 1]])
    public = make_plan(province, is_public=True, published_at=timezone.now())
    make_task(public, "Việc công khai", lead=[office])
    make_alignment(public, plan, dropped=[("III.1.1", f"Việc {CANARY} bị bỏ")])
    actor = make_actor(office)
    reading = make_reading(
        actor, "\n".join((*PLAN_LINES[:5], f"Truyền thông {CANARY}", *PLAN_LINES[5:])), f"{CANARY}.txt"
    )
    for text in (reading.text, plan.text):
        make_layout(text)
    waiting, locked = (
        Reading.objects.create(
            organisation=office,
            person_id=officer.pk,
            file=files.store(f"{CANARY} {state}".encode()),
            name=f"{CANARY}-{state}.pdf",
            state=state,
        )
        for state in (Reading.State.QUEUED, Reading.State.NEEDS_PASSWORD)
    )
    administrator = make_actor(office, Role.ADMINISTRATOR)
    token, secret = make_token(administrator, office, name=f"Khóa {CANARY}", scopes=Scope.values, expires_on=None)
    assignment = make_assignment(office, make_task(plan, f"Việc được giao {CANARY}", lead=[office]))
    note = Note.objects.create(
        public_id=NOTE, assignment=assignment, person_id=officer.pk, organisation_id=office.pk, progress="in_progress",
        text=f"Đã làm {CANARY}", before={"progress": "not_started", "percent": None}, key="khoa-da-co",
    )  # fmt: skip
    evidence = Evidence.objects.create(
        note=note, file=files.store(b"%PDF-1.4\n" + CANARY.encode()), name=f"{CANARY}.pdf"
    )
    chase = Chase.objects.create(organisation=office, words=f"Lời {CANARY}", key="k-the-gioi")
    chased = make_assignment(unit, task)
    ChaseLine.objects.create(chase=chase, assignment=chased, asked=unit)
    report = make_round(office, plan=plan, name=f"Kỳ {CANARY}").reports.get()
    draft_report(actor, report)
    world = World(
        people=people,
        office=office,
        chase=chase,
        group=make_agency_group(office, "Các đơn vị trực thuộc"),
        alias=Alias.objects.create(organisation=office, text="STP", scope=office),
        membership=membership,
        plan=plan,
        public=public,
        task=task,
        document=document,
        reading=reading,
        waiting=waiting,
        locked=locked,
        token=token,
        secret=secret,
        notice=Notice.objects.create(person=officer, kind="x", text=f"Tin {CANARY}", url=f"/ke-hoach/{plan.slug}/"),
        named_secretly=secretly,
        assignment=assignment,
        evidence=evidence,
        obstacle=Obstacle.objects.create(
            assignment=assignment, text=f"Vướng {CANARY}", asked=office, due=timezone.localdate()
        ),
        outgoing=make_outgoing(office, subject=f"Kết quả {CANARY}"),
        arrival=enter_arrival(
            actor,
            Entry(timezone.localdate(), "Sở Nội vụ", f"Công văn về {CANARY}", note=CANARY),
            organisation=office,
        ),
        number=reserve_number(actor, "Kế hoạch", organisation=office, code="KH-STP", subject=f"Giữ cho {CANARY}"),
        report=report,
        regime=Regime.objects.create(organisation=office, name=f"Báo cáo {CANARY}", plan=plan),
        outline=Outline.objects.create(organisation=office, name=f"Mẫu {CANARY}", content=outline_to_dict(USUAL)),
        sentence=report.sentences.filter(kind="sentence").order_by("position")[0],
        ended=make_organisation("Phòng đã kết thúc", parent=office, valid_to=dt.date(2025, 2, 28)),
    )
    make_own_feed(Actor(person_id=officer.pk), officer, name=f"Lịch {CANARY}")
    make_hook(administrator, name=f"Hệ thống {CANARY}", url=f"https://example.vn/{CANARY}", kinds=rooms.announcements())
    for asker in ASKERS:
        world.client(asker)
    return world
