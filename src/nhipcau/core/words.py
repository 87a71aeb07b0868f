"""Finding the words of a search in a column that keeps ``vanban.text.search_text``."""

from __future__ import annotations

from django.db.models import Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan


def has_words(column: str, *patterns: str) -> Q:
    """That every one of ``search_patterns`` stands in the column. Not LIKE, which both databases compare sign by sign
    and with upper and lower case in mind: this takes two thirds of its time, and no sign has to be escaped."""
    found = Q()
    for pattern in sorted(patterns, key=len, reverse=True):  # the longest is the rarest: most rows are out after it
        found &= Q(GreaterThan(StrIndex(column, Value(pattern)), 0))
    return found
