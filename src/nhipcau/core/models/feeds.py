"""A calendar that people subscribe to by a secret link."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Feed(models.Model):
    """The link of one person's calendar or of one organisation's. The link is shown once; only its digest is kept, and
    its first signs, by which people tell links apart."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="feeds")
    organisation_id = models.PositiveBigIntegerField(null=True)
    name = models.CharField(max_length=120)
    prefix = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    made_by_id = models.PositiveBigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(person=None, organisation_id__isnull=False) | Q(person__isnull=False, organisation_id=None),
                name="feed_of_one",
            ),
        )
        indexes = (models.Index(fields=("organisation_id",), name="feed_organisation"),)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
