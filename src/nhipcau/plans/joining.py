"""Pictures of pages put together as one PDF, each as it was sent.

A JPEG stands in the PDF byte for byte, and so do the packed pixels of a plain PNG: nothing is lost and nothing is
unpacked, so this needs no sandbox. What a PDF cannot hold (WebP, BMP, TIFF, a PNG with see-through parts) is turned into
PNGs inside it first (``unpacking``). The same pictures in the same order give the same PDF. No Django here.
"""

from __future__ import annotations

import dataclasses
import re
import struct
from collections.abc import Iterable, Sequence
from typing import IO

from PIL import Image

LONG_SIDE = 842.0  # points: the long side of a sheet of A4
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_TURNS = {3: 180, 6: 90, 8: 270}  # what a camera says of how it was held → degrees clockwise
_TAKEN, _DETAILS, _ORIENTATION = 0x9003, 0x8769, 0x0112
_PNG = b"\x89PNG\r\n\x1a\n"


class NotPlain(Exception):
    """The picture cannot stand in a PDF as it is."""


@dataclasses.dataclass(frozen=True, slots=True)
class Sheet:
    """A picture as a PDF holds it: its size, its dictionary's entries, its packed pixels, how it is turned."""

    width: int
    height: int
    entries: bytes
    data: bytes
    turn: int = 0


def is_picture(head: bytes) -> str | None:
    """The media type of a file that begins with ``head``, where it is a picture that can be read."""
    kinds = (
        (b"\xff\xd8\xff", "image/jpeg"), (_PNG, "image/png"), (b"II*\0", "image/tiff"), (b"MM\0*", "image/tiff"),
        (b"BM", "image/bmp"),
    )  # fmt: skip
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for magic, kind in kinds if head.startswith(magic)), None)


def write(sheets: Iterable[Sheet], out: IO[bytes]) -> int:
    """Write the PDF of these sheets, a page each; returns how many bytes it has."""
    made = _Writer(out)
    pages = []
    for sheet in sheets:
        scale = LONG_SIDE / max(sheet.width, sheet.height)
        width, height = round(sheet.width * scale, 2), round(sheet.height * scale, 2)
        picture = made.add(
            b"/Type/XObject/Subtype/Image/Width %d/Height %d%s" % (sheet.width, sheet.height, sheet.entries), sheet.data
        )
        drawn = made.add(b"", f"{width} 0 0 {height} 0 0 cm /P Do".encode())
        pages.append(
            made.add(
                f"/Type/Page/Parent 1 0 R/MediaBox[0 0 {width} {height}]/Rotate {sheet.turn}"
                f"/Contents {drawn} 0 R/Resources<</XObject<</P {picture} 0 R>>>>".encode()
            )
        )
    return made.end(pages)


class _Writer:
    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._at = 0
        self._places = {1: 0}
        self._say(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")

    def add(self, entries: bytes, data: bytes | None = None) -> int:
        """An object, with a stream where there is ``data``; returns its number."""
        number = len(self._places) + 1
        self._object(number, entries, data)
        return number

    def end(self, pages: Sequence[int]) -> int:
        kids = b" ".join(b"%d 0 R" % page for page in pages)
        self._object(1, b"/Type/Pages/Count %d/Kids[%s]" % (len(pages), kids))
        root = self.add(b"/Type/Catalog/Pages 1 0 R")
        table = self._at
        self._say(b"xref\n0 %d\n0000000000 65535 f \n" % (len(self._places) + 1))
        for number in sorted(self._places):
            self._say(b"%010d 00000 n \n" % self._places[number])
        size = len(self._places) + 1
        self._say(b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, table))
        return self._at

    def _object(self, number: int, entries: bytes, data: bytes | None = None) -> None:
        self._places[number] = self._at
        if data is None:
            self._say(b"%d 0 obj<<%s>>endobj\n" % (number, entries))
            return
        self._say(b"%d 0 obj<<%s/Length %d>>stream\n" % (number, entries, len(data)))
        self._say(data)
        self._say(b"\nendstream endobj\n")

    def _say(self, data: bytes) -> None:
        self._out.write(data)
        self._at += len(data)


