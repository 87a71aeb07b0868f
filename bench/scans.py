"""How well scans and photographs of plans are read, against the reading of the same plan's clean text.

    python bench/scans.py [--shared ../shared] [--kinds clean noisy …] [--plans NAME …] [--pages N]

The plan's text is set in Tinos on A4 pages (letterhead in two columns where the text has none), drawn at 200 dpi and
spoiled in several ways, put into a PDF of pictures (JPEG, quality 70) and read. ``peer`` is plain Tesseract on the same
pictures (``--psm 3``, its text given to the same reader of plans). Shares are of the clean reading's tasks: found (the same
task text, 80 % alike), and lead, coordinators and time written exactly as in the clean reading, marks included (dashes
alike). Needs Tesseract with Vietnamese, fonts-croscore and reportlab.
"""

# ruff: noqa: E501 - rows of words
from __future__ import annotations

import argparse
import io
import pathlib
import re
import subprocess
import time
from collections.abc import Callable, Sequence

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from vanban.model import Plan
from vanban.plan import read
from vanban.source import load

ROOT = pathlib.Path(__file__).parents[1]
FONTS = pathlib.Path("/usr/share/fonts/truetype/croscore")
SIZE, LEADING, LEFT, RIGHT, TOP, BOTTOM = 13.5, 19.0, 85, 557, 780, 60
WHITE = (250, 250, 248)
LABEL = re.compile(r"(?:[IVX]+\.|\d+\.|[a-zđ][.)]|[-+])\s")
LETTERHEAD = ("ỦY BAN NHÂN DÂN\nTỈNH BÀ RỊA - VŨNG TÀU\n\nSố: 08/KH-UBND",
              "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nBà Rịa - Vũng Tàu, ngày 08 tháng 01 năm 2024")  # fmt: skip


# --- pages ----------------------------------------------------------------------------------------------------------


def typeset(text: str) -> bytes:
    """The text as a PDF: its lines as they are, longer ones broken; paragraphs of a section bold by their label."""
    for style in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(f"Tinos-{style}", str(FONTS / f"Tinos-{style}.ttf")))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    y = float(TOP)
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if not any("Độc lập" in line for line in lines[:40]):
        for block, x in zip(LETTERHEAD, (175, 400), strict=True):
            for at, line in enumerate(block.split("\n")):
                canvas.setFont("Tinos-Bold" if at < 2 else "Tinos-Regular", 12)
                canvas.drawCentredString(x, TOP - 16 * at, line)
        y -= 90
    page = 1
    for line in lines:
        font = "Tinos-Bold" if re.match(r"[IVX]+\.\s|\d+\.\s\S{1,90}$", line) else "Tinos-Regular"
        indent = 28 if LABEL.match(line) else 0
        for part in simpleSplit(line, font, SIZE, RIGHT - LEFT - indent):
            if y < BOTTOM:
                canvas.showPage()
                page, y = page + 1, float(TOP)
                canvas.setFont("Tinos-Regular", 13)
                canvas.drawCentredString(297, 812, str(page))
            canvas.setFont(font, SIZE)
            canvas.drawString(LEFT + indent, y, part)
            y -= LEADING
            indent = 0
    canvas.save()
    return out.getvalue()


WORK = (
    ("Xây dựng chuyên trang về chuyển đổi số trên cổng thông tin điện tử của tỉnh", "Sở Khoa học và Công nghệ", "Văn phòng UBND tỉnh; các sở, ban, ngành", "Quý II/2026"),
    ("Tổ chức hội nghị tập huấn kỹ năng truyền thông chính sách cho cán bộ cấp xã", "Sở Văn hóa, Thể thao và Du lịch", "Sở Nội vụ; UBND các xã, phường, đặc khu", "Tháng 6/2026"),
    ("Sản xuất các phóng sự, tin, bài về kết quả cải cách hành chính", "Báo và Đài Phát thanh, Truyền hình tỉnh", "Sở Nội vụ", "Thường xuyên"),
    ("Rà soát, đề xuất kinh phí thực hiện công tác truyền thông chính sách hằng năm", "Sở Tài chính", "Các sở, ban, ngành", "Trước ngày 30/11 hằng năm"),
    ("Kiểm tra việc cung cấp thông tin cho báo chí tại các cơ quan, đơn vị", "Thanh tra tỉnh", "Sở Văn hóa, Thể thao và Du lịch; Công an tỉnh", "Quý IV/2026"),
    ("Biên soạn tài liệu hỏi đáp về chính sách an sinh xã hội, bảo hiểm y tế toàn dân", "Sở Y tế", "Bảo hiểm xã hội tỉnh; Sở Tư pháp", "Quý I, III hằng năm"),
)  # fmt: skip


