"""Vietnamese text as older programs wrote it, for the tests: as Windows-1252 shows it, and as bytes."""

import unicodedata

from vanban.source.legacy import ENCODINGS


def written(text: str, name: str, *, with_capitals: bool = True) -> str:
    """``text`` in an encoding. Without ``with_capitals`` a capital with tone is its small letter (TCVN3 has no other)."""
    signs: dict[str, str] = {}
    for sign, letter in ENCODINGS[name].table.items():
        if letter not in signs or len(sign) < len(signs[letter]):
            signs[letter] = sign

    if not with_capitals:
        signs |= {letter.upper(): signs[letter] for letter in signs if letter.upper() not in "ĐĂÂÊÔƠƯ"}
    return "".join(signs.get(char, char) for char in unicodedata.normalize("NFC", text))


def as_bytes(shown: str) -> bytes:
    """The bytes of a plain text file."""
    return shown.encode("cp1252", "replace")
