"""What the acts of this room are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "reporting.accept": _("chấp nhận báo cáo"),
    "reporting.add_sentence": _("thêm câu vào báo cáo"),
    "reporting.add_units": _("thêm đơn vị vào kỳ báo cáo"),
    "reporting.ask_changes": _("yêu cầu bổ sung báo cáo"),
    "reporting.change_outline": _("sửa mẫu đề cương"),
    "reporting.change_regime": _("sửa chế độ báo cáo"),
    "reporting.chase": _("nhắc gửi báo cáo"),
    "reporting.close_round": _("đóng kỳ báo cáo"),
    "reporting.copy_outline": _("lập mẫu đề cương"),
    "reporting.correct": _("lập bản đính chính báo cáo"),
    "reporting.draft": _("lập bản thảo báo cáo từ sổ"),
    "reporting.drop_outline": _("bỏ mẫu đề cương"),
    "reporting.edit_figure": _("sửa số liệu của báo cáo"),
    "reporting.edit_sentence": _("sửa câu của báo cáo"),
    "reporting.end_regime": _("kết thúc chế độ báo cáo"),
    "reporting.leave_out": _("bỏ câu khỏi báo cáo"),
    "reporting.make_regime": _("lập chế độ báo cáo"),
    "reporting.merge": _("tổng hợp báo cáo cấp dưới"),
    "reporting.move_round": _("đổi thời hạn kỳ báo cáo"),
    "reporting.open_round": _("mở kỳ báo cáo"),
    "reporting.receive": _("nhận báo cáo từ phần mềm khác"),
    "reporting.restore_figure": _("trả số liệu của báo cáo về sổ"),
    "reporting.restore_sentence": _("trả câu của báo cáo về bản thảo"),
    "reporting.send": _("báo cáo đã gửi đi"),
    "reporting.settle_overlap": _("quyết định chỗ trùng lặp giữa các báo cáo"),
    "reporting.submit": _("trình ký báo cáo"),
    "reporting.take_back": _("báo cáo được trả lại để sửa"),
    "reporting.take_in": _("đưa câu trở lại báo cáo"),
}
