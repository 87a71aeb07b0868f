"""What the acts of this room are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "documents.cite": _("ghi căn cứ trích dẫn"),
    "documents.drop_text": _("bỏ một bản văn"),
    "documents.file": _("đưa văn bản vào thư viện"),
    "documents.hold": _("gắn bản văn với văn bản"),
    "documents.keep_text": _("lưu bản văn"),
    "documents.keep_validity": _("ghi hiệu lực của văn bản"),
    "documents.load_validity": _("nạp bảng hiệu lực kèm phần mềm"),
    "documents.open_text": _("mở hoặc đóng bản văn cho công chúng"),
    "documents.record_facts": _("ghi những gì bản văn cho biết về văn bản"),
}
