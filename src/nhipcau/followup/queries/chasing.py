"""Asking agencies: what each would be asked about, and the rounds of the past."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor
from nhipcau.core.clocks import spoken
from nhipcau.core.keys import written_out
from nhipcau.core.rooms import Finding
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
    """What one agency is asked: how many assignments of each kind, their primary keys, and the first of them as lines; how
    many people there will be told, when it was asked last, what was answered."""

    organisation: Organisation
    keys: list[int] = dataclasses.field(default_factory=list)
    late: int = 0
    silent: int = 0
    near: int = 0
    lines: list[LetterLine] = dataclasses.field(default_factory=list)
    people: int = 0
    asked_at: dt.datetime | None = None
    is_lately: bool = False
    answered: int = 0
    answered_at: dt.datetime | None = None

    @property
    def count(self) -> int:
        """How many assignments it names."""
        return len(self.keys)

    @property
    def more(self) -> int:
        """How many assignments are counted and not shown."""
        return len(self.keys) - len(self.lines)

    def take(self, key: int, *, is_late: bool, is_silent: bool) -> None:
        """Add an assignment."""
        self.keys.append(key)
        if is_late:
            self.late += 1
        elif is_silent:
            self.silent += 1
        else:
            self.near += 1


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
    """One letter an agency, those with the most late lines first; each shows its gravest lines, the fewer the more agencies
    there are. Four queries."""
    found: dict[int, Letter] = {}
    ordered = rows.order_by("due", "word_due", "pk").values_list(
        "pk", "organisation_id", "due", "word_due", "last_asked_at"
    )
    for pk, organisation_id, due, word_due, asked_at in ordered:
        if organisation_id not in found:
            found[organisation_id] = Letter(Organisation(pk=organisation_id))
        letter = found[organisation_id]
        letter.take(pk, is_late=due < today, is_silent=word_due < today)
        if asked_at and (letter.asked_at is None or asked_at > letter.asked_at):
            letter.asked_at = asked_at
    _named(found)
    told = people_told(found, today)
    for pk, letter in found.items():
        letter.people = len(told.get(pk, ()))
        letter.is_lately = letter.asked_at is not None and now - letter.asked_at < dt.timedelta(days=ASKED_LATELY)
    shown = lines_shown(len(found))
    lines = _lines([key for letter in found.values() for key in letter.keys[:shown]], today)
    for letter in found.values():
        letter.lines = [lines[key] for key in letter.keys[:shown] if key in lines]
    return sorted(found.values(), key=lambda one: (-one.late, -one.silent, one.organisation.sort_key))


def lines_shown(agencies: int) -> int:
    """How many lines of each letter a page shows."""
    return 100 if agencies == 1 else 6 if agencies <= 4 else 3 if agencies <= 20 else 1


def _named(found: dict[int, Letter]) -> None:
    names = Organisation.objects.only("public_id", "name", "sort_key").in_bulk(list(found))
    for pk, letter in found.items():
        letter.organisation = names[pk]


def _lines(keys: list[int], today: dt.date) -> dict[int, LetterLine]:
    rows = (
        Assignment.objects.filter(pk__in=written_out(keys))
        .select_related("task", "plan")
        .only("public_id", "due", "word_due", "last_word_at", "task__code", "task__text", "plan__symbol", "plan__title")
    )
    return {
        row.pk: LetterLine(
            pk=row.pk,
            public_id=row.public_id,
            code=row.task.code,
            text=row.task.text,
            plan=row.plan.label,
            due=None if row.due == NO_DATE else row.due,
            is_late=row.due < today,
            silent_since=row.word_due if row.word_due < today else None,
            last_word_at=row.last_word_at,
        )
        for row in rows
    }


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
    """The rounds in the name of the actor's organisation or one below it, the newest first."""
    below = organisations.reach(actor).order_by().values("pk")
    return Chase.objects.filter(organisation__in=below).select_related("organisation").order_by("-at", "-pk")


