"""Files of every kind for the tests of the import, and the way in."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import fontpkg_be_vietnam_pro
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document as Word
from openpyxl import Workbook
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from tests.factories import (
    PLAN_LINES,
)

from nhipcau.core import files
from nhipcau.plans.actions import upload_plan
from nhipcau.plans.models import Reading

SEEDS = Path(__file__).parents[2] / "data" / "demo"


FONT = Path(fontpkg_be_vietnam_pro.__file__).parent / "files" / "BeVietnamPro-Regular.ttf"


def word_file(lines: list[str] = PLAN_LINES) -> bytes:
    word = Word()
    for line in lines:
        word.add_paragraph(line)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def pdf_file(lines: list[str] = PLAN_LINES) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    pdfmetrics.registerFont(TTFont("Plan", FONT))
    y = 800
    canvas.setFont("Plan", 11)
    for line in lines:
        canvas.drawString(60, y, line)
        y -= 16
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def locked_pdf(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_file())))
    writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def spreadsheet() -> bytes:
    book = Workbook()
    book.active.append(["TT", "Nhiệm vụ", "Chủ trì"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
        )
        archive.writestr("word/document.xml", b"<w:document>" + b" " * 200_000_000)
    return out.getvalue()


def send(browser: Client, content: bytes, name: str = "ke-hoach.txt"):
    return browser.post(reverse("import_plan"), {"files": SimpleUploadedFile(name, content)})


def queued(actor) -> Reading:
    return upload_plan(actor, files.store("\n".join(PLAN_LINES).encode()), name="a.txt").reading
