"""What the acts of this room are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "followup.chase": _("đôn đốc"),
    "followup.open_periods": _("mở kỳ mới"),
    "followup.record_progress": _("ghi tiến độ"),
    "followup.settle": _("phân công theo kế hoạch"),
    "followup.take_back_note": _("hoàn tác lần ghi tiến độ"),
    "followup.add_step": _("thêm bước thực hiện"),
    "followup.answer_obstacle": _("trả lời vướng mắc"),
    "followup.change_step": _("sửa bước thực hiện"),
    "followup.count_below": _("tính tiến độ từ cấp dưới"),
    "followup.extend": _("gia hạn"),
    "followup.finish_step": _("xong một bước"),
    "followup.follow_calendar": _("tính lại hạn trả lời theo lịch làm việc"),
    "followup.forward_obstacle": _("chuyển vướng mắc"),
    "followup.hand_back": _("trả việc cho cơ quan cũ"),
    "followup.hand_over": _("chuyển việc cho cơ quan kế thừa"),
    "followup.move_step": _("đổi thứ tự bước"),
    "followup.raise_obstacle": _("nêu vướng mắc"),
    "followup.remove_step": _("bỏ bước thực hiện"),
    "followup.reopen_obstacle": _("nêu lại vướng mắc"),
    "followup.reopen_duty": _("mở lại việc báo cáo"),
    "followup.set_rhythm": _("đặt nhịp báo"),
    "followup.settle_duty": _("khép việc báo cáo bằng báo cáo đã gửi"),
    "followup.settle_obstacle": _("khép vướng mắc đã gỡ"),
    "followup.take_in": _("nối việc với kế hoạch cấp dưới"),
    "followup.withdraw_obstacle": _("rút vướng mắc"),
}
