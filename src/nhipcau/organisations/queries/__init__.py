"""Every read of this room, by subject. Other rooms import from here."""

from .checking import Checked, checked_organisations
from .delegations import colleagues, delegations_of, own_roles
from .directory import (
    Wanted,
    find_organisations,
    found_groups,
    found_organisations,
    in_tree_order,
    people_of,
    sent_rows,
    tree_ids,
)
from .groups import group_by_public_id, group_ids_of, groups_of, members
from .keeping import candidates, keepable, keeping
from .matching import Match, Suggestion, resolve, suggestions
from .succession import found_successions, stands_at_top, successions_about, successors
from .tree import ancestors_ids, chain, known_path, office_name, organisation_by_public_id, reach, valid_on

__all__ = [
    "Checked",
    "Match",
    "Suggestion",
    "Wanted",
    "ancestors_ids",
    "candidates",
    "chain",
    "checked_organisations",
    "find_organisations",
    "colleagues",
    "delegations_of",
    "found_groups",
    "found_organisations",
    "found_successions",
    "group_by_public_id",
    "group_ids_of",
    "groups_of",
    "in_tree_order",
    "keepable",
    "keeping",
    "known_path",
    "members",
    "office_name",
    "organisation_by_public_id",
    "own_roles",
    "people_of",
    "reach",
    "resolve",
    "sent_rows",
    "stands_at_top",
    "successions_about",
    "successors",
    "suggestions",
    "tree_ids",
    "valid_on",
]