def found_chases(actor: Actor, public_ids: Collection[str]) -> dict[str, Finding]:
    """What these rounds are called and where they are, for those who may read them."""
    rows = visible_chases(actor).filter(public_id__in=list(public_ids)).select_related("organisation")
    return {
        row.public_id: Finding(
            _("Lần đôn đốc ngày %(day)s") % {"day": spoken(timezone.localtime(row.at).date())},
            reverse("chase_round", args=[row.public_id]),
            row.organisation.label,
        )
        for row in rows
    }


@dataclasses.dataclass(frozen=True, slots=True)
class RoundFigures:
    """One round in a list: how many assignments and agencies were asked, how many answered, where nobody was told."""

    chase: Chase
    lines: int = 0
    agencies: int = 0
    answered: int = 0
    nobody: int = 0


def visible_lines(actor: Actor) -> QuerySet[ChaseLine]:
    """The lines of rounds that the actor may read: of a round in the name of its organisation or one below it all, of
    others those that asked one of these."""
    below = organisations.reach(actor).order_by().values("pk")
    return ChaseLine.objects.filter(Q(chase__organisation__in=below) | Q(asked__in=below))


def round_figures(actor: Actor, chases: Iterable[Chase]) -> list[RoundFigures]:
    """The figures of these rounds, as far as the actor may read them, in their order. One query."""
    listed = list(chases)
    found = (
        visible_lines(actor)
        .filter(chase__in=listed)
        .values("chase_id")
        .annotate(
            lines=Count("pk"),
            agencies=Count("asked", distinct=True),
            answered=Count("pk", filter=Q(answered_at__isnull=False)),
            nobody=Count("asked", distinct=True, filter=Q(people=0)),
        )
    )
    rows: list[dict[str, Any]] = [{**row} for row in found]
    by_id = {row.pop("chase_id"): row for row in rows}
    return [RoundFigures(chase, **by_id.get(chase.pk, {})) for chase in listed]


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
        return sum(letter.count for letter in self.letters)


def visible_round(actor: Actor, public_id: str, agency: str = "") -> Round | None:
    """One round: whole for who asked and those above, for an agency that was asked its own part; None when it does not
    exist for the actor. ``agency``: only the part of this agency (public id). Four queries."""
    chase = visible_chases(actor).select_related("organisation").filter(public_id=public_id).first()
    if chase is None:
        return None
    is_own = actor.is_system or chase.organisation.is_within(actor.organisation_id)
    rows = visible_lines(actor).filter(chase=chase)
    if agency:
        rows = rows.filter(asked__public_id=agency)
    found: dict[int, Letter] = {}
    late: set[int] = set()
    answers: dict[int, dt.datetime] = {}
    fields = ("assignment_id", "asked_id", "was_late", "people", "answered_at")
    for pk, asked_id, was_late, people, answered_at in rows.order_by("-was_late", "pk").values_list(*fields):
        letter = found.setdefault(asked_id, Letter(Organisation(pk=asked_id), people=people))
        letter.take(pk, is_late=was_late, is_silent=True)
        if was_late:
            late.add(pk)
        if answered_at is not None:
            answers[pk] = answered_at
            letter.answered += 1
            letter.answered_at = max(letter.answered_at or answered_at, answered_at)
    _named(found)
    shown = lines_shown(len(found))
    day = timezone.localtime(chase.at).date()  # as it was when they were asked
    lines = _lines([key for letter in found.values() for key in letter.keys[:shown]], day)
    for letter in found.values():
        letter.lines = [
            dataclasses.replace(lines[key], is_late=key in late, answered_at=answers.get(key))
            for key in letter.keys[:shown]
            if key in lines
        ]
    ordered = sorted(found.values(), key=lambda one: (one.answered > 0, -one.late, one.organisation.sort_key))
    return Round(chase, ordered, is_own)
