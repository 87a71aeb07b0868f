"""What this room offers to the house."""

from django.utils.translation import gettext_lazy as _

from nhipcau.core.rooms import Announcement, Follow, Offers, RoomConfig, Subject, Traced

_FOLLOW = "reporting.follow_document"
_POINTED = "nhipcau.reporting.queries.pointed"


class ReportingConfig(RoomConfig):
    name = "nhipcau.reporting"
    label = "reporting"
    offers = Offers(
        follows=tuple(Follow(f"documents.{act}", _FOLLOW) for act in ("return", "drop", "send")),
        announcements=(
            Announcement("reporting.round_opened", _("mở kỳ báo cáo")),
            Announcement("reporting.report_sent", _("gửi báo cáo")),
        ),
        subjects=(
            Subject("reporting.report", f"{_POINTED}.found_reports"),
            Subject("reporting.sentence", f"{_POINTED}.found_sentences"),
            Subject("reporting.row", f"{_POINTED}.found_rows"),
        ),
        traced=(Traced("reporting.report", f"{_POINTED}.reports_traced"),),
    )
