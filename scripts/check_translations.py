"""Extract every message anew and compare with the catalogues: prints what is missing, fuzzy or broken, exits 1.

The messages are Vietnamese; ``locale/en`` must translate each of them. ``locale/vi`` carries only what Django and allauth
have no Vietnamese for. ``--update`` writes the new messages into the catalogues instead.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")


def extract(work: Path) -> polib.POFile:
    """The messages as the code has them now, extracted in a copy of the source tree."""
    shutil.copytree(ROOT / "src" / "nhipcau", work / "nhipcau", ignore=shutil.ignore_patterns("__pycache__", "static"))
    (work / "nhipcau" / "locale" / "en" / "LC_MESSAGES").mkdir(parents=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale=en", "--no-location", "--verbosity=0"],
        cwd=work / "nhipcau",
        env=environment,
        check=True,
    )
    return polib.pofile(str(work / "nhipcau" / "locale" / "en" / "LC_MESSAGES" / "django.po"))


def faults(wanted: polib.POFile, have: polib.POFile) -> list[str]:
    """A sentence for each message that the English catalogue lacks, doubts or breaks, and each that nothing uses."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in have if not entry.obsolete}
    found = []
    for entry in wanted:
        mine = known.pop((entry.msgctxt, entry.msgid), None)
        if mine is None or not mine.translated():
            found.append(f"{'fuzzy' if mine is not None and mine.fuzzy else 'missing'}: {entry.msgid!r}")
            continue
        names = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        for text in [mine.msgstr, *mine.msgstr_plural.values()]:
            if set(PLACEHOLDER.findall(text)) - names:
                found.append(f"a placeholder that the message does not have: {entry.msgid!r}")
    found.extend(f"no longer used: {msgid!r}" for _context, msgid in known)
    return found


def update(wanted: polib.POFile, have: polib.POFile) -> None:
    """Bring the English catalogue up to the code: new messages empty, unused ones gone, in the order of the code."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in have}
    fresh = polib.POFile(wrapwidth=118)
    fresh.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "en",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for entry in wanted:
        mine = known.get((entry.msgctxt, entry.msgid))
        if mine is not None:
            entry.msgstr, entry.msgstr_plural = mine.msgstr, mine.msgstr_plural or entry.msgstr_plural
        entry.flags = [flag for flag in entry.flags if flag == "python-format"]
        entry.comment = entry.tcomment = ""
        fresh.append(entry)
    fresh.save(str(ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"))


def main() -> int:
    """Compare, or with ``--update`` bring up to date."""
    path = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
    have = polib.pofile(str(path)) if path.exists() else polib.POFile()
    with tempfile.TemporaryDirectory() as work:
        wanted = extract(Path(work))
    if "--update" in sys.argv:
        path.parent.mkdir(parents=True, exist_ok=True)
        update(wanted, have)
        return 0
    found = faults(wanted, have)
    print("\n".join(found) if found else f"{len(wanted)} messages, all in English")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
