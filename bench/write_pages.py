"""Whether our two files of a document agree: the DOCX, made a PDF by LibreOffice, against our PDF.

    python bench/write_pages.py [--keep FOLDER] [--seed N]

For each document: the pages of both, and how many printed lines apart each page begins in one and in the other, found by
the words that stand there. Ends with 1 if the pages differ in number or a break is more than two lines off.

    python bench/write_pages.py --pictures docs/guide/images

draws the pages of docs/guide/examples/*.json, our PDF at the left, the DOCX through LibreOffice at the right.
"""

from __future__ import annotations

import argparse
import bisect
import json
import pathlib
import subprocess
import sys
import tempfile

import pypdfium2
from PIL import Image

from papers import CODES, paper
from vanban.official import OfficialDocument
from vanban.write import to_docx
from vanban.write.given import document_from
from vanban.write.pdf import to_pdf

ROOT = pathlib.Path(__file__).parents[1]
ALLOWED = 2  # lines
EDGE, GROUND = 16, (215, 220, 226)


def documents(first: int) -> dict[str, OfficialDocument]:
    """Documents of at most ten pages."""
    made = {}
    for seed, kind in enumerate(CODES, first):
        made[f"{kind}, ngắn"] = paper(seed, kind, 0.6)
        if kind not in ("Giấy mời", "Công điện"):
            made[f"{kind}, dài"] = paper(
                100 + seed, kind, 2 + seed % 6, annex_rows=12 * (seed % 3), landscape=seed % 2 == 0
            )
    return made


Line = tuple[int, str]  # page, the words on it


def lines(file: pathlib.Path) -> list[Line]:
    """The printed lines, from above to below, without the numbers of pages."""
    found: list[Line] = []
    document = pypdfium2.PdfDocument(file)
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        rows: list[tuple[float, list[tuple[float, str]]]] = []
        for left, bottom, right, top in sorted(boxes, key=lambda box: -box[1]):
            said = text.get_text_bounded(left, bottom, right, top).replace("\u200b", "").strip()
            if not said or bottom > page.get_height() - 54:
                continue
            if not rows or rows[-1][0] - bottom > 6:
                rows.append((bottom, []))
            rows[-1][1].append((left, said))
        found.extend((number, " ".join(said for _, said in sorted(row))) for _, row in rows)
    return found


def breaks(printed: list[Line]) -> list[tuple[int, int]]:
    """Where each page but the first begins: after how many letters, and after how many lines."""
    found, letters = [], 0
    for index, (page, said) in enumerate(printed):
        if index and page != printed[index - 1][0]:
            found.append((letters, index))
        letters += len(said.replace(" ", ""))
    return found


def apart(ours: list[Line], theirs: list[Line]) -> list[int]:
    """How many of our lines lie between the beginnings of a page in ours and in theirs, page by page."""
    starts, letters = [], 0
    for _, said in ours:
        starts.append(letters)
        letters += len(said.replace(" ", ""))
    return [
        abs(bisect.bisect_left(starts, place - 3) - index)
        for (_, index), (place, _) in zip(breaks(ours), breaks(theirs), strict=False)
    ]


def converted(folder: pathlib.Path, names: list[str]) -> None:
    """LibreOffice makes every DOCX a PDF."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "lo")]
    subprocess.run([*command, *(str(folder / f"{name}.docx") for name in names)], check=True, capture_output=True)


def pictures(folder: pathlib.Path, out: pathlib.Path) -> None:
    """The pages of the guide's examples, both files side by side, as PNG of few colours."""
    names = []
    for path in sorted((ROOT / "docs" / "guide" / "examples").glob("*.json")):
        document = document_from(json.loads(path.read_text("utf-8")))
        (folder / f"{path.stem}.docx").write_bytes(to_docx(document))
        (folder / f"{path.stem}.pdf").write_bytes(to_pdf(document))
        names.append(path.stem)
    converted(folder, names)
    for name in names:
        ours, theirs = (pypdfium2.PdfDocument(place / f"{name}.pdf") for place in (folder, folder / "lo"))
        for number in range(len(ours)):
            pages = [file[number].render(scale=1).to_pil().convert("RGB") for file in (ours, theirs)]
            width, height = pages[0].size
            sheet = Image.new("RGB", (2 * width + 3 * EDGE, height + 2 * EDGE), GROUND)
            for place, page in enumerate(pages):
                sheet.paste(page, (EDGE + place * (width + EDGE), EDGE))
            sheet.quantize(24).save(out / f"van-ban-{name}-{number + 1}.png", optimize=True)


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", type=pathlib.Path, help="where the files stay")
    parser.add_argument("--seed", type=int, default=0, help="other documents")
    parser.add_argument("--pictures", type=pathlib.Path, help="draw the guide's examples there instead")
    options = parser.parse_args()
    folder = options.keep or pathlib.Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    if options.pictures:
        pictures(folder, options.pictures)
        return 0
    return compared(folder, options.seed)


def compared(folder: pathlib.Path, seed: int) -> int:
    """Print the comparison; 1 where it is not good enough."""
    papers = documents(seed)
    files = {f"{n:02d}": document for n, document in enumerate(papers.values(), 1)}
    for name, document in files.items():
        (folder / f"{name}.docx").write_bytes(to_docx(document))
        (folder / f"{name}.pdf").write_bytes(to_pdf(document))
    converted(folder, list(files))
    worst = 0
    print("| document | pages: ours | LibreOffice | page breaks, lines apart |\n|---|---:|---:|---|")
    for title, name in zip(papers, files, strict=True):
        ours, theirs = lines(folder / f"{name}.pdf"), lines(folder / "lo" / f"{name}.pdf")
        count, other = ours[-1][0] + 1, theirs[-1][0] + 1
        off = apart(ours, theirs)
        worst = max([worst, *off, 99 * (count != other)])
        print(f"| {title} | {count} | {other} | {', '.join(map(str, off)) or '–'} |")
    print(
        f"\n{len(files)} documents; the worst break is {worst} lines off."
        if worst < 99
        else "\nPages differ in number."
    )
    return int(worst > ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
