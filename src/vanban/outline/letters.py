"""Character classes for regular expressions: Vietnamese capitals and small letters.

A range such as ``À-Ỹ`` will not do: the code points of capitals and small letters alternate.
"""

from __future__ import annotations

#: Capital letters, to stand inside a character class.
UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
#: Small letters, to stand inside a character class.
LOWER = UPPER.replace("A-Z", "a-z").lower()
