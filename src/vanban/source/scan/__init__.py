"""Scans and photographs of pages, read by Tesseract (ADR 0008).

    read(pages, count, progress)      pages given as pictures → pages taken apart, as those of a PDF are
    read_file(data, media_type)       a picture file → its blocks
    mended(lines, pages)              their lines with the sure errors of an OCR put right

Without Tesseract and its Vietnamese data every function that reads raises ``Unreadable`` ("ocr-missing").
"""

from __future__ import annotations

from vanban.source.scan.mending import mended
from vanban.source.scan.pages import Scans, read, read_file
from vanban.source.scan.tesseract import is_installed

__all__ = ["Scans", "is_installed", "mended", "read", "read_file"]
