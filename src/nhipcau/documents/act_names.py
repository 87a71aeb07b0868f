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
    "documents.draft": _("soạn văn bản đi"),
    "documents.edit": _("sửa văn bản đi"),
    "documents.submit": _("trình ký văn bản"),
    "documents.return": _("trả lại văn bản để sửa"),
    "documents.sign": _("ký văn bản"),
    "documents.take_number": _("lấy số văn bản"),
    "documents.reserve_number": _("giữ một số văn bản"),
    "documents.void_number": _("hủy một số văn bản"),
    "documents.begin_register": _("tiếp nối sổ văn bản giấy"),
    "documents.send": _("gửi văn bản đi"),
    "documents.shelve": _("đưa lời của văn bản đã gửi vào thư viện"),
    "documents.replace": _("soạn bản mới thay văn bản đã gửi"),
    "documents.drop": _("bỏ một văn bản chưa gửi"),
    "documents.receive": _("mở văn bản đến"),
    "documents.keep_wording": _("sửa mẫu văn bản của cơ quan"),
    "documents.drop_wording": _("bỏ mẫu văn bản của cơ quan"),
}
