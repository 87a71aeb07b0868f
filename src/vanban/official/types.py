"""Which form of Phụ lục III of Nghị định 30/2020/NĐ-CP each of the 29 types is printed in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Form = Literal["decision", "named", "letter", "telegram", "invitation", "minutes"]

# Mẫu 1.1-1.3 decide (authority, bases, "QUYẾT ĐỊNH:", articles); 1.4 is every document with a name; 1.5 the công văn;
# 1.6 the công điện; 1.7 the giấy mời; 1.9 the biên bản (two signatures are left to the named form's single one).
FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "Nghị quyết": "decision",
        "Quyết định": "decision",
        "Công văn": "letter",
        "Công điện": "telegram",
        "Giấy mời": "invitation",
        "Biên bản": "minutes",
    }
)

# Mẫu 1.8 and 1.10 have no subject.
UNTITLED = frozenset({"Giấy giới thiệu", "Giấy nghỉ phép"})


def form_of(doc_type: str) -> Form:
    """The form of a type of document, by its name."""
    return FORMS.get(doc_type, "named")
