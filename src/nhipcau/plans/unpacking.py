"""Pictures that a PDF cannot hold as they are, turned into PNGs inside the sandbox. No Django here."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from nhipcau.core.sandbox import is_out_of_memory
from vanban.errors import Unreadable
from vanban.source.scan.pictures import FORMATS, File


def unpacked(progress: Callable[[int, int], None], *, path: str, media_type: str, folder: str) -> dict[str, object]:
    """Turn each page of a picture file into a PNG in ``folder`` (pixels as they are); returns their ``places``, or why
    not (``unreadable``)."""
    try:
        file = File(Path(path).read_bytes(), media_type if media_type in FORMATS else "image/png")
        places = []
        for number in range(1, file.pages + 1):
            picture, _dpi = file.page(number)
            place = Path(folder) / f"{Path(path).name}-{number}.png"
            place.write_bytes(png(picture))
            places.append(str(place))
            progress(number, file.pages)
    except Unreadable as problem:
        if is_out_of_memory(problem):
            raise
        return {"unreadable": {"code": problem.code, "vi": problem.vi, "en": problem.en, "keep": problem.keep}}
    return {"places": places}


def png(picture: Image.Image) -> bytes:
    """A picture as a PNG that ``plain`` takes."""
    held = io.BytesIO()
    (picture if picture.mode in ("L", "RGB") else picture.convert("RGB")).save(held, "PNG", compress_level=6)
    return held.getvalue()
