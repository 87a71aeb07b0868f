"""The register: tasks that an actor may see, as a filter in an address picks and orders them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import NullIf
from django.http import QueryDict

from nhipcau.core.clocks import SOON
from nhipcau.organisations.models import Organisation
from nhipcau.plans.models import NO_DATE, Task, TaskAgency, TimeKind
from nhipcau.plans.queries.plans import Sight, Viewer, meant, sight_of, visible_plans
from nhipcau.plans.queries.rows import listed
from vanban.text import fold, search_patterns

DEFAULT_KINDS = (Task.Kind.TASK, Task.Kind.REPORTING)
RECURRING = (
    TimeKind.YEARLY,
    TimeKind.HALF_YEARLY,
    TimeKind.QUARTERLY,
    TimeKind.MONTHLY,
    TimeKind.WEEKLY,
    TimeKind.DAILY,
)
TIMES = ("soon", "overdue", "month", "year", "continuous", "recurring", "undated")
STATES = ("live", "doubtful", "overdue", "soon", "withdrawn", "all")
ROLES = tuple(TaskAgency.Role.values)
KINDS = (*Task.Kind.values, "all")
ORDERS: Mapping[str, tuple[Any, ...]] = {
    "due": ("next_due", "plan_id", "position"),
    "-due": (NullIf("next_due", Value(NO_DATE)).desc(nulls_last=True), "plan_id", "position"),  # undated last here too
    "name": ("sort_key", "pk"),
    "-name": ("-sort_key", "-pk"),
    "plan": ("plan__sort_key", "plan_id", "position"),
    "-plan": ("-plan__sort_key", "plan_id", "position"),
}
MINE = "mine"
_LONGEST_QUERY = 200
_MANY = 1000  # tasks, from which on walking the index is quicker than sorting


@dataclasses.dataclass(frozen=True, slots=True)
class RegisterFilter:
    """What a register shows. Every field is a string of the address; empty means no limit (for ``kind``: tasks and
    reports,
    for ``state``: what is in force, for ``sort``: the next date first).

    ``agency`` is the public id of an organisation or a group, or "mine" (the actor's organisation and its groups);
    ``through`` "1" counts what an organisation is given through its groups; ``group`` is a ``section_id``.
    """

    q: str = ""
    plan: str = ""
    agency: str = ""
    through: str = ""
    role: str = ""
    group: str = ""
    time: str = ""
    state: str = ""
    kind: str = ""
    sort: str = ""

    @classmethod
    def of(cls, query: QueryDict | Mapping[str, Any]) -> RegisterFilter:
        """The filter in an address. What an address says wrongly is left out: a link never breaks."""
        given = {name: str(query.get(name, "")).strip() for name in cls.names()}
        given["q"] = given["q"].replace("\x00", "")[:_LONGEST_QUERY]
        for name, allowed in (("role", ROLES), ("time", TIMES), ("state", STATES), ("kind", KINDS), ("sort", ORDERS)):
            if given[name] not in allowed:
                given[name] = ""
        if given["through"] != "1" or given["agency"] in {"", MINE}:
            given["through"] = ""
        if not given["plan"]:
            given["group"] = ""
        if given["sort"] == "due":
            given["sort"] = ""
        return cls(**{name: value.replace("\x00", "")[:_LONGEST_QUERY] for name, value in given.items()})

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of its parts, in the order of the address."""
        return tuple(field.name for field in dataclasses.fields(cls))

    def chosen(self) -> dict[str, str]:
        """The parts that are set."""
        return {name: value for name in self.names() if (value := getattr(self, name))}

    def address(self, **changes: str) -> str:
        """The query string ("?q=…") of this filter with some parts changed; "" when nothing is set."""
        query = QueryDict(mutable=True)
        query.update(dataclasses.replace(self, **changes).chosen())
        return f"?{query.urlencode()}" if query else ""


def visible_tasks(viewer: Viewer) -> QuerySet[Task]:
    """The tasks of every plan that the viewer may see, of all kinds, withdrawn ones included."""
    if isinstance(viewer, Sight):
        return Task.objects.filter(plan__in=viewer.keys)
    return Task.objects.filter(plan__in=visible_plans(viewer).order_by().values("pk"))


def visible_in_order(viewer: Viewer) -> QuerySet[Task]:
    """The same tasks, for the first page of very many: the database is to walk along the order's index and look at the
    plan of each task, not to collect all tasks plan by plan and sort them (0.1 ms, not 10, on 22,000). The sum hides
    the plan from its index."""
    return Task.objects.annotate(place=F("plan_id") + 0).filter(place__in=sight_of(viewer).keys)


def filtered_tasks(
    viewer: Viewer, wanted: RegisterFilter, today: dt.date, visible: QuerySet[Task] | None = None
) -> QuerySet[Task]:
    """The visible tasks that a filter picks, in its order. The page, its count and every export read exactly this.
    ``visible``: the visible tasks, when they are already at hand in another form."""
    tasks = (visible_tasks(viewer) if visible is None else visible).filter(
        _kinds(wanted.kind), _state(wanted.state, today), _time(wanted.time, today)
    )
    if wanted.plan:
        tasks = tasks.filter(plan__slug=wanted.plan)
    if wanted.agency or wanted.role:
        named = agency_rows(viewer, wanted).order_by().values("task")
        tasks = tasks.filter(pk__in=named)
    if wanted.group:
        titles = [title for title in section_titles(viewer, wanted.plan) if section_id(title) == wanted.group]
        tasks = tasks.filter(group__in=titles) if titles else tasks  # another plan was chosen since
    for pattern in search_patterns(wanted.q):
        tasks = tasks.filter(folded__contains=pattern)
    return tasks.order_by(*ORDERS[wanted.sort or "due"])


class RegisterPage(Paginator):  # type: ignore[type-arg]  # no generic when the program runs
    """Pages of a filtered register. The order is made over primary keys alone and the rows of one page fetched after:
    sorting whole rows takes three times as long. A search reads every text, so it is done once for list and count."""

    def __init__(self, viewer: Viewer, wanted: RegisterFilter, today: dt.date, per_page: int) -> None:
        self._asked = (viewer, wanted, today)
        self._keys = filtered_tasks(viewer, wanted, today).values_list("pk", flat=True)
        self._found = list(self._keys) if wanted.q else None
        super().__init__(Task.objects.none(), per_page)

    @cached_property
    def count(self) -> int:
        """How many tasks the filter picks."""
        return len(self._found) if self._found is not None else self._keys.order_by().count()

    def tasks_of(self, page: Page[Task]) -> list[Task]:
        """The tasks of one page, in order, with what a list shows of them."""
        first = (page.number - 1) * self.per_page
        keys = list(self._ordered()[first : first + self.per_page])
        rows = {task.pk: task for task in listed(Task.objects.filter(pk__in=keys)).order_by()}
        return [rows[key] for key in keys if key in rows]

    def _ordered(self) -> Any:
        """The keys in order: found already, walked along the order where they are very many, or sorted."""
        viewer, wanted, today = self._asked
        if self._found is not None:
            return self._found
        if self.count <= _MANY or wanted.agency or wanted.role or wanted.plan:
            return self._keys
        return filtered_tasks(viewer, wanted, today, visible_in_order(viewer)).values_list("pk", flat=True)


def agency_rows(viewer: Viewer, wanted: RegisterFilter) -> QuerySet[TaskAgency]:
    """The rows that tie tasks to the agency and the role of a filter."""
    rows = TaskAgency.objects.all()
    if wanted.role:
        rows = rows.filter(role=wanted.role)
    if wanted.agency == MINE:
        sight = sight_of(viewer)
        return rows.filter(sight.meant) if sight.organisation_id else rows.none()
    if wanted.agency:
        by_name = Q(organisation__public_id=wanted.agency) | Q(group__public_id=wanted.agency)
        rows = rows.filter(by_name | _through_groups(wanted))
    return rows


def section_titles(viewer: Viewer, slug: str) -> list[str]:
    """The titles of the sections of a visible plan that hold tasks, in its order."""
    rows = (
        visible_tasks(viewer)
        .filter(plan__slug=slug)
        .exclude(group="")
        .order_by("position")
        .values_list("group", flat=True)
    )
    return list(dict.fromkeys(rows))


def gone_by(today: dt.date) -> QuerySet[Task]:
    """Recurring tasks whose next day is no longer ahead, while their whole time has not ended."""
    goes_on = Q(due__isnull=True) | Q(due__gte=today)
    return Task.objects.filter(goes_on, time_kind__in=RECURRING, next_due__lt=today).order_by("pk")


def section_id(title: str) -> str:
    """What stands for a section in an address: the same as long as its title is."""
    return hashlib.sha256(fold(title).encode()).hexdigest()[:8]


def _through_groups(wanted: RegisterFilter) -> Q:
    if not wanted.through:
        return Q()
    organisation = _organisation_id(wanted.agency)
    return meant(organisation) if organisation is not None else Q()


def _organisation_id(public_id: str) -> int | None:
    return Organisation.objects.filter(public_id=public_id).values_list("pk", flat=True).first()


def _kinds(kind: str) -> Q:
    if kind == "all":
        return Q()
    return Q(kind=kind) if kind else Q(kind__in=DEFAULT_KINDS)


def _state(state: str, today: dt.date) -> Q:
    if state == "all":
        return Q()
    if state == "withdrawn":
        return Q(state=Task.State.WITHDRAWN)
    live = Q(state=Task.State.LIVE)
    if state == "doubtful":
        return live & Q(doubtful=True)
    return live & _time(state, today) if state in {"overdue", "soon"} else live


def _time(time: str, today: dt.date) -> Q:
    if time == "soon":
        return Q(next_due__range=(today, today + dt.timedelta(days=SOON)))
    if time == "overdue":
        return Q(next_due__lt=today)
    if time == "month":
        return Q(next_due__range=(today.replace(day=1), _month_end(today)))
    if time == "year":
        return Q(next_due__range=(dt.date(today.year, 1, 1), dt.date(today.year, 12, 31)))
    if time == "continuous":
        return Q(time_kind=TimeKind.CONTINUOUS)
    if time == "recurring":
        return Q(time_kind__in=RECURRING)
    if time == "undated":
        return Q(next_due=NO_DATE) & ~Q(time_kind=TimeKind.CONTINUOUS) & ~Q(time_kind__in=RECURRING)
    return Q()


def _month_end(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
