"""The parallel edition of a reading: each value level with the lines that it was read from. Pure.

``build`` sets the whole page, ``marks`` finds the torn words in the lines, ``places`` where each value stands,
``ruler`` draws the strip of the document.
"""

from .build import edition_of
from .pieces import Edition, Gap, Heading, Pair, Value, shown_at
from .ruler import Ruler, ruler_of

__all__ = ["Edition", "Gap", "Heading", "Pair", "Ruler", "Value", "edition_of", "ruler_of", "shown_at"]
