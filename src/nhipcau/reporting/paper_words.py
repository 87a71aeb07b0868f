"""The official document that this room offers to write: its words as they come with the software, and the names that stand
in them. Vietnamese only, as documents are."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import Paper

_HERE = "nhipcau.reporting.papers"
_NAMES = {
    "tên kỳ": _("tên kỳ báo cáo"),
    "tình hình": _("bao nhiêu đơn vị chưa gửi báo cáo"),
    "chỗ chi tiết": _("«cụ thể như sau:» hoặc «chi tiết tại Phụ lục kèm theo.»"),
    "bảng đơn vị": _("bảng đơn vị chưa gửi, thời hạn, tình trạng"),
    "ngày chốt": _("ngày chốt số liệu"),
}
_REMINDER = {
    "doc_type": "Công văn",
    "subject": "đôn đốc gửi báo cáo",
    "addressees": ["{kính gửi}"],
    "opening": "{cơ quan} đã yêu cầu các đơn vị gửi báo cáo theo kỳ “{tên kỳ}”. Tính đến ngày {ngày}, còn {tình hình}, {chỗ "
    "chi tiết}",
    "paragraphs": [
        "{bảng đơn vị}",
        "Để kịp tổng hợp, {cơ quan} đề nghị các đơn vị hoàn thiện, gửi báo cáo với số liệu chốt đến hết ngày {ngày chốt}; "
        "trường hợp có khó khăn, vướng mắc, phản hồi ngay để được xem xét.",
        "Đề nghị các đơn vị quan tâm, thực hiện.",
    ],
    "recipients": ["Như trên"],
}


def _writes(actor: Actor) -> bool:
    return actor.has("officer", "coordinator", "head")


PAPERS = (
    Paper(
        kind="reporting.reminder",
        label=_("công văn đôn đốc gửi báo cáo"),
        place="reporting.round",
        words=_REMINDER,
        names=_NAMES,
        values=f"{_HERE}.reminder",
        sample=f"{_HERE}.reminder_sample",
        may=_writes,
    ),
)
