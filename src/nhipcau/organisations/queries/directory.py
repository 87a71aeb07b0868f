"""The directory as people look through it: the tree in order, search, what belongs to one organisation."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Func, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.db.models.sql.compiler import SQLCompiler
from django.urls import reverse
from django.utils import timezone

from nhipcau.core.actors import Actor
from nhipcau.core.recall import NOBODY, recalled
from nhipcau.core.rooms import Finding
from vanban.text import search_patterns

from ..models import Alias, Group, Membership, Organisation
from ..rules import may_read_directory
from .tree import valid_on


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader of the directory asked for."""

    q: str = ""
    level: str = ""
    kind: str = ""
    state: str = ""  # "living", "ended" or all

    def __bool__(self) -> bool:
        return bool(self.q or self.level or self.kind or self.state)


_SEPARATING = ",;:.-–—/()'’\"“”&"  # the signs in names that are no words


def _has(column: str, pattern: str) -> Q:
    """That the words of a folded name fit one of ``search_patterns``. The directory is small: its names are cut into
    words as they are read."""
    return Q(GreaterThan(StrIndex(_Words(column), Value(pattern)), 0))


class _Words(Func):
    """A folded text cut into words with one blank on either side of each: as ``search_text`` makes it, in SQL."""

    arity = 1
    output_field = CharField()

    def as_sql(  # type: ignore[override]  # as Django documents it
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        sql, given = compiler.compile(self.get_source_expressions()[0])
        for _sign in _SEPARATING:
            sql = f"REPLACE({sql}, %s, ' ')"
        return _one_blank(sql), (*given, *_SEPARATING)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        """One function for all signs: a quarter of the time."""
        sql, given = compiler.compile(self.get_source_expressions()[0])
        return _one_blank(f"TRANSLATE({sql}, %s, %s)"), (*given, _SEPARATING, " " * len(_SEPARATING))


def _one_blank(sql: str) -> str:
    """A text with one blank in place of several, and on either side."""
    return f"(' ' || REPLACE(REPLACE({sql}, '  ', ' '), '  ', ' ') || ' ')"


def found_organisations(actor: Actor, wanted: Wanted, today: dt.date) -> QuerySet[Organisation]:
    """The organisations that fit, in Vietnamese order; each word of ``q`` stands in the name, the short name or an
    alias, with or without marks. None for who may not read the directory."""
    if not may_read_directory(actor):
        return Organisation.objects.none()
    found = Organisation.objects.select_related("parent")
    for pattern in search_patterns(wanted.q):
        named = Alias.objects.filter(_has("folded", pattern)).values("organisation_id")
        found = found.filter(_has("folded", pattern) | _has("short_folded", pattern) | Q(pk__in=named))
    if wanted.level:
        found = found.filter(level=wanted.level)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.state == "living":
        found = found.filter(valid_on(today))
    elif wanted.state == "ended":
        found = found.filter(valid_to__lt=today)
    return found.order_by("sort_key", "pk")


def tree_ids(first: Organisation | None = None) -> list[int]:
    """The ids of all organisations as a tree is read: each parent before its children, siblings in Vietnamese order;
    the tree in which ``first`` stands before the others."""
    root = int(first.path.split("/")[0]) if first else 0
    facts = {pk: (path, key) for pk, path, key in Organisation.objects.values_list("pk", "path", "sort_key")}

    def place(pk: int) -> tuple[bool, tuple[tuple[str, int], ...]]:
        above = [int(part) for part in facts[pk][0].split("/") if part]
        return above[0] != root, tuple((facts[each][1], each) for each in above if each in facts)

    return sorted(facts, key=place)


def in_tree_order(ids: list[int]) -> list[Organisation]:
    """The organisations of these ids, in this order."""
    found = Organisation.objects.select_related("parent").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def found_groups(actor: Actor, q: str) -> QuerySet[Group]:
    """Groups whose name has every word of ``q``. None for who may not read the directory."""
    if not may_read_directory(actor):
        return Group.objects.none()
    found = Group.objects.select_related("scope")
    for pattern in search_patterns(q):
        found = found.filter(_has("folded", pattern) | _has("aliases__folded", pattern))
    return found.distinct().order_by("sort_key", "scope__sort_key", "pk")


def people_of(organisation: Organisation) -> list[Membership]:
    """Every role ever given in the organisation, with the person; by name, then by role."""
    return list(organisation.memberships.select_related("person").order_by("person__sort_key", "person_id", "role"))


def sent_rows() -> Iterator[dict[str, str]]:
    """Every organisation as a row of the exported table, parents first."""
    by_id = Organisation.objects.select_related("parent").prefetch_related("aliases__scope").in_bulk()
    bearers = Counter(organisation.name for organisation in by_id.values())
    for pk in tree_ids():
        organisation = by_id[pk]
        yield {
            "name": organisation.name,
            "short_name": organisation.short_name,
            "kind": str(organisation.get_kind_display()),
            "level": str(organisation.get_level_display()),
            "parent": _parent_text(organisation, by_id, bearers),
            "valid_from": _day(organisation.valid_from),
            "valid_to": _day(organisation.valid_to),
            "legal_basis": organisation.legal_basis,
            "source": organisation.source,
            "aliases": "; ".join(
                f"{a.text} @ {a.scope.name}" if a.scope else a.text for a in organisation.aliases.all()
            ),
        }


def find_organisations(actor: Actor, folded: str, limit: int) -> list[Finding]:
    """What the search over everything finds in the directory, for those who may read it."""
    if not may_read_directory(actor) or not folded:
        return []
    # The same for all who may read the directory.
    return recalled(
        ("organisations by words", folded, limit), lambda: _organisations(actor, folded, limit), near=NOBODY
    )


def _organisations(actor: Actor, folded: str, limit: int) -> list[Finding]:
    found = found_organisations(actor, Wanted(q=folded), timezone.localdate()).only("public_id", "name", "parent__name")
    hits = [
        Finding(o.name, reverse("organisation", args=[o.public_id]), o.parent.name if o.parent else "")
        for o in found[:limit]
    ]
    groups = found_groups(actor, folded)[: max(0, limit - len(hits))]
    return hits + [Finding(g.name, reverse("group", args=[g.public_id]), g.scope.name) for g in groups]


def _alias_text(alias: Alias) -> str:
    return f"{alias.text} @ {alias.scope.name}" if alias.scope else alias.text


def _day(day: dt.date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def _parent_text(organisation: Organisation, by_id: dict[int, Organisation], bearers: Counter[str]) -> str:
    """The parent's name; with the name of its own parent where several bear it, as the import asks."""
    parent = organisation.parent
    if parent is None:
        return ""
    above = by_id.get(parent.parent_id or 0)
    return f"{parent.name} < {above.name}" if bearers[parent.name] > 1 and above else parent.name
