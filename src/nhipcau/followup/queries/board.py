"""The coordinator's board: assignments of a year as a filter in an address picks them, counted agency by agency.

Every figure is a condition of ``conditions``; the list behind a figure is filtered by the same condition, so the two
cannot differ. All figures of all agencies are one statement.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from nhipcau.core.actors import Actor
from nhipcau.core.clocks import SOON
from nhipcau.core.keys import written_out
from nhipcau.core.once import once
from nhipcau.core.recall import NOBODY, recalled
from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Group, Organisation, OrganisationKind
from nhipcau.plans.models import NO_DATE, Alignment, Plan, Task, TaskAgency
from vanban.text import fold

from ..models import Assignment, ChaseLine, ClosedPeriod, Note, Progress
from .seen import followed_assignments, held_assignments

HELD = "held"  # the side of the board that shows what one's own tree has to do
LATELY = 7  # days: what "from last week" means
DUES = ("month", "quarter", "none")
ORDERS = ("name", "late", "silent", "near", "blocked", "done", "last")
_LONGEST = 200
_FIRST_YEAR, _LAST_YEAR = 1976, 9998


@dataclasses.dataclass(frozen=True, slots=True)
class BoardFilter:
    """What a board shows. Every field is a string of the address; empty means no limit (for ``year``: this year, for
    ``side``: what is given by one's own plans, for ``sort``: the worst first).

    ``q`` are words of an agency's name; ``agency`` the public id of an organisation or a group; ``body`` a kind of
    organisation; ``task`` the public id of one task; ``state`` a name of ``conditions``.
    """

    q: str = ""
    plan: str = ""
    kind: str = ""
    role: str = ""
    agency: str = ""
    body: str = ""
    state: str = ""
    due: str = ""
    year: str = ""
    side: str = ""
    task: str = ""
    sort: str = ""

    @classmethod
    def of(cls, query: QueryDict | Mapping[str, Any]) -> BoardFilter:
        """The filter in an address. What an address says wrongly is left out: a link never breaks."""
        given = {name: str(query.get(name, "")).replace("\x00", "").strip()[:_LONGEST] for name in cls.names()}
        allowed = {
            "kind": Task.Kind.values, "role": TaskAgency.Role.values, "body": OrganisationKind.values, "due": DUES,
            "state": STATES, "side": (HELD,), "sort": ORDERS,
        }  # fmt: skip
        for name, values in allowed.items():
            if given[name] not in values:
                given[name] = ""
        year = given["year"]
        if not (year.isascii() and year.isdigit() and len(year) == 4 and _FIRST_YEAR <= int(year) <= _LAST_YEAR):
            given["year"] = ""
        return cls(**given)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of its parts, in the order of the address."""
        return tuple(field.name for field in dataclasses.fields(cls))

    def chosen(self) -> dict[str, str]:
        """The parts that are set."""
        return {name: value for name in self.names() if (value := getattr(self, name))}

    def address(self, **changes: str) -> str:
        """The query string ("?plan=…") of this filter with some parts changed; "" when nothing is set."""
        query = QueryDict(mutable=True)
        query.update(dataclasses.replace(self, **changes).chosen())
        return f"?{query.urlencode()}" if query else ""


def conditions(today: dt.date) -> dict[str, Q]:
    """Every figure of the board by its name: which assignments it counts."""
    since, since_day = lately(today)
    words = Note.objects.filter(at__gte=since, taken_back_at=None)
    became_done = words.filter(progress=Progress.DONE).exclude(before__progress=Progress.DONE)
    closed_done = ClosedPeriod.objects.filter(progress=Progress.DONE, done_on__gte=since_day)
    answered = ChaseLine.objects.filter(answered_at__gte=since)
    is_open, late, silent = Q(is_open=True), Q(due__lt=today), Q(word_due__lt=today)
    return {
        "open": is_open,
        "done": Q(progress=Progress.DONE),
        "late": is_open & late,
        "silent": is_open & silent,
        "trouble": is_open & (late | silent),
        "near": is_open & Q(due__range=(today, today + dt.timedelta(days=SOON))),
        "blocked": is_open & (Q(open_obstacles__gt=0) | Q(progress=Progress.CANNOT)),
        "new_late": is_open & late & Q(due__gte=since_day),
        "new_done": Q(progress=Progress.DONE, pk__in=became_done.values("assignment"))
        | Q(pk__in=closed_done.values("assignment")),
        "new_word": Q(pk__in=words.values("assignment")),
        "answered": Q(pk__in=answered.values("assignment")),
    }


STATES = (
    "open", "done", "late", "silent", "trouble", "near", "blocked", "new_late", "new_done", "new_word", "answered",
)  # fmt: skip


def lately(today: dt.date) -> tuple[dt.datetime, dt.date]:
    """Since when something counts as news: the moment and the day."""
    day = today - dt.timedelta(days=LATELY)
    return timezone.make_aware(dt.datetime.combine(day, dt.time())), day


def scope(actor: Actor, side: str) -> QuerySet[Assignment]:
    """The running assignments that the actor follows; or, on the other side, those that its own tree has to do."""
    rows = held_assignments(actor) if side == HELD else followed_assignments(actor)
    return rows.filter(ended=Assignment.Ended.RUNNING)


def board_rows(actor: Actor, wanted: BoardFilter, today: dt.date) -> QuerySet[Assignment]:
    """The assignments on the board, whatever their state, in no order."""
    rows = scope(actor, wanted.side).filter(year=year_of(wanted, today))
    for field, value in (
        ("plan__slug", wanted.plan),
        ("task__kind", wanted.kind),
        ("task__public_id", wanted.task),
        ("role", wanted.role),
        ("organisation__kind", wanted.body),
    ):
        if value:
            rows = rows.filter(**{field: value})
    if wanted.agency:
        rows = rows.filter(_agency(wanted.agency, today))
    for word in fold(wanted.q).split():
        rows = rows.filter(Q(organisation__folded__contains=word) | Q(organisation__short_folded__contains=word))
    return rows.filter(_due(wanted.due, today)).order_by()


def listed_rows(actor: Actor, wanted: BoardFilter, today: dt.date) -> QuerySet[Assignment]:
    """The assignments behind a figure: those on the board in the state of the filter, the nearest day first."""
    rows = board_rows(actor, wanted, today)
    if wanted.state:
        rows = rows.filter(conditions(today)[wanted.state])
    return rows.order_by("next_day", "due", "pk")


def year_of(wanted: BoardFilter, today: dt.date) -> int:
    """The year that the board shows."""
    return int(wanted.year) if wanted.year else today.year


def _agency(public_id: str, today: dt.date) -> Q:
    group = Group.objects.select_related("scope").filter(public_id=public_id).first()
    if group is not None:
        return Q(organisation__in=organisations.members(group, on=today).order_by().values("pk"))
    return Q(organisation__public_id=public_id)


def _due(name: str, today: dt.date) -> Q:
    if name == "none":
        return Q(due=NO_DATE)
    if name == "month":
        return Q(due__range=_span(today.year, today.month, 1))
    if name == "quarter":
        return Q(due__range=_span(today.year, (today.month - 1) // 3 * 3 + 1, 3))
    return Q()


def _span(year: int, month: int, months: int) -> tuple[dt.date, dt.date]:
    after = dt.date(year + (month + months > 12), (month + months - 1) % 12 + 1, 1)
    return dt.date(year, month, 1), after - dt.timedelta(days=1)


# --- the figures
# ---------------------------------------------------------------------------------------


@dataclasses.dataclass(slots=True)
class AgencyFigures:
    """One agency on the board: how many assignments in each state, its last word, when it was asked last, and the day of
    its own plan (True: it says that there is one)."""

    pk: int
    public_id: str
    name: str
    short: str
    sort_key: str
    total: int
    counts: dict[str, int]
    last_word_at: dt.datetime | None
    last_asked_at: dt.datetime | None
    this_month: int  # how many had a word in the month of today
    own_plan: OwnPlan | None = None

    def count(self, name: str) -> int:
        """How many assignments are in a state."""
        return self.counts[name]


@dataclasses.dataclass(frozen=True, slots=True)
class OwnPlan:
    """That an agency has a plan of its own: which and of which day; without one it only says so."""

    day: dt.date | None = None
    higher: str = ""
    lower: str = ""


def agency_figures(actor: Actor, wanted: BoardFilter, today: dt.date) -> list[AgencyFigures]:
    """Every agency on the board with its figures, the worst first. Four statements; recalled
    until somebody acts."""
    wanted = dataclasses.replace(wanted, state="", sort="")
    key = ("board", actor.organisation_id, actor.is_system, wanted, today)
    return recalled(key, lambda: _agency_figures(actor, wanted, today))


def _agency_figures(actor: Actor, wanted: BoardFilter, today: dt.date) -> list[AgencyFigures]:
    rows = board_rows(actor, wanted, today)
    counted = {name: Count("pk", filter=condition) for name, condition in conditions(today).items()}
    on_board = board_choices(actor, wanted, today).plan_keys
    plans = written_out(pk for slug, pk in on_board.items() if wanted.plan in {"", slug})
    duties = Task.objects.filter(plan__in=plans, kind=Task.Kind.OBLIGATION, obligation_kind="own_plan")
    issued = Q(task__in=written_out(duties.order_by().values_list("pk", flat=True)), progress=Progress.DONE)
    found = rows.values("organisation_id").annotate(
        total=Count("pk"),
        last_word=Max("last_word_at"),
        last_asked=Max("last_asked_at"),
        this_month=Count("pk", filter=Q(last_word_at__gte=_month_start(today))),
        issued=Count("pk", filter=issued),
        **counted,
    )
    by_id: dict[int, dict[str, Any]] = {row["organisation_id"]: dict(row) for row in found}
    names = Organisation.objects.filter(pk__in=written_out(by_id)).values_list(
        "pk", "public_id", "name", "short_name", "sort_key"
    )
    own = {pk: OwnPlan() for pk, row in by_id.items() if row["issued"]} | _compared_plans(plans, by_id)
    made = [
        AgencyFigures(
            pk, public_id, name, short or name, sort_key,
            total=by_id[pk]["total"],
            counts={state: by_id[pk][state] for state in counted},
            last_word_at=by_id[pk]["last_word"],
            last_asked_at=by_id[pk]["last_asked"],
            this_month=by_id[pk]["this_month"],
            own_plan=own.get(pk),
        )
        for pk, public_id, name, short, sort_key in names
    ]  # fmt: skip
    return sorted(made, key=worst_first)


def worst_first(row: AgencyFigures) -> tuple[Any, ...]:
    """More late ones first, then more silent ones, then what is in the way, then what is near its day."""
    return (*(-row.counts[name] for name in ("late", "silent", "blocked", "near")), row.sort_key, row.pk)


def totals(rows: list[AgencyFigures]) -> dict[str, int]:
    """The figures of all agencies together, with ``total``."""
    return {
        "total": sum(row.total for row in rows),
        **{name: sum(row.counts[name] for row in rows) for name in STATES},
    }


def _compared_plans(plans: Any, organisation_ids: Mapping[int, Any]) -> dict[int, OwnPlan]:
    """The agencies with a confirmed plan that was compared with one of these plans, with the newest such plan."""
    compared = Alignment.objects.filter(
        state=Alignment.State.READY, higher__in=plans, lower__organisation__in=written_out(organisation_ids)
    ).order_by("lower__confirmed_at", "pk")
    return {
        pk: OwnPlan(day or timezone.localtime(confirmed).date(), higher, lower)
        for pk, day, confirmed, higher, lower in compared.values_list(
            "lower__organisation_id", "lower__date", "lower__confirmed_at", "higher__slug", "lower__slug"
        )
    }


def _month_start(today: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(today.replace(day=1), dt.time()))


# --- the year
# ---------------------------------------------------------------------------------------


def due_days(actor: Actor, wanted: BoardFilter, today: dt.date) -> list[tuple[dt.date, int, int]]:
    """The days of the year on which something is due: how many assignments, and how many of them are open."""
    year = year_of(wanted, today)
    wanted = dataclasses.replace(wanted, state="", sort="")

    def made() -> list[tuple[dt.date, int, int]]:
        rows = board_rows(actor, wanted, today).filter(due__range=(dt.date(year, 1, 1), dt.date(year, 12, 31)))
        found = rows.values("due").annotate(n=Count("pk"), still=Count("pk", filter=Q(is_open=True))).order_by("due")
        return [(row["due"], row["n"], row["still"]) for row in found]

    return recalled(("board days", actor.organisation_id, actor.is_system, wanted, today), made)


# --- what may be chosen
# ---------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class Choices:
    """What the filters of a board offer: plans, agencies and groups (public id or slug, words)."""

    plans: tuple[tuple[str, str], ...]
    agencies: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str], ...]
    plan_keys: Mapping[str, int]


def board_choices(actor: Actor, wanted: BoardFilter, today: dt.date) -> Choices:
    """What there is to choose on this side of the board in this year. Recalled until somebody acts."""
    side, year = wanted.side, year_of(wanted, today)

    def made() -> Choices:
        rows = scope(actor, side).filter(year=year).order_by()
        # Of each plan, agency and group one assignment is looked for: the index finds it at once, while the distinct ones
        # of a whole year take as long as the figures.
        plans = Plan.objects.filter(Exists(rows.filter(plan=OuterRef("pk")))).order_by("sort_key")
        agencies = Organisation.objects.filter(Exists(rows.filter(organisation=OuterRef("pk")))).order_by("sort_key")
        through = Exists(rows.filter(group=OuterRef("pk")))
        found = list(plans.values_list("slug", "symbol", "title", "pk"))
        groups = Group.objects.filter(through | Q(scope=actor.organisation_id)).order_by("sort_key", "pk")
        return Choices(
            tuple((slug, (symbol or title)[:60]) for slug, symbol, title, _pk in found),
            tuple(agencies.values_list("public_id", "name")),
            tuple(groups.values_list("public_id", "name")),
            {slug: pk for slug, _symbol, _title, pk in found},
        )

    key = ("board choices", actor.organisation_id, actor.is_system, side, year, today)
    return once(key, lambda: recalled(key, made, near=NOBODY))  # no word on progress changes it


def usual_side(actor: Actor, today: dt.date) -> str:
    """Which side of the board somebody sees first: what their plans give to others; who gives nothing, what they have."""

    def made() -> str:
        return "" if scope(actor, "").filter(year=today.year).exists() else HELD

    return recalled(("board side", actor.organisation_id, actor.is_system, today), made, near=NOBODY)
