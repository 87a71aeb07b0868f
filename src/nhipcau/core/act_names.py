"""What the acts of this room are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "account.change_preferences": _("đổi tùy chọn cá nhân"),
    "account.change_rhythm": _("đổi nhịp nhận thư"),
    "account.set_password": _("đặt mật khẩu"),
    "account.turn_second_factor_off": _("tắt xác thực hai bước"),
    "account.turn_second_factor_on": _("bật xác thực hai bước"),
}
