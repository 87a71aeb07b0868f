"""What this room offers to the house."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import (
    Announcement,
    Card,
    Figure,
    Grant,
    MenuEntry,
    Offers,
    Panel,
    PublicPart,
    RoomConfig,
    Search,
    Subject,
    Traced,
)

from .paper_words import PAPERS


def _reviews(actor: Actor) -> bool:
    return actor.has("officer", "coordinator", "head")


def _has_role(actor: Actor) -> bool:
    return bool(actor.roles)


_CARDS = "nhipcau.plans.queries.cards"
_FIGURES = "nhipcau.plans.queries.figures"
_THINGS = "nhipcau.plans.queries.things"


class PlansConfig(RoomConfig):
    name = "nhipcau.plans"
    label = "plans"
    offers = Offers(
        menu=(
            MenuEntry("register", _("Sổ nhiệm vụ"), order=20, may=_has_role),
            MenuEntry("plans", pgettext_lazy("several", "Kế hoạch"), order=30, may=_has_role),
            MenuEntry("readings", _("Đối chiếu"), order=40, may=_reviews),
            MenuEntry("alignments", _("So sánh"), order=45, may=_has_role),
        ),
        cards=(
            Card("plans/cards/waiting.html", f"{_CARDS}.waiting_card", order=10),
            Card("plans/cards/alignments.html", "nhipcau.plans.queries.alignments.card", order=15),
            Card("plans/cards/work.html", f"{_CARDS}.work_card", order=20),
            Card("plans/cards/plans.html", f"{_CARDS}.plans_card", order=30),
        ),
        searches=(
            Search(pgettext_lazy("several", "Nhiệm vụ"), "nhipcau.plans.queries.finding.find_tasks", order=10),
            Search(pgettext_lazy("several", "Kế hoạch"), "nhipcau.plans.queries.finding.find_plans", order=20),
        ),
        public_parts=(PublicPart("plans/cards/public.html", f"{_CARDS}.public_part", order=10),),
        panels=(
            Panel("documents.document", "plans/cards/panel.html", f"{_CARDS}.plan_panel", order=10),
            Panel(
                "documents.document",
                "plans/cards/still_cited.html",
                "nhipcau.plans.queries.panels.still_cited_panel",
                order=20,
            ),
            Panel(
                "organisations.organisation",
                "plans/cards/organisation.html",
                "nhipcau.plans.queries.panels.organisation_panel",
                order=10,
            ),
        ),
        traced=(
            Traced("plans.reading", "nhipcau.plans.queries.shown.readings_shown"),
            Traced("plans.plan", "nhipcau.plans.queries.shown.plans_shown"),
            Traced("plans.task", "nhipcau.plans.queries.shown.tasks_shown"),
            Traced("plans.alignment", "nhipcau.plans.queries.shown.alignments_shown"),
        ),
        announcements=(
            Announcement("plans.confirmed", _("kế hoạch được xác nhận và có nhiệm vụ của cơ quan")),
            Announcement("plans.published", _("kế hoạch được công khai")),
            Announcement("plans.withdrawn", _("kế hoạch thôi công khai")),
        ),
        api="nhipcau.plans.api.router",
        figures=(
            Figure(
                "plans.issued",
                _("Kế hoạch đã ban hành"),
                _("kế hoạch"),
                f"{_FIGURES}.issued",
                f"{_FIGURES}.issued_rows",
                10,
            ),
        ),
        papers=PAPERS,
        subjects=(
            Subject(
                "plans.task",
                f"{_THINGS}.tasks_shown",
                label=pgettext_lazy("several", "Nhiệm vụ"),
                search=f"{_THINGS}.tasks_to_choose",
            ),
            Subject(
                "plans.plan",
                f"{_THINGS}.plans_shown",
                label=pgettext_lazy("several", "Kế hoạch"),
                search=f"{_THINGS}.plans_to_choose",
            ),
            Subject("plans.alignment", "nhipcau.plans.queries.alignments.alignments_shown"),
        ),
        grants=(Grant("documents.text", "nhipcau.plans.queries.plans.granted_texts"),),
    )
