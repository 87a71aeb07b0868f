"""A document is put before who signs it, signed, or given back."""

from __future__ import annotations

import dataclasses

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.core.acts import Act, Refused, act
from nhipcau.core.models import User
from nhipcau.organisations.models import Role
from vanban.official import Signature
from vanban.text import fold

from ...models import Outgoing
from ...queries.outgoing.people import clerks_of, holders, standing_in
from ...rules import outgoing as rules
from .drafting import drafter_of
from .numbering import free_number
from .steps import (
    Kind,
    Origin,
    move,
    refuse_elsewhere,
    refuse_outdated,
    refuse_unready,
    settle,
    take_over,
    tell,
    told_words,
)

_STATE = Outgoing.State


class OtherName(Refused):
    """The signature block bears another name than the signer's. ``name``: the signer's own."""

    def __init__(self, block: str, name: str) -> None:
        said = _("Khối chữ ký ghi tên %(block)s, còn người ký là %(name)s. Bạn hãy xem lại tên và chức vụ rồi ký.")
        super().__init__(said % {"block": block, "name": name})
        self.name = name


@act("documents.submit", may=rules.may_submit)
def submit_document(
    act: Act, outgoing: Outgoing, *, version: int | None = None, source: Origin | None = None
) -> Outgoing:
    """Put the document before the heads of the organisation, who are told. Raises ``Unready`` where it cannot be printed
    as it should, ``Outdated`` where it is no longer the ``version`` that the actor saw, ``WrittenElsewhere`` where its
    words come from a thing (``source``, see ``edit_document``) that did not put it forward itself."""
    refuse_outdated(outgoing, version)
    refuse_elsewhere(outgoing, source)
    refuse_unready(outgoing.official)
    move(act, outgoing, Kind.SUBMITTED, state=_STATE.SUBMITTED)
    settle(act, outgoing, "mend")
    heads = holders([outgoing.organisation_id], rules.SIGNERS)
    tell(act, outgoing, heads, "sign", gettext_noop("Chờ bạn ký: %(document)s"))
    return outgoing


@act("documents.return", may=rules.may_return)
def return_document(act: Act, outgoing: Outgoing, *, comment: str) -> Outgoing:
    """Give the document back to who wrote it, with what to mend. A signature that it had falls away, and a number becomes
    void for this reason. Raises ``Refused`` without a comment."""
    words = told_words(comment)
    if not words:
        raise Refused(_("Bạn hãy ghi cần sửa điều gì, để người soạn biết."))
    free_number(act, outgoing, words)
    take_over(outgoing, dataclasses.replace(outgoing.official, number=None, date=None))
    fields = {"state": _STATE.RETURNED, "signed_by": None, "signed_at": None, "symbol": "", "date": None}
    move(act, outgoing, Kind.RETURNED, words, **fields)
    settle(act, outgoing, "sign", "number", "send")
    said = gettext_noop("Trả lại để sửa: %(document)s. %(why)s")
    tell(act, outgoing, drafter_of(outgoing), "mend", said, why=words[:150])
    return outgoing


@act("documents.sign", may=rules.may_sign)
def sign_document(act: Act, outgoing: Outgoing, *, version: int, signature: Signature | None = None) -> Outgoing:
    """Sign the document as the actor saw it (``version``): from here its words are closed. No drawn signature is made;
    who signed, when and by whose leave is kept, and the audit seals the content.

    ``signature``: the block as the signer wants it printed. Without it the block of the draft holds, with the signer's
    name where it has none. Raises ``OtherName`` where it bears another name, ``Outdated``, ``Unready``.
    """
    refuse_outdated(outgoing, version)
    block = _own_block(act, signature or outgoing.official.signature)
    official = dataclasses.replace(outgoing.official, signature=block)
    refuse_unready(official)
    take_over(outgoing, official)
    lent = standing_in(act.actor.person_id, outgoing.organisation_id, Role.HEAD)
    by = ""
    if lent is not None and lent.stands_in_for is not None:
        by = f"Ký khi được {lent.stands_in_for.name} ủy quyền."  # a record: the same in every reader's language
    move(
        act,
        outgoing,
        Kind.SIGNED,
        by,
        state=_STATE.SIGNED,
        signed_by=act.actor.person_id,
        signed_at=timezone.now(),
    )
    settle(act, outgoing, "sign")
    tell(act, outgoing, clerks_of(outgoing), "number", gettext_noop("Đã ký, chờ lấy số: %(document)s"))
    return outgoing


def _own_block(act: Act, block: Signature) -> Signature:
    """The block with the signer's name; nobody signs under another one. A title before the name is the signer's to write."""
    name = User.objects.values_list("name", flat=True).get(pk=act.actor.person_id or 0)
    if block.name and not f" {fold(block.name)}".endswith(f" {fold(name)}"):
        raise OtherName(block.name, name)
    return dataclasses.replace(block, name=block.name or " ".join(name.split()))
