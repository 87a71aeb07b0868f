"""Plans and tasks over REST: exactly what the caller may read, with the register's own filters."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Literal

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Field, Query, Router, Schema

from nhipcau.core.api import ApiProblem, Caller, Paging, absolute, caller_of, not_found, page_of, token_needed
from vanban.text import search_patterns

from .models import NO_DATE, Plan, Task, TaskAgency
from .queries import findings
from .queries.outline import citations
from .queries.plans import visible_plan, visible_plans
from .queries.register import RegisterFilter, filtered_tasks, visible_tasks

router = Router()
PLANS, TASKS = "read:plans", "read:tasks"


class Named(Schema):
    """An organisation or group by its id and name."""

    id: str
    name: str


class Agency(Schema):
    """An agency as a plan names it, and what it is in the directory: an organisation, a group, or nothing yet."""

    name: str
    organisation: Named | None
    group: Named | None


class When(Schema):
    """A time as the plan states it and what it means; ``next`` is the next day it falls due, counted from today."""

    text: str
    kind: str
    start: dt.date | None
    due: dt.date | None
    month_day: str
    day: int | None
    next: dt.date | None


class PlanRef(Schema):
    """A plan by its address and symbol."""

    slug: str
    symbol: str
    title: str


class TaskOut(Schema):
    """One thing that a plan orders. ``lines`` are the first and last line of the original; ``doubtful`` (null without a
    token): a doubt was left when the plan was confirmed."""

    id: str
    plan: PlanRef
    kind: str
    state: str
    code: str
    group: str
    text: str
    form: str
    lead: list[Agency]
    coordinating: list[Agency]
    to: str
    via: str
    time: When | None
    shared_block: bool
    lines: list[int]
    doubtful: bool | None
    url: str


class PlanOut(Schema):
    """A confirmed plan."""

    slug: str
    symbol: str
    title: str
    date: dt.date | None
    organisation: Named
    version: int
    is_public: bool
    published_at: dt.datetime | None
    tasks: int
    url: str


class Cited(Schema):
    """A document that a plan cites."""

    doc_type: str
    symbol: str
    date: dt.date | None
    issuer: str
    title: str
    is_basis: bool
    mentions: list[list[int]]


class PlanDetail(PlanOut):
    """A plan with its citations, recipients and signature."""

    citations: list[Cited]
    recipients: list[str]
    signature: dict[str, str | None]


class PlanPage(Schema):
    """A page of plans."""

    items: list[PlanOut]
    total: int
    limit: int
    offset: int
    next: str | None


class TaskPage(Schema):
    """A page of tasks."""

    items: list[TaskOut]
    total: int
    limit: int
    offset: int
    next: str | None


class PlanQuery(Paging):
    """Which plans are asked for."""

    q: str = Field("", max_length=200, description=gettext_noop("Chữ trong ký hiệu, trích yếu; không dấu cũng được"))
    organisation: str = Field("", max_length=10, description=gettext_noop("Mã cơ quan ban hành"))
    year: int | None = Field(None, ge=1900, le=2100, description=gettext_noop("Năm ban hành"))


class FindingOut(Schema):
    """Something that a careful reader would object to in a plan."""

    rule: str
    severity: Literal["error", "warning", "note"]
    where: str | None
    lines: list[int] | None
    message: str
    suggestion: str | None


class FindingsOut(Schema):
    """What there is to object to in a plan as of a day: the contract ``findings/1``."""

    schema_: Literal["findings/1"] = Field(alias="schema")
    as_of: dt.date
    findings: list[FindingOut]


class FindingsQuery(Schema):
    """As of which day, and in which language."""

    as_of: dt.date | None = Field(
        None, description=gettext_noop("Ngày xét hiệu lực văn bản và tổ chức bộ máy; để trống: hôm nay")
    )
    language: Literal["vi", "en"] = Field("vi", description=gettext_noop("Ngôn ngữ của lời nhận xét"))


class TaskQuery(Paging):
    """Which tasks are asked for: the filters of the register's page, under the same names."""

    q: str = Field("", max_length=200, description=gettext_noop("Chữ trong nhiệm vụ, cơ quan; không dấu cũng được"))
    plan: str = Field("", max_length=120, description=gettext_noop("Địa chỉ (slug) của kế hoạch"))
    agency: str = Field(
        "", max_length=10, description=gettext_noop("Mã cơ quan hoặc nhóm; “mine”: cơ quan của khóa và các nhóm của nó")
    )
    through: Literal["", "1"] = Field("", description=gettext_noop("“1”: tính cả việc giao qua nhóm"))
    role: Literal["", "lead", "coordinating"] = Field("", description=gettext_noop("Chủ trì hay phối hợp"))
    group: str = Field(
        "", max_length=8, description=gettext_noop("Mã mục trong kế hoạch, như địa chỉ trang sổ nhiệm vụ")
    )
    time: Literal["", "soon", "overdue", "month", "year", "continuous", "recurring", "undated"] = Field(
        "", description=gettext_noop("Thời gian")
    )
    state: Literal["", "live", "doubtful", "overdue", "soon", "withdrawn", "all"] = Field(
        "", description=gettext_noop("Trạng thái")
    )
    kind: Literal["", "task", "duty", "reporting", "obligation", "all"] = Field(
        "", description=gettext_noop("Loại; để trống: nhiệm vụ và chế độ báo cáo")
    )
    sort: Literal["", "due", "-due", "name", "-name", "plan", "-plan"] = Field("", description=gettext_noop("Thứ tự"))


