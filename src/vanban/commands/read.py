"""``vanban read FILE``: what a plan orders, for people or (``--json``) for programs."""

from __future__ import annotations

import sys
from typing import Any

from vanban import summary
from vanban.commands.shape import READ, Words, declare_file, open_document, print_json
from vanban.plan import read

WORDS: Words = {
    "vi": {"about": "đọc một tệp", "json": "in ra JSON theo docs/contracts/plan.schema.json"},
    "en": {"about": "read one file", "json": "print JSON by docs/contracts/plan.schema.json"},
}


def declare(parser: Any, language: str) -> None:
    """The arguments of ``vanban read``."""
    declare_file(parser, language)
    parser.add_argument("--json", action="store_true", help=WORDS[language]["json"])


def run(options: Any, language: str) -> int:
    """Print the plan in the file."""
    plan = read(open_document(options, language))
    if options.json:
        print_json(plan.to_dict())
    else:
        sys.stdout.write(summary.write(plan, language))
    return READ
