"""The calendar of working days, the limits of law, and the clocks that run by them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vanban.text import search_text


class CalendarDay(models.Model):
    """A day that is not what its weekday says, by which text. Rows of ``nhipcau.core.data/calendar.csv`` begin the table;
    from then on it is the only truth. ``applies`` is false for what was only proposed. ``person_id``: who wrote the row
    last; null: as it came with the software."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("Nghỉ lễ, tết")
        COMPENSATORY = "compensatory", _("Nghỉ bù")
        SWAP_OFF = "swap_off", _("Nghỉ hoán đổi")
        SWAP_WORK = "swap_work", _("Làm bù")

    date = models.DateField(_("ngày"), unique=True)
    kind = models.CharField(_("loại ngày"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("tên"), max_length=160)
    basis = models.CharField(_("căn cứ"), max_length=300)
    confirmed = models.BooleanField(_("đã có thông báo chính thức"), default=True)
    applies = models.BooleanField(_("áp dụng khi tính hạn"), default=True)
    person_id = models.PositiveBigIntegerField(null=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("date",)

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class CalendarChange(models.Model):
    """One change of the calendar, and what became of the clocks that were running. ``made_at`` null until they have been
    computed again; ``first_on`` and ``last_on`` bound the days that changed."""

    class What(models.TextChoices):
        ADDED = "added", _("thêm")
        CHANGED = "changed", _("sửa")
        REMOVED = "removed", _("bỏ")
        LOADED = "loaded", _("nhận dữ liệu kèm phần mềm")
        CHECKED = "checked", _("kiểm tra hằng ngày")

    what = models.CharField(max_length=10, choices=What.choices)
    first_on = models.DateField()
    last_on = models.DateField()
    words = models.CharField(max_length=400)  # of the day as it was, and as it is: data, not interface
    basis = models.CharField(max_length=300, blank=True, default="")
    person_id = models.PositiveBigIntegerField(null=True)
    organisation_id = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True)
    moved = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.what} {self.words}"


class LegalRule(models.Model):
    """A limit that a text of law (or the house's own custom) sets, from a day to a day. What was in force for past cases is
    never edited: another version follows. ``limit``, ``roll``, ``receipt``: see ``core.clocks``; ``roll`` "" leaves it
    to the limit's kind."""

    class Roll(models.TextChoices):
        DEFAULT = "", _("theo loại thời hạn")
        NEXT = "next", _("sang ngày làm việc tiếp theo")
        BACK = "back", _("về ngày làm việc trước đó")
        NONE = "none", _("giữ nguyên")

    class Receipt(models.TextChoices):
        AS_IS = "as_is", _("tính từ lúc nhận")
        NEXT_WORKING_DAY = "next_working_day", _("nhận vào ngày nghỉ thì tính từ ngày làm việc tiếp theo")

    code = models.CharField(
        _("mã"),
        max_length=60,
        validators=[
            RegexValidator(
                r"\A[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+\Z",
                _("Mã gồm chữ thường không dấu, số, gạch dưới, có dấu chấm ngăn phần, ví dụ press.reply."),
            )
        ],
    )
    name = models.CharField(_("tên"), max_length=200)
    limit = models.CharField(_("thời hạn"), max_length=40)
    roll = models.CharField(_("ngày cuối là ngày nghỉ thì"), max_length=5, choices=Roll.choices, blank=True, default="")
    receipt = models.CharField(_("lúc bắt đầu"), max_length=16, choices=Receipt.choices, default=Receipt.AS_IS)
    valid_from = models.DateField(_("áp dụng từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    basis = models.CharField(_("căn cứ"), max_length=300)
    source = models.CharField(_("nguồn"), max_length=500)
    note = models.CharField(_("ghi chú"), max_length=500, blank=True, default="")
    person_id = models.PositiveBigIntegerField(null=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    folded = models.TextField(editable=False, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("code", "valid_from"), name="legalrule_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="legalrule_begins_first"
            ),
        )
        ordering = ("code", "valid_from")

    def __str__(self) -> str:
        return f"{self.code} {self.limit}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self) -> None:
        """Fill what is computed from the other fields. ``save`` calls it; call it before ``bulk_create``."""
        self.folded = search_text(self.code, self.name, self.basis, self.note)

    def is_in_force(self, day: dt.date) -> bool:
        """Whether it holds for a case that begins on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Clock(models.Model):
    """A limit that runs for one thing of any room (kind, public id). ``due_at`` is what counts; everything else says how
    it came about, so that it can be computed again. ``first_on`` and ``last_on``: the days that the computation looked
    at; no change outside can move it."""

    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    organisation_id = models.PositiveBigIntegerField(null=True)  # who must act
    rule = models.ForeignKey(LegalRule, on_delete=models.PROTECT, null=True, related_name="clocks")
    limit = models.CharField(max_length=40)
    roll = models.CharField(max_length=5, blank=True, default="")
    receipt = models.CharField(max_length=16, default=LegalRule.Receipt.AS_IS)
    extends_from = models.CharField(max_length=8, default="nominal")
    from_at = models.DateTimeField()
    extensions = models.JSONField(default=list)  # [{limit, reason, by, at}]
    due_at = models.DateTimeField()
    nominal_on = models.DateField()
    first_on = models.DateField()
    last_on = models.DateField()
    started_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("subject_kind", "subject_id"), name="clock_subject"),
            models.Index(fields=("last_on", "first_on"), condition=Q(closed_at=None), name="clock_open_span"),
            models.Index(fields=("organisation_id", "due_at"), condition=Q(closed_at=None), name="clock_open_due"),
        )

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} {self.due_at}"


class ClockMove(models.Model):
    """That a change of the calendar moved a running clock: from when to when. One job writes a hundred thousand of these in
    one statement after another, from the clocks themselves: the database need not look each of them up again."""

    change = models.ForeignKey(
        CalendarChange, on_delete=models.CASCADE, related_name="moves", db_index=False, db_constraint=False
    )
    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="moves", db_constraint=False)
    organisation_id = models.PositiveBigIntegerField(null=True)
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("change", "organisation_id", "new_due_at"), name="clockmove_listed"),)

    def __str__(self) -> str:
        return f"{self.clock_id}: {self.old_due_at} → {self.new_due_at}"