@router.get(
    "/plans",
    response=PlanPage,
    summary=gettext_noop("Các kế hoạch"),
    description=gettext_noop("Các kế hoạch được xem; không có khóa thì chỉ kế hoạch đã công bố."),
    tags=["Kế hoạch"],
)
def plans(request: HttpRequest, query: Query[PlanQuery]) -> dict[str, Any]:
    """Plans that the caller may read; without a key the public ones."""
    caller = caller_of(request, PLANS)
    found = _with_facts(visible_plans(caller.actor))
    for pattern in search_patterns(query.q):
        found = found.filter(folded__contains=pattern)
    if query.organisation:
        found = found.filter(organisation__public_id=query.organisation)
    if query.year:
        found = found.filter(date__year=query.year)
    return page_of(request, found.order_by("sort_key", "pk"), query, lambda rows: [_plan(p) for p in rows])


@router.get(
    "/plans/{slug}",
    response=PlanDetail,
    summary=gettext_noop("Một kế hoạch"),
    description=gettext_noop("Một kế hoạch, với văn bản được viện dẫn, nơi nhận và chữ ký."),
    tags=["Kế hoạch"],
)
def plan(request: HttpRequest, slug: str) -> dict[str, Any]:
    """One plan with what it cites, its recipients and its signature."""
    caller = caller_of(request, PLANS)
    found = visible_plan(caller.actor, slug)
    if found is None:
        raise not_found()
    found.task_count = found.tasks.filter(state=Task.State.LIVE).count()  # type: ignore[attr-defined]
    return {
        **_plan(found),
        "citations": [_cited(c) for c in citations(found)],
        "recipients": found.recipients,
        "signature": {part: found.signature.get(part) for part in ("authority", "capacity", "name")},
    }


@router.get(
    "/plans/{slug}/findings",
    response=FindingsOut,
    by_alias=True,
    summary=gettext_noop("Điều cần xem lại của một kế hoạch"),
    description=gettext_noop(
        "Những điều mà các quy tắc kiểm tra nêu về kế hoạch, theo hợp đồng findings/1; không có những điều đã xem và giữ "
        "nguyên, và những quy tắc mà cơ quan đã tắt. Cần khóa truy cập."
    ),
    tags=["Kế hoạch"],
)
def plan_findings(request: HttpRequest, slug: str, query: Query[FindingsQuery]) -> dict[str, Any]:
    """What there is to object to in one plan. Raises ``ApiProblem`` (503) while a long plan is being looked through."""
    caller = caller_of(request, PLANS)
    if caller.scopes is None:
        raise token_needed()
    found = visible_plan(caller.actor, slug)
    if found is None:
        raise not_found()
    noted = findings.findings_of(findings.reading_of(found), day=query.as_of, language=query.language)
    if noted.is_waiting:
        raise ApiProblem(503, "checking", gettext_noop("Kế hoạch dài đang được kiểm tra. Hãy hỏi lại sau một phút."))
    if noted.is_broken:
        raise ApiProblem(500, "check-failed", gettext_noop("Việc kiểm tra kế hoạch này gặp lỗi, đã ghi vào nhật ký."))
    return {"schema": "findings/1", "as_of": noted.day, "findings": [one.noted.to_dict() for one in noted.open]}


