"""The forms in which a room says what it offers (``core.rooms`` collects them). Functions are named by their dotted path:
a manifest is read before tables exist."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from vanban.official import Annex, Block

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
class PaperValues:
    """What a paper is filled with. ``fills``: the texts for its {names}; ``blocks``: what stands for a paragraph that is
    nothing but such a name; ``addressees``: ids of organisations; ``about``: kind and public id of what it is made from."""

    fills: Mapping[str, str]
    about: tuple[str, str]
    blocks: Mapping[str, tuple[Block, ...]] = dataclasses.field(default_factory=dict)
    addressees: tuple[int, ...] = ()
    annexes: tuple[Annex, ...] = ()


@dataclasses.dataclass(frozen=True)
class Paper:
    """A kind of official document that a room can write from its own data. ``label``: as it is named inside a sentence;
    ``place``: the page that offers it
    ("followup.chase"); ``words``: the words that come with the software (``documents.wording.Words`` as plain values);
    ``names``: each {name} with what it stands for; ``values``: path of ``f(actor, public_id) -> PaperValues | None`` (None:
    nothing to write, or not for this actor); ``sample``: path of ``f() -> PaperValues`` for the preview of a wording; ``may``:
    whether it is offered to an actor at all."""

    kind: str
    label: Any
    place: str
    words: Mapping[str, Any]
    names: Mapping[str, Any]
    values: Path
    sample: Path
    may: Callable[[Actor], Any] = _signed_in


@dataclasses.dataclass(frozen=True)
class Source:
    """A kind of thing that writes the body of its own official documents: on a document's page people change its head and
    foot only, and it goes to the signature and is replaced from there. ``kind``: as for subjects ("reporting.report");
    ``label``: as it is named inside a sentence ("báo cáo")."""

    kind: str
    label: Any


@dataclasses.dataclass(frozen=True, slots=True)
class FigureRow:
    """One of the things that a figure counted: its day, its words, where it stands, and a second line."""

    on: dt.date | None
    words: str
    url: str
    detail: str = ""


@dataclasses.dataclass(frozen=True)
class Figure:
    """A figure for reports. ``count``: path of ``f(organisation_ids, first, last) -> dict[int, int]``: for each of these
    organisations, what falls into these days; ``rows``: path of ``f(actor, organisation_id, first, last) ->
    list[FigureRow]``: the same things one by one, of one organisation, as far as the actor may see them, in the order of
    their days."""

    key: str
    label: Any
    unit: Any
    count: Path
    rows: Path
    order: int


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
    papers: tuple[Paper, ...] = ()
    sources: tuple[Source, ...] = ()
    figures: tuple[Figure, ...] = ()
