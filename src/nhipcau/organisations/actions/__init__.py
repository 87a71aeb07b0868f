"""Every write of this room, by subject; each function is one act. Other rooms import from here."""

from ._checks import may_keep_successions
from .delegating import delegate, end_delegation
from .groups import add_group, add_group_alias, add_standard_groups, change_group, name_members
from .importing import import_directory
from .people import end_membership, invite_person, set_membership, start_site
from .successions import keep_succession, load_successions
from .tree import add_alias, add_organisation, change_organisation, end_organisation, remove_alias

__all__ = [
    "add_alias",
    "add_group",
    "add_group_alias",
    "add_organisation",
    "add_standard_groups",
    "change_group",
    "change_organisation",
    "delegate",
    "end_delegation",
    "end_membership",
    "end_organisation",
    "import_directory",
    "invite_person",
    "keep_succession",
    "load_successions",
    "may_keep_successions",
    "name_members",
    "remove_alias",
    "set_membership",
    "start_site",
]
