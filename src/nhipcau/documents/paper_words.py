"""The official documents that this room offers to write: their words as they come with the software, and the names that
stand in them. Vietnamese only, as documents are; an organisation may write its own (``wording``)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.core.rooms import Paper

PAPERS = (
    Paper(
        kind="documents.reply",
        label=_("công văn trả lời"),
        place="documents.received",
        words={
            "doc_type": "Công văn",
            "subject": "trả lời {số văn bản đến}",
            "addressees": ["{kính gửi}"],
            "opening": "{cơ quan} nhận được {văn bản đến}. Sau khi nghiên cứu, {cơ quan} có ý kiến như sau:",
            "paragraphs": [
                "1. ……",
                "2. ……",
                "{cơ quan} trân trọng gửi {cơ quan gửi} xem xét, tổng hợp.",
            ],
            "recipients": ["Như trên"],
        },
        names={
            "văn bản đến": _("văn bản được trả lời, với số, ngày, cơ quan ban hành và trích yếu"),
            "số văn bản đến": _("loại và số, ký hiệu của văn bản được trả lời"),
            "cơ quan gửi": _("cơ quan đã gửi văn bản được trả lời"),
        },
        values="nhipcau.documents.replies.reply",
        sample="nhipcau.documents.replies.sample_reply",
    ),
)
