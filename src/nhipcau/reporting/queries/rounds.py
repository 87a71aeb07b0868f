"""Rounds and reports in lists: what one has to write, what one collects, who has sent and who has not."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Literal

from django.db.models import Count, F, Max, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from nhipcau.core.actors import Actor
from nhipcau.core.clocks import WorkCalendar
from nhipcau.core.keys import written_out
from nhipcau.core.timekeeping import work_calendar
from nhipcau.organisations.models import Organisation
from vanban.text import fold

from .. import words
from ..models import Report, ReportStep, Round
from ..tree import places
from .seen import listed_reports, visible_reports, visible_rounds

SIDES = ("write", "collect")
OPEN_STATES = ("open", "late", "closed", "all")
_OPEN = (Report.State.WAITING, Report.State.DRAFT, Report.State.SIGNING, Report.State.ASKED)


@dataclasses.dataclass(frozen=True, slots=True)
class ListFilter:
    """What of the reports is shown; stands in the address."""

    side: str = ""
    state: str = ""
    q: str = ""

    @classmethod
    def of(cls, given: QueryDict) -> ListFilter:
        """The filter of an address; what is unknown is left out."""
        side, state = given.get("side", ""), given.get("state", "")
        return cls(
            side if side in SIDES else "",
            state if state in OPEN_STATES else "",
            given.get("q", "").replace("\x00", "").strip()[:100],
        )

    def address(self, **changed: str) -> str:
        """The same filter, changed, as a query string."""
        query = QueryDict(mutable=True)
        values = {"side": self.side, "state": self.state, "q": self.q} | changed
        query.update({name: value for name, value in values.items() if value})
        return f"?{query.urlencode()}" if query else ""


@dataclasses.dataclass(slots=True)
class Sent:
    """How many of the reports that one organisation awaits in a round were sent, and how many are late by the clock."""

    expected: int = 0
    sent: int = 0
    late: int = 0
    sent_late: int = 0
    last_sent_at: dt.datetime | None = None

    @property
    def is_whole(self) -> bool:
        """Whether all were sent."""
        return self.expected > 0 and self.sent == self.expected

    @property
    def waiting(self) -> int:
        """How many were not sent."""
        return self.expected - self.sent


@dataclasses.dataclass(slots=True)
class ToWrite:
    """One's own report in a list: how it stands, until when, what was received for it, and what to do next."""

    report: Report
    sign: str
    state: str
    due: str
    is_late: bool
    received: Sent
    step: Literal["", "draft", "write", "sign", "answer", "merge", "wait"]

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("report", args=[self.report.public_id])

    @property
    def round_url(self) -> str:
        """The page of who has sent."""
        return reverse("round", args=[self.report.round.public_id])


@dataclasses.dataclass(slots=True)
class Collected:
    """A round that one collects in, with the figures of those who report to oneself."""

    round: Round
    sent: Sent
    due: str
    is_late: bool

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("round", args=[self.round.public_id])


def own_reports(actor: Actor) -> QuerySet[Report]:
    """The reports that the actor's organisation writes, each in its newest edition, with its round."""
    rows = Report.objects.filter(organisation=actor.organisation_id or 0).exclude(state=Report.State.REPLACED)
    # While a new edition is written the older one, sent, is not what one works on.
    rows = rows.exclude(pk__in=Report.objects.filter(replaces__isnull=False).values("replaces_id"))
    return rows.select_related("round", "receiver").defer("round__outline")


def to_write(actor: Actor, wanted: ListFilter, now: dt.datetime) -> list[ToWrite]:
    """What the actor's organisation has to write, the next step first. Three queries."""
    rows = _wanted(own_reports(actor), wanted, now, "round__")
    if wanted.state in ("", "open"):
        rows = rows.filter(round__closed_at=None)
    found = list(rows.order_by("due_at", "pk")[:500])
    if not found:
        return []
    received = sent_to(actor.organisation_id, [row.round_id for row in found])
    calendar = work_calendar()
    made = [_to_write(row, received.get(row.round_id, Sent()), now, calendar) for row in found]
    if wanted.state in ("", "open"):
        made = [one for one in made if one.report.state in _OPEN]
    elif wanted.state == "late":
        made = [one for one in made if one.is_late]
    return sorted(made, key=_urgency)


def _urgency(one: ToWrite) -> tuple[bool, bool, dt.datetime]:
    return one.report.state not in _OPEN, one.step in ("sign", "wait", ""), one.report.due_at


def _to_write(row: Report, received: Sent, now: dt.datetime, calendar: WorkCalendar) -> ToWrite:
    sign, state = words.standing(row, now)
    return ToWrite(
        report=row,
        sign=sign,
        state=state,
        due=words.due_words(row.due_at, timezone.localdate(now), calendar),
        is_late=row.sent_at is None and row.due_at < now,
        received=received,
        step=_step(row, received),
    )


