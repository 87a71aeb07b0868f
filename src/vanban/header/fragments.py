"""The head of a document as fragments: the pieces of text between cell marks, without rules and the national motto."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from vanban.dates.calendar import flat
from vanban.model import Line

# How the two columns of a letterhead are flattened: each line of the motto may stand behind a line of the left column,
# and may itself be cut, so that its halves are looked for too (Nghị định 30/2020/NĐ-CP, phụ lục I, mục II.1).
_MOTTO = re.compile(
    r"cong\s*h[oa]{2}\s*xa\s*hoi\s*chu\s*nghia\s*viet\s*nam|doc\s+lap\s*[-.–]?\s*tu\s+do\s*[-.–]?\s*hanh\s+phuc"
    r"|dang\s+cong\s+san\s+viet\s+nam"
)
_MOTTO_HALVES = re.compile(
    r"\bcong hoa xa hoi(?: chu nghia(?: viet)?)?$|^\s*(?:hoi )?chu nghia viet nam\b|\bcong hoa xa$"
    r"|\bchu nghia viet nam$"
    r"|\bdoc lap\s?-\s?tu do$|^\s*-?\s?hanh phuc\b|^viet nam$|^\s*doan (?:tncs|thanh nien cong san) ho chi minh\s*$"
)
_RULE = re.compile(r"^[\s\-–—_=*.~•·o○⁎∗:¯’'`|]*$")
_LONG_RULE = re.compile(r"[-–—_=*]{3,}")
_LONGEST = 600  # no line of a head is as long; what is longer is a paragraph that was not wrapped


@dataclasses.dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a line: its text and line number; ``fresh`` where a cell mark or a rule stands before it."""

    text: str
    number: int
    fresh: bool = False
    blank_before: int = 0

    @property
    def low(self) -> str:
        """The flat text with single blanks."""
        return " ".join(flat(self.text).split())

    @property
    def capitals(self) -> bool:
        """Whether the fragment is printed in capitals ("QĐ-TTg" in a title in capitals may keep its small letters)."""
        letters = [c for c in self.text if c.isalpha()]
        if not letters:  # "2026", the end of a title
            return True
        return len(letters) >= 2 and sum(c.isupper() for c in letters) >= 0.85 * len(letters)


def fragments(lines: Sequence[Line], *, motto: bool = False) -> list[Fragment]:
    """The pieces of ``lines`` that hold words, in order; the motto is dropped unless ``motto``."""
    found: list[Fragment] = []
    fresh, blanks = True, 0
    text_lines = [line.text[:_LONGEST] for line in lines]
    if text_lines and not motto:
        text_lines = _without_motto(text_lines)
    for line, text in zip(lines, text_lines, strict=True):
        if not line.text.strip():
            blanks += 1
            continue
        pieces = _LONG_RULE.sub("|", text).split("|") if "|" in text or _LONG_RULE.search(text) else [text]
        for index, piece in enumerate(pieces):
            if index or _RULE.match(piece):
                fresh = True
            if not _RULE.match(piece):
                found.append(Fragment(piece.strip(), line.number, fresh, blanks))
                fresh, blanks = False, 0
    return found


def _without_motto(texts: list[str]) -> list[str]:
    """``texts`` with the national motto blanked, whole or in halves, where it stands beside other words or alone."""
    joined = "\n".join(texts)
    low = flat(joined).replace("|", " ")
    low = "".join("\n" if c == "\n" else d for c, d in zip(joined, low, strict=True))
    out = list(joined)
    for match in _MOTTO.finditer(low):
        for i in range(match.start(), match.end()):
            if out[i] != "\n":
                out[i] = "|"
    cleaned = "".join(out).split("\n")
    if "|" * 20 in joined or any(_MOTTO.search(flat(t)) for t in texts):
        return [_halves(t) if len(t) < 160 else t for t in cleaned]
    return [_halves(t) if len(t) < 160 else t for t in cleaned]


def _halves(text: str) -> str:
    low = flat(text)
    for match in _MOTTO_HALVES.finditer(low):
        text = text[: match.start()] + "|" * (match.end() - match.start()) + text[match.end() :]
    return text
