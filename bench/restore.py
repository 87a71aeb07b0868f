"""How well broken text is restored: the city seed against its transcription, and clean plans broken in three degrees.

    python bench/restore.py [--shared ../shared] [--degrees light middle heavy]

Noise of the three degrees (digits, symbols and addresses are left whole; the seed's own noise is not used):
light   an OCR of Western letters: each marked letter keeps at most one mark that such an OCR knows; 1 % of blanks lost
middle  every mark lost; 2 % of small letters read as one of a like shape; 3 % of blanks lost
heavy   every mark lost; 5 % of small letters wrong, lost or doubled; 6 % of blanks lost; 1 % of words gain a speck
"""

from __future__ import annotations

import argparse
import difflib
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Sequence

from plain_restore import Plain, bare, learned
from vanban.model import Line
from vanban.restore import Model, Restored, restore

ROOT = pathlib.Path(__file__).parents[1]
CITY = ROOT / "data/demo/city_plan_1927_kh_ubnd_ocr.txt"
GOLD = ROOT / "tests/vanban/restore/city_gold.txt"
PROVINCE = ROOT / "data/demo/province_plan_08_kh_ubnd.txt"
PAGES = 8  # of the city plan
LIKE = {
    a: b
    for pair in ("eo", "ec", "un", "ij", "il", "hb", "gq", "tf", "rn", "mn", "vy", "dc", "ao")
    for a, b in (pair, pair[::-1])
}
FIGURES = ("core", "header", "citation_recall", "duty_agency", "reporting", "recipients_f1")
DEGREES: dict[str, tuple[float, float, float]] = {
    "light": (0, 0.01, 0),
    "middle": (0.02, 0.03, 0),
    "heavy": (0.05, 0.06, 0.01),
}


def broken(text: str, degree: str, rng: random.Random) -> str:
    """One line of clean text broken."""
    wrong, blanks, specks = DEGREES[degree]
    if "http" in text:
        return text
    out = []
    for letter in unicodedata.normalize("NFC", text):
        if letter == " " and rng.random() < blanks:
            continue
        if not letter.isalpha():
            out.append(letter)
            continue
        small = western(letter, rng) if degree == "light" else bare(letter)
        if small.islower() and rng.random() < wrong:
            small = LIKE.get(small, small) if degree == "middle" else rng.choice((LIKE.get(small, "l"), "", small * 2))
        out.append(small)
    return re.sub(r"\b(?=[a-z]{3})", lambda _: "'" if rng.random() < specks else "", "".join(out))


def western(letter: str, rng: random.Random) -> str:
    """A letter as an OCR of Western letters keeps it."""
    marks = unicodedata.normalize("NFD", letter)[1:]
    forms = [unicodedata.normalize("NFC", bare(letter) + mark) for mark in marks]
    kept = [form for form in forms if len(form) == 1 and ord(form) < 256]
    return rng.choice([*kept, bare(letter)]) if letter != bare(letter) else letter


def syllables(line: str) -> list[str]:
    words = re.sub(r"[\W_]+", " ", line).split()
    return [word for word in words if any(c.isalpha() for c in word)]


def right(lines: Sequence[str], gold: Sequence[str], span: tuple[int, int] = (1, 10**6)) -> float:
    """The share of syllables that are right, case kept (lines with an address apart)."""
    good = whole = 0
    for number, (line, wanted) in enumerate(zip(lines, gold, strict=True), 1):
        if "http" in wanted or not span[0] <= number <= span[1]:
            continue
        words = syllables(wanted)
        blocks = difflib.SequenceMatcher(None, words, syllables(line), autojunk=False).get_matching_blocks()
        good += sum(block.size for block in blocks)
        whole += len(words)
    return good / whole


def timed(lines: Sequence[str], model: Model) -> tuple[Restored, float]:
    began = time.process_time()
    out = restore([Line(number, text) for number, text in enumerate(lines, 1)], model)
    return out, time.process_time() - began


