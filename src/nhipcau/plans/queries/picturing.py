"""The pictures of the lines that a review shows beside the words read from them."""

from __future__ import annotations

from django.urls import reverse

from nhipcau.documents.queries import pictures

from ..models import Reading
from ..reviewing.edition import Edition, Gap, Pair

BROKEN = "broken"


def illustrate(edition: Edition, reading: Reading) -> None:
    """Give the blocks of an edition the pictures of their lines: of pages that were read from pictures, and of all where
    the text is torn."""
    layout = pictures.layout_of(reading.text)
    if layout is None:
        return
    is_torn = reading.current["source"]["text_quality"] == BROKEN
    cut = pictures.cuts(layout, None if is_torn else layout.ocr_pages)
    address = reverse("reading_page", args=[reading.public_id, 0])
    for block in edition.blocks:
        if isinstance(block, Pair | Gap):
            block.pictures = pictures.of_lines(cut, address, block.lines)
