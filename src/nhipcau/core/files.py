"""Uploads and stored files: one place that takes bytes in and gives them out."""

from __future__ import annotations

from django.core.files.uploadhandler import TemporaryFileUploadHandler


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Writes an upload to disk as it arrives."""
