"""Which documents are in force, and since when: reads of ``Validity``, facts that everyone may know."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from nhipcau.core.words import has_words
from vanban.knowledge import Successor
from vanban.knowledge import Validity as Known
from vanban.text import search_patterns

from ..models import Document, Validity
from ..rules import symbol_key

_YEAR = re.compile(r"/(?:19|20)\d\d/")


def in_force() -> tuple[tuple[Known, ...], tuple[Successor, ...]]:
    """The whole table as the readers and the rules know it: the documents, and what replaced them."""
    rows = list(Validity.objects.order_by("pk"))
    known = tuple(
        Known(
            row.symbol, row.doc_type, row.title, row.issued, row.valid_from, row.valid_to, row.ended_by, row.basis
        )  # fmt: skip
        for row in rows
    )
    heirs = tuple(
        Successor("document", row.symbol, "", row.valid_to, name, "", row.basis)
        for row in rows
        for name in row.replaced_by
    )
    return known, heirs


def found_validity(q: str = "", *, ended_by: dt.date | None = None) -> QuerySet[Validity]:
    """The rows that hold every word of ``q``, with or without marks; only those that have ended before a day."""
    rows = Validity.objects.order_by("sort_key", "pk")
    for pattern in search_patterns(q):
        rows = rows.filter(has_words("folded", pattern))
    return rows.filter(valid_to__lt=ended_by) if ended_by else rows


def validity_of(document: Document) -> Validity | None:
    """What is known of the validity of a document: by its symbol, and by its date too where the symbol holds no year:
    numbers without a year begin anew every year."""
    if not document.symbol:
        return None
    rows = Validity.objects.filter(key=symbol_key(document.symbol)).order_by("pk")
    if _YEAR.search(document.symbol):
        return next((row for row in rows if row.issued == document.date or None in (row.issued, document.date)), None)
    return next((row for row in rows if document.date is not None and row.issued == document.date), None)


def is_out_of_force(document: Document) -> bool:
    """Whether the document is known to be no longer in force today."""
    row = validity_of(document)
    return row is not None and row.valid_to is not None and row.valid_to < timezone.localdate()


def held_documents(names: Iterable[str], visible: QuerySet[Document]) -> dict[str, str]:
    """The addresses (slugs) of those documents, named as ``Validity.replaced_by`` names them, that are in the library."""
    wanted = {name: symbol_key(name.rsplit(" ", 1)[-1]) for name in names}
    slugs = {
        symbol_key(symbol): slug
        for symbol, slug in visible.filter(symbol__in={name.rsplit(" ", 1)[-1] for name in wanted}).values_list(
            "symbol", "slug"
        )
    }
    return {name: slugs[key] for name, key in wanted.items() if key in slugs}


def validity_facts(document: Document, visible: QuerySet[Document]) -> dict[str, object]:
    """What the page of a document says of its validity today; empty where nothing is known. ``visible``: the documents
    to which the reader may be led."""
    row = validity_of(document)
    if row is None:
        return {}
    is_ended = row.valid_to is not None and row.valid_to < timezone.localdate()
    slugs = held_documents(row.replaced_by, visible) if is_ended and row.replaced_by else {}
    return {
        "validity": row,
        "is_ended": is_ended,
        "ended_since": row.valid_to + dt.timedelta(days=1) if row.valid_to else None,
        "heirs": [(name, slugs.get(name, "")) for name in row.replaced_by],
    }
