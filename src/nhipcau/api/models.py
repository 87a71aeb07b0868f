"""Keys of the REST interface."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.organisations.models import Organisation


class Scope(models.TextChoices):
    """What a key may read, and write."""

    ORGANISATIONS = "read:organisations", _("danh bạ cơ quan")
    PLANS = "read:plans", pgettext_lazy("several", "kế hoạch")
    TASKS = "read:tasks", pgettext_lazy("several", "nhiệm vụ")
    ASSIGNMENTS = "read:assignments", _("việc được giao và tiến độ")
    PROGRESS = "write:progress", _("ghi tiến độ, bước, vướng mắc của cơ quan mình")
    CHASES = "write:chases", _("đôn đốc việc của kế hoạch cơ quan mình")
    REPORTS = "read:reports", _("kỳ báo cáo và báo cáo")
    DOCUMENTS = "read:documents", _("văn bản đi, văn bản đến")
    OWN_DOCUMENTS = "write:documents", _("soạn, sửa, trình ký văn bản của cơ quan mình")
    ISSUE = "issue:documents", _("lấy số và gửi văn bản đã ký của cơ quan mình")
    OWN_REPORT = "write:reports", _("gửi nội dung vào bản thảo báo cáo của cơ quan mình")


class ApiToken(models.Model):
    """A key by which a program reads in the name of an organisation. The key itself is shown once and kept nowhere:
    only its digest, and its first signs, by which people tell keys apart."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=120)
    prefix = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
