"""An official document printed by a program that knows nothing of ours: signs at their places, no logical structure."""

import io

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from tests.vanban.write.samples import SENTENCE

FOLDER = "/usr/share/fonts/truetype/croscore/"
FACES = {"": "Regular", "b": "Bold", "i": "Italic", "bi": "BoldItalic"}
HEIGHT = 297


def printed(
    *,
    font="Tinos",
    left=30,
    right=20,
    subject_size=14,
    motto_rule=1.0,
    subject_rule=0.4,
    symbol="Số: 08/KH-UBND",
    date="Tân An, ngày 08 tháng 01 năm 2026",
    end="./.",
    number_at=12,
    number="2",
    address="",
    recipients=("- Như trên;", "- Lưu: VT, VX (02)."),
    step=18.5,
    justified=True,
):
    """Two pages of a plan as a PDF. Lengths in millimetres, ``step`` between lines in points."""
    for hand, face in FACES.items():
        pdfmetrics.registerFont(TTFont(f"Tinos{hand}", f"{FOLDER}Tinos-{face}.ttf"))
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(210 * mm, HEIGHT * mm))
    page = _Page(canvas, left, 210 - right)

    page.centred("ỦY BAN NHÂN DÂN TỈNH", 62, 24, "Tinos", 12)
    page.centred("ỦY BAN NHÂN DÂN XÃ TÂN AN", 62, 29, "Tinosb", 12, rule=0.4)
    page.centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 148, 24, "Tinosb", 12)
    page.centred("Độc lập - Tự do - Hạnh phúc", 148, 29, "Tinosb", 13, rule=motto_rule)
    page.centred(symbol, 62, 38, "Tinos", 13)
    page.centred(date, 148, 38, "Tinosi", 13)
    middle = (left + 210 - right) / 2
    page.centred("KẾ HOẠCH", middle, 52, "Tinosb", 14)
    page.centred("Truyền thông chính sách năm 2026", middle, 58, "Tinosb", subject_size, rule=subject_rule)
    page.at = 70 * mm
    body = "Tinos" if font == "Tinos" else font
    words = SENTENCE.split() if font == "Tinos" else ["Noi", "dung", "cong", "viec"] * 20
    for n in range(5):
        page.paragraph(" ".join(words[3 * n :] + words[: 3 * n]), body, 14, step, justified)
    if address:  # khoản 4, ô số 13
        canvas.line(left * mm, 16 * mm, (210 - right) * mm, 16 * mm)
        page.centred(address, middle, HEIGHT - 12, "Tinos", 11)
    canvas.showPage()
    if number_at:
        page.centred(number, 105, number_at, "Tinos", 13)
    page.at = 26 * mm
    page.paragraph(" ".join(words), body, 14, step, justified)
    page.paragraph(f"Kế hoạch này thay Kế hoạch năm 2025{end}", "Tinos", 14, step, justified)
    foot = page.at / mm + 8
    canvas.setFont("Tinosbi", 12)
    canvas.drawString(left * mm, (HEIGHT - foot) * mm, "Nơi nhận:")
    canvas.setFont("Tinos", 11)
    for index, text in enumerate(recipients, 1):
        canvas.drawString(left * mm, (HEIGHT - foot - 5 * index) * mm, text)
    page.centred("TM. ỦY BAN NHÂN DÂN", 150, foot, "Tinosb", 14)
    page.centred("CHỦ TỊCH", 150, foot + 6, "Tinosb", 14)
    page.centred("Nguyễn Văn An", 150, foot + 36, "Tinosb", 14)
    canvas.save()
    return made.getvalue()


class _Page:
    def __init__(self, canvas, left, right):
        self.canvas, self.left, self.right = canvas, left * mm, right * mm
        self.at = 0.0

    def centred(self, text, x, y, font, size, rule=0.0):
        """A line around ``x`` with its baseline at ``y``, and the rule under it as a share of its width."""
        self.canvas.setFont(font, size)
        self.canvas.drawCentredString(x * mm, (HEIGHT - y) * mm, text)
        if rule:
            half = self.canvas.stringWidth(text, font, size) * rule / 2
            self.canvas.line(x * mm - half, (HEIGHT - y - 1.5) * mm, x * mm + half, (HEIGHT - y - 1.5) * mm)

    def paragraph(self, text, font, size, step, justified):
        """A paragraph with an indented first line, every word drawn by itself."""
        blank = self.canvas.stringWidth(" ", font, size)
        lines, start = [], self.left + 12.7 * mm
        room = self.right - start
        for word in text.split():
            width = self.canvas.stringWidth(word, font, size)
            if lines and sum(w for _, w in lines[-1]) + len(lines[-1]) * blank + width <= room:
                lines[-1].append((word, width))
            else:
                room = self.right - (self.left if lines else start)
                lines.append([(word, width)])
        self.canvas.setFont(font, size)
        for index, line in enumerate(lines):
            x = start if index == 0 else self.left
            is_last = index == len(lines) - 1
            spare = self.right - x - sum(width for _, width in line)
            gap = spare / (len(line) - 1) if justified and not is_last and len(line) > 1 else blank
            for word, width in line:
                self.canvas.drawString(x, HEIGHT * mm - self.at, word)
                x += width + gap
            self.at += step
        self.at += 6
