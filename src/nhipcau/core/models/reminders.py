"""When a person wants to be written to, which letters of reminding were made, and what they said already."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .notices import OutboxMessage


def evening() -> dt.time:
    """When offices have closed."""
    return dt.time(18, 0)


def morning() -> dt.time:
    """When offices open."""
    return dt.time(7, 30)


class Rhythm(models.Model):
    """How often one person is written to. ``next_at`` is when their next letter may be due: whoever moves it on writes
    that letter, so it is written once."""

    class Kind(models.TextChoices):
        AT_ONCE = "at_once", _("Ngay khi có việc")
        DAILY = "daily", _("Mỗi ngày làm việc một thư")
        WEEKLY = "weekly", _("Mỗi tuần một thư")
        NEVER = "never", _("Không gửi thư, chỉ hiện trong trang")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Thứ Hai")
        TUESDAY = 1, _("Thứ Ba")
        WEDNESDAY = 2, _("Thứ Tư")
        THURSDAY = 3, _("Thứ Năm")
        FRIDAY = 4, _("Thứ Sáu")
        SATURDAY = 5, _("Thứ Bảy")
        SUNDAY = 6, _("Chủ nhật")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="rhythm"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.DAILY)
    hour = models.PositiveSmallIntegerField(default=8, validators=[MaxValueValidator(23)])
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices, default=Weekday.MONDAY)
    quiet_from = models.TimeField(default=evening)
    quiet_to = models.TimeField(default=morning)
    is_quiet_on_days_off = models.BooleanField(default=True)
    next_at = models.DateTimeField(default=timezone.now, db_index=True)
    problem = models.CharField(max_length=300, default="", blank=True)  # why the last letter could not be made

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"


class Reminder(models.Model):
    """One letter of reminding: written with its outbox row, once for a person and a period."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders")
    period = models.CharField(max_length=20)
    letter = models.ForeignKey(OutboxMessage, on_delete=models.SET_NULL, null=True, related_name="+")
    needs = models.PositiveIntegerField(default=0)
    notices = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "period"), name="reminder_once"),)
        indexes = (models.Index(fields=("created_at",), name="reminder_when"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.period}"


class Reminded(models.Model):
    """A need that a person was written to about and that still waits: since when, how often."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "key"), name="reminded_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.key}"