def table_plan(rounds: int = 4) -> bytes:
    """A plan whose tasks stand in a ruled table over several pages, with group rows merged across."""
    typeset("-")
    style = ParagraphStyle("cell", fontName="Tinos-Regular", fontSize=12, leading=14.5)
    bold = ParagraphStyle("head", parent=style, fontName="Tinos-Bold", alignment=1)
    text = ParagraphStyle("text", parent=style, fontSize=13.5, leading=18, alignment=4)
    rows = [
        [
            Paragraph(words, bold)
            for words in ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện")
        ]
    ]
    spans = []
    for group in range(rounds):
        title = ("Thông tin, tuyên truyền", "Nâng cao năng lực", "Hạ tầng truyền thông", "Kiểm tra, giám sát")[
            group % 4
        ]
        spans.append(("SPAN", (1, len(rows)), (4, len(rows))))
        rows.append([Paragraph(("I", "II", "III", "IV")[group % 4], bold), Paragraph(title, bold), "", "", ""])
        for at, cells in enumerate(WORK[group % 2 : group % 2 + 5], start=1):
            rows.append([Paragraph(words, style) for words in (str(at), *cells)])
    table = Table(rows, colWidths=[32, 175, 100, 105, 73], repeatRows=1)
    table.setStyle(
        TableStyle([("GRID", (0, 0), (-1, -1), 0.7, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *spans])
    )
    heads = [[Paragraph(block.replace("\n", "<br/>"), bold) for block in LETTERHEAD]]
    story = [
        Table(heads, colWidths=[200, 290]), Spacer(1, 20), Paragraph("KẾ HOẠCH", bold),
        Paragraph("Truyền thông chính sách trên địa bàn tỉnh năm 2026", bold), Spacer(1, 12),
        Paragraph("Ủy ban nhân dân tỉnh ban hành Kế hoạch truyền thông chính sách năm 2026 như sau:", text),
        Paragraph("<b>I. MỤC ĐÍCH</b>", text), Paragraph("Nâng cao chất lượng công tác truyền thông chính sách.", text),
        Paragraph("<b>II. NHIỆM VỤ</b>", text), Paragraph("Các nhiệm vụ cụ thể theo bảng sau:", text), Spacer(1, 8), table,
        Spacer(1, 10), Paragraph("<b>III. TỔ CHỨC THỰC HIỆN</b>", text),
        Paragraph("1. Sở Văn hóa, Thể thao và Du lịch theo dõi, tổng hợp, báo cáo UBND tỉnh trước ngày 15/12 hằng năm.", text),
    ]  # fmt: skip
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=(595, 842), leftMargin=60, rightMargin=45, topMargin=50, bottomMargin=50).build(
        story
    )
    return out.getvalue()


def drawn(pdf: bytes, dpi: int = 200) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]


# --- what happens to them -------------------------------------------------------------------------------------------


def clean(page: Image.Image, _seed: int) -> Image.Image:
    return page


