"""What this room offers to the house."""

from nhipcau.core.rooms import Follow, Offers, RoomConfig, Traced

_SHOWN = "nhipcau.followup.queries.shown"
_SETTLE, _SETTLE_ALL = "followup.settle", "followup.settle_all"


class FollowupConfig(RoomConfig):
    name = "nhipcau.followup"
    label = "followup"
    offers = Offers(
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