@router.get(
    "/tasks",
    response=TaskPage,
    summary=gettext_noop("Sổ nhiệm vụ"),
    description=gettext_noop("Các nhiệm vụ được xem, lọc như sổ nhiệm vụ. Trang kế tiếp ở `next`."),
    tags=["Nhiệm vụ"],
)
def tasks(request: HttpRequest, query: Query[TaskQuery]) -> dict[str, Any]:
    """Tasks that the caller may read, filtered as the register's page filters them."""
    caller = caller_of(request, TASKS)
    if caller.scopes is None and (query.state == "doubtful" or query.agency == "mine"):
        raise ApiProblem(401, "token-needed", gettext_noop("Bộ lọc này cần khóa truy cập của cơ quan."))
    wanted = RegisterFilter.of(query.dict())
    found = filtered_tasks(caller.actor, wanted, timezone.localdate()).select_related("plan")
    return page_of(request, found.defer(*_UNREAD), query, lambda rows: _tasks(rows, caller))


@router.get(
    "/tasks/{id}",
    response=TaskOut,
    summary=gettext_noop("Một nhiệm vụ"),
    description=gettext_noop("Một nhiệm vụ theo mã."),
    tags=["Nhiệm vụ"],
)
def task(request: HttpRequest, id: str) -> dict[str, Any]:
    """One task. 404 where there is none for this caller."""
    caller = caller_of(request, TASKS)
    found = list(visible_tasks(caller.actor).filter(public_id=id).select_related("plan").defer(*_UNREAD))
    if not found:
        raise not_found()
    shown: dict[str, Any] = _tasks(found, caller)[0]
    return shown


_UNREAD = (
    "folded",
    "sort_key",
    "plan__outline",
    "plan__recipients",
    "plan__signature",
    "plan__sort_key",
    "plan__folded",
)


def _with_facts(found: QuerySet[Plan]) -> QuerySet[Plan]:
    live = Count("tasks", filter=Q(tasks__state=Task.State.LIVE))
    return found.select_related("organisation").defer("outline").annotate(task_count=live)


def _plan(plan: Plan) -> dict[str, Any]:
    facts = ("slug", "symbol", "title", "date", "version", "is_public", "published_at")
    return {
        **{fact: getattr(plan, fact) for fact in facts},
        "organisation": {"id": plan.organisation.public_id, "name": plan.organisation.name},
        "tasks": plan.task_count,  # type: ignore[attr-defined]
        "url": absolute(reverse("plan", args=[plan.slug])),
    }


def _cited(citation: Any) -> dict[str, Any]:
    document = citation.document
    facts = ("doc_type", "symbol", "date", "issuer", "title")
    return {
        **{fact: getattr(document, fact) for fact in facts},
        "is_basis": citation.is_basis,
        "mentions": citation.mentions,
    }


def _tasks(rows: Iterable[Task], caller: Caller) -> list[dict[str, Any]]:
    found = list(rows)
    named: dict[int, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: {"lead": [], "coordinating": []})
    agencies = TaskAgency.objects.filter(task__in=[t.pk for t in found]).select_related("organisation", "group")
    for agency in agencies.order_by("position", "pk"):
        named[agency.task_id][agency.role].append(_agency(agency))
    return [_task(t, named[t.pk], caller) for t in found]


def _task(task: Task, named: dict[str, list[dict[str, Any]]], caller: Caller) -> dict[str, Any]:
    facts = ("kind", "state", "code", "group", "text", "form", "to", "via", "shared_block")
    return {
        "id": task.public_id,
        "plan": {"slug": task.plan.slug, "symbol": task.plan.symbol, "title": task.plan.title},
        **{fact: getattr(task, fact) for fact in facts},
        **named,
        "time": _when(task),
        "lines": [task.first_line, task.last_line],
        "doubtful": None if caller.scopes is None else task.doubtful,
        "url": absolute(reverse("task", args=[task.public_id])),
    }


def _when(task: Task) -> dict[str, Any] | None:
    if not task.time_text and task.time_kind == "none":
        return None
    return {
        "text": task.time_text,
        "kind": task.time_kind,
        "start": task.start,
        "due": task.due,
        "month_day": task.month_day,
        "day": task.day,
        "next": None if task.next_due == NO_DATE else task.next_due,
    }


def _agency(agency: TaskAgency) -> dict[str, Any]:
    organisation, group = agency.organisation, agency.group
    return {
        "name": agency.name,
        "organisation": {"id": organisation.public_id, "name": organisation.name} if organisation else None,
        "group": {"id": group.public_id, "name": group.name} if group else None,
    }