def noisy(page: Image.Image, seed: int, skew: float = 1.2, blur: float = 0.6, paper: int = 245) -> Image.Image:
    """A worn copier: skew, blur, grain, salt and pepper."""
    draw = np.random.default_rng(seed)
    grey = page.convert("L").rotate(skew * (1 if seed % 2 else -1), Image.Resampling.BICUBIC, fillcolor=255)
    pixels = np.asarray(grey.filter(ImageFilter.GaussianBlur(blur))).astype(float)
    pixels = 35 + pixels * (paper - 35) / 255 + draw.normal(0, 8, pixels.shape)
    dots = draw.random(pixels.shape)
    pixels[dots < 0.0008], pixels[dots > 0.9992] = 20, 255
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def bad(page: Image.Image, seed: int) -> Image.Image:
    """150 dpi, 3° askew, low contrast, blurred."""
    small = page.resize((page.width * 3 // 4, page.height * 3 // 4), Image.Resampling.LANCZOS)
    pixels = np.asarray(noisy(small, seed, 3.0, 0.8)).astype(float)
    return Image.fromarray(np.clip(90 + pixels * 0.5, 0, 255).astype(np.uint8))


def turned(quarters: int) -> Callable[[Image.Image, int], Image.Image]:
    return lambda page, seed: noisy(page, seed).rotate(90 * quarters, expand=True, fillcolor=250)


def stamped(page: Image.Image, seed: int) -> Image.Image:
    """A red round stamp and a blue signature over print, on every page."""
    draw = np.random.default_rng(seed)
    layer = Image.new("RGB", page.size, (255, 255, 255))
    pen = ImageDraw.Draw(layer)
    x, y = int(draw.integers(300, 1100)), int(draw.integers(700, 1700))
    for ring in (0, 12):
        pen.ellipse((x + ring, y + ring, x + 290 - ring, y + 290 - ring), outline=(215, 30, 45), width=6 - ring // 4)
    for k in range(7):
        pen.text((x + 60 + 22 * k, y + 130 + 8 * (k % 3)), "TỈNH"[k % 4], fill=(215, 30, 45))
    points = [(x + 180 + 40 * k, y + 120 + int(70 * np.sin(1.9 * k))) for k in range(11)]
    pen.line(points, fill=(35, 50, 150), width=6, joint="curve")
    return Image.fromarray(np.minimum(np.asarray(page), np.asarray(layer.filter(ImageFilter.GaussianBlur(0.7)))))


def photographed(page: Image.Image, seed: int) -> Image.Image:
    """A phone's photograph: the sheet at an angle on a desk, a shadow across, 150 dpi, out of focus, grain."""
    draw = np.random.default_rng(seed)
    wide, high = 1500, 2000
    corners = [(150, 170), (1330, 130), (1400, 1860), (90, 1820)]
    corners = [(x + int(draw.integers(-30, 31)), y + int(draw.integers(-30, 31))) for x, y in corners]
    rows, values = [], []
    for (x, y), (u, v) in zip(
        [(0, 0), (page.width, 0), (page.width, page.height), (0, page.height)], corners, strict=True
    ):
        rows += [[u, v, 1, 0, 0, 0, -x * u, -x * v], [0, 0, 0, u, v, 1, -y * u, -y * v]]
        values += [x, y]
    data = tuple(np.linalg.solve(np.array(rows, float), np.array(values, float)))
    paper = page.filter(ImageFilter.GaussianBlur(0.8))
    sheet = paper.transform(
        (wide, high), Image.Transform.PERSPECTIVE, data, Image.Resampling.BICUBIC, fillcolor=(0, 0, 0)
    )
    mask = Image.new("L", page.size, 255).transform((wide, high), Image.Transform.PERSPECTIVE, data, fillcolor=0)
    desk = Image.effect_noise((wide, high), 14).convert("RGB").point(lambda v: int(v * 0.62))
    desk.paste(sheet, mask=mask)
    across, down = np.meshgrid(np.linspace(0, 1, wide), np.linspace(0, 1, high))
    light = 0.95 - 0.35 * np.clip((across + 0.7 * down - 0.7) * 3, 0, 1)
    tint = np.array([1.0, 0.96, 0.88])
    pixels = np.asarray(desk).astype(float) * light[..., None] * tint + draw.normal(0, 5, (high, wide, 1))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.6))


KINDS: dict[str, Callable[[Image.Image, int], Image.Image]] = {
    "clean": clean, "noisy": noisy, "bad": bad, "turned 90": turned(1), "turned 180": turned(2), "turned 270": turned(3),
    "stamped": stamped, "photo": photographed,
}  # fmt: skip


def bound(pages: Sequence[Image.Image], kind: str) -> bytes:
    """The pictures as a PDF, as a scanner makes it."""
    out = io.BytesIO()
    dpi = 150 if kind in ("bad", "photo") else 200
    pages[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=list(pages[1:]), quality=70)
    return out.getvalue()


# --- reading and comparing ------------------------------------------------------------------------------------------


def plainly(pages: Sequence[Image.Image]) -> Plan:
    """The plan as plain Tesseract gives it to the reader of plans."""
    texts = []
    for page in pages:
        held = io.BytesIO()
        page.save(held, "PPM")
        command = ["tesseract", "stdin", "stdout", "-l", "vie"]
        done = subprocess.run(
            command, input=held.getvalue(), capture_output=True, env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"}
        )
        texts.append(done.stdout.decode())
    return read(load(("\f".join(texts) or "-").encode()))


def alike(text: str | None) -> str:
    return re.sub(r"\s*[-–—]+\s*", "-", " ".join((text or "").split())).strip(" .;,")


def compared(want: Plan, got: Plan) -> dict[str, float | None]:
    """The shares of the tasks of ``want`` that ``got`` has right."""
    rest = list(got.tasks)
    hits = {"tasks": 0, "lead": 0, "coordinators": 0, "time": 0}
    for task in want.tasks:
        near = max(rest, key=lambda t: fuzz.ratio(task.text, t.text), default=None)
        if near is None or fuzz.ratio(task.text, near.text) < 80:
            continue
        rest.remove(near)
        hits["tasks"] += 1
        hits["lead"] += [*map(alike, task.lead)] == [*map(alike, near.lead)]
        hits["coordinators"] += [*map(alike, task.coordinating)] == [*map(alike, near.coordinating)]
        hits["time"] += alike(task.time.text if task.time else None) == alike(near.time.text if near.time else None)
    shares = {name: count / len(want.tasks) if want.tasks else None for name, count in hits.items()}
    duties, symbols = duty_keys(want), symbols_of(want)
    shares["duties"] = len(duties & duty_keys(got)) / len(duties) if duties else None
    shares["symbols"] = len(symbols & symbols_of(got)) / len(symbols) if symbols else None
    return shares


def duty_keys(plan: Plan) -> set[tuple[str, ...]]:
    """Each duty by its agencies and the beginning of its code's entry, exactly as written."""
    return {(duty.code, *map(alike, duty.agencies)) for duty in plan.duties}


def symbols_of(plan: Plan) -> set[str]:
    return {citation.symbol for citation in plan.citations if citation.symbol}


def error_rate(want: str, got: str) -> float:
    """Wrong characters a character, blanks and the order of columns apart."""
    left, right = (re.sub(r"[\s–—-]+", "", text) for text in (want, got))
    return Levenshtein.distance(left, right) / max(1, len(left))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=pathlib.Path)
    parser.add_argument("--kinds", nargs="*", default=list(KINDS))
    parser.add_argument("--plans", nargs="*", default=["province_plan_08_kh_ubnd", "table"])
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    folders = [ROOT / "data/demo", *([options.shared / "plans/text"] if options.shared else [])]
    head = (
        "plan",
        "kind",
        "reader",
        "tasks",
        "lead",
        "coordinators",
        "time",
        "duties",
        "symbols",
        "CER %",
        "s/page",
        "unsure %",
    )
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for name in options.plans:
        if name == "table":
            pdf = table_plan()
            source = load(pdf)
            measure(name, options, read(source), pdf, source.text())
            continue
        text = next(folder / f"{name}.txt" for folder in folders if (folder / f"{name}.txt").exists()).read_text()
        text = re.sub(r"(?m)^\s*https?://\S+\s*$", "", text)  # a portal's addresses of links, which no page prints
        want = read(load(text.encode()))
        pdf = typeset(text)
        measure(name, options, want, pdf, load(pdf).text())


