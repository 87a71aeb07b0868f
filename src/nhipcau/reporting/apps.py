"""What this room offers to the house."""

from django.utils.translation import gettext_lazy as _

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import (
    Announcement,
    Card,
    Follow,
    MenuEntry,
    Offers,
    Panel,
    RoomConfig,
    Search,
    Source,
    Subject,
    Traced,
)

from .paper_words import PAPERS

_FOLLOW = "reporting.follow_document"
_POINTED = "nhipcau.reporting.queries.pointed"
_NEEDS = "nhipcau.reporting.queries.needs"
_OWN = "nhipcau.reporting.queries.duties.own_report_panel"
_DUTY = "nhipcau.reporting.queries.regimes.duty_panel"


def _works(actor: Actor) -> bool:
    return actor.has("officer", "coordinator", "head", "auditor")


class ReportingConfig(RoomConfig):
    name = "nhipcau.reporting"
    label = "reporting"
    offers = Offers(
        menu=(MenuEntry("reports", _("Báo cáo"), order=15, may=_works),),
        cards=(Card("reporting/card.html", f"{_NEEDS}.reports_card", order=15),),
        searches=(Search(_("kỳ báo cáo"), f"{_NEEDS}.find_rounds", order=40),),
        panels=(
            Panel("plans.plan", "reporting/duty_panel.html", _DUTY, order=20),
            Panel("plans.task", "reporting/duty_panel.html", _DUTY, order=20),
            Panel("plans.task", "reporting/own_report_panel.html", _OWN, order=21),
            Panel("followup.assignment", "reporting/own_report_panel.html", _OWN, order=20),
        ),
        needs=(f"{_NEEDS}.needs",),
        events=(f"{_NEEDS}.events",),
        papers=PAPERS,
        api="nhipcau.reporting.api.router",
        follows=tuple(Follow(f"documents.{act}", _FOLLOW) for act in ("return", "drop", "send")),
        sources=(Source("reporting.report", _("báo cáo")),),
        announcements=(
            Announcement("reporting.round_opened", _("mở kỳ báo cáo")),
            Announcement("reporting.report_sent", _("gửi báo cáo")),
        ),
        subjects=(
            Subject("reporting.round", f"{_NEEDS}.found_rounds"),
            Subject("reporting.report", f"{_POINTED}.found_reports"),
            Subject("reporting.sentence", f"{_POINTED}.found_sentences"),
            Subject("reporting.row", f"{_POINTED}.found_rows"),
        ),
        traced=(
            Traced("reporting.report", f"{_POINTED}.reports_traced"),
            Traced("reporting.round", f"{_NEEDS}.rounds_traced"),
            Traced("reporting.regime", f"{_NEEDS}.regimes_traced"),
            Traced("reporting.outline", f"{_NEEDS}.outlines_traced"),
        ),
    )
