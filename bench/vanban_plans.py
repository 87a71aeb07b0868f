"""How well plans are read: the six plans with a human reading, by their scorer, and the two demo plans, beside a
plain peer.

    python bench/vanban_plans.py [--shared ../shared]

Prints, for ``vanban read`` and for a reader of plain regular expressions (``bench/plain_reader.py``), the figures
of the
scorer, then what was found in the two demo plans against what they hold, and the time of a reading.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).parents[1]
DEMO = ROOT / "data/demo"
READERS = {
    "vanban": [sys.executable, "-m", "vanban", "read"],
    "plain regex": [sys.executable, str(ROOT / "bench/plain_reader.py")],
}
FIGURES = (
    "core",
    "duty_agency",
    "duty_items",
    "reporting",
    "recipients_f1",
    "signature_name",
    "header",
    "citation_recall",
)
#: What the demo plans hold, counted by hand.
HELD = {
    "province_plan_08_kh_ubnd.txt": {
        "tasks": 19,
        "duties": 22,
        "agencies with duties": 9,
        "reports through another body": 2,
        "recipients": 12,
    },
    "city_plan_1927_kh_ubnd_ocr.txt": {
        "tasks": 18,
        "duties": 22,
        "agencies with duties": 9,
        "reports through another body": 2,
        "recipients": 10,
    },
}


def scored(shared: pathlib.Path, command: list[str]) -> dict[str, float]:
    """The scorer's figures, each document alike, for one reader."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "scores.json"
        subprocess.run(
            [
                sys.executable,
                str(shared / "tools/score_plan.py"),
                str(shared / "plans/gold"),
                str(shared / "plans/text"),
            ]
            + ["--json", str(out), "--", *command],
            check=False,
            capture_output=True,
        )
        found = json.loads(out.read_text(encoding="utf-8"))
    return {**found["all"], "core": found["core"]}


def counted(name: str, command: list[str]) -> tuple[dict[str, int], float]:
    """What a reader finds in a demo plan, and the seconds that a cold process takes."""
    began = time.perf_counter()
    run = subprocess.run([*command, str(DEMO / name), "--json"], check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - began
    plan = json.loads(run.stdout)
    whole = [t for t in plan["tasks"] if t["lead"] and t["coordinating"] and t["time"]]
    return {
        "tasks": len(whole),
        "duties": len(plan["duties"]),
        "agencies with duties": len({tuple(duty["agencies"]) for duty in plan["duties"]}),
        "reports through another body": sum(bool(entry["via"]) for entry in plan["reporting"]),
        "recipients": len(plan["recipients"]),
    }, seconds


def main() -> int:
    """Prints the figures; 1 if a reading misses what a demo plan holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    shared = parser.parse_args().shared
    if (shared / "tools/score_plan.py").exists():
        print("six plans with a human reading, each document alike")
        for reader, command in READERS.items():
            figures = scored(shared, command)
            print(f"  {reader:12}" + "  ".join(f"{key} {figures.get(key, 0.0):.3f}" for key in FIGURES))
    missed = 0
    for name, held in HELD.items():
        print(name)
        print(f"  {'held':12}" + "  ".join(f"{key} {value}" for key, value in held.items()))
        for reader, command in READERS.items():
            found, seconds = counted(name, command)
            print(f"  {reader:12}" + "  ".join(f"{key} {value}" for key, value in found.items()) + f"  {seconds:.2f} s")
            missed += reader == "vanban" and found != held
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
