"""A stored file: its bytes stand under ``FILES_DIR`` by content hash, once, however often it is uploaded."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """Bytes kept for good. Who may read them is decided by the room that refers to the file."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256[:12]
