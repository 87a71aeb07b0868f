"""The book of what arrives at an organisation ("sổ đăng ký văn bản đến"), on paper or in this house."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.core.ids import public_id
from nhipcau.organisations.models import Organisation
from vanban.text import search_text

from .outgoing import Addressee


class Arrival(models.Model):
    """One document that arrived, under its arrival number: one sequence a year for everything that arrives at an
    organisation, on paper or not (Nghị định 30/2020/NĐ-CP, Điều 22). What was entered by mistake is void with the reason:
    its number is never used again."""

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="arrivals")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    date = models.DateField(_("ngày đến"))
    issuer = models.CharField(_("tác giả"), max_length=250)
    symbol = models.CharField(_("số, ký hiệu"), max_length=80, blank=True, default="")
    issued_on = models.DateField(_("ngày văn bản"), null=True, blank=True)
    subject = models.TextField(_("tên loại và trích yếu"))
    handler = models.CharField(_("đơn vị hoặc người nhận"), max_length=250, blank=True, default="")
    handed_on = models.DateField(_("ngày chuyển"), null=True, blank=True)
    due_on = models.DateField(_("hạn giải quyết"), null=True, blank=True)
    note = models.CharField(_("ghi chú"), max_length=500, blank=True, default="")
    void_reason = models.CharField(max_length=500, blank=True, default="")
    addressee = models.OneToOneField(Addressee, on_delete=models.PROTECT, null=True, related_name="arrival")
    version = models.PositiveIntegerField(default=1)
    person_id = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    folded = models.TextField(editable=False, default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "year", "number"), name="arrival_once"),)
        indexes = (models.Index(fields=("organisation", "year", "-number"), name="arrival_book"),)

    def __str__(self) -> str:
        return f"{self.number}/{self.year} {self.symbol}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = search_text(str(self.number), self.issuer, self.symbol, self.subject, self.handler)
        super().save(*args, **kwargs)
