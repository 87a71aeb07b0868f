"""The pictures of the lines that a review shows beside the words read from them."""

from __future__ import annotations

from django.urls import reverse

from nhipcau.documents import pictures

from ..models import Reading
from ..reviewing.edition import Edition, Gap, Pair, Picture

BROKEN = "broken"


def illustrate(edition: Edition, reading: Reading) -> None:
    """Give the blocks of an edition the pictures of their lines: of pages that were read from pictures, and of all where
    the text is torn."""
    layout = pictures.layout_of(reading.text)
    if layout is None:
        return
    is_torn = reading.current["source"]["text_quality"] == BROKEN
    cuts = pictures.cuts(layout, None if is_torn else layout.ocr_pages)
    way, _page = reverse("reading_page", args=[reading.public_id, 0]).rsplit("0", 1)
    for block in edition.blocks:
        if isinstance(block, Pair | Gap) and block.lines:
            words = {line.number: line.text for line in block.lines}
            for cut in cuts(block.lines[0].number, block.lines[-1].number):
                page = f"{way}{cut.page}.webp"
                read = " ".join(words[n] for n in range(cut.first, cut.last + 1) if n in words)
                source = f"{page}?dong={cut.first}-{cut.last}"
                block.pictures.append(Picture(source, page, cut.page, cut.height, read))
