"""How long a register of 4,000 assignments takes as DOCX and as PDF, in how much memory.

    python bench/write.py [--rows 4000]

Each file is made in a process of its own; the time is that of the call, the memory the most that it
and the process that prints for it ever held.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from vanban.official import Annex, Block, OfficialDocument, Paragraph, Signature, Table, TableCell, plain
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
    # The PDF is printed by a process that this one waits for: both are there at once.
    peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(taken, peak / 1024, len(data))


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


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=4000)
    parser.add_argument("--child", choices=WRITERS, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.child:
        child(given.child, given.rows)
        return 0
    return 0 if speed(given.rows) else 1


if __name__ == "__main__":
    sys.exit(main())