def _step(row: Report, received: Sent) -> Literal["", "draft", "write", "sign", "answer", "merge", "wait"]:
    if row.state == Report.State.ASKED:
        return "answer"
    if row.state == Report.State.SIGNING:
        return "sign"
    if row.sent_at is not None:
        return ""
    if waits_to_be_merged(row, received):
        return "merge"
    if row.state == Report.State.WAITING:
        return "wait" if received.expected else "draft"
    return "write"


def waits_to_be_merged(row: Report, received: Sent) -> bool:
    """Whether all reports for it are there and some of them came after it was drafted."""
    if not row.is_open or not received.is_whole or received.last_sent_at is None:
        return False
    return row.drafted_at is None or received.last_sent_at > row.drafted_at


def sent_to(organisation_id: int | None, round_ids: Collection[int]) -> dict[int, Sent]:
    """What reached the organisation in each of these rounds. One query."""
    return _figures(Report.objects.filter(receiver=organisation_id or 0, round__in=written_out(round_ids)))


def sent_in(organisation_id: int | None, round_ids: Collection[int]) -> dict[int, Sent]:
    """The same for lists of rounds: who collects a round counts all that report in it. One query."""
    own = Q(receiver=organisation_id or 0) | Q(round__organisation=organisation_id or 0, receiver__isnull=False)
    return _figures(Report.objects.filter(own, round__in=written_out(round_ids)))


def _figures(rows: QuerySet[Report]) -> dict[int, Sent]:
    """Counted in first editions: a correction neither mends lateness nor makes any."""
    now = timezone.now()
    found = (
        rows.filter(edition=1)
        .order_by()
        .values("round_id")
        .annotate(
            expected=Count("pk"),
            sent=Count("pk", filter=Q(sent_at__isnull=False)),
            late=Count("pk", filter=Q(sent_at=None, due_at__lt=now)),
            sent_late=Count("pk", filter=Q(sent_at__gt=F("due_at"))),
            last=Max("sent_at"),
        )
    )
    return {
        row["round_id"]: Sent(row["expected"], row["sent"], row["late"], row["sent_late"], row["last"]) for row in found
    }


def collected_rounds(actor: Actor) -> QuerySet[Round]:
    """The rounds in which others report to the actor's organisation."""
    received = Report.objects.filter(receiver=actor.organisation_id or 0).values("round_id")
    mine = Q(organisation=actor.organisation_id or 0) | Q(pk__in=received)
    return Round.objects.filter(mine).select_related("organisation").defer("outline")


def collected(actor: Actor, wanted: ListFilter, now: dt.datetime) -> QuerySet[Round]:
    """The rounds of ``collected_rounds`` that a filter wants, those due next first."""
    rows = _wanted(collected_rounds(actor), wanted, now, "")
    if wanted.state in ("", "open"):
        return rows.filter(closed_at=None).order_by("due_at", "pk")
    if wanted.state == "late":
        own = Q(receiver=actor.organisation_id or 0)
        own |= Q(round__organisation=actor.organisation_id or 0, receiver__isnull=False)
        late = Report.objects.filter(own, sent_at=None, due_at__lt=now, edition=1)
        return rows.filter(closed_at=None, pk__in=late.values("round_id")).order_by("due_at", "pk")
    return rows.order_by("-due_at", "pk")


def shown_rounds(actor: Actor, rounds: Iterable[Round], now: dt.datetime) -> list[Collected]:
    """These rounds with what reached the actor's organisation. One query."""
    listed = list(rounds)
    if not listed:
        return []
    received = sent_in(actor.organisation_id, [one.pk for one in listed])
    today, calendar = timezone.localdate(now), work_calendar()
    return [
        Collected(
            one,
            received.get(one.pk, Sent()),
            words.due_words(one.due_at, today, calendar),
            one.closed_at is None and one.due_at < now,
        )
        for one in listed
    ]


def _wanted(rows: QuerySet[Any], wanted: ListFilter, now: dt.datetime, prefix: str) -> QuerySet[Any]:
    if wanted.state == "closed":
        rows = rows.filter(**{f"{prefix}closed_at__isnull": False})
    if wanted.q:
        keys = [pk for pk, name in rows.values_list(f"{prefix}pk", f"{prefix}name") if _has(name, wanted.q)]
        rows = rows.filter(**{f"{prefix}pk__in": written_out(keys)})
    return rows


def _has(name: str, q: str) -> bool:
    folded = fold(name)
    return all(word in folded for word in fold(q).split())


# --- one round -----------------------------------------------------------------------------------------------------------

STATES = ("waiting", "late", "sent", "sent_late", "asked", "accepted")


@dataclasses.dataclass(slots=True)
class Line:
    """One organisation in a round, as the page shows it. ``url``: of its report where the reader may read it."""

    report: Report
    level: int
    sign: str
    state: str
    due: str
    url: str
    chased_at: dt.datetime | None
    below: Sent

    @property
    def is_waiting(self) -> bool:
        """Whether it has not sent."""
        return self.report.sent_at is None


