"""The library, starting from the texts that the actor may read."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, ExtractYear
from django.urls import reverse
from django.utils import timezone

from nhipcau.core import rooms
from nhipcau.core.actors import Actor
from nhipcau.core.keys import written_out
from nhipcau.core.recall import NOBODY, recalled
from nhipcau.core.rooms import Finding
from nhipcau.core.words import has_words
from nhipcau.organisations import queries as organisations
from vanban.dates.calendar import find_date
from vanban.text import fits, fold, phrase_pattern, search_patterns, search_text

from ..models import Citation, Document, Line, Naming, Text
from .in_force import found_validity as found_validity
from .in_force import in_force as in_force
from .in_force import is_out_of_force as is_out_of_force
from .in_force import validity_facts as validity_facts
from .in_force import validity_of as validity_of

_FEW = 1000
_ANY = "XXXXXXXXXX"  # stands for the name of a document in its address
_AFTER_SYMBOL = 60  # signs after a symbol within which its date is expected


def readable_texts(actor: Actor) -> QuerySet[Text]:
    """The texts that the actor may read: those of the organisations in reach, and those that rooms above grant."""
    if actor.is_system:
        return Text.objects.all()
    may = Q(organisation__in=organisations.reach(actor).values("pk"))
    for ids in rooms.granted("documents.text", actor):
        may |= Q(pk__in=ids)
    return Text.objects.filter(may)


def readable_once(actor: Actor) -> QuerySet[Text]:
    """The same texts; while they are few their keys are read now, so that a page that asks several questions about them
    finds them once."""
    return _texts(actor, _first_keys(actor))


def _first_keys(actor: Actor) -> tuple[int, ...]:
    def first() -> tuple[int, ...]:
        return tuple(readable_texts(actor).order_by("pk").values_list("pk", flat=True)[: _FEW + 1])

    return recalled(("readable texts", *place_of(actor)), first, near=NOBODY)


def _texts(actor: Actor, keys: tuple[int, ...]) -> QuerySet[Text]:
    return Text.objects.filter(pk__in=written_out(keys)) if len(keys) <= _FEW else readable_texts(actor)


def place_of(actor: Actor) -> tuple[int | None, bool, bool, dt.date]:
    """All that what is readable depends on besides the data: two actors who stand here read the same."""
    return actor.organisation_id, bool(actor.roles), actor.is_system, timezone.localdate()


def readable_text(actor: Actor, public_id: str) -> Text | None:
    """One text with its document and file, or None when it does not exist for this actor."""
    return readable_texts(actor).select_related("document", "file", "organisation").filter(public_id=public_id).first()


def visible_documents(readable: QuerySet[Text]) -> QuerySet[Document]:
    """The documents that a readable text is, or cites."""
    readable = readable.order_by()
    held = Q(pk__in=readable.exclude(document=None).values("document"))
    cited = Q(pk__in=Citation.objects.filter(text_of__in=readable.values("pk")).order_by().values("document"))
    return Document.objects.filter(held | cited)


def library(
    readable: QuerySet[Text], *, q: str = "", doc_type: str = "", year: int | None = None, holding: str = ""
) -> QuerySet[Document]:
    """The visible documents that a filter picks. ``holding``: "held" (with a readable text), "cited" (only cited),
    ""."""
    documents = visible_documents(readable)
    for pattern in search_patterns(q):
        documents = documents.filter(has_words("folded", pattern) | _told_by(readable, has_words("folded", pattern)))
    if doc_type:
        documents = documents.filter(doc_type=doc_type)
    if year:
        documents = documents.filter(Q(date__year=year) | _told_by(readable, Q(date__year=year)))
    if holding:
        is_held = Exists(readable.order_by().filter(document=OuterRef("pk")))
        documents = documents.filter(is_held if holding == "held" else ~is_held)
    return documents.order_by("sort_key", "pk")


def with_counts(readable: QuerySet[Text], documents: QuerySet[Document]) -> QuerySet[Document]:
    """The documents with ``cited_count`` (readable texts that cite each) and ``is_held``."""
    readable = readable.order_by()
    return documents.annotate(
        cited_count=Count("cited_by", filter=Q(cited_by__text_of__in=readable.values("pk")), distinct=True),
        is_held=Exists(readable.filter(document=OuterRef("pk"))),
    )


def choices(readable: QuerySet[Text]) -> tuple[list[str], list[int]]:
    """The types and the years that occur in the visible library."""
    visible = visible_documents(readable).order_by()
    types = visible.exclude(doc_type="").values_list("doc_type", flat=True).distinct()
    told = Naming.objects.filter(text_of__in=readable.order_by().values("pk"))
    years = {
        year
        for dated in (visible, told)
        for year in dated.exclude(date=None).annotate(y=ExtractYear("date")).values_list("y", flat=True).distinct()
    }
    return sorted(types, key=fold), sorted(years, reverse=True)


def told(readable: QuerySet[Text], documents: Iterable[Document]) -> list[Document]:
    """The documents, each with what the readable texts tell of it and not everyone knows: its own text first, then the
    oldest. One query for all of them; nothing is saved."""
    rows = list(documents)
    same: dict[int, list[Document]] = defaultdict(list)
    for row in rows:
        if not all(getattr(row, name) for name in Naming.FACTS):
            same[row.pk].append(row)
    if not same:
        return rows
    by_itself = Case(When(text_of__document=F("document"), then=0), default=1)
    namings = Naming.objects.filter(document__in=list(same), text_of__in=readable.order_by().values("pk"))
    for key, *facts in namings.order_by(by_itself, "pk").values_list("document_id", *Naming.FACTS):
        for row in same[key]:
            for name, fact in zip(Naming.FACTS, facts, strict=True):
                if fact and not getattr(row, name):
                    setattr(row, name, fact)
    return rows


def _told_by(readable: QuerySet[Text], wanted: Q) -> Q:
    """That a readable text tells of the document what is wanted."""
    namings = Naming.objects.filter(wanted, text_of__in=readable.order_by().values("pk"))
    return Q(pk__in=namings.order_by().values("document"))


@dataclasses.dataclass(slots=True)
class Mention:
    """One place where a text names a document: its lines, quoted, and the date it gives where that is another one."""

    first: int
    last: int
    lines: list[Line]
    other_date: dt.date | None


@dataclasses.dataclass(slots=True)
class Citing:
    """A text that cites the document, and where."""

    text: Text
    is_basis: bool
    mentions: list[Mention]


def citing_texts(readable: QuerySet[Text], document: Document) -> QuerySet[Citation]:
    """The citations of this document by readable texts, the newest text first."""
    own = Naming.objects.filter(text_of=OuterRef("text_of"), document=OuterRef("text_of__document"))
    return (
        Citation.objects.filter(document=document, text_of__in=readable.order_by().values("pk"))
        .select_related("text_of__document")
        .annotate(issued=Coalesce("text_of__document__date", Subquery(own.values("date")[:1])))
        .order_by(F("issued").desc(nulls_last=True), "-text_of")
    )


def quoted(citations: Iterable[Citation], document: Document) -> list[Citing]:
    """Each citation with its lines. One query for all of them."""
    rows = list(citations)
    wanted = Q(pk__in=())
    for row in rows:
        for first, last in row.mentions:
            wanted |= Q(text_of=row.text_of_id, number__range=(first, last))
    lines: dict[tuple[int, int], Line] = {
        (line.text_of_id, line.number): line for line in Line.objects.filter(wanted).order_by("text_of", "number")
    }
    return [
        Citing(row.text_of, row.is_basis, [_mention(row, first, last, lines, document) for first, last in row.mentions])
        for row in rows
    ]


def text_lines(text: Text, first: int, last: int) -> list[Line]:
    """The printed lines of a text from ``first`` to ``last``; blank ones keep their number and are left out."""
    lines = Line.objects.filter(text_of=text, number__range=(first, last)).order_by("number")
    return [line for line in lines if line.text.strip()]


def lines_with(text: Text, q: str, limit: int) -> tuple[list[Line], int]:
    """The lines that hold every word of ``q``, with or without marks, and how many there are in all."""
    patterns = search_patterns(q)
    if not patterns:
        return [], 0
    rows = Line.objects.filter(text_of=text).order_by("number").only("number", "text", "page")
    found = [line for line in rows if fits(search_text(line.text), patterns)]
    return found[:limit], len(found)


def find_documents(actor: Actor, folded: str, limit: int) -> list[Finding]:
    """What the search over everything finds in the library: the words side by side first, then the newest."""
    keys = _first_keys(actor)  # what is found for one holds for all who read the same texts
    reads = keys if len(keys) <= _FEW else place_of(actor)
    key = ("documents by words", reads, folded, limit)
    return recalled(key, lambda: _found_documents(_texts(actor, keys), folded, limit), near=NOBODY)


def _found_documents(readable: QuerySet[Text], folded: str, limit: int) -> list[Finding]:
    phrase = has_words("folded", phrase_pattern(folded))
    side_by_side = Case(When(phrase | _told_by(readable, phrase), then=0), default=1)
    dates = Naming.objects.filter(document=OuterRef("pk"), text_of__in=readable.order_by().values("pk")).order_by("pk")
    found = library(readable, q=folded).annotate(issued=Coalesce("date", Subquery(dates.values("date")[:1])))
    found = found.only("slug", "doc_type", "symbol", "issuer", "place", "title", "date")
    documents = told(readable, found.order_by(side_by_side, F("issued").desc(nulls_last=True), "sort_key")[:limit])
    address = reverse("document", args=[_ANY])  # once: to make it anew takes as long as the rest of a hit
    return [
        Finding(
            title=str(document) or document.title[:120],
            url=address.replace(_ANY, document.slug),
            detail=document.title[:160] if document.symbol else document.issuer,
        )
        for document in documents
    ]


def _mention(row: Citation, first: int, last: int, lines: dict[tuple[int, int], Line], document: Document) -> Mention:
    here = (lines.get((row.text_of_id, number)) for number in range(first, last + 1))
    found = [line for line in here if line is not None and line.text.strip()]
    return Mention(first, last, found, _other_date(" ".join(line.text for line in found), document))


def _other_date(text: str, document: Document) -> dt.date | None:
    """The date that the text gives right after the symbol, when the document has another one."""
    if not document.date or not document.symbol:
        return None
    number = document.symbol.split("/")[0].lstrip("0")
    at = next((m for m in (text.find(document.symbol), text.find(f"{number}/")) if m >= 0), -1)
    if at < 0:
        return None
    after = text[at + len(document.symbol) : at + len(document.symbol) + _AFTER_SYMBOL]
    if not fold(after).lstrip(", ").startswith("ngay"):
        return None
    said = find_date(after)
    return said if said != document.date else None
