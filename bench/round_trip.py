"""Documents made at random, printed as DOCX and PDF and read back: how many are read back equal, and how fast.

    python bench/round_trip.py [--documents 1000] [--seed 1] [--show 3]

The documents are those of the property test (tests/vanban/parse/documents.py): every type, bases, addressees, headings of
all kinds, marked paragraphs, runs in four hands, tables with merged cells, pictures, annexes upright and across, unnumbered
and undated drafts. Equal means ``parse(write(document)) == settled(document)``.
"""

from __future__ import annotations

import argparse
import dataclasses
import pathlib
import sys
import time
from collections.abc import Iterator
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: E402
from tests.vanban.parse.documents import printable  # noqa: E402

from vanban.lint import lint  # noqa: E402
from vanban.official import OfficialDocument, settled  # noqa: E402
from vanban.parse import parse  # noqa: E402
from vanban.write import to_docx, to_pdf  # noqa: E402


class Count:
    """What came of the documents so far."""

    def __init__(self, show: int) -> None:
        self.documents = self.blocks = 0
        self.equal = {"docx": 0, "pdf": 0}
        self.spent = {"write docx": 0.0, "write pdf": 0.0, "parse docx": 0.0, "parse pdf": 0.0, "lint pdf": 0.0}
        self.show = show

    def take(self, document: OfficialDocument) -> None:
        """Print, read back, compare, measure."""
        self.documents += 1
        self.blocks += len(document.body) + sum(len(annex.body) for annex in document.annexes)
        wanted = settled(document)
        for kind, write in (("docx", to_docx), ("pdf", to_pdf)):
            start = time.process_time()
            content = write(document)
            written = time.process_time()
            found = parse(content)
            read = time.process_time()
            self.spent[f"write {kind}"] += written - start
            self.spent[f"parse {kind}"] += read - written
            if found == wanted:
                self.equal[kind] += 1
            elif self.show:
                self.show -= 1
                _print(kind, wanted, found)
        start = time.process_time()
        lint(content)
        self.spent["lint pdf"] += time.process_time() - start


def _print(kind: str, wanted: OfficialDocument, found: OfficialDocument) -> None:
    print(f"--- {kind}: {wanted.type}")
    for path, one, other in _different(wanted, found, ""):
        print(f"{path}\n    {one!r:.400}\n    {other!r:.400}")


def _different(one: Any, other: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    """Where two values differ, as deep as they have the same shape."""
    if one == other:
        return
    if dataclasses.is_dataclass(one) and type(one) is type(other):
        for field in dataclasses.fields(one):
            yield from _different(getattr(one, field.name), getattr(other, field.name), f"{path}.{field.name}")
    elif isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        for index, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from _different(left, right, f"{path}[{index}]")
    else:
        yield path, one, other


def main() -> None:
    """Make the documents and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=3, help="how many that differ are shown")
    options = parser.parse_args()
    count = Count(options.show)

    @seed(options.seed)
    @settings(
        max_examples=options.documents,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(printable())
    def run(document: OfficialDocument) -> None:
        count.take(document)

    run()
    print(f"{count.documents} documents, {count.blocks} blocks\n\n| | equal | write | parse |\n|---|---:|---:|---:|")
    for kind in ("docx", "pdf"):
        times = [f"{count.spent[f'{act} {kind}'] / count.documents * 1000:.0f} ms" for act in ("write", "parse")]
        print(f"| {kind.upper()} | {count.equal[kind]} of {count.documents} | {times[0]} | {times[1]} |")
    print(f"\nvanban lint of the PDF: {count.spent['lint pdf'] / count.documents * 1000:.0f} ms a document")


if __name__ == "__main__":
    main()
