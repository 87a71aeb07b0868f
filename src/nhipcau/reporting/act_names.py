"""What the acts of this room are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "reporting.draft": _("lập bản thảo báo cáo từ sổ"),
}
