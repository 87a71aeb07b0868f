"""``vanban write FILE.json -o OUT``: an official document, given as JSON, printed as DOCX or PDF."""

from __future__ import annotations

import json
import pathlib
import sys
from collections.abc import Callable, Sequence
from typing import Any

from vanban.commands.shape import READ, Words, WrongUsage, read_bytes
from vanban.errors import Unreadable, unreadable
from vanban.official import OfficialDocument, Problem, Unprintable
from vanban.write.docx import to_docx
from vanban.write.given import Misfit, document_from
from vanban.write.pdf import FontMissing, to_pdf

WORDS: Words = {
    "vi": {
        "about": "tạo văn bản hành chính (.docx, .pdf) theo thể thức Nghị định 30/2020/NĐ-CP từ tệp JSON",
        "file": "tệp JSON theo docs/contracts/official.schema.json; dấu - để đọc từ đầu vào chuẩn",
        "output": "tệp kết quả, có đuôi .docx hoặc .pdf; ghi nhiều lần để tạo nhiều tệp",
        "ending": "Tệp kết quả {name} phải có đuôi .docx hoặc .pdf.",
        "written": "Đã tạo {name}.",
        "unwritable": "Không ghi được tệp {name}. Bạn hãy kiểm tra thư mục và quyền ghi.",
    },
    "en": {
        "about": "print an official document (.docx, .pdf) in the layout of Decree 30/2020/NĐ-CP from a JSON file",
        "file": "a JSON file by docs/contracts/official.schema.json; - for standard input",
        "output": "the file to write, ending in .docx or .pdf; give it again for more files",
        "ending": "The file to write, {name}, must end in .docx or .pdf.",
        "written": "{name} was written.",
        "unwritable": "The file {name} cannot be written. Check the folder and your right to write there.",
    },
}
_WRITERS: dict[str, Callable[[OfficialDocument], bytes]] = {".docx": to_docx, ".pdf": to_pdf}
_SHOWN = 20  # problems said at once


def declare(parser: Any, language: str) -> None:
    """The arguments of ``vanban write``."""
    words = WORDS[language]
    parser.add_argument("file", help=words["file"])
    parser.add_argument(
        "-o", "--output", type=pathlib.Path, action="append", required=True, metavar="OUT", help=words["output"]
    )


def run(options: Any, language: str) -> int:
    """Write the files. Nothing is written where one of them cannot be made."""
    words = WORDS[language]
    for path in options.output:
        if path.suffix.lower() not in _WRITERS:
            raise WrongUsage(words["ending"].format(name=path))
    try:
        document = document_from(_value(options.file))
        made = [(path, _WRITERS[path.suffix.lower()](document)) for path in options.output]
    except Misfit as error:
        raise _refusal("misfit", error.problems) from error
    except Unprintable as error:
        raise _refusal("unprintable", error.problems) from error
    except FontMissing as error:
        raise Unreadable("font-missing", error.vi, error.en) from error
    for path, content in made:
        try:
            path.write_bytes(content)
        except OSError as error:
            raise WrongUsage(words["unwritable"].format(name=path)) from error
        sys.stdout.write(words["written"].format(name=path) + "\n")
    return READ


def _value(name: str) -> Any:
    """What the JSON says. Raises ``Unreadable``."""
    content = read_bytes(name)
    if not content.strip():
        raise unreadable("empty")
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise unreadable("encoding") from error
    except RecursionError as error:
        raise unreadable("too-much-text") from error
    except json.JSONDecodeError as error:
        raise Unreadable(
            "not-json",
            f"Tệp không phải JSON đúng cú pháp: lỗi ở dòng {error.lineno}, cột {error.colno}. Bạn hãy sửa rồi thử lại.",
            f"The file is no proper JSON: line {error.lineno}, column {error.colno}. Mend it and try again.",
        ) from error


_HEADS = {
    "misfit": (
        "Tệp JSON chưa đúng mẫu docs/contracts/official.schema.json:",
        "The JSON does not follow docs/contracts/official.schema.json:",
    ),
    "unprintable": (
        "Văn bản chưa in được; bạn hãy sửa các điểm sau:",
        "The document cannot be printed yet; mend the following:",
    ),
}


def _refusal(code: str, problems: Sequence[Problem]) -> Unreadable:
    """One line a problem, each with its place in the file."""
    vi, en = _HEADS[code]
    shown, rest = problems[:_SHOWN], len(problems) - _SHOWN
    return Unreadable(
        code,
        "\n".join((vi, *(f"  {p.where}: {p.vi}" for p in shown), *([f"  … và {rest} điểm nữa."] if rest > 0 else []))),
        "\n".join((en, *(f"  {p.where}: {p.en}" for p in shown), *([f"  … and {rest} more."] if rest > 0 else []))),
    )
