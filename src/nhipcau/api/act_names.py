"""What the acts of this room are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "api.make_token": _("lập khóa kết nối"),
    "api.withdraw_token": _("thu hồi khóa kết nối"),
}
