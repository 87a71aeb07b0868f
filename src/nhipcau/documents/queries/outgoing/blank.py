"""A new document of an organisation: its head and foot filled in as on the last one that it sent, else as the decree has
them; and which organisations of this house its lines name."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

from django.utils import timezone

from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Organisation
from vanban.official import OfficialDocument, Signature
from vanban.official.types import form_of

from ...models import Outgoing
from ...rules import outgoing as rules
from ..letterhead import letterhead
from .past import was_first
from .people import holders
from .ready import as_draft

_ABBREVIATED = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân"}
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")  # "Sở Tư pháp (để báo cáo)"


def blank(
    organisation: Organisation, doc_type: str, subject: str = "", *, unit: str = "", drafter: int | None = None
) -> OfficialDocument:
    """A document of this organisation with nothing between its head and its foot. ``unit``: who drafts, as it stands in
    symbols ("VX"); without it the one of the person ``drafter``, see ``letterhead``."""
    head, form = letterhead(organisation, drafter=drafter), form_of(doc_type)
    unit = unit or head.unit
    made = OfficialDocument(
        type=doc_type,
        issuer=head.issuer,
        parent=head.parent,
        subject=subject,
        code=head.code(doc_type, unit),
        place=head.place,
        authority=head.issuer if form == "decision" else "",
        recipients=("Như trên",) if form == "letter" else (),
        archive=f"VT, {unit}",
        signature=Signature(tuple(line for line in (head.authority, *head.post) if line), head.signer),
    )
    last = _last_sent(organisation)
    if last is None:
        return made
    same = {name: getattr(last, name) for name in ("issuer", "parent", "place", "signature")}
    if last.type == doc_type:
        same |= {"authority": last.authority}
        if form != "letter":  # what follows the number names the type, and of a công văn the unit
            same |= {"code": last.code}
    return dataclasses.replace(made, **same)


def untouched(
    organisation: Organisation, person_id: int | None, content: OfficialDocument, about: tuple[str, str] = ("", "")
) -> Outgoing | None:
    """A draft of these words about this thing that the person began and nobody has touched: a form that is sent twice makes
    one document."""
    rows = Outgoing.objects.filter(
        organisation=organisation, drafted_by=person_id, state=Outgoing.State.DRAFT, version=1, doc_type=content.type,
        subject=as_draft(content).subject, about_kind=about[0], about_id=about[1],
    )  # fmt: skip
    return next((row for row in rows.order_by("-pk")[:5] if was_first(row, content)), None)


def named_here(organisation: Organisation, lines: Iterable[str]) -> dict[str, list[Organisation]]:
    """Which organisations of the house each line means, as this one would write it: one, the members of a group, or none.
    Lines may end with a purpose in brackets. The number of queries does not depend on the number of lines."""
    bare = {line: _in_full(_BRACKETS.sub("", line).strip()) for line in lines}
    today = timezone.localdate()
    wanted = [text for text in bare.values() if text]
    found = organisations.resolve(wanted, organisation, today)
    if lost := [text for text in wanted if not found[text]]:
        found |= {text: match for text, match in _of_old(lost, organisation).items() if match}
    meant: dict[str, list[Organisation]] = {}
    for line, text in bare.items():
        match = found.get(text)
        if match is not None and match.organisation is not None:
            meant[line] = [match.organisation]
        elif match is not None and match.group is not None:
            meant[line] = list(organisations.members(match.group, today))
        else:
            meant[line] = []
    return meant


def _of_old(names: list[str], organisation: Organisation) -> dict[str, organisations.Match]:
    """What these names meant before, where people of an agency that has ended still finish its work."""
    known = organisations.resolve(names, organisation, None)
    ended = {match.organisation.pk for match in known.values() if match.organisation is not None}
    alive = {pk for pk in ended if holders([pk], rules.DRAFTERS)}
    return {name: one for name, one in known.items() if one.organisation is not None and one.organisation.pk in alive}


def _in_full(name: str) -> str:
    """The name with the abbreviations written out that offices use in lists of recipients ("UBND tỉnh")."""
    first, _blank, rest = name.partition(" ")
    return f"{_ABBREVIATED[first]} {rest}" if first in _ABBREVIATED else name


def _last_sent(organisation: Organisation) -> OfficialDocument | None:
    sent = Outgoing.objects.filter(organisation=organisation, state=Outgoing.State.SENT)
    row = sent.order_by("-sent_at", "-pk").first()
    return row.official if row is not None else None
