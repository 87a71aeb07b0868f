"""Torn text matched against known words: what an OCR without Vietnamese leaves of them.

``word_cost`` says how far a torn word stands from a right one; ``Mender`` finds known phrases (headings, labels,
agencies,
times) in torn lines and writes them rightly, keeping what was found. Nothing else is altered: numbers, symbols,
addresses
and names of persons stand as found.
"""

from vanban.fuzzy.costs import skeleton, word_cost
from vanban.fuzzy.mending import Mended, Mender, Token, is_torn

__all__ = ["Mended", "Mender", "Token", "is_torn", "skeleton", "word_cost"]
