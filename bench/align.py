"""How well plans are laid beside one another: five pairs with a reading by hand, beside a plain peer, and the time.

    python bench/align.py [--shared DIRECTORY]

The first pair is the two demo plans; the others are invented (tests/vanban/align/pairs). The invented ones stand here
three times: as they are, with all marks stripped from the lower plan, and with a share of its letters printed wrongly by
a made-up scan as well. With ``--shared`` all plans in its ``plans/text`` are compared with one another too: apart from one
pair on the same matter they have nothing in common, each beside itself is kept whole, and beside a copy of it for a
district, with known changes made at random, those changes and no others are found.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import json
import os
import pathlib
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata

import plain_align
from vanban import read_file
from vanban.align import align
from vanban.model import Plan, Task

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


VERBS = (
    ("chủ trì", "phối hợp", "weakened"),
    ("chỉ đạo", "hướng dẫn", "weakened"),
    ("tổ chức", "phối hợp tổ chức", "weakened"),
    ("triển khai", "phối hợp triển khai", "weakened"),
    ("hướng dẫn", "chỉ đạo", "strengthened"),
    ("phối hợp", "chủ trì, phối hợp", "strengthened"),
)
MEMBER = re.compile(r", ((?!các |cơ quan|đơn vị|sở|ban|ngành|tổ chức)[^,;.()“”\d]{6,30})(?=, )")
NO_MEMBER = re.compile(r"\b(?:Sở|UBND|xã|phường|huyện|phòng|đơn vị|cơ quan|tổ chức|các|và)\b")


def altered(text: str, chance: random.Random) -> tuple[str, str]:
    """``text`` with one change made by hand's rule, and the kind that it should get."""
    choice = chance.choice(("none", "none", "verb", "lost", "gained", "bound"))
    members = [match for match in MEMBER.finditer(text) if not NO_MEMBER.search(match[1]) and " " in match[1]]
    if choice == "verb":
        for verb, other, kind in VERBS:
            if text.lower().startswith(f"{verb} "):
                return other.capitalize() + text[len(verb) :], kind
    if choice == "lost" and members:
        match = chance.choice(members)
        return text[: match.start()] + text[match.end() :], "narrowed"
    if choice == "gained" and members:
        match = chance.choice(members)
        return f"{text[: match.end()]}, nghề truyền thống{text[match.end() :]}", "widened"
    if choice == "bound" and len(text.split()) > 6:
        bare = text.rstrip(" .;")
        return bare + chance.choice((" trong khả năng ngân sách", " (nếu có)", " khi có yêu cầu")) + text[
            len(bare) :
        ], "narrowed"
    return text, "kept"


def for_district(text: str) -> str:
    """``text`` with a district's names."""
    text = re.sub(r"\bSở (?!hữu)", "Phòng ", text)
    return re.sub(
        r"trên địa bàn (?:[Tt]ỉnh|[Tt]hành phố)(?: [A-ZĐ]\w+ [A-ZĐ]\w+)?", "trên địa bàn huyện Thanh Bình", text
    )


def copies(folder: pathlib.Path) -> None:
    """Each plan beside its copy for a district with changes made at random."""
    chance, right, whole = random.Random(11), 0, 0
    for path in sorted(folder.glob("*.txt")):
        plan = read_file(path)
        expected: set[tuple[str, str, str, str]] = set()
        tasks, duties = [], []
        for part, entries in (("task", plan.tasks), ("duty", plan.duties)):
            for entry in entries:
                if chance.random() < 0.08:
                    expected.add((part, entry.code, "", "dropped"))
                    continue
                text, kind = altered(entry.text, chance)
                expected.add((part, entry.code, entry.code, kind))
                changed = dataclasses.replace(entry, text=for_district(text))
                if isinstance(changed, Task):
                    lead, others = (tuple(map(for_district, names)) for names in (changed.lead, changed.coordinating))
                    tasks.append(dataclasses.replace(changed, lead=lead, coordinating=others))
                else:
                    duties.append(dataclasses.replace(changed, agencies=tuple(map(for_district, changed.agencies))))
        head = dataclasses.replace(plan.header, issuer="Ủy ban nhân dân huyện Thanh Bình", symbol="1/KH-UBND")
        copy = dataclasses.replace(plan, header=head, tasks=tuple(tasks), duties=tuple(duties))
        found = {(p.part, " ".join(p.higher), " ".join(p.lower), p.kind) for p in align(plan, copy).pairs}
        right, whole = right + len(expected & found), whole + len(expected)
    print(f"Beside altered copies: {right} of {whole} pairs and kinds right")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=pathlib.Path)
    options = parser.parse_args()
    table()
    times()
    if options.shared:
        strangers(options.shared / "plans" / "text")
        copies(options.shared / "plans" / "text")


if __name__ == "__main__":
    main()
