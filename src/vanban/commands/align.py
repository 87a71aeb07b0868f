"""``vanban align HIGHER LOWER``: how a lower plan carries out a higher one, for people or (``--json``) for programs."""

from __future__ import annotations

import argparse
import pathlib
import sys
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from vanban.align import Alignment, Pair, align
from vanban.commands.shape import READ, SHARED, Words, WrongUsage, open_document, print_json
from vanban.errors import Unreadable
from vanban.model import Duty, Plan, Task
from vanban.plan import read

WORDS: Words = {
    "vi": {
        "about": "đối chiếu kế hoạch cấp dưới với kế hoạch cấp trên",
        "higher": "kế hoạch cấp trên",
        "lower": "kế hoạch cấp dưới",
        "json": "in ra JSON theo docs/contracts/alignment.schema.json",
        "two-inputs": "Chỉ một trong hai kế hoạch đọc được từ đầu vào chuẩn. Bạn hãy ghi kế hoạch kia ra tệp.",
        "head": "{lower} thực hiện {higher}",
        "cites": "Có dẫn kế hoạch cấp trên làm căn cứ.",
        "cites-not": "Không dẫn kế hoạch cấp trên.",
        "counts": "{total} mục: {kinds}.",
        "nothing": "Hai tệp không có nhiệm vụ hoặc trách nhiệm nào để đối chiếu.",
        "differences": "Khác nhau",
        "findings": "Cần lưu ý khi đặt hai kế hoạch cạnh nhau",
        "kept": "Giữ nguyên",
        "standing": "Cơ quan tương ứng ở hai cấp",
        "task": "Nhiệm vụ",
        "duty": "Trách nhiệm",
        "suggestion": "Đề xuất",
        "kind-kept": "giữ nguyên",
        "kind-narrowed": "thu hẹp",
        "kind-widened": "mở rộng",
        "kind-weakened": "nhẹ hơn",
        "kind-strengthened": "nặng hơn",
        "kind-changed": "thay đổi",
        "kind-dropped": "bỏ",
        "kind-added": "thêm",
    },
    "en": {
        "about": "compare a lower plan with the higher one that it carries out",
        "higher": "the higher plan",
        "lower": "the lower plan",
        "json": "print JSON by docs/contracts/alignment.schema.json",
        "two-inputs": "Only one of the two plans can come from standard input. Put the other one into a file.",
        "head": "{lower} carries out {higher}",
        "cites": "It cites the higher plan.",
        "cites-not": "It does not cite the higher plan.",
        "counts": "{total} items: {kinds}.",
        "nothing": "Neither file holds a task or a duty to compare.",
        "differences": "What differs",
        "findings": "What the two plans together show",
        "kept": "Kept",
        "standing": "Who stands for whom",
        "task": "Task",
        "duty": "Duty",
        "suggestion": "Suggested",
        "kind-kept": "kept",
        "kind-narrowed": "narrowed",
        "kind-widened": "widened",
        "kind-weakened": "weakened",
        "kind-strengthened": "strengthened",
        "kind-changed": "changed",
        "kind-dropped": "dropped",
        "kind-added": "added",
    },
}
# The order in which a head wants to see them: what is missing or less first.
_KINDS = ("dropped", "weakened", "narrowed", "changed", "strengthened", "widened", "added", "kept")
_WIDTH = 100


def declare(parser: Any, language: str) -> None:
    """The arguments of ``vanban align``."""
    words = WORDS[language]
    parser.add_argument("higher", help=words["higher"])
    parser.add_argument("lower", help=words["lower"])
    parser.add_argument("--password-file", type=pathlib.Path, metavar="F", help=SHARED[language]["password"])
    parser.add_argument("--json", action="store_true", help=words["json"])


