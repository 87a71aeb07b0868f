"""A document leaves the house: frozen with its files, put into the library, delivered to organisations of this house."""

from __future__ import annotations

import functools

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.core import files
from nhipcau.core.acts import Act, Actor, No, Refused, act
from nhipcau.core.models import StoredFile
from vanban.model import Source
from vanban.official import Unprintable
from vanban.write.docx import to_docx
from vanban.write.pdf import to_pdf

from ...models import Addressee, Document, Outgoing, Text
from ...queries.arriving import keepers_of, to_enter
from ...queries.outgoing.people import holders
from ...rules import outgoing as rules
from ...rules.library import Facts
from ..library import file_documents, hold_text, keep_text, record_facts
from .drafting import drafter_of
from .steps import Kind, Unready, add_step, key_of, move, refuse_outdated, settle, tell

_STATE = Outgoing.State


def send_document(actor: Actor, outgoing: Outgoing) -> Outgoing:
    """Send a document that has its number: its DOCX and PDF are made once and kept by their digests, its words are frozen,
    it enters the library, and the organisations of this house to which it goes are told (the act "documents.send").

    The files are made before the transaction begins, so that nobody waits for them. A document that has been sent is
    given back as it is. Raises ``Unready`` where it cannot be printed.
    """
    held = Outgoing.objects.get(pk=outgoing.pk)
    if isinstance(refusal := rules.may_send(actor, held), No):
        raise Refused(refusal.reason)
    if held.state == _STATE.SENT:
        return held
    try:
        pdf, docx = files.store(to_pdf(held.official)), files.store(to_docx(held.official))
    except Unprintable as stop:
        raise Unready(stop.problems) from stop
    return _send(actor, held, version=held.version, pdf=pdf, docx=docx)


@act("documents.send", may=rules.may_send)
def _send(act: Act, outgoing: Outgoing, *, version: int, pdf: StoredFile, docx: StoredFile) -> Outgoing:
    if outgoing.state == _STATE.SENT:
        return outgoing
    refuse_outdated(outgoing, version)
    now = timezone.now()
    filed = _filed(act, outgoing)
    move(act, outgoing, Kind.SENT, state=_STATE.SENT, sent_at=now, pdf=pdf, docx=docx, document=filed)
    act.changed(pdf=pdf.sha256, docx=docx.sha256)
    settle(act, outgoing, "send")
    said = gettext_noop("Đã gửi đi: %(document)s")
    tell(act, outgoing, drafter_of(outgoing) if outgoing.drafted_by else (), "sent", said)
    _deliver(act, outgoing)
    act.enqueue("documents.shelve", outgoing_id=outgoing.pk)
    if outgoing.replaces is not None:
        add_step(act, outgoing.replaces, Kind.REPLACED, outgoing.symbol)
        _tell_former(act, outgoing, outgoing.replaces)
    return outgoing


def _filed(act: Act, outgoing: Outgoing) -> Document:
    """The document as the library knows it."""
    return file_documents(act.actor, [facts_of(outgoing)], organisation=outgoing.organisation)[0]


def _deliver(act: Act, outgoing: Outgoing) -> None:
    rows = list(outgoing.sent_to.select_related("organisation"))
    outgoing.sent_to.update(sent_at=outgoing.sent_at)
    url = reverse("outgoing", args=[outgoing.public_id])
    for row in rows:
        words = functools.partial(_arrived, outgoing)
        people = holders([row.organisation_id], rules.DRAFTERS)
        act.tell(people, "documents.open", words, url, about=arrival_key(row))
    parties = {outgoing.organisation_id, *(row.organisation_id for row in rows)}
    act.announce("documents.sent", outgoing, url, organisations=parties)


def _tell_former(act: Act, outgoing: Outgoing, replaced: Outgoing) -> None:
    """Who holds the old edition and does not get the new one is told that it holds no longer."""
    now_sent = outgoing.sent_to.values_list("organisation_id", flat=True)
    former = list(replaced.sent_to.exclude(organisation__in=now_sent).values_list("organisation_id", flat=True))
    words, url = functools.partial(_replaced, outgoing, replaced), reverse("outgoing", args=[replaced.public_id])
    act.tell(holders(former, rules.DRAFTERS), "documents.replaced", words, url, about=key_of(replaced, "replaced"))


