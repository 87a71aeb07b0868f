"""Photographs made plain inside the sandbox: upright, of a size to look at, without what their camera wrote into them
(where they were taken, by which phone). No Django here."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image, ImageOps

from nhipcau.core.sandbox import is_out_of_memory

LONGEST = 2400  # pixels: a photographed page is read at that size
QUALITY = 82
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP")


def plain(progress: Callable[[int, int], None], *, paths: list[str]) -> list[bool]:
    """Make of each picture file a JPEG beside it ("….jpg") with nothing but its pixels; whether each could be opened."""
    made = []
    for number, path in enumerate(paths, start=1):
        made.append(_plain(path))
        progress(number, len(paths))
    return made


def _plain(path: str) -> bool:
    try:
        with Image.open(path, formats=_FORMATS) as found:
            found.draft("RGB", (LONGEST, LONGEST))
            picture = ImageOps.exif_transpose(found)
            picture.thumbnail((LONGEST, LONGEST))
            whole = _on_white(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        if is_out_of_memory(problem):
            raise
        return False
    whole.save(f"{path}.jpg", "JPEG", quality=QUALITY, optimize=True)
    return True


def _on_white(picture: Image.Image) -> Image.Image:
    """Only the pixels: a new picture takes no notes along."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        coloured = picture.convert("RGBA")
        sheet = Image.new("RGB", coloured.size, "white")
        sheet.paste(coloured, mask=coloured.getchannel("A"))
        return sheet
    mode = "L" if picture.mode in ("1", "L", "I;16") else "RGB"
    sheet = Image.new(mode, picture.size)
    sheet.paste(picture.convert(mode))
    return sheet