def run(options: Any, language: str) -> int:
    """Print how the one plan carries out the other."""
    if options.higher == options.lower == "-":
        raise WrongUsage(WORDS[language]["two-inputs"])
    higher, lower = (_opened(name, options, language) for name in (options.higher, options.lower))
    result = align(higher, lower, language=language)
    if options.json:
        print_json(result.to_dict())
    else:
        sys.stdout.write("\n".join(_report(result, higher, lower, language)) + "\n")
    return READ


def _opened(name: str, options: Any, language: str) -> Plan:
    """The plan in one of the two files; an error says which of them it speaks of."""
    one = argparse.Namespace(file=name, password_file=options.password_file)
    try:
        return read(open_document(one, language))
    except Unreadable as error:
        raise Unreadable(error.code, f"{name}: {error.vi}", f"{name}: {error.en}", keep=error.keep) from error


def _report(result: Alignment, higher: Plan, lower: Plan, language: str) -> Iterator[str]:
    words = WORDS[language]
    yield from _wrapped(words["head"].format(higher=result.higher, lower=result.lower), "")
    yield words["cites" if result.cites_higher else "cites-not"]
    if not result.pairs:
        yield words["nothing"]
        return
    counts = {kind: sum(pair.kind == kind for pair in result.pairs) for kind in _KINDS}
    kinds = ", ".join(f"{count} {words[f'kind-{kind}']}" for kind, count in counts.items() if count)
    yield words["counts"].format(total=len(result.pairs), kinds=kinds)
    texts = _by_code(higher, lower)
    differing = sorted((pair for pair in result.pairs if pair.kind != "kept"), key=lambda pair: _KINDS.index(pair.kind))
    if differing:
        yield from ("", words["differences"])
        for pair in differing:
            yield from _difference(pair, texts, words)
    if result.findings:
        yield from ("", words["findings"])
        for finding in result.findings:
            yield from _wrapped(f"- {finding.message}", "  ")
            if finding.suggestion:
                yield from _wrapped(f"{words['suggestion']}: {finding.suggestion}", "    ")
    yield from _kept(result.pairs, words)
    if result.counterparts:
        yield from ("", words["standing"])
        for one, other, source in result.counterparts:
            yield from _wrapped(f"{one} → {other} ({source})", "  ")


def _by_code(higher: Plan, lower: Plan) -> dict[tuple[str, str, str], Task | Duty]:
    """The entries of both plans by side, part and code."""
    out: dict[tuple[str, str, str], Task | Duty] = {}
    for side, plan in (("higher", higher), ("lower", lower)):
        out |= {(side, "task", task.code): task for task in plan.tasks}
        out |= {(side, "duty", duty.code): duty for duty in plan.duties}
    return out


def _difference(pair: Pair, texts: dict[tuple[str, str, str], Task | Duty], words: Any) -> Iterator[str]:
    side, codes = ("higher", pair.higher) if pair.higher else ("lower", pair.lower)
    text = " ".join(texts[side, pair.part, codes[0]].text.split())
    yield from _wrapped(
        f"{_codes(pair, words)} [{words[f'kind-{pair.kind}']}] {textwrap.shorten(text, 90, placeholder=' …')}", "  "
    )
    for change in pair.differences:
        if change.note:
            yield from _wrapped(change.note, "      ")


def _codes(pair: Pair, words: Any) -> str:
    sides = ["+".join(codes) for codes in (pair.higher, pair.lower)]
    if pair.kind in ("dropped", "added"):
        return f"{words[pair.part]} {sides[0] or sides[1]}"
    return f"{words[pair.part]} {sides[0]}" if sides[0] == sides[1] else f"{words[pair.part]} {sides[0]} → {sides[1]}"


def _kept(pairs: Iterable[Pair], words: Any) -> Iterator[str]:
    kept = [_codes(pair, words) for pair in pairs if pair.kind == "kept"]
    if kept:
        yield from ("", f"{words['kept']} ({len(kept)})")
        yield from _wrapped("; ".join(kept), "  ")


def _wrapped(text: str, indent: str) -> list[str]:
    flat = " ".join(text.split())
    return textwrap.wrap(flat, _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ") or [""]
