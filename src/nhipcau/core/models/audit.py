"""The audit trail: who did what, for which organisation, when, to which fields. Never a personal value.

One hash chain an organisation (organisation 0 is the installation itself). Rows can be neither changed nor deleted:
triggers in both databases refuse it (see the first migration).
"""

from __future__ import annotations

from django.db import models


class AuditChain(models.Model):
    """The head of one organisation's chain; its row is locked while an event is added. ``far_seq``: how many of its acts
    change what other organisations read in their own work (``Act.stays_near``)."""

    organisation_id = models.PositiveBigIntegerField(primary_key=True)
    last_seq = models.PositiveBigIntegerField(default=0)
    far_seq = models.PositiveBigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.last_seq}"


class AuditEvent(models.Model):
    """One act. ``fields`` maps each field that changed to a keyed digest of its new value."""

    organisation_id = models.PositiveBigIntegerField()
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    person_id = models.PositiveBigIntegerField(null=True)
    act = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    fields = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation_id", "seq"), name="audit_one_chain"),)
        indexes = (
            models.Index(fields=("subject_kind", "subject_id"), name="audit_subject"),
            models.Index(fields=("organisation_id", "at"), name="audit_when"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id}/{self.seq} {self.act}"


class AuditKey(models.Model):
    """The key of one subject's digests. Destroying it (``key`` empty) makes them unreadable for ever; the chain still
    holds."""

    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    key = models.BinaryField(max_length=32)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("subject_kind", "subject_id"), name="audit_key_subject"),)

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}"


class TrailCheck(models.Model):
    """One walk over a chain: how long it was, its last hash, and the sentences about its breaks (none: it holds)."""

    organisation_id = models.PositiveBigIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    person_id = models.PositiveBigIntegerField(null=True)  # who asked for it; null: the house, by itself
    length = models.PositiveBigIntegerField()
    last_hash = models.CharField(max_length=64)
    breaks = models.JSONField(default=list)

    class Meta:
        indexes = (models.Index(fields=("organisation_id", "-at"), name="trailcheck_latest"),)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.at}"
