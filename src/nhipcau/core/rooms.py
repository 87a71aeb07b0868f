"""What each room offers to the rest of the house, declared in its ``apps.py`` and collected here.

    class PlansConfig(RoomConfig):
        name = "nhipcau.plans"
        offers = Offers(menu=(MenuEntry("register", _("Sổ nhiệm vụ"), order=20),), ...)

Functions are named by their dotted path ("nhipcau.plans.queries.waiting_card"): a manifest is read before tables exist.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from django.apps import AppConfig, apps
from django.utils.module_loading import import_string

from .actors import Actor

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
class Offers:
    """All that a room offers. ``api``: path of the room's django-ninja ``Router``."""

    menu: tuple[MenuEntry, ...] = ()
    cards: tuple[Card, ...] = ()
    searches: tuple[Search, ...] = ()
    public_parts: tuple[PublicPart, ...] = ()
    panels: tuple[Panel, ...] = ()
    grants: tuple[Grant, ...] = ()
    api: Path | None = None


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


def findings(actor: Actor, folded: str, limit: int) -> list[tuple[Any, list[Finding]]]:
    """What every room finds for these folded words: heading and hits, in order, without empty headings."""
    offered = sorted((search for room in rooms() for search in room.offers.searches), key=lambda search: search.order)
    made = ((search.label, import_string(search.find)(actor, folded, limit)) for search in offered)
    return [(label, hits) for label, hits in made if hits]
