"""A document is written, changed by those who write it, replaced by a new edition, or given up."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.core.acts import Act, Refused, act
from nhipcau.organisations.models import Organisation
from vanban.official import OfficialDocument
from vanban.official.stored import from_dict

from ...models import Addressee, Outgoing
from ...queries.outgoing.people import holders
from ...queries.outgoing.ready import as_draft
from ...rules import outgoing as rules
from .numbering import free_number
from .steps import Kind, Origin, add_step, move, refuse_elsewhere, refuse_outdated, settle, take_over, tell, told_words

_STATE = Outgoing.State


class KeyUsed(Refused):
    """A program has begun a document with this key before. ``outgoing``: that one."""

    def __init__(self, outgoing: Outgoing) -> None:
        super().__init__(_("Khóa này đã dùng cho một văn bản khác. Hãy gửi với khóa mới."))
        self.outgoing = outgoing


@act("documents.draft", may=rules.may_draft)
def draft_document(
    act: Act,
    content: OfficialDocument,
    *,
    organisation: Organisation,
    about: Origin = ("", ""),
    addressees: Iterable[Organisation] = (),
    given_key: str = "",
) -> Outgoing:
    """Begin a document of this organisation. ``about``: kind and public id of what it is made from; ``addressees``: the
    organisations of this house to which it will go (others stand in its words only). It may still have problems.
    ``given_key``: of the program that begins it; raises ``KeyUsed`` where it has begun one with this key before."""
    outgoing = Outgoing(
        organisation=organisation,
        drafted_by=act.actor.person_id,
        about_kind=about[0],
        about_id=about[1],
        given_key=given_key,
    )
    take_over(outgoing, as_draft(content))
    try:
        with transaction.atomic():
            outgoing.save()
    except IntegrityError as there:
        if not given_key:
            raise
        raise KeyUsed(Outgoing.objects.get(organisation=organisation, given_key=given_key)) from there
    _address(outgoing, addressees)
    act.about(outgoing)
    act.organisation_id = organisation.pk  # in whose trail it stands, also where the house drafted it
    add_step(act, outgoing, Kind.DRAFTED)
    act.changed(content=outgoing.content, about=list(about))
    return outgoing


@act("documents.edit", may=rules.may_edit)
def edit_document(
    act: Act,
    outgoing: Outgoing,
    content: OfficialDocument,
    *,
    version: int,
    addressees: Iterable[Organisation] | None = None,
    source: Origin | None = None,
    note: str = "",
) -> Outgoing:
    """Write the document anew. ``version``: the one that the actor changed; ``addressees`` None: as they are. Raises
    ``Outdated`` where somebody else has written meanwhile, and then changes nothing.

    ``source``: the thing that writes, for a document whose words come from one (``core.rooms.Source``): of ``content`` its
    words are taken, what people set on the document's page (recipients, signer …) stays, and ``addressees`` join those
    that it has. Without it the words of such a document stay closed: raises ``WrittenElsewhere``. ``note``: what its
    history says of this writing."""
    refuse_outdated(outgoing, version)
    before, was_type = outgoing.content, outgoing.doc_type
    if source is not None:
        refuse_elsewhere(outgoing, source)
        content = dataclasses.replace(outgoing.official, **_words(content))
        addressees = [
            *(addressees or ()),
            *(row.organisation for row in outgoing.sent_to.select_related("organisation")),
        ]
    take_over(outgoing, as_draft(content))
    if source is None and _words(outgoing.official) != _words(from_dict(before)):
        refuse_elsewhere(outgoing, None)
    if outgoing.replaces is not None and outgoing.doc_type != was_type:
        raise Refused(_("Bản thay thế phải cùng loại với văn bản cũ: %(type)s.") % {"type": was_type})
    is_readdressed = addressees is not None and _address(outgoing, addressees)
    if outgoing.content == before and not is_readdressed:
        return outgoing
    move(act, outgoing, Kind.EDITED, note)
    return outgoing


@act("documents.drop", may=rules.may_drop)
def drop_document(act: Act, outgoing: Outgoing, *, reason: str = "") -> Outgoing:
    """Give a document up. Its number, if it has one, becomes void for this reason. Raises ``Refused`` where it has one
    and no reason is given."""
    words = told_words(reason)
    if outgoing.state == _STATE.NUMBERED and not words:
        raise Refused(_("Văn bản đã có số: bạn hãy ghi lý do bỏ, lý do này đứng cạnh số hủy trong sổ."))
    free_number(act, outgoing, words)
    replaced = outgoing.replaces
    move(act, outgoing, Kind.DROPPED, words, state=_STATE.DROPPED, replaces=None)
    settle(act, outgoing, "sign", "number", "send", "mend")
    if replaced is not None:
        act.changed(replaces=replaced.public_id)
    return outgoing


@act("documents.replace", may=rules.may_replace)
def replace_document(act: Act, outgoing: Outgoing, *, what_changed: str) -> Outgoing:
    """Begin a new edition of a document that has been sent: the same words, to the same organisations, with a number of
    its own; ``what_changed`` is read by everyone who gets it. The old one is marked once the new one is sent. A second
    call while that edition is under way gives it back. Raises ``WrittenElsewhere`` where its words come from a thing that
    makes its new edition itself."""
    refuse_elsewhere(outgoing, None)
    words = told_words(what_changed)
    if not words:
        raise Refused(_("Bạn hãy ghi bản mới thay đổi điều gì: nơi nhận đọc được dòng này."))
    there = Outgoing.objects.filter(replaces=outgoing).first()
    if there is not None:
        return there
    made = Outgoing(
        organisation=outgoing.organisation,
        drafted_by=act.actor.person_id,
        about_kind=outgoing.about_kind,
        about_id=outgoing.about_id,
        edition=outgoing.edition + 1,
        replaces=outgoing,
        what_changed=words,
    )
    take_over(made, as_draft(outgoing.official))
    made.save()
    _address(made, [row.organisation for row in outgoing.sent_to.select_related("organisation")])
    add_step(act, made, Kind.DRAFTED, words)
    act.changed(edition=made.public_id, what_changed=words)
    others = {outgoing.drafted_by} - {None}
    said = gettext_noop("Đang có bản mới thay %(document)s. Điều thay đổi: %(why)s")
    tell(act, made, (pk for pk in others if pk), "replaced", said, why=words[:150])
    return made


def _words(content: OfficialDocument) -> dict[str, Any]:
    """What a thing that writes its own document says in it; the rest is its head and foot."""
    return {name: getattr(content, name) for name in ("type", "subject", "bases", "body", "annexes")}


def _address(outgoing: Outgoing, organisations: Iterable[Organisation]) -> bool:
    """Write to which organisations of the house it will go; whether that is a change."""
    wanted = {one.pk for one in organisations} - {outgoing.organisation_id}
    held = set(outgoing.sent_to.values_list("organisation_id", flat=True))
    outgoing.sent_to.filter(organisation__in=held - wanted).delete()
    Addressee.objects.bulk_create(Addressee(outgoing=outgoing, organisation_id=pk) for pk in sorted(wanted - held))
    return wanted != held


def drafter_of(outgoing: Outgoing) -> set[int]:
    """Who wrote it, while they still work there; else everyone who writes for the organisation."""
    people = holders([outgoing.organisation_id], rules.DRAFTERS)
    return {outgoing.drafted_by} if outgoing.drafted_by in people else people
