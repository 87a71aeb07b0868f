"""``vanban restore FILE``: a broken text with its letters put back as far as they can be told, line for line."""

from __future__ import annotations

import dataclasses
import pathlib
import re
import sys
from collections.abc import Sequence
from typing import Any

from vanban.commands.shape import READ, Words, declare_file, open_document, print_json
from vanban.model import Line, Source
from vanban.restore import Model, restore
from vanban.source import load

WORDS: Words = {
    "vi": {
        "about": "đề xuất lại chữ cho văn bản mất dấu, giữ nguyên từng dòng (bản nháp, cần người kiểm tra)",
        "corpus": "các tệp văn bản đúng của cơ quan để đối chiếu",
        "json": "in ra JSON: từng từ với vị trí, mức tin cậy và các cách đọc khác",
    },
    "en": {
        "about": "propose the letters of a text that lost them, line for line (a draft: a person checks it)",
        "corpus": "clean documents of the organisation to learn from",
        "json": "print JSON: each word with its place, confidence and other readings",
    },
}

_NEWLINE = re.compile(r"(\r\n|\r|\n)")


def declare(parser: Any, language: str) -> None:
    """The arguments of ``vanban restore``."""
    words = WORDS[language]
    declare_file(parser, language)
    parser.add_argument("--corpus", nargs="+", type=pathlib.Path, metavar="F", default=[], help=words["corpus"])
    parser.add_argument("--json", action="store_true", help=words["json"])


def run(options: Any, language: str) -> int:
    """Print the restored lines, or (``--json``) every word that was looked at."""
    source = open_document(options, language)
    model = Model.packaged()
    if options.corpus:
        model = model.with_corpus([load(path).text() for path in options.corpus])
    lines, ends = _original(source, options.file)
    restored = restore(lines, model)
    if options.json:
        words = [dataclasses.asdict(word) for word in restored.words]
        print_json({"schema": "restored/1", "lines": restored.lines, "words": words})
    else:
        sys.stdout.write("".join(line + end for line, end in zip(restored.lines, ends, strict=True)))
    return READ


def _original(source: Source, file: str) -> tuple[Sequence[Line], Sequence[str]]:
    """The lines of the file and what ends each. Those of a plain text stand as they are, to the last blank."""
    if source.media_type == "text/plain" and source.quality != "legacy" and file != "-":
        try:
            parts = _NEWLINE.split(pathlib.Path(file).read_bytes().decode("utf-8"))
        except (OSError, UnicodeDecodeError):
            parts = []
        if len(parts[::2]) == len(source.lines):
            lines = [dataclasses.replace(line, text=text) for line, text in zip(source.lines, parts[::2], strict=True)]
            return lines, [*parts[1::2], ""]
    return source.lines, ["\n"] * len(source.lines)
