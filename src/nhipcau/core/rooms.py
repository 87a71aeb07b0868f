"""What each room offers to the rest of the house, declared in its ``apps.py`` and collected here.

    class PlansConfig(RoomConfig):
        name = "nhipcau.plans"
        offers = Offers(menu=(MenuEntry("register", _("Sổ nhiệm vụ"), order=20),), ...)

Functions are named by their dotted path ("nhipcau.plans.queries.waiting_card"): a manifest is read before tables exist.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import AppConfig, apps
from django.utils.module_loading import import_string

from .actors import Actor, Answer

Path = str


def _signed_in(actor: Actor) -> bool:
    return actor.person_id is not None


@dataclasses.dataclass(frozen=True)
class MenuEntry:
    """An entry of the main menu: the name of a URL, its words, its place, and who sees it."""

    url_name: str
    label: Any
    order: int
    may: Callable[[Actor], Any] = _signed_in


@dataclasses.dataclass(frozen=True)
class Card:
    """A part of the officer's first page. ``context``: path of ``f(actor) -> dict | None`` (None: nothing to show)."""

    template: str
    context: Path
    order: int


@dataclasses.dataclass(frozen=True)
class Finding:
    """One hit of the search over everything, or what a reference shows: words, address, a second line."""

    title: str
    url: str
    detail: str = ""


@dataclasses.dataclass(frozen=True)
class Search:
    """Something that the search over everything can find. ``find``: path of ``f(actor, folded, limit) ->
    list[Finding]``."""

    label: Any
    find: Path
    order: int


@dataclasses.dataclass(frozen=True)
class PublicPart:
    """A part of the public front page. ``context``: path of ``f() -> dict | None``."""

    template: str
    context: Path
    order: int


@dataclasses.dataclass(frozen=True)
class Panel:
    """A part of a page of a room below. ``place``: which page ("documents.document"); ``context``: path of
    ``f(actor, subject) -> dict | None`` (None: nothing to show there)."""

    place: str
    template: str
    context: Path
    order: int


@dataclasses.dataclass(frozen=True)
class Grant:
    """A right to read things of a room below that comes with something of this room. ``kind``: what is granted
    ("documents.text"); ``ids``: path of ``f(actor) -> QuerySet`` of primary keys, to stand inside another query."""

    kind: str
    ids: Path


@dataclasses.dataclass(frozen=True)
class Follow:
    """Work of this room that follows an act of a room below ("plans.confirm"). ``job``: kind of the job, which is given
    ``act`` (its name) and ``subject_id`` (primary key of what it was about, or null)."""

    act: str
    job: str


@dataclasses.dataclass(frozen=True)
class Need:
    """Something that waits for an act of one person. ``key`` is the same as long as it waits, so that a reminder can say
    since when; ``text`` is a finished sentence in the language of the moment; ``urgency``: late, soon or calm."""

    kind: str
    key: str
    text: str
    url: str
    due: dt.date | None = None
    urgency: str = "calm"


@dataclasses.dataclass(frozen=True)
class Event:
    """One entry of a calendar that people subscribe to: a whole ``day``, or the moment ``at``."""

    uid: str
    title: str
    url: str
    day: dt.date | None = None
    at: dt.datetime | None = None
    description: str = ""
    changed_at: dt.datetime | None = None


@dataclasses.dataclass(frozen=True)
class Announcement:
    """A kind of thing that other systems can be told of, and its words for the administrator who chooses."""

    kind: str
    label: Any


@dataclasses.dataclass(frozen=True)
class Named:
    """What core may say of an organisation, of which it knows only the id."""

    public_id: str
    name: str


@dataclasses.dataclass(frozen=True)
class Traced:
    """What the audit trail shows of the subject of an act. ``kind``: label of a model ("plans.plan"); ``find``: path of
    ``f(primary_keys) -> dict[int, Finding]``, for readers who may read everything of the organisation."""

    kind: str
    find: Path


@dataclasses.dataclass(frozen=True)
class Subject:
    """A kind of thing of this room at which other rooms point by kind and public id (a clock that runs for it, evidence
    of progress; see ``refs``). ``find``: path of ``f(actor, public_ids) -> dict[str, Finding]``, without what the actor
    may not see. ``search``: path of ``f(actor, folded, limit) -> list[tuple[str, Finding]]`` (public id first), where
    people may choose such things; ``label``: what they are called there."""

    kind: str
    find: Path
    label: Any = ""
    search: Path | None = None


