"""The library: official documents, the texts that were imported, their lines, and what cites what."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.core.ids import public_id
from nhipcau.core.models import StoredFile
from nhipcau.organisations.models import Organisation
from vanban.text import fold, search_text, sort_key

from ..rules import issuer_key, symbol_key, type_name


class Document(models.Model):
    """An official document as such: held here as a text, or only cited by one that is.

    What tells it apart (type, symbol, the issuer of a local symbol, the name of a law without one) is known to everyone
    who names it. Its other facts stand here only as far as public texts tell them; what a text that is not public tells
    is a ``Naming``, for those who may read that text.

    ``key`` tells documents apart: type, symbol and year for what bears a number, the folded name for a law cited by name.
    """

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    slug = models.SlugField(max_length=120, unique=True, allow_unicode=False)
    key = models.CharField(max_length=250, unique=True)
    doc_type = models.CharField(_("loại văn bản"), max_length=60, blank=True, default="")
    symbol = models.CharField(_("số, ký hiệu"), max_length=80, blank=True, default="")
    issuer = models.CharField(_("cơ quan ban hành"), max_length=250, blank=True, default="")
    place = models.CharField(_("nơi ban hành"), max_length=120, blank=True, default="")
    date = models.DateField(_("ngày ban hành"), null=True, blank=True)
    title = models.TextField(_("trích yếu"), blank=True, default="")
    folded = models.TextField(editable=False, default="")
    sort_key = models.CharField(max_length=520, editable=False, default="", db_index=True)

    class Meta:
        ordering = ("sort_key",)

    def __str__(self) -> str:
        name = self.symbol or self.title
        if self.doc_type and fold(name).startswith(fold(self.doc_type)):
            return name  # "Luật Tiếp cận thông tin" bears its type in its name
        return " ".join(part for part in (self.doc_type, name) if part)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = search_text(self.doc_type, self.symbol, self.issuer, self.title)
        self.sort_key = sort_key(str(self)[:250])[:520]
        super().save(*args, **kwargs)

    def is_issued_by(self, organisation: Organisation) -> bool:
        """Whether this organisation issued the document, by what the document says."""
        return bool(self.issuer) and issuer_key(self.issuer) == issuer_key(organisation.name)


class Text(models.Model):
    """An imported file as it was read: its lines, kept for good, and the file itself. It belongs to the organisation
    that imported it."""

    class Quality(models.TextChoices):
        GOOD = "good", _("rõ")
        BROKEN = "broken", _("mất dấu")
        OCR = "ocr", _("nhận dạng từ ảnh")
        LEGACY = "legacy", _("chuyển mã cũ")

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="texts")
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="texts")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="texts")
    name = models.CharField(max_length=250)
    media_type = models.CharField(max_length=120)
    pages = models.PositiveIntegerField(null=True)
    line_count = models.PositiveIntegerField()
    quality = models.CharField(max_length=10, choices=Quality.choices, default=Quality.GOOD)
    is_public = models.BooleanField(default=False)  # everyone may know what it tells of documents
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Line(models.Model):
    """One line of a text, numbered as the reader counts it."""

    text_of = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    page = models.PositiveIntegerField(null=True)
    text = models.TextField()

    picture = ""  # the address of its page, where a page leads there; nothing of it is stored

    class Meta:
        constraints = (models.UniqueConstraint(fields=("text_of", "number"), name="line_once"),)
        ordering = ("number",)

    def __str__(self) -> str:
        return self.text


class Layout(models.Model):
    """Where the lines of a text stand on the pages of its file, and which of its words may have been read wrongly. Apart
    from the text, since lists of texts never need it.

    ``boxes``: [line, page, x0, y0, x1, y1], edges as shares of the page's width and height. ``ocr_pages``: the pages
    that were read from pictures. ``unsure``: [line, start, end, word, how sure].
    """

    text_of = models.OneToOneField(Text, on_delete=models.CASCADE, primary_key=True, related_name="layout")
    boxes = models.JSONField(default=list)
    ocr_pages = models.JSONField(default=list)
    unsure = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.text_of_id)


class Validity(models.Model):
    """On which days a document is in force, and what replaced it: facts about the country's law, known to everyone.

    The packaged table fills it once (``documents.packaged``); from then on it is the only truth. ``person_id``: who wrote
    the row last; null: as it came with the software. ``replaced_by``: names of documents ("Nghị định 244/2026/NĐ-CP").
    """

    class Ending(models.TextChoices):
        REPLACED = "replaced", _("bị thay thế, bãi bỏ")
        PERIOD = "period", _("hết thời hạn của chính văn bản")

    symbol = models.CharField(_("số, ký hiệu"), max_length=80)
    doc_type = models.CharField(_("loại văn bản"), max_length=60)
    title = models.TextField(_("trích yếu"), blank=True, default="")
    issued = models.DateField(_("ngày ban hành"), null=True, blank=True)
    valid_from = models.DateField(_("có hiệu lực từ"), null=True, blank=True)
    valid_to = models.DateField(_("hết hiệu lực sau ngày"), null=True, blank=True)
    ended_by = models.CharField(_("hết hiệu lực vì"), max_length=10, choices=Ending.choices, blank=True, default="")
    replaced_by = models.JSONField(_("văn bản thay thế"), default=list, blank=True)
    basis = models.CharField(_("căn cứ"), max_length=300, blank=True, default="")
    source = models.CharField(_("nguồn"), max_length=500)
    person_id = models.PositiveBigIntegerField(null=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    key = models.CharField(max_length=80, editable=False, db_index=True)
    folded = models.TextField(editable=False, default="")
    sort_key = models.CharField(max_length=520, editable=False, default="", db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("key", "issued"), name="validity_once"),)
        ordering = ("sort_key",)

    def __str__(self) -> str:
        return f"{type_name(self.doc_type)} {self.symbol}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self) -> None:
        """Fill what is computed from the other fields. ``save`` calls it; call it before ``bulk_create``."""
        self.key = symbol_key(self.symbol)
        self.folded = search_text(type_name(self.doc_type), self.symbol, self.title, *self.replaced_by)
        self.sort_key = sort_key(str(self)[:250])[:520]


class Citation(models.Model):
    """A text cites a document; ``mentions`` are the lines [[first, last], …] of each mention."""

    text_of = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="citations")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="cited_by")
    position = models.PositiveSmallIntegerField()
    is_basis = models.BooleanField(default=False)
    mentions = models.JSONField(default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("text_of", "document"), name="citation_once"),)
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.text_of_id} → {self.document_id}"


class Naming(models.Model):
    """What one text tells of a document that it cites or is, beyond what tells the document apart."""

    FACTS = ("issuer", "place", "date", "title")

    text_of = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="namings")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="namings", db_index=False)
    issuer = models.CharField(max_length=250, blank=True, default="")
    place = models.CharField(max_length=120, blank=True, default="")
    date = models.DateField(null=True, blank=True)
    title = models.TextField(blank=True, default="")
    folded = models.TextField(editable=False, default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("document", "text_of"), name="naming_once"),)

    def __str__(self) -> str:
        return f"{self.text_of_id}: {self.document_id}"
