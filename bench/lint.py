"""How many planted faults ``vanban lint`` names, and how often it objects to what is right, beside a plain check.

    python bench/lint.py [--papers 5] [--seed 1] [--no-office]

The papers are those of tests/vanban/lint (clerks.py, faults.py): fourteen kinds of documents, each set by a clerk's own habits
(heads in tables with and without rules, with tabs, blanks, text boxes; rules drawn, bordered, underlined, typed; direct
formatting; lists of the word processor; decomposed Unicode; tracked changes; stamps). They are measured as DOCX, and with
LibreOffice as the DOCX and the PDF that it makes of them. A fault is found where its rule and its element are named; a false
alarm is a paper that keeps the layout and is objected to, or a rule named beside the planted one. The plain check reads
margins, page size and fonts with python-docx and looks for the parts with regular expressions in the text.
"""

from __future__ import annotations

import argparse
import dataclasses
import io
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import docx  # noqa: E402
from pypdf import PdfReader  # noqa: E402
from tests.vanban.lint.clerk import docx_of  # noqa: E402
from tests.vanban.lint.clerk_paper import Paper  # noqa: E402
from tests.vanban.lint.clerks import KINDS, rightly  # noqa: E402
from tests.vanban.lint.faults import FAULTS, wrongly  # noqa: E402

from vanban.lint import lint  # noqa: E402

Found = set[tuple[str, str]]  # (rule, element)
MM = 36000


@dataclasses.dataclass
class Count:
    """What came of one kind of files."""

    right: int = 0
    alarms: int = 0
    planted: int = 0
    found: int = 0
    beside: int = 0
    seconds: float = 0.0
    missed: list[str] = dataclasses.field(default_factory=list)

    def take(self, fault: str, found: Found) -> None:
        """The differences named in a file with this fault ("": with none)."""
        if not fault:
            self.right += 1
            self.alarms += bool(found)
            return
        wanted = FAULTS[fault]
        hit = (wanted.rule, wanted.element) in found
        self.planted += 1
        self.found += hit
        self.beside += any(rule != wanted.rule for rule, _ in found)
        if not hit:
            self.missed.append(fault)


def ours(content: bytes) -> Found:
    """What ``vanban lint`` names."""
    return {(each.rule, each.element) for each in lint(content)}


# --- the plain check ---------------------------------------------------------------------------------------------

_PARTS: tuple[tuple[str, str, str], ...] = (
    ("missing", "country", r"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("missing", "motto", r"Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc"),
    ("symbol", "symbol", r"Số: (?:\d{2,}|\s+)/[A-ZĐa-zđ]+(?:-[A-ZĐa-z]+)*\s"),
    ("date", "place_date", r"\w, ngày (?:[0-3]\d|\s+) tháng (?:0[12]|[3-9]|1[0-2]|\s+) năm \d{4}"),
    ("end-mark", "body", r"\./\."),
    ("recipients", "recipients_label", r"Nơi nhận:"),
    ("recipients", "recipients", r"- Lưu: VT"),
)
_LIMITS = {"top_margin": (20, 25), "bottom_margin": (20, 25), "left_margin": (30, 35), "right_margin": (15, 20)}


def plain(content: bytes) -> Found:
    """Settings of the page and fonts by python-docx, words by regular expressions; of a PDF the words only."""
    found: Found = set()
    if content.startswith(b"%PDF"):
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    else:
        file = docx.Document(io.BytesIO(content))
        section = file.sections[0]
        if any(not low - 0.5 <= getattr(section, name) / MM <= high + 0.5 for name, (low, high) in _LIMITS.items()):
            found.add(("margins", "page"))
        if round(section.page_width / MM) != 210:
            found.add(("page-size", "page"))
        everything = [*file.paragraphs, *(p for table in file.tables for cell in table._cells for p in cell.paragraphs)]
        fonts = {run.font.name for paragraph in everything for run in paragraph.runs if run.text.strip()}
        if fonts - {None, "Times New Roman"}:
            found.add(("font", "body"))
        text = "\n".join(paragraph.text for paragraph in everything)
    return found | {(rule, element) for rule, element, pattern in _PARTS if not re.search(pattern, text)}


# --- papers and files --------------------------------------------------------------------------------------------


def papers(count: int, seed: int) -> list[tuple[str, Paper]]:
    """(fault, paper): ``count`` right papers of every kind, and one for every fault in every five of them."""
    rng = random.Random(seed)
    made = [("", rightly(rng, kind)) for kind in KINDS for _ in range(count)]
    for fault in FAULTS:
        for _ in range(max(1, count // 5)):
            paper = wrongly(rng, fault)
            if paper is not None:
                made.append((fault, paper))
    return made


def converted(contents: Sequence[bytes], ending: str) -> list[bytes]:
    """What LibreOffice makes of these DOCX files."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = pathlib.Path(folder, "in"), pathlib.Path(folder, "out")
        source.mkdir()
        for n, content in enumerate(contents):
            (source / f"{n:05}.docx").write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", "--headless", profile, "--convert-to", ending, "--outdir", str(target)]
        subprocess.run([*command, *map(str, sorted(source.iterdir()))], check=True, capture_output=True)
        return [path.read_bytes() for path in sorted(target.iterdir())]


def measured(check: Callable[[bytes], Found], files: Sequence[bytes], faults: Sequence[str]) -> Count:
    """The count of one check over files."""
    count = Count()
    start = time.process_time()
    for content, fault in zip(files, faults, strict=True):
        count.take(fault, check(content))
    count.seconds = time.process_time() - start
    return count


def row(name: str, check: str, count: Count) -> str:
    """A row of the table."""
    each = count.seconds / (count.right + count.planted) * 1000
    return (
        f"| {name} | {check} | {count.found} of {count.planted} | {count.alarms} of {count.right} "
        f"| {count.beside} of {count.planted} | {each:.0f} ms |"
    )


def main() -> None:
    """Make the papers, measure them, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=5, help="right papers of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-office", action="store_true", help="DOCX by python-docx only")
    options = parser.parse_args()
    made = papers(options.papers, options.seed)
    faults = [fault for fault, _ in made]
    kinds = {"DOCX": [docx_of(paper) for _, paper in made]}
    if not options.no_office:
        # What was put in and taken out is printed in colours of its own; an accepted paper has none of it.
        clean = [docx_of(paper.but(tracked=False)) for _, paper in made]
        kinds["DOCX of LibreOffice"] = converted(clean, "docx")
        kinds["PDF of LibreOffice"] = converted(clean, "pdf")
    print(
        "| files | check | faults found | right, objected to | another rule named beside | time |\n|---|---|---|---|---|---|"
    )
    missed = []
    for name, files in kinds.items():
        for check, called in ((ours, "vanban lint"), (plain, "plain")):
            count = measured(check, files, faults)
            print(row(name, called, count))
            if check is ours and count.missed:
                missed.append(f"{name}, not found: {', '.join(count.missed)}")
    print("", *missed, sep="\n")


if __name__ == "__main__":
    main()