# --- pictures as they are --------------------------------------------------------------------------------------------


def plain(data: bytes) -> Sheet:
    """A JPEG or a plain PNG as a PDF holds it. Raises ``NotPlain``."""
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return _jpeg(data)
        if data.startswith(_PNG):
            return _png(data)
    except (IndexError, struct.error) as problem:
        raise NotPlain from problem
    raise NotPlain


def _jpeg(data: bytes) -> Sheet:
    is_adobe = False
    for marker, start, end in _segments(data):
        if marker == 0xEE and data[start : start + 5] == b"Adobe":
            is_adobe = True
        if marker in _FRAMES:
            bits, height, width, parts = struct.unpack(">BHHB", data[start : start + 6])
            space = {1: b"/DeviceGray", 3: b"/DeviceRGB", 4: b"/DeviceCMYK"}.get(parts)
            if space is None or bits != 8 or not width or not height or end > len(data):
                raise NotPlain
            entries = b"/ColorSpace%s/BitsPerComponent 8/Filter/DCTDecode" % space
            if parts == 4 and is_adobe:  # Adobe's programs write ink the other way round
                entries += b"/Decode[1 0 1 0 1 0 1 0]"
            return Sheet(width, height, entries, data, _TURNS.get(orientation(data), 0))
    raise NotPlain


def _segments(data: bytes) -> Iterable[tuple[int, int, int]]:
    """The segments of a JPEG before its pixels: marker, where its content begins, where it ends."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise NotPlain
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xDA or marker == 0xD9:
            return
        if 0xD0 <= marker <= 0xD8 or marker == 0x01:
            at += 2
            continue
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        if length < 2:
            raise NotPlain
        yield marker, at + 4, at + 2 + length
        at += 2 + length


def _png(data: bytes) -> Sheet:
    width, height, bits, colour, _packing, _filter, laced = struct.unpack(">IIBBBBB", data[16:29])
    if colour not in (0, 2) or bits > 8 or laced or not width or not height:
        raise NotPlain
    pixels, at = [], 8
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if kind == b"IDAT":
            pixels.append(data[at + 8 : at + 8 + length])
        if kind == b"tRNS":
            raise NotPlain
        at += 12 + length
    if not pixels:
        raise NotPlain
    parts = 3 if colour == 2 else 1
    return Sheet(width, height, _packed(parts, bits, width), b"".join(pixels))


def _packed(parts: int, bits: int, width: int) -> bytes:
    space = b"/DeviceRGB" if parts == 3 else b"/DeviceGray"
    return (
        b"/ColorSpace%s/BitsPerComponent %d/Filter/FlateDecode"
        b"/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent %d/Columns %d>>" % (space, bits, parts, bits, width)
    )


# --- what a camera says ----------------------------------------------------------------------------------------------


def orientation(data: bytes) -> int:
    """How the camera was held, by the picture's Exif; 1 (upright) where it does not say."""
    value = _exif(data).get(_ORIENTATION)
    return value if isinstance(value, int) else 1


def taken(data: bytes) -> str:
    """When the picture was taken, as its Exif writes it ("2026:11:22 15:20:07"); "" where it does not say."""
    try:
        value = _exif(data).get_ifd(_DETAILS).get(_TAKEN)
    except Exception:  # what Pillow raises on damaged metadata is not told
        return ""
    found = re.match(r"\d{4}:\d\d:\d\d \d\d:\d\d:\d\d", value) if isinstance(value, str) else None
    return found.group() if found and found.group() > "1980" else ""


def _exif(data: bytes) -> Image.Exif:
    exif = Image.Exif()
    try:
        for marker, start, end in _segments(data) if data.startswith(b"\xff\xd8\xff") else ():
            if marker == 0xE1 and data[start : start + 6] == b"Exif\0\0":
                exif.load(data[start:end])
                dict(exif)  # what is wrong shows now
                break
    except Exception:
        return Image.Exif()
    return exif
