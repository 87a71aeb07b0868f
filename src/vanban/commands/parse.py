"""``vanban parse FILE``: what an official document (.docx, .pdf) says, for people or (``--json``) for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from vanban.commands.shape import READ, Words, print_json, read_bytes
from vanban.official import UNTITLED, OfficialDocument, annex_mark, form_of, symbol_of
from vanban.official.plaintext import body_text
from vanban.official.stored import to_dict
from vanban.parse import parse

WORDS: Words = {
    "vi": {
        "about": "đọc một văn bản hành chính (.docx, .pdf) thành từng thành phần thể thức",
        "file": "tệp .docx hoặc .pdf; dấu - để đọc từ đầu vào chuẩn",
        "json": "in ra JSON theo docs/contracts/official.schema.json",
        "type": "Tên loại",
        "symbol": "Số, ký hiệu",
        "date": "Địa danh, ngày",
        "parent": "Cơ quan chủ quản",
        "issuer": "Cơ quan ban hành",
        "subject": "Trích yếu",
        "urgency": "Độ khẩn",
        "authority": "Thẩm quyền ban hành",
        "bases": "Căn cứ",
        "addressees": "Kính gửi",
        "recipients": "Nơi nhận",
        "archive": "Lưu",
        "signature": "Ký",
        "none": "(không thấy)",
        "missing": "Không thấy trong tệp: {parts}. Bạn hãy kiểm tra lại tệp hoặc tự ghi các phần này.",
    },
    "en": {
        "about": "read an official document (.docx, .pdf) into the parts of its layout",
        "file": "a .docx or .pdf file; - for standard input",
        "json": "print JSON by docs/contracts/official.schema.json",
        "type": "Type",
        "symbol": "Number and symbol",
        "date": "Place and date",
        "parent": "Parent body",
        "issuer": "Issuer",
        "subject": "Subject",
        "urgency": "Urgency",
        "authority": "Decided by",
        "bases": "Bases",
        "addressees": "Addressed to",
        "recipients": "Recipients",
        "archive": "Kept at",
        "signature": "Signed",
        "none": "(not found)",
        "missing": "Not found in the file: {parts}. Check the file, or fill these parts in yourself.",
    },
}


def declare(parser: Any, language: str) -> None:
    """The arguments of ``vanban parse``."""
    words = WORDS[language]
    parser.add_argument("file", help=words["file"])
    parser.add_argument("--json", action="store_true", help=words["json"])


def run(options: Any, language: str) -> int:
    """Print what the document says."""
    document = parse(read_bytes(options.file), name=options.file)
    if options.json:
        print_json(to_dict(document))
    else:
        sys.stdout.write("\n".join(_lines(document, language)) + "\n")
    missing = [WORDS[language][name].lower() for name in _missing(document)]
    if missing:
        sys.stderr.write(WORDS[language]["missing"].format(parts=", ".join(missing)) + "\n")
    return READ


def _missing(document: OfficialDocument) -> Iterator[str]:
    """The parts that every document of this type has, and this one not."""
    found = dict(_fields(document))
    for name in ("issuer", "symbol", "date", "subject", "recipients", "signature"):
        is_without = (name == "subject" and document.type in UNTITLED) or (
            name == "date" and form_of(document.type) == "minutes"
        )
        if not found[name] and not (name == "recipients" and document.archive) and not is_without:
            yield name


def _lines(document: OfficialDocument, language: str) -> Iterator[str]:
    words = WORDS[language]
    for name, value in _fields(document):
        if isinstance(value, str):
            yield f"{words[name]}: {value or words['none']}"
        elif value:
            yield f"{words[name]}:"
            yield from (f"  - {each}" for each in value)
    if document.body:
        yield ""
        yield body_text(document.body)
    for position, annex in enumerate(document.annexes, 1):
        yield ""
        yield f"{annex_mark(position, len(document.annexes))}: {annex.title}"
        yield body_text(annex.body)


def _fields(document: OfficialDocument) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """The parts in their order on paper; what most documents do not have is left out where there is none."""
    if document.parent:
        yield "parent", document.parent
    yield "issuer", document.issuer
    yield "symbol", symbol_of(document.number, document.code).strip() if document.code else ""
    yield "date", ", ".join(filter(None, (document.place, f"{document.date:%d/%m/%Y}" if document.date else "")))
    if document.urgency:
        yield "urgency", document.urgency
    yield "type", document.type
    yield "subject", document.subject
    if document.authority:
        yield "authority", document.authority
    yield "bases", document.bases
    yield "addressees", document.addressees
    yield "recipients", document.recipients
    if document.archive:
        yield "archive", document.archive
    yield "signature", (*document.signature.lines, *filter(None, (document.signature.name,)))
