"""Typst at work. Large documents are printed by a process of their own: what Typst remembers of a document for the next time
(some 100 kB a row of a table) then goes with it, and a server that prints many stays small.

Run as a program, it takes an order on standard input and gives the PDF, or what is wrong, on standard output. It imports
nothing of ours, to start quickly.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from typing import Any

import typst

_STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
_HANOI = dt.timezone(dt.timedelta(hours=7))
_LARGE = 100_000  # characters of values: some 250 rows
_SECONDS = 600
_REFUSED = 65
# glibc gives memory back at once where else it would keep it for later; other systems do not read this.
_GIVEN_BACK = {"MALLOC_MMAP_THRESHOLD_": "65536", "MALLOC_TRIM_THRESHOLD_": "65536"}


class Refused(Exception):
    """Typst cannot print this; its own message."""


def printed(template: str, values: str, day: dt.date, folder: str, fonts: typst.Fonts, font_folder: str) -> bytes:
    """The PDF that the template makes of the values, dated ``day``. Raises Refused."""
    if len(values) <= _LARGE:
        return _compiled(template, values, day, folder, fonts)
    order = {"template": template, "values": values, "day": day.isoformat(), "folder": folder, "fonts": font_folder}
    run = subprocess.run(  # noqa: S603 - our own interpreter and this very file
        [sys.executable, "-I", __file__],
        input=json.dumps(order, ensure_ascii=False).encode(),
        stdout=subprocess.PIPE,
        check=False,
        timeout=_SECONDS,
        env={**os.environ, **_GIVEN_BACK},
    )
    if run.returncode == _REFUSED:
        raise Refused(run.stdout.decode())
    if run.returncode:
        raise MemoryError("the process that prints was ended")
    return run.stdout


def _compiled(template: str, values: str, day: dt.date, folder: str, fonts: typst.Fonts) -> bytes:
    compiler = typst.Compiler(
        template.encode(), root=folder, font_paths=fonts, ignore_system_fonts=True, sys_inputs={"document": values}
    )
    made = dt.datetime.combine(day, dt.time(), _HANOI)
    try:
        found = compiler.compile(format="pdf", pdf_standards=_STANDARDS, timestamp=made)
    except typst.TypstError as error:
        raise Refused(error.message) from error
    if not isinstance(found, bytes):
        raise TypeError("a PDF is one file")
    return found


def _serve(order: dict[str, Any]) -> int:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[order["fonts"]])
    try:
        found = _compiled(
            order["template"], order["values"], dt.date.fromisoformat(order["day"]), order["folder"], fonts
        )
    except Refused as refused:
        sys.stdout.buffer.write(str(refused).encode())
        return _REFUSED
    sys.stdout.buffer.write(found)
    return 0


if __name__ == "__main__":
    sys.exit(_serve(json.load(sys.stdin.buffer)))
