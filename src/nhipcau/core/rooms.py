"""What each room offers to the rest of the house, declared in its ``apps.py`` and collected here.

    class PlansConfig(RoomConfig):
        name = "nhipcau.plans"
        offers = Offers(menu=(MenuEntry("register", _("Sổ nhiệm vụ"), order=20),), ...)

Functions are named by their dotted path ("nhipcau.plans.queries.waiting_card"): a manifest is read before tables exist.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import AppConfig, apps
from django.utils.module_loading import import_string

from .actors import Actor, Answer
from .offers import (
    Announcement,
    Card,
    Event,
    Figure,
    FigureRow,
    Finding,
    Follow,
    Grant,
    MenuEntry,
    Named,
    Need,
    Offers,
    Panel,
    Paper,
    PaperValues,
    PublicPart,
    Search,
    Source,
    Subject,
    Traced,
)

__all__ = [
    "Announcement",
    "Card",
    "Event",
    "Figure",
    "FigureRow",
    "Finding",
    "Follow",
    "Grant",
    "MenuEntry",
    "Named",
    "Need",
    "Offers",
    "Panel",
    "Paper",
    "PaperValues",
    "PublicPart",
    "RoomConfig",
    "Search",
    "Source",
    "Subject",
    "Traced",
    "act_names",
    "actors_of",
    "announcements",
    "cards",
    "coordinators_of",
    "events",
    "figures",
    "findings",
    "granted",
    "jobs_after",
    "may_keep_facts",
    "menu",
    "named",
    "needs",
    "offered_things",
    "panels",
    "paper",
    "papers",
    "public_parts",
    "reach_of",
    "rooms",
    "things",
    "traced",
]


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


def papers(place: str) -> list[Paper]:
    """The kinds of official documents that a page offers to write; "" for all."""
    return [paper for room in rooms() for paper in room.offers.papers if place in ("", paper.place)]


def paper(kind: str) -> Paper | None:
    """The kind of official document of this name."""
    return next((offered for offered in papers("") if offered.kind == kind), None)


def source(kind: str) -> Source | None:
    """The kind of thing of this name, if it writes the body of its own documents."""
    return next((one for room in rooms() for one in room.offers.sources if one.kind == kind), None)


def figures() -> list[Figure]:
    """The figures that rooms offer to reports, in order."""
    return sorted((one for room in rooms() for one in room.offers.figures), key=lambda one: one.order)