@dataclasses.dataclass(slots=True)
class RoundPage:
    """All of a round that its reader may list: the lines of a state in the order of the tree, and the figures of all."""

    round: Round
    lines: list[Line]
    counts: Mapping[str, int]
    own: Report | None

    @property
    def total(self) -> int:
        """How many are to report to somebody."""
        return self.counts["all"]


def visible_round(actor: Actor, public_id: str) -> Round | None:
    """One round; None when it does not exist for the actor."""
    rows = visible_rounds(actor).select_related("organisation", "plan", "regime", "before")
    return rows.filter(public_id=public_id).first()


def round_page(actor: Actor, round_: Round, state: str, now: dt.datetime, q: str = "") -> RoundPage:
    """Who has sent, who is late, who is waiting. Three queries."""
    rows = listed_reports(actor, round_).exclude(state=Report.State.REPLACED)
    rows = rows.filter(Q(edition=1) | Q(sent_at__isnull=False)).select_related("organisation", "receiver")
    firsts = list(rows.order_by("organisation__sort_key", "organisation_id", "edition"))
    # Lateness is that of the first edition: the clock stopped when it was sent.
    sent_first = dict(
        round_.reports.filter(edition=1, state=Report.State.REPLACED).values_list("organisation_id", "sent_at")
    )
    reports = {row.organisation_id: row for row in firsts}
    readable = set(visible_reports(actor).filter(round=round_).values_list("pk", flat=True))
    steps = ReportStep.objects.filter(report__in=firsts, kind=ReportStep.Kind.CHASED).order_by().values("report_id")
    chased = {row["report_id"]: row["at"] for row in steps.annotate(at=Max("at"))}
    children: dict[int | None, list[Report]] = {}
    for row in reports.values():
        row.sent_at = sent_first.get(row.organisation_id) or row.sent_at
        children.setdefault(row.receiver_id if row.receiver_id in reports else None, []).append(row)
    calendar, today = work_calendar(), timezone.localdate(now)
    lines: list[Line] = []

    def walk(above: int | None, level: int) -> None:
        for row in children.get(above, ()):
            sign, said = words.standing(row, now)
            url = reverse("report", args=[row.public_id]) if row.pk in readable else ""
            below = _below(children.get(row.organisation_id, ()), now)
            due = (
                words.due_words(row.due_at, today, calendar) if row.sent_at is None else words.moment_words(row.due_at)
            )
            lines.append(Line(row, level, sign, said, due, url, chased.get(row.pk), below))
            walk(row.organisation_id, level + 1)

    walk(None, 0)
    reporting = [line for line in lines if line.report.receiver_id is not None]
    counts = {name: sum(_is(line, name, now) for line in reporting) for name in STATES} | {"all": len(reporting)}
    shown = [line for line in reporting if _is(line, state, now)] if state in STATES else lines
    if q:
        shown = [line for line in shown if _has(line.report.organisation.name, q)]
    own = reports.get(actor.organisation_id or 0)
    return RoundPage(round_, shown, counts, own)


def handed_to(round_: Round) -> set[int]:
    """The organisations that were given in this round what others reported to one that ended. One query."""
    handed = ReportStep.objects.filter(report__round=round_, kind=ReportStep.Kind.HANDED).order_by()
    return set(handed.values_list("report__organisation_id", flat=True))


def misplaced(round_: Round) -> list[Report]:
    """The reports under way whose place in the round is no longer that of the tree of today. Three queries."""
    rows = round_.reports.exclude(state=Report.State.REPLACED).select_related("organisation").order_by("pk")
    by_unit = {row.organisation_id: row for row in rows}
    paths = Organisation.objects.filter(pk__in=[*by_unit, round_.organisation_id]).values_list("pk", "path")
    open_states = (Report.State.WAITING, Report.State.DRAFT)
    kept = handed_to(round_)
    return [
        by_unit[place.organisation_id]
        for place in places(round_.organisation_id, dict(paths))
        if place.organisation_id in by_unit
        and by_unit[place.organisation_id].state in open_states
        and by_unit[place.organisation_id].receiver_id not in {place.receiver_id, *kept}
    ]


def _below(rows: Iterable[Report], now: dt.datetime) -> Sent:
    listed = list(rows)
    sent = [row.sent_at for row in listed if row.sent_at is not None]
    late = sum(row.sent_at is None and row.due_at < now for row in listed)
    return Sent(len(listed), len(sent), late, 0, max(sent, default=None))


def _is(line: Line, state: str, now: dt.datetime) -> bool:
    row = line.report
    if state == "waiting":
        return row.sent_at is None
    if state == "late":
        return row.sent_at is None and row.due_at < now
    if state == "sent":
        return row.sent_at is not None
    if state == "sent_late":
        return row.sent_at is not None and row.sent_at > row.due_at
    return row.state == (Report.State.ASKED if state == "asked" else Report.State.ACCEPTED)