@act("documents.shelve", may=rules.may_shelve)
def shelve_document(act: Act, outgoing: Outgoing, source: Source) -> Text | None:
    """Keep the words of a document that has been sent as a text of the library, as ``source`` read them from its PDF: for
    search, and for the lines that others cite. Done once; None where it is done already or nothing was sent."""
    document, pdf = outgoing.document, outgoing.pdf
    if document is None or pdf is None or Text.objects.filter(document=document, file=pdf).exists():
        return None
    text = keep_text(act.actor, source, organisation=outgoing.organisation, file=pdf, name=source.name)
    hold_text(act.actor, text, document)
    record_facts(act.actor, text, [(document, facts_of(outgoing))])
    act.changed(text=text.public_id)
    return text


def facts_of(outgoing: Outgoing) -> Facts:
    """What the document says of itself, as the library keeps it."""
    return Facts(
        doc_type=outgoing.doc_type,
        symbol=outgoing.symbol,
        issuer=outgoing.organisation.name,
        place=outgoing.official.place,
        date=outgoing.date,
        title=outgoing.subject,
    )


@act("documents.receive", may=rules.may_receive)
def receive(act: Act, addressee: Addressee) -> Addressee:
    """Note that the organisation has opened what was sent to it; only the first time counts. Who keeps its book of
    arrivals is told that it waits there."""
    if addressee.opened_at is not None or addressee.sent_at is None:
        return addressee
    addressee.opened_at, addressee.opened_by = timezone.now(), act.actor.person_id
    addressee.save(update_fields=("opened_at", "opened_by"))
    add_step(act, addressee.outgoing, Kind.RECEIVED)
    act.changed(document=addressee.outgoing.public_id)
    act.settle(arrival_key(addressee))
    if to_enter(act.actor).filter(pk=addressee.pk).exists():
        words = functools.partial(_to_enter, addressee.outgoing)
        people = keepers_of(addressee.organisation_id) - {act.actor.person_id or 0}
        act.tell(people, "documents.enter", words, reverse("arrivals"), about=book_key(addressee))
    return addressee


def arrival_key(addressee: Addressee) -> str:
    """The key of notices and needs about what has arrived at an organisation."""
    return f"{key_of(addressee.outgoing, 'open')}:{addressee.organisation_id}"


def book_key(addressee: Addressee) -> str:
    """The key of the notice that it waits to be entered in the book."""
    return f"{key_of(addressee.outgoing, 'enter')}:{addressee.organisation_id}"


def _replaced(outgoing: Outgoing, replaced: Outgoing) -> str:
    facts = {
        "who": outgoing.organisation.name,
        "old": f"{replaced.doc_type} {replaced.symbol}",
        "new": outgoing.symbol,
        "why": outgoing.what_changed[:150],
    }
    return _("%(who)s đã thay %(old)s bằng văn bản %(new)s, không gửi tới cơ quan bạn. Điều thay đổi: %(why)s") % facts


def _to_enter(outgoing: Outgoing) -> str:
    facts = {"who": outgoing.organisation.name, "document": f"{outgoing.doc_type} {outgoing.symbol}"}
    return _("Chờ vào sổ văn bản đến: %(document)s của %(who)s") % facts


def _arrived(outgoing: Outgoing) -> str:
    facts = {
        "who": outgoing.organisation.name,
        "document": f"{outgoing.doc_type} {outgoing.symbol}: {outgoing.subject}"[:220],
    }
    if outgoing.replaces is not None:
        old = {"old": outgoing.replaces.symbol, "why": outgoing.what_changed[:100]}
        return _("%(who)s gửi %(document)s, thay văn bản %(old)s. Điều thay đổi: %(why)s") % (facts | old)
    return _("%(who)s gửi %(document)s") % facts
