"""Counts what an OCR that knows English only makes of Vietnamese letters: src/vanban/restore/data/confusions.csv.

    python scripts/learn_confusions.py FOLDER

Prints this project's own texts as pages in several qualities, reads them with Tesseract's English model, aligns each word
letter by letter (four rounds of expectation and maximisation) and writes the counts. Needs Tesseract, the fonts Liberation
and Pillow; run it only when the texts have changed much. FOLDER keeps the pages.
"""

from __future__ import annotations

import collections
import csv
import math
import os
import pathlib
import random
import re
import subprocess
import sys
import textwrap
import unicodedata
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from vanban.restore.channel import Channel

DATA = pathlib.Path(__file__).parents[1] / "src/vanban/restore/data"
FONT = "/usr/share/fonts/truetype/liberation2/LiberationSerif-{}.ttf"
#: Dots an inch, blur, share of specks, threshold to black and white (0: grey).
QUALITIES = ((300, 0.6, 0.0, 0), (200, 0.7, 0.002, 0), (150, 0.5, 0.0, 0), (120, 0.6, 0.0, 0), (300, 2.2, 0.004, 150))
EDGES = ".,;:!?()[]\"“”'‘’«»…-–"
NEVER, ADDED, ROUNDS = 8.5, 6.0, 4

Counts = dict[str, collections.Counter[str]]


def pages() -> Iterator[list[str]]:
    """The texts in lines of a page's width, shuffled, forty a page."""
    lines = [
        piece
        for path in sorted(DATA.glob("texts/*.txt"))
        for line in unicodedata.normalize("NFC", path.read_text("utf-8")).splitlines()
        for piece in textwrap.wrap(line, 80)
    ]
    random.Random(5).shuffle(lines)  # noqa: S311 - which lines share a page
    yield from (lines[at : at + 40] for at in range(0, len(lines), 40))


def printed(page: list[str], quality: tuple[int, float, float, int], rng: random.Random) -> Image.Image:
    """A page as a picture."""
    dots, blur, specks, threshold = quality
    size = int(13.5 * dots / 72)
    gap = int(size * 1.45)
    picture = Image.new("L", (int(8.3 * dots), gap * len(page) + 200), 255)
    pen = ImageDraw.Draw(picture)
    for at, line in enumerate(page):
        style = "Bold" if line.isupper() or rng.random() < 0.08 else "Italic" if rng.random() < 0.05 else "Regular"
        font = ImageFont.truetype(FONT.format(style), size)
        pen.text((int(0.6 * dots), 80 + at * gap), line, font=font, fill=rng.randint(0, 60))
    picture = picture.filter(ImageFilter.GaussianBlur(blur))
    for _ in range(int(specks * picture.width * picture.height)):
        picture.putpixel((rng.randrange(picture.width), rng.randrange(picture.height)), rng.choice((0, 255)))
    return picture.point([255 if grey > threshold else 0 for grey in range(256)]) if threshold else picture


def read(folder: pathlib.Path) -> collections.Counter[tuple[str, str]]:
    """Pairs of a printed word and what was read for it."""
    rng = random.Random(5)  # noqa: S311 - specks and greys
    out: collections.Counter[tuple[str, str]] = collections.Counter()
    for at, page in enumerate(pages()):
        for quality in QUALITIES[at % 2 :: 2]:
            path = folder / f"{at}_{quality[0]}.png"
            printed(page, quality, rng).save(path, dpi=(quality[0], quality[0]))
            run = subprocess.run(  # noqa: S603
                ["tesseract", str(path), "-", "-l", "eng", "--psm", "6"],  # noqa: S607
                capture_output=True,
                text=True,
                check=True,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
            lines = [line for line in run.stdout.replace("\f", "").splitlines() if line.strip()]
            if len(lines) != len(page):
                continue
            for right, found in zip(page, lines, strict=True):
                words = right.split(), found.split()
                if len(words[0]) == len(words[1]):
                    out.update((a.strip(EDGES), b.strip(EDGES)) for a, b in zip(*words, strict=True))
    return out


def aligned(costs: dict[str, dict[str, float]], word: str, found: str) -> tuple[float, list[tuple[str, str]]]:
    """The cheapest way to read each letter of ``word`` as none, one or two signs of ``found``."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int], str | None]] = {(0, 0): (0.0, (0, 0), None)}
    for i in range(len(word) + 1):
        for j in range(len(found) + 1):
            ways = [(best[i, j - 1][0] + ADDED, (i, j - 1), None)] if j else []
            for size in range(min(j, 2) + 1) if i else ():
                piece = found[j - size : j]
                cost = costs.get(word[i - 1], {}).get(piece, NEVER + 2 * (size == 2))
                ways.append((best[i - 1, j - size][0] + cost, (i - 1, j - size), piece))
            if ways:
                best[i, j] = min(ways, key=lambda way: way[0])
    out = []
    place = (len(word), len(found))
    while place != (0, 0):
        _, before, piece = best[place]
        if piece is not None:
            out.append((word[before[0]], piece))
        place = before
    return best[len(word), len(found)][0], out


def main() -> int:
    """Writes the counts."""
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    pairs = {
        (word, found): count
        for (word, found), count in read(folder).items()
        if re.fullmatch(r"[^\W\d_]+", word) and found and len(found) <= len(word) + 4
    }
    counts: Counts = {}
    for _ in range(ROUNDS):
        costs = Channel(counts).costs
        new: Counts = {}
        for (word, found), count in pairs.items():
            cost, letters = aligned(costs, word, found)
            if math.isfinite(cost) and cost <= 6 * len(word) + 4:
                for letter, piece in letters:
                    new.setdefault(letter, collections.Counter())[piece] += count
        counts = new
    with (DATA / "confusions.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["letter", "found", "count"])
        for letter, seen in sorted(counts.items()):
            writer.writerows((letter, piece, count) for piece, count in seen.most_common() if count >= 2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
