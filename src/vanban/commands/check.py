"""``vanban check FILE``: what a careful reader would object to, for people or (``--json``) for programs."""

from __future__ import annotations

import datetime as dt
import sys
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from vanban.check import RULES, Finding, check
from vanban.check.case import day, spans
from vanban.commands.shape import READ, Words, WrongUsage, declare_file, open_document, print_json
from vanban.model import Plan
from vanban.plan import read

WORDS: Words = {
    "vi": {
        "about": "tìm điều cần sửa trong một kế hoạch",
        "json": "in ra JSON theo docs/contracts/findings.schema.json",
        "as-of": "ngày dùng để xét hiệu lực văn bản và tổ chức bộ máy, dạng NNNN-TT-NN (mặc định: hôm nay)",
        "off": "bỏ qua quy tắc này; ghi nhiều lần để bỏ nhiều quy tắc (tên ở docs/guide/quy-tac-kiem-tra.md)",
        "bad-day": "Không hiểu ngày «{value}». Bạn hãy ghi theo dạng năm-tháng-ngày, ví dụ 2026-11-22.",
        "bad-rule": "Không có quy tắc «{value}». Các quy tắc: {known}.",
        "head": "{name}: {count} điều cần xem, xét theo ngày {day}",
        "none": "{name}: không có điều gì cần sửa, xét theo ngày {day}",
        "no-plan": "Không tìm thấy kế hoạch trong tệp này, nên chỉ xét được ngày tháng và văn bản dẫn.",
        "error": "lỗi",
        "warning": "cảnh báo",
        "note": "lưu ý",
        "whole": "cả văn bản",
        "suggestion": "Đề xuất",
    },
    "en": {
        "about": "find what needs correcting in a plan",
        "json": "print JSON by docs/contracts/findings.schema.json",
        "as-of": "the day on which documents must be in force and agencies exist, as YYYY-MM-DD (default: today)",
        "off": "leave this rule out; give it again for more rules (names in docs/guide/quy-tac-kiem-tra.md)",
        "bad-day": "The day “{value}” is not understood. Write it as year-month-day, such as 2026-11-22.",
        "bad-rule": "There is no rule “{value}”. The rules are: {known}.",
        "head": "{name}: {count} findings as of {day}",
        "none": "{name}: nothing to correct as of {day}",
        "no-plan": "No plan was found in this file, so only dates and cited documents could be checked.",
        "error": "error",
        "warning": "warning",
        "note": "note",
        "whole": "whole document",
        "suggestion": "Suggested",
    },
}
_WIDTH = 100


def declare(parser: Any, language: str) -> None:
    """The arguments of ``vanban check``."""
    words = WORDS[language]
    declare_file(parser, language)
    parser.add_argument("--json", action="store_true", help=words["json"])
    parser.add_argument("--as-of", metavar="YYYY-MM-DD", help=words["as-of"])
    parser.add_argument("--off", metavar="RULE", nargs="+", action="extend", default=[], help=words["off"])


def run(options: Any, language: str) -> int:
    """Print the findings. Those of a plan are no failure: the exit code is 0."""
    words = WORDS[language]
    as_of = _day(options.as_of, words["bad-day"])
    for rule in options.off:
        if rule not in RULES:
            raise WrongUsage(words["bad-rule"].format(value=rule, known=", ".join(RULES)))
    plan = read(open_document(options, language))
    findings = check(plan, as_of=as_of, off=options.off, language=language)
    if options.json:
        print_json(
            {
                "schema": "findings/1",
                "as_of": as_of.isoformat(),
                "findings": [finding.to_dict() for finding in findings],
            }
        )
    else:
        sys.stdout.write("\n".join(_lines(plan, findings, as_of, language)) + "\n")
    return READ


def _day(value: str | None, refusal: str) -> dt.date:
    if value is None:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise WrongUsage(refusal.format(value=value)) from error


def _lines(plan: Plan, findings: Sequence[Finding], as_of: dt.date, language: str) -> Iterator[str]:
    words = WORDS[language]
    head = words["head" if findings else "none"]
    yield head.format(name=plan.source.name, count=len(findings), day=day(as_of))
    if any(doubt.kind == "not-a-plan" for doubt in plan.doubts):
        yield words["no-plan"]
    for finding in findings:
        place = spans(finding.lines, language) if finding.lines else words["whole"]
        yield ""
        yield f"{place} · {words[finding.severity]} · {finding.rule}"
        yield from _wrapped(finding.message)
        if finding.suggestion:
            yield from _wrapped(f"{words['suggestion']}: {finding.suggestion}")


def _wrapped(text: str) -> list[str]:
    options: dict[str, Any] = {"break_long_words": False, "break_on_hyphens": False}
    return textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="  ", **options)
