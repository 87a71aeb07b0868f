"""Work of this room that takes longer than a page."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from nhipcau.core import files
from nhipcau.core.acts import SYSTEM
from nhipcau.core.jobs import Run, job
from vanban import source

from .actions.outgoing import shelve_document
from .models import Outgoing, Text
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


@job("documents.shelve")
def shelve(_run: Run, *, outgoing_id: int) -> None:
    """Read the PDF of a document that this house has made and sent, so that its words can be found and cited."""
    outgoing = Outgoing.objects.select_related("pdf").filter(pk=outgoing_id).first()
    if outgoing is None or outgoing.pdf is None:
        return
    name = f"{outgoing.symbol.replace('/', '-')}.pdf"
    shelve_document(SYSTEM, outgoing, source.load(files.path_of(outgoing.pdf), name=name))
