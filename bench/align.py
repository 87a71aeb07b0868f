"""How well plans are laid beside one another: five pairs with a reading by hand, beside a plain peer, and the time.

    python bench/align.py [--shared DIRECTORY]

The first pair is the two demo plans; the others are invented (tests/vanban/align/pairs). The invented ones stand here
three times: as they are, with all marks stripped from the lower plan, and with a share of its letters printed wrongly by
a made-up scan as well. With ``--shared`` all plans in its ``plans/text`` are compared with one another too: apart from one
pair on the same matter they have nothing in common, and each beside itself is kept whole.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata

import plain_align
from vanban import read_file
from vanban.align import align
from vanban.model import Plan

ROOT = pathlib.Path(__file__).parents[1]
PAIRS = ROOT / "tests/vanban/align/pairs"
NAMES = ("seeds", "health", "commune", "table", "school")
#: Letters that the made-up scan prints for others.
WRONG = {"o": "06cd", "a": "4eé", "u": "ii", "i": "1j", "e": "éc", "d": "PB", "t": "fl", "n": "m", "h": "b", "g": "9q"}


def stripped(text: str) -> str:
    """``text`` without its marks."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


def scanned(text: str, rate: float) -> str:
    """``text`` without its marks and with ``rate`` of its letters printed wrongly."""
    chance = random.Random(7)
    return "".join(
        chance.choice(WRONG.get(c.lower(), c)) if c.isalpha() and chance.random() < rate else c for c in stripped(text)
    )


def as_written(lower: pathlib.Path, change: object, folder: pathlib.Path) -> Plan:
    """The lower plan read after ``change`` of its text."""
    path = folder / lower.name
    path.write_text(change(lower.read_text("utf-8")), "utf-8")  # type: ignore[operator]
    return read_file(path)


def scores(higher: Plan, lower: Plan, reading: dict[str, list[list[str]]]) -> list[list[int]]:
    """For vanban and for the peer: [pairs right, pairs and kinds right, pairs in the reading]."""
    result = align(higher, lower)
    out = []
    for which in ("vanban", "peer"):
        row = [0, 0, 0]
        for part in ("task", "duty"):
            if which == "vanban":
                found = [[" ".join(p.higher), " ".join(p.lower), p.kind] for p in result.pairs if p.part == part]
            else:
                found = plain_align.pairs(higher, lower, part)
            row[0] += sum(any(entry[:2] == other[:2] for other in found) for entry in reading[part])
            row[1] += sum(entry in found for entry in reading[part])
            row[2] += len(reading[part])
        out.append(row)
    return out


def table() -> None:
    """The table of the pairs."""
    print("| pair | in the reading | pairs right | pairs and kinds right | peer: pairs | peer: pairs and kinds |")
    print("|---|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for label, names, change in (
            ("", NAMES, None),
            (", marks stripped", NAMES[1:], stripped),
            (", marks stripped, 3 % of letters wrong", NAMES[1:], lambda text: scanned(text, 0.03)),
        ):
            for each in names:
                reading = json.loads((PAIRS / f"{each}.json").read_text("utf-8"))
                path = ROOT / reading["lower"]
                lower = as_written(path, change, folder) if change else read_file(path)
                ours, peer = scores(read_file(ROOT / reading["higher"]), lower, reading)
                print(f"| {each}{label} | {ours[2]} | {ours[0]} | {ours[1]} | {peer[0]} | {peer[1]} |")


def times() -> None:
    """The time of the demo pair: the alignment alone, and a cold process with reading and printing."""
    reading = json.loads((PAIRS / "seeds.json").read_text("utf-8"))
    paths = [ROOT / reading[side] for side in ("higher", "lower")]
    plans = [read_file(path) for path in paths]
    begun = time.perf_counter()
    align(*plans)
    alone = time.perf_counter() - begun
    begun = time.perf_counter()
    for part in ("task", "duty"):
        plain_align.pairs(*plans, part)
    peer = time.perf_counter() - begun
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "vanban", "align", *map(str, paths), "--json"], check=True, capture_output=True
    )
    whole = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\nDemo pair: alignment {alone:.2f} s, peer {peer:.2f} s ({alone / peer:.1f} ×)", end="; ")
    print(f"whole process with reading {whole:.2f} s, {memory:.0f} MiB; load {os.getloadavg()[0]:.1f}")


def strangers(folder: pathlib.Path) -> None:
    """Plans that have nothing to do with one another, and each beside itself."""
    plans = [read_file(path) for path in sorted(folder.glob("*.txt"))]
    own = [align(plan, plan) for plan in plans]
    whole = sum(all(pair.kind == "kept" and not pair.changes for pair in result.pairs) for result in own)
    print(f"\n{len(plans)} plans beside themselves: {whole} kept whole")
    begun, joined, cited, entries, tables = time.perf_counter(), 0, 0, 0, 0
    for higher, lower in itertools.permutations(plans, 2):
        result = align(higher, lower)
        met = sum(bool(pair.higher and pair.lower) for pair in result.pairs)
        joined, cited, entries = joined + (met > 0), cited + result.cites_higher, entries + met
        tables += 1
    took = (time.perf_counter() - begun) / max(1, tables)
    print(
        f"{tables} pairs of different plans: {joined} with anything paired ({entries} entries), {cited} cited; ", end=""
    )
    print(f"{took:.2f} s each")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=pathlib.Path)
    options = parser.parse_args()
    table()
    times()
    if options.shared:
        strangers(options.shared / "plans" / "text")


if __name__ == "__main__":
    main()
