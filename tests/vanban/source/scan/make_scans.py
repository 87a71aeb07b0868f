"""Makes scans and photographs for the tests: a page is typeset, drawn as a picture and spoiled."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pypdfium2
from make_files import drawn
from PIL import Image, ImageDraw, ImageFilter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

DPI = 150
WORDS = [
    "1. Nâng cao nhận thức về truyền thông chính sách",
    "a) Tổ chức hội nghị phổ biến, quán triệt cho cán bộ.",
    "- Cơ quan chủ trì: Sở Tư pháp.",
    "- Cơ quan phối hợp: Các sở, ban, ngành; UBND các huyện.",
    "- Thời gian thực hiện: Thường xuyên.",
    "b) Kiểm tra việc cung cấp thông tin cho báo chí.",
    "- Cơ quan chủ trì: Sở Thông tin và Truyền thông.",
    "- Thời gian thực hiện: Hoàn thành trước tháng 12/2026.",
]


def serif() -> str:
    """The metric twin of Times New Roman (Debian's fonts-croscore): the fonts of the platform have letters that no
    official document has."""
    if "Tinos" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Tinos", "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"))
    return "Tinos"


def page(draw: Callable[[Canvas], None], dpi: int = DPI) -> Image.Image:
    """What ``draw`` prints on an A4 page, as a picture in colour."""
    document = pypdfium2.PdfDocument(drawn(draw))
    return document[0].render(scale=dpi / 72).to_pil().convert("RGB")


def printed(lines: list[str] = WORDS, top: float = 740) -> Callable[[Canvas], None]:
    """A page with ``lines`` under one another."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(serif(), 13)
        for at, line in enumerate(lines):
            canvas.drawString(80, top - 24 * at, line)

    return draw


def saved(picture: Image.Image, kind: str, *more: Image.Image, **options: object) -> bytes:
    """The picture as a file of ``kind``; ``more`` are further pages."""
    out = io.BytesIO()
    if more:
        options |= {"save_all": True, "append_images": list(more)}
    picture.save(out, kind, **options)
    return out.getvalue()


def scanned(*pages: Image.Image, dpi: int = DPI) -> bytes:
    """A PDF of pictures, as a scanner makes it."""
    return saved(pages[0], "PDF", *pages[1:], resolution=dpi)


def worn(picture: Image.Image, lean: float = 1.4) -> Image.Image:
    """Askew, with grain and specks."""
    draw = np.random.default_rng(5)
    pixels = np.asarray(picture.convert("L").rotate(lean, Image.Resampling.BICUBIC, fillcolor=255)).astype(float)
    pixels = 30 + 0.85 * pixels + draw.normal(0, 6, pixels.shape)
    pixels[draw.random(pixels.shape) < 0.0006] = 10
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def stamped(picture: Image.Image, x: int, y: int) -> Image.Image:
    """A red stamp and a blue signature over what is printed."""
    layer = Image.new("RGB", picture.size, "white")
    pen = ImageDraw.Draw(layer)
    for ring in (0, 10):
        pen.ellipse((x + ring, y + ring, x + 220 - ring, y + 220 - ring), outline=(214, 32, 44), width=5)
    strokes = [(x + 130 + 34 * k, y + 90 + (60 if k % 2 else -50)) for k in range(8)]
    pen.line(strokes, fill=(36, 52, 148), width=5, joint="curve")
    ink = np.asarray(layer.filter(ImageFilter.GaussianBlur(0.6)))
    return Image.fromarray(np.minimum(np.asarray(picture), ink))


def photographed(picture: Image.Image) -> Image.Image:
    """The sheet at an angle on a dark desk, half in the shade."""
    size, corners = (1400, 1850), [(170, 150), (1240, 210), (1310, 1740), (90, 1680)]
    width, height = picture.size
    rows, values = [], []
    for (x, y), (u, v) in zip([(0, 0), (width, 0), (width, height), (0, height)], corners, strict=True):
        rows += [[u, v, 1, 0, 0, 0, -x * u, -x * v], [0, 0, 0, u, v, 1, -y * u, -y * v]]
        values += [x, y]
    data = tuple(np.linalg.solve(np.array(rows, float), np.array(values, float)))
    how = Image.Transform.PERSPECTIVE
    sheet = picture.transform(size, how, data, Image.Resampling.BICUBIC)
    desk = Image.new("RGB", size, (70, 62, 55))
    desk.paste(sheet, mask=Image.new("L", picture.size, 255).transform(size, how, data))
    light = np.linspace(1.0, 0.55, size[0])[None, :, None]
    return Image.fromarray((np.asarray(desk) * light).astype(np.uint8))
