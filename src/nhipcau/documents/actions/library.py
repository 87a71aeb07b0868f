"""Every write to the library: texts as they were read, documents, and what cites what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, Q

from nhipcau.core.acts import Act, act
from nhipcau.core.ids import public_id
from nhipcau.core.models import StoredFile
from nhipcau.organisations.models import Organisation
from vanban import model
from vanban.text import search_text, sort_key

from .. import rules
from ..models import Citation, Document, Layout, Line, Naming, Text
from ..rules import Facts

_BATCH = 500
_UNKNOWN: dict[str, Any] = {"issuer": "", "place": "", "date": None, "title": ""}


@act("documents.keep_text", may=rules.may_file)
def keep_text(act: Act, source: model.Source, *, organisation: Organisation, file: StoredFile, name: str) -> Text:
    """Keep a file as it was read: its lines, for good, and where they stand on its pages. Returns the text; it belongs
    to ``organisation``. Pages that were read from pictures are drawn soon."""
    text = Text.objects.create(
        organisation=organisation,
        file=file,
        name=name[:250],
        media_type=source.media_type,
        pages=source.pages,
        line_count=len(source.lines),
        quality=source.quality,
    )
    Line.objects.bulk_create(
        (Line(text_of=text, number=line.number, page=line.page, text=line.text) for line in source.lines),
        batch_size=_BATCH,
    )
    if source.boxes:
        Layout.objects.create(
            text_of=text,
            boxes=[[box.line, box.page, box.x0, box.y0, box.x1, box.y1] for box in source.boxes],
            ocr_pages=list(source.ocr_pages),
            unsure=[[word.line, word.start, word.end, word.text, word.confidence] for word in source.unsure],
        )
        if source.ocr_pages:
            act.enqueue("documents.draw_pages", text_id=text.pk)
    act.about(text)
    act.changed(name=name, line_count=text.line_count)
    return text


@act("documents.drop_text", may=rules.may_file)
def drop_text(act: Act, text: Text) -> None:
    """Delete a text that was read anew and that no plan stands on. A text that is the ground of something stays."""
    act.changed(text=text.public_id)
    with suppress(ProtectedError), transaction.atomic():
        text.delete()


@act("documents.file", may=rules.may_file)
def file_documents(act: Act, wanted: Sequence[Facts], *, organisation: Organisation) -> list[Document]:
    """The documents that these facts name, in their order: found in the library, or put there.

    Only what tells documents apart is written on them, for all who name them; ``record_facts`` keeps the rest for those
    who may read the text. What a document has is never overwritten.
    """
    keys = [rules.key_of(facts, organisation.pk) for facts in wanted]
    held = _candidates(keys)
    missing: dict[str, Facts] = {}
    for key, facts in zip(keys, wanted, strict=True):
        if _match(key, held) is None and not any(rules.may_be_same(key, other) for other in missing):
            missing[key] = facts
    if missing:
        _make(missing)
        held = _candidates(keys)
    found: list[Document] = []
    for key, facts in zip(keys, wanted, strict=True):
        document = _match(key, held) or _alone(key, facts)
        _fill(document, facts, key)
        found.append(document)
    act.changed(documents=[document.key for document in found])
    return found


@act("documents.cite", may=rules.may_file)
def record_citations(act: Act, text: Text, cited: Iterable[tuple[Document, bool, list[Any]]]) -> list[Citation]:
    """Say what a text cites: (document, is it a legal basis, lines of its mentions), in the order of first mention.
    What was recorded of the text before is replaced."""
    text.citations.all().delete()
    rows: dict[int, Citation] = {}
    for document, is_basis, mentions in cited:
        row = rows.setdefault(
            document.pk,
            Citation(text_of=text, document=document, position=len(rows) + 1, is_basis=is_basis, mentions=[]),
        )
        row.is_basis = row.is_basis or is_basis
        row.mentions = [*row.mentions, *mentions]
    act.changed(citations=[row.document_id for row in rows.values()])
    return Citation.objects.bulk_create(rows.values(), batch_size=_BATCH)


@act("documents.record_facts", may=rules.may_file)
def record_facts(act: Act, text: Text, told: Iterable[tuple[Document, Facts]]) -> list[Naming]:
    """Say what a text tells of the documents that it names; of two tellings in one text the first counts. What was
    recorded of the text before is replaced. While the text is public, everyone learns it."""
    text.namings.all().delete()
    rows: dict[int, Naming] = {}
    for document, facts in told:
        row = rows.setdefault(document.pk, Naming(text_of=text, document=document))
        for name in Naming.FACTS:
            setattr(row, name, getattr(row, name) or _values(facts)[name])
        row.folded = search_text(row.issuer, row.title)
    kept = Naming.objects.bulk_create(rows.values(), batch_size=_BATCH)
    if text.is_public:
        _tell_everyone(kept)
    act.changed(documents=list(rows))
    return kept


@act("documents.open_text", may=rules.may_file)
def open_text(act: Act, text: Text, *, is_public: bool) -> None:
    """Let everyone know what a text tells of documents, or keep it again for those who may read the text."""
    if text.is_public == is_public:
        return
    text.is_public = is_public
    text.save(update_fields=("is_public",))
    namings = list(text.namings.select_related("document"))
    if is_public:
        _tell_everyone(namings)
    else:
        _take_back(namings)
    act.changed(is_public=is_public)


@act("documents.hold", may=rules.may_file)
def hold_text(act: Act, text: Text, document: Document) -> Text:
    """Say that a text is the text of this document."""
    text.document = document
    text.save(update_fields=("document",))
    act.changed(document=document.key)
    return text


def _candidates(keys: Sequence[str]) -> list[Document]:
    """What the library holds under these symbols or names, whatever the year: a handful of queries at most."""
    heads = sorted({key.rsplit("|", 2)[0] + "|" for key in keys})
    found: list[Document] = []
    for first in range(0, len(heads), 100):
        wanted = Q()
        for head in heads[first : first + 100]:
            wanted |= Q(key__startswith=head)
        found.extend(Document.objects.filter(wanted))
    return found


def _match(key: str, held: Sequence[Document]) -> Document | None:
    """The document of this key; else the only one that it can mean. Two that it could mean are left alone."""
    exact = next((document for document in held if document.key == key), None)
    if exact is not None:
        return exact
    near = [document for document in held if rules.may_be_same(key, document.key)]
    return near[0] if len(near) == 1 else None


def _make(missing: dict[str, Facts]) -> None:
    """Put documents into the library; another confirmation at the same moment may have put them there first."""
    bases = {key: rules.slug_of(facts) for key, facts in missing.items()}
    tails = {key: f"{bases[key]}-{rules.issuer_slug(facts.issuer)}".strip("-") for key, facts in missing.items()}
    taken = set(Document.objects.filter(slug__in={*bases.values(), *tails.values()}).values_list("slug", flat=True))
    rows = []
    for key, facts in missing.items():
        slug = next((s for s in (bases[key], tails[key]) if s not in taken), f"{tails[key]}-{public_id()}")
        taken.add(slug)
        rows.append(_row(key, facts, slug))
    Document.objects.bulk_create(rows, ignore_conflicts=True, batch_size=_BATCH)
    made = set(Document.objects.filter(key__in=missing).values_list("key", flat=True))
    for key, facts in missing.items():
        if key not in made:  # its address was taken in the same moment
            _alone(key, facts)


def _alone(key: str, facts: Facts) -> Document:
    """The document of exactly this key, made under an address that nobody else can have."""
    slug = f"{rules.slug_of(facts)}-{public_id()}"
    return Document.objects.get_or_create(key=key, defaults={"slug": slug, **_identity(facts)})[0]


def _row(key: str, facts: Facts, slug: str) -> Document:
    document = Document(key=key, slug=slug, **_identity(facts))
    _compute(document)
    return document


def _values(facts: Facts) -> dict[str, Any]:
    """All facts, as they fit into their columns."""
    return {
        "doc_type": facts.doc_type[:60],
        "symbol": facts.symbol[:80],
        "issuer": facts.issuer[:250],
        "place": facts.place[:120],
        "date": facts.date,
        "title": facts.title,
    }


def _identity(facts: Facts) -> dict[str, Any]:
    """What whoever names the document knows already: it is what tells the document apart."""
    own = ("doc_type", "symbol", "issuer") if facts.symbol else ("doc_type", "title")
    values = _values(facts)
    return {name: values[name] for name in own}


def _compute(document: Document) -> None:
    """What ``save`` computes, for rows that are written together."""
    document.folded = search_text(document.doc_type, document.symbol, document.issuer, document.title)
    document.sort_key = sort_key(str(document)[:250])[:520]


def _fill(document: Document, facts: Facts, key: str) -> None:
    """Add to a document what tells it apart and it lacks."""
    added = {name: value for name, value in _identity(facts).items() if value and not getattr(document, name)}
    fuller = facts.year is not None and not document.key.rsplit("|", 2)[1]
    if not added and not fuller:
        return
    for name, value in added.items():
        setattr(document, name, value)
    if fuller and not Document.objects.filter(key=key).exists():
        document.key = key
    document.save()


def _tell_everyone(namings: Iterable[Naming]) -> None:
    """Fill in what the documents lack."""
    changed = []
    for naming in namings:
        lacking = [name for name in Naming.FACTS if getattr(naming, name) and not getattr(naming.document, name)]
        for name in lacking:
            setattr(naming.document, name, getattr(naming, name))
        if lacking:
            changed.append(naming.document)
    _write_facts(changed)


def _take_back(namings: Sequence[Naming]) -> None:
    """What only these namings told is told by another public text, or by none any more."""
    others: dict[int, list[Naming]] = {naming.document_id: [] for naming in namings}
    for other in Naming.objects.filter(document__in=list(others), text_of__is_public=True).order_by("pk"):
        others[other.document_id].append(other)
    changed = []
    for naming in namings:
        document, known = naming.document, others[naming.document_id]
        own = {"issuer"} if document.symbol else {"title"}
        for name in set(Naming.FACTS) - own:
            values = [getattr(other, name) for other in known if getattr(other, name)]
            if getattr(naming, name) and getattr(document, name) == getattr(naming, name) not in values:
                setattr(document, name, values[0] if values else _UNKNOWN[name])
        changed.append(document)
    _write_facts(changed)


def _write_facts(documents: Sequence[Document]) -> None:
    for document in documents:
        _compute(document)
    Document.objects.bulk_update(documents, (*Naming.FACTS, "folded", "sort_key"), batch_size=100)
