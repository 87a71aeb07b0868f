"""Other systems that an organisation wants told, and what they were told."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from ..ids import public_id


class Hook(models.Model):
    """An address of another system. ``secret`` signs what is sent there: it must be known to sign, so it is kept,
    encrypted (``core.vault``); people see it once."""

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)
    organisation_id = models.PositiveBigIntegerField(db_index=True)
    name = models.CharField(max_length=120)
    url = models.CharField(max_length=500)
    kinds = models.JSONField(default=list)
    secret = models.CharField(max_length=300)
    made_by_id = models.PositiveBigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(default=timezone.now)  # after it did not answer

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One thing to be told to one address, at least once. ``event_id`` stays the same over all attempts."""

    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="deliveries")
    event_id = models.CharField(max_length=36)
    kind = models.CharField(max_length=60)
    payload = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)
    try_after = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    problem = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("hook", "event_id"), name="delivery_once"),)
        indexes = (
            models.Index(
                fields=("try_after",), condition=models.Q(delivered_at=None, given_up_at=None), name="delivery_next"
            ),
            models.Index(fields=("hook", "-created_at"), name="delivery_log"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"
