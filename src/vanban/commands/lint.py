"""``vanban lint FILE``: what differs in a file (.docx, .pdf) from the layout that the law fixes."""

from __future__ import annotations

import dataclasses
import sys
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from vanban.commands.shape import READ, Words, WrongUsage, print_json, read_bytes
from vanban.lint import RULES, Difference, lint

WORDS: Words = {
    "vi": {
        "about": "đo thể thức của một văn bản (.docx, .pdf) theo Nghị định 30/2020/NĐ-CP",
        "file": "tệp .docx hoặc .pdf; dấu - để đọc từ đầu vào chuẩn",
        "json": "in ra JSON theo docs/contracts/layout.schema.json",
        "off": "bỏ qua quy tắc này; ghi nhiều lần để bỏ nhiều quy tắc",
        "bad-rule": "Không có quy tắc «{value}». Các quy tắc: {known}.",
        "head": "{name}: {count} điểm chưa đúng thể thức",
        "none": "{name}: đúng thể thức Nghị định 30/2020/NĐ-CP",
        "page": "trang {page}",
        "line": "dòng {line}",
        "whole": "cả văn bản",
        "times": "{count} chỗ",
    },
    "en": {
        "about": "measure the layout of a document (.docx, .pdf) by Decree 30/2020/NĐ-CP",
        "file": "a .docx or .pdf file; - for standard input",
        "json": "print JSON by docs/contracts/layout.schema.json",
        "off": "leave this rule out; give it again for more rules",
        "bad-rule": "There is no rule “{value}”. The rules are: {known}.",
        "head": "{name}: {count} differences from the layout",
        "none": "{name}: keeps the layout of Decree 30/2020/NĐ-CP",
        "page": "page {page}",
        "line": "line {line}",
        "whole": "whole document",
        "times": "{count} places",
    },
}
_WIDTH = 100


def declare(parser: Any, language: str) -> None:
    """The arguments of ``vanban lint``."""
    words = WORDS[language]
    parser.add_argument("file", help=words["file"])
    parser.add_argument("--json", action="store_true", help=words["json"])
    parser.add_argument("--off", metavar="RULE", nargs="+", action="extend", default=[], help=words["off"])


def run(options: Any, language: str) -> int:
    """Print the differences. Those of a file are no failure: the exit code is 0."""
    words = WORDS[language]
    for rule in options.off:
        if rule not in RULES:
            raise WrongUsage(words["bad-rule"].format(value=rule, known=", ".join(RULES)))
    found = lint(read_bytes(options.file), name=options.file, off=options.off)
    if options.json:
        print_json({"schema": "layout/1", "differences": [dataclasses.asdict(each) for each in found]})
    else:
        sys.stdout.write("\n".join(_lines(options.file, found, language)) + "\n")
    return READ


def _lines(name: str, found: Sequence[Difference], language: str) -> Iterator[str]:
    words = WORDS[language]
    yield words["head" if found else "none"].format(name=name, count=len(found))
    for each in found:
        place = [words["page"].format(page=each.page)] if each.page else []
        place += [words["line"].format(line=each.line)] if each.line else []
        times = [words["times"].format(count=each.count)] if each.count > 1 else []
        yield ""
        yield " · ".join([", ".join(place) or words["whole"], *times, each.rule])
        sentence = each.en if language == "en" else each.vi
        yield from textwrap.wrap(sentence, _WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
