"""Broken lines of a plan as the restorer proposes them, each word with what the file has in its place."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from vanban.fuzzy import Mended, Mender, Token, skeleton
from vanban.model import Citation, Doubt, Header, Line
from vanban.restore import Model, Restored, Word, broken_lines, restore
from vanban.text import nfc

_CERTAIN = 0.97  # a word that the restorer is this sure of gives way to no phrase with other letters
_GUESSED = 0.6  # how sure a part of the head is that only the restored lines have
_CHUNK = re.compile(r"\S+")


@dataclasses.dataclass(frozen=True, slots=True)
class _Piece:
    """A word of a restored line; ``found`` is empty for all but the first where a lost blank was put back."""

    found: str
    proposed: str
    confidence: float
    restorable: bool


def restored(lines: Sequence[Line], model: Model | None) -> Restored | None:
    """``lines`` as the restorer proposes them, by the packaged model where none is given; None where none is broken.
    Most texts are whole: for them no model is made."""
    if not any(broken_lines([line.text for line in lines])):
        return None
    out = restore(lines, model or Model.packaged())
    return out if out.words else None


def mend(lines: Sequence[Line], proposals: Restored, mender: Mender) -> Mended:
    """``lines`` with the proposals in place and the known phrases of ``mender`` written over them, every word with what
    was found for it."""
    mended = mender.mend(drafted(lines, proposals))
    tokens = []
    for token, piece in _paired(mended.tokens, lines, proposals):
        if piece is not None:
            token = dataclasses.replace(token, found=piece.found, proposed=piece.proposed, confidence=piece.confidence)
            if token.known and _outdone(token, piece):
                token = dataclasses.replace(token, text=piece.proposed, known=False, sure=False)
        tokens.append(token)
    return Mended(_lines(mended.lines, tokens), tuple(tokens))


def drafted(lines: Sequence[Line], proposals: Restored) -> tuple[Line, ...]:
    """``lines`` with the proposals in place; what was blanked since they were made stays so."""
    return tuple(
        dataclasses.replace(line, text=text) if line.text.strip() else line
        for line, text in zip(lines, proposals.lines, strict=True)
    )


def completed(header: Header, doubts: Sequence[Doubt], draft: Header) -> tuple[Header, tuple[Doubt, ...]]:
    """The head as it was read, with what could be read only in the restored lines (``draft``), each with a doubt."""
    fields = [field.name for field in dataclasses.fields(Header)]
    new = {name: getattr(draft, name) for name in fields if getattr(header, name) is None and getattr(draft, name)}
    kept = [
        doubt for doubt in doubts if doubt.kind != "header-missing" or doubt.where.removeprefix("/header/") not in new
    ]
    kept.extend(
        Doubt(f"repaired-{name}", f"/header/{name}", None, None, str(value), _GUESSED)
        for name, value in new.items()
        if name != "doc_type"
    )
    return dataclasses.replace(header, **new), tuple(kept)


def cited(
    citations: Sequence[Citation], doubts: Sequence[Doubt], lines: Sequence[Line], proposals: Restored
) -> tuple[Doubt, ...]:
    """The doubts of ``citations``, which were read from restored lines, with what the file itself has; and one for each
    issuer and title that stands otherwise in the file."""
    tokens = [Token(line.number, word, word) for line in drafted(lines, proposals) for word in nfc(line.text).split()]
    paired = _paired(tokens, lines, proposals)
    restored_words = Mended(
        (),
        tuple(
            token if piece is None else dataclasses.replace(token, found=piece.found, confidence=piece.confidence)
            for token, piece in paired
        ),
    )
    out = [
        dataclasses.replace(doubt, found=restored_words.found(doubt.found, doubt.lines) or doubt.found)
        if doubt.found and doubt.lines
        else doubt
        for doubt in doubts
    ]
    noted = {doubt.where for doubt in doubts}
    for at, citation in enumerate(citations):
        for name in ("issuer", "title"):
            value, where = getattr(citation, name), f"/citations/{at}/{name}"
            span = restored_words.span(value, citation.mentions[0]) if value and where not in noted else None
            found = " ".join(token.found for token in span or () if token.found).strip(" .;:,)")
            if span and found != value:
                place = (span[0].line, span[-1].line)
                sure = min(token.confidence for token in span)
                out.append(Doubt(f"repaired-{name}", where, place, found, value, sure))
    return tuple(out)


def _paired(
    tokens: Sequence[Token], lines: Sequence[Line], proposals: Restored
) -> Iterator[tuple[Token, _Piece | None]]:
    """Each word of restored lines with what it was put together from."""
    words: dict[int, list[Word]] = {}
    for word in proposals.words:
        words.setdefault(word.line, []).append(word)
    waiting = {line.number: _pieces(line.text, words.get(line.number, ())) for line in lines}
    for token in tokens:
        pieces = waiting[token.line]
        yield token, pieces.pop(0) if pieces else None


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
