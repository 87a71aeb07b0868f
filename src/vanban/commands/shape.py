"""What every command of ``vanban`` shares: its shape, its exit codes, opening a document, printing JSON."""

from __future__ import annotations

import json
import pathlib
import sys
from collections.abc import Mapping
from typing import Any, Protocol

from vanban.errors import Unreadable, unreadable
from vanban.model import Source
from vanban.source import load
from vanban.source.limits import MAX_BYTES

READ, USAGE, UNREADABLE, INTERRUPTED = 0, 2, 3, 130

Words = Mapping[str, Mapping[str, str]]  # language ("vi", "en") -> name of a sentence -> the sentence

SHARED: Words = {
    "vi": {
        "file": "tệp văn bản; dấu - để đọc từ đầu vào chuẩn",
        "password": "tệp có mật khẩu của PDF ở dòng đầu",
        "no-password": "Không đọc được tệp mật khẩu {name}. Bạn hãy kiểm tra lại đường dẫn.",
        "hint": "Ghi mật khẩu vào một tệp rồi thêm --password-file TỆP.",
    },
    "en": {
        "file": "the document; - for standard input",
        "password": "a file with the password of the PDF on its first line",
        "no-password": "The password file {name} cannot be read. Check the path.",
        "hint": "Write the password to a file and add --password-file FILE.",
    },
}


class Command(Protocol):
    """The shape of a module in ``vanban.commands``."""

    WORDS: Words  # "about" is the line of the command in the help

    def declare(self, parser: Any, language: str) -> None:
        """Declare the command's arguments on its parser."""

    def run(self, options: Any, language: str) -> int:
        """Do it; the exit code. May raise ``Unreadable`` and ``WrongUsage``."""


class WrongUsage(Exception):
    """The command was given something it cannot use; the message is a whole sentence in the user's language."""


def declare_file(parser: Any, language: str) -> None:
    """The arguments of every command that reads one document: ``file`` and ``--password-file``."""
    words = SHARED[language]
    parser.add_argument("file", help=words["file"])
    parser.add_argument("--password-file", type=pathlib.Path, metavar="F", help=words["password"])


def open_document(options: Any, language: str) -> Source:
    """The document that ``declare_file`` asked for. Raises ``Unreadable``, ``WrongUsage``."""
    password = None
    if options.password_file is not None:
        try:
            password = options.password_file.read_text("utf-8-sig").splitlines()[0]
        except (OSError, UnicodeDecodeError, IndexError) as error:
            raise WrongUsage(SHARED[language]["no-password"].format(name=options.password_file)) from error
    try:
        if options.file == "-":
            return load(sys.stdin.buffer.read(MAX_BYTES + 1), name="-", password=password)
        return load(pathlib.Path(options.file), password=password)
    except Unreadable as error:
        if error.code != "encrypted":
            raise
        vi, en = (SHARED[each]["hint"] for each in ("vi", "en"))
        raise Unreadable(error.code, f"{error.vi} {vi}", f"{error.en} {en}", keep=error.keep) from error


def read_bytes(name: str) -> bytes:
    """What stands in a file, or on standard input for "-". Raises ``Unreadable``."""
    if name == "-":
        content = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        try:
            with pathlib.Path(name).open("rb") as file:
                content = file.read(MAX_BYTES + 1)
        except FileNotFoundError as error:
            raise unreadable("missing", name=name) from error
        except IsADirectoryError as error:
            raise unreadable("not-a-file", name=name) from error
        except PermissionError as error:
            raise unreadable("forbidden", name=name) from error
        except (OSError, ValueError) as error:
            raise unreadable("io", name=name) from error
    if len(content) > MAX_BYTES:
        raise unreadable("too-large", limit=MAX_BYTES // 2**20)
    return content


def print_json(value: Any) -> None:
    """``value`` as JSON on standard output, in UTF-8 with its Vietnamese letters."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
