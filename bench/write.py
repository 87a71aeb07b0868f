"""How long a register of 4,000 assignments takes as DOCX and as PDF, in how much memory; and whether LibreOffice breaks the
pages of our DOCX where our PDF breaks them.

    python bench/write.py [--rows 4000] [--pages]

Each file is made in a process of its own; the time is that of the call, the memory the most that the process ever held.
``--pages``: documents of up to ten pages through LibreOffice (soffice has to be installed).
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import pathlib
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence

import pypdfium2

from vanban.official import Annex, Block, OfficialDocument, Paragraph, Signature, Table, TableCell, plain
from vanban.official.outline import Section, numbered
from vanban.write import to_docx, to_pdf

TARGET_SECONDS, TARGET_MIB = 4.0, 300
_TEXT = """
    truyền thông chính sách nâng cao nhận thức của cán bộ công chức viên chức người dân tiếp cận thông tin đầy đủ kịp thời
    xây dựng kế hoạch tổ chức thực hiện báo cáo kết quả theo quy định phối hợp với các cơ quan đơn vị trên địa bàn tỉnh
"""
WORDS = _TEXT.split()


def words(rng: random.Random, low: int, high: int) -> str:
    """Some administrative words."""
    return " ".join(rng.choices(WORDS, k=rng.randint(low, high))).capitalize()


def cell(text: str) -> TableCell:
    """A cell of one line."""
    return TableCell((plain(text),))


def register(rows: int, rng: random.Random) -> Table:
    """Assignments in six columns."""
    head = tuple(map(cell, ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Kết quả")))
    body = (
        (
            cell(str(n)),
            cell(words(rng, 8, 30)),
            cell(words(rng, 3, 6)),
            cell(words(rng, 3, 8)),
            cell(f"Quý {n % 4 + 1}/2026"),
            cell(words(rng, 4, 12)),
        )
        for n in range(1, rows + 1)
    )
    return Table((head, *body), (0.06, 0.34, 0.15, 0.17, 0.1, 0.18))


def report(body: tuple[Block, ...], *annexes: Annex) -> OfficialDocument:
    """A report with this body."""
    return OfficialDocument(
        "Báo cáo",
        "ỦY BAN NHÂN DÂN",
        "Kết quả thực hiện Đề án truyền thông chính sách năm 2026",
        "BC-UBND",
        "Nghệ An",
        number=215,
        date=dt.date(2026, 11, 10),
        addressees=("Bộ Thông tin và Truyền thông",),
        body=body,
        recipients=("Như trên", "Thường trực Tỉnh ủy (để b/c)", "Các sở, ban, ngành cấp tỉnh"),
        archive="VT, VX (02)",
        signature=Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Bùi Đình Long"),
        annexes=annexes,
    )


def large(rows: int) -> OfficialDocument:
    """A report with a register of so many rows as its annex."""
    annex = Annex("DANH MỤC NHIỆM VỤ", "Kèm theo Báo cáo", (register(rows, random.Random(5)),), landscape=True)
    return report((Paragraph(plain("Ủy ban nhân dân tỉnh báo cáo như sau")),), annex)


WRITERS: dict[str, Callable[[OfficialDocument], bytes]] = {
    "DOCX": to_docx,
    "PDF": to_pdf,
}


def child(writer: str, rows: int) -> None:
    """One file in this process: prints seconds, MiB and the size of the file."""
    document = large(rows)
    start = time.perf_counter()
    data = WRITERS[writer](document)
    taken = time.perf_counter() - start
    print(taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(data))


def measured(writer: str, rows: int) -> tuple[float, float, int]:
    """Seconds, MiB and bytes of a file made in a process of its own; the middle one of three runs."""
    runs = []
    for _ in range(3):
        command = [sys.executable, __file__, "--child", writer, "--rows", str(rows)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        runs.append((float(said[0]), float(said[1]), int(said[2])))
    return sorted(runs)[1]


def speed(rows: int) -> bool:
    """The table of times; whether the targets are met."""
    met = True
    print("| file | rows × columns | s | MiB | file, KiB |\n|---|---|---:|---:|---:|")
    for writer in WRITERS:
        seconds, mib, size = measured(writer, rows)
        met &= writer != "DOCX" or (seconds < TARGET_SECONDS and mib < TARGET_MIB)
        print(f"| {writer} | {rows:,} × 6 | {seconds:.2f} | {mib:.0f} | {size / 1024:,.0f} |")
    return met


def some_documents(count: int) -> list[OfficialDocument]:
    """Reports of one to ten pages: paragraphs, headings, tables."""
    made = []
    for seed in range(count):
        rng = random.Random(seed)
        parts = []
        for _ in range(rng.randint(1, 4)):
            inside: list[Section | Block | str] = []
            for _ in range(rng.randint(1, 4)):
                texts: list[Section | Block | str] = [words(rng, 10, 120) for _ in range(rng.randint(1, 4))]
                if rng.random() < 0.2:
                    texts.append(register(rng.randint(2, 12), rng))
                inside.append(Section(words(rng, 3, 9), texts))
            parts.append(Section(words(rng, 2, 5), inside))
        made.append(report(numbered(words(rng, 15, 40), *parts)))
    return [dataclasses.replace(document, number=n + 1) for n, document in enumerate(made)]


def lines_of(page: pypdfium2.PdfPage) -> list[str]:
    """The words of a page, without its number."""
    return re.findall(r"\S+", page.get_textpage().get_text_range().replace("￾", "-"))


def pages(count: int) -> bool:
    """How the pages of our DOCX in LibreOffice compare with those of our PDF; whether all are alike within two lines."""
    same, near, worst, seen = 0, 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        documents = some_documents(count)
        for n, document in enumerate(documents):
            (place / f"{n}.docx").write_bytes(to_docx(document))
        files = [str(place / f"{n}.docx") for n in range(count)]
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", folder, *files], check=True, capture_output=True)
        for n, document in enumerate(documents):
            ours, theirs = pypdfium2.PdfDocument(to_pdf(document)), pypdfium2.PdfDocument(place / f"{n}.pdf")
            if len(ours) > 10:
                continue
            seen += 1
            same += len(ours) == len(theirs)
            apart = distance(ours, theirs)
            near += apart <= 2
            worst = max(worst, apart)
    print("| documents of up to ten pages | same number of pages | every break within two lines | farthest |")
    print(f"|---:|---:|---:|---:|\n| {seen} | {same} | {near} | {worst} lines |")
    return near == seen == same


def distance(ours: pypdfium2.PdfDocument, theirs: pypdfium2.PdfDocument) -> int:
    """The largest distance between breaks, in lines (of twelve words)."""
    breaks = []
    for file in (ours, theirs):
        reached, found = 0, []
        for page in file:
            reached += len(lines_of(page))
            found.append(reached)
        breaks.append(found)
    return max((abs(a - b) + 11) // 12 for a, b in zip(*breaks, strict=False))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=4000)
    parser.add_argument("--pages", type=int, nargs="?", const=50, default=0)
    parser.add_argument("--child", choices=WRITERS, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.child:
        child(given.child, given.rows)
        return 0
    met = speed(given.rows)
    if given.pages and shutil.which("soffice"):
        print()
        met &= pages(given.pages)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
