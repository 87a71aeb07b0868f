"""What people are told, and the outbox that delivers letters after the act's transaction."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Notice(models.Model):
    """One thing that a person is told: in the page, and in their next letter while ``to_mail`` and not read before.

    ``about`` names what it is about; when that is settled the notice is no longer shown.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    organisation_id = models.PositiveBigIntegerField(null=True)
    kind = models.CharField(max_length=60)
    text = models.CharField(max_length=400)
    url = models.CharField(max_length=300, default="", blank=True)
    about = models.CharField(max_length=120, default="", blank=True)
    to_mail = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("person", "read_at", "-created_at"), name="notice_unread"),
            models.Index(fields=("person",), condition=models.Q(to_mail=True), name="notice_to_mail"),
            models.Index(fields=("about",), condition=~models.Q(about=""), name="notice_about"),
        )

    def __str__(self) -> str:
        return self.text


class OutboxMessage(models.Model):
    """One e-mail that an act decided to send; written in the act's transaction, delivered by a job, once. Its words are
    emptied when it is sent: the outbox is no archive, and a letter may hold a link that opens an account."""

    to = models.EmailField()
    language = models.CharField(max_length=5, default="vi")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    html = models.TextField(default="", blank=True)  # the same words with their marks; plain text alone when empty
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_after = models.DateTimeField(default=timezone.now)
    problem = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        indexes = (models.Index(fields=("sent_at", "try_after"), name="outbox_next"),)

    def __str__(self) -> str:
        return self.subject
