"""The verb of a duty that says who answers for it."""

from __future__ import annotations

from collections.abc import Sequence

from vanban.align.laying import words_of
from vanban.align.spelling import fold
from vanban.align.tokens import Token
from vanban.align.words import CONDITIONS, DOING, LADDER, MANNER


def for_committee(tokens: Sequence[Token]) -> bool:
    """Whether ``tokens`` are "tham mưu (giúp) UBND …": how an office acts through its committee, no difference."""
    return words_of(tokens[:2]) == "tham muu" and len(tokens) <= 4 and is_committee(tokens[-1])


def is_committee(token: Token) -> bool:
    return token.sort == "agency" and fold(token.key).startswith(("uy ban nhan dan", "ubnd", "chu tich"))


def head_verb(tokens: Sequence[Token]) -> tuple[int, str, int]:
    """The verb that says who answers: where it stands, the verb itself (empty where it is none of the ladder), its step."""
    at = _behind_conditions(tokens)
    while at < len(tokens):
        rest = words_of(tokens[at : at + 4])
        manner = next((phrase for phrase in MANNER if f"{rest} ".startswith(f"{phrase} ")), None)
        if manner:
            at += len(manner.split())
        elif tokens[at].sort in ("agency", "group") and at + 1 < len(tokens):
            at += 1
        elif rest.startswith("tham muu") and (skip := _for_own_committee(tokens, at)):
            at = skip
        else:
            break
    rest = words_of(tokens[at : at + 4])
    verb = max((v for v in LADDER if f"{rest} ".startswith(f"{v} ")), key=len, default="")
    return at, verb, LADDER.get(verb, DOING)


def _for_own_committee(tokens: Sequence[Token], at: int) -> int | None:
    """Behind "tham mưu (giúp, cho) UBND …": the committee itself then does what follows."""
    for end in range(at + 2, min(at + 5, len(tokens) - 1)):
        if is_committee(tokens[end]):
            return end + 1
        if tokens[end].sort != "word":
            return None
    return None


def _behind_conditions(tokens: Sequence[Token]) -> int:
    """Where the first clause begins that says what is to be done, rather than upon what."""
    at = 0
    while any(f"{words_of(tokens[at : at + 4])} ".startswith(condition) for condition in CONDITIONS):
        begins = (place + 1 for place in range(at, len(tokens) - 1) if tokens[place].comma)
        following = next((place for place in begins if _begins_clause(tokens, place)), None)
        if following is None:
            return 0
        at = following
    return at


def _begins_clause(tokens: Sequence[Token], at: int) -> bool:
    words = f"{words_of(tokens[at : at + 4])} "
    openings = (*LADDER, *MANNER, *CONDITIONS, "tong hop", "ra soat", "xay dung", "bao cao", "bo tri", "trinh ", "lap ")
    return tokens[at].sort in ("agency", "group") or any(words.startswith(opening) for opening in openings)


def phrase_end(tokens: Sequence[Token], at: int, met: set[int]) -> int:
    """Where the phrase of the verb ends: at the first common word that is no verb of the ladder."""
    end = at
    while end < len(tokens) and end < at + 14:
        words = words_of(tokens[end : end + 2])
        if words in LADDER:
            end += 2
        elif end in met:
            break
        else:
            end += 1
    return end


def with_verb(tokens: Sequence[Token], end: int) -> int:
    return min(end + 2, len(tokens))
