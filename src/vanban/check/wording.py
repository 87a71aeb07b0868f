"""Rules about the writing itself: words printed twice, labels that skip or repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.check.case import Case
from vanban.model import Finding
from vanban.outline import Node
from vanban.outline.letters import LOWER, UPPER
from vanban.outline.markers import LETTERS, to_roman
from vanban.text import fold

#: Words of grammar, which Vietnamese never doubles. Words of meaning may stand side by side: "truyền thông thông báo"
#: is two words that meet, "ngày ngày", "luôn luôn", "thường thường" are words of their own.
_GRAMMAR = (
    "các|và|của|với|những|được|trong|trên|tại|là|để|khi|theo|này|đã|sẽ|hoặc|như|vào|bằng|nhằm|bởi|thì|nhưng|cũng|đang|"
    "mọi|mỗi|giữa|về|đến|cho|do|phải|không|có"
)
_SINGLE = re.compile(rf"(?<![\w-])(?P<one>{_GRAMMAR})(?P<gap>\s+)(?P<two>(?P=one))(?![\w-])", re.IGNORECASE)
_WORD = rf"[{UPPER}{LOWER}&]{{2,}}"
_SEVERAL = re.compile(rf"(?<![\w-])(?P<one>{_WORD}(?:[ \n]{_WORD}){{1,4}})(?P<gap>[ \n]+)(?P<two>(?P=one))(?![\w-])")
# What a torn text leaves of "các các": its one vowel is often the wrong one.
_TORN = re.compile(r"(?<![\w-])(?P<one>[Cc][aáàâãéèê4]c)(?P<gap>[ \n])(?P<two>c[aáàâãéèê4]c)(?![\w-])")
_SHORTEST = 3
_REDUPLICATED = frozenset(("ngay ngay", "luon luon", "thuong thuong", "tung buoc tung buoc"))


def repeated_word(case: Case) -> Iterator[Finding]:
    """A word or phrase printed twice in a row, also over the end of a line."""
    patterns = (_SINGLE, _SEVERAL) if case.is_sound else (_TORN, _SEVERAL)
    for pattern in patterns:
        for match in pattern.finditer(case.text):
            if _is_slip(match, case.text) and not _in_columns(case, match) and (case.is_sound or _is_whole(match)):
                printed = " ".join(match[0].split())
                once = " ".join(match["one"].split())
                yield case.finding(
                    "repeated-word",
                    "warning",
                    None,
                    case.lines_at(match.start(), match.end()),
                    vi=f"Từ ngữ bị lặp: «{printed}»; bạn hãy bỏ một lần.",
                    en=f"Words printed twice: “{printed}”; strike one out.",
                    suggestion="các" if pattern is _TORN else once if case.is_sound else None,
                )


def _is_slip(match: re.Match[str], text: str) -> bool:
    """Whether the second word goes on the sentence: no new paragraph, no cell or entry of a list that repeats "
    "another."""
    if fold(match[0]) in _REDUPLICATED or "\n\n\n" in match["gap"]:
        return False
    if "\n" in match["gap"]:
        head = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        tail = text[match.end() : (text + "\n").find("\n", match.end())]
        # A line that is wholly the words again is a cell or a heading; a new sentence begins with a capital.
        return match["two"][0].islower() and bool(head.strip() or tail.strip())
    return match["two"][0].islower()  # names in capitals may stand in two columns of one line


def _in_columns(case: Case, match: re.Match[str]) -> bool:
    """Whether the two stand in two cells: several blanks part them, or a phrase is repeated inside a table."""
    if re.search(r" {3,}|\t", match["gap"]):
        return True
    first, last = case.lines_at(match.start(), match.end())
    return match.re is _SEVERAL and (first in case.tabled or last in case.tabled)


def _is_whole(match: re.Match[str]) -> bool:
    """Whether the doubled words of a torn text are long enough not to be two words that tearing made alike."""
    return match.re is _TORN or all(len(word) >= _SHORTEST for word in match["one"].split())


_KINDS = ("roman", "number", "number2", "number3", "letter")


def numbering_gap(case: Case) -> Iterator[Finding]:
    """Labels of one list that skip or repeat one."""
    if not case.is_sound or not case.is_plan:
        return
    for parent in case.outline.walk():
        for kind in _KINDS:
            items = [child for child in parent.children if child.kind == kind]
            for before, after in zip(items, items[1:], strict=False):
                yield from _step(case, before, after)


def _step(case: Case, before: Node, after: Node) -> Iterator[Finding]:
    old, new = _value(before), _value(after)
    if before.label.rpartition(".")[0] != after.label.rpartition(".")[0]:
        return  # 1.2. and 2.1.: their heads are judged themselves
    if new == old + 1 or new < old or new == 1 or _printed_between(case, before, after, new - 1):
        return
    missing = _label(after.kind, new - 1, after)
    if after.kind == "letter" and (missing == "đ" or new - old > 2):
        return  # many leave đ out; a letter far on belongs to another list
    if new - old > 3:
        return
    shown = after.printed or after.label
    if new == old:
        right = _label(after.kind, new + 1, after)
        vi = f"Số thứ tự «{shown}» bị lặp (đã có ở dòng {before.lines[0]}); bạn hãy đánh số lại từ đây."
        en = f"The label “{shown}” stands twice (first in line {before.lines[0]}); number the items anew from here."
        suggestion = f"{right}{_ending(shown)}"
    else:
        vi = (
            f"Sau mục «{before.printed}» là «{shown}», thiếu mục {missing}; bạn hãy kiểm tra xem sót nội dung hay "
            f"đánh số nhầm."
        )
        en = (
            f"“{shown}” follows “{before.printed}”: {missing} is missing; check whether an item was lost or "
            f"misnumbered."
        )
        suggestion = f"{_label(after.kind, old + 1, after)}{_ending(shown)}"
    yield case.finding("numbering-gap", "warning", None, after.lines, vi=vi, en=en, suggestion=suggestion)


def _value(node: Node) -> int:
    label = node.label.rpartition(".")[2]
    if node.kind == "letter":
        return LETTERS.index(label) + 1
    if node.kind == "roman":
        return next((value for value in range(1, 40) if to_roman(value) == label), 0)
    return int(label)


def _label(kind: str, value: int, node: Node) -> str:
    if kind == "letter":
        return LETTERS[value - 1] if value <= len(LETTERS) else "?"
    if kind == "roman":
        return to_roman(value)
    return ".".join([*node.label.split(".")[:-1], str(value)])


def _ending(printed: str) -> str:
    return printed[-1] if printed and printed[-1] in ".)" else ""


def _printed_between(case: Case, before: Node, after: Node, value: int) -> bool:
    """Whether the missing label stands somewhere between the two items: then the reading lost it, not the "
    "document."""
    label = re.escape(_label(after.kind, value, after))
    between = "\n".join(
        line.text for line in case.plan.source.lines if before.lines[0] <= line.number <= after.lines[0]
    )
    return re.search(rf"(?:^|[\s|.;:,(]){label}\s*[.)/:\n|-]", between, re.IGNORECASE | re.MULTILINE) is not None
