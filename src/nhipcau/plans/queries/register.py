"""The register: tasks that an actor may see, as a filter in an address picks and orders them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Hashable, Mapping
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import NullIf
from django.http import QueryDict

from nhipcau.core.clocks import SOON
from nhipcau.core.keys import written_out
from nhipcau.core.recall import NOBODY, recalled
from nhipcau.core.words import has_words
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
# Each ends with what no two tasks share (one that was withdrawn keeps its position), or paging would lose rows.
ORDERS: Mapping[str, tuple[Any, ...]] = {
    "due": ("next_due", "plan_id", "position", "pk"),
    # undated last here too
    "-due": (NullIf("next_due", Value(NO_DATE)).desc(nulls_last=True), "plan_id", "position", "pk"),
    "name": ("sort_key", "pk"),
    "-name": ("-sort_key", "-pk"),
    "plan": ("plan__sort_key", "plan_id", "position", "pk"),
    "-plan": ("-plan__sort_key", "plan_id", "position", "pk"),
}
MINE = "mine"
_LONGEST_QUERY = 200
_LONGEST_NUMBER = 7  # signs of the number of a page
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
    if patterns := search_patterns(wanted.q):
        tasks = tasks.filter(has_words("folded", *patterns))
    return tasks.order_by(*ORDERS[wanted.sort or "due"])


def whose(sight: Sight, wanted: RegisterFilter) -> Hashable:
    """What the answer to a filter depends on, of who asks: on which plans they see, and on where they stand only where the
    filter says "mine"."""
    return sight.place if wanted.agency == MINE else sight.reading


class RegisterPage(Paginator):  # type: ignore[type-arg]  # no generic when the program runs
    """One page of a filtered register. The order is made over primary keys alone and the rows of the page fetched after:
    sorting whole rows takes three times as long.

    A search looks into the text of each task, so it stops when it has found ``COUNTED`` (or as many as the page asks
    for): who finds more adds a word, or turns the pages one by one. Then ``is_more`` is true and ``count`` says how many
    are known. What was found is recalled for the next page.
    """

    COUNTED = 1000

    def __init__(
        self, viewer: Viewer, wanted: RegisterFilter, today: dt.date, per_page: int, number: str = "1"
    ) -> None:
        self._sight = sight_of(viewer)
        self._asked = (wanted, today)
        self._key = (whose(self._sight, wanted), dataclasses.replace(wanted, sort=""), today)
        asked_for = int(number) * per_page if number.isdecimal() and len(number) < _LONGEST_NUMBER else 0
        self._most = max(self.COUNTED, asked_for)
        super().__init__(Task.objects.none(), per_page)

    @cached_property
    def count(self) -> int:
        """How many tasks the filter picks; in a search that finds very many, how many are known and one more."""
        if self._found is not None:
            return len(self._found)
        if self.is_more:
            return self._most + 1
        return recalled(("tasks counted", *self._key), lambda: self._picked().order_by().count(), near=NOBODY)

    @cached_property
    def is_more(self) -> bool:
        """Whether a search finds more tasks than were counted."""
        return bool(self._asked[0].q) and self._found is None

    def tasks_of(self, page: Page[Task]) -> list[Task]:
        """The tasks of one page, in order, with what a list shows of them."""
        first = (page.number - 1) * self.per_page
        keys = list(self._ordered().values_list("pk", flat=True)[first : first + self.per_page])
        rows = {task.pk: task for task in listed(Task.objects.filter(pk__in=keys)).order_by()}
        return [rows[key] for key in keys if key in rows]

    @cached_property
    def _found(self) -> list[int] | None:
        """What a search finds, in no order; None where that is too much, or nothing is searched for."""
        if not self._asked[0].q:
            return None
        found = recalled(("tasks found", self._most, *self._key), self._first_found, near=NOBODY)
        return found if len(found) <= self._most else None

    def _first_found(self) -> list[int]:
        return list(self._picked(self._walked()).order_by().values_list("pk", flat=True)[: self._most + 1])

    def _ordered(self) -> QuerySet[Task]:
        """The tasks in order: those found already, walked along the order where they are very many, or sorted."""
        wanted, _today = self._asked
        if self._found is not None:
            return Task.objects.filter(pk__in=written_out(self._found)).order_by(*ORDERS[wanted.sort or "due"])
        return self._picked(self._walked() if self.count > _MANY else None)

    def _walked(self) -> QuerySet[Task] | None:
        """The visible tasks as the database is to walk along them; None where the filter itself leaves few."""
        wanted, _today = self._asked
        return None if wanted.agency or wanted.role or wanted.plan else visible_in_order(self._sight)

    def _picked(self, visible: QuerySet[Task] | None = None) -> QuerySet[Task]:
        return filtered_tasks(self._sight, *self._asked, visible)


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