@dataclasses.dataclass(frozen=True)
class Offers:
    """All that a room offers. ``api``: path of the room's django-ninja ``Router``.

    ``needs``: paths of ``f(person_id, actors, now) -> list[Need]``. ``events``: paths of ``f(actors, *, person_id,
    organisation_id, first, last) -> list[Event]``, of which exactly one id is given. ``actors``: path of ``f(person_ids,
    day) -> dict[int, list[Actor]]`` and ``named``: path of ``f(organisation_ids) -> dict[int, Named]``, by which core
    asks the one room that knows organisations. In the same way ``coordinators``: path of ``f(organisation_ids) ->
    dict[int, list[int]]`` (people), and ``keeps_facts``: path of ``f(actor) -> Answer``, whether the actor keeps what
    holds for every organisation here; ``reach``: path of ``f(actor) -> QuerySet`` of the ids of organisations whose things
    the actor reads by right.
    """

    menu: tuple[MenuEntry, ...] = ()
    cards: tuple[Card, ...] = ()
    searches: tuple[Search, ...] = ()
    public_parts: tuple[PublicPart, ...] = ()
    panels: tuple[Panel, ...] = ()
    grants: tuple[Grant, ...] = ()
    follows: tuple[Follow, ...] = ()
    needs: tuple[Path, ...] = ()
    events: tuple[Path, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    traced: tuple[Traced, ...] = ()
    api: Path | None = None
    actors: Path | None = None
    named: Path | None = None
    subjects: tuple[Subject, ...] = ()
    coordinators: Path | None = None
    keeps_facts: Path | None = None
    reach: Path | None = None


class RoomConfig(AppConfig):
    """A room of the house. Its jobs are registered when it is ready."""

    offers = Offers()
    default = False  # Django must not take this class, imported into a room's apps.py, for the room's own

    def __init_subclass__(cls, **arguments: Any) -> None:
        super().__init_subclass__(**arguments)
        cls.default = True

    def ready(self) -> None:
        try:
            import_module(f"{self.name}.jobs")
        except ModuleNotFoundError as missing:
            if missing.name != f"{self.name}.jobs":
                raise


def rooms() -> Iterator[RoomConfig]:
    """The rooms of this installation."""
    for config in apps.get_app_configs():
        if isinstance(config, RoomConfig):
            yield config


def menu(actor: Actor) -> list[MenuEntry]:
    """The menu as this actor sees it, in order."""
    entries = [entry for room in rooms() for entry in room.offers.menu if entry.may(actor)]
    return sorted(entries, key=lambda entry: entry.order)


def cards(actor: Actor) -> list[tuple[str, dict[str, Any]]]:
    """The cards of the actor's first page, in order: template and context."""
    offered = sorted((card for room in rooms() for card in room.offers.cards), key=lambda card: card.order)
    made = ((card.template, import_string(card.context)(actor)) for card in offered)
    return [(template, context) for template, context in made if context is not None]


def public_parts() -> list[tuple[str, dict[str, Any]]]:
    """The parts of the public front page, in order: template and context."""
    offered = sorted((part for room in rooms() for part in room.offers.public_parts), key=lambda part: part.order)
    made = ((part.template, import_string(part.context)()) for part in offered)
    return [(template, context) for template, context in made if context is not None]


def panels(place: str, actor: Actor, subject: Any) -> list[tuple[str, dict[str, Any]]]:
    """What the rooms above add to a page about ``subject``, in order: template and context."""
    offered = (panel for room in rooms() for panel in room.offers.panels if panel.place == place)
    ordered = sorted(offered, key=lambda panel: panel.order)
    made = ((panel.template, import_string(panel.context)(actor, subject)) for panel in ordered)
    return [(template, context) for template, context in made if context is not None]


def granted(kind: str, actor: Actor) -> list[Any]:
    """The primary keys of things of this kind that rooms above let the actor read: one query set each."""
    return [import_string(grant.ids)(actor) for room in rooms() for grant in room.offers.grants if grant.kind == kind]


def jobs_after(act: str) -> list[str]:
    """The kinds of jobs that rooms above want done after an act."""
    return [follow.job for room in rooms() for follow in room.offers.follows if follow.act == act]


def act_names() -> dict[str, Any]:
    """What each act is called, from the ``act_names`` of every room."""
    return {
        name: words
        for room in rooms()
        if find_spec(f"{room.name}.act_names") is not None
        for name, words in import_module(f"{room.name}.act_names").ACTS.items()
    }


def traced(kind: str, keys: Collection[int]) -> dict[int, Finding]:
    """What the audit trail shows of these things of one kind, by primary key; what no room knows is missing."""
    for room in rooms():
        for thing in room.offers.traced:
            if thing.kind == kind:
                found: dict[int, Finding] = import_string(thing.find)(keys)
                return found
    return {}


def findings(actor: Actor, folded: str, limit: int) -> list[tuple[Any, list[Finding]]]:
    """What every room finds for these folded words: heading and hits, in order, without empty headings."""
    offered = sorted((search for room in rooms() for search in room.offers.searches), key=lambda search: search.order)
    made = ((search.label, import_string(search.find)(actor, folded, limit)) for search in offered)
    return [(label, hits) for label, hits in made if hits]


_URGENCY = {"late": 0, "soon": 1}


def needs(person_id: int, actors: list[Actor], now: dt.datetime) -> list[Need]:
    """What waits for an act of this person in any room: late things first, then by date."""
    found = [
        need for room in rooms() for path in room.offers.needs for need in import_string(path)(person_id, actors, now)
    ]
    unique = {need.key: need for need in found}.values()
    return sorted(unique, key=lambda need: (_URGENCY.get(need.urgency, 2), need.due or dt.date.max))


def events(
    actors: list[Actor], *, person_id: int | None, organisation_id: int | None, first: dt.date, last: dt.date
) -> list[Event]:
    """What stands in the calendar of a person or an organisation from ``first`` to ``last``, in every room."""
    paths = [path for room in rooms() for path in room.offers.events]
    given = {"person_id": person_id, "organisation_id": organisation_id, "first": first, "last": last}
    return [event for path in paths for event in import_string(path)(actors, **given)]


def announcements() -> dict[str, Any]:
    """Every kind of thing that other systems can be told of, with its words."""
    return {offered.kind: offered.label for room in rooms() for offered in room.offers.announcements}


def actors_of(person_ids: Iterable[int], day: dt.date) -> dict[int, list[Actor]]:
    """In whose names each of these people may act on a day. Who holds no role is not in it."""
    found: dict[int, list[Actor]] = {}
    for room in rooms():
        if room.offers.actors is not None:
            found |= import_string(room.offers.actors)(list(person_ids), day)
    return found


def named(organisation_ids: Iterable[int]) -> dict[int, Named]:
    """Public id and name of these organisations."""
    found: dict[int, Named] = {}
    for room in rooms():
        if room.offers.named is not None:
            found |= import_string(room.offers.named)(list(organisation_ids))
    return found


def things(kind: str, actor: Actor, public_ids: Iterable[str]) -> dict[str, Finding]:
    """What things of a kind are called and where they are, by public id, as far as the actor may see them."""
    found: dict[str, Finding] = {}
    for room in rooms():
        for subject in room.offers.subjects:
            if subject.kind == kind:
                found |= import_string(subject.find)(actor, list(public_ids))
    return found


def offered_things() -> list[Subject]:
    """The kinds of things that people may choose, in the order of the rooms."""
    return [subject for room in rooms() for subject in room.offers.subjects if subject.search is not None]


def coordinators_of(organisation_ids: Iterable[int]) -> dict[int, list[int]]:
    """The people who coordinate these organisations today."""
    found: dict[int, list[int]] = {}
    for room in rooms():
        if room.offers.coordinators is not None:
            found |= import_string(room.offers.coordinators)(list(organisation_ids))
    return found


def may_keep_facts(actor: Actor) -> Answer:
    """Whether the actor keeps what holds for every organisation here; the room that knows organisations says it."""
    for room in rooms():
        if room.offers.keeps_facts is not None:
            answer: Answer = import_string(room.offers.keeps_facts)(actor)
            return answer
    return False


def reach_of(actor: Actor) -> Any:
    """The ids of the organisations whose things the actor reads by right, to stand inside another query."""
    for room in rooms():
        if room.offers.reach is not None:
            return import_string(room.offers.reach)(actor)
    return []
