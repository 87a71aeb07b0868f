"""What the acts of this room are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "reporting.add_units": _("thêm đơn vị vào kỳ báo cáo"),
    "reporting.close_round": _("đóng kỳ báo cáo"),
    "reporting.draft": _("lập bản thảo báo cáo từ sổ"),
    "reporting.merge": _("tổng hợp báo cáo cấp dưới"),
    "reporting.move_round": _("đổi thời hạn kỳ báo cáo"),
    "reporting.open_round": _("mở kỳ báo cáo"),
}
