"""Picture files: PNG, JPEG, TIFF of many pages, WebP and BMP, opened without trusting what they say about themselves."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from typing import TypeVar

import numpy as np
from PIL import Image, ImageOps

from vanban.errors import Unreadable, unreadable
from vanban.source import limits

T = TypeVar("T")

#: By media type the name of the format.
FORMATS = {
    "image/png": "PNG", "image/jpeg": "JPEG", "image/tiff": "TIFF", "image/webp": "WEBP", "image/bmp": "BMP",
}  # fmt: skip
_LONGEST = 4_400  # pixels: more make reading slower, not better
_DPI = 100, 1200  # what a file may sensibly say; screens and phones write 72 or 96 and mean nothing by it
_INCHES = 4.0, 18.0  # how wide and high a page is


class File:
    """A picture file; its pages are taken one by one."""

    def __init__(self, data: bytes, media_type: str) -> None:
        """Raises ``Unreadable`` ("damaged", "picture-too-large", "picture-too-small", "too-many-pages")."""
        self._kind = FORMATS[media_type]
        # A JPEG may be an MPO: the same photograph several times. Only a TIFF has pages.
        self._image = self._safely(lambda: Image.open(io.BytesIO(data), formats=[self._kind, "MPO"]))
        self.pages = self._safely(lambda: getattr(self._image, "n_frames", 1)) if self._kind == "TIFF" else 1
        if self.pages > limits.MAX_SCANS:
            raise unreadable("too-many-pages", pages=self.pages, limit=limits.MAX_SCANS)
        self._check()

    def page(self, number: int) -> tuple[Image.Image, float | None]:
        """Page ``number`` (from 1), upright as its file says, and its dots an inch where they are stated sensibly.

        Raises ``Unreadable`` as above.
        """
        if self.pages > 1:
            self._safely(lambda: self._image.seek(number - 1))
            self._check()
        picture = self._safely(self._loaded)
        factor = -(-max(picture.size) // _LONGEST)
        dpi = self._dpi()
        if factor > 1:
            picture = picture.reduce(factor)
        return picture, dpi / factor if dpi else None

    def _check(self) -> None:
        width, height = self._image.size
        if width * height > limits.MAX_PIXELS:
            raise unreadable("picture-too-large", limit=limits.MAX_PIXELS // 1_000_000)
        if min(width, height) < limits.MIN_SIDE:
            raise unreadable("picture-too-small")

    def _loaded(self) -> Image.Image:
        picture = self._image
        if picture.format == "JPEG":
            picture.draft(None, (_LONGEST // 2, _LONGEST // 2))  # a very large one is unpacked at half its size
        picture.load()
        return _flat(ImageOps.exif_transpose(picture))

    def _dpi(self) -> float | None:
        stated = self._image.info.get("dpi")
        try:
            across, down = (float(value) for value in stated) if stated else (0.0, 0.0)
        except (TypeError, ValueError, ZeroDivisionError):
            return None
        if not _DPI[0] <= across <= _DPI[1] or abs(across - down) > 1:
            return None
        inches = [side / across for side in self._image.size]
        return across if _INCHES[0] <= min(inches) and max(inches) <= _INCHES[1] else None

    def _safely(self, work: Callable[[], T]) -> T:
        """What ``work`` gives; Pillow raises a dozen kinds of errors on damaged input."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what Pillow has to say of odd metadata
                return work()
        except (MemoryError, Unreadable):
            raise
        except Image.DecompressionBombError as error:
            raise unreadable("picture-too-large", limit=limits.MAX_PIXELS // 1_000_000) from error
        except Exception as error:
            raise unreadable("damaged", kind=self._kind) from error


def _flat(picture: Image.Image) -> Image.Image:
    """``picture`` in grey or colour on white paper."""
    if picture.mode in ("I;16", "I;16B", "I", "F"):
        values = np.asarray(picture).astype(np.float64)
        most = 65535.0 if values.max() > 255 else 255.0
        return Image.fromarray(np.clip(values * (255 / most), 0, 255).astype(np.uint8))
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        paper = Image.new("RGB", picture.size, (255, 255, 255))
        paper.paste(picture, mask=picture.getchannel("A"))
        return paper
    return picture.convert("L" if picture.mode in ("1", "L") else "RGB")
