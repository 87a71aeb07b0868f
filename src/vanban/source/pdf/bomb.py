"""Refuses a PDF whose packed streams would fill the memory: PDFium unpacks a whole stream at once."""

from __future__ import annotations

import base64
import re
import zlib

from vanban.errors import unreadable
from vanban.source import limits

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FILTER = re.compile(rb"/(FlateDecode|Fl|ASCII85Decode|A85|ASCIIHexDecode|AHx)\b")
_FLATE = (b"FlateDecode", b"Fl")
_MOST = 1032  # zlib packs no tighter
_HEAD = 2_000  # how far before its data the dictionary of a stream begins
_CHUNK = 1 << 20


def check(data: bytes) -> None:
    """Unpack what is packed in ``data`` piece by piece, up to the limits. Raises ``Unreadable`` ("bomb").

    An encrypted file cannot be looked into; it needs a password first.
    """
    total = 0
    for match in _STREAM.finditer(data):
        head = data[max(match.start() - _HEAD, 0) : match.start()]
        head = head[head.rfind(b" obj") + 1 :]
        filters = _FILTER.findall(head)
        layers = sum(name in _FLATE for name in filters)
        end = data.find(b"endstream", match.end())
        length = (end if end >= 0 else len(data)) - match.end()
        if b"/Image" in head or length * (_MOST**layers) <= limits.MAX_STREAM_BYTES:
            continue
        total += _size(data[match.end() : match.end() + length], filters)
        if total > limits.MAX_STREAMS_BYTES:
            raise unreadable("bomb")


def _size(packed: bytes, filters: list[bytes]) -> int:
    """How large a stream becomes. What is damaged is left to PDFium."""
    for at, name in enumerate(filters):
        last = at + 1 == len(filters)
        try:
            if name in _FLATE:
                packed, size = _inflated(packed, keep=not last)
                if last:
                    return size
            elif name in (b"ASCII85Decode", b"A85"):
                packed = base64.a85decode(packed.strip().removesuffix(b"~>"))
            else:
                packed = bytes.fromhex(packed.split(b">")[0].decode("ascii"))
        except (zlib.error, ValueError):
            return 0
    return len(packed)


def _inflated(packed: bytes, *, keep: bool) -> tuple[bytes, int]:
    """``packed`` unpacked (when ``keep``), and its size; never more than a piece at a time in memory otherwise."""
    unpacker = zlib.decompressobj()
    kept = bytearray()
    size = 0
    while packed:
        piece = unpacker.decompress(packed, _CHUNK)
        size += len(piece)
        if size > limits.MAX_STREAM_BYTES:
            raise unreadable("bomb")
        if keep:
            kept += piece
        if unpacker.eof or not piece and not unpacker.unconsumed_tail:
            break
        packed = unpacker.unconsumed_tail
    return bytes(kept), size
