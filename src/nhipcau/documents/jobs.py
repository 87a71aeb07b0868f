"""Work of this room that takes longer than a page."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from nhipcau.core.jobs import Run, job

from .models import Text
from .queries import pictures


@job("documents.draw_pages", time_limit=dt.timedelta(seconds=settings.READING_SECONDS + 60))
def draw_pages(run: Run, *, text_id: int) -> None:
    """Draw the scanned pages of a text, so that nobody waits for them. They may be drawn later just as well."""
    text = Text.objects.select_related("file").filter(pk=text_id).first()
    layout = pictures.layout_of(text)
    if text is None or layout is None:
        return
    pages = [(page, True) for page in layout.ocr_pages]
    pictures.draw(text, pages, seconds=settings.READING_SECONDS, progress=run.progress, watch=run.check)
