"""What this room offers to the house."""

from django.utils.translation import gettext_lazy as _

from nhipcau.core.rooms import Announcement, Follow, Offers, RoomConfig

_FOLLOW = "reporting.follow_document"


class ReportingConfig(RoomConfig):
    name = "nhipcau.reporting"
    label = "reporting"
    offers = Offers(
        follows=tuple(Follow(f"documents.{act}", _FOLLOW) for act in ("return", "drop", "send")),
        announcements=(
            Announcement("reporting.round_opened", _("mở kỳ báo cáo")),
            Announcement("reporting.report_sent", _("gửi báo cáo")),
        ),
    )
