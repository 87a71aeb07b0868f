"""What people type into a report."""

from __future__ import annotations

import re

# Signs that no document can print: controls (XML 1.0, 2.2), halves of pairs, what is no character.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def clean(text: str) -> str:
    """Words on one line, without signs that no document can print."""
    return " ".join(_CONTROL.sub("", text).split())


def sentence(text: str) -> str:
    """The same with the full stop that a sentence of a document has, where no sign ends it."""
    words = clean(text)
    return f"{words}." if words and (words[-1].isalnum() or words[-1] in "%)”\"'") else words
