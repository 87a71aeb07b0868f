"""What the acts of this room are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "account.change_preferences": _("đổi tùy chọn cá nhân"),
    "account.change_rhythm": _("đổi nhịp nhận thư"),
    "account.set_password": _("đặt mật khẩu"),
    "account.turn_second_factor_off": _("tắt xác thực hai bước"),
    "account.turn_second_factor_on": _("bật xác thực hai bước"),
    "core.add_rule_version": _("thêm phiên bản quy định về thời hạn"),
    "core.keep_day": _("ghi một ngày trong lịch làm việc"),
    "core.load_calendar": _("nạp lịch kèm phần mềm"),
    "core.load_rules": _("nạp quy định kèm phần mềm"),
    "core.remove_day": _("bỏ một ngày khỏi lịch làm việc"),
    "core.withdraw_rule_version": _("bỏ phiên bản quy định về thời hạn"),
    "feeds.make": _("tạo đường dẫn lịch của cơ quan"),
    "feeds.make_own": _("tạo đường dẫn lịch của mình"),
    "feeds.withdraw": _("rút đường dẫn lịch"),
    "hooks.make": _("nối hệ thống ngoài"),
    "hooks.test": _("gửi thử tới hệ thống ngoài"),
    "hooks.withdraw": _("thôi báo hệ thống ngoài"),
    "system.retry_letters": _("gửi lại thư chưa gửi được"),
}