def measure(name: str, options: argparse.Namespace, want: Plan, pdf: bytes, printed: str) -> None:
    """Spoil and read one plan in every way that is asked for, a row of the table each."""
    sheets = drawn(pdf)[: options.pages]
    for kind in options.kinds:
        pages = [KINDS[kind](page, number) for number, page in enumerate(sheets)]
        data = bound(pages, kind)
        began = time.perf_counter()
        source = load(data)
        seconds = (time.perf_counter() - began) / len(pages)
        got = read(source)
        words = len(source.text().split())
        row(
            name,
            kind,
            "vanban",
            compared(want, got),
            error_rate(printed, source.text()),
            seconds,
            len(source.unsure) / max(1, words),
        )
        if options.verbose:
            show(want, got)
        if not options.no_peer:
            began = time.perf_counter()
            plain = plainly(drawn(data, 200))
            seconds = (time.perf_counter() - began) / len(pages)
            row(name, kind, "plain", compared(want, plain), error_rate(printed, plain.source.text()), seconds, None)


def row(
    name: str,
    kind: str,
    reader: str,
    shares: dict[str, float | None],
    rate: float,
    seconds: float,
    unsure: float | None,
) -> None:
    marks = " | ".join("" if value is None else f"{value:.2f}" for value in shares.values())
    last = "" if unsure is None else f"{100 * unsure:.1f}"
    print(f"| {name[:14]} | {kind} | {reader} | {marks} | {100 * rate:.2f} | {seconds:.1f} | {last} |", flush=True)


def show(want: Plan, got: Plan) -> None:
    """The tasks that differ."""
    for task in want.tasks:
        near = max(got.tasks, key=lambda t: fuzz.ratio(task.text, t.text), default=None)
        if near is None or fuzz.ratio(task.text, near.text) < 80:
            print("   missing:", task.code, task.text[:80])
            continue
        for field in ("lead", "coordinating"):
            a, b = ([*map(alike, getattr(t, field))] for t in (task, near))
            if a != b:
                print("  ", task.code, field, sorted(set(a) - set(b)), sorted(set(b) - set(a)))
        a, b = (alike(t.time.text if t.time else None) for t in (task, near))
        if a != b:
            print("  ", task.code, "time", repr(a), repr(b))
    for one, other, sign in ((want, got, "-"), (got, want, "+")):
        for key in sorted(duty_keys(one) - duty_keys(other)):
            print("   duty", sign, key)
        print("   symbols", sign, sorted(symbols_of(one) - symbols_of(other)))


if __name__ == "__main__":
    main()
