"""Asking agencies: what each would be asked about, and the rounds of the past."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from nhipcau.core.actors import Actor
from nhipcau.core.keys import written_out
from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Membership, Organisation
from nhipcau.organisations.queries import valid_on
from nhipcau.plans.models import NO_DATE

from ..models import Assignment, Chase, ChaseLine
from ..rules import DOERS
from .board import BoardFilter, board_rows, conditions
from .seen import followed_assignments

WHO = ("late", "silent", "trouble")  # the agencies that are chosen all at once
ASKED_LATELY = 2  # days: asking the same agency again within them is warned of
MOST_LINES = 5000


@dataclasses.dataclass(frozen=True, slots=True)
class LetterLine:
    """One assignment that a letter names: what it is and why it is asked about."""

    pk: int
    public_id: str
    code: str
    text: str
    plan: str
    due: dt.date | None  # the day that has passed, or is near
    is_late: bool
    silent_since: dt.date | None
    last_word_at: dt.datetime | None
    answered_at: dt.datetime | None = None

    @property
    def url(self) -> str:
        """Where the assignment stands."""
        return f"/viec/{self.public_id}/"


@dataclasses.dataclass(slots=True)
class Letter:
    """What one agency is asked: its lines, how many people there will be told, when it was asked last."""

    organisation: Organisation
    lines: list[LetterLine]
    people: int = 0
    asked_at: dt.datetime | None = None
    is_lately: bool = False

    @property
    def late(self) -> int:
        """How many lines are past their day."""
        return sum(line.is_late for line in self.lines)

    @property
    def silent(self) -> int:
        """How many wait for a word and are not late."""
        return sum(line.silent_since is not None and not line.is_late for line in self.lines)

    @property
    def near(self) -> int:
        """How many are only near their day."""
        return len(self.lines) - self.late - self.silent

    @property
    def answered(self) -> int:
        """How many lines had a word since."""
        return sum(line.answered_at is not None for line in self.lines)

    @property
    def answered_at(self) -> dt.datetime | None:
        """When the last word since came."""
        return max((line.answered_at for line in self.lines if line.answered_at), default=None)


def asked_rows(
    actor: Actor, wanted: BoardFilter, to: Collection[str], who: str, today: dt.date, *, with_near: bool = False
) -> QuerySet[Assignment]:
    """The assignments that would be asked about: late or silent ones (near ones too, where wanted) of the agencies that
    are ticked (public ids), or of all agencies that have some in the state ``who``. Only what the actor follows."""
    all_conditions = conditions(today)
    condition = all_conditions["trouble"] | all_conditions["near"] if with_near else all_conditions["trouble"]
    on_board = board_rows(actor, dataclasses.replace(wanted, side="", state=""), today)
    chosen = Q(organisation__public_id__in=list(to))
    if who in WHO:
        # Whoever has some of that state is asked about all that is late or silent.
        chosen |= Q(organisation__in=on_board.filter(all_conditions[who]).values("organisation"))
    return on_board.filter(condition, chosen)


def letters(rows: QuerySet[Assignment], today: dt.date, now: dt.datetime) -> list[Letter]:
    """One letter an agency, those with the most late lines first. Three queries."""
    found: dict[int, Letter] = {}
    shown = rows.select_related("task", "plan", "organisation").only(
        "public_id", "due", "word_due", "last_word_at", "last_asked_at", "task__code", "task__text", "plan__symbol",
        "plan__title", "organisation__public_id", "organisation__name", "organisation__short_name",
        "organisation__sort_key", "organisation__path",
    )  # fmt: skip
    for row in shown.order_by("due", "word_due", "pk")[:MOST_LINES]:
        letter = found.setdefault(row.organisation_id, Letter(row.organisation, []))
        letter.lines.append(_line(row, today))
        if row.last_asked_at and (letter.asked_at is None or row.last_asked_at > letter.asked_at):
            letter.asked_at = row.last_asked_at
    told = people_told(found, today)
    for pk, letter in found.items():
        letter.people = len(told.get(pk, ()))
        letter.is_lately = letter.asked_at is not None and now - letter.asked_at < dt.timedelta(days=ASKED_LATELY)
    return sorted(found.values(), key=lambda one: (-one.late, -one.silent, one.organisation.sort_key))


def _line(row: Assignment, today: dt.date, answered_at: dt.datetime | None = None) -> LetterLine:
    return LetterLine(
        pk=row.pk,
        public_id=row.public_id,
        code=row.task.code,
        text=row.task.text,
        plan=row.plan.label,
        due=None if row.due == NO_DATE else row.due,
        is_late=row.due < today,
        silent_since=row.word_due if row.word_due < today else None,
        last_word_at=row.last_word_at,
        answered_at=answered_at,
    )


def people_told(organisation_ids: Iterable[int], today: dt.date) -> dict[int, list[int]]:
    """Who is told when an agency is asked: its officers, coordinators and heads of today. One query."""
    held = Membership.objects.filter(
        valid_on(today), organisation__in=written_out(organisation_ids), role__in=DOERS, person__is_active=True
    )
    told: dict[int, list[int]] = {}
    for organisation_id, person_id in held.order_by("pk").values_list("organisation_id", "person_id"):
        if person_id not in (people := told.setdefault(organisation_id, [])):
            people.append(person_id)
    return told


def to_be_asked(actor: Actor, assignment_ids: Iterable[int]) -> list[Assignment]:
    """Of these assignments those that the actor follows and that are open still; locked, with their agency."""
    rows = followed_assignments(actor).filter(
        pk__in=written_out(assignment_ids), ended=Assignment.Ended.RUNNING, is_open=True
    )
    return list(rows.select_for_update(of=("self",)).select_related("organisation").order_by("pk"))


# --- the rounds
# ---------------------------------------------------------------------------------------


def visible_chases(actor: Actor) -> QuerySet[Chase]:
    """The rounds that the actor may read: those in the name of its organisation or one below it, and those that asked
    one of these."""
    below = organisations.reach(actor).order_by().values("pk")
    asked = ChaseLine.objects.filter(asked__in=below).values("chase_id")
    return Chase.objects.filter(Q(organisation__in=below) | Q(pk__in=asked))


def own_chases(actor: Actor) -> QuerySet[Chase]:
    """The rounds in the name of the actor's organisation or one below it, the newest first, with how many assignments and
    agencies were asked and how many have answered."""
    below = organisations.reach(actor).order_by().values("pk")
    return (
        Chase.objects.filter(organisation__in=below)
        .select_related("organisation")
        .annotate(
            lines_count=Count("lines"),
            agencies=Count("lines__asked", distinct=True),
            answered=Count("lines", filter=Q(lines__answered_at__isnull=False)),
            nobody=Count("lines__asked", distinct=True, filter=Q(lines__people=0)),
        )
        .order_by("-at", "-pk")
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Round:
    """One round as its page shows it; ``is_own``: the reader sees it from the side of who asked."""

    chase: Chase
    letters: list[Letter]
    is_own: bool

    @property
    def answered(self) -> int:
        """How many assignments had a word since."""
        return sum(letter.answered for letter in self.letters)

    @property
    def count(self) -> int:
        """How many assignments were asked about."""
        return sum(len(letter.lines) for letter in self.letters)


def visible_round(actor: Actor, public_id: str) -> Round | None:
    """One round: whole for who asked and those above, for an agency that was asked its own part; None when it does not
    exist for the actor. Three queries."""
    chase = visible_chases(actor).select_related("organisation").filter(public_id=public_id).first()
    if chase is None:
        return None
    is_own = chase.organisation.is_within(actor.organisation_id) or actor.is_system
    rows = ChaseLine.objects.filter(chase=chase).select_related(
        "assignment__task", "assignment__plan", "assignment__organisation", "asked"
    )
    if not is_own:
        rows = rows.filter(asked__in=organisations.reach(actor).order_by().values("pk"))
    today = timezone.localtime(chase.at).date()  # as it was when they were asked
    found: dict[int, Letter] = {}
    for row in rows.order_by("asked__sort_key", "assignment__due", "pk"):
        letter = found.setdefault(row.asked_id, Letter(row.asked, [], people=row.people))
        line = _line(row.assignment, today, row.answered_at)
        letter.lines.append(dataclasses.replace(line, is_late=row.was_late))
    return Round(chase, sorted(found.values(), key=lambda one: (one.answered > 0, -one.late)), is_own)
