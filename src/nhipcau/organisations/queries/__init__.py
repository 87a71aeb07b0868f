"""Every read of this room, by subject. Other rooms import from here."""

from .groups import group_by_public_id, groups_of, members
from .matching import Match, Suggestion, resolve, suggestions
from .tree import ancestors_ids, chain, organisation_by_public_id, reach, valid_on

__all__ = [
    "Match",
    "Suggestion",
    "ancestors_ids",
    "chain",
    "group_by_public_id",
    "groups_of",
    "members",
    "organisation_by_public_id",
    "reach",
    "resolve",
    "suggestions",
    "valid_on",
]
