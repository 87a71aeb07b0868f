"""What the acts of this room are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "reporting.accept": _("chấp nhận báo cáo"),
    "reporting.add_sentence": _("thêm câu vào báo cáo"),
    "reporting.add_units": _("thêm đơn vị vào kỳ báo cáo"),
    "reporting.ask_changes": _("yêu cầu bổ sung báo cáo"),
    "reporting.close_round": _("đóng kỳ báo cáo"),
    "reporting.correct": _("lập bản đính chính báo cáo"),
    "reporting.draft": _("lập bản thảo báo cáo từ sổ"),
    "reporting.edit_figure": _("sửa số liệu của báo cáo"),
    "reporting.edit_sentence": _("sửa câu của báo cáo"),
    "reporting.leave_out": _("bỏ câu khỏi báo cáo"),
    "reporting.merge": _("tổng hợp báo cáo cấp dưới"),
    "reporting.move_round": _("đổi thời hạn kỳ báo cáo"),
    "reporting.open_round": _("mở kỳ báo cáo"),
    "reporting.restore_figure": _("trả số liệu của báo cáo về sổ"),
    "reporting.restore_sentence": _("trả câu của báo cáo về bản thảo"),
    "reporting.send": _("báo cáo đã gửi đi"),
    "reporting.submit": _("trình ký báo cáo"),
    "reporting.take_back": _("báo cáo được trả lại để sửa"),
    "reporting.take_in": _("đưa câu trở lại báo cáo"),
}