def city() -> None:
    found, gold = CITY.read_text("utf-8").split("\n"), GOLD.read_text("utf-8").split("\n")
    province = PROVINCE.read_text("utf-8")
    halves = ((1, 150), (151, len(gold)))
    print("city plan: syllables right in lines 1-150 (used while building) and 151-411 (read once for bugs in casing)")
    print(f"  {'as is':26}" + "  ".join(f"{right(found, gold, half):6.1%}" for half in halves))
    for name, corpus in (("alone", []), ("with the province plan", [province])):
        plain = learned(corpus)
        lines = [plain.line(line) for line in found]
        print(f"  {'plain, ' + name:26}" + "  ".join(f"{right(lines, gold, half):6.1%}" for half in halves))
        model = Model.packaged().with_corpus(corpus)
        (_, cold), (result, warm) = timed(found, model), timed(found, model)
        low = [word for word in result.words if word.confidence < 0.95]
        shares = "  ".join(f"{right(result.lines, gold, half):6.1%}" for half in halves)
        print(
            f"  {'vanban, ' + name:26}{shares}  cold {cold / PAGES:.2f} s of the processor a page, warm {warm / PAGES:.2f};"
            f" below 0.95: {len(low) / len(result.words):.1%} of words"
        )


def plans(shared: pathlib.Path, degrees: Sequence[str]) -> None:
    files = sorted((shared / "plans/text").glob("*.txt"))
    print(
        f"{len(files)} clean plans broken: syllables right; then {', '.join(FIGURES)} of the six with a human reading"
    )
    model, plain = Model.packaged(), learned()
    kept = sum(
        restore([Line(n, t) for n, t in enumerate(lines, 1)], model).lines == tuple(lines)
        for lines in (path.read_text("utf-8").split("\n") for path in files)
    )
    print(f"  clean: {kept} of {len(files)} come back as they are")
    for degree in degrees:
        gold = [unicodedata.normalize("NFC", path.read_text("utf-8")).split("\n") for path in files]
        torn = [[broken(line, degree, random.Random(f"{at}")) for at, line in enumerate(lines)] for lines in gold]
        whole = [line for lines in gold for line in lines]
        results = [timed(lines, model)[0] for lines in torn]
        ways = {
            "as is": [line for lines in torn for line in lines],
            "plain": [plain.line(line) for lines in torn for line in lines],
            "vanban": [line for result in results for line in result.lines],
        }
        for name, lines in ways.items():
            print(f"  {degree:7} {name:8} {right(lines, whole):6.1%}", end="", flush=True)
            print("" if name == "as is" else "  " + fields(shared, files, torn, name, plain), flush=True)


def fields(
    shared: pathlib.Path, files: Sequence[pathlib.Path], torn: Sequence[Sequence[str]], name: str, plain: Plain
) -> str:
    """What the scorer of plans says of a reading of the broken plans."""
    keep: Callable[[str], str] = plain.line if name == "plain" else str
    reader = [str(ROOT / "bench/plain_reader.py")] if name == "plain" else ["-m", "vanban", "read"]
    with tempfile.TemporaryDirectory() as folder:
        for path, lines in zip(files, torn, strict=True):
            (pathlib.Path(folder) / path.name).write_text("\n".join(keep(line) for line in lines), "utf-8")
        out = pathlib.Path(folder) / "scores.json"
        command = [str(shared / "tools/score_plan.py"), str(shared / "plans/gold"), folder, "--json", str(out), "--"]
        subprocess.run([sys.executable, *command, sys.executable, *reader], check=False, capture_output=True)
        found = json.loads(out.read_text("utf-8"))
    scores = {**found["all"], "core": found["core"]}
    return "  ".join(f"{scores.get(figure, 0.0):.3f}" for figure in FIGURES)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument(
        "--degrees", nargs="*", choices=DEGREES, help="of the clean plans only these, without the city plan"
    )
    asked = parser.parse_args()
    if asked.degrees is None:
        city()
    if (asked.shared / "plans/text").exists():
        plans(asked.shared, asked.degrees or list(DEGREES))


if __name__ == "__main__":
    main()
