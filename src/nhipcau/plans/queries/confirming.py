"""What a reading would make live: its rows, the documents that it names, and the plan of which it is a new version."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from nhipcau.documents.actions import Facts
from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Group, Organisation
from vanban.text import fold

from ..models import Plan, Reading, Task
from ..reviewing import contents
from ..reviewing.doubting import EDITED
from ..versions import rows
from ..versions.comparing import Comparison, compare
from ..versions.rows import Meanings, Row
from .readings import LEFT, scope_and_day


@dataclasses.dataclass(frozen=True, slots=True)
class Cited:
    """A document that the plan cites."""

    facts: Facts
    is_basis: bool
    mentions: list[Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Draft:
    """All that a confirmation writes."""

    facts: Facts
    citations: list[Cited]
    rows: list[Row]


def draft_of(reading: Reading) -> Draft:
    """The draft of a reading as it stands now."""
    content = reading.current
    scope, day = scope_and_day(reading, content)
    cited = [entry for _i, entry in contents.live(content, "citations")]
    issuers = {c["issuer"] for c in (*cited, content["header"]) if c["issuer"]}
    names = {name for _pointer, name in contents.names(content)}
    found = organisations.resolve(sorted(names | issuers), scope, day)
    known = {issuer: found[issuer].organisation for issuer in issuers}
    full = {issuer: meant.name if meant else issuer for issuer, meant in known.items()}
    own = _facts(content["header"], full)
    left = reading.doubts.filter(state__in=LEFT).exclude(kind=EDITED).values_list("where", flat=True)
    return Draft(
        facts=own,
        citations=[Cited(_facts(c, full), c["is_basis"], c["mentions"]) for c in cited],
        rows=rows.rows_of(
            content, reading.outline, meanings(content, names, found), rows.doubtful_entries(content, left)
        ),
    )


def meanings(content: contents.Content, names: set[str], found: dict[str, organisations.Match]) -> Meanings:
    """What each name means: what the reviewer said, else what the directory says."""
    said = content.get("matches", {})
    organisation_ids = [t["id"] for t in said.values() if t["kind"] == "organisation"]
    group_ids = [t["id"] for t in said.values() if t["kind"] == "group"]
    chosen: dict[tuple[str, str], Organisation | Group] = {}
    if organisation_ids:
        for organisation in Organisation.objects.filter(public_id__in=organisation_ids):
            chosen["organisation", organisation.public_id] = organisation
    if group_ids:
        for group in Group.objects.filter(public_id__in=group_ids):
            chosen["group", group.public_id] = group
    meant: dict[str, tuple[Organisation | None, Group | None]] = {}
    for name in names:
        target = said.get(fold(name))
        picked = chosen.get((target["kind"], target["id"])) if target else None
        if isinstance(picked, Organisation):
            meant[fold(name)] = (picked, None)
        elif isinstance(picked, Group):
            meant[fold(name)] = (None, picked)
        else:
            meant[fold(name)] = (found[name].organisation, found[name].group)
    return meant


def plan_of(reading: Reading) -> Plan:
    """The plan that a confirmed reading became, or of which it was an earlier version. Raises ``Plan.DoesNotExist``."""
    return reading.replaces or Plan.objects.get(reading=reading)


def replaced_plan(reading: Reading, facts: Facts) -> Plan | None:
    """The live plan of the same document and organisation, if there is one."""
    key = facts.key(reading.organisation_id)
    head = key.rsplit("|", 2)[0] + "|"
    held = Plan.objects.select_related("document").filter(
        organisation_id=reading.organisation_id, document__key__startswith=head
    )
    return next((plan for plan in held if facts.may_be(plan.document.key, reading.organisation_id)), None)


def comparison(plan: Plan, draft: Draft) -> Comparison[Task, Row]:
    """The live plan beside the draft of its new version."""
    live = list(plan.tasks.filter(state=Task.State.LIVE).prefetch_related("agencies"))
    return compare(live, draft.rows, rows.item_of_task, rows.item_of_row)


def _facts(stated: dict[str, Any], full_issuers: dict[str, str]) -> Facts:
    """What the plan says of a document. A local symbol needs its issuer's full name: "UBND tỉnh" is another one in
    each province."""
    symbol, issuer = stated["symbol"] or "", stated["issuer"] or ""
    return Facts(
        doc_type=Facts.type_name(stated["doc_type"] or ""),
        symbol=symbol,
        issuer=issuer if Facts(symbol=symbol).is_central else full_issuers.get(issuer, issuer),
        place=stated.get("place") or "",
        date=dt.date.fromisoformat(stated["date"]) if stated["date"] else None,
        title=stated["title"] or "",
    )
