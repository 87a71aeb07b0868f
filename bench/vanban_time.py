"""Time and memory of the vanban command, each run a cold process, beside a named peer on the same machine.

    python bench/vanban_time.py [--pages 200] [--runs 3]

The seeds are set beside a Python process that does nothing; the text PDF (made here, with ruled tables) beside
``pypdf``'s extract_text, which gives the text without tables, columns or order. Memory is the child's peak.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

import fontpkg_be_vietnam_pro
from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

ROOT = pathlib.Path(__file__).resolve().parent.parent
SEEDS = sorted((ROOT / "data" / "demo").glob("*.txt"))
SENTENCE = (
    "Tổ chức phổ biến, quán triệt, nâng cao nhận thức về vị trí, vai trò của công tác truyền thông chính sách; "
    "phối hợp với Sở Thông tin và Truyền thông và Ủy ban nhân dân các huyện, thị xã, thành phố. "
)
PYPDF = "import sys, pypdf; print(sum(len(p.extract_text()) for p in pypdf.PdfReader(sys.argv[1]).pages))"
SOURCE = "import sys, pathlib; from vanban.source import load; print(len(load(pathlib.Path(sys.argv[1])).lines))"


def make_pdf(path: pathlib.Path, pages: int) -> None:
    """A text PDF of ``pages`` pages: paragraphs and a ruled table of tasks on each."""
    font = pathlib.Path(fontpkg_be_vietnam_pro.__file__).parent / "files" / "BeVietnamPro-Regular.ttf"
    pdfmetrics.registerFont(TTFont("body", font))
    body = ParagraphStyle("p", fontName="body", fontSize=13, leading=18, alignment=TA_JUSTIFY)
    cell = ParagraphStyle("c", parent=body, fontSize=10, leading=13)
    flow: list[object] = []
    for page in range(pages):
        flow += [Paragraph(f"{n}. {SENTENCE * 3}", body) for n in range(1, 3)]
        rows = [[str(n), SENTENCE, "Sở Thông tin và Truyền thông", "Quý IV/2024"] for n in range(1, 4)]
        data = [[Paragraph(text, cell) for text in row] for row in [["TT", "Nội dung", "Chủ trì", "Thời gian"], *rows]]
        flow.append(Table(data, colWidths=[30, 230, 120, 80], style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
        flow += [PageBreak()] * (page + 1 < pages)
    document = SimpleDocTemplate(str(path), pagesize=A4)
    document.build(flow)
    if document.page != pages:
        raise SystemExit(f"the PDF has {document.page} pages, not {pages}")


# A child's peak memory is never below that of the process that starts it: a small process starts and measures.
METER = """
import os, subprocess, sys, time
began = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
print(time.perf_counter() - began, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 2**20)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def run(command: list[str]) -> tuple[float, float]:
    """Seconds and peak memory (MiB) of one cold process."""
    meter = [sys.executable, "-S", "-c", METER, *command]
    measured = subprocess.run(meter, stdout=subprocess.PIPE, check=True, text=True).stdout
    seconds, memory = map(float, measured.split())
    return seconds, memory


def best(command: list[str], runs: int) -> tuple[float, float]:
    """The median time and the largest memory of ``runs`` runs."""
    found = [run(command) for _ in range(runs)]
    return sorted(seconds for seconds, _ in found)[len(found) // 2], max(memory for _, memory in found)


def report(name: str, mine: tuple[float, float], peer: str, theirs: tuple[float, float]) -> None:
    print(
        f"| {name} | {mine[0]:.2f} s | {mine[1]:.0f} MiB | {peer} | {theirs[0]:.2f} s | {theirs[1]:.0f} MiB "
        f"| {mine[0] / theirs[0]:.2f} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    python = sys.executable
    print(f"{os.cpu_count()} CPUs, Python {sys.version.split()[0]}\n")
    print("| what | vanban | peak memory | beside | its time | its memory | ratio |")
    print("|---|---|---|---|---|---|---|")
    bare = best([python, "-c", "pass"], options.runs)
    for seed in SEEDS:
        mine = best([python, "-m", "vanban", "read", str(seed), "--json"], options.runs)
        report(seed.name, mine, "python -c pass", bare)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "plan.pdf"
        make_pdf(path, options.pages)
        theirs = best([python, "-c", PYPDF, str(path)], 1)
        report(f"{options.pages}-page PDF, lines only", best([python, "-c", SOURCE, str(path)], 1), "pypdf", theirs)
        mine = best([python, "-m", "vanban", "read", str(path), "--json"], 1)
        report(f"{options.pages}-page PDF, vanban read", mine, "pypdf", theirs)


if __name__ == "__main__":
    main()
