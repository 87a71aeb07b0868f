"""What the rules and the readers know: the packaged words and types, the directory of the organisation's own tree, and
the documents in force and the successors of agencies as they stand in the database. The one place that says so."""

from __future__ import annotations

import dataclasses
import functools
import hashlib

from nhipcau.core.recall import recalled
from nhipcau.documents import queries as documents
from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Organisation
from vanban.knowledge import Agency, Knowledge, Successor, Validity


@dataclasses.dataclass(frozen=True, slots=True)
class Facts:
    """The rows that the database adds. ``digest``: two sets of the same rows have the same."""

    agencies: tuple[Agency, ...]
    validity: tuple[Validity, ...]
    successors: tuple[Successor, ...]
    digest: str

    def knowledge(self) -> Knowledge:
        """These rows with the packaged words and types: one object for all equal facts, so that what the library derives
        from it is derived once."""
        return _of_digest(_Kept(self))


def knowledge_for(organisation: Organisation) -> Knowledge:
    """What is known to someone in this organisation's tree; one object as long as nothing of it changes."""
    return facts_for(organisation).knowledge()


def facts_for(organisation: Organisation) -> Facts:
    """The database's rows for the tree of this organisation. Asked anew when an act has been done."""
    root = organisation.path.split("/")[0]
    return recalled(("facts", root), lambda: _read(root))


def _read(root: str) -> Facts:
    own = Organisation.objects.filter(path__startswith=f"{root}/").order_by("pk")
    rows = own.values_list("name", "level", "kind", "valid_from", "valid_to")
    known = {row.name for row in Knowledge.packaged().agency_rows}
    agencies = tuple(Agency(*row) for row in rows if row[0] not in known)
    validity, replacements = documents.in_force()
    successors = (*replacements, *organisations.successors())
    digest = hashlib.sha256(repr((agencies, validity, successors)).encode()).hexdigest()[:16]
    return Facts(agencies, validity, successors, digest)


class _Kept:
    """Facts as the key of a cache: compared by their digest."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def __hash__(self) -> int:
        return hash(self.facts.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and other.facts.digest == self.facts.digest


@functools.lru_cache(maxsize=16)
def _of_digest(kept: _Kept) -> Knowledge:
    packaged, facts = Knowledge.packaged(), kept.facts
    return dataclasses.replace(
        packaged,
        agency_rows=(*packaged.agency_rows, *facts.agencies),
        validity=facts.validity,
        successors=facts.successors,
    )
