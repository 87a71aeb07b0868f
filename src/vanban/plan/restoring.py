"""Broken lines of a plan as the restorer proposes them, each word with what the file has in its place."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from vanban.fuzzy import Mended, Mender, Token, skeleton
from vanban.model import Line
from vanban.restore import Model, Restored, Word, restore
from vanban.text import nfc

_CERTAIN = 0.97  # a word that the restorer is this sure of gives way to no phrase with other letters
_CHUNK = re.compile(r"\S+")


@dataclasses.dataclass(frozen=True, slots=True)
class _Piece:
    """A word of a restored line; ``found`` is empty for all but the first where a lost blank was put back."""

    found: str
    proposed: str
    confidence: float
    restorable: bool


def restored(lines: Sequence[Line], model: Model) -> Restored | None:
    """``lines`` as the restorer proposes them; None where none is broken."""
    out = restore(lines, model)
    return out if out.words else None


def mend(lines: Sequence[Line], proposals: Restored, mender: Mender) -> Mended:
    """``lines`` with the proposals in place and the known phrases of ``mender`` written over them, every word with what
    was found for it."""
    texts = [dataclasses.replace(line, text=text) for line, text in zip(lines, proposals.lines, strict=True)]
    mended = mender.mend(texts)
    words: dict[int, list[Word]] = {}
    for word in proposals.words:
        words.setdefault(word.line, []).append(word)
    waiting = {line.number: _pieces(line.text, words.get(line.number, ())) for line in lines}
    tokens = []
    for token in mended.tokens:
        pieces = waiting[token.line]
        if not pieces:
            tokens.append(token)
            continue
        piece = pieces.pop(0)
        token = dataclasses.replace(token, found=piece.found, proposed=piece.proposed, confidence=piece.confidence)
        if token.known and _outdone(token, piece):
            token = dataclasses.replace(token, text=piece.proposed, known=False, sure=False)
        tokens.append(token)
    return Mended(_lines(mended.lines, tokens), tuple(tokens))


def _outdone(token: Token, piece: _Piece) -> bool:
    """Whether a known phrase stands over a word that is certainly another."""
    certain = piece.restorable and piece.confidence >= _CERTAIN
    return certain and bool(token.text) and skeleton(token.text) != skeleton(piece.proposed)


def _lines(lines: Sequence[Line], tokens: Sequence[Token]) -> tuple[Line, ...]:
    by_line: dict[int, list[str]] = {}
    for token in tokens:
        if token.text:
            by_line.setdefault(token.line, []).append(token.text)
    return tuple(dataclasses.replace(line, text=" ".join(by_line.get(line.number, ()))) for line in lines)


def _pieces(text: str, words: Sequence[Word]) -> list[_Piece]:
    """The words of one restored line, in order."""
    out: list[_Piece] = []
    for chunk in _CHUNK.finditer(text):
        inside = [word for word in words if chunk.start() <= word.start < chunk.end() and not word.suggestion_only]
        proposed = chunk.group()
        for word in reversed(inside):
            start, end = word.start - chunk.start(), word.end - chunk.start()
            proposed = proposed[:start] + word.proposed + proposed[end:]
        sure = min((word.confidence for word in inside), default=1.0)
        found = nfc(chunk.group())
        for place, part in enumerate(nfc(proposed).split()):
            out.append(_Piece("" if place else found, part, sure, bool(inside)))
    return out
