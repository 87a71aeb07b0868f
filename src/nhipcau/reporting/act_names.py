"""What the acts of this room are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "reporting.accept": _("chấp nhận báo cáo"),
    "reporting.add_units": _("thêm đơn vị vào kỳ báo cáo"),
    "reporting.ask_changes": _("yêu cầu bổ sung báo cáo"),
    "reporting.close_round": _("đóng kỳ báo cáo"),
    "reporting.correct": _("lập bản đính chính báo cáo"),
    "reporting.draft": _("lập bản thảo báo cáo từ sổ"),
    "reporting.merge": _("tổng hợp báo cáo cấp dưới"),
    "reporting.move_round": _("đổi thời hạn kỳ báo cáo"),
    "reporting.open_round": _("mở kỳ báo cáo"),
    "reporting.send": _("báo cáo đã gửi đi"),
    "reporting.submit": _("trình ký báo cáo"),
    "reporting.take_back": _("báo cáo được trả lại để sửa"),
}
