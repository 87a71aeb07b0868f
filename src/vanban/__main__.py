"""The command ``vanban``: ``vanban read FILE`` prints what a plan orders; its sisters are in ``vanban.commands``.

Exit 0: done; 2: wrong usage; 3: the file could not be read (one sentence on standard error says what to do).
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NoReturn

from vanban.commands.shape import INTERRUPTED, READ, UNREADABLE, USAGE, Command, WrongUsage
from vanban.errors import Unreadable, unreadable

COMMANDS = ("align", "check", "lint", "parse", "read", "restore", "write")  # the modules of ``vanban.commands``

_HELP = {
    "vi": {
        "about": "Đọc văn bản hành chính: kế hoạch thành danh mục nhiệm vụ, mỗi mục kèm số dòng trong văn bản.",
        "lang": "ngôn ngữ của thông báo (mặc định: tiếng Việt, hoặc tiếng Anh khi LANG bắt đầu bằng en)",
        "help": "xem cách dùng rồi thoát",
        "prefix": "Cách dùng: ",
        "positionals": "đối số",
        "optionals": "tùy chọn",
        "usage": "Câu lệnh chưa đúng. Gõ «{command} --help» để xem cách dùng.",
        "bug": "Chương trình gặp lỗi khi đọc tệp này. Bạn hãy gửi tệp cho người quản trị kèm dòng: {detail}",
    },
    "en": {
        "about": "Read official documents: a plan becomes a register of tasks, each with its lines in the document.",
        "lang": "language of the messages (default: Vietnamese; English where LANG begins with en)",
        "help": "show how it is used and exit",
        "prefix": "Usage: ",
        "positionals": "arguments",
        "optionals": "options",
        "usage": "The command is not right ({detail}). Type '{command} --help' to see how it is used.",
        "bug": "The program failed on this file. Send the file to your administrator with this line: {detail}",
    },
}


class _Formatter(argparse.HelpFormatter):
    """The help with "usage" in the user's language."""

    prefix = ""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, self.prefix if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """argparse in the user's language; a wrong command ends with one sentence that says what to do."""

    words: ClassVar[dict[str, str]] = {}

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, formatter_class=_Formatter, add_help=False)
        self._positionals.title, self._optionals.title = self.words["positionals"], self.words["optionals"]
        self.add_argument("-h", "--help", action="help", help=self.words["help"])

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse does; what a command does not know is said by that command, not by ``vanban``."""
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return found, unknown

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, self.words["usage"].format(detail=message, command=self.prog) + "\n")


def _language(arguments: Sequence[str]) -> str:
    """The language of the messages, known before the arguments are: even a usage error is in it."""
    for index, argument in enumerate(arguments):
        value = argument.partition("=")[2] if "=" in argument else "".join(arguments[index + 1 : index + 2])
        if argument.partition("=")[0] == "--lang" and value in _HELP:
            return value
    chosen = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if chosen.lower().startswith("en") else "vi"


def _wanted(given: Sequence[str]) -> Mapping[str, Command]:
    """The command that is asked for, or all where the line names none: only that one's readers and rules are loaded."""
    named = next((name for name in given if name in COMMANDS), None)
    return {name: importlib.import_module(f"vanban.commands.{name}") for name in ([named] if named else COMMANDS)}


def _parser(language: str, wanted: Mapping[str, Command]) -> argparse.ArgumentParser:
    words = _HELP[language]
    _Parser.words, _Formatter.prefix = words, words["prefix"]
    parser = _Parser(prog="vanban", description=words["about"])
    parser.add_argument("--lang", choices=sorted(_HELP), help=words["lang"])
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    for name, command in wanted.items():
        about = command.WORDS[language]["about"]
        sub = commands.add_parser(name, help=about, description=about)
        command.declare(sub, language)
        sub.add_argument("--lang", choices=sorted(_HELP), help=words["lang"], default=argparse.SUPPRESS)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with ``arguments`` (those of the process by default) and give its exit code."""
    if arguments is None:  # a process of its own: what it makes lives to its end, and is looked through rarely
        gc.set_threshold(100_000, 50, 1000)
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = _language(given)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):  # a test's or a program's own stream stays as it is
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        wanted = _wanted(given)
        options = _parser(language, wanted).parse_args(given)
        code = wanted[options.command].run(options, language)
        sys.stdout.flush()
        return code
    except WrongUsage as error:
        return _say(str(error), USAGE)
    except Unreadable as error:
        return _say(error.en if language == "en" else error.vi, UNREADABLE)
    except MemoryError:
        refusal = unreadable("too-much-text")
        return _say(refusal.en if language == "en" else refusal.vi, UNREADABLE)
    except BrokenPipeError:  # the reader of our output (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READ
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("VANBAN_DEBUG"):
            traceback.print_exc()
        detail = f"{type(error).__name__}: {error}".splitlines()[0]
        return _say(_HELP[language]["bug"].format(detail=detail), UNREADABLE)


def _say(sentence: str, code: int) -> int:
    sys.stderr.write(sentence + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
