"""What this room offers to the house."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import Announcement, Card, Figure, Follow, MenuEntry, Offers, Panel, RoomConfig, Subject, Traced

from .paper_words import PAPERS

_CARDS = "nhipcau.followup.queries.cards"
_SHOWN = "nhipcau.followup.queries.shown"
_FIGURES = "nhipcau.followup.queries.figures"
_POINTED = "nhipcau.followup.queries.pointed"
_SETTLE, _SETTLE_ALL = "followup.settle", "followup.settle_all"


def _works(actor: Actor) -> bool:
    return actor.has("officer", "coordinator", "head", "auditor")


def _follows(actor: Actor) -> bool:
    return actor.has("coordinator", "head", "auditor")


class FollowupConfig(RoomConfig):
    name = "nhipcau.followup"
    label = "followup"
    offers = Offers(
        menu=(
            MenuEntry("mine", _("Việc của tôi"), order=5, may=_works),
            MenuEntry("board", pgettext_lazy("menu", "Điều phối"), order=10, may=_follows),
        ),
        cards=(Card("followup/cards/mine.html", f"{_CARDS}.mine_card", order=5),),
        panels=(
            Panel("plans.task", "followup/cards/task.html", f"{_CARDS}.task_panel", order=10),
            Panel(
                "organisations.organisation",
                "followup/cards/ended.html",
                "nhipcau.followup.queries.handing_over.ended_panel",
                order=5,
            ),
        ),
        follows=(
            Follow("plans.confirm", _SETTLE),
            Follow("plans.keep_alignment", "followup.cascade"),
            *(
                Follow(f"organisations.{act}", _SETTLE_ALL)
                for act in ("add", "change", "end", "add_group", "change_group", "name_members")
            ),
        ),
        needs=("nhipcau.followup.queries.needs.needs",),
        events=("nhipcau.followup.queries.events.events",),
        announcements=(
            Announcement("followup.progress", _("cơ quan ghi tiến độ")),
            Announcement("followup.obstacle_raised", _("cơ quan nêu vướng mắc")),
        ),
        subjects=(
            Subject("followup.obstacle", "nhipcau.followup.queries.obstacles.found_obstacles"),
            Subject("followup.chase", "nhipcau.followup.queries.chasing.found_chases"),
            Subject("followup.assignment", f"{_POINTED}.found_assignments"),
            Subject("followup.note", f"{_POINTED}.found_notes"),
            Subject("followup.evidence", f"{_POINTED}.found_evidence"),
        ),
        api="nhipcau.followup.api.router",
        figures=(
            Figure(
                "followup.words",
                _("Lần ghi tiến độ"),
                pgettext_lazy("figure", "lần"),
                f"{_FIGURES}.words",
                f"{_FIGURES}.words_rows",
                20,
            ),
            Figure(
                "followup.settled",
                _("Vướng mắc của đơn vị khác đã được tháo gỡ"),
                _("vướng mắc"),
                f"{_FIGURES}.settled_for_others",
                f"{_FIGURES}.settled_rows",
                21,
            ),
        ),
        papers=PAPERS,
        traced=(
            Traced("followup.assignment", f"{_SHOWN}.assignments_shown"),
            Traced("followup.note", f"{_SHOWN}.notes_shown"),
            Traced("followup.obstacle", f"{_SHOWN}.obstacles_shown"),
        ),
    )
