"""What this room offers to the house."""

from django.utils.translation import gettext_lazy as _

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import Follow, MenuEntry, Offers, RoomConfig, Traced

_SHOWN = "nhipcau.followup.queries.shown"
_SETTLE, _SETTLE_ALL = "followup.settle", "followup.settle_all"


def _follows(actor: Actor) -> bool:
    return actor.has("coordinator", "head", "auditor")


class FollowupConfig(RoomConfig):
    name = "nhipcau.followup"
    label = "followup"
    offers = Offers(
        menu=(MenuEntry("board", _("Điều phối"), order=10, may=_follows),),
        follows=(
            Follow("plans.confirm", _SETTLE),
            Follow("plans.keep_alignment", "followup.cascade"),
            *(
                Follow(f"organisations.{act}", _SETTLE_ALL)
                for act in ("add", "change", "end", "add_group", "change_group", "name_members")
            ),
        ),
        traced=(
            Traced("followup.assignment", f"{_SHOWN}.assignments_shown"),
            Traced("followup.note", f"{_SHOWN}.notes_shown"),
            Traced("followup.obstacle", f"{_SHOWN}.obstacles_shown"),
        ),
    )
