"""A page as it was read, to be shown: upright and level, so that the boxes of its lines fit."""

from __future__ import annotations

import io

from PIL import Image

from vanban.errors import unreadable
from vanban.source import sniff
from vanban.source.pdf import picture_of
from vanban.source.scan.pictures import FORMATS, File
from vanban.source.scan.preparing import look

MAX_WIDTH = 2_500
_WHITE = (255, 255, 255)


def page_image(
    data: bytes, page: int, width: int = 1_000, *, is_scan: bool = True, password: str | None = None, kind: str = "WEBP"
) -> bytes:
    """Page ``page`` (from 1) of a PDF or picture file as a picture (``kind``: WEBP, PNG or JPEG), ``width`` pixels wide.

    ``is_scan`` tells whether the page was read from a picture (``page in source.ocr_pages``). The boxes of
    ``Source.boxes`` are shares of this picture. Raises ``Unreadable``, and ``ValueError`` for a page that is not there.
    """
    width = max(50, min(width, MAX_WIDTH))
    media_type = sniff.media_type(data)
    if media_type == sniff.PDF:
        shown, dots = picture_of(data, page, None if is_scan else width, password)
        dpi: float | None = dots
    elif media_type in FORMATS:
        file = File(data, media_type)
        if not 1 <= page <= file.pages:
            raise ValueError(page)
        shown, dpi = file.page(page)
    else:
        raise unreadable("other-format", kind=media_type)
    if is_scan or media_type != sniff.PDF:
        view, _ = look(shown, dpi)
        colour = shown.convert("RGB") if shown.mode != "L" else shown
        shown = view.drawn(colour, width / view.width, _WHITE if colour.mode == "RGB" else 255)
    out = io.BytesIO()
    shown.resize((width, max(1, round(shown.height * width / shown.width))), Image.Resampling.LANCZOS).save(
        out, kind, quality=80
    )
    return out.getvalue()
