"""Reports of the demonstration: the province collects over its departments and the city, the city over its wards. One ward has
sent, one was late, one got its report back, one has a draft before it; a department's report waits for the director's
signature; the city has merged what came. Made by the same acts that people use; only one day that is past already is set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from nhipcau.core.acts import Actor
from nhipcau.core.worker import run_due_jobs
from nhipcau.documents.actions.outgoing import return_document, send_document, sign_document, take_number
from nhipcau.followup.actions import Given, record_progress
from nhipcau.followup.models import Assignment
from nhipcau.organisations.models import Organisation, Role
from nhipcau.plans.models import Plan
from nhipcau.reporting.actions import (
    Asked,
    accept_report,
    add_sentence,
    draft_report,
    merge_reports,
    open_round,
    submit_report,
)
from nhipcau.reporting.models import Report, Round
from nhipcau.reporting.queries.reading import shipped_outline

WARD, JUSTICE = "Ủy ban nhân dân Phường 7", "Sở Tư pháp"
PRESS = "Sở Thông tin và Truyền thông"
ON_TIME, LATE, RETURNED = (f"Ủy ban nhân dân Phường {number}" for number in (1, 2, 3))
SILENT = ("Ủy ban nhân dân Phường 4", "Ủy ban nhân dân Phường 5", "Phòng Tư pháp")
# Who has accounts besides the two of the demonstration: mailbox, organisation.
UNITS = {"phuong1": ON_TIME, "phuong2": LATE, "phuong3": RETURNED, "sotttt": PRESS}
# Heads of the two whose officers have accounts already: a report is signed by a head.
SIGNERS = {"phuong7": WARD, "sotuphap": JUSTICE}
# What people can try: who, and what waits for them.
TO_TRY = (
    ("can-bo@phuong7.example", "báo cáo đã có bản thảo: thêm lời, trình ký"),
    ("lanh-dao@phuong7.example", "ký báo cáo của phường khi đã trình"),
    ("lanh-dao@sotuphap.example", "một báo cáo đang chờ ký"),
    ("dieu-phoi@thanhpho.example", "bản tổng hợp của thành phố, một chỗ trùng lặp"),
    ("dieu-phoi@tinh.example", "kỳ báo cáo của tỉnh: ai đã gửi, một báo cáo vừa nhận"),
)
_ARTICLE = "https://vungtau.example/tin/hoi-nghi-pho-bien-chinh-sach-cho-to-dan-pho-20261.html"
_EVENT = "Phối hợp tổ chức hội nghị phổ biến chính sách tại Nhà văn hóa Phường 1 cho 120 người dân các tổ dân phố."
_SAID = {
    ON_TIME: (("done", _EVENT, _ARTICLE), ("in_progress", "Đã đăng 08 tin, bài trên trang thông tin điện tử.", "")),
    LATE: (("done", _EVENT, _ARTICLE), ("cannot", "Chưa có người phụ trách trang thông tin điện tử.", "")),
    RETURNED: (("in_progress", "Đang xây dựng kế hoạch truyền thông của phường.", ""),),
    PRESS: (
        ("done", "Đã ban hành tài liệu hướng dẫn và gửi các cơ quan, địa phương.", ""),
        ("in_progress", "Đã mở 02 lớp tập huấn cho 85 cán bộ làm công tác truyền thông.", ""),
    ),
}
_PROPOSALS = {
    ON_TIME: "Đề nghị thành phố mở lớp tập huấn kỹ năng truyền thông cho cán bộ phường.",
    LATE: "Kính đề nghị thành phố mở lớp tập huấn kỹ năng truyền thông cho cán bộ phường",
    PRESS: "Đề nghị Ủy ban nhân dân tỉnh bố trí kinh phí truyền thông chính sách trong dự toán năm sau.",
}
ActorOf = Callable[[str, Role], Actor]  # an organisation's name and a role → the person who has it


def make(province: str, city: str, actor: ActorOf) -> None:
    """The rounds of the province and of the city, with their reports as far as they are."""
    if Round.objects.exists():
        return
    for name, said in _SAID.items():
        _tell(actor(name, Role.OFFICER), said)
    coordinator = actor(province, Role.COORDINATOR)
    plan = Plan.objects.filter(organisation_id=coordinator.organisation_id or 0).order_by("pk")[:1].get()
    today, year = timezone.localdate(), timezone.localdate().year
    units = [city, WARD, ON_TIME, LATE, RETURNED, *SILENT, JUSTICE, PRESS]
    asked = Asked(
        name=f"Báo cáo kết quả truyền thông chính sách năm {year}",
        period=str(year),
        first=dt.date(year, 1, 1),
        last=dt.date(year, 12, 31),
        due_at=timezone.now() + dt.timedelta(days=24),
        unit_ids=_ids(units),
        plan=plan,
        task=plan.tasks.filter(kind="reporting", time_kind="yearly").order_by("position").first(),
    )
    round_ = open_round(coordinator, plan.organisation, asked)
    _reports(round_, actor, city)
    quick = Asked(
        name=f"Báo cáo nhanh ngày {today:%d/%m/%Y}",
        period=today.isoformat(),
        first=today - dt.timedelta(days=30),
        last=today,
        due_at=timezone.now() + dt.timedelta(days=2),
        unit_ids=_ids([WARD, ON_TIME, LATE, RETURNED, *SILENT]),
        days_between=0,
        outline=shipped_outline("short"),
        plan=Plan.objects.filter(organisation__name=city).order_by("pk").first(),
    )
    open_round(actor(city, Role.COORDINATOR), Organisation.objects.get(name=city), quick)


def _reports(round_: Round, actor: ActorOf, city: str) -> None:
    def report(name: str) -> Report:
        return round_.reports.get(organisation__name=name)

    for name in (WARD, ON_TIME, LATE, RETURNED, JUSTICE, PRESS):
        officer = actor(name, Role.OFFICER)
        draft_report(officer, report(name))
        if name in _PROPOSALS:
            add_sentence(officer, report(name), part="proposals", text=_PROPOSALS[name])
    round_.reports.filter(organisation__name=LATE).update(due_at=timezone.now() - dt.timedelta(days=2))
    for name in (RETURNED, JUSTICE):
        _submit(actor(name, Role.OFFICER), report(name))
    for name in (ON_TIME, LATE, PRESS):
        officer, made = actor(name, Role.OFFICER), report(name)
        _submit(officer, made)
        _send(officer, actor(name, Role.HEAD), report(name))
    waiting = report(RETURNED).outgoing
    if waiting is not None:
        return_document(actor(RETURNED, Role.HEAD), waiting, comment="Bổ sung số buổi họp tổ dân phố đã tổ chức.")
    run_due_jobs()
    coordinator = actor(city, Role.COORDINATOR)
    accept_report(coordinator, report(ON_TIME))
    merge_reports(coordinator, report(city))


def _submit(officer: Actor, report: Report) -> None:
    submit_report(officer, report, version=report.version)


def _send(officer: Actor, head: Actor, report: Report) -> None:
    outgoing = report.outgoing
    if outgoing is None:
        return
    signed = sign_document(head, outgoing, version=outgoing.version)
    take_number(officer, signed)
    send_document(officer, signed)


def _tell(officer: Actor, said: tuple[tuple[str, str, str], ...]) -> None:
    rows = Assignment.objects.filter(organisation_id=officer.organisation_id or 0, task__kind="task", ended="")
    for number, (assignment, (progress, words, url)) in enumerate(
        zip(rows.order_by("next_day", "task__position"), said, strict=False)
    ):
        record_progress(
            officer,
            assignment,
            version=assignment.version,
            progress=progress,
            text=words,
            evidence=[Given(name="Tin trên trang thông tin điện tử thành phố", url=url)] if url else (),
            key=f"demo-report-{number}",
        )


def _ids(names: list[str]) -> tuple[int, ...]:
    return tuple(Organisation.objects.filter(name__in=names).values_list("pk", flat=True))
