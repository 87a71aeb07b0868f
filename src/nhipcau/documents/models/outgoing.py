"""What an organisation writes itself: its drafts, their way to the signature, their numbers, and whom they went to."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.core.ids import public_id
from nhipcau.core.models import StoredFile
from nhipcau.organisations.models import Organisation
from vanban.official import OfficialDocument, symbol_of
from vanban.official.stored import from_dict
from vanban.text import search_text

from .library import Document

ARRIVALS = "Văn bản đến"  # in place of a type: the sequence of what arrives


class Numbering(models.Model):
    """How far one sequence of numbers has come: one a year for each organisation and type of document (Nghị định
    30/2020/NĐ-CP, Điều 15: it begins anew with 01 on 1 January). Its row is locked while a number is taken."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    doc_type = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "doc_type", "year"), name="numbering_once"),)

    def __str__(self) -> str:
        return f"{self.doc_type} {self.year}: {self.last}"


class Outgoing(models.Model):
    """A document of an organisation's own ("văn bản đi").

    ``content`` is the ``vanban.official.OfficialDocument`` as plain values. Once signed its words are closed; once sent
    it is frozen: its files and their digests never change. Who was wrong writes a new edition that ``replaces`` it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        SUBMITTED = "submitted", _("chờ ký")
        RETURNED = "returned", _("trả lại để sửa")
        SIGNED = "signed", _("đã ký, chờ số")
        NUMBERED = "numbered", _("đã có số, chờ gửi")
        SENT = "sent", _("đã gửi")
        DROPPED = "dropped", _("đã bỏ")

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="outgoing")
    doc_type = models.CharField(_("loại văn bản"), max_length=60)
    subject = models.TextField(_("trích yếu"))
    symbol = models.CharField(_("số, ký hiệu"), max_length=80, blank=True, default="")  # whole, once numbered
    date = models.DateField(_("ngày ban hành"), null=True)
    content = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)  # one more at each change: who writes on an older one is told
    # What it was made from: a thing of any room (``core.refs``), so that the thing can show its document.
    about_kind = models.CharField(max_length=60, blank=True, default="")
    about_id = models.CharField(max_length=40, blank=True, default="")
    given_key = models.CharField(
        max_length=80, blank=True, default=""
    )  # of the program that made it, so that it is once
    edition = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    what_changed = models.TextField(blank=True, default="")  # in an edition that replaces another
    drafted_by = models.PositiveBigIntegerField(null=True)
    signed_by = models.PositiveBigIntegerField(null=True)
    signed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    docx = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, related_name="outgoing")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    folded = models.TextField(editable=False, default="")

    class Meta:
        indexes = (
            models.Index(fields=("organisation", "state", "-changed_at"), name="outgoing_list"),
            models.Index(fields=("about_kind", "about_id"), name="outgoing_about"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "given_key"), condition=~models.Q(given_key=""), name="outgoing_given_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.doc_type} {self.symbol or self.subject}"[:200]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = search_text(self.doc_type, self.symbol, self.subject)
        super().save(*args, **kwargs)

    @property
    def official(self) -> OfficialDocument:
        """The document as a value."""
        return from_dict(self.content)

    @property
    def is_open(self) -> bool:
        """Whether its words can still be changed."""
        return self.state in (self.State.DRAFT, self.State.RETURNED)

    @property
    def is_frozen(self) -> bool:
        """Whether it has left the house."""
        return self.state == self.State.SENT


class RegisterNumber(models.Model):
    """One number of a sequence: kept free for a document, used by one, or void with the reason. No number is missing
    between 1 and the last one taken."""

    class State(models.TextChoices):
        RESERVED = "reserved", _("giữ chỗ")
        USED = "used", _("đã dùng")
        VOID = "void", _("hủy")

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    numbering = models.ForeignKey(Numbering, on_delete=models.PROTECT, related_name="numbers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="numbers_taken")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=60)  # what follows it in the symbol
    state = models.CharField(max_length=10, choices=State.choices)
    date = models.DateField()  # of the document
    subject = models.TextField()  # what it is (kept) for: a paper document may have no other row
    outgoing = models.OneToOneField(Outgoing, on_delete=models.PROTECT, null=True, related_name="number")
    reason = models.CharField(max_length=500, blank=True, default="")  # why it is void
    # What the book says beside it (Nghị định 30/2020/NĐ-CP, Phụ lục IV): taken over from the document as it is numbered,
    # or written by the clerk for a document on paper.
    signer = models.CharField(max_length=120, blank=True, default="")
    recipients = models.TextField(blank=True, default="")
    archive = models.CharField(max_length=250, blank=True, default="")
    copies = models.PositiveIntegerField(null=True)
    person_id = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    folded = models.TextField(editable=False, default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("numbering", "number"), name="registernumber_once"),)
        indexes = (models.Index(fields=("organisation", "-date", "-number"), name="registernumber_book"),)

    def __str__(self) -> str:
        return self.symbol

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = search_text(self.symbol, self.subject, self.signer, self.recipients)
        if (named := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*named, "folded"}
        super().save(*args, **kwargs)

    @property
    def symbol(self) -> str:
        """The number with what follows it: "08/KH-UBND"."""
        return symbol_of(self.number, self.code)


class OutgoingStep(models.Model):
    """What happened with a document on its way; rows are only added."""

    class Kind(models.TextChoices):
        DRAFTED = "drafted", _("soạn")
        EDITED = "edited", _("sửa")
        SUBMITTED = "submitted", _("trình ký")
        RETURNED = "returned", _("trả lại")
        SIGNED = "signed", _("ký")
        NUMBERED = "numbered", _("lấy số")
        UNNUMBERED = "unnumbered", _("hủy số")
        SENT = "sent", _("gửi")
        RECEIVED = "received", _("nhận")
        REPLACED = "replaced", _("thay bằng bản mới")
        DROPPED = "dropped", _("bỏ")

    outgoing = models.ForeignKey(Outgoing, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(blank=True, default="")
    content = models.JSONField(null=True)  # what the document said after it, where its words were written
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    person_id = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.outgoing_id}"


class Addressee(models.Model):
    """An organisation of this house to which a document goes, and when its people opened it. Others stand in the
    document's own words only."""

    outgoing = models.ForeignKey(Outgoing, on_delete=models.CASCADE, related_name="sent_to")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="documents_received")
    sent_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("outgoing", "organisation"), name="addressee_once"),)
        indexes = (models.Index(fields=("organisation", "-sent_at"), name="addressee_received"),)

    def __str__(self) -> str:
        return f"{self.outgoing_id} → {self.organisation_id}"


class Wording(models.Model):
    """An organisation's own words for a kind of document that the rooms offer to write (``core.rooms.Paper``); without a
    row the words that come with the software hold. ``words``: subject, paragraphs … with {names} to be filled."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="wordings")
    kind = models.CharField(max_length=60)
    words = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    person_id = models.PositiveBigIntegerField(null=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "kind"), name="wording_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.organisation_id}"
