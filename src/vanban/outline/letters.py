"""Character classes for regular expressions: Vietnamese capitals and small letters.

A range such as ``À-Ỹ`` will not do: the code points of capitals and small letters alternate.
"""

from __future__ import annotations

import functools
import unicodedata

#: Capital letters, to stand inside a character class.
UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
#: Small letters, to stand inside a character class.
LOWER = UPPER.replace("A-Z", "a-z").lower()


def bare(text: str) -> str:
    """``text`` without marks, in small letters, letter for letter (so that places in it are places in ``text``).

    Scans print the wrong mark more often than the wrong letter; ¢ is what they print for ơ.
    """
    return "".join(_bare_letter(char) for char in text)


@functools.cache
def _bare_letter(char: str) -> str:
    parts = unicodedata.normalize("NFD", char.lower())
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    plain = {"đ": "d", "¢": "o"}.get(plain, plain)
    return plain if len(plain) == 1 else char
